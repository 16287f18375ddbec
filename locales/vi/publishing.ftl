# Phát hành văn bản: sửa thông tin, tùy chọn, nơi nhận, bản thay thế, chuyển xuống, thu hồi
publishing-length = Xin viết từ { $least } đến { $most } ký tự.
publishing-unset = chưa đặt
publishing-yes = có
publishing-no = không
publishing-keep = Giữ nguyên
publishing-more = Xem tiếp
publishing-review = Xong, xem lại
publishing-correct-label = Sửa thông tin
publishing-scope-label = Đổi nơi nhận
publishing-options-label = Tùy chọn

# Loại văn bản
publishing-kind-nq = Nghị quyết
publishing-kind-ct = Chỉ thị
publishing-kind-kl = Kết luận
publishing-kind-qd = Quyết định, quy định
publishing-kind-qdi = Quy định
publishing-kind-qc = Quy chế
publishing-kind-hd = Hướng dẫn
publishing-kind-kh = Kế hoạch
publishing-kind-ctr = Chương trình
publishing-kind-da = Đề án
publishing-kind-tt = Thông tri, thông tư
publishing-kind-ttr = Tờ trình
publishing-kind-bc = Báo cáo
publishing-kind-tb = Thông báo
publishing-kind-bb = Biên bản
publishing-kind-cv = Công văn
publishing-kind-gm = Giấy mời
publishing-kind-nd = Nghị định
publishing-kind-luat = Luật
publishing-kind-none = Không rõ loại
publishing-kind-unknown = Chưa rõ loại văn bản. Xin chọn trong danh sách, hoặc viết như: kế hoạch.
publishing-ask-kind = Văn bản thuộc loại nào? Đang ghi: { $kind }.

# Sửa thông tin
publishing-ask-edit = Đồng chí muốn sửa phần nào?
publishing-edit-number = Sửa số
publishing-edit-date = Sửa ngày ban hành
publishing-edit-summary = Sửa trích yếu
publishing-edit-kind = Sửa loại văn bản
publishing-edit-issuer = Sửa cơ quan ban hành
publishing-ask-summary-again =
    Trích yếu: { $summary }
    Muốn sửa, xin viết lại một câu ngắn.
publishing-ask-date = Văn bản ban hành ngày nào? Xin viết như 16/6/2022.
publishing-ask-date-again = Ngày ban hành: { $day }. Muốn sửa, xin viết lại, ví dụ 16/6/2022.
publishing-ask-date-bad =
    Văn bản ghi ngày { $written }, nhưng không có ngày đó.
    Xin viết lại ngày ban hành, ví dụ 16/6/2022.
publishing-date-skip = Không ghi ngày
publishing-date-unclear = Chưa rõ ngày. Xin viết như 16/6/2026.
publishing-date-past = Ngày { $day } đã qua. Xin viết một ngày sắp tới.
publishing-ask-issuer = Cơ quan nào ban hành văn bản? Xin viết tên.
publishing-ask-issuer-again = Cơ quan ban hành: { $issuer }. Muốn sửa, xin viết lại tên.

# Tùy chọn
publishing-ask-options = Tùy chọn cho văn bản này. Chọn số để đổi.
publishing-option-deadline = Hạn đọc: { $day }
publishing-option-download = Cho tải về: { $state }
publishing-option-guidance = Để ở mục Hướng dẫn nghiệp vụ: { $state }
publishing-option-check = Câu hỏi kiểm tra: { $state }
publishing-option-expiry = Ngày hết hiệu lực: { $day }
publishing-has-deadline = hạn đọc { $day }
publishing-has-expiry = hiệu lực hết ngày { $day }
publishing-has-no-download = không cho tải về
publishing-has-guidance = mục Hướng dẫn nghiệp vụ
publishing-has-check = có câu hỏi kiểm tra
publishing-ask-deadline = Cần đọc xong trước ngày nào? Có thể viết ngày, ví dụ 30/11.
publishing-in-days = { $days } ngày
publishing-no-deadline = Không đặt hạn
publishing-ask-expiry = Văn bản có hiệu lực đến hết ngày nào? Xin viết như 31/12/2026.
publishing-no-expiry = Không có ngày hết hiệu lực
publishing-ask-check =
    Xin viết câu hỏi ngắn để người đọc trả lời khi báo đã đọc.
    Ví dụ: Chi bộ họp định kỳ vào ngày nào?
publishing-no-check = Không đặt câu hỏi
publishing-ask-answers =
    { $question }
    Xin viết 2 đến 4 câu trả lời, cách nhau bằng dấu chấm phẩy.
    Ví dụ: Ngày 3; Ngày 15; Ngày cuối tháng
publishing-answers-wrong = Cần { $least } đến { $most } câu trả lời khác nhau, cách nhau bằng dấu chấm phẩy. Xin viết lại.
publishing-ask-right =
    { $question }
    Câu trả lời nào đúng?

# Nơi nhận
publishing-ask-scope = Gửi cho những ai ở { $name }? Có thể viết tên, cách nhau bằng dấu phẩy.
publishing-circle-all = Tất cả đảng viên
publishing-circle-secretaries = Bí thư, phó bí thư
publishing-circle-committee = Chi ủy, cấp ủy
publishing-circle-volunteers = Tình nguyện viên
publishing-circle-list = Danh sách tự chọn
publishing-elsewhere = Nơi khác
publishing-ask-people =
    Xin viết tên người hoặc tên chi bộ, cách nhau bằng dấu phẩy.
    Đang chọn: { $chosen }.
publishing-ask-which-person = Có nhiều người cùng tên. Đồng chí muốn chọn ai?
publishing-nobody-yet = chưa có ai
publishing-show-list = Chọn trong danh sách
publishing-list-done = Xong ({ $count })
publishing-list-empty = Danh sách còn trống. Xin viết tên, hoặc chọn trong danh sách.
publishing-is-chosen = (đã chọn) { $name }
publishing-names-and-more = { $names } và { $more } tên nữa
publishing-not-in-one-place = Những tên này không cùng thuộc một nơi mà đồng chí phụ trách. Xin gửi riêng cho từng nơi.
publishing-preview-listed = Nơi nhận: { $name }, { $reachable }/{ $members } người, không đăng nhóm; { $missing } chưa có tài khoản
publishing-readers-before = những người đã nhận bản trước
publishing-preview-version = bản { $version }
publishing-preview-link = đường dẫn { $link }
publishing-link-wrong = Trợ lý chỉ nhận đường dẫn bắt đầu bằng https://. Xin kiểm tra lại, hoặc gửi tệp.

# Bản thay thế
publishing-replace-label = Gửi bản thay thế
publishing-ask-replace = Đã có văn bản { $title }, gửi ngày { $sent }. Văn bản này thay bản trước?
publishing-ask-replace-gone = Bản trước không còn ở đó nữa. Xin chọn để gửi như văn bản mới.
publishing-replace-yes = Thay bản trước
publishing-replace-no = Là văn bản khác
publishing-ask-new-version = Xin gửi bản thay cho { $title }: tệp, ảnh chụp hoặc dán nội dung. Nơi nhận giữ như bản trước.
publishing-is-new-version = Đây là bản thay thế (bản { $version }). Bản trước không còn dùng.
publishing-replaced-meanwhile = Văn bản { $title } vừa có bản mới hoặc đã thu hồi nên chưa gửi gì. Xin xem lại rồi gửi từ bản mới nhất.
publishing-read-by = Xin đọc trước hết { $day }.

# Chuyển xuống các cấp
publishing-direct-label = Thêm ý kiến chỉ đạo
publishing-directing = thêm ý kiến chỉ đạo
publishing-direction = Ý kiến của { $name }: { $text }
publishing-direction-letter =
    Ý KIẾN CHỈ ĐẠO về { $title }
    { $said }
    Đọc xong văn bản, xin bấm hoặc nhắn: ĐÃ ĐỌC.
publishing-title-direction = Ý kiến chỉ đạo về { $title }
publishing-ask-direction =
    Xin viết ý kiến của { $name } về { $title } (không quá { $most } ký tự).
    Mọi người ở dưới sẽ nhận được ý kiến này.
publishing-direction-preview =
    XEM LẠI Ý KIẾN TRƯỚC KHI GỬI
    { $said }
    Nơi nhận: { $name } – { $members } người, { $reachable } nhận được.
    { $cost }
publishing-direct-again = Viết lại
publishing-directed = Đã gửi ý kiến về { $title } tới { $reachable } đồng chí. Ai mở văn bản cũng thấy ý kiến này.
publishing-pass-label = Chuyển tiếp xuống
publishing-ask-pass =
    Chuyển tiếp { $title } xuống { $name }?
    Thêm { $members } đảng viên sẽ nhận văn bản này.
    { $cost }
publishing-pass-send = Chuyển tiếp
publishing-pass-not = Chưa chuyển
publishing-pass-kept = Chưa chuyển tiếp. Khi cần, xin nhắn: CHUYỂN TIẾP.
publishing-passed = Đã chuyển tiếp { $title } xuống { $name }: thêm { $members } đảng viên nhận.
publishing-passed-already = { $title } đã gửi đủ đảng viên ở { $name }, không cần chuyển tiếp.
publishing-nothing-to-pass = Chưa có văn bản nào gửi riêng cho đồng chí để chuyển tiếp.

# Thu hồi
publishing-withdrawing = nêu lý do thu hồi
publishing-withdrawn =
    Đã thu hồi { $title }. Bản giấy và tệp đã tải về, xin thu hồi riêng.
    Vì sao thu hồi? Chọn số hoặc viết ngắn gọn; ai mở văn bản sẽ thấy lý do.
publishing-withdrawn-because =
    Văn bản { $title } đã được thu hồi, không cần đọc nữa.
    Lý do: { $because }.
publishing-because-mistake = Nội dung có sai sót
publishing-because-wrong-place = Gửi nhầm nơi nhận
publishing-because-outdated = Không còn phù hợp
publishing-because-nothing = Không nêu lý do
publishing-withdrawn-noted = Đã ghi lý do thu hồi { $title }: { $because }.
publishing-withdrawn-noted-nothing = Vâng, không nêu lý do.
