# Biên bản, nghị quyết của cuộc họp

# Thẻ biên bản
minutes-name-minutes = biên bản { $name }
minutes-name-resolution = nghị quyết { $name }
minutes-card-draft = Xin xem { $what } (dự thảo), rồi gửi chủ trì duyệt.
minutes-card-approve = Xin xem và duyệt { $what } (dự thảo).
minutes-card-waiting = Xin đồng chí duyệt hoặc trả lại { $what }.
minutes-card-waits = Đang chờ { $name } duyệt { $what }.
minutes-card-approved = Đã duyệt { $what }, số { $number }. Mời đồng chí gửi tới đảng viên.
minutes-card-sent = Đã gửi { $what }, số { $number }.
minutes-people = Có mặt { $here }/{ $all }; vắng có lý do { $excused }, không lý do { $unexcused }.
minutes-counts = Nội dung { $items }, ý kiến { $opinions }, kết luận { $conclusions }, biểu quyết { $votes }, nhiệm vụ { $tasks }.
minutes-due = Hạn gửi: hết { $day } (quy định { $days } ngày).
minutes-overdue = Đã quá hạn gửi: hết { $day } (quy định { $days } ngày).
minutes-missing = Còn thiếu: { $what }.
minutes-missing-end = chưa kết thúc cuộc họp
minutes-missing-roll = chưa điểm danh (đang lấy theo báo dự)
minutes-missing-conclusion = chưa có kết luận
minutes-missing-votes = còn biểu quyết chưa chốt
minutes-the-chair = chủ trì

minutes-choice-draft = Lập biên bản
minutes-choice-approve-send-minutes = Duyệt và gửi biên bản
minutes-choice-approve-send-resolution = Duyệt và gửi nghị quyết
minutes-choice-approve-minutes = Duyệt biên bản
minutes-choice-approve-resolution = Duyệt nghị quyết
minutes-choice-submit = Gửi chủ trì duyệt
minutes-choice-sections = Xem và sửa từng mục
minutes-choice-read = Xem từng mục
minutes-choice-file = Xem bản in
minutes-choice-return = Trả lại
minutes-choice-no-reason = Không nêu lý do
minutes-choice-take-back = Rút lại để sửa
minutes-choice-send-minutes = Gửi biên bản
minutes-choice-send-resolution = Gửi nghị quyết
minutes-choice-resolution = Ra nghị quyết
minutes-choice-resolution-again = Xem nghị quyết
minutes-choice-inform = Báo kết quả cho đơn vị khác
minutes-choice-inform-more = Báo tiếp
minutes-choice-inform-send = Gửi
minutes-choice-more = Xem tiếp
minutes-choice-card = Xong
minutes-choice-back-to-list = Về danh sách mục
minutes-choice-keep = Giữ nguyên
minutes-choice-redraft = Lập lại từ ghi chép
minutes-choice-undo = Hoàn tác

minutes-which = Đồng chí chọn cuộc họp cần lập biên bản:
minutes-no-meeting = Chưa có cuộc họp nào trong hai tháng qua để lập biên bản.
minutes-cancelled = Cuộc họp này đã hủy, không lập biên bản.
minutes-not-yet = Cuộc họp này chưa diễn ra. Họp xong, xin bấm lại "Lập biên bản".
minutes-not-ended = Cuộc họp chưa kết thúc. Xin bấm "Kết thúc" ở thẻ điều hành rồi duyệt lại.
minutes-empty =
    Chưa duyệt được: cuộc họp chưa ghi điểm danh, ý kiến hay kết luận nào.
    Xin bấm "Xem và sửa từng mục" và viết nội dung trước.
minutes-nothing-resolved =
    Chưa ra nghị quyết được: chưa có kết luận hay nhiệm vụ nào.
    Xin ghi kết luận, hoặc sửa mục trong dự thảo.

# Duyệt
minutes-submitted = Đã gửi { $what } để { $name } duyệt. Có kết quả, Trợ lý chi bộ báo ngay.
minutes-submitted-instead = Chưa nhắn được cho chủ trì nên đã gửi { $what } để { $name } duyệt thay.
minutes-please-approve = Xin đồng chí duyệt { $what }. { $name } gửi.
minutes-nobody-approves = Chủ trì, bí thư và phó bí thư đều chưa dùng Trợ lý chi bộ nên chưa gửi duyệt được.
minutes-you-approve = Đồng chí là người duyệt: xin bấm "Duyệt".
minutes-taken-back = Đã rút lại, đồng chí sửa được.
minutes-approved-already = Biên bản này đã được duyệt.
minutes-changed-meanwhile = Nội dung đã thay đổi sau khi gửi. Xin xem lại rồi duyệt.
minutes-approved-by = Đã duyệt { $what }. Người duyệt: { $name }. Mời đồng chí gửi tới đảng viên.
minutes-template-fell-back = Mẫu riêng của chi bộ không dùng được, đã lập theo mẫu chung.
minutes-ask-return = Xin viết lý do trả lại, hoặc chọn:
minutes-title-return = trả lại biên bản
minutes-give-back-done = Đã trả lại { $what }.
minutes-returned = { $name } trả lại { $what }. Xin xem lại và sửa.
minutes-returned-because = { $name } trả lại { $what }. Lý do: { $reason }

# Gửi
minutes-not-approved = Chưa gửi: phải được chủ trì duyệt trước.
minutes-sent-already = Đã gửi từ trước, không gửi lần thứ hai.
minutes-sent = Đã gửi { $what } tới { $reachable } đồng chí, có nút xác nhận đã đọc.
minutes-sent-more = Muốn ra nghị quyết hoặc báo kết quả cho đơn vị khác, nhắn: RA NGHỊ QUYẾT.
minutes-no-approved = Chưa có biên bản nào được duyệt trong hai tháng qua để ra nghị quyết.
minutes-file = Bản in { $what }:

# Sửa từng mục
minutes-ask-section = Đồng chí chọn mục cần xem hoặc sửa (mục { $first }–{ $last } trong { $all }):
minutes-ask-section-read = Đồng chí chọn mục cần xem (mục { $first }–{ $last } trong { $all }):
minutes-label-edited = { $title } (đã sửa)
minutes-ask-text =
    Xin viết nội dung mới cho mục này, hoặc chọn Giữ nguyên.
    Muốn thêm vào cuối mục, viết dấu + ở đầu.
minutes-text-cut = { $text }… (còn { $left } ký tự, xem đủ trong bản in)
minutes-title-edit = sửa biên bản
minutes-edited = Đã sửa mục "{ $title }".
minutes-redrafted = Đã lập lại mục "{ $title }" từ ghi chép.
minutes-undone = Đã hoàn tác, mục trở lại như trước.
minutes-nothing-to-undo = Không còn gì để hoàn tác.
minutes-length = Mỗi mục xin viết từ { $least } đến { $most } ký tự.
minutes-closed = Biên bản đã chuyển duyệt hoặc đã duyệt, không sửa được nữa.
minutes-no-section = Mục này không còn trong dự thảo. Xin mở lại danh sách mục.

# Báo kết quả
minutes-title-inform = báo kết quả
minutes-ask-inform-item = Đồng chí chọn kết luận cần báo cho đơn vị khác:
minutes-ask-inform-unit = Đồng chí chọn đơn vị, hoặc viết một phần tên đơn vị:
minutes-no-unit = Không thấy đơn vị nào có tên như vậy.
minutes-ask-inform = Gửi riêng kết luận này tới { $count } đồng chí lãnh đạo { $unit }?
    "{ $text }"
minutes-unit-unreachable = Lãnh đạo { $unit } chưa dùng Trợ lý chi bộ nên chưa gửi được. Xin chọn đơn vị khác.
minutes-informed = { $home } báo kết quả { $name }:
    "{ $text }"
    Người gửi: { $who }.
minutes-inform-done = Đã gửi tới { $count } đồng chí lãnh đạo { $unit }.
minutes-inform-again = Kết luận này đã gửi { $unit } từ trước, không gửi lại.
minutes-nothing-concluded = Cuộc họp chưa ghi kết luận nào để báo.

# Nhắc hạn
minutes-nudge-1 = Nhắc đồng chí lập và gửi biên bản { $name }. Hạn: hết { $day } (quy định { $days } ngày).
minutes-nudge-2 = Hôm nay là hạn cuối gửi biên bản { $name }: hết { $day } (quy định { $days } ngày).
minutes-nudge-overdue = Biên bản { $name } đã quá hạn gửi (hết { $day }, quy định { $days } ngày). Xin hoàn thành sớm.
minutes-nudge-waits = Biên bản đang chờ chủ trì duyệt.

# Mẫu
minutes-template-zalo = Zalo không chuyển tệp tới Trợ lý chi bộ. Xin gửi mẫu qua Telegram, hoặc nhờ người quản trị cài mẫu.
minutes-ask-template-minutes =
    Xin gửi mẫu biên bản (.docx) của { $organization }.
    Chỗ cần điền viết trong ngoặc nhọn kép, ví dụ {"{{"}chu_tri{"}}"}, {"{{"}noi_dung{"}}"}.
minutes-ask-template-resolution =
    Xin gửi mẫu nghị quyết (.docx) của { $organization }.
    Chỗ cần điền viết trong ngoặc nhọn kép, ví dụ {"{{"}chu_tri{"}}"}, {"{{"}ket_luan{"}}"}.
minutes-choice-sample = Lấy mẫu đang dùng
minutes-choice-template-minutes = Đổi mẫu biên bản
minutes-choice-template-resolution = Đổi mẫu nghị quyết
minutes-choice-template-drop = Dùng lại mẫu chung
minutes-title-template = đổi mẫu
minutes-sample = Mẫu đang dùng. Đồng chí sửa bằng Word rồi gửi lại vào đây.
minutes-template-dropped = Đã bỏ mẫu riêng, từ nay dùng mẫu chung.
minutes-template-set-minutes = Đã nhận mẫu biên bản của { $organization }, có { $count } chỗ điền.
minutes-template-set-resolution = Đã nhận mẫu nghị quyết của { $organization }, có { $count } chỗ điền.
minutes-template-docx = Mẫu phải là tệp Word (.docx). Xin gửi lại.
minutes-template-large = Mẫu lớn quá { $megabytes } MB. Xin bỏ bớt hình rồi gửi lại.
minutes-template-broken = Tệp Word này hỏng, không mở được. Xin lưu lại bằng Word rồi gửi lại.
minutes-template-unknown = Mẫu có chỗ điền lạ: "{ $name }". Xin sửa lại tên theo mẫu chung rồi gửi lại.
minutes-template-no-body = Mẫu thiếu chỗ điền nội dung: {"{{"}noi_dung{"}}"}, {"{{"}muc.noi_dung{"}}"} hoặc {"{{"}ket_luan{"}}"}.
minutes-template-many = Mẫu có quá { $most } chỗ điền. Xin bỏ bớt.
minutes-template-left =
    Mẫu còn dấu "{ $braces }" không điền được. Xin sửa rồi gửi lại.
    Có thể ngoặc viết thiếu, hoặc dòng lặp nằm ngoài bảng.

# Lời văn trong biên bản
minutes-paper-minutes = Biên bản
minutes-paper-resolution = Nghị quyết
minutes-number = Số { $number }
minutes-secret =
    Chưa duyệt được: mục "{ $title }" có dấu hiệu thuộc bí mật nhà nước (dòng ghi độ mật).
    Xin sửa mục đó, bỏ nội dung mật; nội dung mật chỉ ghi theo quy định bảo vệ bí mật nhà nước.
minutes-for-branch = T/M CHI BỘ
minutes-for-cell = T/M TỔ ĐẢNG
minutes-for-commune = T/M ĐẢNG ỦY
minutes-for-province = T/M TỈNH ỦY
minutes-for-committee = T/M CHI ỦY
minutes-organ-branch = CB
minutes-organ-cell = TĐ
minutes-organ-commune = ĐU
minutes-organ-province = TU
minutes-section-opening = Thời gian, địa điểm
minutes-section-people = Thành phần tham dự
minutes-section-content = Nội dung
minutes-section-opinions = Ý kiến khác
minutes-section-votes = Biểu quyết
minutes-section-conclusion = Kết luận
minutes-section-tasks = Phân công nhiệm vụ
minutes-section-closing = Kết thúc
minutes-section-grounds = Căn cứ
minutes-section-doing = Tổ chức thực hiện
minutes-section-item = Nội dung { $number }: { $title }
minutes-hour-day = { $hour }, { $day }
minutes-unknown-hour = … giờ …
minutes-unknown-name = …
minutes-began = Bắt đầu: { $moment }.
minutes-place = Địa điểm: { $place }.
minutes-online = Có kết nối trực tuyến.
minutes-summoned = Triệu tập: { $count } đồng chí (chính thức { $official }, dự bị { $probationary }).
minutes-present = Có mặt: { $count } đồng chí{ $late }.
minutes-late = {" "}(đến muộn { $count })
minutes-excused = Vắng có lý do: { $count } đồng chí: { $names }.
minutes-excused-none = Vắng có lý do: không.
minutes-excused-one = { $name } ({ $reason })
minutes-unexcused = Vắng không lý do: { $count } đồng chí: { $names }.
minutes-unexcused-none = Vắng không lý do: không.
minutes-unclear = Chưa điểm danh: { $count } đồng chí: { $names }.
minutes-guests = Đại biểu cấp trên, khách mời: { $count } đồng chí: { $names }.
minutes-guests-none = Đại biểu cấp trên, khách mời: không.
minutes-chaired = Chủ trì: { $name }.
minutes-kept = Thư ký: { $name }.
minutes-content-none = Chương trình: { $agenda }. Không có ghi chép khác.
minutes-presented = Người trình bày: { $name }.
minutes-opinions = Có { $count } ý kiến:
minutes-opinions-none = Không có ý kiến.
minutes-opinion = - { $name }: { $text }
minutes-opinion-written = - { $name } (gửi bằng văn bản): { $text }
minutes-opinion-cut = { $text }… (ý kiến dài, có bản đầy đủ kèm theo)
minutes-opinion-file = có bản viết tay hoặc ghi âm kèm theo.
minutes-opinion-spoken = phát biểu tại cuộc họp.
minutes-concluded = Kết luận: { $text }
minutes-conclusion = { $number }. { $title }: { $text }
minutes-conclusion-none = Không ghi kết luận riêng.
minutes-vote = { $title }: tổng số đảng viên chính thức { $base }; tán thành { $yes } ({ $share }%), không tán thành { $no }, ý kiến khác { $other }, không biểu quyết { $silent }. { $outcome }
minutes-vote-passed = Được thông qua.
minutes-vote-failed = Không được thông qua.
minutes-votes-none = Không có nội dung biểu quyết.
minutes-task = - { $title }. Người thực hiện: { $name }. Thời hạn: { $day }.
minutes-nobody = chưa phân công
minutes-no-day = không đặt hạn
minutes-tasks-none = Không giao nhiệm vụ mới.
minutes-reason-none = có lý do
minutes-without-reason = không lý do
minutes-ended = Cuộc họp kết thúc lúc { $hour }. Biên bản được đọc lại và thông qua trước { $organization }.
minutes-ground-meeting = Căn cứ { $name }, họp lúc { $moment };
minutes-ground-vote = Căn cứ kết quả biểu quyết: { $vote }
minutes-doing = { $organization } tổ chức thực hiện nghị quyết này; các đồng chí được phân công báo cáo kết quả tại kỳ sinh hoạt sau.
minutes-sign-thu-ky = THƯ KÝ
minutes-sign-chu-tri = CHỦ TRÌ
minutes-sign-copies =
    Nơi nhận:
    - Cấp ủy cấp trên (để báo cáo),
    - Các đồng chí đảng viên,
    - Lưu.

# Dòng lệnh
minutes-cli = Mẫu biên bản, nghị quyết.
minutes-cli-template = Cài mẫu .docx riêng cho một tổ chức và các tổ chức bên dưới.
minutes-cli-file = Tệp mẫu .docx.
minutes-cli-to = Mã tổ chức dùng mẫu.
minutes-cli-kind = minutes: biên bản; resolution: nghị quyết.
minutes-cli-set = Đã cài mẫu cho { $organization }, { $count } chỗ điền.
minutes-cli-sample = Ghi mẫu chung ra một tệp để sửa bằng Word.
minutes-cli-written = Đã ghi { $name }.
minutes-cli-cannot = Không đọc hoặc ghi được { $name }: { $reason }.
minutes-cli-docx = { $name } không phải tệp Word (.docx).
