# Tệp gửi đến: vì sao không nhận và làm thế nào để gửi được
files-empty = Tệp này trống, không có nội dung. Xin kiểm tra lại rồi gửi đúng tệp.
files-heic =
    Xin đổi ảnh này sang JPEG rồi gửi lại: đây là ảnh HEIC của điện thoại iPhone, Trợ lý chưa mở được.
    Cách nhanh: mở ảnh, chụp màn hình rồi gửi ảnh chụp.
    Lần sau: Cài đặt, Camera, Định dạng, chọn Tương thích nhất.
files-picture = Xin chụp màn hình ảnh này, hoặc lưu thành JPEG hay PNG rồi gửi. Loại ảnh này Trợ lý chưa mở được.
files-drawing = Xin lưu thành PDF hoặc ảnh PNG rồi gửi. Tệp hình vẽ SVG có thể chứa lệnh, Trợ lý không nhận.
files-web-page =
    Trợ lý không nhận trang mạng lưu thành tệp vì có thể chứa lệnh.
    Xin in trang ấy thành PDF rồi gửi, hoặc dán nội dung.
files-program =
    Không nhận: tệp này là chương trình, không phải văn bản.
    Xin không mở tệp này nếu không rõ ai gửi. Cần gửi văn bản, xin gửi PDF hoặc Word (.docx).
files-archive = Xin mở tệp nén (zip, rar) trên máy tính rồi gửi từng văn bản bên trong. Trợ lý không mở tệp nén.
files-rtf = Xin mở bằng Word, lưu lại thành .docx hoặc PDF rồi gửi. Tệp này là kiểu RTF, Trợ lý chưa mở được.
files-slides = Xin lưu bài trình chiếu thành PDF rồi gửi. Trợ lý chưa mở được tệp PowerPoint.
files-open-document = Xin lưu lại thành PDF hoặc .docx rồi gửi. Trợ lý chưa mở được tệp OpenDocument (.odt, .ods).
files-film = Không nhận phim. Xin gửi văn bản, ảnh chụp hoặc tệp âm thanh MP3, M4A.
files-sound = Xin lưu bản ghi âm thành MP3 hoặc M4A rồi gửi. Loại âm thanh này Trợ lý chưa mở được.
files-password-pdf = Xin bỏ mật khẩu của tệp PDF rồi gửi lại. Tệp có mật khẩu thì đảng viên không mở được.
files-password-office = Xin mở tệp, bỏ mật khẩu, lưu lại rồi gửi. Tệp có mật khẩu thì đảng viên không mở được.
files-active-pdf =
    Không nhận: tệp PDF này có lệnh tự chạy, biểu mẫu động hoặc tệp khác đính bên trong.
    Xin mở tệp, chọn In, lưu thành PDF mới rồi gửi bản đó.
files-objects =
    Không nhận: tệp này nhúng tệp khác, hoặc tự lấy nội dung từ nơi khác.
    Xin mở tệp, chọn In, lưu thành PDF rồi gửi bản đó.
files-mixed =
    Không nhận: bên trong tệp này giấu một tệp loại khác.
    Xin chụp ảnh từng trang, hoặc lưu lại thành PDF mới rồi gửi.
files-bomb = Không nhận: tệp này mở ra quá lớn, có thể làm treo máy. Xin gửi bản PDF hoặc ảnh chụp.
files-pixels = Ảnh này quá lớn. Xin chụp màn hình ảnh, hoặc chụp lại từng trang rồi gửi.
files-too-many-pages = Tệp này dài quá { $limit } trang. Xin tách thành vài phần rồi gửi từng phần.
