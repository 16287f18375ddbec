# Khi có việc không làm được
error-general = Có lỗi khi xử lý tin vừa rồi. Xin nhắn lại giúp, hoặc gọi thư ký chi bộ.
error-not-allowed = Việc này chỉ dành cho người được giao trong tổ chức đó. Cần làm, xin báo bí thư chi bộ.
error-bad-input = Trợ lý chưa hiểu nội dung vừa nhắn. Xin viết lại giúp.
error-conflict = Việc này vừa có người khác làm xong. Xin xem lại tin mới nhất.
error-send = Tin chưa gửi được.
error-settings = { $sentence }
error-login-first = Xin đăng nhập trước: nhắn ĐĂNG NHẬP trong cuộc trò chuyện riêng với Trợ lý chi bộ.
