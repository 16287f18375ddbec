# Thắc mắc, kiến nghị của đảng viên và trả lời
questions-word-question = câu hỏi
questions-word-proposal = kiến nghị
questions-someone = một đồng chí trong chi bộ
questions-the-asker = người hỏi

# Hỏi
questions-asking = gửi { $what }
questions-write =
    Xin viết { $what } của đồng chí trong một tin. Bí thư chi bộ sẽ nhận được và trả lời tại đây.
    Bí thư và cấp trên thấy tên đồng chí. Không muốn, bấm ẨN TÊN TÔI.
questions-write-hidden =
    Xin viết { $what } của đồng chí trong một tin.
    Bí thư và cấp trên chỉ thấy "một đồng chí trong chi bộ".
    Trợ lý giữ tên ở dạng mã hóa, chỉ để gửi trả lời.
questions-small-branch = Chi bộ ít người: xin viết sao cho không lộ người hỏi.
questions-hide-label = Ẩn tên tôi
questions-show-label = Để tên tôi
questions-withdraw-label = Rút lại
questions-how-to-ask = Muốn hỏi, xin nhắn: HỎI: nội dung cần hỏi.
questions-how-to-propose = Muốn kiến nghị, xin nhắn: KIẾN NGHỊ: nội dung.
questions-words-only =
    Xin gửi câu hỏi, kiến nghị bằng chữ.
    Ảnh và tiếng nói Trợ lý chưa chuyển được, mong đồng chí thông cảm.
questions-photo-not-kept = Trợ lý đã nhận phần chữ; ảnh hoặc tệp kèm theo không được chuyển đi.
questions-received =
    Đã chuyển { $what } số { $number } tới bí thư chi bộ.
questions-received-nobody =
    Đã ghi { $what } số { $number }.
    Hiện chưa nhắn được cho bí thư; khi bí thư đăng nhập sẽ thấy { $what } này.
questions-answer-by = Hạn trả lời: { $day }. Có trả lời, Trợ lý sẽ nhắn riêng cho đồng chí.
questions-seen-named = Bí thư và cấp trên thấy tên đồng chí.
questions-seen-hidden = Bí thư và cấp trên chỉ thấy "một đồng chí trong chi bộ".
questions-too-short = Câu hỏi hơi ngắn. Xin viết rõ hơn, ví dụ: HỎI: Khi nào chi bộ họp tháng 12?
questions-proposal-too-short = Kiến nghị hơi ngắn. Xin viết rõ hơn, ví dụ: KIẾN NGHỊ: Sửa đoạn đường đầu thôn.
questions-too-long = Câu hỏi quá dài (nhiều nhất { $most } chữ cái). Xin viết gọn lại.
questions-not-your-document = Văn bản này không còn mở cho đồng chí. Xin gửi câu hỏi riêng: HỎI: nội dung.
questions-no-denunciations =
    Trợ lý không nhận đơn thư, tố cáo hoặc phản ánh sai phạm của một người.
    Nội dung vừa viết không được lưu, không chuyển cho ai.
    Xin gửi trực tiếp ủy ban kiểm tra đảng ủy xã, phường hoặc nơi tiếp công dân.
    Ở đó người gửi được bảo vệ theo luật.

# Đã có trong hỏi đáp
questions-did-you-mean = Có phải đồng chí hỏi: { $question }
questions-did-you-mean-one-of = Có phải đồng chí hỏi một trong các câu sau? Xin chọn số.
questions-yes-show = Đúng, xem trả lời
questions-send-mine = Không, gửi { $what } của tôi
questions-send-still = Vẫn gửi { $what } của tôi
questions-clear-label = Đã rõ
questions-unclear-label = Chưa rõ
questions-glad = Cảm ơn đồng chí. Khi cần, xin cứ hỏi Trợ lý.

# Gửi tới người trả lời
questions-new =
    { $head } SỐ { $number } – { $name }:
    { $text }
questions-from-place = Từ: { $place }
questions-about-document = Về văn bản: { $title }
questions-how-to-answer = Trả lời: bấm TRẢ LỜI, hoặc nhắn TL { $number }: nội dung.
questions-answer-label = Trả lời
questions-forward-label = Chuyển cấp trên
questions-more-label = Việc khác
questions-answer-number = Trả lời câu { $number }

# Trả lời
questions-answering = trả lời câu hỏi
questions-write-answer =
    Xin viết trả lời { $what } số { $number }:
    { $text }
questions-answer-empty = Xin viết nội dung trả lời { $what } số { $number }.
questions-answered = Đã gửi trả lời { $what } số { $number }.
questions-answered-unreachable = Đã lưu trả lời { $what } số { $number }. Đồng chí ấy chưa có tài khoản, xin trả lời trực tiếp.
questions-answered-merged = Kèm { $count } câu đã gộp vào.
questions-answer =
    TRẢ LỜI { $head } SỐ { $number }
    Hỏi: { $question }
    Trả lời: { $answer }
questions-its-answer = Trả lời: { $answer }
questions-already =
    { $title } số { $number } đã được đồng chí { $name } trả lời rồi.
    Trả lời: { $answer }
questions-waits-for = { $title } số { $number } đã gộp với số { $other }; trả lời số { $other } thì cả hai người hỏi đều nhận được.
questions-lies-above = { $title } số { $number } đang do { $place } xử lý. Đồng chí sẽ xem được trả lời tại đây.
questions-is-your-own = { $title } số { $number } là của chính đồng chí; xin để người khác trả lời.
questions-state-now = { $title } số { $number }: { $state }.
questions-no-such-number = Không có câu hỏi số { $number }. Nhắn /cauhoi để xem các câu đang chờ.
questions-several-with-number = Có nhiều chi bộ có câu hỏi số { $number }. Nhắn /cauhoi rồi chọn câu cần trả lời.

# Danh sách
questions-none-open = Không còn câu hỏi nào chờ trả lời.
questions-open-count = Có { $count } câu hỏi chờ trả lời.
questions-open-count-late = Có { $count } câu hỏi chờ trả lời, { $late } câu QUÁ HẠN.
questions-row = Số { $number } – { $name }, { $day }: { $text }
questions-row-from = { $place }: { $row }
questions-row-at = { $row } (đang ở { $place })
questions-row-late = QUÁ HẠN { $days } ngày – { $row }
questions-next-page = Xem tiếp
questions-see-list = Xem các câu chờ trả lời

# Chuyển cấp
questions-forward-which = Chuyển câu nào? Xin nhắn: CHUYỂN CÂU 12 LÊN CẤP TRÊN.
questions-has-moved = { $title } số { $number } đã được chuyển, hiện ở { $place }.
questions-no-level-above = { $title } số { $number } đang ở cấp cao nhất.
questions-is-at-the-branch = { $title } số { $number } đang ở chi bộ.
questions-forwarded = Đã chuyển { $what } số { $number } lên { $place }, hạn trả lời { $day }.
questions-forwarded-nobody = Đã chuyển { $what } số { $number } lên { $place }, hạn trả lời { $day }. Hiện chưa nhắn được cho ai ở đó.
questions-take-back-label = Lấy lại
questions-taken-back = Đã lấy lại { $what } số { $number } về { $place }, hạn trả lời { $day }.
questions-too-late-to-take-back = Không lấy lại được { $what } số { $number } nữa: cấp trên đã xử lý.
questions-pass-down-label = Chuyển lại cấp dưới
questions-passed-down = Đã chuyển { $what } số { $number } về { $place }, hạn trả lời { $day }.
questions-came-forwarded = Đồng chí { $name } chuyển lên.
questions-came-passed-down = Đồng chí { $name } chuyển về.
questions-came-taken-back = Đồng chí { $name } đã lấy lại về chi bộ.
questions-tell-forwarded = { $title } số { $number } của đồng chí đã được chuyển lên { $place }. Hạn trả lời: { $day }.
questions-tell-passed-down = { $title } số { $number } của đồng chí đã được chuyển về { $place }. Hạn trả lời: { $day }.
questions-lies-with = Đang ở { $place }, hạn trả lời { $day }.
questions-step-asked = • { $day }: gửi
questions-step-forwarded = • { $day }: { $name } chuyển lên cấp trên
questions-step-passed-down = • { $day }: { $name } chuyển về cấp dưới
questions-step-taken-back = • { $day }: { $name } lấy lại
questions-step-merged = • { $day }: { $name } gộp với câu khác
questions-step-parted = • { $day }: { $name } tách ra
questions-step-answered = • { $day }: { $name } trả lời
questions-step-closed = • { $day }: { $name } đóng
questions-step-restored = • { $day }: { $name } mở lại
questions-step-reopened = • { $day }: { $name } báo chưa rõ

# Đóng
questions-close-label = Đóng câu này
questions-why-close = Đóng { $what } số { $number } vì sao?
questions-reason-not-competent = Không thuộc thẩm quyền
questions-reason-in-person = Đã trao đổi trực tiếp
questions-keep-label = Thôi, không đóng
questions-kept = { $title } số { $number } vẫn chờ trả lời.
questions-closed = Đã đóng { $what } số { $number }: { $reason }.
questions-open-again-label = Mở lại
questions-opened-again = Đã mở lại { $what } số { $number }.
questions-tell-closed-not-competent =
    { $title } số { $number } của đồng chí đã được đóng.
    Lý do: không thuộc thẩm quyền của { $place }. Xin hỏi bí thư nơi giải quyết.
questions-tell-closed-in-person =
    { $title } số { $number } của đồng chí đã được đóng: đã trao đổi trực tiếp.
    Nếu chưa, xin nhắn HỎI: nội dung.
questions-tell-open-again = { $title } số { $number } của đồng chí lại đang chờ trả lời.

# Gộp
questions-merging = gộp câu hỏi
questions-merge-label = Gộp với câu khác
questions-merge-with = Gộp { $what } số { $number } với câu nào? Chọn, hoặc nhắn "gộp với số" rồi số câu.
questions-merge-offer = Số { $number }: { $text }
questions-number-please = Xin viết số của câu hỏi, ví dụ: gộp với số 12.
questions-merge-which = Gộp câu nào? Xin nhắn: GỘP 13 VỚI 12.
questions-merge-with-itself = Không gộp { $what } số { $number } với chính nó được. Xin chọn câu khác.
questions-cannot-merge = Không gộp với câu số { $number } được: câu ấy đã đóng hoặc không do đồng chí phụ trách.
questions-merged = Đã gộp { $what } số { $number } với số { $other }. Trả lời số { $other } thì cả hai người hỏi đều nhận được.
questions-merged-answered = Đã gộp { $what } số { $number } với số { $other } và gửi luôn trả lời đã có.
questions-part-label = Tách ra
questions-parted = Đã tách { $what } số { $number } ra.
questions-tell-merged =
    { $title } số { $number } của đồng chí được gộp với một câu cùng nội dung.
    Có trả lời, đồng chí vẫn nhận được.

# Câu hỏi của tôi
questions-mine = Câu hỏi, kiến nghị của đồng chí:
questions-none-mine = Đồng chí chưa gửi câu hỏi hay kiến nghị nào. Muốn hỏi, nhắn HỎI: nội dung.
questions-mine-row = Số { $number }: { $text } – { $state }
questions-mine-full =
    { $title } số { $number }: { $state }.
    { $text }
questions-see-number = Xem { $what } số { $number }
questions-not-yours = Đây không phải câu hỏi của đồng chí.
questions-is-open = đang chờ trả lời
questions-is-above = đã chuyển lên { $place }
questions-is-merged = đã gộp với câu cùng nội dung, đang chờ trả lời
questions-is-answered = đã trả lời ngày { $day }
questions-is-closed-withdrawn = người hỏi đã rút
questions-is-closed-not-competent = đã đóng, không thuộc thẩm quyền
questions-is-closed-in-person = đã đóng, đã trao đổi trực tiếp
questions-is-open-short = Đang chờ
questions-is-merged-short = Đã gộp
questions-is-answered-short = Đã trả lời
questions-is-late = Quá hạn
questions-hidden =
    Đã ẩn tên ở { $what } số { $number }.
    Từ nay danh sách, bản tổng hợp và cấp trên chỉ thấy "một đồng chí trong chi bộ".
questions-already-seen = Người phụ trách có thể đã thấy tên trong tin gửi lúc đầu.
questions-shown = Đã để tên ở { $what } số { $number }: bí thư và cấp trên thấy tên đồng chí.
questions-withdrawn = Đã rút { $what } số { $number }. Bí thư đã được báo.
questions-was-withdrawn = { $title } số { $number } đã được người hỏi rút lại, không cần trả lời.
questions-ask-again-label = Gửi lại
questions-cannot-withdraw = Không rút được { $what } số { $number }: { $state }.
questions-on-its-own = Câu này đã gộp với số { $number }; số { $number } nay đã rút, câu này chờ trả lời riêng.

# Chưa rõ
questions-reopening = hỏi thêm
questions-write-unclear = Xin viết điều đồng chí còn chưa rõ ở trả lời { $what } số { $number }.
questions-unclear-too-short = Xin viết rõ hơn điều đồng chí còn chưa rõ.
questions-asked-further = Hỏi thêm: { $text }
questions-not-clear-yet = Người hỏi báo trả lời trước CHƯA RÕ.
questions-reopened = Đã gửi lại { $what } số { $number } kèm điều đồng chí chưa rõ. Hạn trả lời: { $day }.
questions-reopened-once = { $title } số { $number } đã hỏi thêm một lần rồi. Xin gửi câu hỏi mới, hoặc gặp bí thư.

# Nhắc hạn
questions-nudge = SẮP ĐẾN HẠN TRẢ LỜI:
questions-nudge-until = • { $title } số { $number }: hạn { $day }
questions-nudge-today = • { $title } số { $number }: hạn HÔM NAY
questions-nudge-late = • { $title } số { $number }: QUÁ HẠN từ { $day }
questions-nudge-others = • và { $count } câu nữa

# Hỏi đáp
questions-publishing = đưa vào hỏi đáp
questions-publish-label = Đưa vào hỏi đáp
questions-faq-check =
    Đưa vào hỏi đáp, không nêu tên ai? Xin đọc lại:
    Hỏi: { $question }
    Trả lời: { $answer }
questions-faq-for-branch = Đưa vào, cho { $place }
questions-faq-for-all = Đưa vào, cho mọi chi bộ
questions-faq-edit-label = Sửa lời
questions-faq-edit = Xin viết lại câu hỏi. Muốn sửa trả lời, viết: TRẢ LỜI: nội dung.
questions-faq-length = Xin viết từ 5 đến { $most } chữ cái.
questions-faq-published = Đã đưa vào hỏi đáp. Ai hỏi câu tương tự sẽ được mời xem trước.
questions-faq-withdraw-label = Gỡ khỏi hỏi đáp
questions-faq-withdrawn = Đã gỡ khỏi hỏi đáp.
questions-faq-restore-label = Đưa lại vào hỏi đáp
questions-faq-there = Câu này đã có trong hỏi đáp: { $question }
questions-faq-not-answered = { $title } số { $number } chưa có trả lời để đưa vào hỏi đáp.
questions-faq-list = HỎI ĐÁP. Xin chọn câu cần xem, hoặc nhắn HỎI ĐÁP và điều cần tìm:
questions-faq-none = Chưa có câu hỏi đáp nào. Muốn hỏi, xin nhắn HỎI: nội dung.
questions-faq-found = Hỏi đáp về "{ $words }":
questions-faq-nothing-found = Chưa có hỏi đáp về "{ $words }". Muốn hỏi, xin nhắn HỎI: nội dung.
questions-faq-entry =
    Hỏi: { $question }
    Trả lời: { $answer }
questions-faq-gone = Câu này đã được gỡ khỏi hỏi đáp.
questions-faq-in-private = Xin nhắn riêng cho Trợ lý chi bộ để xem hỏi đáp.

# Tổng hợp
questions-rollup-none = Năm { $year } chưa có câu hỏi, kiến nghị nào.
questions-rollup = Năm { $year }: nhận { $asked }, đã trả lời { $answered }, đang chờ { $open }, quá hạn { $overdue }.
questions-rollup-came = Đã chuyển lên đồng chí: { $count }.
questions-rollup-row = { $place }: { $counts }
questions-rollup-open = chờ { $count }
questions-rollup-overdue = quá hạn { $count }
questions-rollup-above = đã chuyển trên { $count }
questions-rollup-answered = trả lời { $count }
questions-rollup-days = trung bình { $days } ngày
questions-export-label = Xuất Excel
questions-export-in-private = Xin nhắn riêng cho Trợ lý chi bộ để nhận bảng Excel.
questions-export-elsewhere =
    Zalo chưa cho Trợ lý gửi tệp.
    Xin nhắn qua Telegram, hoặc nhờ quản trị xuất trên máy chủ: sotay questions export.
questions-export-too-many = Bảng có { $count } dòng, nhiều hơn Trợ lý gửi được trong tin nhắn. Xin nhờ quản trị xuất trên máy chủ.
questions-export-name = cau-hoi-{ $code }-{ $day }
questions-export-title = Câu hỏi, kiến nghị
questions-exported = Bảng { $count } câu hỏi, kiến nghị. Người đã ẩn tên không có tên trong bảng.
questions-column-branch = Chi bộ
questions-column-number = Số
questions-column-kind = Loại
questions-column-asker = Người hỏi
questions-column-asked = Ngày hỏi
questions-column-text = Nội dung
questions-column-document = Về văn bản
questions-column-desk = Nơi xử lý
questions-column-due = Hạn
questions-column-state = Tình trạng
questions-column-answer = Trả lời
questions-column-answered-by = Người trả lời
questions-column-answered = Ngày trả lời
questions-column-days = Số ngày
