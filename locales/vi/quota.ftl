# Số tin Zalo trong tháng: dự tính trước khi gửi, gom tin, báo sắp hết
quota-zalo = Zalo
quota-telegram = Telegram
quota-cost = Gửi { $messages } tin { $platform }.
quota-cost-left = Gửi { $messages } tin { $platform }, tháng này còn { $left }/{ $quota } tin.
quota-cost-enough = Gửi { $messages } tin { $platform } qua { $channels } kênh, các kênh còn đủ tin.
quota-cost-many = Gửi { $messages } tin { $platform } qua { $channels } kênh, { $short } kênh sắp hết tin.
quota-how-group = Sắp hết tin nên chỉ đăng nhóm chi bộ, không gửi riêng.
quota-how-group-some = Sắp hết tin nên chỉ đăng nhóm; { $alone } đồng chí không có nhóm nhận tin riêng.
quota-how-digest = Cần để dành tin nên gom với văn bản khác, gửi một tin lúc { $when }.
quota-how-many = Nơi sắp hết tin: { $groups } kênh chỉ đăng nhóm, { $digests } kênh gom tin gửi một lần.
quota-how-many-groups = Nơi sắp hết tin: { $groups } kênh chỉ đăng nhóm.
quota-how-many-digests = Nơi sắp hết tin: { $digests } kênh gom tin gửi một lần.
quota-waits = Không đủ cho { $waits } tin: chờ đến { $day }.
quota-privately-label = Vẫn gửi riêng từng đồng chí

# Một tin gom nhiều việc
quota-digest-head = Có { $count } việc gửi đồng chí:
quota-digest-item = – { $name }: { $brief }
quota-digest-short = – { $name }
quota-digest-look = Muốn xem, xin nhắn: VĂN BẢN MỚI
quota-digest-foot = Xem xong, xin chọn số:
quota-digest-choice = { $label }: { $name }
quota-digest-all-read = Đã đọc cả { $count } văn bản

# Báo cho người phụ trách kênh
quota-warn =
    XIN DÈ TIN: kênh { $channel } sắp hết tin tháng này.
    Đã gửi { $used }/{ $quota } tin, còn { $left } tin đến hết ngày { $last }.
    Việc chung xin đăng nhóm; chỉ nhắc riêng khi thật cần.
    Văn bản tự gom thành một tin lúc { $hour }; giấy mời vẫn gửi riêng.
quota-over =
    HẾT TIN: kênh { $channel } không gửi được nữa trong tháng này.
    Việc gấp xin gọi điện hoặc viết thẳng vào nhóm.
    Đã gửi { $used }/{ $quota } tin. Từ ngày { $day } có tin mới, tin đang chờ sẽ tự gửi.
    Ai có kênh khác vẫn nhận qua kênh ấy; ai nhắn vẫn được ghi lại.
