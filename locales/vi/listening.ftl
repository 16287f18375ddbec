# Nghe văn bản
listening-listen-label = Nghe đọc
listening-heard-label = Đã nghe xong
listening-next-label = Nghe tiếp phần { $part } trên { $total }
listening-minutes = { $minutes } phút { $seconds } giây
listening-seconds = { $seconds } giây
listening-caption = Phần { $part } trên { $total } – { $title } ({ $length })
listening-caption-whole = { $title } ({ $length })
listening-whole-page = Nghe tất cả các phần tại: { $link }
listening-being-made =
    Bản nghe của { $title } đang được chuẩn bị.
    Xong, Trợ lý gửi đồng chí ngay tại đây.
listening-none =
    Văn bản này chưa có bản nghe.
    Xin mở văn bản để đọc, hoặc bấm Hỏi để đề nghị chi ủy đọc và gắn bản nghe.
listening-no-text =
    Máy chưa đọc được văn bản này: bản quét, không có chữ.
    Xin nhờ người nhà đọc, hoặc đề nghị bí thư đọc và gắn bản nghe.
listening-no-address =
    Chưa gửi được bản nghe qua Zalo: máy chủ chưa có địa chỉ công khai.
    Xin mở văn bản để đọc, hoặc gọi thư ký chi bộ.
listening-in-private = Xin nhắn riêng cho Trợ lý chi bộ để nghe văn bản.
listening-which = Đồng chí muốn nghe văn bản nào?
listening-which-unmade =
    Đồng chí muốn nghe văn bản nào?
    Trợ lý chuẩn bị xong sẽ gửi tại đây.
listening-nothing = Chưa có văn bản nào để nghe. Có bản nghe, nút Nghe đọc hiện dưới văn bản.

# Khi không làm được
listening-failed =
    Chưa làm được bản nghe của { $title }. Lỗi ở máy, không phải do đồng chí.
    Xin mở văn bản để đọc; lúc khác bấm Nghe đọc để thử lại.
listening-failed-no-text =
    Máy chưa đọc được { $title }: bản quét, không có chữ.
    Xin nhờ người nhà đọc, hoặc đề nghị bí thư đọc và gắn bản nghe.
listening-failed-off = Chưa có bản nghe của { $title }: chức năng máy đọc đang tắt.
listening-failed-unplayable =
    Không mở được đoạn ghi âm của { $title }.
    Xin ghi lại bằng tin nhắn thoại, hoặc gửi tệp MP3, M4A.
listening-failed-silent =
    Đoạn ghi âm của { $title } không có tiếng.
    Xin kiểm tra micrô rồi ghi lại.

# Gắn bản đọc
listening-attach-label = Gắn bản đọc
listening-attaching = gắn bản đọc cho { $title }
listening-ask-sound =
    Xin đọc văn bản { $title } bằng tin nhắn thoại, hoặc gửi tệp ghi âm (MP3, M4A).
    Có thể gửi nhiều đoạn, theo thứ tự.
listening-ask-sound-zalo =
    Xin đọc văn bản { $title } bằng tin nhắn thoại tại đây.
    Có thể gửi nhiều đoạn, theo thứ tự.
listening-ask-attach =
    Gắn { $count } đoạn ghi âm này làm bản đọc của { $title }?
    Mọi người nhận văn bản sẽ nghe được giọng này; người đọc đã đồng ý.
    Nội dung đọc đúng văn bản, không có bí mật nhà nước.
listening-attach-now-label = Gắn
listening-attach-more-label = Tôi gửi thêm đoạn
listening-attach-anew-label = Ghi lại từ đầu
listening-remove-label = Bỏ bản đọc
listening-keep-label = Giữ như cũ
listening-recorded-already = Văn bản { $title } đã có bản đọc. Đồng chí muốn làm gì?
listening-send-next = Xin gửi đoạn tiếp theo.
listening-attached =
    Đã nhận bản đọc của { $title }.
    Máy đang xử lý; xong sẽ báo đồng chí tại đây.
listening-recording-ready = Đã gắn bản đọc cho { $title }: { $parts } phần, { $length }. Đồng chí nghe thử nhé.
listening-removed = Đã bỏ bản đọc của { $title }.
listening-no-sound = Đây chưa phải đoạn ghi âm. Xin gửi tin nhắn thoại, hoặc tệp MP3, M4A.
listening-too-many = Mỗi văn bản gắn nhiều nhất { $most } đoạn. Xin bấm Gắn, hoặc HỦY để ghi lại.
listening-zalo-no-files =
    Trên Zalo, Trợ lý không nhận được tệp.
    Xin bấm giữ micrô và đọc thành tin nhắn thoại tại đây.

# Lời máy nói
listening-spoken-part = Phần { $part } trên { $total }.
listening-spoken-part-end = Hết phần { $part }.
listening-spoken-end = Hết văn bản.
listening-spoken-cut = Bản nghe dừng ở đây. Phần còn lại xin đọc trong văn bản.
listening-file-name = phan-{ $part }
