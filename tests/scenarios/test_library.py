"""The library: finding a paper in everyday words, the lists, and who may see what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.flows.documents.numbers import kind_of, number_key
from storage import documents, library
from storage.documents import EVERYONE, GUIDANCE, LISTED, Document, DocumentState, Reading
from storage.library import LibraryEntry
from storage.members import Member, RoleKind
from storage.organizations import Organization
from tests.documents.papers import pdf, word
from tests.world import Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])


def put(
    world: World, number: str, summary: str, text: str = "", *, at: Organization | None = None,
    to: list[Person] | None = None, indexed: bool = True, **fields: Any,
) -> int:  # fmt: skip
    """A published paper for everybody of a branch, or only for the people in `to`."""
    with world.database.transaction() as session:
        paper = Document(
            organization_id=(at or world.branch).id or 0, number=number, number_key=number_key(number),
            kind=kind_of(number) or kind_of(summary), summary=summary,
            **{
                "state": DocumentState.PUBLISHED, "created_at": world.now, "published_at": world.now,
                "audience": LISTED if to is not None else EVERYONE, **fields,
            },
        )  # fmt: skip
        document_id = documents.add(session, paper, [])
        for person in to or []:
            session.add(Reading(document_id=document_id, member_id=person.member_id))
        if indexed:
            library.put(session, document_id, text)
    return document_id


def sent(world: World, document_id: int, *people: Person) -> None:
    """It was sent to these, who have not read it yet."""
    with world.database.transaction() as session:
        for person in people:
            session.add(Reading(document_id=document_id, member_id=person.member_id))


def labels(person: Person) -> list[str]:
    """The rows of the last message, as people see them."""
    if person.platform == "telegram":
        return [label for label, _ in person.chat()[-1]["buttons"]]
    return [line.partition(" – ")[2] for line in person.last.splitlines() if line.partition(" – ")[0].isdecimal()]


# --- search --------------------------------------------------------------------------------------------------------
@BOTH
@pytest.mark.parametrize(
    "words",
    [
        "/tim 21-NQ/TW", "21- NQ/TW", "NQ 21", "NQ21", "nghi quyet so 21", "tìm nghị quyết 21",
        "Nghị quyết số 21 ngày 16/6/2022", "cho tôi xem nghị quyết 21-nq/tw",
    ],
)  # fmt: skip
def test_a_number_is_found_in_every_spelling(world: World, platform: str, words: str) -> None:
    put(world, "21-NQ/TW", "Về củng cố tổ chức cơ sở đảng", issued_on=date(2022, 6, 16))
    put(world, "121-NQ/TW", "Về việc khác")
    put(world, "21-KH/CB", "Kế hoạch khác")
    lan = world.person("Trần Thị Lan", platform=platform)
    lan.says(words)
    assert "21-NQ/TW, ngày 16/06/2022" in lan.last
    assert "Trích yếu: Về củng cố" in lan.last


def test_two_papers_with_one_number_are_asked_about(world: World) -> None:
    put(world, "21-NQ/TW", "Về tổ chức cơ sở đảng", issued_on=date(2022, 6, 16))
    put(world, "21-NQ/TU", "Về phát triển du lịch", issued_on=date(2023, 1, 5))
    lan = world.person("Trần Thị Lan", platform="zalo")
    lan.says("tìm nghị quyết 21")
    assert "Có 2 văn bản cùng số này" in lan.last
    lan.presses("21-NQ/TU")
    assert "phát triển du lịch" in lan.last
    lan.says("21-NQ/TW")
    assert "tổ chức cơ sở đảng" in lan.last
    lan.says("nghị quyết số 21 ngày 5/1/2023")
    assert "phát triển du lịch" in lan.last
    lan.says("tìm 21-NQ/BTV")
    assert "Trích yếu" not in lan.last


@BOTH
def test_words_find_papers_with_and_without_marks(world: World, platform: str) -> None:
    put(world, "", "Hỏi đáp về hội nghị", "Nội dung khác")
    put(world, "05-KH/CB", "Kế hoạch đại hội chi bộ", "Đại hội vào tháng 3")
    put(world, "06-BC/CB", "Báo cáo quý", "Chuẩn bị kế hoạch đại hội; mua bảo hiểm y tế cho hộ nghèo")
    lan = world.person("Trần Thị Lan", platform=platform)
    lan.says("cho tôi xem kế hoạch đại hội")
    assert labels(lan)[0].startswith("05-KH/CB")
    assert labels(lan)[1].startswith("06-BC/CB")
    lan.says("van ban ve bao hiem y te")
    assert "06-BC/CB" in lan.last
    assert "Trích yếu" in lan.last
    lan.says("tìm giúp tôi văn bản về bảo hiểm y tế ở đâu ạ?")
    assert "06-BC/CB" in lan.last
    lan.says("tìm hội nghị")
    assert "Hỏi đáp về hội nghị" in lan.last


def test_type_year_and_issuer_narrow_it(world: World) -> None:
    put(world, "01-KH/TU", "Chuyển đổi số", issuer="Tỉnh ủy", issued_on=date(2022, 3, 1))
    put(world, "02-KH/TU", "Chuyển đổi số", issuer="Tỉnh ủy", issued_on=date(2024, 3, 1))
    put(world, "03-KH/ĐU", "Chuyển đổi số", issuer="Đảng ủy xã An Bình", issued_on=date(2022, 5, 1))
    put(world, "04-NQ/TU", "Chuyển đổi số", issuer="Tỉnh ủy", issued_on=date(2022, 4, 1))
    lan = world.person("Trần Thị Lan")
    lan.says("tìm kế hoạch chuyển đổi số của tỉnh ủy năm 2022")
    assert "01-KH/TU" in lan.last
    assert "Trích yếu" in lan.last
    lan.says("văn bản của đảng ủy")
    assert "03-KH/ĐU" in lan.last
    lan.says("nghị quyết năm 2022")
    assert "04-NQ/TU" in lan.last
    lan.says("tìm chuyen doi so")
    assert [label[:5] for label in labels(lan)] == ["02-KH", "03-KH", "04-NQ", "01-KH"]


@pytest.mark.parametrize(
    "words",
    ['"', "'", '21" OR "1', "* NEAR(", "a AND NOT b", "() | & ! :*", "%_\\", "'; DROP TABLE document; --", "😀", "-",
     "^x", "a" * 3000, "bảo hiểm " * 200],
)  # fmt: skip
def test_signs_are_never_an_error(world: World, words: str) -> None:
    put(world, "05-BC/CB", "Báo cáo quý")
    lan = world.person("Trần Thị Lan")
    lan.says(f"/tim {words}")
    assert "không tìm thấy" in lan.last or "Xin viết số" in lan.last


def test_a_date_that_does_not_exist_is_told(world: World) -> None:
    lan = world.person("Trần Thị Lan")
    lan.says("/tim nghị quyết 21 ngày 31/6/2022")
    assert "chỉ có 30 ngày" in lan.last


def test_an_unfinished_word_and_raw_typing(world: World) -> None:
    put(world, "05-HD/CB", "Hướng dẫn chuyển sinh hoạt", "bảo hiểm y tế")
    lan = world.person("Trần Thị Lan")
    lan.says("/tim hướng dẫn chuy")
    assert "05-HD/CB" in lan.last
    lan.says("tìm baor hieemr y tees")
    assert "05-HD/CB" in lan.last
    lan.says("tìm chuyển sinh hoạt phí")
    assert "Không có văn bản đủ những chữ này" in lan.last
    assert labels(lan)[0].startswith("05-HD/CB")


@BOTH
def test_pages_go_on_where_they_ended(world: World, platform: str) -> None:
    for number in range(1, 15):
        put(world, f"{number:02d}-KH/CB", f"Kế hoạch vệ sinh đợt {number}")
    lan = world.person("Trần Thị Lan", platform=platform)
    lan.says("tìm kế hoạch vệ sinh")
    assert [label[:2] for label in labels(lan)] == ["14", "13", "12", "11", "10", "09", "Xe"]
    put(world, "15-KH/CB", "Kế hoạch vệ sinh đợt 15")
    lan.presses("Xem tiếp")
    assert [label[:2] for label in labels(lan)] == ["08", "07", "06", "05", "04", "03", "Xe"]
    lan.presses("Xem tiếp")
    assert [label[:2] for label in labels(lan)] == ["02", "01"]


def test_an_old_paper_is_found_among_many(world: World) -> None:
    put(world, "07-TB/CB", "Lịch tiêm phòng dại")
    with world.database.transaction() as session:
        for number in range(250):
            paper = Document(
                organization_id=world.branch.id or 0, summary=f"Giấy mời {number}", state=DocumentState.PUBLISHED,
                created_at=world.now, published_at=world.now + timedelta(minutes=number),
            )  # fmt: skip
            library.put(session, documents.add(session, paper, []), "")
    lan = world.person("Trần Thị Lan")
    lan.says("tìm tiêm phòng dại")
    assert "07-TB/CB" in lan.last
    lan.says("07-TB/CB")
    assert "07-TB/CB" in lan.last
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    an.says("/thuhoi 07-TB/CB")
    assert labels(an)[0].startswith("07-TB/CB")


# --- who may see what ----------------------------------------------------------------------------------------------
def test_only_what_is_for_the_member_is_found(world: World) -> None:
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    lan = world.person("Trần Thị Lan", platform="zalo")
    hung = world.person("Lê Văn Hùng", branch=other, platform="zalo")
    put(world, "01-TB/ĐU", "Phòng chống lụt bão toàn xã", at=world.commune)
    put(world, "02-TB/CB", "Phòng chống lụt bão thôn 3")
    put(world, "03-TB/CB", "Phòng chống lụt bão thôn 5", at=other)
    put(world, "04-TB/ĐU", "Phòng chống lụt bão, phân công", at=world.commune, to=[hung])
    lan.says("tìm lụt bão")
    assert [label[:5] for label in labels(lan)] == ["02-TB", "01-TB"]
    hung.says("tìm lụt bão")
    assert [label.split(") ")[-1][:5] for label in labels(hung)] == ["04-TB", "03-TB", "01-TB"]
    for words in ("tìm 03-TB/CB", "04-TB/ĐU"):
        lan.says(words)
        assert "Trích yếu" not in lan.last


def test_officers_see_their_subtree_and_nobody_elses(world: World) -> None:
    with world.database.transaction() as session:
        far = world._organization(session, "Đảng ủy xã Hòa Bình", "HB", "commune")  # type: ignore[arg-type]
        far_branch = world._organization(session, "Chi bộ 1", "HB-01", "branch", far)  # type: ignore[arg-type]
    five = world.add_branch("Chi bộ thôn 5", "AB-05")
    minh = world.person("Đỗ Văn Minh", roles=[RoleKind.OFFICER], over=world.commune)
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    mai = world.person("Phạm Thị Mai", branch=five)
    put(world, "01-TB/CB", "Vệ sinh thôn 5", at=five)
    put(world, "02-TB/CB", "Vệ sinh nhà văn hóa thôn 5", at=five, to=[mai])
    put(world, "03-TB/CB", "Vệ sinh xã bên", at=far_branch)
    put(world, "04-TB/ĐU", "Vệ sinh, chỉ cho một người", at=world.commune, to=[mai])
    minh.says("tìm vệ sinh")
    assert [label[:5] for label in labels(minh)] == ["04-TB", "02-TB", "01-TB"]
    an.says("tìm vệ sinh")
    assert "không tìm thấy" in an.last
    an.says("/thuhoi vệ sinh")
    assert not [label for label in labels(an) if "TB" in label]


def test_who_changed_the_branch_still_finds_what_they_were_sent(world: World) -> None:
    five = world.add_branch("Chi bộ thôn 5", "AB-05")
    lan = world.person("Trần Thị Lan")
    was_sent = put(world, "01-TB/CB", "Vệ sinh thôn 5", at=five)
    put(world, "02-TB/CB", "Vệ sinh thôn 5 lần hai", at=five)
    sent(world, was_sent, lan)
    lan.says("tìm vệ sinh")
    assert "01-TB/CB" in lan.last
    assert "02-TB/CB" not in lan.last


def test_withdrawn_never_expired_marked_replaced_leads_on(world: World) -> None:
    lan = world.person("Trần Thị Lan", platform="zalo")
    gone = put(world, "01-TB/CB", "Tiêm phòng chó mèo")
    put(world, "02-TB/CB", "Tiêm phòng trâu bò", state=DocumentState.EXPIRED, expires_on=date(2026, 11, 1))
    old = put(world, "03-TB/CB", "Tiêm phòng gà vịt ở sân kho", state=DocumentState.REPLACED)
    put(world, "04-TB/CB", "Tiêm phòng gia cầm", replaces_id=old, version=2)
    with world.database.transaction() as session:
        documents.get(session, gone).state = DocumentState.WITHDRAWN
    lan.says("tìm tiêm phòng")
    assert [label.split(" – ")[0] for label in labels(lan)] == ["04-TB/CB", "(hết hiệu lực) 02-TB/CB"]
    lan.presses("02-TB/CB")
    assert "ĐÃ HẾT HIỆU LỰC sau ngày 01/11/2026" in lan.last
    assert "Đã đọc" not in labels(lan)
    lan.says("03-TB/CB")
    assert "gia cầm" in lan.last
    lan.says("tìm gà vịt ở sân kho")
    assert "gia cầm" in lan.last
    assert "gà vịt" not in lan.last
    lan.says("tìm chó mèo")
    assert "không tìm thấy" in lan.last


def test_an_old_button_opens_the_version_in_force(world: World) -> None:
    lan = world.person("Trần Thị Lan")
    old = put(world, "03-TB/CB", "Tiêm phòng gà")
    put(world, "05-TB/CB", "Tiêm phòng bò")
    lan.says("tìm tiêm phòng")
    with world.database.transaction() as session:
        documents.get(session, old).state = DocumentState.REPLACED
    put(world, "04-TB/CB", "Tiêm phòng gia cầm", replaces_id=old, version=2)
    lan.presses("03-TB/CB")
    assert "Đây là bản hiện hành" in lan.last
    assert "gia cầm" in lan.last


def test_an_old_button_opens_nothing_that_is_no_longer_for_them(world: World) -> None:
    five = world.add_branch("Chi bộ thôn 5", "AB-05")
    lan = world.person("Trần Thị Lan")
    put(world, "03-TB/CB", "Tiêm phòng gà")
    put(world, "05-TB/CB", "Tiêm phòng bò")
    lan.says("tìm tiêm phòng")
    with world.database.transaction() as session:
        member = session.get(Member, lan.member_id)
        assert member is not None
        member.organization_id = five.id or 0
    lan.presses("03-TB/CB")
    assert "không gửi cho đồng chí" in lan.last
    assert "Trích yếu" not in lan.last


@BOTH
def test_in_a_group_nothing_is_shown(world: World, platform: str) -> None:
    lan = world.person("Trần Thị Lan", platform=platform)
    group = world.group([lan], platform=platform)
    put(world, "03-TB/CB", "Tiêm phòng gà", to=[lan])
    for words in ("/tim tiêm phòng", "tìm văn bản về tiêm phòng"):
        lan.mentions(words, group)
        assert lan.texts(group)[-1] == "Xin nhắn riêng cho Trợ lý chi bộ để tìm và xem văn bản."


def test_a_stranger_finds_nothing(world: World) -> None:
    put(world, "03-TB/CB", "Tiêm phòng gà", at=world.commune)
    stranger = world.person("Kẻ Lạ", linked=False)
    for words in ("/tim tiêm phòng", "tìm văn bản về tiêm phòng", "văn bản mới", "03-TB/CB"):
        stranger.says(words)
        assert "gà" not in stranger.last


# --- lists ---------------------------------------------------------------------------------------------------------
@BOTH
def test_what_is_to_be_read_stands_by_deadline(world: World, platform: str) -> None:
    lan = world.person("Trần Thị Lan", platform=platform)
    late = put(world, "01-TB/CB", "Việc gấp", read_by=world.now - timedelta(days=1))
    none = put(world, "02-TB/CB", "Không hạn")
    friday = put(world, "03-TB/CB", "Có hạn", read_by=world.now + timedelta(days=9))
    sent(world, late, lan)
    sent(world, none, lan)
    sent(world, friday, lan)
    put(world, "05-TB/CB", "Không gửi riêng")
    lan.says("cần đọc")
    assert labels(lan) == [
        "(quá hạn thứ Ba 24/11) 01-TB/CB – Việc gấp",
        "(hạn thứ Sáu 04/12) 03-TB/CB – Có hạn",
        "02-TB/CB – Không hạn",
    ]
    lan.presses("01-TB/CB")
    lan.presses("Đã đọc")
    lan.says("menu")
    lan.presses("Văn bản mới")
    assert labels(lan) == [
        "05-TB/CB – Không gửi riêng", "(chưa đọc) 03-TB/CB – Có hạn", "(chưa đọc) 02-TB/CB – Không hạn",
        "01-TB/CB – Việc gấp", "Cần đọc (2)",
    ]  # fmt: skip
    lan.presses("Cần đọc")
    assert len(labels(lan)) == 2


@BOTH
def test_the_menu_leads_to_types_years_and_guidance(world: World, platform: str) -> None:
    lan = world.person("Trần Thị Lan", platform=platform)
    put(world, "01-NQ/TW", "Về nông thôn", issued_on=date(2022, 1, 3))
    put(world, "02-NQ/TW", "Về đất đai", issued_on=date(2023, 1, 3))
    put(world, "03-HD/TW", "Về đảng phí", issued_on=date(2023, 2, 3))
    put(world, "", "Cách ghi sổ", section=GUIDANCE)
    lan.says("menu")
    lan.presses("Văn kiện, tư liệu")
    assert labels(lan) == [
        "Cần đọc (0)", "Hướng dẫn nghiệp vụ", "Theo loại văn bản", "Theo năm", "Tất cả, mới nhất trước", "Tìm văn bản",
    ]  # fmt: skip
    lan.presses("Hướng dẫn nghiệp vụ")
    assert labels(lan) == ["Cách ghi sổ", "03-HD/TW – Về đảng phí"]
    lan.says("văn bản")
    lan.presses("Theo loại")
    assert labels(lan) == ["Nghị quyết (2)", "Hướng dẫn (1)"]
    lan.presses("Nghị quyết (2)")
    assert [label[:2] for label in labels(lan)] == ["02", "01"]
    lan.says("văn bản")
    lan.presses("Theo năm")
    assert labels(lan) == ["Năm 2026 (1)", "Năm 2023 (2)", "Năm 2022 (1)"]
    lan.presses("Năm 2022")
    lan.presses("01-NQ/TW")
    assert "Về nông thôn" in lan.last
    lan.says("học tập nghị quyết")
    assert len(labels(lan)) == 3


@BOTH
def test_looking_from_the_menu(world: World, platform: str) -> None:
    put(world, "05-HD/CB", "Chuyển sinh hoạt đảng", "bảo hiểm y tế")
    lan = world.person("Trần Thị Lan", platform=platform)
    lan.says("tìm")
    assert "Xin viết số" in lan.last
    lan.says("bảo hiểm y tế")
    assert "05-HD/CB" in lan.last
    lan.says("văn bản")
    lan.presses("Tìm văn bản")
    lan.says("chuyen sinh hoat")
    assert "05-HD/CB" in lan.last
    lan.says("chuyển")
    assert "05-HD/CB" not in lan.last


def test_a_list_does_not_repeat_rows_when_papers_arrive(world: World) -> None:
    lan = world.person("Trần Thị Lan")
    for number in range(1, 9):
        put(world, f"{number:02d}-TB/CB", "Việc", published_at=world.now + timedelta(minutes=number))
    lan.says("văn bản mới")
    assert [label[:2] for label in labels(lan)] == ["08", "07", "06", "05", "04", "03", "Xe"]
    for number in (9, 10):
        put(world, f"{number:02d}-TB/CB", "Việc", published_at=world.now + timedelta(minutes=number))
    lan.presses("Xem tiếp")
    assert [label[:2] for label in labels(lan)] == ["02", "01"]


def test_a_dialogue_keeps_its_words(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    an.says("/vanban Kính gửi các đồng chí: sáng thứ Bảy tổng vệ sinh đường làng, mỗi nhà một người.")
    an.presses("Không có số")
    an.says("Kế hoạch về tổng vệ sinh")
    assert "Tìm thấy" not in an.last
    assert "không tìm thấy" not in an.last


# --- the index -----------------------------------------------------------------------------------------------------
def test_papers_of_an_older_release_become_findable(world: World) -> None:
    lan = world.person("Trần Thị Lan")
    with world.database.transaction() as session:
        store = world.app.store
        text = store.keep(session, word("Điều 1. Hỗ trợ máy cày"), name="a.docx", mime="", at=world.now)
        broken = store.keep(session, b"%PDF-1.7 broken", name="b.pdf", mime="", at=world.now)
        lost = store.keep(session, pdf("Điều 2"), name="c.pdf", mime="", at=world.now)
        store.path(lost.sha256).unlink()
    paper = put(world, "01-QĐ/UB", "Về hỗ trợ", indexed=False)
    with world.database.transaction() as session:
        for position, file in enumerate((text, broken, lost)):
            session.add(documents.DocumentFile(document_id=paper, position=position, file_id=file.id or 0))
    put(world, "02-QĐ/UB", "Bản nháp máy cày", indexed=False, state=DocumentState.DRAFT)
    lan.says("tìm máy cày")
    assert "không tìm thấy" in lan.last
    world.sweep()
    lan.says("tìm máy cày")
    assert "01-QĐ/UB" in lan.last


def test_what_was_withdrawn_leaves_the_index(world: World) -> None:
    gone = put(world, "01-TB/CB", "Tiêm phòng")
    world.person("Trần Thị Lan")
    with world.database.transaction() as session:
        documents.get(session, gone).state = DocumentState.WITHDRAWN
    world.sweep()
    with world.database.reading() as session:
        assert not list(session.exec(select(LibraryEntry)))


def test_a_branch_that_moved_is_found_by_its_new_officer(world: World) -> None:
    with world.database.transaction() as session:
        far = world._organization(session, "Đảng ủy xã Hòa Bình", "HB", "commune")  # type: ignore[arg-type]
    minh = world.person("Đỗ Văn Minh", roles=[RoleKind.OFFICER], over=far)
    put(world, "01-TB/CB", "Tiêm phòng")
    with world.database.transaction() as session:
        branch = session.get(Organization, world.branch.id)
        assert branch is not None
        branch.parent_id, branch.path = far.id, f"{far.path}{branch.id}/"
    minh.says("tìm tiêm phòng")
    world.sweep()
    minh.says("tìm tiêm phòng")
    assert "01-TB/CB" in minh.last
