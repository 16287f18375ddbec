# Danh sách lệnh mà Telegram hiện ra khi gõ dấu /
commands-menu = Các mục: sinh hoạt, học tập, văn bản, nhiệm vụ
commands-trogiup = Cách dùng
commands-nghe = Nghe văn bản
commands-vanban = Gửi văn bản cho chi bộ (bí thư, thư ký)
commands-danggui = Tin đang gửi: xem, tạm dừng, gửi lại (bí thư, thư ký)
commands-tinhhinh = Ai đã đọc, ai chưa (bí thư, thư ký)
commands-moihop = Mời họp (bí thư, thư ký)
commands-baodu = Danh sách báo dự (bí thư, thư ký)
commands-doihop = Đổi lịch họp (bí thư, thư ký)
commands-huyhop = Hủy cuộc họp (bí thư, thư ký)
commands-bieuquyet = Biểu quyết công khai, ghi kết quả giơ tay (bí thư, thư ký)
commands-cauhoi = Câu hỏi chưa trả lời (bí thư, thư ký)
commands-giaoviec = Giao việc (bí thư, thư ký)
commands-nhiemvu = Nhiệm vụ của tôi
commands-ma = Mã đăng nhập cho đảng viên (bí thư, thư ký)
commands-toi = Tôi đang đăng nhập là ai
commands-thoat = Đăng xuất khỏi máy này
