# Cuộc họp: mời, nhắc, đổi lịch, hủy
meetings-name-regular = sinh hoạt chi bộ tháng { $month }
meetings-name-thematic = sinh hoạt chuyên đề tháng { $month }
meetings-name-committee = họp chi ủy tháng { $month }
meetings-name-conference = hội nghị tháng { $month }
meetings-name-urgent = họp đột xuất tháng { $month }
meetings-where = Lúc { $moment }, tại { $place }.
meetings-agenda-default = theo chương trình của chi ủy
meetings-please-answer = Xin trả lời:
meetings-please-confirm = Xin xác nhận ngay:
meetings-online = Họp trực tuyến: { $url }
meetings-convening =
    TRIỆU TẬP đồng chí dự { $name }.
    { $where }
    Nội dung: { $agenda }.
    Ai cũng phải xác nhận; chưa xác nhận, bí thư sẽ gọi điện.
    (Điểm danh chính thức thực hiện tại cuộc họp hoặc trên Sổ tay đảng viên điện tử.)
meetings-convening-urgent =
    TRIỆU TẬP KHẨN đồng chí dự { $name }.
    { $where }
    Nội dung: { $agenda }.
    Chưa xác nhận, đồng chí sẽ được nhắc lại và gọi điện.
    (Điểm danh chính thức thực hiện tại cuộc họp hoặc trên Sổ tay đảng viên điện tử.)
meetings-invitation =
    KÍNH MỜI đồng chí dự { $name }.
    { $where }
    Nội dung: { $agenda }.
    (Điểm danh chính thức thực hiện tại cuộc họp hoặc trên Sổ tay đảng viên điện tử.)
meetings-group-invitation =
    KÍNH MỜI các đồng chí dự { $name }.
    { $where }
    Xin nhắn riêng cho Trợ lý chi bộ: dự được, hay xin vắng.
    Hoặc nhắc tên Trợ lý tại đây rồi viết như vậy. Lý do vắng chỉ nhắn riêng.
meetings-group-convening =
    TRIỆU TẬP các đồng chí dự { $name }.
    { $where }
    Từng đồng chí xin nhắn riêng cho Trợ lý chi bộ: dự được, hay xin vắng.
    Hoặc nhắc tên Trợ lý tại đây rồi viết như vậy. Lý do vắng chỉ nhắn riêng.
meetings-group-convening-urgent =
    TRIỆU TẬP KHẨN các đồng chí dự { $name }.
    { $where }
    Từng đồng chí xin nhắn riêng ngay cho Trợ lý chi bộ: dự được, hay xin vắng.
    Hoặc nhắc tên Trợ lý tại đây rồi viết như vậy. Lý do vắng chỉ nhắn riêng.
meetings-live-count = Đến nay { $coming }/{ $total } đồng chí đã báo dự.
meetings-alert =
    NHẮC LẠI TRIỆU TẬP: { $name }.
    { $where }
    Đồng chí chưa xác nhận. Xin xác nhận ngay:
meetings-reminder =
    XIN NHẮC { $who } báo dự { $name }.
    { $where }
    Xin trả lời:
meetings-reminder-missed =
    Lời nhắc họp đã lỡ giờ, không gửi: { $name }, { $moment }.
    Còn { $silent } đồng chí chưa báo. Xem danh sách, xin nhắn BÁO DỰ.

# Hộp thoại mời họp
meetings-title-invite = mời họp
meetings-private-only = Việc này xin nhắn riêng với Trợ lý chi bộ ạ.
meetings-choice-new = Mời họp
meetings-ask-kind =
    Mời họp ({ $organization }): đồng chí chọn loại cuộc họp.
meetings-kind-regular = Sinh hoạt thường kỳ
meetings-kind-thematic = Sinh hoạt chuyên đề
meetings-kind-committee = Họp chi ủy
meetings-kind-conference = Hội nghị
meetings-kind-urgent = Họp khẩn
meetings-ask-when =
    Họp lúc nào? Bấm 1 để lấy ngày { $day } thường lệ.
    Hoặc viết ngày giờ, ví dụ: 19h30 thứ Năm tuần sau; 3/12 19h30.
meetings-ask-when-day-off =
    Họp lúc nào? Ngày { $day } tới là ngày nghỉ.
    Bấm 1 để lấy ngày làm việc liền sau, bấm 2 để giữ ngày { $day }.
    Hoặc viết ngày giờ, ví dụ: 19h30 thứ Năm tuần sau.
meetings-ask-half = Xin hỏi lại: buổi sáng hay buổi tối ạ?
meetings-choice-morning = Buổi sáng, { $hour }
meetings-choice-evening = Buổi tối, { $hour }
meetings-ask-place =
    Lúc { $when }. Họp ở đâu?
    Bấm 1 để lấy nơi thường họp, hoặc viết nơi khác.
meetings-ask-place-new =
    Lúc { $when }. Họp ở đâu?
    Xin viết địa điểm, ví dụ: Nhà văn hóa thôn 3.
meetings-place-long = Địa điểm dài quá { $most } chữ cái. Xin viết một dòng ngắn, ví dụ: Nhà văn hóa thôn 3.
meetings-place-again = Xin viết địa điểm họp bằng một dòng ngắn, ví dụ: Nhà văn hóa thôn 3.
meetings-card = XEM LẠI GIẤY MỜI rồi bấm 1 để gửi: { $name }.
meetings-card-convening = XEM LẠI LỆNH TRIỆU TẬP rồi bấm 1 để gửi: { $name }.
meetings-card-length = Dự kiến { $minutes } phút.
meetings-card-agenda = Nội dung: { $agenda }.
meetings-card-items = Nội dung ({ $count } việc, { $total } phút, { $papers } tài liệu): { $titles }.
meetings-card-guests = Đại biểu: { $count } người.
meetings-card-online = Trực tuyến: { $url }
meetings-day-moved = { $third } là ngày nghỉ, xin đề nghị ngày làm việc gần nhất.
meetings-notice = Lưu ý: { $notice }
meetings-warn-notice = báo trước chưa đủ { $days } ngày.
meetings-warn-week = thường lệ họp ngày { $day }, gặp ngày nghỉ thì trong tuần đầu tháng.
meetings-warn-hour = giờ họp rơi vào giờ nghỉ đêm.
meetings-warn-now = đang giờ nghỉ, giấy mời sẽ đến máy ngay bây giờ.
meetings-warn-length = dài { $minutes } phút, quy định ít nhất { $least } phút.
meetings-warn-sum = chương trình cộng { $total } phút, dài hơn { $minutes } phút.
meetings-warn-papers = tài liệu cần gửi trước ít nhất { $days } ngày.
meetings-warn-quarter = quý { $quarter } chưa có sinh hoạt chuyên đề.
meetings-warn-overlap = trùng giờ với { $name } đã mời.
meetings-reach = Nơi nhận: { $reachable }/{ $members } đồng chí và { $groups } nhóm.
meetings-choice-send = Gửi giấy mời
meetings-choice-edit = Sửa
meetings-ask-edit = Đồng chí muốn sửa phần nào?
meetings-part-kind = Loại cuộc họp
meetings-part-when = Thời gian
meetings-part-place = Địa điểm
meetings-part-agenda = Chương trình, tài liệu
meetings-part-length = Thời lượng
meetings-part-guests = Đại biểu cấp trên
meetings-part-chair = Chủ trì, thư ký
meetings-part-url = Họp trực tuyến
meetings-part-convene = Chuyển thành lệnh triệu tập
meetings-part-invite = Chuyển thành giấy mời thường
meetings-part-letter = Xem nguyên văn
meetings-choice-merge = Gộp vào { $name } cùng ngày
meetings-choice-repeat = Lặp lại hằng tháng
meetings-choice-paper = Bản giấy mời để in
meetings-choice-calendar = Tệp lịch
meetings-sent =
    Đã gửi giấy mời họp lúc { $moment }.
    Xem ai đã báo, xin nhắn BÁO DỰ. Đổi lịch nhắn ĐỔI LỊCH HỌP, hủy nhắn HỦY HỌP.
meetings-sent-words = Lặp lại hằng tháng nhắn LẶP LẠI; in giấy mời nhắn IN GIẤY MỜI; lấy lịch nhắn TỆP LỊCH.
meetings-which-repeat = Cuộc họp nào lặp lại hằng tháng?
meetings-which-paper = In giấy mời của cuộc họp nào?
meetings-sent-convening =
    Đã gửi lệnh triệu tập họp lúc { $moment }.
    Ai chưa xác nhận sẽ được nhắc lại, rồi đồng chí nhận danh sách gọi điện.
    Đổi lịch nhắn ĐỔI LỊCH HỌP, hủy nhắn HỦY HỌP.

# Khi chưa rõ ngày giờ
meetings-when-unclear = Trợ lý chưa hiểu thời gian. Xin viết cả ngày và giờ, ví dụ: 3/12 19h30.
meetings-when-no-day = Đã rõ giờ. Họp ngày nào ạ? Ví dụ: thứ Năm tuần sau, hoặc 3/12.
meetings-when-no-hour = Đã rõ ngày: { $day }. Họp lúc mấy giờ ạ? Ví dụ: 19h30.
meetings-when-mismatch = Ngày ấy là { $day }, không khớp với thứ đã viết. Xin viết lại ngày giờ.
meetings-when-impossible-day = Không có ngày { $written }. Xin viết lại ngày giờ, ví dụ: 3/12 19h30.
meetings-when-impossible-hour = Không có giờ như vậy. Xin viết lại, ví dụ: 3/12 19h30.
meetings-when-past = Thời gian ấy đã qua rồi ({ $day }). Xin viết lại ngày giờ sắp tới.
meetings-when-far = Ngày ấy còn xa quá ({ $day }). Xin xem lại năm rồi viết lại.
meetings-when-lunar = Trợ lý chưa hiểu ngày âm lịch. Xin viết ngày dương lịch, ví dụ: 3/12 19h30.
meetings-over-meanwhile = Thời gian này vừa qua mất rồi. Xin chọn lại ngày giờ khác.

# Đổi lịch, hủy họp
meetings-title-change = đổi lịch họp
meetings-title-cancel = hủy họp
meetings-none-ahead = Hiện không có cuộc họp nào sắp tới ạ. Mời họp, xin nhắn MỜI HỌP.
meetings-ask-which = Đồng chí chọn cuộc họp:
meetings-begun = Cuộc họp ấy đã bắt đầu rồi ạ, không đổi được nữa.
meetings-unchanged = Thời gian và địa điểm vẫn như cũ. Không có gì được gửi đi.
meetings-ask-new-time =
    Đổi sang lúc nào? Hiện đang là { $when }.
    Bấm 1 để giữ nguyên, hoặc viết ngày giờ mới, ví dụ: 5/12 19h30.
meetings-ask-new-place =
    Đổi sang nơi nào? Hiện đang là { $place }.
    Bấm 1 để giữ nguyên, hoặc viết nơi mới.
meetings-choice-keep-time = Giữ nguyên thời gian
meetings-choice-keep-place = Giữ nguyên địa điểm
meetings-preview-moved =
    XEM LẠI THAY ĐỔI rồi bấm 1 để gửi: { $name }.
    Trước: { $before }
    Nay: { $now }
meetings-choice-send-change = Gửi thông báo
meetings-moved =
    KÍNH BÁO THAY ĐỔI: { $name }.
    Nay họp: { $where }
    Trước đã báo: { $before }
    Giờ họp đã đổi nên xin đồng chí trả lời lại:
meetings-moved-place =
    KÍNH BÁO THAY ĐỔI ĐỊA ĐIỂM: { $name }.
    Nay họp: { $where }
    Trước đã báo: { $before }
    Câu trả lời cũ của đồng chí vẫn giữ nguyên.
meetings-group-moved =
    KÍNH BÁO THAY ĐỔI: { $name }.
    Nay họp: { $where }
meetings-moved-done = Đã báo thay đổi tới mọi người được mời. Các đồng chí được hỏi lại vì giờ họp đã đổi.
meetings-moved-place-done = Đã báo địa điểm mới tới mọi người được mời. Các câu trả lời vẫn giữ nguyên.
meetings-ask-cancel =
    Hủy { $name } phải không ạ? Bấm 1 thì mọi người được mời sẽ nhận tin báo hủy.
    { $where }
meetings-choice-cancel-meeting = Hủy cuộc họp
meetings-choice-keep-meeting = Không hủy
meetings-cancelled =
    KÍNH BÁO: { $name } KHÔNG HỌP như đã mời.
    { $where }
    Có lịch mới, chi bộ sẽ báo sau.
meetings-cancelled-done = Đã báo hủy cuộc họp tới mọi người được mời.
meetings-cancelled-because = Lý do: { $reason }.
meetings-ask-reason = Muốn báo lý do, xin viết một dòng trước khi bấm 1.
meetings-reason-again = Xin viết lý do bằng một dòng ngắn (không quá { $most } chữ cái), hoặc bấm 1 để hủy không nêu lý do.

# Gộp hai cuộc họp một ngày
meetings-merged =
    KÍNH BÁO GỘP HỌP: { $name } được gộp vào { $into }.
    { $where }
    Ai đã trả lời cuộc họp này thì câu trả lời vẫn giữ nguyên.
meetings-merge-reason = gộp vào { $name }
meetings-merged-done = Đã gộp và báo mọi người. Họp lúc { $moment }.

# Họp lặp lại hằng tháng
meetings-choice-series-stop = Thôi lặp lại
meetings-choice-series-resume = Lặp lại tiếp
meetings-choice-series-skip = Tháng này không mời
meetings-series-started =
    Từ nay ngày { $day } hằng tháng họp như cuộc này, gặp ngày nghỉ thì lùi sang ngày làm việc.
    Trước { $days } ngày, Trợ lý soạn sẵn giấy mời để đồng chí bấm gửi.
meetings-series-on = Đã cho lặp lại tiếp: { $name }.
meetings-series-off = Đã thôi lặp lại: { $name }. Các cuộc họp đã mời vẫn giữ nguyên.
meetings-series-none = Chưa có cuộc họp nào lặp lại. Mời họp xong, đồng chí bấm Lặp lại hằng tháng.
meetings-series-list = Các cuộc họp lặp lại hằng tháng. Bấm để thôi hoặc để lặp lại tiếp:
meetings-series-stop-this = Thôi: { $name }, ngày { $day }
meetings-series-resume-this = Lặp lại tiếp: { $name }, ngày { $day }
meetings-series-skipped = Vâng, tháng này không mời { $name }. Tháng sau Trợ lý sẽ nhắc lại.
meetings-series-called = Tháng ấy chi bộ đã mời họp rồi ạ. Xem lại, xin nhắn BÁO DỰ.
meetings-series-proposal = SẮP ĐẾN KỲ HỌP: { $when }.

# Giấy mời để in, tệp lịch
meetings-ask-paper = In giấy mời { $name }: đồng chí chọn bản nào?
meetings-choice-paper-plain = Một trang chung, không ghi tên
meetings-choice-paper-named = Mỗi người một trang ({ $count } người)
meetings-paper-soon = Trợ lý đang soạn giấy mời để in, xong sẽ gửi tệp tới đây.
meetings-paper-here = Giấy mời để in. Mở bằng Word rồi in.
meetings-file-link = Tệp của { $name } ở đường dẫn dưới đây. Bấm để tải về:
meetings-file-no-link = Chưa gửi được tệp của { $name } qua đây. Xin báo người quản trị đặt địa chỉ trang.
meetings-file-gone = Đường dẫn này không còn dùng được. Xin hỏi lại Trợ lý chi bộ.
meetings-calendar-here = Tệp lịch của { $name }. Mở tệp để thêm vào lịch của máy.
meetings-calendar-none = Hiện đồng chí không có cuộc họp nào sắp tới ạ.
meetings-calendar-which = Lấy tệp lịch của cuộc họp nào?
meetings-calendar-text = Nội dung: { $agenda }
meetings-letter-title = GIẤY MỜI
meetings-letter-title-convening = GIẤY TRIỆU TẬP
meetings-letter-subject = Dự { $name }
meetings-letter-to = Kính mời: { $name }
meetings-letter-when = Thời gian: { $value }.
meetings-letter-where = Địa điểm: { $value }.
meetings-letter-length = Thời lượng dự kiến: { $value }.
meetings-letter-online = Họp trực tuyến: { $value }
meetings-letter-chair = Chủ trì: { $value }.
meetings-letter-items = Nội dung:
meetings-letter-no-items = Nội dung: theo chương trình của chi ủy.
meetings-letter-please = Rất mong đồng chí đến dự đầy đủ, đúng giờ.
meetings-letter-signed = T/M CHI ỦY
meetings-letter-signed-above = T/M ĐẢNG ỦY
meetings-agenda-news =
    CHƯƠNG TRÌNH MỚI của { $name }.
    { $where }
    Nội dung: { $agenda }.
    Câu trả lời của đồng chí vẫn giữ nguyên.
meetings-group-agenda-news =
    Chương trình của { $name } vừa được bổ sung.
    { $where }
    Xem chương trình trong tin nhắn riêng với Trợ lý chi bộ.
