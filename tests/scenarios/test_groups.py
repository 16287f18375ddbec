"""Groups: being put in, connected, removed, moved; and numbers that nobody should post there."""

from __future__ import annotations

import pytest

from bot.flows.members.guard import gives_away
from storage import channels
from storage.members import RoleKind
from tests.world import TOKENS, Group, Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])


def branch_of(world: World, group: Group) -> int | None:
    with world.database.reading() as session:
        found = channels.group_of(session, {"telegram": 1, "zalo": 2}[group.platform], group.chat)
    return found.organization_id if found else None


@BOTH
def test_the_secretary_connects_the_group(world: World, platform: str) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    stranger = world.person("Kẻ Lạ", platform=platform, linked=False)
    group = world.group([an, lan, stranger], platform=platform, linked=False)
    if platform == "telegram":
        assert an.sees("/nhom", to=group)
    stranger.mentions("/nhom", group)
    assert "đăng nhập" in an.texts(group)[-1]
    lan.mentions("/nhom", group)
    assert "chỉ dành cho" in an.texts(group)[-1]
    assert branch_of(world, group) is None
    an.mentions("kết nối nhóm", group)
    assert "đã kết nối với Chi bộ thôn 3" in an.texts(group)[-1]
    assert branch_of(world, group) == world.branch.id


def test_a_connected_group_is_not_taken_by_another_branch(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    other = world.person("Lê Văn Xa", roles=[RoleKind.SECRETARY], branch=world.add_branch("Chi bộ thôn 9", "AB-09"))
    group = world.group([an, other], linked=False)
    an.mentions("/nhom", group)
    other.mentions("/nhom", group)
    assert "đang kết nối với Chi bộ thôn 3" in an.texts(group)[-1]
    other.mentions("/ngatnhom", group)
    assert "chỉ dành cho" in an.texts(group)[-1]
    assert branch_of(world, group) == world.branch.id
    an.mentions("ngắt kết nối nhóm", group)
    assert branch_of(world, group) is None
    other.mentions("/nhom", group)
    assert branch_of(world, group) == other_branch(other, world)


def other_branch(person: Person, world: World) -> int:
    from storage.members import Member

    with world.database.reading() as session:
        return session.get_one(Member, person.member_id).organization_id


@BOTH
def test_who_leads_several_says_which(world: World, platform: str) -> None:
    officer = world.person("Phạm Cán Bộ", roles=[RoleKind.OFFICER], over=world.commune, platform=platform)
    with world.database.transaction() as session:
        from storage.members import Role

        session.add(Role(member_id=officer.member_id, organization_id=world.branch.id or 0, kind=RoleKind.SECRETARY))
    group = world.group([officer], platform=platform, linked=False)
    officer.mentions("/nhom", group)
    assert branch_of(world, group) is None
    if platform == "telegram":
        officer.presses("Chi bộ thôn 3", to=group)
    else:
        assert "Chi bộ thôn 3" in officer.texts(group)[-1]
        officer.mentions("/nhom thon 3", group)
    assert branch_of(world, group) == world.branch.id


def test_only_a_leader_may_press_which(world: World) -> None:
    officer = world.person("Phạm Cán Bộ", roles=[RoleKind.OFFICER], over=world.commune)
    lan = world.person("Trần Thị Lan")
    with world.database.transaction() as session:
        from storage.members import Role

        session.add(Role(member_id=officer.member_id, organization_id=world.branch.id or 0, kind=RoleKind.SECRETARY))
    group = world.group([officer, lan], linked=False)
    officer.mentions("/nhom", group)
    lan.presses("Chi bộ thôn 3", to=group)
    assert branch_of(world, group) is None


def test_in_private_it_is_explained(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform="zalo")
    an.says("/nhom")
    assert "@Trợ lý chi bộ /nhom" in an.last


def test_removed_from_the_group_the_secretary_is_told(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    group = world.group([an])
    update = {
        "update_id": 990001,
        "my_chat_member": {
            "chat": {"id": int(group.chat), "type": "group", "title": "x"},
            "from": {"id": int(an.user_id), "is_bot": False, "first_name": "An"},
            "date": 1,
            "old_chat_member": _bot("member"),
            "new_chat_member": _bot("left"),
        },
    }
    world.receives("telegram", update)
    assert "đưa ra khỏi nhóm của Chi bộ thôn 3" in an.last
    assert branch_of(world, group) is None


def _bot(status: str) -> dict[str, object]:
    user = {"id": int(TOKENS["telegram"].split(":")[0]), "is_bot": True, "first_name": "Bot"}
    return {"status": status, "user": user}


def test_a_group_that_moves_stays_connected(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    group = world.group([an])
    group.chat = world.control("POST", "migrate", {"chat": group.chat})["chat"]
    world.pump()
    assert branch_of(world, group) == world.branch.id


def test_a_person_who_blocks_the_bot_is_left_alone(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    lan = world.person("Trần Thị Lan", linked=False)
    body = {"person": an.id, "bot": TOKENS["telegram"], "blocked": True}
    world.control("POST", "block", body)
    world.pump()
    with world.database.reading() as session:
        from storage.members import live_accounts

        assert live_accounts(session, an.member_id) == []
    lan.says("đăng nhập")
    assert "số đảng viên" in lan.last


# --- the number guard ------------------------------------------------------------------------------------------------
@BOTH
def test_a_number_in_a_group_is_warned_about(world: World, platform: str) -> None:
    lan = world.person("Trần Thị Lan", platform=platform)
    binh = world.person("Lê Văn Bình", platform=platform)
    group = world.group([lan, binh], platform=platform)
    lan.mentions("số của tôi là 012 345 678 901", group)
    assert "không gửi số đảng viên" in binh.texts(group)[-1]
    assert not any("678" in text for text in binh.texts(group))
    lan.mentions("mã đăng nhập KMT 234", group)
    assert binh.texts(group)[-1] == binh.texts(group)[-2]


def test_as_an_administrator_the_bot_deletes_it(world: World) -> None:
    lan = world.person("Trần Thị Lan")
    body = {"platform": "telegram", "title": "Chi bộ thôn 3", "people": [lan.id], "bot": TOKENS["telegram"]}
    group = Group(world, world.control("POST", "groups", {**body, "bot_is_admin": True})["id"], "telegram")
    world.pump()
    message_id = lan.says("Số đảng viên: 01234567", to=group)  # not written to the bot
    deleted = [each for each in lan.chat(group) if str(each["message_id"]) == message_id and not each["deleted"]]
    assert deleted == []
    assert "không gửi số đảng viên" in lan.texts(group)[-1]
    kept = lan.says("số điện thoại của tôi 0912345678", to=group)
    lan.says("số điện thoại là 0912345678, à không 012.345.678.90", to=group, edit=kept)
    assert [each for each in lan.chat(group) if str(each["message_id"]) == kept and not each["deleted"]] == []


def test_a_telephone_number_is_fine(world: World) -> None:
    lan = world.person("Trần Thị Lan")
    group = world.group([lan])
    before = lan.texts(group)
    lan.mentions("gọi tôi 0912 345 678", group)
    assert lan.texts(group) == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("01234567", True),
        ("số tôi 012.345.678.901 nhé", True),
        ("012 345 678 90", True),
        ("012-345-678-901", True),
        ("số 012345678901, sđt 0912345678", True),
        ("０１２３４５６７８９０１", True),
        ("KMT 234", True),
        ("mã là kmt234", True),
        ("/dangnhap KMT234", True),
        ("0912345678", False),
        ("0912 345 678", False),
        ("+84 912 345 678", False),
        ("điện thoại: 024 3825 1234", False),
        ("họp ngày 03.12.2026", False),
        ("03/12/2026 19h30", False),
        ("từ 2026-12-03 đến 2026-12-05", False),
        ("tổng 12.500.000 đồng", False),
        ("chuyển 12500000đ", False),
        ("https://zoom.us/j/81234567890", False),
        ("21-NQ/TW", False),
        ("dự họp", False),
        ("7h35ph", False),
        ("7h25 - 8h", False),
        ("chi bộ", False),
        ("2026", False),
        ("", False),
    ],
)
def test_what_is_a_number_and_what_is_none(text: str, expected: bool) -> None:
    assert gives_away(text) is expected
