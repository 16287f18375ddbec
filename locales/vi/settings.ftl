# Khi một thiết lập sai (biến môi trường SOTAY_… hoặc tệp sotay.toml)
settings-unknown = { $name }: không có thiết lập tên này. Xem: sotay settings
settings-number = { $name }: phải là một số.
settings-boolean = { $name }: phải là true hoặc false.
settings-time = { $name }: phải là giờ dạng 21:00.
settings-gt = { $name }: phải lớn hơn { $limit }.
settings-ge = { $name }: phải từ { $limit } trở lên.
settings-lt = { $name }: phải nhỏ hơn { $limit }.
settings-le = { $name }: phải từ { $limit } trở xuống.
settings-zone = { $name }: không phải tên múi giờ, ví dụ Asia/Ho_Chi_Minh.
settings-web-address = { $name }: phải bắt đầu bằng http:// hoặc https://
settings-score-weights = { $name }: phải có đủ các mục của phiếu chấm điểm, không mục nào âm, cộng lại đúng 100.
settings-score-bands = { $name }: phải là ba mốc giảm dần trong khoảng 0 đến 100, ví dụ [90,70,50].
settings-share = { $name }: phải là một phần, ví dụ 1/2 hoặc 2/3.
settings-wrong = { $name }: giá trị không dùng được. Xem: sotay settings
