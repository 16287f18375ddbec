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
    Xin nhắn ĐĂNG NHẬP, rồi nhắn số đảng viên và mã do bí thư đưa.
    Chưa có mã, cứ nhắn số rồi chọn "Tôi chưa có mã".
    Trợ lý giúp nhận giấy mời họp, văn bản và gửi thắc mắc.
    Trợ lý không bao giờ hỏi mật khẩu, mã OTP, số căn cước; không gửi đường dẫn cài đặt.
help-member =
    Xin chọn điều cần biết: bấm, hoặc nhắn số.
    Nhắn MỤC LỤC để xem các mục; gõ có dấu hay không dấu đều được.
    Trợ lý không bao giờ hỏi mật khẩu, mã OTP, số căn cước; không gửi đường dẫn cài đặt.
help-secretary =
    Đồng chí cần làm việc gì? Xin bấm, hoặc nhắn số.
    Sáng ra nhắn HÔM NAY CÓ GÌ để xem việc cần làm.
    Trợ lý không bao giờ hỏi mật khẩu, mã OTP, số căn cước; không gửi đường dẫn cài đặt.
help-officer =
    Đồng chí cần làm việc gì với các chi bộ? Xin bấm, hoặc nhắn số.
    Trợ lý không bao giờ hỏi mật khẩu, mã OTP, số căn cước; không gửi đường dẫn cài đặt.
help-common = Cách dùng chung
help-back = Về trợ giúp
help-name-meetings = Họp và báo dự
help-name-papers = Đọc và nghe văn bản
help-name-questions = Hỏi và kiến nghị
help-name-tasks = Việc được giao
help-name-account = Tên, máy, quyền riêng tư
help-name-calling = Chuẩn bị họp
help-name-holding = Trong và sau cuộc họp
help-name-sending = Gửi văn bản, xem ai đã đọc
help-name-answering = Câu hỏi, kiến nghị
help-name-assigning = Giao việc, theo dõi việc
help-name-joining = Mã đăng nhập và nhóm
help-about-meetings =
    Có giấy mời, xin nhắn: tôi dự, xin vắng vì…, hoặc đến muộn 15 phút.
    Đến nơi, nhắn: điểm danh và 6 số. Báo thay ai, nhắn: báo hộ bác Lan xin vắng.
    Xin bấm, hoặc nhắn đúng chữ dưới đây:
help-commands-meetings =
    Lịch họp
    Phát biểu
    Điểm danh bằng mã
    Tệp lịch
help-about-papers =
    Đọc xong, xin nhắn: đã đọc.
    Tìm văn bản, nhắn TÌM và số hoặc tên văn bản.
    Xin bấm, hoặc nhắn đúng chữ dưới đây:
help-commands-papers =
    Văn bản mới
    Văn bản cần đọc
    Nghe văn bản
    Tìm văn bản
    Học tập nghị quyết
    Hướng dẫn nghiệp vụ
    Văn kiện, tư liệu
help-about-questions =
    Nhắn HỎI: hoặc KIẾN NGHỊ: rồi viết nội dung, chi bộ sẽ trả lời.
    Xin bấm, hoặc nhắn đúng chữ dưới đây:
help-commands-questions =
    Tôi muốn hỏi
    Tôi muốn kiến nghị
    Tôi muốn đề xuất
    Xem hỏi đáp
    Câu hỏi của tôi
help-about-tasks =
    Làm xong, nhắn: việc 12 xong. Chưa kịp, nhắn: việc 12 xin gia hạn.
    Làm được một phần, nhắn: việc 12 được một nửa.
    Xin bấm, hoặc nhắn đúng chữ dưới đây:
help-commands-tasks =
    Việc của tôi
    Trang việc của tôi
help-about-account =
    Đang làm dở: HỦY để bỏ, QUAY LẠI để lùi, TIẾP để làm tiếp.
    Đổi máy: nhắn ĐĂNG NHẬP trên máy mới.
    Xin bấm, hoặc nhắn đúng chữ dưới đây:
help-commands-account =
    Tôi là ai
    Quyền riêng tư
    Rút đồng ý
    Hủy các liên kết cũ
    Thoát
help-about-calling =
    Mời họp, rồi xem ai dự, ai vắng.
    Xin bấm, hoặc nhắn đúng chữ dưới đây:
help-commands-calling =
    Mời họp
    Họp khẩn
    Danh sách báo dự
    Danh sách gọi điện
    Sửa chương trình họp
    Đổi lịch họp
    Hủy họp
    In giấy mời
    Lặp lại hằng tháng
    Lịch lặp lại
help-about-holding =
    Điểm danh, ghi ý kiến, kết luận đều ở mục Điều hành.
    Xin bấm, hoặc nhắn đúng chữ dưới đây:
help-commands-holding =
    Điều hành
    Biểu quyết
    Lập biên bản
    Ra nghị quyết
    Chấm điểm
    Chấm điểm cả năm
    Kết quả góp ý
    Mẫu biên bản
help-about-sending =
    Muốn gửi, cứ gửi tệp vào đây, hoặc bấm Gửi văn bản.
    Xin bấm, hoặc nhắn đúng chữ dưới đây:
help-commands-sending =
    Gửi văn bản
    Tình hình gửi
    Tình hình đọc
    Bảng đọc
    Ghi hộ đã đọc
    Chuyển tiếp văn bản
    Thu hồi văn bản
    Tiết kiệm giấy
help-about-answering =
    Trả lời câu 12: trả lời thẳng vào tin ấy, hoặc nhắn TL 12: nội dung.
    Xin bấm, hoặc nhắn đúng chữ dưới đây:
help-commands-answering =
    Các câu hỏi
    Tổng hợp kiến nghị
    Xuất câu hỏi
help-about-assigning =
    Giao nhanh, nhắn: giao việc cho Lan: quét đường, hạn 10/12.
    Xin bấm, hoặc nhắn đúng chữ dưới đây:
help-commands-assigning =
    Giao việc
    Giao việc theo kế hoạch
    Mẫu kế hoạch
    Việc chi bộ
    Việc quá hạn
    Việc chờ xác nhận
    Hôm nay có gì
help-about-joining =
    Kết nối nhóm: vào nhóm, nhắc tên Trợ lý rồi viết /nhom.
    Người chưa có mã xin vào sẽ hiện ở mục Việc của tôi.
    Xin bấm, hoặc nhắn đúng chữ dưới đây:
help-commands-joining =
    Cấp mã
    Kết nối nhóm
    Ngắt kết nối nhóm
help-volunteer =
    Đồng chí giúp người lớn tuổi dùng Trợ lý; có người nhờ, tin sẽ đến tại đây.
    Chỉ làm thay khi người ấy đồng ý, không giữ mã của ai.
    TÔI LÀ AI: xem tên đang dùng. THOÁT: rời máy này.
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
help-hello = Kính chào { $who }. Nhắn MỤC LỤC để xem các mục, TRỢ GIÚP khi cần.
help-thanks = Vâng, không có gì ạ. Khi cần, xin cứ nhắn.
