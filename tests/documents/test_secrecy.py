"""The secrecy gate: marks are refused, doubtful papers wait for a person, words that only look alike pass."""

from __future__ import annotations

import unicodedata

import pytest

from bot.flows.documents import intake
from bot.secrecy import Gate, judge
from tests.documents import papers

HEAD = "ĐẢNG BỘ XÃ AN BÌNH\nCHI BỘ THÔN 3\nSố 05-BC/CB\n"

REFUSED = [
    "MẬT",
    "TỐI MẬT",
    "TUYỆT MẬT",
    "Tối mật",
    "Mật",
    "  ( MẬT )  ",
    "[TUYỆT MẬT]",
    "« MẬT »",
    "***TỐI MẬT***",
    "_____MẬT_____",
    "■ MẬT",
    "M Ậ T",
    "M  Ậ  T",
    "M.Ậ.T",
    "M-Ậ-T",
    "T Ố I  M Ậ T",
    "T U Y Ệ T   M Ậ T",
    "TỐI   MẬT",
    "M\u200bẬT",
    "TỐI\u00a0MẬT",
    "ＭẬＴ",
    "МẬТ",
    "Số 05-BC/CB          MẬT",
    "Số 05-BC/CB (MẬT)",
    "Số: 12-KH/ĐU (Tối mật)",
    "KẾ HOẠCH BẢO VỆ (TUYỆT MẬT)",
    "TỐI MẬT\t\tĐẢNG CỘNG SẢN VIỆT NAM",
    "TỐI MẬT ĐẢNG CỘNG SẢN VIỆT NAM",
    "ĐẢNG BỘ XÃ AN BÌNH TUYỆT MẬT",
    "MẬT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "| MẬT |",
    "Độ mật: Mật",
    "ĐỘ MẬT: TỐI MẬT",
    "- Độ mật : Tuyệt mật",
    "Mức độ mật: Mật",
    "Nơi nhận: như trên\tĐộ mật: Mật",
    "Độ mật:",
    "Độ mật:\nTối mật",
    "TÀI LIỆU THU HỒI",
    "tài liệu thu hồi",
    "Tài liệu thu hồi sau hội nghị",
    "Văn bản phải thu hồi",
    "Chỉ người có tên mới được bóc bì",
    "CHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ",
    "TOI MAT",
    "TUYET MAT",
    "MAT",
    "MÂT",
    "TUYỆT MÂT",
    "MËT",
    "TÈI MËT",
    "TUYEÄT MAÄT",
]
HELD = [
    ("LƯU HÀNH NỘI BỘ", "internal"),
    ("(Tài liệu lưu hành nội bộ)", "internal"),
    ("Tài liệu lưu hành\nnội bộ", "internal"),
    ("Không phổ biến", "internal"),
    ("Tài liệu này hạn chế phổ biến", "internal"),
    ("Chỉ sử dụng trong nội bộ", "internal"),
    ("Văn bản này thuộc độ mật theo quy định", "internal"),
    ("Các đồng chí nhận rồi nộp lại tài liệu thu hồi sau cuộc họp tháng này tại văn phòng Đảng ủy", "internal"),
    ("thuộc danh mục bí mật nhà nước độ\ntuyệt mật\ntheo quy định của Chính phủ", "internal"),
    ("- Tuyệt mật;\n- Tối mật;\n- Mật.", "mark"),
    ("- Tuyệt mật;\n- Tối mật;", "internal"),
    ("QUY ĐỊNH VỀ GIỮ TÀI LIỆU TUYỆT MẬT CỦA CƠ QUAN", "internal"),
    ("Quyết định thi hành kỷ luật đối với đồng chí Nguyễn Văn An bằng hình thức khiển trách", "discipline"),
    ("QUYẾT ĐỊNH THI HÀNH KỶ LUẬT ĐỐI VỚI ĐỒNG CHÍ NGUYỄN VĂN AN", "discipline"),
    ("Xem xét kỷ luật đảng viên Trần Thị Lan", "discipline"),
    ("Khai trừ ra khỏi Đảng đối với ông Lê Văn Hùng", "discipline"),
    ("Đồng chí Nguyễn Văn An đã vi phạm và bị cảnh cáo", "discipline"),
    ("Kết luận giải quyết tố cáo đối với đồng chí Đỗ Văn Minh", "discipline"),
    ("Nhận xét, đánh giá đồng chí Lê Văn Hùng năm 2026", "personnel"),
    ("Quyết định chỉ định đồng chí Trần Thị Lan giữ chức Bí thư Chi bộ thôn 3", "personnel"),
    ("Bổ nhiệm bà Phạm Thị Mai giữ chức vụ Phó Trưởng ban", "personnel"),
    ("Nghị quyết đề nghị kết nạp chị Vũ Thị Tơ vào Đảng", "personnel"),
    ("Công nhận đảng viên chính thức đối với đồng chí Lò Văn Pành", "personnel"),
    ("Ông Giàng A Sử thôi giữ chức Chủ tịch", "personnel"),
    ("SƠ YẾU LÝ LỊCH", "personnel"),
    ("BẢN KIỂM ĐIỂM CÁ NHÂN", "personnel"),
    (
        "1. Nguyễn Văn An 03/02/1958 0912345678\n2. Trần Thị Lan 12/5/1961 0987 654 321\n"
        "3. Lê Văn Hùng 01-01-1970 +84912345679",
        "people",
    ),
    ("An sinh năm 1958, 0912345678\nLan sinh năm 1961, 0987654321\nHùng sinh năm 1970, 0912345679", "people"),
    ("An 001058012345\nLan 001061012346\nHùng 001070012347", "people"),
]
OPEN = [
    "Quy định về bảo mật thông tin",
    "BẢO MẬT",
    "CÔNG TÁC BẢO MẬT",
    "Hướng dẫn đổi mật khẩu",
    "MẬT KHẨU",
    "Mật khẩu: không gửi cho ai",
    "Mật độ dân số của xã",
    "MẬT ĐỘ XÂY DỰNG",
    "Báo cáo này có bảng mật độ dân số từng thôn",
    "Dự án nuôi ong lấy mật",
    "MẬT ONG",
    "ong mật hoa nhãn",
    "mật mã học",
    "ngành cơ yếu, mật mã",
    "Bầu cử bằng bỏ phiếu kín",
    "Bảo đảm an toàn tuyệt đối về độ mật của tài liệu",
    "Luật Bảo vệ bí mật nhà nước",
    "BÍ MẬT NHÀ NƯỚC",
    "CHI BỘ HỌC LUẬT BẢO VỆ BÍ MẬT",
    "Điều 8. Bí mật nhà nước độ Tối mật bao gồm thông tin có ảnh hưởng nghiêm trọng",
    "1. Tuyệt mật là thông tin đặc biệt quan trọng",
    "Văn bản không thuộc bí mật nhà nước",
    "quan hệ mật thiết với nhân dân",
    "MẬT THIẾT VỚI DÂN",
    "Người bệnh mật, gan cần khám sớm",
    "Bác gặp mặt, không vắng mặt",
    "VẮNG MẶT",
    "CÓ MẶT",
    "mất đoàn kết",
    "Độ mật: Không",
    "Độ mật: ……",
    "Độ mật: thường",
    "Nhà nước thu hồi đất làm đường",
    "Văn bản thu hồi đất của thôn",
    "Phổ biến rộng rãi trong nhân dân",
    "không phổ biến rộng ở nước ta",
    "Danh sách đảng viên dự lớp: Nguyễn Văn An, Trần Thị Lan",
    "Kỷ luật của Đảng là kỷ luật tự giác và nghiêm minh",
    "Quy định về xử lý kỷ luật đảng viên vi phạm",
    "QUY ĐỊNH VỀ XỬ LÝ KỶ LUẬT ĐẢNG VIÊN VI PHẠM",
    "Thông báo thành lập Chi bộ thôn 5 trực thuộc Đảng bộ xã An Bình",
    "Quyết định chuẩn y kết quả bầu cử Ban Chấp hành Đảng bộ xã An Bình nhiệm kỳ 2025 - 2030",
    "Hướng dẫn công tác nhân sự đại hội chi bộ nhiệm kỳ 2027 - 2030",
    "Quy trình bổ nhiệm cán bộ lãnh đạo, quản lý",
    "Phân công đồng chí Trần Thị Lan phụ trách văn nghệ",
    "Quy hoạch sử dụng đất do đồng chí Nguyễn Văn An trình bày",
    "Tặng giấy khen đồng chí Lê Văn Hùng",
    "Đồng chí Bí thư Chi bộ chủ trì",
    "Họp ngày 03/12/2026, gọi 0912345678",
    "Kinh phí 350.000.000 đồng, 120.500.000 đồng và 912.345.678 đồng",
]


@pytest.mark.parametrize("line", REFUSED)
def test_a_mark_is_refused(line: str) -> None:
    assert judge(f"{HEAD}{line}\nV/v chuẩn bị đại hội").gate is Gate.REFUSED


@pytest.mark.parametrize("line", ["MẬT", "Độ mật: Tối mật", "T Ố I  M Ậ T", "TÀI LIỆU THU HỒI"])
def test_a_mark_in_decomposed_letters_is_refused(line: str) -> None:
    assert judge(unicodedata.normalize("NFD", HEAD + line)).gate is Gate.REFUSED


@pytest.mark.parametrize(
    "name",
    [
        "BC 12 (Mật).pdf", "TUYET MAT - ke hoach.docx", "TUYET MAT.pdf", "tuyet mat.pdf", "toi_mat.pdf", "Tối mật.doc",
        "kh - mật.pdf", "MẬT.pdf", "MẬT_BC12.pdf", "[Tuyệt mật] ke hoach.xlsx", "05-BC TOI MAT thang 12.pdf",
        unicodedata.normalize("NFD", "Tuyệt mật.pdf"),
    ],
)  # fmt: skip
def test_a_mark_in_the_file_name_is_refused(name: str) -> None:
    assert judge("Nội dung báo cáo", name=name).gate is Gate.REFUSED


@pytest.mark.parametrize(("text", "reason"), HELD)
def test_a_doubtful_paper_waits_for_a_person(text: str, reason: str) -> None:
    verdict = judge(HEAD + text)
    assert (verdict.gate, verdict.reason) == (Gate.REFUSED if reason == "mark" else Gate.HELD, reason)


@pytest.mark.parametrize("name", ["toi mat dien thoai.docx", "MAT.pdf", "MAT - bc.pdf"])
def test_a_file_name_that_may_be_a_mark_waits_for_a_person(name: str) -> None:
    assert judge("Nội dung báo cáo", name=name).gate is Gate.HELD


@pytest.mark.parametrize("line", OPEN)
def test_words_that_only_look_alike_pass(line: str) -> None:
    assert judge(f"{HEAD}{line}\nV/v chuẩn bị đại hội").gate is Gate.OPEN


@pytest.mark.parametrize(
    "name",
    [
        "Mat do dan so.pdf", "bao mat thong tin.docx", "vang mat.pdf", "HD bảo mật.pdf", "tuyet mat ong.docx",
        "mat khau.txt", "BI MAT NHA NUOC.pdf", "gap mat dau xuan.pdf", "Luật Bảo vệ bí mật nhà nước.docx",
    ],
)  # fmt: skip
def test_ordinary_file_names_pass(name: str) -> None:
    assert judge("Nội dung báo cáo", name=name).gate is Gate.OPEN


def test_without_text_nothing_can_be_judged() -> None:
    assert judge(" \n ").gate is Gate.UNREADABLE


def test_the_table_is_large_enough() -> None:
    assert len(REFUSED) + len(HELD) + len(OPEN) >= 100


# --- the same marks where files hide them ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    "content",
    [
        papers.word(papers.RESOLUTION, header="TỐI MẬT"),
        papers.word(papers.RESOLUTION, text_box="MẬT"),
        papers.word(papers.RESOLUTION, cells=[["Số 05-BC/CB", "MẬT"]]),
        papers.word(papers.RESOLUTION, footer="Độ mật: Mật"),
        papers.sheet([["Kế hoạch"], ["A", "TUYỆT MẬT"]]),
        papers.sheet([["Kế hoạch"]], header="&C&\"Arial,Bold\"MẬT"),
        papers.sheet([["Kế hoạch"]], text_box="TỐI MẬT"),
        papers.sheet([["Kế hoạch"]], second=[["MẬT"]]),
        papers.pdf(papers.RESOLUTION, "Trang hai", "Trang ba", "Trang bốn", "MẬT"),
        ("MẬT\n" + papers.RESOLUTION).encode("utf-16"),
    ],
    ids=["header", "text box", "table", "footer", "cell", "sheet header", "sheet box", "sheet 2", "page 5", "utf-16"],
)  # fmt: skip
def test_a_mark_anywhere_in_a_file_is_found(content: bytes) -> None:
    assert intake.read_content(content, name="bao cao").verdict.gate is Gate.REFUSED


def test_birth_dates_of_a_sheet_are_dates() -> None:
    rows = [["Nguyễn Văn An", "1958-02-03", "0912345678"], ["Trần Thị Lan", "1961-05-12", "0987654321"]]
    content = papers.sheet([*rows, ["Lê Văn Hùng", "1970-01-01", "0912345679"]], dates=True)
    assert intake.read_content(content, name="danh sach.xlsx").verdict.reason == "people"


def test_a_scanned_page_among_text_needs_the_senders_word() -> None:
    assert intake.read_content(papers.pdf(papers.RESOLUTION)).verdict.gate is Gate.OPEN
    assert intake.read_content(papers.pdf(papers.RESOLUTION, scans=1)).verdict.gate is Gate.UNREADABLE
    assert intake.read_content(papers.pdf("MẬT", scans=1)).verdict.gate is Gate.REFUSED


def test_a_caption_is_judged_as_well() -> None:
    assert intake.read_content(papers.photo(), caption="Tối mật").verdict.gate is Gate.REFUSED
