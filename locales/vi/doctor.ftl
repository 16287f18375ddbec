# sotay doctor
doctor-database-ok = Cơ sở dữ liệu { $kind } trả lời trong { $milliseconds } ms.
doctor-database-bad = Không mở được cơ sở dữ liệu: { $reason }
doctor-database-advice = Kiểm tra SOTAY_DATABASE_URL, quyền ghi thư mục SOTAY_DATA_DIR và tệp khóa SOTAY_KEY_FILE.
doctor-key = Khóa mã hóa: { $path } (giữ một bản sao ở nơi khác, tách khỏi bản sao cơ sở dữ liệu).
doctor-disk = Thư mục dữ liệu { $path }, còn trống { $free } GB.
doctor-disk-advice = Dọn đĩa hoặc chuyển SOTAY_DATA_DIR sang đĩa khác: đĩa đầy thì không nhận tin được.
doctor-clock = Đồng hồ: { $now }, múi giờ { $zone }.
doctor-clock-moved = Đồng hồ đang bị dời theo tệp { $file }.
doctor-clock-advice = Chỉ dùng khi tập huấn. Máy thật: bỏ thiết lập SOTAY_CLOCK_FILE.
doctor-no-public-url = Chưa có SOTAY_PUBLIC_URL: người dùng Zalo không mở được văn bản.
doctor-http-url = Địa chỉ { $url } không phải https.
doctor-public-url-advice = Đặt SOTAY_PUBLIC_URL=https://tên-miền trỏ về máy này (xem docs/operations.md).
doctor-public-url = Địa chỉ cho người dùng: { $url }
doctor-fonts = Có phông chữ trên máy.
doctor-no-fonts = Không thấy phông chữ nào trên máy.
doctor-fonts-advice = Cài gói fonts-noto-core để hình trang văn bản hiện đủ dấu tiếng Việt.
doctor-no-channels = Chưa có kênh nào.
doctor-channels-advice = Thêm bot: sotay channel add zalo TÊN --token-file TỆP
doctor-channel-ok = Kênh { $name } trả lời ({ $account }).
doctor-channel-bad = Kênh { $name } không trả lời tại { $url } ({ $reason }).
doctor-channel-advice = Kiểm tra mạng, địa chỉ và mã bot; thử lại: sotay channel test { $name }
doctor-inbox-failed = { $count } tin nhận được bị gác lại vì lỗi.
doctor-inbox-advice = Xem: sotay inbox list
doctor-channels-ok = { $count } kênh trả lời.
doctor-channel-state = Kênh { $name } đang { $state } { $reason }
doctor-see-channel = Xem: sotay channel list --trouble; mở lại: sotay channel resume KÊNH
doctor-quota = Kênh { $name } đã gửi { $used }/{ $quota } tin của tháng.
doctor-quota-advice = Gửi vào nhóm thay cho tin riêng, hoặc thêm bot cho chi bộ (docs/operations.md, The quota month).
doctor-users = Kênh { $name } đã có { $users }/{ $limit } người: Zalo không nhận thêm người mới.
doctor-users-advice = Thêm một bot nữa cho tổ chức này: sotay channel add
doctor-unowned = Kênh { $name } có { $count } tin chờ nhưng không tiến trình nào gửi.
doctor-unowned-advice = Chạy: sotay run, hoặc sotay run --only sender trên một máy.
doctor-unknown = { $count } tin không rõ đã tới nơi hay chưa (đứt mạng giữa chừng).
doctor-unknown-advice = Xem: sotay outbox list --state unknown; gửi lại: sotay outbox resend; thôi: sotay outbox drop
doctor-overdue = { $count } tin ở tình trạng "sending" quá hạn.
doctor-overdue-advice = Không tiến trình nào có phần scheduler đang chạy: sotay run --only scheduler. Xem: sotay outbox list --state sending
doctor-outbox = Hàng gửi: { $pending } đang chờ, { $sent } đã gửi.
doctor-audit-ok = Nhật ký nguyên vẹn.
doctor-audit-broken = Nhật ký bị sửa hoặc mất từ dòng { $row }.
doctor-audit-advice = So với bản sao lưu gần nhất; báo người phụ trách an toàn thông tin.
doctor-speech-ok = Máy đọc văn bản ({ $engine }) đọc được tiếng Việt.
doctor-speech-off = Máy đọc văn bản đang tắt (SOTAY_SPEECH=off).
doctor-speech-bad = Máy đọc văn bản ({ $engine }) không đọc được: { $reason }.
doctor-speech-espeak-advice = Chạy lại make env để có gói espeakng-loader và av; hoặc đặt SOTAY_SPEECH=off.
doctor-speech-piper-advice = Cài gói piper-tts vào cùng môi trường, đặt SOTAY_SPEECH_VOICE là tệp .onnx của giọng tiếng Việt (tệp .onnx.json để cạnh).
doctor-speech-failed = { $count } bản nghe không làm được.
doctor-speech-failed-advice = Thường là bản quét không có chữ. Nếu không phải, xem nhật ký và bấm Nghe đọc để thử lại.
