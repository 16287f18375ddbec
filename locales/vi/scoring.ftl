# Chấm điểm cuộc họp: phiếu 100 điểm
scoring-title = chấm điểm cuộc họp
scoring-nothing = Chưa có cuộc họp nào vừa kết thúc để chấm điểm.
scoring-which = Đồng chí xem phiếu chấm điểm cuộc họp nào?
scoring-of-branch = { $branch }: { $meeting }
scoring-private-only = Việc này xin nhắn riêng cho Trợ lý.
scoring-not-ended = Cuộc họp chưa kết thúc nên chưa chấm điểm được.
scoring-head-proposed = CHẤM ĐIỂM { $name } ({ $day }): đề xuất { $total }/100 điểm, xếp loại { $band }.
scoring-head = ĐÃ CHẤM ĐIỂM { $name } ({ $day }): { $total }/100 điểm, xếp loại { $band }.
scoring-by-measure = Theo số đo được: { $listed }.
scoring-by-people = { $count } mục không đo được đang ghi như lần trước hoặc tối đa: xin xem lại trước khi nhận.
scoring-brief = { $name } { $points }/{ $weight }
scoring-how = Đúng thì bấm Nhận tất cả. Cần xem nguồn số liệu hoặc sửa, bấm tên mục.
scoring-nobody-yet = Chi bộ chưa chấm; đây mới là đề xuất.
scoring-who = Người chấm: { $who }, { $when }. Chưa chốt.
scoring-who-closed = Người chấm: { $who }, { $when }. Đã chốt.
scoring-choice-accept = Nhận tất cả
scoring-choice-close = Chốt điểm
scoring-choice-ratings = Xem góp ý của đảng viên
scoring-choice-back = Về phiếu chấm điểm
scoring-choice-points = { $points } điểm
scoring-choice-type = Số điểm khác
scoring-item =
    { $name }: { $points }/{ $weight } điểm.
    { $evidence }
scoring-by-hand = Mục này do người chấm quyết định, Trợ lý không đo được.
scoring-put = Đã ghi { $name } { $points }/{ $weight }.
scoring-accepted = Đã ghi phiếu chấm điểm.
scoring-closed = Đã chốt, không sửa được nữa.
scoring-is-closed = Phiếu chấm điểm này đã chốt, không sửa được nữa.
scoring-by-another = Phiếu này do đồng chí { $who } chấm; chỉ đồng chí ấy sửa được.
scoring-accept-first = Phiếu chưa được chấm. Xin bấm Nhận tất cả trước.
scoring-ask-points = Chấm bao nhiêu điểm cho mục { $name }? Xin viết số, từ 0 đến { $weight }.
scoring-wrong-points = Xin viết số điểm từ 0 đến { $weight }, lẻ thì nửa điểm (ví dụ 4,5).

scoring-criterion-time = thời gian, thời lượng
scoring-criterion-attendance = tỷ lệ dự
scoring-criterion-preparation = chuẩn bị
scoring-criterion-organization = tổ chức
scoring-criterion-leading = điều hành
scoring-criterion-principles = nguyên tắc, tự phê bình
scoring-criterion-last-month = thực hiện nghị quyết tháng trước
scoring-criterion-ending = kết thúc đúng hạn
scoring-band-good = Tốt
scoring-band-fair = Khá
scoring-band-average = Trung bình
scoring-band-poor = Kém

scoring-not-measured = Không có giờ mở và giờ kết thúc họp.
scoring-by-time = Họp mở lúc { $began }, kéo dài { $length } phút (quy định ít nhất { $least } phút).
scoring-no-roll = Cuộc họp chưa điểm danh nên chưa đo được.
scoring-by-attendance = Có mặt { $here }/{ $base } ({ $percent }%), vắng không lý do { $unexcused }. Nguồn: điểm danh.
scoring-no-papers = Cuộc họp không có tài liệu kèm theo nên không đo được.
scoring-by-papers = { $good }/{ $count } tài liệu gửi trước ít nhất { $days } ngày. Nguồn: chương trình họp.
scoring-no-speakers = Không ghi lại ai phát biểu nên không đo được.
scoring-by-speakers = { $spoke }/{ $here } đồng chí có mặt đã phát biểu. Nguồn: phần ý kiến.
scoring-no-tasks = Tháng { $month } không có nhiệm vụ nào đến hạn nên không đo được.
scoring-by-tasks = Tháng { $month }: xong { $done }/{ $due } nhiệm vụ đến hạn. Nguồn: sổ nhiệm vụ.
scoring-minutes-open = Biên bản chưa gửi, còn trong hạn { $days } ngày.
scoring-minutes-late = Đã quá { $days } ngày mà biên bản chưa gửi.
scoring-by-minutes = Biên bản gửi { $day } (hạn { $days } ngày sau họp).

# Cộng nửa năm, cả năm
scoring-which-period = Xin viết: chấm điểm nửa năm, hoặc chấm điểm cả năm.
scoring-period-0 = cả năm { $year }
scoring-period-1 = 6 tháng đầu năm { $year }
scoring-period-2 = 6 tháng cuối năm { $year }
scoring-sums-none = Chưa có cuộc họp nào được chấm điểm trong { $period }.
scoring-sums-head = ĐIỂM SINH HOẠT { $period }:
scoring-sums-line = { $name }: { $count } lần, cộng { $whole }, bình quân { $average } ({ $band }). Gồm { $bands }.
scoring-sums-band = { $band } { $count }
scoring-all-together = Cộng chung
scoring-page-meetings = Cuộc họp
scoring-page-sums = Cộng
scoring-column-branch = Chi bộ
scoring-column-meeting = Cuộc họp
scoring-column-day = Ngày
scoring-column-total = Tổng điểm
scoring-column-band = Xếp loại
scoring-column-who = Người chấm
scoring-column-when = Lúc chấm
scoring-column-closed = Đã chốt
scoring-column-count = Số lần
scoring-column-whole = Tổng cộng
scoring-column-average = Bình quân
scoring-yes = x

# Đảng viên góp ý sau họp, không ghi tên
scoring-rate-begin = Kính gửi { $who }: xin cho biết ý kiến về { $name }, 3 câu, không ghi tên.
scoring-rate-question = Câu { $number }/{ $count }: { $text }
scoring-rate-1 = Nội dung có thiết thực không?
scoring-rate-2 = Thảo luận có dân chủ, thẳng thắn không?
scoring-rate-3 = Kết luận, phân công có rõ ràng không?
scoring-answer-1 = Tốt
scoring-answer-2 = Khá
scoring-answer-3 = Bình thường
scoring-answer-4 = Chưa tốt
scoring-rate-once = Câu ấy đã nhận rồi. Vì không ghi tên nên không đổi được.
scoring-rate-thanks = Đã nhận đủ 3 câu. Cảm ơn đồng chí. Không ai xem được từng người trả lời thế nào.
scoring-rate-already = Trợ lý đã nhận đủ ý kiến. Vì không ghi tên nên không đổi được.
scoring-rate-over = Đã hết hạn góp ý về cuộc họp này. Cảm ơn đồng chí.
scoring-which-counts = Đồng chí xem góp ý về cuộc họp nào?
scoring-counts-none = Chưa hỏi ý kiến đảng viên về { $name }.
scoring-counts-few =
    Góp ý về { $name }: đã có { $count }/{ $asked } đồng chí trả lời.
    Đủ { $least } đồng chí mới hiển thị, để giữ kín từng người.
scoring-counts-head = GÓP Ý về { $name }: { $told }/{ $asked } đồng chí (không ghi tên).
scoring-counts-line = { $number }. { $text } Bình quân: { $mean }.
scoring-counts-how = Số liệu chỉ cập nhật khi có thêm ít nhất { $least } đồng chí trả lời.

# Dòng lệnh
scorecli-app = Điểm sinh hoạt chi bộ.
scorecli-export = Ghi điểm của một tổ chức và các cấp dưới ra bảng Excel.
scorecli-to = Tệp .xlsx sẽ ghi.
scorecli-organization = Mã tổ chức.
scorecli-year = Năm; bỏ trống là năm nay.
scorecli-not-xlsx = { $name }: tên tệp phải kết thúc bằng .xlsx.
scorecli-exported = Đã ghi { $count } cuộc họp vào { $name }.
scorecli-cannot-write = Không ghi được { $name }: { $reason }.
