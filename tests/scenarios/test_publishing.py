"""Publishing: what is recognised is not asked, corrections by tapping, options, audiences, down the levels."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.flows.documents.details import kind_name
from bot.flows.documents.numbers import KINDS
from storage import readers
from storage.documents import Document, DocumentNote, Reading
from storage.members import RoleKind, Standing
from storage.organizations import Organization
from tests.documents.papers import RESOLUTION, pdf
from tests.world import Person, World

TEXT = "Kính gửi các đồng chí đảng viên: chi bộ tổng vệ sinh đường làng sáng thứ Bảy, mỗi nhà một người."
PLATFORMS = pytest.mark.parametrize("platform", ["telegram", "zalo"])


def secretary(world: World, platform: str = "telegram", **fields: object) -> Person:
    return world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform, **fields)  # type: ignore[arg-type]


def officer(world: World, platform: str = "telegram") -> Person:
    """Works at the commune and leads it; belongs to the commune itself."""
    return world.person(
        "Đỗ Văn Minh", roles=[RoleKind.OFFICER], over=world.commune, branch=world.commune, platform=platform
    )


def draft(an: Person, number: str = "21-NQ/TW", summary: str = "Về tổ chức cơ sở đảng") -> None:
    an.says(f"/vanban {TEXT}")
    if "Gửi cho nơi nào" in an.last:
        an.presses("Đảng ủy xã An Bình")
    an.says(number)
    an.says(summary)


def only_document(world: World) -> Document:
    with world.database.reading() as session:
        return session.exec(select(Document)).one()


def reached(world: World, document_id: int = 1) -> set[int]:
    with world.database.reading() as session:
        return set(session.exec(select(Reading.member_id).where(Reading.document_id == document_id)))


def letters(person: Person) -> int:
    return sum("MỜI ĐỒNG CHÍ ĐỌC" in text for text in person.texts())


# --- what is recognised --------------------------------------------------------------------------------------------
def test_a_paper_that_tells_everything_takes_two_taps(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan", platform="zalo")
    an.sends(pdf(RESOLUTION), "scan.pdf")
    an.presses("Phát hành")
    shown = an.last.splitlines()
    assert len(shown) <= 6
    assert shown[1] == "Nghị quyết 21-NQ/TW, ngày 16/06/2022, BAN CHẤP HÀNH TRUNG ƯƠNG"
    an.presses("Gửi")
    assert "MỜI ĐỒNG CHÍ ĐỌC: 21-NQ/TW" in lan.last
    document = only_document(world)
    assert (document.kind, document.number, document.pages) == ("NQ", "21-NQ/TW", 1)


@PLATFORMS
def test_everything_is_corrected_by_tapping(world: World, platform: str) -> None:
    an = secretary(world, platform)
    draft(an)
    for label, words in (
        ("Sửa số", "15-KH/CB"), ("Sửa ngày", "16/6/2026"), ("Sửa trích yếu", "Về tổng vệ sinh đường làng"),
        ("Sửa cơ quan", "Chi bộ thôn 3"),
    ):  # fmt: skip
        an.presses("Sửa thông tin")
        an.presses(label)
        an.says(words)
    assert "Kế hoạch 15-KH/CB, ngày 16/06/2026, Chi bộ thôn 3" in an.last
    an.presses("Sửa thông tin")
    an.presses("Sửa loại")
    an.presses("Xem tiếp")
    an.presses("Xem tiếp")
    an.presses("Công văn")
    an.presses("Sửa thông tin")
    an.presses("Sửa trích yếu")
    an.presses("Giữ nguyên")
    assert "Công văn 15-KH/CB" in an.last
    an.presses("Gửi")
    document = only_document(world)
    assert (document.kind, document.issuer, str(document.issued_on)) == ("CV", "Chi bộ thôn 3", "2026-06-16")
    assert document.summary == "Về tổng vệ sinh đường làng"


def test_the_type_is_understood_in_words_and_every_type_can_be_tapped(world: World) -> None:
    an = secretary(world)
    draft(an, number="12")
    an.presses("Sửa thông tin")
    an.presses("Sửa loại")
    an.says("cái gì đó")
    assert "Chưa rõ loại văn bản" in an.last
    offered: list[str] = []
    for _ in range(3):
        offered += [label for label, _ in an.chat()[-1]["buttons"]]
        if any(label == "Xem tiếp" for label, _ in an.chat()[-1]["buttons"]):
            an.presses("Xem tiếp")
    an.says("tờ trình")
    assert "Tờ trình 12" in an.last


@pytest.mark.parametrize("written", ["31/6/2022", "29/2/2023", "5/13/2025"])
def test_a_day_that_does_not_exist_is_refused_wherever_it_stands(world: World, written: str) -> None:
    an = secretary(world)
    an.sends(pdf(RESOLUTION.replace("ngày 16 tháng 6 năm 2022", f"ngày {written}")), "scan.pdf", text="/vanban")
    assert f"Văn bản ghi ngày {written}, nhưng không có ngày đó" in an.last
    an.says(written)
    assert f"Ngày {written} không có thật" in an.last
    an.says("30/6/2022")
    assert "21-NQ/TW, ngày 30/06/2022" in an.last


@PLATFORMS
def test_a_link_is_kept_as_it_is_and_the_sender_answers_for_it(world: World, platform: str) -> None:
    an, lan = secretary(world, platform), world.person("Trần Thị Lan", platform=platform)
    an.says("/vanban http://example.vn/van-ban")
    assert "https://" in an.last
    an.says("/vanban Xem tại https://baoyenbai.example.vn/nghi-quyet-moi.")
    assert "KHÔNG thuộc bí mật nhà nước" in an.last
    an.presses("Xác nhận")
    an.presses("Không có số")
    an.says("Bài báo về đại hội")
    assert "đường dẫn https://baoyenbai.example.vn/nghi-quyet-moi" in an.last
    an.presses("Gửi")
    assert "https://baoyenbai.example.vn/nghi-quyet-moi" in lan.last
    assert only_document(world).body == "Xem tại https://baoyenbai.example.vn/nghi-quyet-moi."


def test_the_publisher_has_read_their_own_paper(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    draft(an)
    an.presses("Gửi")
    with world.database.reading() as session:
        rows = {row.member_id: row.how for row in session.exec(select(Reading)) if row.acknowledged_at}
    assert rows == {an.member_id: "publisher"}
    assert reached(world) == {an.member_id, lan.member_id}
    minh = officer(world)
    draft(minh, "5-TB/ĐU")  # who is not among the readers has nothing to read
    minh.presses("Đổi nơi nhận")
    minh.says("Trần Thị Lan")
    minh.presses("Xong")
    minh.presses("Gửi")
    assert reached(world, 2) == {lan.member_id}


# --- options -------------------------------------------------------------------------------------------------------
@PLATFORMS
def test_options_are_set_and_shown_and_kept(world: World, platform: str) -> None:
    an, lan = secretary(world, platform), world.person("Trần Thị Lan", platform=platform)
    draft(an)
    an.presses("Tùy chọn")
    an.presses("Hạn đọc")
    an.presses("3 ngày")
    an.presses("Cho tải về")
    assert "Tùy chọn cho văn bản này" in an.last
    an.presses("Hướng dẫn nghiệp vụ")
    an.presses("Ngày hết hiệu lực")
    an.says("25/11/2025")
    assert "đã qua" in an.last
    an.says("31/12")
    an.presses("Xong, xem lại")
    assert "hạn đọc 28/11/2026; hiệu lực hết ngày 31/12/2026; không cho tải về; mục Hướng dẫn nghiệp vụ" in an.last
    an.presses("Gửi")
    document = only_document(world)
    assert (document.downloadable, document.section, str(document.expires_on)) == (False, "guidance", "2026-12-31")
    assert document.read_by is not None
    assert document.read_by.astimezone(world.settings.zone).isoformat() == "2026-11-28T23:59:59+07:00"
    assert "Xin đọc trước hết thứ Bảy, ngày 28/11/2026." in lan.last


def test_a_check_question_has_two_to_four_answers_and_one_is_right(world: World) -> None:
    an = secretary(world)
    draft(an)
    an.presses("Tùy chọn")
    an.presses("Câu hỏi kiểm tra")
    an.says("Chi bộ họp định kỳ vào ngày nào?")
    an.says("Ngày 3")
    assert "Cần 2 đến 4 câu trả lời" in an.last
    an.says("Ngày 15; a) Ngày 3; Ngày cuối tháng")
    an.presses("Ngày 3")
    an.presses("Hạn đọc")
    an.says("30/11")
    an.presses("Xong, xem lại")
    assert "hạn đọc 30/11/2026; có câu hỏi kiểm tra" in an.last
    an.presses("Gửi")
    document = only_document(world)
    assert document.check_question == "Chi bộ họp định kỳ vào ngày nào?"
    assert document.check_choices[document.check_right] == "Ngày 3"


def test_what_is_typed_into_a_paper_passes_the_secrecy_gate(world: World) -> None:
    an = secretary(world)
    draft(an)
    an.presses("Tùy chọn")
    an.presses("Câu hỏi kiểm tra")
    an.says("Độ mật: Tối mật, họp ngày nào?")
    assert "Không nhận văn bản này" in an.last
    assert "Đáp" not in an.last


# --- audience ------------------------------------------------------------------------------------------------------
def people_of_two_branches(world: World) -> tuple[Organization, dict[str, Person]]:
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    found = {
        "minh": officer(world),
        "an": secretary(world),
        "lan": world.person("Trần Thị Lan"),
        "hoa": world.person("Lê Thị Hoa", roles=[RoleKind.SECRETARY], branch=other, platform="zalo"),
        "mai": world.person("Trần Thị Mai", roles=[RoleKind.COMMITTEE], branch=other),
        "tam": world.person("Vũ Minh Tâm", roles=[RoleKind.VOLUNTEER], branch=other, standing=Standing.SUPPORTER),
    }
    return other, found


@pytest.mark.parametrize(
    ("circle", "wanted"),
    [("Bí thư", {"an", "hoa"}), ("Chi ủy", {"an", "hoa", "mai"}), ("Tình nguyện viên", {"tam"})],
)
def test_a_circle_of_roles_gets_it_and_nobody_else(world: World, circle: str, wanted: set[str]) -> None:
    other, who = people_of_two_branches(world)
    group = world.group([who["an"], who["lan"]])
    draft(who["minh"])
    who["minh"].presses("Đổi nơi nhận")
    who["minh"].presses(circle)
    assert f"{len(wanted)}/{len(wanted)} người, không đăng nhóm; 0 chưa có tài khoản" in who["minh"].last
    who["minh"].presses("Gửi")
    assert {key for key, person in who.items() if letters(person)} == wanted
    assert reached(world) == {who[key].member_id for key in wanted}
    assert not any("21-NQ/TW" in text for text in who["lan"].texts(group))
    who["lan"].says("/tim 21-NQ/TW")
    assert "tổ chức cơ sở" not in who["lan"].last
    assert other.id


@PLATFORMS
def test_a_list_of_names_is_typed_or_picked(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan, hung = world.person("Trần Thị Lan"), world.person("Lê Văn Hùng")
    mai = [world.person("Phạm Thị Mai"), world.person("Phạm Thị Mai")]
    draft(an)
    an.presses("Đổi nơi nhận")
    an.presses("Danh sách tự chọn")
    an.says("Trần Thị Lan, ông Nguyễn Không Ai")
    assert 'chưa rõ nơi nhận "ông Nguyễn Không Ai"' in an.last
    an.says("Trần Thị Lan, Phạm Thị Mai")
    assert "nhiều người cùng tên" in an.last
    an.presses("Phạm Thị Mai")
    assert "Đang chọn: Trần Thị Lan, Phạm Thị Mai." in an.last
    an.presses("Chọn trong danh sách")
    an.presses("Lê Văn Hùng")
    an.presses("(đã chọn) Trần Thị Lan")
    an.presses("Xong")
    assert "Nơi nhận: Phạm Thị Mai, Lê Văn Hùng, 2/2 người" in an.last
    an.presses("Gửi")
    got = reached(world)
    assert hung.member_id in got
    assert len(got & {each.member_id for each in mai}) == 1
    assert len(got) == 2
    assert letters(lan) == 0
    assert letters(hung) == 1
    newcomer = world.person("Đặng Văn Tư")
    newcomer.says("/tim 21-NQ/TW")
    assert "Về tổ chức" not in newcomer.last


def test_organizations_typed_at_once_are_a_list(world: World) -> None:
    _, who = people_of_two_branches(world)
    third = world.add_branch("Chi bộ thôn 7", "AB-07")
    bay = world.person("Hồ Văn Bảy", branch=third)
    minh = who["minh"]
    an_officer = world.person("Cao Văn Sáu", roles=[RoleKind.OFFICER, RoleKind.SECRETARY], over=world.commune)
    an_officer.says(f"/vanban {TEXT}")
    an_officer.says("Chi bộ thôn 5, Chi bộ thôn 7")
    an_officer.presses("Xong")
    an_officer.says("21-NQ/TW")
    an_officer.says("Về tổ chức cơ sở đảng")
    assert "Nơi nhận: Chi bộ thôn 5, Chi bộ thôn 7, 3/3 người" in an_officer.last
    an_officer.presses("Gửi")
    assert reached(world) == {who["hoa"].member_id, who["mai"].member_id, bay.member_id}  # no volunteers
    assert letters(minh) == letters(who["lan"]) == 0


# --- down the levels -----------------------------------------------------------------------------------------------
@PLATFORMS
def test_one_command_reaches_every_branch_and_a_level_adds_its_word(world: World, platform: str) -> None:
    _, who = people_of_two_branches(world)
    hai = world.person("Bùi Thị Hai", platform=platform)
    draft(who["minh"])
    who["minh"].presses("Gửi")
    assert letters(who["lan"]) == letters(who["hoa"]) == letters(hai) == 1
    an = who["an"]
    an.says("/tim 21-NQ/TW")
    an.presses("Thêm ý kiến chỉ đạo")
    an.says("Độ mật: Mật")
    assert "Không nhận" in an.last
    an.says("Các tổ thảo luận trước ngày 2/12.")
    assert "Nơi nhận: Chi bộ thôn 3 – 3 người, 3 nhận được." in an.last
    assert "Gửi" in an.last
    an.presses("Gửi")
    said = "Ý kiến của Chi bộ thôn 3: Các tổ thảo luận trước ngày 2/12."
    assert hai.sees(said)
    assert who["lan"].sees(said)
    assert not who["hoa"].sees("Ý kiến của")
    hai.says("/tim 21-NQ/TW")
    assert said in hai.last
    who["hoa"].says("/tim 21-NQ/TW")
    assert "Ý kiến của" not in who["hoa"].last
    an.says("/tim 21-NQ/TW")
    an.presses("Thêm ý kiến chỉ đạo")
    an.says("Các tổ thảo luận trước ngày 1/12.")
    an.presses("Viết lại")
    an.says("Các tổ thảo luận ngày 30/11.")
    an.presses("Gửi")
    with world.database.reading() as session:
        assert [note.text for note in session.exec(select(DocumentNote))] == ["Các tổ thảo luận ngày 30/11."]
        assert len(readers.notes(session, 1, world.branch.path)) == 1


def test_only_levels_between_may_add_a_word(world: World) -> None:
    _, who = people_of_two_branches(world)
    draft(who["an"])
    who["an"].presses("Gửi")
    who["lan"].says("/tim 21-NQ/TW")
    assert "Thêm ý kiến" not in str(who["lan"].chat()[-1]["buttons"])
    who["an"].says("/tim 21-NQ/TW")
    assert "Thêm ý kiến" not in str(who["an"].chat()[-1]["buttons"])
    assert "Gửi bản thay thế" in str(who["an"].chat()[-1]["buttons"])


@PLATFORMS
def test_a_paper_for_secretaries_is_passed_on_as_the_same_document(world: World, platform: str) -> None:
    _, who = people_of_two_branches(world)
    hai = world.person("Bùi Thị Hai", platform=platform)
    group = world.group([who["an"], who["lan"]])
    draft(who["minh"])
    who["minh"].presses("Đổi nơi nhận")
    who["minh"].presses("Bí thư")
    who["minh"].presses("Gửi")
    who["lan"].says("chuyển tiếp")
    assert letters(who["lan"]) == 0
    who["an"].says("chuyển tiếp")
    assert "Thêm 2 đảng viên sẽ nhận" in who["an"].last
    who["an"].presses("Chuyển tiếp")
    who["an"].presses("Chuyển tiếp")
    assert letters(who["an"]) == letters(who["lan"]) == letters(hai) == 1
    assert letters(who["mai"]) == 0
    assert sum("VĂN BẢN MỚI: 21-NQ/TW" in text for text in who["lan"].texts(group)) == 1
    only_document(world)
    assert reached(world) == {who[key].member_id for key in ("an", "hoa", "lan")} | {hai.member_id}
    hai.says("đã đọc")
    who["minh"].says("/tinhhinh")
    assert "Chi bộ thôn 3: 1/3" in who["minh"].last
    who["an"].says("chuyển tiếp")
    assert "đã gửi đủ" in who["an"].last


def test_every_type_has_a_name() -> None:
    assert len({kind_name(kind) for kind in KINDS.values()}) == len(KINDS)
