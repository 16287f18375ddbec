# Quyền riêng tư: đồng ý theo từng mục đích, rút đồng ý, hủy liên kết cũ
privacy-in-private = Xin nhắn riêng cho Trợ lý chi bộ về quyền riêng tư.
privacy-overview = Xin chọn một mục để xem và trả lời:
privacy-name-reading = Theo dõi đã mở văn bản
privacy-name-study = Thời gian học
privacy-undecided = • { $name }: đồng chí chưa trả lời, nên không ghi.
privacy-is-given = • { $name }: đã đồng ý, ngày { $day }.
privacy-is-refused = • { $name }: không đồng ý, nên không ghi.
privacy-is-withdrawn = • { $name }: đã rút đồng ý, ngày { $day }.
privacy-cut-links = Hủy các liên kết cũ
privacy-ask-reading =
    Đồng chí có cho phép ghi ĐÃ MỞ VĂN BẢN không?
    Trợ lý ghi lần đầu đồng chí mở trang của mỗi văn bản.
    Đồng chí và bí thư chi bộ xem được; giữ 12 tháng.
    Không đồng ý, đồng chí vẫn nhận đủ văn bản.
    Muốn thôi lúc nào, nhắn RÚT ĐỒNG Ý.
privacy-ask-study =
    Đồng chí có cho phép ghi THỜI GIAN HỌC không?
    Khi đồng chí đọc trên trang, Trợ lý đếm số phút của mỗi văn bản.
    Đồng chí xem được trước, rồi đến bí thư chi bộ; giữ 12 tháng.
    Không đồng ý, đồng chí vẫn nhận đủ văn bản.
    Muốn thôi lúc nào, nhắn RÚT ĐỒNG Ý.
privacy-agree = Đồng ý
privacy-refuse = Không đồng ý
privacy-later = Để sau
privacy-given =
    Đã ghi: đồng chí đồng ý mục "{ $name }".
    Muốn thôi, nhắn RÚT ĐỒNG Ý.
privacy-refused =
    Đã ghi: đồng chí không đồng ý mục "{ $name }".
    Đồng chí vẫn nhận đủ văn bản. Đổi ý, nhắn QUYỀN RIÊNG TƯ.
privacy-unchanged = Vâng, giữ nguyên như cũ. Khi cần, nhắn QUYỀN RIÊNG TƯ.
privacy-withdraw = Rút đồng ý
privacy-keep = Giữ nguyên
privacy-which = Đồng chí muốn rút đồng ý mục nào?
privacy-sure-reading =
    Rút đồng ý mục "Theo dõi đã mở văn bản"?
    Những lần mở đã ghi sẽ xóa. Lời "đã đọc" của đồng chí vẫn giữ.
privacy-sure-study =
    Rút đồng ý mục "Thời gian học"?
    Số phút đã đếm sẽ xóa hết.
privacy-withdrawn-reading = Đã rút đồng ý và xóa những lần mở đã ghi. Lời "đã đọc" của đồng chí vẫn giữ.
privacy-withdrawn-study = Đã rút đồng ý và xóa số phút đã đếm. Từ nay không đếm nữa.
privacy-nothing-given = Đồng chí chưa đồng ý mục nào, nên không có gì để rút ạ.
privacy-links-sure =
    Hủy mọi đường dẫn mở văn bản đã gửi cho đồng chí?
    Nên hủy khi mất điện thoại, hoặc lỡ chuyển tin cho người khác.
    Sau đó nhắn VĂN BẢN MỚI để nhận đường dẫn mới.
privacy-links-yes = Hủy các liên kết cũ
privacy-links-no = Giữ nguyên
privacy-links-cut = Đã hủy mọi đường dẫn cũ của đồng chí. Nhắn VĂN BẢN MỚI để nhận đường dẫn mới.
