# Trang việc của tôi, ảnh báo cáo
taskpage-expired = Đường dẫn này đã hết hạn. Xin nhắn NHIỆM VỤ cho Trợ lý chi bộ để nhận đường dẫn mới.
taskpage-wrong-link = Đường dẫn này không mở được. Xin nhắn NHIỆM VỤ cho Trợ lý chi bộ để nhận đường dẫn mới.
taskpage-title = Việc của tôi
taskpage-head = Nhiệm vụ của đồng chí { $name }
taskpage-hint = Muốn trả lời hoặc báo kết quả, xin nhắn số việc cho Trợ lý chi bộ. Ví dụ: việc số 3 đã xong.
taskpage-group-given = Chờ đồng chí trả lời ({ $count })
taskpage-group-accepted = Đang làm ({ $count })
taskpage-group-reported = Đã báo xong, chờ xác nhận ({ $count })
taskpage-group-done = Đã xong từ đầu năm ({ $count })
taskpage-none = Hiện đồng chí không có việc nào.
taskpage-task = Việc số { $number }: { $title }
taskpage-due = Hạn: { $due }
taskpage-state = Tình hình: { $state }
taskpage-giver = Người giao: { $who }
taskpage-picture = Ảnh báo cáo việc số { $number }
taskpage-step-accepted = { $at }: đồng chí đã nhận việc
taskpage-step-progress = { $at }: đồng chí báo xong { $percent }%
taskpage-step-report = { $at }: đồng chí báo đã xong
taskpage-step-extension = { $at }: đồng chí xin gia hạn đến { $until }
taskpage-step-granted = { $at }: được gia hạn đến { $until }
taskpage-step-refused = { $at }: người giao giữ như cũ
taskpage-step-returned = { $at }: người giao nhờ làm tiếp
taskpage-link =
    Trang việc của đồng chí, mở được trong một ngày.
    Xin không chuyển cho người khác.
taskpage-no-page = Trang này chưa mở được ở nơi đây. Nhắn NHIỆM VỤ để xem việc trong tin nhắn.
