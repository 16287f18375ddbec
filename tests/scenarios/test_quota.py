"""A Zalo branch whose month runs out: what the secretary is told before sending, what people get, and when."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlmodel import select

from storage import broadcasts, channels, documents, organizations
from storage.attendance import Rsvp
from storage.broadcasts import Broadcast
from storage.channels import Channel, ChannelUse
from storage.documents import Document, Reading
from storage.members import Account, RoleKind
from storage.outbox import Delivery, DeliveryState, Lane
from tests.world import TOKENS, Group, Person, World

BODY = "NGHỊ QUYẾT. Nội dung nghị quyết gồm ba phần, xin các đồng chí đọc kỹ trước buổi sinh hoạt tới."
FIRST, SECOND = ("21-NQ/TW", "Về xây dựng tổ chức cơ sở đảng"), ("50-CT/TW", "Về đổi mới sinh hoạt chi bộ")


def branch(world: World, people: int, *, left: int) -> tuple[Person, list[Person]]:
    """A secretary and the others of a branch on Zalo, and a month of which so many messages are left."""
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform="zalo")
    others = [world.person(f"Đảng viên Số {number}", platform="zalo") for number in range(2, people + 1)]
    leave(world, left)
    return an, others


def leave(world: World, left: int, *, quota: int = 3000, month: str = "2026-11") -> None:
    """Set the month's ledger of the Zalo channel."""
    with world.database.transaction() as session:
        channel = zalo(world)
        session.merge(channel).monthly_quota = quota
        row = session.get(ChannelUse, (channel.id, month)) or ChannelUse(channel_id=channel.id or 0, month=month)
        row.sent = quota - left
        session.add(row)


def zalo(world: World) -> Channel:
    with world.database.reading() as session:
        return session.exec(select(Channel).where(Channel.name == "zalo")).one()


def used(world: World, month: str = "2026-11") -> int:
    with world.database.reading() as session:
        return channels.used(session, zalo(world).id or 0, month)


def prepare(an: Person, paper: tuple[str, str] = FIRST) -> None:
    """Everything up to the preview."""
    an.says(f"/vanban {BODY}")
    an.says(paper[0])
    an.says(paper[1])


def publish(an: Person, paper: tuple[str, str] = FIRST) -> None:
    prepare(an, paper)
    an.presses("Gửi")


def call(an: Person) -> None:
    """A meeting, up to the preview."""
    an.says("/moihop")
    an.presses("Sinh hoạt thường kỳ")
    an.says("3/12 19h30")


def rows(world: World, about: str) -> list[Delivery]:
    with world.database.reading() as session:
        return list(session.exec(select(Delivery).where(Delivery.about == about).order_by(Delivery.id)))  # type: ignore[arg-type]


def read_by(world: World, number: str) -> set[int]:
    with world.database.reading() as session:
        query = select(Reading.member_id).join(Document).where(Document.number == number, Reading.how != "publisher")
        return set(session.exec(query.where(Reading.acknowledged_at.is_not(None))))  # type: ignore[union-attr]


def got(people: list[Person], words: str) -> int:
    return sum(words in text for person in people for text in person.new())


# --- the preview and the three ways --------------------------------------------------------------------------------
def test_with_room_in_the_month_everybody_gets_a_paper_and_the_preview_says_what_is_left(world: World) -> None:
    an, others = branch(world, 4, left=812)
    prepare(an)
    assert "Gửi 4 tin Zalo, tháng này còn 81" in an.last
    assert "/3.000 tin." in an.last
    assert "Vẫn gửi riêng" not in an.last
    an.presses("Gửi")
    assert got(others, "MỜI ĐỒNG CHÍ ĐỌC") == 3


def test_a_branch_of_27_with_a_group_and_40_messages_left(world: World) -> None:
    an, others = branch(world, 27, left=44)
    group = world.group([an, *others], platform="zalo")
    prepare(an)
    assert "Gửi 1 tin Zalo, tháng này còn 4" in an.last
    assert "Sắp hết tin nên chỉ đăng nhóm chi bộ" in an.last
    assert "5 – Vẫn gửi riêng từng đồng chí" in an.last
    an.presses("Gửi")
    assert "Sắp hết tin nên chỉ đăng nhóm" in an.last
    assert got(others, "21-NQ/TW") == 0
    assert [text for text in others[0].texts(group) if "VĂN BẢN MỚI: 21-NQ/TW" in text]
    assert used(world) < 3000
    others[0].says("văn bản mới")
    others[0].presses("21-NQ/TW")
    others[0].presses("Đã đọc")
    assert read_by(world, "21-NQ/TW") == {others[0].member_id}


def test_the_secretary_may_have_each_written_to_all_the_same(world: World) -> None:
    an, others = branch(world, 12, left=30)
    world.group([an, *others], platform="zalo")
    prepare(an)
    an.presses("Vẫn gửi riêng từng đồng chí")
    assert got(others, "MỜI ĐỒNG CHÍ ĐỌC") == 11


def test_what_does_not_fit_is_no_choice(world: World) -> None:
    an, others = branch(world, 12, left=10)
    world.group([an, *others], platform="zalo")
    prepare(an)
    assert "chỉ đăng nhóm" in an.last
    assert "Vẫn gửi riêng" not in an.last


def test_an_invitation_goes_to_each_while_that_fits_at_all(world: World) -> None:
    an, others = branch(world, 12, left=30)
    group = world.group([an, *others], platform="zalo")
    call(an)
    assert "Gửi 13 tin Zalo, tháng này còn 2" in an.last
    an.presses("Gửi giấy mời")
    assert got(others, "KÍNH MỜI") == 11
    assert others[0].texts(group)


def test_an_invitation_that_does_not_fit_goes_to_the_group_and_is_answered_in_private(world: World) -> None:
    an, others = branch(world, 12, left=13)
    group = world.group([an, *others], platform="zalo")
    call(an)
    assert "Gửi 1 tin Zalo" in an.last
    assert "Vẫn gửi riêng" not in an.last
    an.presses("Gửi giấy mời")
    assert got(others, "KÍNH MỜI") == 0
    assert any("KÍNH MỜI" in text for text in others[0].texts(group))
    others[0].says("tôi dự được")
    with world.database.reading() as session:
        answer = session.exec(select(Rsvp).where(Rsvp.member_id == others[0].member_id)).one()
    assert answer.state == "attending"


def test_without_a_group_and_without_room_the_rest_waits_and_the_preview_says_so(world: World) -> None:
    an, others = branch(world, 4, left=20)
    prepare(an)
    assert "Không đủ cho 4 tin: chờ đến 01/12/2026." in an.last
    an.presses("Gửi")
    world.later(hours=10)
    assert got([an, *others], "21-NQ/TW, ngày") + got(others, "21-NQ/TW") == 0
    world.at("2026-12-01T17:31:00+07:00")
    assert got(others, "MỜI ĐỒNG CHÍ ĐỌC") == 3


def more_channels(world: World, lefts: list[int]) -> None:
    """Zalo channels of further branches, each with two people and so many messages left."""
    for number, left in enumerate(lefts):
        home = world.add_branch(f"Chi bộ thôn {number + 4}", f"AB-{number + 4:02d}")
        with world.database.transaction() as session:
            token = f"90000{number}:another-token"
            body = {"platform": "zalo", "token": token, "username": f"bot.{number}", "display_name": "Trợ lý"}
            world.control("POST", "bots", body)
            channel = session.merge(zalo(world)).model_copy(
                update={"id": None, "name": f"z{number}", "token": token, "token_hash": channels.token_hash(token)}
            )
            channel = Channel(**{**channel.model_dump(), "webhook_key": f"key-{number}", "monthly_quota": 3000})
            session.add(channel)
            session.flush()
            session.add(ChannelUse(channel_id=channel.id or 0, month="2026-11", sent=3000 - left))
        for _ in range(2):
            person = world.person(f"Đảng viên thôn {number + 4}", branch=home, platform="zalo", linked=False)
            with world.database.transaction() as session:
                session.add(
                    Account(
                        member_id=person.member_id, channel_id=channel.id or 0, user_id=person.user_id,
                        chat_id=person.user_id, linked_at=world.now, last_seen_at=world.now,
                    )
                )  # fmt: skip


def test_many_channels_are_summed_up_in_one_line(world: World) -> None:
    more_channels(world, [2500, 2500, 30])
    an = world.person("Nguyễn Văn An", roles=[RoleKind.OFFICER], over=world.commune)
    an.says(f"/vanban {BODY}")
    an.presses("Đảng ủy xã An Bình")
    an.says(FIRST[0])
    an.says(FIRST[1])
    assert "Gửi 6 tin Zalo qua 3 kênh, 1 kênh sắp hết tin. Gửi 1 tin Telegram." in an.last
    assert "1 kênh gom tin" in an.last
    assert "Không đủ cho 2 tin: chờ đến 01/12/2026." in an.last


# --- the digest ----------------------------------------------------------------------------------------------------
TIGHT = 285
"""What makes a branch of four gather its papers: too little for comfort, enough beside replies and the next meeting."""


def tight(world: World) -> tuple[Person, Person]:
    """Papers are gathered for the digest hour."""
    an, others = branch(world, 4, left=TIGHT)
    with world.database.transaction() as session:
        session.merge(zalo(world)).monthly_quota = 3000
    world.settings = world.settings.model_copy(update={"quota_comfort": 0.01})
    world.restart()
    return an, others[0]


def test_several_papers_wait_for_the_digest_hour_and_come_as_one_message(world: World) -> None:
    an, lan = tight(world)
    prepare(an)
    assert "gom với văn bản khác, gửi một tin lúc 17 giờ 30, thứ Tư, ngày 25/11/2026" in an.last
    an.presses("Gửi")
    publish(an, SECOND)
    world.later(hours=1)
    assert not lan.new()
    before = used(world)
    world.at("2026-11-25T17:30:30+07:00")
    assert len(lan.new()) == 1
    assert "Có 2 việc gửi đồng chí" in lan.last
    assert "21-NQ/TW: Về xây dựng" in lan.last
    assert "1 – Đã đọc cả 2 văn bản" in lan.last
    assert lan.last.count("http://127.0.0.1:1/d/") == 2
    assert used(world) == before + 4
    world.later(hours=1)
    assert len(lan.new()) == 1


def test_what_is_read_in_a_digest_lands_on_its_own_paper(world: World) -> None:
    an, lan = tight(world)
    publish(an)
    publish(an, SECOND)
    world.at("2026-11-25T17:30:30+07:00")
    lan.presses("Đã đọc: 50-CT/TW")
    assert read_by(world, "50-CT/TW") == {lan.member_id}
    assert read_by(world, "21-NQ/TW") == set()


def test_read_in_words_asks_which_of_the_digest(world: World) -> None:
    an, lan = tight(world)
    publish(an)
    publish(an, SECOND)
    world.at("2026-11-25T17:30:30+07:00")
    lan.says("đã đọc")
    assert "Đồng chí đã đọc văn bản nào?" in lan.last
    assert read_by(world, "50-CT/TW") == read_by(world, "21-NQ/TW") == set()


def test_all_of_a_digest_are_read_with_one_number(world: World) -> None:
    an, lan = tight(world)
    publish(an)
    publish(an, SECOND)
    world.at("2026-11-25T17:30:30+07:00")
    lan.says("1")
    assert read_by(world, "50-CT/TW") == read_by(world, "21-NQ/TW") == {lan.member_id}


def test_a_paper_that_waits_alone_is_sent_as_it_is(world: World) -> None:
    an, lan = tight(world)
    publish(an)
    lan.says("văn bản mới")
    assert "1 – (chưa đọc) 21-NQ/TW" in lan.last
    lan.forget()
    world.at("2026-11-25T17:30:30+07:00")
    assert "MỜI ĐỒNG CHÍ ĐỌC: 21-NQ/TW" in lan.last
    lan.says("1")  # the newest question, although the paper was queued before that list
    assert read_by(world, "21-NQ/TW") == {lan.member_id}
    world.sweep()
    assert {row.state for row in rows(world, "document:1") if row.broadcast_id} == {DeliveryState.SENT}


def test_a_restart_between_joining_and_sending_doubles_nothing(world: World) -> None:
    an, lan = tight(world)
    publish(an)
    publish(an, SECOND)
    world.control("POST", "clock", {"set": "2026-11-25T17:30:30+07:00"})
    for _ in range(2):
        world.jobs()
        world.restart()
    world.sweep()
    assert len(lan.new()) == 1
    carried = [row for row in rows(world, "document:1") + rows(world, "document:2") if row.carried_by]
    assert len(carried) == 8
    assert {row.state for row in carried} == {DeliveryState.SENT}
    assert Counter(row.state for row in rows(world, "digest")) == {"sent": 4}


def test_a_withdrawn_paper_is_in_no_digest(world: World) -> None:
    an, lan = tight(world)
    publish(an)
    publish(an, SECOND)
    an.says("/thuhoi NQ 21")
    an.presses("21-NQ/TW")
    world.at("2026-11-25T17:30:30+07:00")
    assert [("50-CT/TW" in text, "21-NQ/TW" in text) for text in lan.new()] == [(True, False)]


def test_a_digest_that_waited_is_made_anew_without_what_was_withdrawn(world: World) -> None:
    an, lan = tight(world)
    for paper in (FIRST, SECOND, ("46-QĐ/TW", "Về kiểm tra và giám sát")):
        publish(an, paper)
    world.control("POST", "clock", {"set": "2026-11-25T17:30:30+07:00"})
    world.jobs()
    with world.database.transaction() as session:
        broadcasts.cancel(session, "document:1")
    world.fan_out()
    world.sweep()
    assert len(lan.new()) == 1
    assert "Có 2 việc" in lan.last
    assert "21-NQ/TW" not in lan.last


# --- the end of the month ------------------------------------------------------------------------------------------
def test_a_spent_month_is_warned_about_once_at_80_and_once_at_100_percent(world: World) -> None:
    hoa = world.person("Lê Thị Hoa", roles=[RoleKind.OPERATOR], over=world.commune)
    leave(world, 601)
    world.sweep()
    assert not hoa.new()
    leave(world, 600)
    for _ in range(3):
        world.later(minutes=1)
    assert [text.splitlines()[0] for text in hoa.new()] == ["XIN DÈ TIN: kênh Trợ lý chi bộ sắp hết tin tháng này."]
    assert "Đã gửi 2.400/3.000 tin, còn 600 tin đến hết ngày 30/11/2026." in hoa.last
    assert len(hoa.last.splitlines()) <= 6
    leave(world, 0)
    for _ in range(3):
        world.later(minutes=1)
    assert len(hoa.new()) == 2
    assert "Từ ngày 01/12/2026 có tin mới" in hoa.last
    assert len(hoa.last.splitlines()) <= 6
    assert zalo(world).trouble == "quota"


def test_the_leaders_of_a_channels_organization_are_warned_instead_of_the_operators(world: World) -> None:
    hoa = world.person("Lê Thị Hoa", roles=[RoleKind.OPERATOR], over=world.commune)
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    with world.database.transaction() as session:
        session.merge(zalo(world)).organization_id = organizations.get(session, world.branch.id or 0).id
    leave(world, 500)
    world.later(minutes=1)
    assert (an.sees("XIN DÈ TIN"), hoa.sees("XIN DÈ TIN")) == (True, False)


def test_what_waits_for_the_month_to_turn_goes_out_then_and_replies_use_the_reserve(world: World) -> None:
    an, others = branch(world, 4, left=20)
    publish(an)
    world.at("2026-11-25T17:31:00+07:00")
    assert zalo(world).trouble == "quota-reserve"
    assert got(others, "21-NQ/TW") == 0
    others[0].says("trợ giúp")
    assert others[0].new()
    world.at("2026-12-01T06:00:00+07:00")
    assert got(others, "MỜI ĐỒNG CHÍ") == 0  # quiet hours
    world.at("2026-12-01T06:31:00+07:00")
    assert zalo(world).trouble == ""
    assert got(others, "MỜI ĐỒNG CHÍ ĐỌC") == 3


def test_papers_stop_before_the_reserve_and_urgent_messages_do_not(world: World) -> None:
    _, others = branch(world, 4, left=2000)
    leave(world, 151)  # one more than the reserve
    with world.database.transaction() as session:
        for lane in (Lane.BULK, Lane.URGENT):
            for person in others:
                row = Delivery(
                    channel_id=zalo(world).id or 0, chat_id=person.user_id, member_id=person.member_id, lane=lane,
                    text=f"tin {lane.name}", created_at=world.now, due_at=world.now,
                )  # fmt: skip
                session.add(row)
    world.pump()
    assert (got(others, "tin URGENT"), got(others, "tin BULK")) == (3, 0)
    world.at("2026-12-01T09:00:00+07:00")
    assert (got(others, "tin URGENT"), got(others, "tin BULK")) == (3, 3)


def test_the_platforms_word_counts_more_than_our_ledger(world: World) -> None:
    _, others = branch(world, 3, left=2000)
    limits = {"platform": "zalo", "bot": TOKENS["zalo"], "enforce": True, "quota": 1}
    world.control("POST", "limits", limits)
    others[0].says("trợ giúp")
    assert not others[0].new()
    assert zalo(world).trouble == "quota"
    world.later(days=2)
    assert not others[0].new()
    world.control("POST", "limits", {**limits, "quota": 3000})
    world.at("2026-12-01T00:01:00+07:00")
    assert zalo(world).trouble == ""
    assert others[0].new()


def test_a_long_paper_counts_every_part(world: World) -> None:
    an, _ = branch(world, 2, left=1000)
    world.settings = world.settings.model_copy(update={"public_url": ""})
    world.restart()
    an.says(f"/vanban {BODY} {'Một câu dài của văn bản. ' * 180}")
    an.says(FIRST[0])
    an.says(FIRST[1])
    assert "Gửi 6 tin Zalo" in an.last
    before = used(world)
    an.presses("Gửi")
    assert used(world) == before + 6 + 1


# --- another way ---------------------------------------------------------------------------------------------------
def second_phone(world: World, person: Person) -> Person:
    """The same member on Telegram; Zalo stays the channel where they wrote last."""
    other = Person(world, f"{person.name} (Telegram)", person.member_id, person.number, "telegram")
    other.link()
    world.later(minutes=2)
    person.says("xin chào")
    person.forget()
    return other


def test_who_has_another_account_gets_it_there_when_the_month_is_used_up(world: World) -> None:
    an, others = branch(world, 3, left=500)
    phone = second_phone(world, others[0])
    leave(world, 20)
    publish(an)
    world.sweep()
    assert phone.sees("MỜI ĐỒNG CHÍ ĐỌC")
    assert not others[0].new()
    world.at("2026-12-01T17:31:00+07:00")
    assert got([others[0], phone], "MỜI ĐỒNG CHÍ ĐỌC") == 1
    assert got(others[1:], "MỜI ĐỒNG CHÍ ĐỌC") == 1


def test_two_accounts_get_a_thing_once_on_the_one_that_wrote_last(world: World) -> None:
    an, others = branch(world, 2, left=2000)
    phone = second_phone(world, others[0])
    publish(an)
    world.sweep()
    assert (got(others, "MỜI ĐỒNG CHÍ ĐỌC"), got([phone], "MỜI ĐỒNG CHÍ ĐỌC")) == (1, 0)


def test_a_blocked_account_leaves_it_to_the_other_one(world: World) -> None:
    an, others = branch(world, 2, left=2000)
    phone = second_phone(world, others[0])
    with world.database.transaction() as session:
        row = Delivery(
            channel_id=zalo(world).id or 0, chat_id=others[0].user_id, member_id=others[0].member_id, lane=Lane.BULK,
            text="việc chờ", once="waiting", created_at=world.now, due_at=world.now.replace(hour=12),
        )  # fmt: skip
        session.add(row)
    world.control("POST", "block", {"person": others[0].id, "bot": TOKENS["zalo"], "blocked": True})
    an.says("xin chào")
    publish(an)
    world.sweep()
    world.at("2026-11-25T20:00:00+07:00")
    assert phone.sees("việc chờ")


@pytest.mark.parametrize("state", [DeliveryState.SENDING, DeliveryState.UNKNOWN, DeliveryState.SENT])
def test_what_may_have_gone_out_is_never_moved(world: World, state: DeliveryState) -> None:
    _, others = branch(world, 2, left=2000)
    phone = second_phone(world, others[0])
    with world.database.transaction() as session:
        row = Delivery(
            channel_id=zalo(world).id or 0, chat_id=others[0].user_id, member_id=others[0].member_id, text="một lần",
            state=state, created_at=world.now, due_at=world.now, lease_until=world.now.replace(hour=23),
        )  # fmt: skip
        session.add(row)
        session.merge(zalo(world)).state = "removed"
    world.sweep()
    assert not phone.new()
    with world.database.reading() as session:
        assert session.get_one(Delivery, row.id).channel_id == zalo(world).id


def test_groups_have_no_other_way(world: World) -> None:
    an, others = branch(world, 2, left=2000)
    phone = second_phone(world, an)
    group = world.group([an, *others], platform="zalo")
    leave(world, 0)
    with world.database.transaction() as session:
        row = Delivery(
            channel_id=zalo(world).id or 0, chat_id=group.chat, is_group=True, member_id=an.member_id, text="tin nhóm",
            created_at=world.now, due_at=world.now,
        )  # fmt: skip
        session.add(row)
    world.sweep()
    assert not phone.new()
    assert not _posted(others[0], group)
    world.at("2026-12-01T08:00:00+07:00")
    assert _posted(others[0], group)


def _posted(person: Person, group: Group) -> bool:
    return any("tin nhóm" in text for text in person.texts(group))


def test_the_plan_is_kept_with_the_broadcast(world: World) -> None:
    an, others = branch(world, 4, left=60)
    world.group([an, *others], platform="zalo")
    publish(an)
    with world.database.reading() as session:
        broadcast = session.exec(select(Broadcast)).one()
        assert documents.get(session, 1).number == "21-NQ/TW"
    assert broadcast.plan == {str(zalo(world).id): "group"}
