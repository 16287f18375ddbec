# Chương trình cuộc họp, tài liệu, đại biểu, thời lượng, họp trực tuyến, chủ trì và thư ký
agendas-minutes = { $minutes } phút
agendas-papers = tài liệu { $papers }
agendas-done = Xong
agendas-clear = Xóa hết, soạn lại
agendas-as-before = Lấy như lần trước ({ $count } việc)
agendas-ask =
    Chương trình có { $count } việc, cộng { $total } phút; dự kiến họp { $minutes } phút.
    Viết thêm mỗi việc một dòng, hoặc bấm một việc để sửa. Xong thì bấm 1.
agendas-ask-empty =
    Xin viết chương trình, mỗi việc một dòng.
    Ví dụ: Thu chi quý IV - đ/c Lan - 15 phút
agendas-again = Xin viết mỗi việc một dòng, nhiều nhất { $most } việc. Ví dụ: Thu chi quý IV - đ/c Lan - 15 phút
agendas-gone = Việc ấy không còn trong chương trình. Xin chọn lại.
agendas-ask-item =
    Việc { $number }: { $item }.
    Viết lại để sửa lời, hoặc chọn:
agendas-item-again = Xin viết việc này bằng một dòng. Ví dụ: Thu chi quý IV - đ/c Lan - 15 phút
agendas-choice-papers = Tài liệu kèm theo
agendas-choice-up = Đưa lên trên
agendas-choice-down = Đưa xuống dưới
agendas-choice-delete = Bỏ việc này
agendas-choice-back = Xong việc này
agendas-ask-papers =
    Tài liệu của việc “{ $item }”: đã kèm { $count }. Xong thì bấm 1.
    Bấm để kèm hoặc bỏ, hay viết số văn bản, ví dụ: 05-BC/CB
agendas-paper-on = ✓ { $paper }
agendas-paper-off = { $paper }
agendas-paper-gone = Văn bản ấy không còn trong tủ của chi bộ. Xin chọn lại.
agendas-paper-which = Có nhiều văn bản hợp với “{ $what }”. Xin chọn bên dưới:
agendas-paper-none = Chưa thấy văn bản “{ $what }” trong tủ của chi bộ. Xin viết lại số, hoặc gửi văn bản trước.
agendas-ask-length =
    Họp bao lâu? Quy định ít nhất { $least } phút.
    Bấm chọn, hoặc viết, ví dụ: 100 phút; 2 tiếng.
agendas-length-again = Xin viết thời lượng, ví dụ: 90 phút; 2 tiếng; 1 giờ rưỡi.
agendas-ask-guests =
    Đại biểu ({ $count }): { $names }.
    Viết thêm mỗi người một dòng, hoặc bấm 1 là xong.
agendas-ask-guests-none =
    Mời đại biểu cấp trên: xin viết mỗi người một dòng.
    Ví dụ: Trần Văn Bình - Phó bí thư Đảng ủy xã
agendas-guests-again =
    Xin viết họ tên và chức vụ, nhiều nhất { $most } người.
    Ví dụ: Trần Văn Bình - Phó bí thư Đảng ủy xã
agendas-ask-url = Xin dán đường dẫn họp trực tuyến, bắt đầu bằng https://
agendas-url-again =
    Đường dẫn này chưa dùng được. Xin dán nguyên đường dẫn bắt đầu bằng https://
    Ví dụ: https://hop.example.vn/phong-12
agendas-no-url = Bỏ đường dẫn
agendas-ask-chair = Ai chủ trì? Xin bấm chọn, hoặc viết tên.
agendas-ask-clerk = Ai làm thư ký? Xin bấm chọn, hoặc viết tên.
agendas-nobody = Chưa tìm thấy người này trong chi bộ. Xin viết lại họ tên.
agendas-title = sửa chương trình họp
agendas-ask-tell =
    Chương trình có { $count } việc. Có báo mọi người không ạ?
agendas-choice-tell = Báo mọi người
agendas-choice-quietly = Chỉ lưu lại
agendas-saved = Đã lưu chương trình. Chưa có gì được gửi đi.
agendas-saved-told = Đã lưu chương trình và báo mọi người được mời.
