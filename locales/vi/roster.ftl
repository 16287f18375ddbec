# Danh sách đảng viên: nhập từ Excel, CSV; tạo danh sách tập dượt (người vận hành đọc trên màn hình)

# Lý do từng dòng
roster-number-missing = Thiếu số thẻ (số định danh) đảng viên.
roster-number-is-none = Không phải số thẻ đảng viên: phải có ít nhất 6 chữ số, không có chữ hay dấu lạ.
roster-number-is-decimal = Excel đã đổi số thẻ thành số thập phân. Xin định dạng cột này là Văn bản (Text) rồi nhập lại số.
roster-number-is-rounded = Excel đã làm tròn số thẻ (dạng 1,2E+11) nên các chữ số cuối đã mất. Xin định dạng cột này là Văn bản (Text) rồi nhập lại số.
roster-number-lost-zero = Excel đã bỏ số 0 ở đầu: các dòng khác có { $digits } chữ số. Xin định dạng cột này là Văn bản (Text) rồi nhập lại số.
roster-number-wrong-length = Số thẻ có { $found } chữ số, trong khi phải có { $digits }.
roster-number-twice = Trùng với dòng { $row } (trang { $sheet }), cùng số, cùng họ tên. Dòng này bỏ qua.
roster-number-of-two = Trùng số với dòng { $row } (trang { $sheet }) nhưng khác họ tên hoặc khác chi bộ. Cả hai dòng chưa nhập; xin xem số nào đúng.
roster-name-empty = Thiếu họ và tên.
roster-name-is-none = Không phải họ và tên: có chữ số hoặc dấu lạ, hay quá dài.
roster-name-differs = Số này đang là của { $name }. Vẫn nhập theo họ tên mới; xin kiểm tra có nhầm số không.
roster-date-is-none = Không đọc được ngày. Xin viết ngày/tháng/năm, ví dụ 03/02/1958.
roster-date-short-year = Năm phải đủ bốn chữ số, ví dụ 03/02/1958.
roster-date-wrong-year = Năm { $year } không hợp lý.
roster-date-wrong-month = Không có tháng { $month }. Xin viết theo thứ tự ngày/tháng/năm.
roster-date-wrong-day = Không có ngày { $day }/{ $month }/{ $year }: tháng { $month } năm { $year } chỉ có { $days } ngày.
roster-date-in-future = Ngày này chưa đến.
roster-date-wrong-age = Tính ra { $age } tuổi, không hợp lý.
roster-date-before-birth = Ngày vào Đảng không khớp với năm sinh { $born }.
roster-date-incomplete = Chưa đủ ngày, tháng, năm nên để trống ngày vào Đảng; người này vẫn được nhập.
roster-phone-is-none = Không phải số điện thoại; người này vẫn được nhập, chưa có số.
roster-role-unknown = Không rõ chức vụ “{ $role }”. Dùng được: Bí thư, Phó bí thư, Chi ủy viên, Thư ký, Tổ trưởng tổ đảng, Tình nguyện viên, Cán bộ đảng ủy, Quản trị, hoặc để trống. Nếu cột này ghi chức vụ chính quyền, đoàn thể thì bỏ cột bằng --map với dòng role = "".
roster-status-unknown = Không rõ trạng thái. Dùng được: đang sinh hoạt, miễn sinh hoạt, sinh hoạt tạm thời nơi khác, đình chỉ, chuyển đi, từ trần, ra khỏi Đảng.
roster-standing-unknown = Không rõ loại. Dùng được: chính thức, dự bị, tình nguyện viên.
roster-has-phone-unknown = Không rõ có điện thoại thông minh hay không (ghi có hoặc không); người này vẫn được nhập.
roster-title-unknown = Không rõ cách xưng hô (dùng được: { $titles }); người này vẫn được nhập, gọi là đồng chí.
roster-cell-is-broken = Ô này là công thức bị lỗi. Xin sửa công thức hoặc gõ giá trị.
roster-secretary-twice = Chi bộ này đã có bí thư ở dòng { $row } (trang { $sheet }). Vẫn nhập cả hai; xin kiểm tra lại.
roster-branch-missing = Thiếu tên chi bộ.
roster-branch-unknown = Chưa có chi bộ này.{ $hint }
roster-branch-code-unknown = Chưa có mã chi bộ này.
roster-branch-ambiguous = Có nhiều chi bộ trùng tên: { $communes }. Xin thêm cột Đảng ủy (xã, phường) hoặc Mã chi bộ.
roster-branch-elsewhere = { $branch } không thuộc { $under }.
roster-branch-without-commune = Chưa có chi bộ này và không rõ thuộc xã, phường nào nên chưa lập được. Xin thêm cột Đảng ủy.
roster-commune-unknown = Chưa có đảng bộ “{ $commune }”.{ $hint }
roster-commune-ambiguous = Có nhiều đảng bộ tên “{ $commune }”. Xin ghi rõ xã hay phường, hoặc thêm cột Mã đảng bộ.
roster-hint = { " " }Gần giống: { $names }.

# Tệp không dùng được
roster-file-unreadable = Không mở được tệp: { $reason }.
roster-file-wrong-kind = Không nhận loại tệp này ({ $kind }). Dùng được: .xlsx, .xls, .ods, .csv.
roster-file-empty = Tệp không có dữ liệu.
roster-file-has-password = Tệp có mật khẩu. Xin mở bằng Excel, bỏ mật khẩu rồi lưu lại.
roster-file-broken = Tệp bị hỏng hoặc không đúng định dạng. Xin mở bằng Excel rồi lưu lại thành .xlsx.
roster-file-too-large = Tệp quá lớn, không phải danh sách đảng viên.
roster-file-is-web-page = Tệp này là trang web mang đuôi Excel. Xin mở bằng Excel rồi lưu lại thành .xlsx.
roster-file-is-no-spreadsheet = Nội dung tệp không phải bảng tính Excel. Nếu là tệp văn bản, xin đổi đuôi thành .csv.
roster-file-is-spreadsheet = Nội dung tệp là bảng tính Excel nhưng mang đuôi văn bản. Xin đổi đuôi thành .xlsx hoặc .xls.
roster-file-wrong-encoding = Không đọc được chữ trong tệp. Xin lưu lại dạng CSV UTF-8.
roster-no-headers = Không tìm thấy dòng tiêu đề (cần ít nhất Họ và tên và một cột nữa). Xin xem lại tệp, hoặc chỉ rõ bằng --map.

# Tệp --map và các lựa chọn
roster-map-unreadable = Không đọc được tệp --map: { $reason }.
roster-map-unknown-field = Tệp --map có dòng “{ $field }” không dùng được. Tên dùng được: { $fields }, sheet, header_row, number_digits.
roster-map-wrong-setting = Tệp --map: giá trị của { $field } không đúng kiểu.
roster-map-no-such-header = Tệp --map: không có cột “{ $header }” (cho { $field }) trong danh sách.
roster-create-needs-under = --create-organizations cần thêm --under MÃ: lập chi bộ mới dưới tổ chức nào.
roster-under-unknown = Chưa có tổ chức mã { $code }. Các mã đang có: { $codes }.
roster-under-needs-name = Cơ sở dữ liệu chưa có tổ chức nào. Xin thêm --create-organizations, --under { $code } và --under-name "Đảng bộ …".

# Kết quả
roster-dry-run = CHẠY THỬ, chưa ghi gì.
roster-done = ĐÃ NHẬP.
roster-no-change = Không có gì thay đổi.
roster-count-rows = Dòng về người: { $count }
roster-count-organizations = Tổ chức mới: { $count }
roster-count-added = Thêm mới: { $count }
roster-count-changed = Thay đổi: { $count }
roster-count-moved = Chuyển chi bộ: { $count }
roster-count-returned = Trở lại: { $count }
roster-count-left = Đã rời (theo cột trạng thái): { $count }
roster-count-removed = Đã rời (không còn trong danh sách đầy đủ): { $count }
roster-count-missing = Không có trong tệp này, giữ nguyên: { $count }
roster-count-granted = Giao chức vụ: { $count }
roster-count-revoked = Thôi chức vụ: { $count }
roster-count-unchanged = Giữ nguyên: { $count }
roster-count-passed_over = Đã rời từ trước, bỏ qua: { $count }
roster-count-bad = Dòng lỗi, chưa nhập: { $count }
roster-line-organization = + tổ chức { $code }: { $name }
roster-line-added = + { $name } (số { $number }), { $unit }
roster-line-changed = ~ { $name } (số { $number }): { $fields }
roster-line-moved = > { $name } (số { $number }): { $before } → { $after }
roster-line-returned = > { $name } (số { $number }) trở lại, { $after }
roster-line-left = - { $name } (số { $number }), { $before }
roster-line-removed = - { $name }, { $unit }: không còn trong danh sách
roster-line-missing = ? { $name }, { $unit }: không có trong tệp này
roster-line-granted = + chức vụ { $role }: { $name }, { $unit }
roster-line-revoked = - chức vụ { $role }: { $name }, { $unit }
roster-line-more = … và { $count } dòng nữa
roster-problem = Trang { $sheet }, dòng { $row }, cột { $column } { $header }: [{ $shown }] { $reason }
roster-problem-kept = (vẫn nhập) { $line }
roster-problem-rowless = Trang { $sheet }, dòng { $row }: { $reason }
roster-more-problems = … và { $count } lỗi nữa. Xem đủ bằng --report TỆP.csv.
roster-report-written = Đã ghi danh sách lỗi vào { $path }.
roster-report-failed = Không ghi được { $path }: { $reason }.
roster-report-header-sheet = Trang
roster-report-header-row = Dòng
roster-report-header-column = Cột
roster-report-header-header = Tiêu đề
roster-report-header-shown = Giá trị
roster-report-header-reason = Lý do
roster-report-header-kept = Vẫn nhập
roster-yes = có
roster-no = không
roster-stage-read = Đọc tệp
roster-stage-check = Kiểm tra
roster-stage-compare = So sánh
roster-stage-write = Ghi

# Tên các cột và chức vụ
roster-field-full_name = họ và tên
roster-field-standing = loại
roster-field-status = trạng thái
roster-field-birth_date = ngày sinh
roster-field-phone = điện thoại
roster-field-address = địa chỉ
roster-field-has_phone = điện thoại thông minh
roster-field-title = xưng hô
roster-field-joined_on = ngày vào Đảng
roster-role-secretary = bí thư
roster-role-deputy = phó bí thư
roster-role-committee = chi ủy viên
roster-role-clerk = thư ký
roster-role-cell-leader = tổ trưởng tổ đảng
roster-role-volunteer = tình nguyện viên
roster-role-officer = cán bộ đảng ủy
roster-role-operator = quản trị

# Danh sách tập dượt
roster-demo-written = Đã tạo danh sách hư cấu { $members } người: { $path }
roster-demo-wrong-format = Chỉ tạo được tệp .xlsx hoặc .csv.
roster-demo-errors = Trong đó có { $count } dòng lỗi để tập dượt.
roster-demo-wrong-size = Cần ít nhất { $branches } người (mỗi chi bộ một người), và số dòng lỗi không quá một phần mười số người.
