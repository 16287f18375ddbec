# Nhiệm vụ: giao, nhận, báo kết quả, gia hạn, xác nhận, chuyển người khác
tasks-no-day = không đặt hạn
tasks-nobody = chưa có người làm
tasks-the-branch = chi bộ
tasks-whose-in = { $who } ({ $place })
tasks-state-given = chưa trả lời
tasks-state-accepted = đã nhận
tasks-state-percent = đã nhận, xong { $percent }%
tasks-state-reported = đã báo xong, chờ xác nhận
tasks-state-done = đã xong
tasks-state-cancelled = đã bỏ
tasks-state-late = { $state }, quá hạn { $days } ngày

# Giao việc
tasks-private-only = Xin nhắn riêng cho Trợ lý chi bộ để giao và xem nhiệm vụ.
tasks-title-give = giao việc
tasks-ask-who =
    Giao việc này cho ai ạ?
    Xin nhắn tên.
tasks-which-member = Có mấy đồng chí cùng tên. Xin chọn:
tasks-nobody-named = Không thấy ai tên như vậy trong danh sách. Xin viết lại họ tên.
tasks-ask-what =
    Giao cho { $who } việc gì ạ?
    Ví dụ: dọn nhà văn hóa, hạn thứ Sáu.
tasks-ask-due =
    Hạn xong ngày nào ạ?
    Xin chọn, hoặc viết ngày. Ví dụ: thứ Sáu, 10/12, cuối tháng.
tasks-preview =
    Giao việc này nhé?
    Việc: { $title }.
    Người làm: { $who }.
    Hạn: { $due }.
tasks-gave = Đã giao việc số { $number } cho { $who }: { $title }.
tasks-gave-several = Đã giao { $count } việc, số { $numbers }.
tasks-tell-in-person = Chưa nhắn được cho: { $names }. Xin báo trực tiếp.
tasks-without-doer = Chưa có người làm: việc số { $numbers }.
tasks-title-long = Nội dung việc dài quá ({ $most } chữ trở xuống). Xin viết gọn lại.
tasks-given =
    { $who } được giao VIỆC SỐ { $number }. Xin trả lời có nhận không.
    { $title }.
    Hạn: { $due }.
    Người giao: { $giver }.
tasks-given-several = { $who } được giao { $count } việc (người giao: { $giver }). Xin trả lời có nhận không.
tasks-given-line = Việc số { $number }: { $title } – hạn { $due }.
tasks-and-more = … và { $count } việc nữa. Nhắn NHIỆM VỤ để xem hết.

# Từ cuộc họp
tasks-title-meeting = giao việc theo kết luận cuộc họp
tasks-no-meeting = Không thấy cuộc họp này nữa ạ.
tasks-no-conclusions = Cuộc họp chưa có kết luận nào để giao việc. Xin ghi kết luận từng mục trước.
tasks-given-already = Kết luận của cuộc họp đã thành { $count } việc: số { $numbers }.
tasks-proposals = Giao { $count } việc theo kết luận? GIAO HẾT, hoặc chọn số để sửa.
tasks-proposals-open =
    Giao { $count } việc theo kết luận? Còn { $open } việc chưa có người làm.
    Xin chọn số để sửa, hoặc GIAO HẾT rồi chọn người sau.
tasks-proposal-line = { $title } – { $who }, hạn { $due }
tasks-proposal =
    { $line }
    Sửa gì ạ? Muốn đổi nội dung, xin viết lại cả câu.
tasks-none-left = Không giao việc nào từ cuộc họp này.

# Người làm
tasks-accepted = Đã ghi: đồng chí nhận việc số { $number }: { $title }. Hạn: { $due }.
tasks-accepted-several = Đã ghi: đồng chí nhận các việc số { $numbers }.
tasks-ask-reason =
    Đồng chí muốn đổi, không nhận việc số { $number }: { $title }. Vì sao ạ?
    Lý do chỉ người giao đọc.
tasks-no-reason = không nêu lý do
tasks-declined = Đã chuyển ý kiến của đồng chí về việc số { $number } tới người giao. Có trả lời, Trợ lý báo ngay.
tasks-declined-unreachable = Đã ghi đồng chí xin đổi việc số { $number }. Chưa nhắn được cho người giao, xin báo trực tiếp.
tasks-ask-progress =
    Việc số { $number }: { $title }. Làm đến đâu rồi ạ?
    Xin chọn, viết một câu, hoặc gửi một ảnh làm báo cáo.
    Xin chỉ gửi ảnh không thuộc bí mật nhà nước.
tasks-progress = Đã ghi việc số { $number } xong { $percent }%: { $title }. Hạn: { $due }.
tasks-reported = Đã báo xong việc số { $number }: { $title }. Người giao sẽ xác nhận.
tasks-reported-unreachable = Đã ghi việc số { $number } xong: { $title }. Chưa nhắn được cho người giao, xin báo trực tiếp.
tasks-reported-own = Việc số { $number } do đồng chí tự giao. Xác nhận xong luôn chứ ạ?
tasks-photo-kept = Đã nhận ảnh kèm theo. Xin chỉ gửi ảnh không thuộc bí mật nhà nước.
tasks-photo-added = Đã nhận ảnh, thêm vào báo cáo việc số { $number }.
tasks-photo-name = anh-bao-cao.jpg
tasks-photos-only = Trợ lý chỉ nhận ảnh hoặc chữ làm báo cáo. Ảnh chưa nhận được, xin gửi lại.
tasks-ask-until =
    Xin gia hạn việc số { $number }: { $title }. Đến ngày nào ạ?
    Xin chọn, hoặc viết ngày. Ví dụ: thứ Hai, 10/12.
tasks-extension-asked = Đã xin gia hạn việc số { $number } đến { $day }. Người giao trả lời, Trợ lý báo ngay.
tasks-extension-unreachable = Đã ghi xin gia hạn việc số { $number } đến { $day }. Chưa nhắn được cho người giao, xin báo trực tiếp.
tasks-extension-not-later = Ngày xin gia hạn phải sau hạn hiện nay ({ $day }). Xin viết lại ngày.
tasks-to-doer = { $who }: { $text }
tasks-not-yours = Việc này không còn giao cho đồng chí ạ. Nhắn NHIỆM VỤ để xem việc của mình.
tasks-unknown = Không thấy việc này nữa ạ.
tasks-is-done = Việc số { $number } đã được xác nhận xong rồi ạ.
tasks-is-cancelled = Việc số { $number } đã bỏ, không phải làm nữa ạ.
tasks-is-reported = Việc số { $number } đã báo xong, đang chờ xác nhận ạ.
tasks-none-open = Hiện đồng chí không có việc nào đang làm ạ.
tasks-none-with-number = Không thấy việc số { $number } của đồng chí. Nhắn NHIỆM VỤ để xem các việc.
tasks-which = Đồng chí nói về việc nào ạ?
tasks-title-which = chọn việc
tasks-title-decline-task = lý do xin đổi việc số { $number }
tasks-title-report-task = báo tiến độ việc số { $number }
tasks-title-extend-task = xin gia hạn việc số { $number }
tasks-number-unsure =
    Trợ lý chưa ghi số vừa nhắn vì có tin về nhiệm vụ chen vào.
    Việc ấy xin trả lời sau: nhắn NHIỆM VỤ.
tasks-thanks = Cảm ơn đồng chí.

# Ngày chưa rõ
tasks-day-unclear = Trợ lý chưa rõ ngày nào. Xin viết một ngày, ví dụ: thứ Sáu, hoặc 10/12.
tasks-day-no-day = Trợ lý chưa thấy ngày nào. Xin viết ngày, ví dụ: thứ Sáu, hoặc 10/12.
tasks-day-mismatch = Ngày ấy là { $day }, không khớp với thứ đã viết. Xin viết lại ngày.
tasks-day-impossible-day = Không có ngày { $written }. Xin viết lại ngày, ví dụ: 10/12.
tasks-day-past = Ngày ấy đã qua rồi ({ $day }). Xin viết ngày sắp tới.
tasks-day-far = Ngày ấy còn xa quá ({ $day }). Xin xem lại năm rồi viết lại.
tasks-day-lunar = Trợ lý chưa hiểu ngày âm lịch. Xin viết ngày dương lịch, ví dụ: 10/12.

# Người giao
tasks-wants-other =
    { $who } xin đổi, không nhận việc số { $number }: { $title }.
    Lý do: { $reason }.
tasks-says-done = { $who } báo đã xong việc số { $number }: { $title }.
tasks-says = Nội dung: { $text }
tasks-with-photo = Có ảnh kèm theo.
tasks-photo = Ảnh báo cáo việc số { $number }.
tasks-no-photo = Việc số { $number } không có ảnh kèm theo.
tasks-photo-elsewhere =
    Ảnh báo cáo việc số { $number } đã lưu, nhưng chưa xem được ở đây.
    Xin xem trên Telegram hoặc hỏi trực tiếp.
tasks-wants-time = { $who } xin gia hạn việc số { $number } đến { $day }: { $title }.
tasks-due-now = Hạn hiện nay: { $day }.
tasks-because = Lý do: { $text }
tasks-confirmed = Đã xác nhận xong việc số { $number } ({ $doer }): { $title }.
tasks-confirmed-several = Đã xác nhận xong { $count } việc: số { $numbers }.
tasks-confirmed-doer = việc số { $number } đã được xác nhận xong: { $title }. Cảm ơn đồng chí.
tasks-returned = Đã báo { $doer }: việc số { $number } chưa xong, làm tiếp.
tasks-returned-doer = việc số { $number } cần làm tiếp: { $title }. Hạn: { $due }.
tasks-was-not-reported = Việc số { $number } chưa được báo xong ạ.
tasks-granted = Đã gia hạn việc số { $number } của { $doer } đến { $day }.
tasks-granted-doer = việc số { $number } được gia hạn đến { $day }: { $title }.
tasks-refused = Đã báo { $doer }: việc số { $number } giữ hạn cũ, { $day }.
tasks-refused-doer = việc số { $number } giữ hạn cũ, { $day }: { $title }.
tasks-extension-answered = Yêu cầu gia hạn việc số { $number } đã có người trả lời rồi ạ. Hạn hiện nay: { $day }.
tasks-request-gone = Yêu cầu về việc số { $number } không còn nữa ạ.
tasks-kept = Đã nhờ { $doer } vẫn làm việc số { $number }.
tasks-moved-doer = Việc số { $number } đổi hạn thành { $day }: { $title }.
tasks-kept-doer = mong đồng chí vẫn giúp việc số { $number }: { $title }. Hạn: { $due }.
tasks-cancelled = Đã bỏ việc số { $number }: { $title }.
tasks-cancelled-doer = việc số { $number } không phải làm nữa: { $title }.
tasks-none-waits = Hiện không có việc nào chờ xác nhận ạ.
tasks-none-open-here = Không còn việc nào để chuyển ạ.

# Chuyển người khác
tasks-title-hand = chuyển việc cho người khác
tasks-ask-hand =
    Chuyển việc số { $numbers } cho ai ạ?
    { $title }
    Xin chọn hoặc nhắn tên.
tasks-handed = Đã chuyển việc số { $numbers } cho { $who }.
tasks-handed-already = Việc này đang do { $who } làm rồi ạ.
tasks-handed-from = việc số { $number } đã chuyển cho người khác: { $title }. Cảm ơn đồng chí.
tasks-doer-left =
    { $who } đã rời chi bộ, còn { $count } việc chưa xong: số { $numbers }.
    Xin chuyển cho người khác.

# Đưa lại như cũ
tasks-undone = Đã đưa việc số { $numbers } về như trước: { $title }.
tasks-undone-several = Đã đưa các việc số { $numbers } về như trước.
tasks-undone-already = Đã đưa về như trước rồi ạ.
tasks-undo-late = Việc số { $number } đã có bước tiếp theo nên không đưa lại được. Nhắn VIỆC SỐ { $number } để xem.
tasks-took-back = { $who } rút lại điều vừa báo về việc số { $number }: { $title }.
tasks-took-back-doer = tin vừa rồi về việc số { $number } là nhầm, mong thông cảm: { $title }.

# Danh sách
tasks-mine = Đồng chí có { $count } việc. Chọn số để báo kết quả:
tasks-line = Việc số { $number }: { $title } – hạn { $due }, { $state }.
tasks-led-line = Việc số { $number }: { $title } – { $who }, hạn { $due }, { $state }.
tasks-card = VIỆC SỐ { $number }: { $title }.
tasks-card-doer = Người làm: { $who }.
tasks-card-due = Hạn: { $due } ({ $state }).
tasks-card-giver = Người giao: { $who }.
tasks-overview = Đang làm { $open } việc, quá hạn { $overdue }, chờ xác nhận { $waiting }.
tasks-overview-done = Từ đầu năm xong { $done } việc, đúng hạn { $in_time } ({ $share }).
tasks-overview-branch = { $name }: đang làm { $open }, quá hạn { $overdue }, đúng hạn { $share }.
tasks-group-counts = Nhiệm vụ của chi bộ: đang làm { $open } việc, quá hạn { $overdue }, đã xong từ đầu năm { $done }.
tasks-list-overdue = { $count } việc quá hạn. Chọn số để xem:
tasks-list-open = { $count } việc đang làm. Chọn số để xem:
tasks-none-overdue = Không có việc nào quá hạn ạ.
tasks-waiting = { $count } việc chờ xác nhận xong:
tasks-waiting-line = Việc số { $number }: { $title } – { $who }.

# Nhắc việc
tasks-reminder =
    { $who } nhớ giúp việc số { $number }: { $title }.
    Hạn: { $due } ({ $state }).
tasks-reminder-several = { $who } nhớ giúp { $count } việc:

# Các lựa chọn
tasks-choice-accept = Nhận việc
tasks-choice-accept-all = Nhận cả { $count } việc
tasks-choice-decline = Xin đổi, không nhận
tasks-choice-decline-one = Xin đổi một việc
tasks-choice-no-reason = Không nêu lý do
tasks-choice-done = Đã xong
tasks-choice-progress = Báo tiến độ
tasks-choice-extend = Xin gia hạn
tasks-choice-photo = Gửi ảnh
tasks-choice-percent-50 = Xong một nửa
tasks-choice-percent-90 = Gần xong
tasks-choice-percent-100 = Đã xong
tasks-choice-right = Đúng
tasks-choice-undo = Sai, đưa lại như cũ
tasks-choice-confirm = Xác nhận xong
tasks-choice-confirm-waiting = Xác nhận cả { $count } việc
tasks-choice-return = Chưa xong, làm tiếp
tasks-choice-see-photo = Xem ảnh
tasks-choice-grant = Đồng ý gia hạn
tasks-choice-refuse = Không đồng ý
tasks-choice-hand = Chuyển người khác
tasks-choice-hand-number = Giao việc số { $number }
tasks-choice-hand-all = Chuyển người khác
tasks-choice-keep = Nhờ vẫn làm giúp
tasks-choice-call-off = Bỏ việc này
tasks-choice-number = Việc số { $number }
tasks-choice-which = Việc số { $number }: { $title }
tasks-choice-of = { $label } – việc số { $number }: { $title }
tasks-choice-more = Xem tiếp
tasks-choice-others = Việc khác đang chờ
tasks-choice-plan = Giao theo tệp Excel
tasks-choice-plan-send = Giao { $count } việc
tasks-choice-plan-rows = Xem các việc
tasks-choice-plan-faults = Xem { $count } dòng lỗi
tasks-choice-plan-again = Gửi tệp khác
tasks-choice-plan-preview = Về bản xem lại
tasks-choice-plan-template = Tải tệp mẫu
tasks-choice-page = Mở trang việc của tôi
tasks-choice-overview = Việc của chi bộ
tasks-choice-overdue = { $count } việc quá hạn
tasks-choice-waiting = { $count } việc chờ xác nhận
tasks-choice-open = { $count } việc đang làm
tasks-choice-give-new = Giao việc mới
tasks-choice-give = Giao việc
tasks-choice-no-day = Không đặt hạn
tasks-choice-edit-who = Đổi người làm
tasks-choice-edit-what = Đổi nội dung
tasks-choice-edit-due = Đổi hạn
tasks-choice-give-all = Giao hết
tasks-choice-proposal = Sửa việc { $number }
tasks-choice-first-ones = Về đầu danh sách
tasks-choice-drop = Không giao việc này
tasks-choice-to-list = Về danh sách
