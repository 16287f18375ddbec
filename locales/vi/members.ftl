# Đăng nhập
members-login-title = đăng nhập
members-welcome =
    Kính chào đồng chí! Tôi là Trợ lý chi bộ.
    Trợ lý báo lịch sinh hoạt, gửi văn bản, nhận lời báo dự và thắc mắc.
members-ask-number =
    Xin nhắn số đảng viên của đồng chí.
    Viết liền hay cách ra đều được. Không nhớ số, xin hỏi bí thư chi bộ.
    Trợ lý không bao giờ hỏi mật khẩu, mã OTP hay số căn cước.
members-number-shape =
    Số vừa nhắn chưa đúng dạng số đảng viên.
    Xin nhắn lại cả dãy số, ví dụ: 012 345 678 901.
    Đoàn viên hỗ trợ xin nhắn số do chi bộ cấp.
members-ask-code =
    Xin nhắn mã đăng nhập gồm 6 chữ và số do bí thư chi bộ đưa.
    Viết hoa hay viết thường đều được.
members-code-shape =
    Mã đăng nhập gồm đúng 6 chữ và số, ví dụ: KMT 234.
    Xin xem lại và nhắn cả mã.
members-no-code = Tôi chưa có mã
members-number-again = Nhắn lại số
members-wrong =
    Số đảng viên hoặc mã không đúng.
    Xin xem lại rồi nhắn lại mã. Còn { $left } lần.
members-locked =
    Đã thử nhiều lần nên Trợ lý tạm dừng nhận số và mã từ máy này.
    Xin thử lại sau { $until }.
    Cần gấp, xin gặp bí thư chi bộ.
members-request-sent =
    Đã nhận yêu cầu. Bí thư chi bộ đồng ý thì đồng chí được báo ngay tại đây.
    Nếu đến { $until } chưa có tin, xin gặp bí thư chi bộ để nhận mã.
members-zalo = Zalo
members-telegram = Telegram

# Lời chào sau khi đăng nhập
members-greeting =
    Kính chào { $who } – { $branch }. Đồng chí đã đăng nhập xong.
    Giấy mời, văn bản sẽ đến tại đây; xin trả lời bằng số hoặc bằng lời.
    { $role }
    Nhắn MỤC LỤC để xem các mục, TRỢ GIÚP khi cần.
    Trợ lý không bao giờ hỏi mật khẩu, mã OTP, số căn cước.
members-greeting-member = Muốn hỏi chi bộ, nhắn: HỎI: nội dung cần hỏi.
members-greeting-secretary = Nhắn CẤP MÃ để các đồng chí khác vào; MỜI HỌP, GỬI VĂN BẢN khi cần.
members-greeting-officer = Nhắn GỬI VĂN BẢN để gửi tới các chi bộ, TÌNH HÌNH ĐỌC để theo dõi.
members-greeting-volunteer = Đồng chí còn nhận việc giúp bà con khi có người nhờ.
members-greeting-supporter =
    Kính chào { $who } – đoàn viên hỗ trợ, { $branch }. Đã đăng nhập xong.
    Khi có người nhờ giúp, tin sẽ đến tại đây.
    Nhắn TRỢ GIÚP để xem cách làm.
    Trợ lý không bao giờ hỏi mật khẩu, mã OTP hay số căn cước.
members-already = Kính chào { $who }. Nhắn MỤC LỤC để xem các mục, TRỢ GIÚP khi cần.
members-already-who =
    Máy này đang đăng nhập là { $who } – { $branch }.
    Đồng chí muốn giữ nguyên hay đăng nhập người khác?
members-stay = Giữ nguyên
members-switch = Đăng nhập người khác
members-stayed = Vâng, Trợ lý giữ nguyên ạ.

# Báo cho máy khác
members-moved-away =
    Tài khoản của đồng chí vừa đăng nhập trên một máy { $platform } khác, lúc { $when }.
    Máy này đã được thoát.
    Nếu không phải đồng chí, xin gọi báo bí thư ngay.
members-moved-leader =
    Xin báo: { $who } vừa đăng nhập trên một máy { $platform } khác, lúc { $when }. Máy cũ đã được thoát.
    Nếu thấy lạ, xin gọi hỏi đồng chí ấy; cần thì nhắn CẤP MÃ để cấp mã mới.
members-also-elsewhere =
    Tài khoản của đồng chí vừa đăng nhập thêm trên { $platform }, lúc { $when }.
    Nếu không phải đồng chí, xin gọi báo bí thư ngay.

# Xin đăng nhập khi chưa có mã
members-request =
    Xin đồng chí cho ý kiến: có người xin đăng nhập là { $name } ({ $number }), { $branch }.
    Tên hiển thị trên { $platform }: { $speaker }.
    Chỉ đồng ý khi biết chắc, tốt nhất là gọi điện hỏi lại.
members-approve = Đồng ý
members-refuse = Từ chối
members-approved = Đã cho { $who } đăng nhập.
members-refused =
    Đã từ chối. Người kia không được báo gì.
    Nếu từ chối nhầm, nhắn CẤP MÃ để cấp mã cho { $who }.
members-decided-approved = Yêu cầu đăng nhập của { $who } đã được { $by } đồng ý trước đó.
members-decided-refused = Yêu cầu đăng nhập của { $who } đã bị { $by } từ chối trước đó.
members-decided-otherwise = Yêu cầu đăng nhập của { $who } không còn cần nữa.
members-request-over =
    Yêu cầu này đã quá hạn.
    Cần cho đồng chí ấy đăng nhập, xin nhắn CẤP MÃ.
members-request-gone = Không còn thấy yêu cầu này.
members-no-requests = Hiện không có yêu cầu đăng nhập nào đang chờ.

# Thoát, tôi là ai
members-not-in = Máy này chưa đăng nhập. Nhắn ĐĂNG NHẬP để bắt đầu.
members-leave-question =
    Có phải { $who } muốn thoát khỏi máy này?
    Thoát rồi, giấy mời và văn bản không đến đây nữa.
members-leave = Thoát
members-stay-in = Ở lại
members-left = Đã thoát. Khi cần vào lại, xin nhắn ĐĂNG NHẬP và xin mã mới từ bí thư chi bộ.
members-who =
    Máy này đang đăng nhập là: { $name }.
    Nơi sinh hoạt: { $branch }.
    Số đảng viên: { $number }.
    Việc được giao: { $roles }.
    Không đúng người, xin nhắn THOÁT.
members-role-none = đảng viên
members-role-supporter = đoàn viên hỗ trợ
members-role-in = { $role } ({ $organization })
members-role-secretary = bí thư
members-role-deputy = phó bí thư
members-role-committee = chi ủy viên
members-role-clerk = thư ký
members-role-cell-leader = tổ trưởng tổ đảng
members-role-volunteer = đoàn viên hỗ trợ
members-role-officer = cán bộ đảng ủy
members-role-operator = quản trị

# Cấp mã
members-codes-title = cấp mã đăng nhập
members-codes-who = Xin nhắn họ tên hoặc số đảng viên của người cần mã.
members-whole-branch = Cả chi bộ
members-nobody-named =
    Chưa thấy ai có tên hoặc số này trong phạm vi đồng chí phụ trách.
    Xin nhắn lại họ tên, có dấu hay không dấu đều được.
members-too-many-named = Có nhiều người trùng tên này. Xin nhắn đủ họ và tên.
members-which-one = Đồng chí muốn cấp mã cho ai?
members-born = sinh { $year }
members-code =
    Mã của { $name }: { $code }
    Dùng một lần, đến { $until }.
    Xin đưa tận tay hoặc đọc qua điện thoại, không gửi vào nhóm.
members-code-inside =
    Mã của { $name }: { $code }
    Dùng một lần, đến { $until }. Xin đưa tận tay, không gửi vào nhóm.
    Hiện { $who } đang dùng một máy; dùng mã này trên máy khác thì máy cũ sẽ thoát.
members-no-such-branch = Chưa thấy chi bộ này trong phạm vi đồng chí phụ trách. Xin nhắn: CẢ CHI BỘ và tên chi bộ.
members-which-branch = Cấp mã cho cả chi bộ nào?
members-which-branch-by-name = Đồng chí phụ trách nhiều chi bộ. Xin nhắn: CẢ CHI BỘ và tên chi bộ, ví dụ: cả chi bộ thôn 3.
members-all-inside = { $branch }: mọi người đều đã đăng nhập, không cần mã mới.
members-sheet-question =
    Cấp mã cho { $count } người chưa đăng nhập của { $branch }?
    Mã đã đưa cho những người này trước đây sẽ hết dùng.
members-print = Cấp mã
members-not-now = Để sau
members-sheet =
    { $branch } – mã đăng nhập, dùng một lần, đến { $until }.
    Xin đưa riêng từng người, không gửi vào nhóm.
members-sheet-line = { $name }: { $code }
members-codes-in-private = Mã không hiện trong nhóm. Xin nhắn riêng cho Trợ lý: CẤP MÃ.

# Trong nhóm
members-only-in-private = Việc này xin nhắn riêng cho Trợ lý chi bộ, không làm trong nhóm.
members-guard =
    Xin không gửi số đảng viên hay mã đăng nhập trong nhóm.
    Nếu tin vừa rồi còn hiện, xin tự thu hồi. Đăng nhập, xin nhắn riêng cho Trợ lý.
