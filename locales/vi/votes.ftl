# Biểu quyết công khai và ghi kết quả giơ tay
votes-choice-for = Tán thành
votes-choice-against = Không tán thành
votes-choice-other = Ý kiến khác
votes-letter =
    Xin đồng chí BIỂU QUYẾT: { $title }.
    Chọn một trong ba (biểu quyết công khai, đổi ý được cho đến khi kết thúc):
votes-now = Hiện đang ghi: { $what }.
votes-recorded-for = Đã ghi: đồng chí TÁN THÀNH. Nội dung: { $title }.
votes-recorded-against = Đã ghi: đồng chí KHÔNG TÁN THÀNH. Nội dung: { $title }.
votes-recorded-other = Đã ghi: đồng chí có Ý KIẾN KHÁC, xin trình bày tại cuộc họp. Nội dung: { $title }.
votes-right-or-wrong = Đúng bấm 1, sai bấm 2.
votes-choice-right = Đúng
votes-choice-wrong = Sai, chọn lại
votes-choice-undo = Chọn lại: { $title }
votes-thanks = Cảm ơn đồng chí đã biểu quyết.
votes-thanks-next = Cảm ơn đồng chí. Còn một biểu quyết nữa đang chờ.
votes-undone = Đã bỏ câu trả lời vừa ghi, xin chọn lại.
votes-which = Có nhiều biểu quyết đang mở, chưa ghi gì thêm. Đồng chí muốn trả lời nội dung nào ạ?
votes-which-for = Có nhiều biểu quyết đang mở, chưa ghi gì. { $what } cho nội dung nào ạ?
votes-unclear = Trợ lý chưa rõ ý, chưa ghi gì.
votes-number-unsure =
    Vừa có biểu quyết đến cùng lúc nên Trợ lý chưa ghi số vừa bấm.
    Trả lời biểu quyết, xin viết TÁN THÀNH, KHÔNG TÁN THÀNH hoặc Ý KIẾN KHÁC.
votes-privately = Biểu quyết chỉ nhận trong tin nhắn riêng này, chưa ghi gì từ nhóm.
votes-was-closed = Biểu quyết đã kết thúc, không ghi thêm được nữa ạ. Nội dung: { $title }.
votes-was-cancelled = Biểu quyết này đã được hủy, không cần trả lời nữa ạ. Nội dung: { $title }.
votes-none = Hiện không có biểu quyết nào đang chờ đồng chí.
votes-no-ballot =
    Biểu quyết này không tính đồng chí trong danh sách, nên không ghi.
    Đồng chí vẫn có thể phát biểu ý kiến tại cuộc họp.
votes-probationary =
    Đảng viên dự bị chưa có quyền biểu quyết nên Trợ lý không ghi.
    Đồng chí vẫn có thể phát biểu ý kiến tại cuộc họp.
votes-supporter = Biểu quyết dành cho đảng viên chính thức nên Trợ lý không ghi. Xin cảm ơn; ý kiến xin gửi bí thư.
votes-not-in-base =
    Đồng chí đang miễn sinh hoạt, sinh hoạt nơi khác hoặc tạm dừng, nên không biểu quyết.
    Ý kiến xin gửi bí thư.

# Mở biểu quyết
votes-offer =
    BIỂU QUYẾT: { $title }.
    Cần { $needed }/{ $base } đảng viên chính thức tán thành ({ $rule }).
    Không tính miễn sinh hoạt, nơi khác, đình chỉ.
    Đổi nội dung thì nhắn nội dung mới.
votes-choice-send = Gửi riêng từng đồng chí
votes-choice-all-hands = Giơ tay: tất cả { $count } tán thành
votes-choice-hands = Giơ tay: nhập kết quả đếm
votes-choice-rule = Đổi tỷ lệ: { $rule }
votes-rule-over = quá { $share }
votes-rule-least = từ { $share } trở lên
votes-proposed = Thông qua nội dung: { $what }
votes-proposed-of-meeting = Thông qua nghị quyết { $name }
votes-proposed-plain = Thông qua nghị quyết
votes-title-opening = mở biểu quyết
votes-title-short = Xin ghi rõ nội dung biểu quyết, ví dụ: BIỂU QUYẾT: Thông qua nghị quyết tháng 12.
votes-title-long = Nội dung biểu quyết dài quá. Xin rút gọn trong { $most } chữ cái.
votes-barred-secret =
    Xin bỏ phiếu kín tại cuộc họp theo quy định.
    Trợ lý không làm bỏ phiếu kín: tin nhắn không giữ kín được lá phiếu.
votes-barred-election = Trợ lý không làm bầu cử: bầu cử phải bỏ phiếu tại cuộc họp theo quy chế bầu cử trong Đảng.
votes-barred-discipline = Trợ lý không làm biểu quyết kỷ luật: việc này phải bỏ phiếu kín tại cuộc họp theo quy định.
votes-nobody = Tổ chức này chưa có đảng viên chính thức trong danh sách nên chưa biểu quyết được.
votes-broadcast-title = Biểu quyết: { $title }
votes-group-opened =
    BIỂU QUYẾT: { $title }.
    Trợ lý đã gửi riêng từng đảng viên chính thức; xin đồng chí trả lời trong tin nhắn riêng.
votes-group-opened-only =
    BIỂU QUYẾT: { $title }.
    Đảng viên chính thức xin nhắn riêng cho Trợ lý: BIỂU QUYẾT, rồi chọn một trong ba.
votes-by-hands-too = Ai chưa trả lời, xin đếm giơ tay sau khi kết thúc.
votes-opened = Đã gửi biểu quyết tới { $count } đảng viên chính thức: { $title }.
votes-unreachable = { $count } đồng chí chưa nhận tin qua Trợ lý: xin đếm giơ tay sau khi kết thúc.

# Bàn chủ tọa
votes-counting = { $title }: đã trả lời { $answered }/{ $base } (tán thành { $count }, không tán thành { $against }, ý kiến khác { $other })
votes-live = Đang đếm. { $counting }.
votes-card =
    BIỂU QUYẾT ĐANG MỞ. { $counting }.
    Thông qua khi có từ { $needed } tán thành ({ $rule }). Tự kết thúc lúc { $until }.
votes-several = Có { $count } biểu quyết đang mở. Đồng chí chọn một:
votes-choice-new = Mở biểu quyết khác
votes-choice-show = Xem số đã trả lời
votes-choice-close = Kết thúc, xem kết quả
votes-choice-cancel = Hủy biểu quyết
votes-choice-wait = Chờ thêm
votes-close-sure = Mới có { $count }/{ $base } trả lời, chưa đủ để thông qua: { $title }. Kết thúc ngay?
votes-cancel-sure = Hủy thì các câu trả lời đã ghi không còn tính: { $title }. Hủy thật không ạ?
votes-choice-cancel-now = Hủy biểu quyết này
votes-choice-go-on = Không, tiếp tục
votes-cancelled = Đã hủy biểu quyết: { $title }.
votes-group-cancelled = Biểu quyết đã hủy: { $title }. Các đồng chí không cần trả lời nữa.
votes-result-head = KẾT QUẢ BIỂU QUYẾT: { $title }.
votes-sums = Tán thành { $count }/{ $base } ({ $share } %), không tán thành { $against }, ý kiến khác { $other }, chưa biểu quyết { $silent }.
votes-passed = ĐƯỢC THÔNG QUA (cần từ { $needed }, { $rule }).
votes-failed = KHÔNG ĐƯỢC THÔNG QUA (cần từ { $needed }, { $rule }).
votes-result-hands = Trong đó { $count } đồng chí giơ tay tại cuộc họp.
votes-choice-publish = Công bố kết quả
votes-choice-hands-add = Thêm giơ tay (còn { $count } chưa trả lời)
votes-choice-hands-again = Sai, nhập lại
votes-choice-drop = Bỏ bản ghi này
votes-dropped = Đã bỏ bản ghi giơ tay: { $title }.
votes-group-result = KẾT QUẢ BIỂU QUYẾT: { $title }.
votes-published = Đã công bố kết quả trong nhóm.
votes-published-already = Kết quả đã công bố trong nhóm.
votes-groups-full = Nhóm tháng này hết tin nên chưa công bố được. Xin đọc kết quả tại cuộc họp; biên bản vẫn có.
votes-groups-held = Có { $count } nhóm hết tin tháng này nên không nhận được; xin báo miệng.
votes-no-group = Chi bộ chưa kết nối nhóm nên chưa công bố được. Kết quả vẫn được lưu cho biên bản.

# Giơ tay
votes-hands-ask =
    Nhập kết quả GIƠ TAY: { $title }.
    Ví dụ: 24 tán thành, 1 không, 1 khác. Tổng nhiều nhất { $most }.
votes-hands-ask-left =
    Đếm GIƠ TAY các đồng chí CHƯA trả lời trên máy: { $title }.
    Ví dụ: 2 tán thành, 1 không. Nhiều nhất { $most }, để không ai tính hai lần.
votes-choice-tap = Bấm từng số
votes-choice-count = { $count } đồng chí
votes-hands-for = Mấy đồng chí TÁN THÀNH? { $title }.
votes-hands-against = Mấy đồng chí KHÔNG TÁN THÀNH? { $title }.
votes-hands-other = Mấy đồng chí có Ý KIẾN KHÁC? { $title }.
votes-hands-unclear = Trợ lý chưa rõ số, chưa ghi gì. Xin nhắn như: 24 tán thành, 1 không, 1 khác.
votes-hands-many = Tổng { $total } nhiều hơn số được tính ({ $most }), chưa ghi gì. Xin đếm và nhập lại.
votes-hands-sure = Tổng giơ tay { $total }, mà điểm danh chỉ có { $present } đảng viên chính thức. Ghi như vậy không ạ?
votes-choice-hands-sure = Đúng, ghi như vậy
votes-choice-hands-retype = Nhập lại
votes-title-hands = nhập kết quả giơ tay
