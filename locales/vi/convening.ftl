# Triệu tập: danh sách gọi điện, tình nguyện viên
convening-choice-calls = Danh sách gọi điện
convening-choice-behalf = Ghi hộ
convening-calls =
    XIN GỌI ĐIỆN: { $count } đồng chí chưa xác nhận { $name }, { $moment }.
convening-all-confirmed = Mọi người đã xác nhận { $name }. Không cần gọi điện nữa ạ.
convening-number = • { $name }: { $phone }
convening-no-number = • { $name }: chưa có số điện thoại
convening-cut-off =
    { $count } đồng chí không nhận được tin triệu tập { $name }; đã nhờ tình nguyện viên tới nhà { $asked }.
    Xin báo các đồng chí:
convening-errand =
    NHỜ ĐỒNG CHÍ tới nhà báo ngay { $name }.
    { $where }
convening-visit = • { $who }: { $details }
convening-no-address = chưa có địa chỉ, xin hỏi bí thư
convening-choice-told = Đã báo { $who }
convening-was-told =
    { $helper } đã tới báo { $who } về { $name }.
    Có câu trả lời thì xin ghi hộ.
convening-thanks = Cảm ơn đồng chí. Đã báo bí thư là { $who } đã biết.
convening-no-volunteer = Việc này dành cho tình nguyện viên của chi bộ ạ.
convening-nothing = Hiện không có cuộc triệu tập nào sắp tới ạ.
convening-which = Gọi điện cho cuộc họp nào?
