# Chung cho mọi hộp thoại
dialogue-closed = Câu hỏi này đã xong rồi ạ. Xin xem tin mới nhất bên dưới, hoặc nhắn TRỢ GIÚP.
dialogue-resume = Việc đang dở: { $title }. Xin trả lời tiếp, hoặc nhắn HỦY để bỏ.
dialogue-cancelled = Đã bỏ: { $title }. Chưa có gì được gửi đi.
dialogue-nothing-to-cancel = Hiện không có việc nào đang dở ạ.
dialogue-first-step = Đây là bước đầu tiên rồi ạ.
dialogue-back = Quay lại
dialogue-cancel = Hủy
