# Giao việc theo kế hoạch trong tệp Excel
taskplan-title = giao việc theo tệp Excel
taskplan-ask-file =
    Xin gửi tệp Excel (.xlsx) của kế hoạch vào đây.
    Tệp cần cột "Nội dung công việc" và "Người thực hiện"; nên có cột "Thời hạn".
taskplan-ask-file-link =
    Xin mở đường dẫn này rồi chọn tệp Excel (.xlsx) của kế hoạch:
    { $link }
    Đường dẫn dùng một lần, trong { $minutes } phút. Tệp cần cột "Nội dung công việc" và "Người thực hiện".
taskplan-zalo-no-files = Trên Zalo Trợ lý chưa nhận được tệp. Xin gửi qua Telegram, hoặc giao từng việc: nhắn GIAO VIỆC.
taskplan-not-xlsx = Tệp này không phải bảng tính Excel. Xin gửi tệp .xlsx (trong Excel: Lưu thành, Excel Workbook).
taskplan-no-headers =
    Không thấy dòng tiêu đề của kế hoạch trong tệp này.
    Cần ít nhất hai cột: "Nội dung công việc" và "Người thực hiện". Nhắn MẪU KẾ HOẠCH để lấy tệp mẫu.
taskplan-empty = Kế hoạch này chưa có việc nào. Xin điền các dòng rồi gửi lại.
taskplan-too-long = Kế hoạch này quá nhiều việc (trên { $most }). Xin chia thành mấy tệp.
taskplan-preview = Đã đọc kế hoạch. Giao { $count } việc cho { $doers } người?
taskplan-none-new = Đã đọc kế hoạch. Không có việc mới để giao.
taskplan-known = Việc đã giao trước: đổi hạn { $moved }, giữ nguyên { $same }.
taskplan-faults = { $count } dòng có lỗi, chưa giao được:
taskplan-held = Tệp có dấu hiệu lưu hành hạn chế. Chỉ nội dung từng việc được gửi, cho đúng người làm.
taskplan-rows = Việc { $first }–{ $last } trong { $count } việc của kế hoạch:
taskplan-nothing-new = Không giao việc mới. Đổi hạn { $moved } việc, giữ nguyên { $same } việc.
taskplan-left = Còn { $count } dòng lỗi. Sửa trong tệp rồi gửi lại cả tệp, việc đã giao không bị giao lại.
taskplan-template =
    Tệp mẫu kế hoạch giao việc: điền rồi gửi lại vào đây.
    Tên người chọn trong danh sách có sẵn.
taskplan-template-link =
    Mở đường dẫn này để tải tệp mẫu, điền rồi gửi lại (dùng được một giờ):
    { $link }
taskplan-columns = Tệp Excel cần các cột: Nội dung công việc, Người thực hiện, Thời hạn (ví dụ 10/12/2026).
taskplan-file-name = mau-ke-hoach-giao-viec.xlsx
taskplan-sheet = Kế hoạch
taskplan-names = Danh sách
taskplan-how = Mỗi dòng một việc. Người thực hiện chọn trong danh sách. Thời hạn viết như 10/12/2026, để trống nếu không có hạn.
taskplan-column-number = STT
taskplan-column-title = Nội dung công việc
taskplan-column-doer = Người thực hiện
taskplan-column-branch = Chi bộ
taskplan-column-due = Thời hạn
taskplan-column-note = Ghi chú
taskplan-day-past = Thời hạn đã qua. Xin xem lại ngày.
taskplan-upload-title = Gửi kế hoạch giao việc
taskplan-upload-hint = Chọn tệp Excel (.xlsx) của kế hoạch. Không quá { $megabytes } MB.
