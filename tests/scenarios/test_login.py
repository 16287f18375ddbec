"""Coming in by member number: with a code, by the secretary's word, and everything that must not work."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select

from bot.flows.members.codes import make_code
from storage import members
from storage.audit import AuditEntry
from storage.inbox import InboxEntry
from storage.members import RoleKind, Standing
from tests.world import Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])


def code_for(world: World, person: Person) -> str:
    with world.database.transaction() as session:
        return make_code(session, person.member_id, now=world.now, hours=72, made_by=None)


def comes_in(person: Person, code: str, number: str = "") -> None:
    person.says("đăng nhập")
    person.says(number or person.number)
    person.says(code)


def whose(world: World, person: Person) -> list[int]:
    """The members behind this person's id, by the committed rows."""
    with world.database.reading() as session:
        found = [members.of_account(session, channel, person.user_id) for channel in (1, 2)]
    return [each[0].id or 0 for each in found if each]


def wrong(code: str) -> str:
    """Another code of the same shape: one digit is another digit."""
    digit = next(char for char in code if char.isdigit())
    return code.replace(digit, "3" if digit != "3" else "4")


def acts(world: World) -> list[str]:
    with world.database.reading() as session:
        return [entry.act for entry in session.exec(select(AuditEntry).order_by(AuditEntry.id))]  # type: ignore[arg-type]


@BOTH
def test_number_and_code_lead_in(world: World, platform: str) -> None:
    lan = world.person("Trần Thị Lan", platform=platform, linked=False, title="bác", number="012345678901")
    code = code_for(world, lan)
    lan.says("/start" if platform == "telegram" else "bat dau")
    assert lan.sees("số đảng viên")
    lan.says("012 345.678 901")
    assert lan.sees("mã đăng nhập")
    lan.says(f"ma la {code.lower().replace(' ', '')}")
    assert lan.last.startswith("Kính chào bác Lan – Chi bộ thôn 3")
    assert len(lan.last.split("\n")) <= 6 + (platform == "zalo")
    assert whose(world, lan) == [lan.member_id]
    assert acts(world) == ["login"]


def test_the_number_may_stand_in_the_command(world: World) -> None:
    lan = world.person("Trần Thị Lan", linked=False)
    lan.says(f"/dangnhap {lan.number}")
    lan.says(code_for(world, lan))
    assert lan.sees("Kính chào đồng chí Trần Thị Lan")


@BOTH
def test_a_stranger_may_begin_with_the_number(world: World, platform: str) -> None:
    lan = world.person("Trần Thị Lan", platform=platform, linked=False)
    lan.says("0000 0000 0001")
    assert "mã đăng nhập" in lan.last
    lan.says(code_for(world, lan))
    assert whose(world, lan) == [lan.member_id]


def test_each_role_is_greeted_with_its_own_line(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], linked=False)
    ha = world.person("Lê Thu Hà", standing=Standing.SUPPORTER, roles=[RoleKind.VOLUNTEER], linked=False)
    for person in (an, ha):
        comes_in(person, code_for(world, person))
    assert an.sees("CẤP MÃ")
    assert ha.sees("đoàn viên hỗ trợ")
    assert not ha.sees("Giấy mời, văn bản")


def test_what_cannot_be_a_number_gets_a_hint(world: World) -> None:
    lan = world.person("Trần Thị Lan", linked=False)
    lan.says("bác muốn đăng nhập cháu ơi")
    lan.says("số 12 ạ")
    assert "chưa đúng dạng" in lan.last
    lan.says("TRỢ GIÚP")
    assert lan.sees("không bao giờ hỏi mật khẩu")
    lan.says(lan.number)
    assert "mã đăng nhập" in lan.last
    lan.says("hủy")
    assert lan.sees("Đã bỏ: đăng nhập")


@BOTH
def test_known_and_unknown_numbers_look_the_same(world: World, platform: str) -> None:
    """Every text that a stranger can get: wrong code, malformed code, no code; and nobody is disturbed."""
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)
    lan = world.person("Trần Thị Lan", platform=platform, linked=False)
    code = wrong(code_for(world, lan))
    heard = []
    for number in (lan.number, "999888777666"):
        stranger = world.person(f"Lạ {number}", platform=platform, linked=False)
        an.forget()
        comes_in(stranger, code, number)
        stranger.says("1234567")
        stranger.presses("Tôi chưa có mã")
        heard.append(stranger.texts())
        if number != lan.number:
            assert an.new() == []
    assert heard[0] == heard[1]
    assert any("Số đảng viên hoặc mã không đúng" in text for text in heard[0])
    assert "Đã nhận yêu cầu" in heard[0][-1]


def test_a_code_works_once(world: World) -> None:
    lan = world.person("Trần Thị Lan", linked=False)
    thief = world.person("Kẻ Lạ", linked=False)
    code = code_for(world, lan)
    comes_in(lan, code)
    comes_in(thief, code, lan.number)
    assert "không đúng" in thief.last
    assert whose(world, thief) == []


def test_a_code_expires(world: World) -> None:
    lan = world.person("Trần Thị Lan", linked=False)
    code = code_for(world, lan)
    world.later(hours=72)
    comes_in(lan, code)
    assert "không đúng" in lan.last
    comes_in(lan, code_for(world, lan))
    assert "Kính chào" in lan.last


def test_a_code_belongs_to_its_member(world: World) -> None:
    lan = world.person("Trần Thị Lan", linked=False)
    binh = world.person("Lê Văn Bình", linked=False)
    code_for(world, lan)
    comes_in(lan, code_for(world, binh))
    assert "không đúng" in lan.last


def test_a_new_code_voids_the_older(world: World) -> None:
    lan = world.person("Trần Thị Lan", linked=False)
    first, second = code_for(world, lan), code_for(world, lan)
    comes_in(lan, first)
    assert "không đúng" in lan.last
    lan.says(second)
    assert "Kính chào" in lan.last


@BOTH
def test_five_wrong_tries_lock_the_id_and_void_the_code(world: World, platform: str) -> None:
    lan = world.person("Trần Thị Lan", platform=platform, linked=False)
    thief = world.person("Kẻ Lạ", platform=platform, linked=False)
    code = code_for(world, lan)
    thief.says("đăng nhập")
    thief.says(lan.number)
    for _ in range(4):
        thief.says(wrong(code))
        assert "không đúng" in thief.last
    thief.says(wrong(code))
    assert "10 giờ, thứ Tư, ngày 25/11/2026" in thief.last
    thief.says("đăng nhập")
    assert "Xin thử lại sau" in thief.last
    comes_in(lan, code)  # tried five times, wherever that was
    assert "không đúng" in lan.last
    world.later(minutes=61)
    thief.says("đăng nhập")
    assert "số đảng viên" in thief.last


def test_in_a_group_nobody_logs_in(world: World) -> None:
    for platform in ("telegram", "zalo"):
        lan = world.person("Trần Thị Lan", platform=platform, linked=False)
        group = world.group([lan], platform=platform)
        lan.mentions("đăng nhập", group)
        assert "nhắn riêng" in lan.texts(group)[-1]
        lan.mentions("/dangnhap", group)
        assert "nhắn riêng" in lan.texts(group)[-1]
        assert not lan.sees("Xin nhắn số", to=group)


# --- without a code --------------------------------------------------------------------------------------------------
def asks(person: Person, number: str = "") -> None:
    person.says("đăng nhập")
    person.says(number or person.number)
    person.presses("Tôi chưa có mã")


@BOTH
def test_the_secretary_lets_in_by_one_press(world: World, platform: str) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)
    phuc = world.person("Vũ Phúc", roles=[RoleKind.DEPUTY], platform="telegram")
    lan = world.person("Trần Thị Lan", platform=platform, linked=False, number="012345678901")
    asks(lan)
    for leader in (an, phuc):
        assert leader.sees("Trần Thị Lan (…901)")
        assert leader.sees("Tên hiển thị")
    assert not an.sees("012345678901")
    an.says("ok")
    assert whose(world, lan) == []
    an.presses("Đồng ý")
    assert lan.last.startswith("Kính chào đồng chí Trần Thị Lan")
    assert whose(world, lan) == [lan.member_id]
    phuc.presses("Từ chối")
    assert "đã được đồng chí Nguyễn Văn An đồng ý" in phuc.last
    assert whose(world, lan) == [lan.member_id]


def test_a_refusal_lets_nobody_in(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    thief = world.person("Kẻ\nLạ", linked=False)
    lan = world.person("Trần Thị Lan", linked=False)
    asks(thief, lan.number)
    assert an.sees("Kẻ Lạ")
    heard = len(thief.texts())
    an.presses("Từ chối")
    assert "Đã từ chối" in an.last
    assert len(thief.texts()) == heard
    assert whose(world, thief) == []


def test_a_repeated_request_disturbs_nobody_twice(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    lan = world.person("Trần Thị Lan", linked=False)
    asks(lan)
    asks(lan)
    assert len(an.new()) == 1


def test_a_request_expires(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    lan = world.person("Trần Thị Lan", linked=False)
    asks(lan)
    world.later(hours=72)
    an.presses("Đồng ý")
    assert "quá hạn" in an.last
    assert whose(world, lan) == []


def test_without_a_secretary_it_goes_upward(world: World) -> None:
    officer = world.person("Phạm Cán Bộ", roles=[RoleKind.OFFICER], over=world.commune)
    lan = world.person("Trần Thị Lan", linked=False)
    asks(lan)
    officer.presses("Đồng ý")
    assert lan.sees("Kính chào")


def test_two_requests_on_zalo_are_asked_one_after_the_other(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform="zalo")
    lan = world.person("Trần Thị Lan", platform="zalo", linked=False)
    binh = world.person("Lê Văn Bình", platform="zalo", linked=False)
    asks(lan)
    asks(binh)
    an.says("1")
    assert binh.sees("Kính chào")
    assert "Trần Thị Lan" in an.last
    an.says("1")
    assert lan.sees("Kính chào")


def test_who_is_no_longer_a_leader_approves_nothing(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    lan = world.person("Trần Thị Lan", linked=False)
    asks(lan)
    with world.database.transaction() as session:
        for role in session.exec(select(members.Role)):
            session.delete(role)
    an.presses("Đồng ý")
    assert "chỉ dành cho" in an.last
    assert whose(world, lan) == []


def test_a_forged_press_approves_nothing(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    lan = world.person("Trần Thị Lan", linked=False)
    thief = world.person("Kẻ Lạ")
    asks(lan)
    data = an.chat()[-1]["buttons"][0][1]
    thief.says("/menu")
    mine = next(message for message in reversed(thief.chat()) if message["buttons"])
    update = {
        "update_id": 990001,
        "callback_query": {
            "id": "1",
            "from": {"id": int(thief.user_id), "is_bot": False, "first_name": "Lạ"},
            "chat_instance": "1",
            "data": data,
            "message": {
                "message_id": int(mine["message_id"]),
                "date": 1,
                "chat": {"id": int(thief.user_id), "type": "private"},
            },
        },
    }
    world.receives("telegram", update)
    assert "xong rồi" in thief.last
    assert whose(world, lan) == []


def test_a_branch_does_not_let_in_its_own_superior(world: World) -> None:
    """An officer lives in the branch: only those who stand over the commune decide about that login."""
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    other = world.person("Phạm Cán Bộ", roles=[RoleKind.OFFICER], over=world.commune)
    boss = world.person("Trần Trưởng Ban", roles=[RoleKind.OFFICER], over=world.commune, linked=False)
    asks(boss)
    assert an.new() == []
    assert other.sees("Trần Trưởng Ban")
    an.says("/ma Trần Trưởng Ban")
    assert "chỉ dành cho" in an.last


# --- taking over -----------------------------------------------------------------------------------------------------
@BOTH
def test_a_new_phone_takes_over_and_everybody_is_told(world: World, platform: str) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    lan = world.person("Trần Thị Lan", platform=platform)
    new = world.person("Lan máy mới", platform=platform, linked=False)
    comes_in(new, code_for(world, lan), lan.number)
    assert new.sees("Kính chào đồng chí Trần Thị Lan")
    assert lan.sees("máy này đã được thoát".capitalize())
    assert lan.sees("gọi báo bí thư")
    assert an.sees("Trần Thị Lan vừa đăng nhập trên một máy")
    assert whose(world, new) == [lan.member_id]
    assert whose(world, lan) == []


def test_a_second_platform_is_welcome_and_the_first_is_told(world: World) -> None:
    lan = world.person("Trần Thị Lan", platform="zalo")
    also = world.person("Lan Telegram", platform="telegram", linked=False)
    comes_in(also, code_for(world, lan), lan.number)
    assert also.sees("Kính chào")
    assert lan.sees("đăng nhập thêm trên Telegram")
    assert whose(world, lan) == whose(world, also) == [lan.member_id]


@BOTH
def test_a_chat_that_is_linked_must_leave_first(world: World, platform: str) -> None:
    lan = world.person("Trần Thị Lan", platform=platform)
    binh = world.person("Lê Văn Bình", platform=platform, linked=False)
    lan.says(f"/dangnhap {binh.number}")
    assert "đang đăng nhập là đồng chí Trần Thị Lan" in lan.last
    lan.presses("Giữ nguyên")
    assert whose(world, lan) == [lan.member_id]
    lan.says("đăng nhập")
    lan.presses("Đăng nhập người khác")
    lan.says(binh.number)
    lan.says(code_for(world, binh))
    assert lan.sees("Kính chào đồng chí Lê Văn Bình")
    assert whose(world, lan) == [binh.member_id]


# --- leaving ---------------------------------------------------------------------------------------------------------
@BOTH
def test_leaving_is_asked_back(world: World, platform: str) -> None:
    lan = world.person("Trần Thị Lan", platform=platform, number="012345678901")
    lan.says("tôi là ai")
    assert "Trần Thị Lan" in lan.last
    assert "…901" in lan.last
    lan.says("thoát")
    lan.presses("Ở lại")
    assert whose(world, lan) == [lan.member_id]
    lan.says("/thoat")
    lan.presses("Thoát")
    assert "ĐĂNG NHẬP" in lan.last
    assert whose(world, lan) == []
    lan.says("/toi")
    assert "đăng nhập" in lan.last


def test_nothing_of_a_login_is_kept_in_the_clear(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    lan = world.person("Trần Thị Lan", linked=False, number="012345678901")
    an.says("/ma Trần Thị Lan")
    code = re.findall(r"[A-Z2-9]{3} [A-Z2-9]{3}", an.last)[0]
    comes_in(lan, code)
    assert whose(world, lan) == [lan.member_id]
    secrets = {lan.number, code, code.replace(" ", "")}
    connection = world.database.engine.connect()
    for table in InboxEntry.metadata.sorted_tables:
        for row in connection.execute(table.select().with_only_columns(*_plain(table))):
            assert not any(secret in str(value) for value in row for secret in secrets), table.name
    connection.close()


def _plain(table: object) -> list[object]:
    """The columns that are not ciphertext."""
    from storage.crypto import EncryptedJson, EncryptedText

    return [each for each in table.columns if not isinstance(each.type, EncryptedText | EncryptedJson)]  # type: ignore[attr-defined]
