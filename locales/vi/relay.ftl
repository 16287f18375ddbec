# Báo hộ người khác
relay-passed-on =
    Đã chuyển lời báo hộ { $whom } tới bí thư. Bí thư sẽ ghi.
    Về phần đồng chí, Trợ lý chưa ghi gì.
relay-nobody = Trợ lý chỉ ghi được cho chính đồng chí. Xin báo bí thư để ghi hộ.
relay-which-of-several = Có mấy người cùng tên. Xin viết đủ họ tên người được báo hộ.
relay-note =
    { $who } báo hộ { $whom }. Bấm 1 để ghi.
    Nguyên văn: { $words }
relay-choice = Ghi cho { $whom }
relay-choice-which = Ghi cho { $whom } – { $meeting }
