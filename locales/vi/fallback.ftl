# Khi chưa hiểu tin nhắn (chỉ trả lời trong cuộc trò chuyện riêng)
fallback-stranger =
    Kính chào đồng chí! Tôi là Trợ lý chi bộ.
    Xin nhắn ĐĂNG NHẬP để bắt đầu.
    Trợ lý không bao giờ hỏi mật khẩu, mã OTP hay số căn cước.
fallback-member =
    Trợ lý chưa hiểu ý đồng chí.
    Nhắn MỤC LỤC để xem các mục, TRỢ GIÚP để xem cách dùng.
    Muốn hỏi chi bộ, xin nhắn: HỎI: nội dung cần hỏi.
fallback-unsupported =
    Trợ lý chưa xem được loại tệp này trên Zalo.
    Xin gửi ảnh hoặc nhắn bằng chữ. Cần giúp, nhắn TRỢ GIÚP.
fallback-which =
    Xin trả lời rõ bằng số cho câu này:
    { $question }
