# Danh sách lệnh mà Telegram hiện ra khi gõ dấu /
commands-menu = Các mục: sinh hoạt, học tập, văn bản, nhiệm vụ
commands-nhiemvu = Nhiệm vụ của tôi
commands-tim = Tìm văn bản
commands-nghe = Nghe văn bản
commands-hoi = Hỏi chi bộ
commands-hoidap = Những câu đã có trả lời
commands-trogiup = Cách dùng
commands-vanban = Gửi văn bản cho chi bộ (bí thư, thư ký)
commands-tinhhinh = Ai đã đọc, ai chưa (bí thư, thư ký)
commands-moihop = Mời họp (bí thư, thư ký)
commands-dieuhanh = Điều hành cuộc họp: điểm danh, biểu quyết, kết luận (bí thư, thư ký)
commands-bienban = Biên bản cuộc họp (bí thư, thư ký)
