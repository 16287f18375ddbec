# Văn bản: phát hành, xác nhận đã đọc, tình hình, danh mục
documents-publishing = phát hành văn bản
documents-publish-in-private = Xin phát hành văn bản trong cuộc trò chuyện riêng với Trợ lý chi bộ.
documents-ask-paper =
    Xin gửi văn bản vào đây: tệp (PDF, Word, Excel), ảnh chụp hoặc dán nội dung.
    Nhiều trang ảnh thì gửi lần lượt từng ảnh.
    Không gửi văn bản mật.
documents-ask-paper-zalo =
    Xin gửi ảnh chụp từng trang, hoặc dán nội dung văn bản vào đây.
    Trên Zalo, Trợ lý chưa nhận được tệp PDF, Word.
    Không gửi văn bản mật.
documents-zalo-no-files =
    Trên Zalo, Trợ lý chưa nhận được tệp này.
    Xin chụp ảnh từng trang rồi gửi, hoặc dán nội dung văn bản vào đây.
documents-ask-offer = Phát hành văn bản này cho { $name }?
documents-several-audiences = nơi nhận (sẽ hỏi tiếp)
documents-offer-go = Phát hành
documents-offer-more = Tôi gửi thêm trang
documents-send-more = Xin gửi tiếp các trang sau. Gửi xong, xin bấm PHÁT HÀNH.
documents-page-added = Đã thêm. Văn bản có { $count } tệp, ảnh.
documents-ask-audience = Gửi cho nơi nào? Có thể viết tên chi bộ.
documents-audience-unknown = Trợ lý chưa rõ nơi nhận "{ $words }". Xin viết đúng tên chi bộ, hoặc chọn số ở trên.
documents-confirm-scan =
    Xin kiểm tra: Trợ lý không đọc được chữ trong ảnh, bản quét này.
    Đồng chí có xác nhận văn bản KHÔNG thuộc bí mật nhà nước?
    Tên người xác nhận được lưu lại.
documents-confirm-internal =
    Xin kiểm tra: văn bản có dòng hạn chế phổ biến (ví dụ lưu hành nội bộ).
    Đồng chí có xác nhận được phép gửi văn bản này tới nơi nhận?
    Tên người xác nhận được lưu lại.
documents-confirm-discipline =
    Xin kiểm tra: văn bản có nội dung kỷ luật về người cụ thể.
    Đồng chí có xác nhận được phép gửi văn bản này tới nơi nhận?
    Tên người xác nhận được lưu lại.
documents-confirm-personnel =
    Xin kiểm tra: văn bản có nội dung nhân sự về người cụ thể.
    Đồng chí có xác nhận được phép gửi văn bản này tới nơi nhận?
    Tên người xác nhận được lưu lại.
documents-confirm-people =
    Xin kiểm tra: văn bản có danh sách kèm ngày sinh và số điện thoại.
    Đồng chí có xác nhận được phép gửi văn bản này tới nơi nhận?
    Tên người xác nhận được lưu lại.
documents-confirm-scan-label = Xác nhận: không thuộc bí mật nhà nước
documents-confirm-held-label = Xác nhận: được phép gửi
documents-secret-refused =
    Không nhận văn bản này: có dấu hiệu thuộc bí mật nhà nước.
    Trợ lý không lưu. Xin xóa tin vừa gửi khỏi cuộc trò chuyện này.
    Văn bản mật chỉ chuyển theo quy định bảo vệ bí mật nhà nước.
documents-ask-number = Xin viết số, ký hiệu văn bản, ví dụ: 21-NQ/TW. Có thể thêm ngày: 21-NQ/TW ngày 16/6/2022.
documents-number-skip = Không có số
documents-number-wrong = Chưa rõ số văn bản. Xin viết như 21-NQ/TW, hoặc chọn Không có số.
documents-date-no-month = Ngày { $written } không có thật: không có tháng { $month }. Xin viết lại số và ngày.
documents-date-no-day =
    Ngày { $written } không có thật: tháng { $month }/{ $year } chỉ có { $last } ngày.
    Xin viết lại số và ngày.
documents-ask-summary = Xin viết trích yếu (văn bản nói về việc gì), một câu ngắn.
documents-summary-short = Trích yếu hơi ngắn. Xin viết một câu nói rõ văn bản về việc gì.
documents-preview-head = XEM LẠI rồi bấm Gửi:
documents-no-number = Văn bản không số
documents-dated = { $title }, ngày { $day }
documents-preview-summary = Trích yếu: { $summary }
documents-preview-paper = Kèm theo: { $paper }
documents-preview-more-files = và { $count } tệp nữa
documents-preview-photos = { $count } trang ảnh
documents-preview-text = nội dung bằng chữ
documents-preview-audience = Nơi nhận: { $name }, { $reachable }/{ $members } đảng viên và { $groups } nhóm; { $missing } chưa có tài khoản
documents-preview-nobody = Gửi 0 tin, chưa ai nhận được.
documents-send-label = Gửi
documents-published =
    Đã phát hành { $title } tới { $reachable } đồng chí và { $groups } nhóm.
    Xem ai đã đọc: nhắn TÌNH HÌNH.
documents-published-group =
    Đã phát hành { $title } ({ $reachable } đồng chí, { $groups } nhóm).
    Xem ai đã đọc: nhắn TÌNH HÌNH.
documents-published-missing = Còn { $missing } đồng chí chưa có tài khoản, cần đưa bản giấy.
documents-group-post =
    VĂN BẢN MỚI: { $title }
    { $summary }
    Văn bản đã gửi riêng từng đồng chí. Đọc xong, xin nhắn riêng cho Trợ lý chi bộ: ĐÃ ĐỌC.
documents-group-post-only =
    VĂN BẢN MỚI: { $title }
    { $summary }
    Muốn xem, xin nhắn riêng cho Trợ lý chi bộ: VĂN BẢN MỚI.
    Đọc xong, xin nhắn riêng: ĐÃ ĐỌC.
documents-letter =
    MỜI ĐỒNG CHÍ ĐỌC: { $title }
    Trích yếu: { $summary }
documents-shown =
    { $title }
    Trích yếu: { $summary }
documents-reminder =
    XIN NHẮC ĐỒNG CHÍ ĐỌC: { $title }
    Trích yếu: { $summary }
documents-letter-no-link = Nếu không thấy tệp kèm theo, xin gặp bí thư để nhận văn bản.
documents-letter-done = Đọc xong, xin bấm hoặc nhắn: ĐÃ ĐỌC.
documents-read-label = Đã đọc
documents-ask-label = Tôi muốn hỏi
documents-file-not-fetched = Trợ lý chưa tải được tệp. Xin gửi lại; tệp không quá { $megabytes } MB.
documents-file-unknown =
    Trợ lý không nhận loại tệp này.
    Xin gửi PDF, Word, Excel, ảnh, MP3, M4A hoặc dán nội dung.
documents-file-old-office = Tệp này là Word, Excel kiểu cũ (.doc, .xls). Xin lưu lại thành PDF hoặc .docx rồi gửi.
documents-file-macros = Không nhận tệp có lệnh tự chạy vì có thể gây hại. Xin lưu thành PDF rồi gửi.
documents-file-broken = Tệp này hỏng hoặc quá lớn, không mở được. Xin gửi lại bản khác.
documents-text-too-short = Nội dung hơi ngắn. Xin gửi tệp, ảnh hoặc dán đủ nội dung văn bản. Muốn thôi, nhắn HỦY.
documents-too-many-pages = Một văn bản có nhiều nhất { $limit } tệp, ảnh. Xin ghép thành một tệp PDF rồi gửi lại.
documents-acknowledged = Đã ghi đồng chí đã đọc { $title }. Đúng bấm 1, sai bấm 2.
documents-acknowledged-all = Đã ghi đồng chí đã đọc { $count } văn bản: { $titles }. Đúng bấm 1, sai bấm 2.
documents-right-label = Đúng
documents-undo-label = Sai, tôi chưa đọc
documents-thanks = Cảm ơn đồng chí.
documents-taken-back = Đã bỏ ghi nhận. Khi nào đọc xong, xin nhắn: ĐÃ ĐỌC.
documents-which-read = Đồng chí đã đọc văn bản nào? Còn { $count } văn bản chưa ghi đã đọc.
documents-all-label = Tất cả
documents-nothing-to-read = Hiện không có văn bản nào chờ đồng chí đọc.
documents-not-yours = Văn bản này không gửi cho đồng chí. Cần xem, xin hỏi bí thư chi bộ.
documents-withdrawn = Văn bản { $title } đã được thu hồi, không cần đọc nữa.
documents-none-found = Trợ lý không tìm thấy văn bản đó. Xin kiểm tra lại số, hoặc nhắn VĂN BẢN để xem danh mục.
documents-none-published = Chưa có văn bản nào được phát hành.
documents-which-status = Đồng chí muốn xem tình hình văn bản nào?
documents-status-head =
    TÌNH HÌNH ĐỌC { $title }
    Đã đọc { $read }/{ $total }; chưa đọc { $unread }; không tự nhận được { $cannot }.
documents-status-group = { $title }: { $read }/{ $total } đồng chí đã báo đọc.
documents-status-branch = { $name }: { $read }/{ $total } đã đọc; { $unread } chưa; { $cannot } không tự nhận được
documents-status-more-branches = và { $count } nơi khác, ít người chưa đọc hơn.
documents-status-unread = CHƯA ĐỌC: { $names }
documents-status-cannot = KHÔNG CÓ MÁY HOẶC CHƯA ĐĂNG NHẬP: { $names }
documents-status-read = ĐÃ ĐỌC: { $names }
documents-status-more-names = và { $count } đồng chí nữa
documents-names-label = Xem cả danh sách
documents-name-recorded = { $name } (ghi hộ)
documents-remind-label = Nhắc người chưa đọc
documents-record-label = Ghi hộ
documents-reminded = Đã nhắc { $count } đồng chí chưa đọc.
documents-reminded-later = Sẽ nhắc { $count } đồng chí chưa đọc lúc { $when } (đang giờ nghỉ).
documents-reminded-already = Hôm nay đã nhắc rồi. Mỗi văn bản chỉ nhắc mỗi người một lần một ngày.
documents-nobody-to-remind = Không còn ai cần nhắc.
documents-whom-to-record = Ghi hộ đồng chí nào đã đọc { $title }? (chỉ ghi khi đồng chí đó đã đọc bản giấy hoặc nghe đọc)
documents-nobody-to-record = Mọi đồng chí đều đã đọc.
documents-recorded = Đã ghi hộ: đồng chí { $name } đã đọc { $title }.
documents-record-more-label = Ghi hộ người khác
documents-unrecord-label = Bỏ, ghi nhầm tên
documents-unrecorded = Đã bỏ ghi hộ đồng chí { $name }.
documents-more-label = Xem tiếp
documents-ask-withdraw = Thu hồi văn bản nào? Văn bản thu hồi sẽ không mở được nữa.
documents-keep-label = Không thu hồi
documents-kept = Không thu hồi văn bản nào.
