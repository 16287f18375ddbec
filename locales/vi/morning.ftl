# Phiếu buổi sáng của bí thư
morning-private-only = Việc này xin nhắn riêng cho Trợ lý.
morning-head = VIỆC CẦN XEM, { $day }:
morning-meeting = { $meeting }.
morning-silent = Chưa báo dự { $count }: { $names }.
morning-all-answered = Mọi người đã báo dự hoặc xin vắng.
morning-absent = Xin vắng { $count }: { $names }.{ $waiting }
morning-waiting = {" "}Chờ duyệt lý do { $count }.
morning-late = Quá hạn, còn lại: { $listed }.
morning-late-tasks = { $count } nhiệm vụ
morning-late-minutes = { $count } biên bản chưa gửi
morning-late-papers = { $count } văn bản chưa đọc hết
morning-late-questions = { $count } thắc mắc, kiến nghị
morning-late-scores = { $count } cuộc họp chưa chấm điểm
morning-others = { $count } người chưa báo dự cuộc họp khác
morning-choice-remind = Nhắc tất cả
morning-choice-calls = Danh sách gọi điện
morning-choice-later = Xem sau
morning-nothing = Hôm nay chưa có việc nào tồn đọng. Chúc đồng chí một ngày tốt lành.
morning-remind-quiet = Đang là giờ nghỉ, Trợ lý không nhắc. Xin bấm lại sau { $hour }.
morning-reminded =
    Đã nhắc { $queued } người.
    Còn { $rest } người hôm nay đã nhắc, đã nhắc đủ số lần, hoặc không dùng máy.
morning-put-aside = Đã để lại. Muốn xem lại, xin nhắn: HÔM NAY CÓ GÌ.
