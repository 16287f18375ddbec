# Tình hình gửi tin: xem, tạm dừng, hủy, gửi lại
broadcasts-none = Chưa có tin nào được gửi tới nơi đồng chí phụ trách.
broadcasts-list = Tin gửi gần đây. Xin chọn một tin để xem, tạm dừng hoặc gửi lại:
broadcasts-row = { $title }: { $state }
broadcasts-progress-short = { $state } { $sent }/{ $total }
broadcasts-untitled = Tin chung
broadcasts-in-private = Xin nhắn riêng cho Trợ lý chi bộ để xem tình hình gửi.

broadcasts-state-running = đang gửi
broadcasts-state-paused = tạm dừng
broadcasts-state-finished = đã gửi xong
broadcasts-state-cancelled = đã hủy

# Sổ gửi: mỗi người ở đúng một dòng
broadcasts-head = { $title }: { $state }.
broadcasts-got = Đã gửi tới { $got }/{ $total } người.
broadcasts-through = Qua nhóm: { $count } người.
broadcasts-waiting = Đang chờ: { $count } người.
broadcasts-groups = Nhóm: { $got }/{ $total }.
broadcasts-lost = Không gửi được { $lost } người: { $blocked } đã chặn hoặc xóa Trợ lý, { $failed } bị lỗi.
broadcasts-unknown = Chưa rõ đã tới hay chưa: { $count } người.
broadcasts-stopped-count = Không gửi nữa vì đã hủy: { $count } người.
broadcasts-stale-count = Không gửi nữa vì đã quá giờ: { $count } người.
broadcasts-unreachable = Chưa kết nối hoặc đã chặn Trợ lý: { $count } người.

broadcasts-label-pause = Tạm dừng
broadcasts-label-resume = Gửi tiếp
broadcasts-label-cancel = Hủy gửi
broadcasts-label-again = Gửi lại người chưa nhận
broadcasts-label-unsure = Gửi lại người chưa rõ
broadcasts-label-missing = Danh sách chưa nhận
broadcasts-label-stop = Hủy, không gửi nữa
broadcasts-label-twice = Vẫn gửi lại
broadcasts-label-show = Thôi, giữ nguyên

broadcasts-paused = Đã tạm dừng. Tin chưa gửi được giữ lại, bấm Gửi tiếp khi cần.
broadcasts-resumed = Đang gửi tiếp.
broadcasts-ask-cancel = Hủy gửi { $title }? Còn { $count } người chưa nhận sẽ không nhận nữa.
broadcasts-stopped = Đã hủy. Tin chưa gửi sẽ không gửi nữa; tin đã gửi vẫn còn.
broadcasts-again = Đang gửi lại { $title } cho { $count } người. Ai đã nhận thì không nhận lần nữa.
broadcasts-nobody-again = Không còn ai để gửi lại. Ai chưa kết nối hoặc đã chặn Trợ lý thì chưa gửi được.
broadcasts-ask-unsure = { $count } người chưa rõ đã nhận hay chưa, vì mạng đứt giữa chừng.
    Gửi lại thì có người sẽ nhận hai lần. Đồng chí có gửi lại không?

broadcasts-missing-head = Chưa nhận { $title }:
broadcasts-missing = { $why }: { $names }
broadcasts-missing-rest = … và { $count } người nữa.
broadcasts-nobody-missing = Không còn ai chưa nhận.
broadcasts-why-failed = Bị lỗi
broadcasts-why-blocked = Đã chặn hoặc xóa Trợ lý
broadcasts-why-unknown = Chưa rõ
broadcasts-why-dropped = Không gửi nữa
broadcasts-why-unreachable = Chưa kết nối hoặc đã chặn

# Tin theo dõi của người gửi
broadcasts-progress = { $title }: { $state } { $sent }/{ $total } tin.
broadcasts-progress-lost = Không gửi được: { $count }.
broadcasts-progress-how = Xem, tạm dừng, hủy: nhắn TÌNH HÌNH GỬI.

# Tin không còn ích lợi sau khi Trợ lý bị gián đoạn
broadcasts-stale = { $count } tin { $title } không gửi nữa vì Trợ lý bị gián đoạn và đã quá giờ.
broadcasts-stale-reminders = { $count } lời nhắc họp không gửi nữa vì Trợ lý bị gián đoạn và đã quá giờ.

# Tên gọi trong danh sách
broadcasts-title-document = Văn bản { $title }
broadcasts-title-invitation = Giấy mời { $name }
broadcasts-title-moved = Đổi lịch { $name }
broadcasts-title-agenda = Chương trình { $name }
broadcasts-title-merged = Gộp họp { $name }
broadcasts-title-cancelled = Hủy { $name }
