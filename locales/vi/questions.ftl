# Câu hỏi của đảng viên và trả lời
questions-asking = gửi câu hỏi
questions-answering = trả lời câu hỏi
questions-write = Xin viết câu hỏi của đồng chí trong một tin. Bí thư chi bộ sẽ nhận được và trả lời tại đây.
questions-how-to-ask = Muốn hỏi, xin nhắn: HỎI: nội dung cần hỏi.
questions-received =
    Đã chuyển câu hỏi số { $number } tới bí thư chi bộ.
    Khi có trả lời, Trợ lý sẽ nhắn riêng cho đồng chí.
questions-received-nobody =
    Đã ghi câu hỏi số { $number }.
    Hiện chưa nhắn được cho bí thư; khi bí thư đăng nhập sẽ thấy câu hỏi này.
questions-too-short = Câu hỏi hơi ngắn. Xin viết rõ hơn, ví dụ: HỎI: Khi nào chi bộ họp tháng 12?
questions-too-long = Câu hỏi quá dài (nhiều nhất { $most } chữ cái). Xin viết gọn lại.
questions-not-your-document = Văn bản này không còn mở cho đồng chí. Xin gửi câu hỏi riêng: HỎI: nội dung.
questions-new =
    CÂU HỎI SỐ { $number } – đồng chí { $name }:
    { $text }
questions-about-document = Về văn bản: { $title }
questions-how-to-answer = Trả lời: bấm TRẢ LỜI, hoặc nhắn TL { $number }: nội dung.
questions-answer-label = Trả lời
questions-answer-number = Trả lời câu { $number }
questions-write-answer =
    Xin viết trả lời câu hỏi số { $number }:
    { $text }
questions-answer-empty = Xin viết nội dung trả lời câu hỏi số { $number }.
questions-answered = Đã gửi trả lời câu hỏi số { $number }.
questions-answered-unreachable = Đã lưu trả lời câu hỏi số { $number }. Đồng chí ấy chưa có tài khoản, xin trả lời trực tiếp.
questions-answer =
    TRẢ LỜI CÂU HỎI SỐ { $number }
    Hỏi: { $question }
    Trả lời: { $answer }
questions-already =
    Câu hỏi số { $number } đã được đồng chí { $name } trả lời rồi.
    Trả lời: { $answer }
questions-no-such-number = Không có câu hỏi số { $number }. Nhắn /cauhoi để xem các câu đang chờ.
questions-several-with-number = Có nhiều chi bộ có câu hỏi số { $number }. Nhắn /cauhoi rồi chọn câu cần trả lời.
questions-none-open = Không còn câu hỏi nào chờ trả lời.
questions-open-count = Có { $count } câu hỏi chờ trả lời.
questions-row = Số { $number } – { $name }, { $day }: { $text }
