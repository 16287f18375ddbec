"""Questions and proposals beyond one answer: levels, merging, closing, deadlines, hidden names, roll-up, rights."""

from __future__ import annotations

import io
import json

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from storage import organizations
from storage.audit import AuditEntry
from storage.files import StoredFile
from storage.members import RoleKind
from storage.organizations import Organization, OrganizationKind
from storage.outbox import Delivery
from storage.questions import Question
from tests.world import Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])
ASKED = "Hỏi: Khi nào chi bộ họp tháng 12?"


def secretary(world: World, platform: str = "telegram") -> Person:
    return world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)


def officer(world: World, platform: str = "telegram") -> Person:
    return world.person("Đỗ Văn Minh", roles=[RoleKind.OFFICER], over=world.commune, platform=platform)


def rows(world: World) -> list[Question]:
    with world.database.reading() as session:
        return list(session.exec(select(Question).order_by(Question.id)))  # type: ignore[arg-type]


def lines(person: Person) -> int:
    return max(len([line for line in text.splitlines() if " – " not in line[:4]]) for text in person.new())


# --- proposals -----------------------------------------------------------------------------------------------------
@BOTH
@pytest.mark.parametrize(
    "words",
    ["Kiến nghị: {}", "Tôi kiến nghị {}", "de xuat {}", "Em xin đề xuất: {}", "/kiennghi {}", "Đề nghị: {}"],
)
def test_a_proposal_is_numbered_among_the_questions(world: World, platform: str, words: str) -> None:
    an, lan = secretary(world, platform), world.person("Trần Thị Lan", platform=platform)
    lan.says(ASKED)
    lan.says(words.format("xã sửa đoạn đường đầu thôn"))
    assert "kiến nghị số 2" in lan.last
    assert "Hạn trả lời: thứ Bảy, ngày 05/12/2026" in lan.last
    assert "KIẾN NGHỊ SỐ 2 – đồng chí Trần Thị Lan" in an.last
    an.says("TL 2: Xã sẽ sửa trong tháng 12.")
    assert "TRẢ LỜI KIẾN NGHỊ SỐ 2" in lan.last


def test_words_about_coming_and_other_dialogues_are_no_proposal(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    lan.says("đề xuất cho tôi vắng mặt hôm họp")
    lan.says("đề xuất của tôi")
    an.says("mời họp")
    an.says("Đề xuất kết nạp đảng viên mới")
    assert not rows(world)


@BOTH
def test_step_by_step_with_the_command(world: World, platform: str) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan", platform=platform)
    lan.says("đề xuất")
    assert "Xin viết kiến nghị" in lan.last
    assert "Bí thư và cấp trên thấy tên" in lan.last
    lan.says("Lắp thêm đèn đường. Đoạn qua cầu rất tối. Các cháu đi học về muộn.")
    assert "kiến nghị số 1" in lan.last
    assert "Các cháu đi học về muộn." in an.last


@BOTH
def test_a_photo_is_answered_kindly_and_its_caption_taken(world: World, platform: str) -> None:
    secretary(world)
    lan = world.person("Trần Thị Lan", platform=platform)
    lan.says("/hoi")
    lan.sends(b"\xff\xd8\xff\xe0" + b"0" * 200, "duong.jpg", mime="image/jpeg", shown="photo")
    assert lan.sees("bằng chữ")
    assert not rows(world)
    lan.sends(
        b"\xff\xd8\xff\xe0" + b"1" * 200, "duong.jpg", mime="image/jpeg", shown="photo", text="Đường này bao giờ sửa?"
    )
    assert lan.sees("đã nhận phần chữ")
    assert [row.text for row in rows(world)] == ["Đường này bao giờ sửa?"]


# --- hidden names --------------------------------------------------------------------------------------------------
@BOTH
def test_a_hidden_name_is_seen_by_nobody_above(world: World, platform: str) -> None:
    an, minh = secretary(world, platform), officer(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    lan.says("/hoi")
    lan.presses("Ẩn tên tôi")
    assert 'chỉ thấy "một đồng chí trong chi bộ"' in lan.last
    assert "Chi bộ ít người" in lan.last
    lan.says("Quỹ chi bộ còn bao nhiêu?")
    assert "CÂU HỎI SỐ 1 – một đồng chí trong chi bộ" in an.last
    an.says("/cauhoi")
    an.says("câu số 1")
    an.says("chuyển câu 1 lên cấp trên")
    minh.says("/cauhoi")
    minh.says("tổng hợp kiến nghị")
    for who in (an, minh):
        assert not any("Lan" in text for text in who.texts())
    minh.says("TL 1: Còn hai triệu.")
    assert "Còn hai triệu." in lan.last


def test_hidden_from_the_first_word_and_in_the_tables(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    lan.says("Hỏi ẩn danh: Quỹ chi bộ còn bao nhiêu?")
    assert "một đồng chí trong chi bộ" in an.last
    an.says("TL 1: Còn hai triệu.")
    row = rows(world)[0]
    assert row.member_id is None
    assert row.asker_id == lan.member_id
    with world.database.engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT asker FROM question").scalar_one()
        assert str(lan.member_id).encode() != bytes(stored)
    with world.database.reading() as session:
        acts = session.exec(select(AuditEntry).where(AuditEntry.subject == "question:1")).all()
        mine = [row for row in session.exec(select(Delivery)) if row.chat_id == lan.user_id]
    assert {act.act for act in acts} >= {"question.asked", "question.answered", "question.routed"}
    assert all(act.actor_id != lan.member_id for act in acts)
    assert not any(row.about.startswith("question:") for row in mine)
    assert not any('"argument": "1"' in json.dumps(row.choices) for row in mine)


@BOTH
def test_a_name_is_hidden_afterwards_and_shown_again(world: World, platform: str) -> None:
    an, lan = secretary(world, platform), world.person("Trần Thị Lan", platform=platform)
    lan.says(ASKED)
    lan.presses("Ẩn tên tôi")
    assert "Đã ẩn tên" in lan.last
    assert ("có thể đã thấy tên" in lan.last) == (platform == "zalo")
    if platform == "telegram":
        assert not any("Trần Thị Lan" in text for text in an.texts())
    an.says("/cauhoi")
    assert "Số 1 – một đồng chí trong chi bộ" in an.last
    lan.presses("Để tên tôi")
    an.says("/cauhoi")
    assert "Số 1 – Trần Thị Lan" in an.last


def test_only_the_asker_hides_and_withdraws(world: World) -> None:
    secretary(world)
    lan, hung = world.person("Trần Thị Lan"), world.person("Lê Văn Hùng")
    lan.says(ASKED)
    moved(world, lan, hung)
    hung.says("2")
    assert "không phải câu hỏi của đồng chí" in hung.last
    assert rows(world)[0].state == "open"


def moved(world: World, giver: Person, taker: Person) -> None:
    """A mistake that must not matter: one person's buttons reach another's chat."""
    with world.database.transaction() as session:
        for row in session.exec(select(Delivery).where(Delivery.chat_id == giver.user_id)):
            if row.choices:
                row.chat_id = taker.user_id


# --- levels --------------------------------------------------------------------------------------------------------
@BOTH
def test_up_and_down_with_its_number_and_its_way(world: World, platform: str) -> None:
    an, minh = secretary(world, platform), officer(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    lan.says("Kiến nghị: xã nâng cấp đường liên thôn")
    an.presses("Chuyển cấp trên")
    assert "Đã chuyển kiến nghị số 1 lên Đảng ủy xã An Bình, hạn trả lời thứ Năm, ngày 10/12/2026" in an.last
    assert "đã được chuyển lên Đảng ủy xã An Bình" in lan.last
    assert "KIẾN NGHỊ SỐ 1" in minh.last
    assert "Từ: Chi bộ thôn 3" in minh.last
    assert "Đồng chí Nguyễn Văn An chuyển lên." in minh.last
    an.says("TL 1: tôi trả lời thay xã")
    assert "đang do Đảng ủy xã An Bình xử lý" in an.last
    minh.presses("Việc khác")
    minh.presses("Chuyển lại cấp dưới")
    assert "đã được chuyển về Chi bộ thôn 3" in lan.last
    assert "Đồng chí Đỗ Văn Minh chuyển về." in an.last
    an.says("chuyển câu 1 lên cấp trên")
    minh.presses("Trả lời")
    minh.says("Xã đã đưa vào kế hoạch năm 2027.")
    assert "TRẢ LỜI KIẾN NGHỊ SỐ 1" in lan.last
    an.says("câu số 1")
    for words in ("Nguyễn Văn An chuyển lên cấp trên", "Đỗ Văn Minh chuyển về", "Đỗ Văn Minh trả lời"):
        assert words in an.last


@BOTH
def test_a_forwarding_is_taken_back(world: World, platform: str) -> None:
    an, minh = secretary(world, platform), officer(world)
    lan = world.person("Trần Thị Lan")
    lan.says(ASKED)
    an.presses("Chuyển cấp trên")
    an.presses("Lấy lại")
    assert "Đã lấy lại câu hỏi số 1 về Chi bộ thôn 3" in an.last
    an.says("TL 1: Họp ngày 03/12.")
    assert "Họp ngày 03/12." in lan.last
    minh.says("TL 1: muộn rồi")
    assert "đã được đồng chí Nguyễn Văn An trả lời rồi" in minh.last


def test_an_old_button_does_not_move_it_a_second_time(world: World) -> None:
    with world.database.transaction() as session:
        province = organizations.add(
            session, Organization(name="Tỉnh ủy", code="T", kind=OrganizationKind.PROVINCE, name_key="tinh uy")
        )
        commune = session.get_one(Organization, world.commune.id)
        commune.parent_id, commune.path = province.id, f"{province.path}{commune.id}/"
        branch = session.get_one(Organization, world.branch.id)
        branch.path = f"{commune.path}{branch.id}/"
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], over=world.commune)
    minh = world.person("Đỗ Văn Minh", roles=[RoleKind.OFFICER], over=world.commune, platform="zalo")
    lan = world.person("Trần Thị Lan")
    lan.says(ASKED)  # nobody leads the branch: both at the commune get it
    minh.presses("Chuyển cấp trên")
    assert rows(world)[0].desk == world.commune.id
    first = next(message for message in an.chat() if message["buttons"])
    an._press(first["message_id"], dict(first["buttons"])["Chuyển cấp trên"], None)
    assert "đã được chuyển, hiện ở Đảng ủy xã An Bình" in an.last
    assert rows(world)[0].desk == world.commune.id


def test_nobody_passes_on_what_others_have_to_answer(world: World) -> None:
    an, minh = secretary(world), officer(world)
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    hung = world.person("Lê Văn Hùng", branch=other, roles=[RoleKind.SECRETARY])
    lan = world.person("Trần Thị Lan")
    lan.says(ASKED)
    for who in (hung, lan):
        who.says("chuyển câu 1 lên cấp trên")
        who.says("câu số 1")
        who.says("gộp 1 với 1")
    moved(world, an, hung)
    for number in ("1", "2", "3"):  # answer, pass on, see more
        hung.forget()
        hung.says(number)
        assert hung.sees("chỉ dành cho")
    assert not any("Khi nào chi bộ họp" in text for text in hung.texts())
    assert [(row.state, row.receiver_id) for row in rows(world)] == [("open", None)]
    assert not minh.texts() or "CÂU HỎI" not in minh.last


# --- merging, closing, withdrawing ---------------------------------------------------------------------------------
@BOTH
def test_the_same_question_twice_gets_one_answer(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan, hung = world.person("Trần Thị Lan", platform=platform), world.person("Lê Văn Hùng")
    lan.says(ASKED)
    hung.says("Hỏi: Tháng 12 chi bộ mình họp ngày nào?")
    an.presses("Việc khác")
    an.presses("Gộp với câu khác")
    assert "Số 1: Khi nào chi bộ họp tháng 12?" in (an.last + str(an.chat()[-1]["buttons"]))
    an.presses("Số 1")
    assert "Đã gộp câu hỏi số 2 với số 1" in an.last
    assert "được gộp với một câu cùng nội dung" in hung.last
    an.says("TL 2: thử trả lời câu đã gộp")
    assert "đã gộp với số 1" in an.last
    an.says("TL 1: Họp ngày 03/12.")
    assert "Kèm 1 câu đã gộp vào" in an.last
    assert "TRẢ LỜI CÂU HỎI SỐ 1" in lan.last
    assert "TRẢ LỜI CÂU HỎI SỐ 2" in hung.last
    assert "Hỏi: Tháng 12 chi bộ mình họp ngày nào?" in hung.last
    assert [row.state for row in rows(world)] == ["answered", "answered"]


@BOTH
def test_merged_by_reply_with_an_answered_one_and_parted_again(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan, hung, mai = (world.person(name) for name in ("Trần Thị Lan", "Lê Văn Hùng", "Vũ Thị Mai"))
    lan.says(ASKED)
    hung.says("Hỏi: Họp tháng 12 hôm nào?")
    an.says("gộp 2 với 1")
    an.presses("Tách ra")
    assert "lại đang chờ trả lời" in hung.last
    an.says("TL 1: Họp ngày 03/12.")
    if platform == "telegram":
        message = next(m["message_id"] for m in an.chat() if "CÂU HỎI SỐ 2" in (m["text"] or ""))
        an.says("gộp với số 1", reply_to=message)
    else:  # Zalo does not say what a message replies to
        an.says("gộp với số 1")
        assert "Gộp câu nào?" in an.last
        an.says("gộp câu hỏi 2 vào câu 1")
    assert "Họp ngày 03/12." in hung.last
    mai.says("Hỏi: Đảng phí nộp ở đâu?")
    an.says("gộp 3 với 3")
    assert "với chính nó" in an.last
    assert rows(world)[2].state == "open"


@BOTH
def test_closed_with_a_reason_and_opened_again(world: World, platform: str) -> None:
    an, lan = secretary(world, platform), world.person("Trần Thị Lan", platform=platform)
    lan.says("Hỏi: Giá vàng tháng sau thế nào?")
    an.presses("Việc khác")
    an.presses("Đóng câu này")
    an.presses("Không thuộc thẩm quyền")
    assert "không thuộc thẩm quyền của Chi bộ thôn 3" in lan.last
    an.presses("Mở lại")
    assert "lại đang chờ trả lời" in lan.last
    an.says("TL 1: Chi bộ không theo dõi giá vàng.")
    assert "TRẢ LỜI CÂU HỎI SỐ 1" in lan.last


@BOTH
def test_withdrawn_by_the_asker_and_asked_again(world: World, platform: str) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan", platform=platform)
    hung = world.person("Lê Văn Hùng")
    lan.says(ASKED)
    hung.says("Hỏi: Họp tháng 12 hôm nào?")
    an.says("gộp 2 với 1")
    lan.presses("Rút lại")
    assert "Đã rút câu hỏi số 1" in lan.last
    assert an.sees("đã được người hỏi rút lại")
    an.says("TL 1: Họp ngày 03/12.")
    assert "người hỏi đã rút" in an.last
    assert [row.state for row in rows(world)] == ["closed", "open"]  # who was merged into it waits on their own
    lan.presses("Gửi lại")
    an.says("TL 1: Họp ngày 03/12.")
    assert "Họp ngày 03/12." in lan.last


@BOTH
def test_not_clear_reopens_once(world: World, platform: str) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan", platform=platform)
    lan.says(ASKED)
    an.says("TL 1: Họp ngày 03/12.")
    lan.presses("Chưa rõ")
    lan.says("Họp buổi sáng hay buổi tối?")
    assert "Đã gửi lại câu hỏi số 1" in lan.last
    assert "Hỏi thêm: Họp buổi sáng hay buổi tối?" in an.last
    assert "CHƯA RÕ" in an.last
    an.says("TL 1: Họp 19 giờ 30.")
    assert "Họp 19 giờ 30." in lan.last
    if platform == "telegram":
        lan.presses("Chưa rõ")  # the first answer's button
        assert "đã hỏi thêm một lần rồi" in lan.last


@BOTH
def test_the_askers_own_list(world: World, platform: str) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan", platform=platform)
    hung = world.person("Lê Văn Hùng")
    lan.says("Hỏi ẩn danh: Quỹ chi bộ còn bao nhiêu?")
    lan.says("Kiến nghị: mua thêm ghế cho nhà văn hóa")
    an.says("TL 1: Còn hai triệu.")
    lan.says("câu hỏi của tôi")
    assert "Số 1: Quỹ chi bộ còn bao nhiêu? – đã trả lời ngày 25/11/2026" in lan.last
    assert "Số 2: mua thêm ghế cho nhà văn hóa – đang chờ trả lời" in lan.last
    lan.presses("Xem kiến nghị số 2")
    lan.presses("Rút lại")
    assert "Đã rút kiến nghị số 2" in lan.last
    hung.says("câu hỏi của tôi")
    assert "chưa gửi" in hung.last


# --- deadlines -----------------------------------------------------------------------------------------------------
@BOTH
def test_reminded_before_and_on_the_day_once_each(world: World, platform: str) -> None:
    an, lan = secretary(world, platform), world.person("Trần Thị Lan")
    lan.says(ASKED)
    lan.says("Kiến nghị: mua thêm ghế cho nhà văn hóa")
    an.forget()
    world.at("2026-12-02T12:00:00+07:00")
    assert not an.new()
    world.at("2026-12-03T05:00:00+07:00")
    assert not an.new()  # quiet hours
    world.at("2026-12-03T07:00:00+07:00")
    world.sweep()
    world.at("2026-12-04T12:00:00+07:00")
    assert len(an.new()) == 1  # both in one message, and none the next day
    assert "Câu hỏi số 1: hạn thứ Bảy, ngày 05/12/2026" in an.last
    assert "Kiến nghị số 2" in an.last
    an.forget()
    an.says("TL 1: Họp ngày 03/12.")
    an.forget()
    world.at("2026-12-05T07:00:00+07:00")
    world.at("2026-12-06T07:00:00+07:00")
    assert len(an.new()) == 1
    assert "Kiến nghị số 2: hạn HÔM NAY" in an.last
    assert "số 1" not in an.last
    an.presses("Xem các câu")
    assert "QUÁ HẠN 1 ngày – Số 2" in an.last


def test_after_forwarding_those_above_are_reminded_with_their_own_deadline(world: World) -> None:
    an, minh = secretary(world), officer(world, "zalo")
    lan = world.person("Trần Thị Lan")
    lan.says(ASKED)
    an.presses("Chuyển cấp trên")
    an.forget()
    minh.forget()
    world.at("2026-12-05T09:00:00+07:00")
    assert not minh.new()
    world.at("2026-12-08T09:00:00+07:00")
    assert "hạn thứ Năm, ngày 10/12/2026" in minh.last
    assert not an.new()


def test_the_level_above_sees_what_is_overdue(world: World) -> None:
    secretary(world)
    minh, lan = officer(world), world.person("Trần Thị Lan")
    lan.says(ASKED)
    world.later(days=13)
    minh.says("/cauhoi")
    assert "Có 1 câu hỏi chờ trả lời, 1 câu QUÁ HẠN." in minh.last
    assert "QUÁ HẠN 3 ngày – Chi bộ thôn 3: Số 1" in minh.last


# --- the committee's view ------------------------------------------------------------------------------------------
@BOTH
def test_the_roll_up_counts_by_branch(world: World, platform: str) -> None:
    an, minh = secretary(world), officer(world, platform)
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    lan, hung = world.person("Trần Thị Lan"), world.person("Lê Văn Hùng", branch=other)
    lan.says(ASKED)
    lan.says("Kiến nghị: xã nâng cấp đường liên thôn")
    hung.says("Hỏi: Thôn 5 họp ngày nào?")
    world.later(days=2)
    an.says("TL 1: Họp ngày 03/12.")
    an.says("chuyển câu 2 lên cấp trên")
    world.later(days=10)
    minh.says("/tonghop")
    assert "Năm 2026: nhận 3, đã trả lời 1, đang chờ 2, quá hạn 1." in minh.last
    assert "Đã chuyển lên đồng chí: 1." in minh.last
    assert "Chi bộ thôn 3: chờ 1, đã chuyển trên 1, trả lời 1, trung bình 2 ngày" in minh.last
    assert "Chi bộ thôn 5: chờ 1, quá hạn 1, trả lời 0" in minh.last
    assert "họp tháng 12" not in minh.last
    an.says("tổng hợp kiến nghị")
    assert "thôn 5" not in an.last
    lan.says("tổng hợp kiến nghị")
    assert "chỉ dành cho" in lan.last
    group = world.group([minh], platform=platform)
    minh.mentions("/tonghop", group)
    assert "thôn 3" not in minh.texts(group)[-1]


def test_the_sheet_keeps_to_the_subtree_and_to_hidden_names(world: World) -> None:
    an, minh = secretary(world), officer(world)
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    lan, hung = world.person("Trần Thị Lan"), world.person("Lê Văn Hùng", branch=other)
    lan.says("Hỏi ẩn danh: Quỹ chi bộ còn bao nhiêu?")
    lan.says("Kiến nghị: =1+1 là mấy")
    hung.says("Hỏi: Thôn 5 họp ngày nào?")
    assert [row[3] for row in sheet(world, minh)] == ["một đồng chí trong chi bộ", "Trần Thị Lan", "Lê Văn Hùng"]
    assert [row[5] for row in sheet(world, an)] == ["Quỹ chi bộ còn bao nhiêu?", "=1+1 là mấy"]
    world.sweep()
    assert not [path for path in (world.settings.data_dir / "files").rglob("*") if path.is_file()]
    lan.says("xuất kiến nghị")
    assert "chỉ dành cho" in lan.last


def sheet(world: World, who: Person) -> list[list[object]]:
    """The rows of the sheet that this person gets, without the heading."""
    who.says("/xuatcauhoi")
    with world.database.reading() as session:
        row = [each for each in session.exec(select(Delivery)) if each.about == "question-export"][-1]
        stored = session.get_one(StoredFile, row.file_id)
    content = world.app.store.path(stored.sha256).read_bytes()
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1:]  # type: ignore[return-value]


def test_on_zalo_the_sheet_is_fetched_in_another_way(world: World) -> None:
    an = secretary(world, "zalo")
    an.says("/xuatcauhoi")
    assert "sotay questions export" in an.last


# --- what is not taken ---------------------------------------------------------------------------------------------
@BOTH
@pytest.mark.parametrize(
    "words",
    [
        "Hỏi: Tôi muốn tố cáo ông Nguyễn Văn Bình thì gửi ai?",
        "Kiến nghị: xem xét đơn thư của gia đình tôi",
        "hoi: toi muon to cao can bo xa",
        "Hỏi: vì sao trưởng thôn ăn chặn tiền hỗ trợ?",
    ],
)
def test_denunciations_are_refused_and_stored_nowhere(world: World, platform: str, words: str) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan", platform=platform)
    an.forget()
    lan.says(words)
    assert "không nhận đơn thư, tố cáo" in lan.last
    assert "ủy ban kiểm tra" in lan.last
    assert not rows(world)
    assert not an.new()
    with world.database.reading() as session:
        said = words.partition(": ")[2]
        assert not any(said in each.text for each in session.exec(select(Delivery)))


def test_the_law_of_denunciations_may_be_asked_about(world: World) -> None:
    secretary(world)
    lan = world.person("Trần Thị Lan")
    for words in ("Hỏi: Bao giờ có lớp học Luật Tố cáo?", "Hỏi: Tổ cao tuổi của thôn họp ngày nào?"):
        lan.says(words)
    assert len(rows(world)) == 2


def test_dialogues_are_short(world: World) -> None:
    an, minh = secretary(world), officer(world)
    lan = world.person("Trần Thị Lan")
    for who in (an, minh, lan):
        who.forget()
    lan.says("Hỏi ẩn danh: Quỹ chi bộ còn bao nhiêu?")
    an.presses("Chuyển cấp trên")
    minh.says("TL 1: Còn hai triệu.")
    lan.says("Hỏi: Tôi muốn tố cáo ông Bình")
    assert max(map(lines, (an, minh, lan))) <= 6
