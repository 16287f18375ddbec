# Xác nhận đã đọc: bản mới, câu hỏi ngắn, thời hạn, ghi hộ, bảng đọc, tiết kiệm giấy
acknowledging-newer-version = Văn bản { $title } đã có bản mới (bản { $version }), thay bản trước. Mời đồng chí đọc bản mới:
acknowledging-replaced = Văn bản { $title } đã được thay bằng văn bản khác, không cần đọc bản này nữa.
acknowledging-expired = Văn bản { $title } đã hết hiệu lực, không cần đọc nữa.
acknowledging-version-line = (bản { $version }) { $line }
acknowledging-check =
    Trước khi ghi đã đọc { $title }, xin trả lời một câu ngắn:
    { $question }
acknowledging-check-again =
    Chưa đúng, không sao ạ. Xin xem lại { $title } rồi chọn lại:
    { $question }
acknowledging-check-right = Đúng rồi, cảm ơn đồng chí.
acknowledging-check-missed = Câu trả lời chưa khớp với văn bản. Khi rảnh, xin đồng chí đọc lại; chưa rõ xin cứ hỏi.
acknowledging-recorded-brief = Đã ghi đồng chí đã đọc { $title }.
acknowledging-reminders-spent =
    Xin gọi điện hoặc gặp trực tiếp.
    Mỗi đồng chí chưa đọc đã được nhắc đủ { $limit } lần về văn bản này.
acknowledging-name-unchecked = { $name } (chưa qua câu hỏi)
acknowledging-name-recorded-by = { $name }: { $who }, { $day }

# Ghi hộ
acknowledging-behalf-who = Ghi hộ đồng chí nào? Có vài người trùng tên.
acknowledging-behalf-which = { $who } đã đọc văn bản nào?
acknowledging-behalf-paper = Ghi hộ cho văn bản nào?
acknowledging-behalf-nobody = Không thấy ai tên "{ $words }" ở đây. Xin viết đủ họ tên, ví dụ: GHI HỘ BÁC LAN ĐÃ ĐỌC.
acknowledging-behalf-no-paper = { $who } không còn văn bản nào như vậy chờ đọc.
acknowledging-behalf-told =
    { $who } đã ghi hộ: đồng chí đã đọc { $title }.
    Đúng bấm 1, sai bấm 2.

# Thời hạn
acknowledging-group-reminder =
    XIN NHẮC: { $title }, đã đọc { $read }/{ $total }. Hạn: { $when }.
    Đồng chí chưa đọc xin nhắn riêng cho Trợ lý chi bộ: VĂN BẢN MỚI.
acknowledging-group-over = Hết hạn đọc { $title }: { $read }/{ $total } đồng chí đã báo đọc.
acknowledging-over = HẾT HẠN ĐỌC { $title } ({ $when }). Đã đọc { $read }/{ $total }.
acknowledging-over-call = XIN GỌI ĐIỆN:
acknowledging-over-number = – { $name }: { $phone }
acknowledging-over-no-number = – { $name }: chưa có số điện thoại
acknowledging-over-cannot = KHÔNG TỰ NHẬN ĐƯỢC, xin đưa bản giấy: { $names }
acknowledging-over-summary =
    HẾT HẠN ĐỌC { $title }: đã đọc { $read }/{ $total }.
    Chưa đọc { $unread }; không tự nhận được { $cannot }.
    Danh sách gọi điện đã gửi riêng cho từng chi bộ.
acknowledging-status-label = Xem tình hình

# Bảng đọc
acknowledging-table-in-private = Xin xem trong cuộc trò chuyện riêng với Trợ lý chi bộ.
acknowledging-table-begun = Đang lập bảng đọc của { $name } ({ $count } văn bản mới nhất). Xong sẽ gửi tại đây.
acknowledging-table-waits = Bảng đọc của { $name } đang được lập, xin chờ thêm chút ạ.
acknowledging-table-head =
    BẢNG ĐỌC { $name }, { $count } văn bản mới nhất
    Đã đọc { $read }/{ $total } lượt ({ $share } %); không tự nhận được { $cannot }.
acknowledging-table-branch = { $name }: { $read }/{ $total } lượt ({ $share } %); không tự nhận được { $cannot }
acknowledging-table-more = và { $count } nơi khác, đọc nhiều hơn.
acknowledging-table-title = Bảng đọc văn bản – { $name }
acknowledging-table-subtitle = Đến { $when } · { $members } đảng viên
acknowledging-table-subtitle-branches = Đến { $when } · { $count } nơi · % số người có thể đọc
acknowledging-table-read = Đã đọc
acknowledging-mark-read = đã đọc
acknowledging-mark-unread = chưa đọc
acknowledging-mark-recorded = ghi hộ
acknowledging-mark-cannot = không tự nhận được
acknowledging-mark-unchecked = đã đọc, chưa qua câu hỏi
acknowledging-table-picture = Bảng đọc của { $name } ({ $number }/{ $count }).
acknowledging-table-book = Bảng đọc của { $name }, tệp Excel.
acknowledging-table-link =
    Bảng đọc của { $name } đã xong. Mở đường dẫn để xem ảnh và tải Excel ({ $days } ngày).
    Đường dẫn chỉ dành cho đồng chí, xin không chuyển tiếp.
acknowledging-table-no-link = Bảng đọc của { $name } đã xong, nhưng trên Zalo chưa mở được. Xin nhắn TÌNH HÌNH để xem bằng chữ.
acknowledging-table-page = Bảng đọc
acknowledging-table-old = Bảng này đã cũ hoặc không còn. Xin nhắn BẢNG ĐỌC để lập bảng mới.
acknowledging-table-take = Tải { $name }
acknowledging-sheet-members = Theo người
acknowledging-sheet-papers = Theo văn bản
acknowledging-sheet-shares = Tỷ lệ
acknowledging-sheet-counts = Số lượng
acknowledging-sheet-name = Họ và tên
acknowledging-sheet-phone = Tự nhận được
acknowledging-sheet-yes = có
acknowledging-sheet-no = không
acknowledging-sheet-place = Tổ chức
acknowledging-sheet-paper = Văn bản
acknowledging-sheet-share = Tỷ lệ
acknowledging-sheet-number = Số, ký hiệu
acknowledging-sheet-summary = Trích yếu
acknowledging-sheet-published = Ngày gửi
acknowledging-sheet-deadline = Hạn đọc
acknowledging-sheet-total-count = Tổng số
acknowledging-sheet-read-count = Đã đọc
acknowledging-sheet-recorded-count = Trong đó ghi hộ
acknowledging-sheet-unread-count = Chưa đọc
acknowledging-sheet-cannot-count = Không tự nhận được
acknowledging-sheet-read = ✓
acknowledging-sheet-unchecked = ✓ (chưa qua câu hỏi)
acknowledging-sheet-recorded = ghi hộ
acknowledging-sheet-unread = –
acknowledging-sheet-cannot = không tự nhận được

# Tiết kiệm giấy
acknowledging-saved-head = TIẾT KIỆM GIẤY, { $name }: không phải in { $pages } trang.
acknowledging-saved-how = Cách tính: số trang × số đồng chí đã đọc trên điện thoại, cộng lại:
acknowledging-saved-paper = { $title }: { $sheets } trang × { $readers } đồng chí = { $pages } trang
acknowledging-saved-rest = { $count } văn bản khác: { $pages } trang
acknowledging-saved-unknown = { $count } văn bản chưa rõ số trang, không tính.
acknowledging-saved-duplex = In hai mặt: { $pages } trang : 2 = { $sheets } tờ
acknowledging-saved-money = Tiền: { $sheets } tờ × { $price } đồng = { $money } đồng (đơn giá tạm tính).
acknowledging-saved-nothing = { $name } chưa có văn bản nào được đọc trên điện thoại mà rõ số trang.
acknowledging-saved-line = Đỡ in: { $sum }.

# Dòng lệnh
acknowledging-cli-recount = Đếm lại số người đã đọc từng văn bản
acknowledging-cli-recounted = Đã đếm lại { $count } văn bản.
