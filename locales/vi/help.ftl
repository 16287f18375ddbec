# Mục lục, trợ giúp
help-bot = Trợ lý chi bộ
help-menu = Xin chọn một mục:
help-menu-meetings = Sinh hoạt
help-menu-resolutions = Học tập nghị quyết
help-menu-papers = Văn kiện, tư liệu
help-menu-new = Văn bản mới
help-menu-tasks = Nhiệm vụ
help-menu-guide = Hướng dẫn
help-in-private = Xin nhắn riêng cho Trợ lý chi bộ để xem hướng dẫn.
help-stranger =
    Trợ lý chi bộ giúp nhận giấy mời họp, văn bản và gửi thắc mắc.
    Nhắn ĐĂNG NHẬP, rồi nhắn số đảng viên và mã do bí thư đưa.
    Chưa có mã, cứ nhắn số rồi chọn "Tôi chưa có mã".
    Trợ lý không bao giờ hỏi mật khẩu, mã OTP, số căn cước; không gửi đường dẫn cài đặt.
help-member =
    Nhắn MENU để xem sáu mục; trả lời bằng số hoặc bằng chữ, có dấu hay không dấu.
    Họp: nhắn "tôi dự", "xin vắng vì…", "đến muộn 15 phút".
    Văn bản: đọc xong nhắn "đã đọc"; muốn nghe, nhắn NGHE VĂN BẢN. Muốn hỏi: nhắn HỎI: hoặc KIẾN NGHỊ: rồi viết nội dung. HỎI ĐÁP: các câu đã trả lời.
    TÔI LÀ AI: xem tên đang đăng nhập. THOÁT: rời máy này. HỦY: bỏ việc đang dở.
    Trợ lý không bao giờ hỏi mật khẩu, mã OTP, số căn cước; không gửi đường dẫn cài đặt.
help-secretary =
    Việc của người phụ trách chi bộ:
    MỜI HỌP: mời sinh hoạt. BÁO DỰ: ai dự, ai vắng. BIỂU QUYẾT: lấy biểu quyết, ghi giơ tay.
    GỬI VĂN BẢN: gửi tới chi bộ. TÌNH HÌNH GỬI: đã tới ai. TÌNH HÌNH ĐỌC, BẢNG ĐỌC: ai đã đọc.
    CẤP MÃ: mã đăng nhập cho một người hoặc cả chi bộ.
    /nhom, nhắn trong nhóm: kết nối nhóm với chi bộ.
    CÁC CÂU HỎI: câu hỏi chờ trả lời. GIAO VIỆC, VIỆC CHI BỘ: giao và theo dõi. NHIỆM VỤ: việc đang chờ.
help-officer =
    Việc của cán bộ phụ trách:
    GỬI VĂN BẢN: gửi tới các chi bộ. TÌNH HÌNH GỬI: đã tới ai. TÌNH HÌNH ĐỌC, BẢNG ĐỌC: nơi nào đã đọc.
    CẤP MÃ: mã đăng nhập cho một người hoặc cả chi bộ trực thuộc.
    /nhom và tên chi bộ, nhắn trong nhóm: kết nối nhóm.
    CÁC CÂU HỎI: câu hỏi chờ trả lời. TỔNG HỢP KIẾN NGHỊ: số liệu. NHIỆM VỤ: việc đang chờ.
help-volunteer =
    Đồng chí là đoàn viên hỗ trợ: giúp người lớn tuổi dùng Trợ lý.
    Khi có người nhờ, tin sẽ đến tại đây.
    Chỉ làm thay khi người ấy đồng ý; không giữ mã, không ghi số của ai.
    TÔI LÀ AI: xem tên đang đăng nhập. THOÁT: rời máy này.
    Trợ lý không bao giờ hỏi mật khẩu, mã OTP, số căn cước; không gửi đường dẫn cài đặt.

# Nhiệm vụ
help-waiting = Đang chờ đồng chí:
help-waiting-meeting = • Giấy mời họp lúc { $when }: chưa trả lời.
help-waiting-papers = • { $count } văn bản chưa đọc.
help-waiting-requests = • { $count } yêu cầu đăng nhập chờ ý kiến.
help-answer-meetings = Xem giấy mời
help-read-new = Xem văn bản
help-decide-requests = Xem yêu cầu đăng nhập
help-nothing-waits = Hiện không có việc gì chờ đồng chí ạ. Có việc mới, Trợ lý sẽ báo tại đây.

# Lời chào, lời cảm ơn
help-hello = Kính chào { $who }. Nhắn MENU để xem các mục, TRỢ GIÚP khi cần.
help-thanks = Vâng, không có gì ạ. Khi cần, xin cứ nhắn.
