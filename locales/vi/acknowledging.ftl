# Xác nhận đã đọc: bản mới, câu hỏi ngắn, thời hạn, ghi hộ, bảng đọc, tiết kiệm giấy
acknowledging-newer-version = Văn bản { $title } đã có bản mới (bản { $version }), thay bản trước. Mời đồng chí đọc bản mới:
acknowledging-replaced = Văn bản { $title } đã được thay bằng văn bản khác, không cần đọc bản này nữa.
acknowledging-expired = Văn bản { $title } đã hết hiệu lực, không cần đọc nữa.
acknowledging-version-line = (bản { $version }) { $line }
acknowledging-check =
    Trước khi ghi đã đọc { $title }, xin trả lời một câu ngắn:
    { $question }
acknowledging-check-again =
    Chưa đúng, không sao ạ. Xin xem lại { $title } rồi chọn lại:
    { $question }
acknowledging-check-right = Đúng rồi, cảm ơn đồng chí.
acknowledging-check-missed = Câu trả lời chưa khớp với văn bản. Khi rảnh, xin đồng chí đọc lại; chưa rõ xin cứ hỏi.
acknowledging-recorded-brief = Đã ghi đồng chí đã đọc { $title }.
