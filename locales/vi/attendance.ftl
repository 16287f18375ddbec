# Báo dự, xin vắng
attendance-choice-attending = Tôi dự được
attendance-choice-absent = Tôi xin vắng
attendance-choice-late = Tôi đến muộn
attendance-choice-call = Tôi cần gọi điện
attendance-choice-right = Đúng
attendance-choice-wrong = Sai, ghi lại
attendance-state-attending = { $who } DỰ họp
attendance-state-late = { $who } ĐẾN MUỘN
attendance-state-partly = { $who } DỰ MỘT PHẦN ("{ $words }")
attendance-state-late-minutes = { $who } ĐẾN MUỘN khoảng { $minutes } phút
attendance-state-absent = { $who } XIN VẮNG
attendance-state-none = { $who } chưa báo
attendance-recorded =
    Đã ghi: { $what }, { $name }.
    { $where }
attendance-right-or-wrong = Đúng bấm 1, sai bấm 2.
attendance-choice-prepare = Gửi ý kiến trước
attendance-choice-papers = Xem tài liệu
attendance-papers = Tài liệu của { $name }. Xin chọn một:
attendance-no-papers = Tài liệu của { $name } chưa mở cho đồng chí xem. Xin hỏi bí thư.
attendance-thanks = Cảm ơn đồng chí đã báo.
attendance-undone =
    Xin lỗi đồng chí, xin chọn lại cho { $name }.
    { $where }
    { $now }
attendance-ask =
    Xin trả lời cho { $name }.
    { $where }
    { $now }
attendance-now-none = Hiện đồng chí chưa báo.
attendance-now-answered = Hiện đang ghi: { $what }.
attendance-unclear =
    Trợ lý chưa rõ ý, chưa ghi gì. Dự được bấm 1, xin vắng bấm 2.
    Cuộc họp: { $name }.
    { $where }
attendance-number-unsure =
    Vừa có tin khác đến cùng lúc nên Trợ lý chưa ghi số vừa bấm.
    Trả lời tin ấy, xin viết bằng chữ, hoặc nhắn BÁO DỰ.
attendance-still =
    { $now } Nếu vẫn đúng thì không cần làm gì thêm.
    Muốn đổi cho { $name }, xin chọn:
attendance-details =
    { $name }. Xin chọn câu trả lời:
    { $where }
    Nội dung: { $agenda }.
    { $now }
attendance-ask-mine = Có { $count } cuộc họp sắp tới. Đồng chí chọn một:
attendance-no-meetings = Hiện chưa có cuộc họp nào mời { $who }.
attendance-nothing-open = Hiện không có cuộc họp nào đang chờ trả lời ạ.
attendance-not-invited = Cuộc họp này không có tên đồng chí trong danh sách mời. Cần dự, xin báo bí thư.
attendance-meeting-begun = Đã đến giờ { $name } nên Trợ lý không ghi nữa. Xin báo trực tiếp với chi ủy.
attendance-meeting-cancelled = Cuộc họp ({ $name }) đã được báo hủy, không cần trả lời nữa ạ.
attendance-or-next = Nếu đồng chí nói về cuộc họp sau, xin chọn:
attendance-which = { $name }, { $moment }
attendance-title-which = chọn cuộc họp để báo dự
attendance-ask-which-attending = Đồng chí DỰ cuộc họp nào ạ?
attendance-ask-which-late = Đồng chí ĐẾN MUỘN cuộc họp nào ạ?
attendance-ask-which-absent = Đồng chí XIN VẮNG cuộc họp nào ạ?
attendance-when-and-where = { $name }: { $where }
attendance-suggest-question = Muốn hỏi chi bộ, xin nhắn: HỎI: nội dung cần hỏi.
attendance-call-told = Đã báo chi ủy gọi điện cho đồng chí.
attendance-call-nobody = Trợ lý chưa báo được cho chi ủy. Xin đồng chí gọi trực tiếp giúp.
attendance-call-note = Xin gọi điện cho { $who } về { $name }.

# Lý do vắng
attendance-title-reason = nêu lý do vắng
attendance-ask-reason = Xin cho biết lý do (chỉ bí thư xem). Không nêu bấm 1, ghi nhầm bấm 2.
attendance-choice-no-reason = Không nêu lý do
attendance-choice-mistake = Tôi ghi nhầm
attendance-no-reason-kept = Đã ghi xin vắng, không nêu lý do. Muốn đổi, đồng chí cứ nhắn lại.
attendance-reason-waiting = Lý do: { $reason }. Đang chờ bí thư xem.
attendance-reason-approved = Lý do này bí thư đã đồng ý.
attendance-reason-in-private = Muốn nêu lý do, xin nhắn riêng tại đây, ví dụ: xin vắng vì đi khám bệnh.
attendance-reason-note =
    Xin duyệt lý do vắng: { $who }.
    { $name }, { $moment }
    Lý do: { $reason }
attendance-choice-accept = Đồng ý
attendance-choice-refuse = Không đồng ý
attendance-judged-accepted = Đã đồng ý lý do vắng của { $who }.
attendance-judged-refused = Đã ghi không đồng ý lý do vắng của { $who }. Trợ lý đã báo lại đồng chí ấy.
attendance-told-accepted = Bí thư đã đồng ý để { $who } vắng ({ $name }).
attendance-told-refused =
    Bí thư mong { $who } thu xếp dự { $name }.
    Cần trao đổi thêm, xin gọi bí thư. Dự được, xin nhắn: tôi dự được.
attendance-mind-coming = Để đồng chí biết: { $who } đã xin vắng, nay báo sẽ dự ({ $name }).
attendance-mind-absent = Để đồng chí biết: { $who } lại xin vắng ({ $name }).
attendance-in-a-row = Để đồng chí biết: { $who } vắng có lý do { $count } kỳ liền. Xin quan tâm thăm hỏi.

# Danh sách cho bí thư
attendance-none-ahead = Hiện không có cuộc họp nào sắp tới ạ.
attendance-ask-list = Đồng chí xem danh sách cuộc họp nào?
attendance-list-cancelled = Cuộc họp này đã hủy rồi ạ.
attendance-list-begun = Cuộc họp này đã bắt đầu rồi ạ.
attendance-list-head =
    BÁO DỰ { $name }, { $moment }
    Mời { $total }: dự { $attending }, đến muộn { $late }, xin vắng { $absent }.
    Chưa báo { $silent }, cần gọi { $call }, không có máy { $unreachable }.
attendance-list-attending = DỰ ({ $count })
attendance-list-late = ĐẾN MUỘN ({ $count })
attendance-list-absent = XIN VẮNG ({ $count })
attendance-list-call = CẦN GỌI ĐIỆN ({ $count })
attendance-list-silent = CHƯA BÁO ({ $count })
attendance-list-unreachable = KHÔNG CÓ MÁY HOẶC CHƯA ĐĂNG NHẬP ({ $count })
attendance-detail-minutes = { $minutes } phút
attendance-detail-no-reason = không nêu lý do
attendance-detail-waiting = chờ duyệt
attendance-detail-accepted = đã đồng ý
attendance-detail-refused = không đồng ý
attendance-detail-recorded = ghi hộ
attendance-choice-remind = Nhắc người chưa báo
attendance-choice-accept-all = Duyệt tất cả lý do
attendance-choice-behalf = Ghi hộ
attendance-choice-behalf-more = Ghi hộ tiếp
attendance-choice-list = Xem danh sách
attendance-choice-names = Xem đủ tên
attendance-list-more = và { $count } đồng chí nữa
attendance-reminded =
    Đã nhắc { $queued } đồng chí.
    Còn { $rest } đồng chí không có máy, hôm nay đã nhắc, hoặc đã nhắc đủ số lần.
attendance-remind-quiet = Đang là giờ nghỉ, Trợ lý không nhắc. Xin bấm lại sau { $hour }.
attendance-accepted-all = Đã đồng ý { $count } lý do vắng. Trợ lý đã báo các đồng chí ấy.
attendance-group-counts = { $name }: { $coming }/{ $total } đã báo dự, { $absent } xin vắng, { $silent } chưa báo.

# Ghi hộ
attendance-title-behalf = ghi hộ báo dự
attendance-behalf-who = Ghi hộ đồng chí nào? Bấm số, hoặc viết tên.
attendance-behalf-nobody = Không thấy tên ấy trong danh sách mời. Xin viết lại họ tên.
attendance-behalf-what = { $who } trả lời thế nào?
attendance-behalf-attending = Dự
attendance-behalf-absent = Xin vắng
attendance-behalf-late = Đến muộn
attendance-behalf-why = Lý do vắng là gì? Không nêu bấm 1.
attendance-behalf-done = Đã ghi hộ: { $who } { $what }, { $name }.
attendance-behalf-told = { $who } đã ghi hộ đồng chí:
