"""The secrecy gate: marks are refused, doubtful papers wait for a person, words that only look alike pass."""

from __future__ import annotations

import unicodedata

import pytest

from bot.flows.documents.secrecy import Gate, judge

HEAD = "ĐẢNG BỘ XÃ AN BÌNH\nCHI BỘ THÔN 3\nSố 05-BC/CB\n"

REFUSED = [
    "MẬT",
    "TỐI MẬT",
    "TUYỆT MẬT",
    "Tối mật",
    "  ( MẬT )  ",
    "[TUYỆT MẬT]",
    "M Ậ T",
    "T Ố I  M Ậ T",
    "Số 05-BC/CB          MẬT",
    "TỐI MẬT\t\tĐẢNG CỘNG SẢN VIỆT NAM",
    "Độ mật: Mật",
    "ĐỘ MẬT: TỐI MẬT",
    "- Độ mật : Tuyệt mật",
    "Mức độ mật: Mật",
    "Độ mật:\nTối mật",
    "TÀI LIỆU THU HỒI",
    "Tài liệu thu hồi sau hội nghị",
    "Chỉ người có tên mới được bóc bì",
    "CHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ",
    "TOI MAT",
    "MËT",
    "TUYEÄT MAÄT",
]
HELD = [
    ("LƯU HÀNH NỘI BỘ", "internal"),
    ("(Tài liệu lưu hành nội bộ)", "internal"),
    ("Tài liệu lưu hành\nnội bộ", "internal"),
    ("Không phổ biến", "internal"),
    ("Tài liệu này hạn chế phổ biến", "internal"),
    ("Văn bản này thuộc độ mật theo quy định", "internal"),
    ("Quyết định thi hành kỷ luật đối với đồng chí Nguyễn Văn An bằng hình thức khiển trách", "discipline"),
    ("Xem xét kỷ luật đảng viên Trần Thị Lan", "discipline"),
    ("Nhận xét, đánh giá đồng chí Lê Văn Hùng năm 2026", "personnel"),
    ("SƠ YẾU LÝ LỊCH", "personnel"),
    (
        "1. Nguyễn Văn An 03/02/1958 0912345678\n2. Trần Thị Lan 12/5/1961 0987 654 321\n"
        "3. Lê Văn Hùng 01-01-1970 +84912345679",
        "people",
    ),
]
OPEN = [
    "Quy định về bảo mật thông tin",
    "BẢO MẬT",
    "Hướng dẫn đổi mật khẩu",
    "MẬT KHẨU",
    "Mật độ dân số của xã",
    "MẬT ĐỘ XÂY DỰNG",
    "Dự án nuôi ong lấy mật",
    "MẬT ONG",
    "ong mật hoa nhãn",
    "mật mã học",
    "Bầu cử bằng bỏ phiếu kín",
    "Bảo đảm an toàn tuyệt đối về độ mật của tài liệu",
    "Luật Bảo vệ bí mật nhà nước",
    "BÍ MẬT NHÀ NƯỚC",
    "quan hệ mật thiết với nhân dân",
    "Người bệnh mật, gan cần khám sớm",
    "Bác gặp mặt, không vắng mặt",
    "mất đoàn kết",
    "Độ mật: Không",
    "Nhà nước thu hồi đất làm đường",
    "Danh sách đảng viên dự lớp: Nguyễn Văn An, Trần Thị Lan",
    "Kỷ luật của Đảng là kỷ luật tự giác và nghiêm minh",
    "Họp ngày 03/12/2026, gọi 0912345678",
]


@pytest.mark.parametrize("line", REFUSED)
def test_a_mark_is_refused(line: str) -> None:
    assert judge(f"{HEAD}{line}\nV/v chuẩn bị đại hội").gate is Gate.REFUSED


@pytest.mark.parametrize("line", ["MẬT", "Độ mật: Tối mật"])
def test_a_mark_in_decomposed_letters_is_refused(line: str) -> None:
    assert judge(unicodedata.normalize("NFD", HEAD + line)).gate is Gate.REFUSED


@pytest.mark.parametrize("name", ["BC 12 (Mật).pdf", "TUYET MAT - ke hoach.docx", "toi_mat.pdf", "kh - mật.pdf"])
def test_a_mark_in_the_file_name_is_refused(name: str) -> None:
    assert judge("Nội dung báo cáo", name=name).gate is Gate.REFUSED


@pytest.mark.parametrize(("text", "reason"), HELD)
def test_a_doubtful_paper_waits_for_a_person(text: str, reason: str) -> None:
    verdict = judge(HEAD + text)
    assert (verdict.gate, verdict.reason) == (Gate.HELD, reason)


@pytest.mark.parametrize("line", OPEN)
def test_words_that_only_look_alike_pass(line: str) -> None:
    assert judge(f"{HEAD}{line}\nV/v chuẩn bị đại hội").gate is Gate.OPEN


@pytest.mark.parametrize("name", ["Mat do dan so.pdf", "bao mat thong tin.docx", "vang mat.pdf", "HD bảo mật.pdf"])
def test_ordinary_file_names_pass(name: str) -> None:
    assert judge("Nội dung báo cáo", name=name).gate is Gate.OPEN


def test_without_text_nothing_can_be_judged() -> None:
    assert judge(" \n ").gate is Gate.UNREADABLE
