# Trang gửi tệp một lần (cho Zalo) và cảnh báo văn bản mật
uploads-alert =
    CẢNH BÁO: vừa có văn bản bị từ chối vì có dấu hiệu bí mật nhà nước.
    Người gửi: đồng chí { $name }, lúc { $when }.
    Trợ lý không lưu văn bản đó. Xin nhắc người gửi xóa tin và làm theo quy định bảo vệ bí mật nhà nước.
uploads-ask-paper =
    Xin gửi ảnh chụp từng trang, hoặc dán nội dung văn bản vào đây.
    Có tệp PDF, Word, Excel thì mở đường dẫn này, chọn tệp rồi bấm XONG:
    { $link }
    Đường dẫn dùng một lần, trong { $minutes } phút. Không gửi văn bản mật.
uploads-line = Tệp PDF, Word, Excel: mở đường dẫn này để gửi (dùng một lần, trong { $minutes } phút): { $link }
uploads-no-files-here =
    Xin mở đường dẫn này để gửi tệp, vì trên Zalo Trợ lý chưa nhận được tệp trong tin nhắn:
    { $link }
    Đường dẫn dùng một lần, trong { $minutes } phút.
uploads-done-label = Đã gửi tệp xong
uploads-received = Đã nhận { $count } tệp, trang ảnh.
uploads-nothing-yet = Chưa có tệp nào. Xin chọn tệp hoặc chụp ảnh trước, rồi bấm XONG.
uploads-wrong-link = Đường dẫn này không mở được. Xin mở lại từ tin nhắn mới nhất của Trợ lý chi bộ.
uploads-expired = Đường dẫn này đã hết hạn. Xin nhắn TIẾP cho Trợ lý chi bộ để nhận đường dẫn mới.
uploads-finished = Đường dẫn này đã dùng xong. Xin quay lại cuộc trò chuyện để làm tiếp.
uploads-no-draft =
    Việc gửi này đã xong hoặc đã hủy trong cuộc trò chuyện.
    Muốn gửi nữa, xin nhắn GỬI VĂN BẢN hoặc GIAO VIỆC THEO KẾ HOẠCH.
uploads-busy = Cuộc trò chuyện đang dở việc khác. Xin làm xong việc đó, hoặc nhắn HỦY, rồi mở lại trang này.
uploads-too-large = Tệp { $name } lớn quá { $megabytes } MB. Xin chụp ảnh từng trang, hoặc chia tệp thành vài phần.
uploads-too-much = Lần gửi này quá nhiều. Xin gửi vài tệp một lần.
uploads-broken-off = Việc gửi bị ngắt giữa chừng. Xin kiểm tra mạng rồi gửi lại.
uploads-nothing-chosen = Chưa chọn tệp nào. Xin bấm CHỌN TỆP hoặc CHỤP ẢNH trước.
uploads-try-again = Trợ lý đang bận. Xin chờ một phút rồi bấm lại.
uploads-title = Gửi văn bản cho Trợ lý chi bộ
uploads-hint = Chọn tệp PDF, Word, Excel, ảnh hoặc âm thanh. Mỗi tệp không quá { $megabytes } MB.
uploads-warning = Không gửi văn bản mật.
uploads-choose = Chọn tệp
uploads-camera = Chụp ảnh
uploads-send = Gửi lên
uploads-sending = Đang gửi…
uploads-taken = Đã nhận: { $name }
uploads-taken-page = Đã nhận một trang ảnh
uploads-not-taken = Không nhận { $name }
uploads-so-far = Lần gửi này hiện có { $count } tệp, trang ảnh.
uploads-more = Còn nữa thì chọn tiếp. Đủ rồi thì bấm XONG.
uploads-done = Xong
uploads-done-title = Đã gửi xong
uploads-done-hint = Xin quay lại cuộc trò chuyện với Trợ lý chi bộ để làm tiếp.
uploads-refused-title = Không nhận văn bản này
uploads-other-browser = Nếu bấm mà không chọn được tệp: bấm dấu ba chấm ở góc màn hình, chọn Mở bằng trình duyệt.
