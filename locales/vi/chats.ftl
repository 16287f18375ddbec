# Nhóm
chats-joined =
    Kính chào các đồng chí! Tôi là Trợ lý chi bộ.
    Xin bí thư nhắn tại nhóm này: /nhom để kết nối nhóm với chi bộ.
    Việc riêng, xin nhắn riêng cho Trợ lý.
chats-rejoined = Kính chào các đồng chí! Trợ lý chi bộ đã trở lại nhóm.
chats-connected =
    Nhóm này đã kết nối với { $name }.
    Trợ lý báo tại đây: lịch họp, văn bản mới, số người đã báo dự.
    Không nêu tên người vắng, không hỏi số đảng viên, không lưu chuyện trò.
    Báo dự, báo vắng, hỏi đáp: xin nhắn riêng.
chats-connected-already =
    Nhóm này đang kết nối với { $name }.
    Muốn đổi, người phụ trách nơi đó nhắn NGẮT KẾT NỐI NHÓM trước.
chats-which = Kết nối nhóm này với tổ chức nào? Xin người phụ trách bấm chọn.
chats-which-name =
    Kết nối nhóm này với tổ chức nào? Xin nhắn lại, kèm tên, ví dụ: /nhom thôn 3.
    { $names }
chats-which-by-name = Đồng chí phụ trách nhiều nơi. Xin nhắn kèm tên, ví dụ: /nhom thôn 3.
chats-no-such-organization = Chưa thấy tổ chức này trong phạm vi đồng chí phụ trách. Xin nhắn kèm tên, ví dụ: /nhom thôn 3.
chats-not-connected = Nhóm này chưa kết nối với chi bộ nào.
chats-disconnected =
    Đã ngắt kết nối nhóm này với { $name }.
    Trợ lý không gửi tin vào đây nữa. Kết nối lại: nhắn /nhom.
chats-removed =
    Trợ lý vừa bị đưa ra khỏi nhóm của { $name }. Tin chung sẽ không đến nhóm đó nữa.
    Muốn dùng lại, xin thêm Trợ lý vào nhóm rồi nhắn /nhom tại nhóm.
chats-blocked =
    Xin gọi điện cho { $count } đồng chí không còn nhận được tin của Trợ lý: { $names }.
    Có thể đã chặn, hoặc tài khoản không còn.
    Khi đồng chí ấy nhắn lại cho Trợ lý thì tin lại đến như trước.
chats-blocked-more = { $names } và { $rest } người khác
chats-how =
    Xin nhắn ngay trong nhóm cần kết nối, không nhắn ở đây.
    1) Thêm Trợ lý vào nhóm của chi bộ.
    2) Tại nhóm, nhắn: { $mention } /nhom
