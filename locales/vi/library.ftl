# Tủ văn bản: tìm kiếm, danh mục
library-ask =
    Xin viết số hoặc vài chữ của văn bản cần tìm.
    Ví dụ: 21-NQ/TW, hoặc: kế hoạch đại hội, hoặc: bảo hiểm y tế năm 2026.
library-finding = tìm văn bản
library-found = Tìm thấy { $count } văn bản. Chọn số để mở.
library-found-many =
    Có nhiều văn bản hợp với "{ $words }". Hợp nhất đứng trước, chọn số để mở.
    Muốn gọn hơn, xin viết thêm số, năm hoặc nơi ban hành.
library-found-next = Các văn bản tiếp theo, chọn số để mở:
library-no-more = Hết danh sách. Nhắn VĂN BẢN để xem các mục.
library-same-number = Có { $count } văn bản cùng số này. Đồng chí cần văn bản nào?
library-nearly = Không có văn bản đủ những chữ này. Gần nhất là:
library-none =
    Trợ lý không tìm thấy văn bản về "{ $words }" trong các văn bản gửi cho đồng chí.
    Xin viết ít chữ hơn, hoặc xem theo loại, theo năm.
library-in-private = Xin nhắn riêng cho Trợ lý chi bộ để tìm và xem văn bản.
library-mark-unread = chưa đọc
library-mark-expired = hết hiệu lực
library-mark-due = hạn { $weekday } { $day }
library-mark-overdue = quá hạn { $weekday } { $day }
library-expired = VĂN BẢN ĐÃ HẾT HIỆU LỰC, chỉ để tham khảo.
library-expired-since = VĂN BẢN ĐÃ HẾT HIỆU LỰC sau ngày { $day }, chỉ để tham khảo.
library-replaced = Văn bản đó đã được thay. Đây là bản hiện hành:

# Danh mục
library-papers = Văn kiện, tư liệu. Xin chọn, hoặc nhắn TÌM và số hoặc vài chữ:
library-to-read = Cần đọc ({ $count })
library-guidance = Hướng dẫn nghiệp vụ
library-by-kind = Theo loại văn bản
library-by-year = Theo năm
library-all = Tất cả, mới nhất trước
library-find = Tìm văn bản
library-row = { $name } ({ $count })
library-year = Năm { $year }
library-ask-kind = Đồng chí muốn xem loại văn bản nào?
library-ask-year = Đồng chí muốn xem văn bản của năm nào?
library-list-new = Văn bản mới trong 30 ngày. Chọn số để mở.
library-list-unread = Cần đọc: { $count } văn bản, có hạn đứng trước. Chọn số để mở.
library-list-guidance = Hướng dẫn nghiệp vụ. Chọn số để mở.
library-list-resolutions = Nghị quyết, chỉ thị, kết luận để học tập. Chọn số để mở.
library-list-all = Văn kiện, tư liệu, mới nhất trước. Chọn số để mở.
library-list-kind = { $name }, mới nhất trước. Chọn số để mở.
library-list-year = Văn bản năm { $year }, mới nhất trước. Chọn số để mở.
library-no-new = Trong 30 ngày qua chưa có văn bản mới.
library-no-unread = Hiện không có văn bản nào chờ đồng chí đọc.
library-no-guidance = Chưa có hướng dẫn nghiệp vụ nào được phát hành ở đây.
library-no-resolutions = Chưa có nghị quyết, chỉ thị nào được phát hành ở đây.
library-no-all = Chưa có văn bản nào được phát hành ở đây.
library-kind-nq = Nghị quyết
library-kind-ct = Chỉ thị
library-kind-kl = Kết luận
library-kind-qd = Quyết định, quy định
library-kind-qdi = Quy định
library-kind-qc = Quy chế
library-kind-hd = Hướng dẫn
library-kind-kh = Kế hoạch
library-kind-ctr = Chương trình
library-kind-da = Đề án
library-kind-tt = Thông tri, thông tư
library-kind-ttr = Tờ trình
library-kind-bc = Báo cáo
library-kind-tb = Thông báo
library-kind-bb = Biên bản
library-kind-cv = Công văn
library-kind-gm = Giấy mời
library-kind-nd = Nghị định
library-kind-luat = Luật
