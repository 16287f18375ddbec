# The gate for what is written in the chat of a meeting or a task (papers: documents-secret-refused).
secrecy-words =
    Không nhận nội dung này: có dấu hiệu thuộc bí mật nhà nước.
    Trợ lý không lưu. Xin xóa tin vừa gửi khỏi cuộc trò chuyện này.
    Nội dung mật chỉ ghi, chuyển theo quy định bảo vệ bí mật nhà nước.
