# Trong cuộc họp: bảng điều hành
room-private-only = Việc này xin nhắn riêng cho Trợ lý.
room-no-meeting = Hiện chưa có cuộc họp nào để điều hành. Muốn mời họp, xin nhắn: MỜI HỌP.
room-ask-which = Đồng chí điều hành cuộc họp nào?
room-cancelled = Cuộc họp này đã được báo hủy.
room-not-open = Cuộc họp chưa mở. Xin bấm Mở họp trước.
room-over = Cuộc họp đã kết thúc.
room-too-early = Chưa đến giờ điểm danh. Xin làm lại khi đến nơi họp.
room-card-before =
    { $name }: chưa mở.
    { $moment }, tại { $place }.
    { $counts }
    Đến giờ, xin bấm Mở họp.
room-announced = Báo dự { $coming }, đến muộn { $late }, xin vắng { $absent }, chưa báo { $silent }; tổng số { $total }.
room-choice-open = Mở họp
room-choice-open-now = Mở ngay
room-choice-not-yet = Chưa mở
room-ask-early = Cuộc họp hẹn { $moment }. Đồng chí muốn mở ngay bây giờ?
room-opened = Đã mở họp.
room-opened-board =
    Đã mở họp. Mã điểm danh để chiếu, xin không chuyển cho người khác:
    { $link }
room-unopened = Đã ghi lại là chưa mở họp.
room-choice-unopen = Bấm nhầm, chưa mở
room-too-late-to-undo = Cuộc họp đã có ghi nhận nên không lùi lại được nữa. Xong việc, xin bấm Kết thúc họp.
room-card-now = ĐANG HỌP: { $name }, mở lúc { $hour }.
room-card-item = Mục { $position }/{ $count }: { $title }
room-card-over = (đã quá { $minutes } phút so với dự kiến)
room-card-items-done = Đã xong cả { $count } mục của chương trình.
room-card-here = Có mặt { $here }/{ $total }.
room-card-probationary = Trong đó dự bị { $here }/{ $total }.
room-card-guests = Khách mời: { $count }.
room-card-no-roll = Chưa điểm danh. { $counts }
room-card-expected = Theo báo dự: { $listed }.
room-card-left = Còn lại theo báo dự: { $listed }.
room-expected-present = có mặt { $count }
room-expected = { $state } { $count } ({ $names })
room-choice-roll-expected = Đúng như báo dự, ghi luôn
room-card-queue = Xin phát biểu ({ $count }): { $names }.
room-card-waiting = Có { $count } lượt điểm danh chờ xác nhận (bấm Điểm danh).
room-card-after = ĐÃ HỌP XONG: { $name }, từ { $began } đến { $ended } ({ $minutes } phút).
room-card-speakers = Phát biểu: { $count } đồng chí.
room-card-short = Thời lượng dưới { $least } phút (Hướng dẫn 42-HD/BTCTW), xin lưu ý lần sau.
room-choice-roll = Điểm danh
room-choice-qr = Mã điểm danh
room-choice-next = Mục tiếp theo
room-choice-floor = Ý kiến
room-choice-votes = Biểu quyết
room-choice-conclude = Kết luận
room-choice-end-drafted = Kết thúc, kết luận như dự thảo
room-choice-end = Kết thúc họp
room-choice-minutes = Biên bản
room-choice-tasks = Giao việc
room-choice-scoring = Chấm điểm
room-choice-go-on = Bấm nhầm, họp tiếp
room-choice-after = Làm lần lượt các việc sau họp
room-ended = Đã kết thúc họp lúc { $hour } ({ $minutes } phút), { $count } mục kết luận như dự thảo.
room-choice-skip-tasks = Không giao việc
room-choice-skip-score = Chấm điểm sau
room-scored = Đã chấm { $total }/100 điểm, xếp loại { $band }.
room-score-changed = Số đo vừa thay đổi, xin xem lại rồi bấm Nhận tất cả.
room-choice-score-again = Xem lại điểm
room-choice-card = Về bảng điều hành
room-going-on = Đã ghi: cuộc họp còn tiếp tục.
room-next-item = Chuyển sang mục { $position }: { $title }{ $speaker }.
room-by = {" "}({ $who } trình bày)
room-agenda-done = Đã hết các mục của chương trình.
room-closed-by-itself =
    Chưa ai bấm Kết thúc cho { $name }.
    Trợ lý đã ghi kết thúc lúc { $at } (tính theo thời lượng dự kiến).
    Xin làm tiếp các việc sau họp:

# Điểm danh
room-title-roll = điểm danh cuộc họp
room-state-present = có mặt
room-state-late = đến muộn
room-state-excused = vắng có lý do
room-state-unexcused = vắng không lý do
room-state-unclear = chưa rõ
room-roll-head = ĐIỂM DANH: có mặt { $present }, đến muộn { $late }, vắng có lý do { $excused }, vắng không lý do { $unexcused }.
room-roll-probationary = Trong đó dự bị có mặt { $here }/{ $total }.
room-roll-unclear = Chưa rõ: { $count } đồng chí.
room-roll-how = Đúng thì bấm Xong. Ai khác thì bấm tên, hoặc viết: bác Lan vắng.
room-roll-line = { $name }: { $state }
room-choice-done = Xong
room-choice-others = Tên khác
room-choice-doubts = Lượt chờ xác nhận
room-choice-guests = Khách mời
room-choice-back-roll = Về điểm danh
room-roll-done = Đã ghi điểm danh. Cần sửa, bấm Điểm danh lần nữa.
room-marked = Đã ghi: { $who } { $state }.
room-marked-minutes = Đã ghi: { $who } { $state } { $minutes } phút.
room-not-on-roll = Người này không có trong danh sách của cuộc họp.
room-nobody = Chưa tìm thấy ai tên "{ $name }" trong danh sách cuộc họp. Xin viết cả họ tên.
room-several = Có nhiều người tên "{ $name }". Xin viết cả họ tên.
room-which-of = Đồng chí muốn nói ai?
room-what-of = Ghi { $who } thế nào?
room-ask-rest =
    Còn { $count } đồng chí chưa rõ: { $names }.
    Những đồng chí này có mặt hay vắng?
room-choice-rest-present = Có mặt cả
room-choice-rest-absent = Vắng cả, không lý do
room-choice-each = Ghi từng người
room-guests-how = Khách mời nào đã đến, xin bấm tên:
room-guest-here = đã đến
room-guest-away = chưa đến

# Mã điểm danh
room-board =
    Mở trang này trên máy chiếu hoặc màn hình:
    { $link }
    Mã đổi sau mỗi 30 giây. Trang chạy được cả khi mất mạng.
    Xin không chuyển đường dẫn này cho người khác.
room-code-aloud =
    Mã điểm danh lúc này: { $code }. Xin đọc to cho mọi người.
    Mỗi người nhắn riêng cho Trợ lý: điểm danh rồi đến 6 số. Mã đổi sau mỗi 30 giây.
room-choice-new-code = Mã mới
room-title-checkin = điểm danh bằng mã
room-ask-code =
    Xin viết 6 số đang hiện trên màn hình, hoặc chủ trì vừa đọc.
    Ghi giúp người không mang máy, viết thêm: cho bác Lan, chú Ba.
room-or-link =
    Hoặc mở trang của đồng chí rồi quét mã bằng máy ảnh:
    { $link }
room-no-code = Xin viết: điểm danh, rồi đến 6 số trên màn hình hoặc chủ trì vừa đọc.
room-wrong-code = Mã không đúng hoặc đã đổi. Xin nhìn lên màn hình và viết lại 6 số đang hiện.
room-wrong-code-left =
    Mã không đúng hoặc đã đổi, còn { $left } lần.
    Xin viết lại 6 số đang hiện trên màn hình, hoặc chủ trì vừa đọc.
room-wrong-too-often =
    Đã nhập sai { $count } lần nên Trợ lý tạm không nhận mã gõ của đồng chí nữa.
    Xin đồng chí báo chủ trì hoặc thư ký ghi có mặt giúp tại cuộc họp.
room-checkin-done = Đã ghi { $who } có mặt lúc { $at }.
room-checkin-again = { $who }: đã ghi lúc { $at } rồi ạ, không cần làm lại.
room-checkin-waiting = Đã nhận cho { $who }, chờ chủ trì xác nhận: { $why }.
room-why-old = mã đã qua giờ
room-why-phone = máy này đã ghi cho nhiều người
room-why-uninvited = không có trong danh sách mời
room-why-absent = chủ trì đã ghi vắng
room-why-late = gửi lên quá muộn
room-why-clock = giờ trên máy này không đúng
room-why-link = đường dẫn này thuộc máy khác
room-doubts-note = Có lượt điểm danh bằng mã chờ đồng chí xác nhận.
room-doubts-head = { $count } lượt điểm danh chờ xác nhận:
room-doubt-line = { $who }: { $why }
room-doubt-old = mã đã qua giờ (có thể là ảnh chụp)
room-doubt-phone = nhiều người trên một máy
room-doubt-uninvited = không có trong danh sách mời
room-doubt-absent = chủ trì đã ghi vắng
room-doubt-late = gửi lên sau khi họp xong quá một ngày
room-doubt-clock = giờ trên máy không đúng
room-doubt-link = đường dẫn riêng dùng trên máy khác
room-choice-accept-all = Đồng ý tất cả
room-choice-accept = Đồng ý: { $name }
room-choice-refuse = Không: { $name }
room-doubt-accepted = Đã xác nhận { $who } có mặt.
room-doubt-refused = Đã bỏ lượt điểm danh của { $who }.
room-doubt-decided = { $who } đã được xử lý trước đó.
room-doubts-accepted = Đã xác nhận { $count } lượt.
room-no-doubts = Không còn lượt nào chờ xác nhận.

# Ý kiến
room-title-floor = ghi ý kiến trong cuộc họp
room-floor-head = Ý KIẾN: chờ { $waiting }, đã phát biểu { $spoken } đồng chí.
room-floor-how = Ai nói xong thì bấm tên. Ghi giúp, xin viết: Lan: đề nghị sửa đường.
room-floor-who = Trợ lý chưa rõ là ai. Xin viết tên, dấu hai chấm, rồi ý kiến.
room-floor-asked = Đã phát biểu: { $name }
room-floor-prepared = Đã phát biểu: { $name } (gửi trước)
room-choice-prepared = Xem ý kiến gửi trước
room-prepared-by =
    Ý kiến của { $who } ({ $item }):
    { $text }
room-spoken = Đã ghi: { $who } đã phát biểu.
room-noted = Đã ghi ý kiến của { $who }.
room-speak-which = Đồng chí muốn phát biểu ở cuộc họp nào?
room-queued = Đã ghi đồng chí xin phát biểu, thứ tự { $place }. Xin chờ chủ trì mời.
room-choice-write = Gửi ý kiến bằng chữ
room-choice-unqueue = Thôi, không phát biểu
room-unqueued = Đã bỏ tên đồng chí khỏi danh sách xin phát biểu.
room-not-invited = Cuộc họp này không có tên đồng chí trong danh sách mời. Cần dự, xin báo bí thư.
room-nothing-to-speak = Hiện chưa có cuộc họp nào mời đồng chí để chuẩn bị ý kiến.
room-title-prepare = chuẩn bị ý kiến phát biểu
room-ask-item = Đồng chí có ý kiến về mục nào?
room-choice-general = Ý kiến chung
room-general = ý kiến chung
room-ask-opinion =
    Xin viết ý kiến, hoặc gửi ảnh chụp bản viết tay, hoặc tin thoại. Chỉ chủ trì và thư ký xem.
    Xin chỉ gửi ảnh không thuộc bí mật nhà nước.
room-opinion-again = Xin viết ý kiến thành câu, hoặc bấm Hủy.
room-opinion-long = Ý kiến dài quá { $most } ký tự. Xin viết gọn hơn, hoặc gửi thành hai lần.
room-opinion-kind = Trợ lý nhận chữ, ảnh hoặc tin thoại. Xin gửi lại.
room-voice-consent = Đồng chí chưa đồng ý cho lưu giọng nói nên Trợ lý không giữ tin thoại này. Xin viết bằng chữ giúp.
room-not-fetched = Trợ lý chưa tải được tệp. Xin gửi lại lần nữa.
room-photo-name = y-kien.jpg
room-voice-name = y-kien.ogg
room-kept = Đã giữ ý kiến của đồng chí ({ $item }) cho { $name }.
room-choice-withdraw = Rút lại
room-choice-more = Thêm ý kiến
room-withdrawn = Đã rút ý kiến, nội dung đã xóa.
room-spoken-already = Ý kiến này đã được phát biểu nên không rút được nữa.

# Kết luận
room-title-conclude = ghi kết luận
room-no-items = Cuộc họp chưa có mục nào trong chương trình.
room-ask-conclusion = Kết luận mục { $position } ({ $title }): xin viết, hoặc bấm Như dự thảo.
room-conclusion-now = Đang ghi: { $text }
room-conclusion-again = Xin viết kết luận thành câu (không quá { $most } ký tự), hoặc bấm Như dự thảo.
room-conclusion-voice = Trợ lý chưa chuyển được giọng nói thành chữ. Xin viết kết luận giúp, hoặc bấm Như dự thảo.
room-conclude-which = Ghi kết luận cho mục nào?
room-choice-as-drafted = Như dự thảo
room-choice-all-as-drafted = Mọi mục còn lại như dự thảo
room-choice-other-item = Mục khác
room-as-drafted = Nhất trí như dự thảo.
room-concluded = Đã ghi kết luận mục { $position }.
room-all-concluded = Đã ghi kết luận như dự thảo cho { $count } mục.

# Trang điểm danh
room-page-board = Mã điểm danh
room-page-scan = Quét mã bằng máy ảnh, hoặc nhắn cho Trợ lý: điểm danh và 6 số này
room-page-type = Mã đổi sau mỗi 30 giây.
room-page-here = Đã điểm danh: { $count }
room-page-board-offline = Đang mất mạng. Mã vẫn dùng được.
room-page-title = Điểm danh cuộc họp
room-page-hello = Xin chào { $who }.
room-page-digits = 6 số trên màn hình:
room-page-button = Tôi có mặt
room-page-offline = Mất mạng vẫn bấm được: máy giữ lại và tự gửi khi có mạng.
room-page-kept = Chưa có mạng. Đã giữ trong máy, sẽ tự gửi khi có mạng.
room-page-who = Trợ lý chưa biết đồng chí là ai.
room-page-who-how = Xin mở Zalo hoặc Telegram, nhắn riêng cho Trợ lý chi bộ dòng chữ sau:
room-page-who-code = điểm danh { $code }
room-no-digits = Xin nhập đủ 6 số đang hiện trên màn hình.
room-page-other-phone = Đường dẫn này đã mở trên máy khác, điểm danh ở đây sẽ chờ chủ trì xác nhận. Đổi máy thì nhắn Trợ lý: điểm danh.
room-wrong-link = Đường dẫn này không đúng. Xin nhắn Trợ lý: điểm danh.
room-old-link = Đường dẫn này đã hết hạn. Xin nhắn Trợ lý: điểm danh.
