# Lệnh sotay questions
questioncli-app = Câu hỏi, kiến nghị: xuất bảng cho báo cáo.
questioncli-export = Xuất câu hỏi, kiến nghị của một tổ chức và các cấp dưới ra tệp Excel; người ẩn tên không có tên.
questioncli-to = Tệp .xlsx cần ghi.
questioncli-organization = Mã tổ chức.
questioncli-year = Chỉ năm này.
questioncli-open = Chỉ những câu chưa trả lời.
questioncli-not-xlsx = { $name }: tên tệp phải có đuôi .xlsx.
questioncli-cannot-write = Không ghi được { $name }: { $reason }
questioncli-exported = Đã ghi { $count } câu hỏi, kiến nghị vào { $name }.
