# Bảng tính Excel không đọc được: vì sao, làm gì
workbook-password = Tệp này có mật khẩu. Xin mở bằng Excel, bỏ mật khẩu, lưu lại rồi gửi.
workbook-old = Tệp này là Excel kiểu cũ (.xls). Xin mở bằng Excel, lưu thành .xlsx rồi gửi.
workbook-bomb = Không nhận: tệp này mở ra quá lớn. Xin chỉ để các dòng cần thiết, lưu lại rồi gửi.
workbook-large = Bảng này quá rộng hoặc quá dài (trên { $rows } dòng hoặc { $columns } cột). Xin chia nhỏ rồi gửi.
workbook-broken = Tệp này hỏng hoặc không phải tệp Excel. Xin mở bằng Excel, lưu lại thành .xlsx rồi gửi.
