"""Only the sender sends: what each answer of a platform leads to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from storage import channels, outbox, sending
from storage.channels import Channel
from storage.members import Account, RoleKind
from storage.outbox import LEASE, Delivery, DeliveryState, Lane
from tests.world import TOKENS, Person, World


def queue(world: World, person: Person, text: str, **fields: Any) -> int:
    with world.database.transaction() as session:
        channel = session.exec(select(Channel).where(Channel.platform == person.platform)).one()
        now = world.now
        row = Delivery(
            channel_id=channel.id or 0, chat_id=person.user_id, text=text, created_at=now, due_at=now, **fields
        )
        outbox.queue(session, row)
        return row.id or 0


def delivery(world: World, delivery_id: int) -> Delivery:
    with world.database.reading() as session:
        return session.get_one(Delivery, delivery_id)


def fault(world: World, person: Person, kind: str, **fields: Any) -> None:
    method = {"telegram": "sendMessage", "zalo": "sendMessage"}[person.platform]
    world.control("POST", "faults", {"platform": person.platform, "method": method, "kind": kind, **fields})


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
def test_a_429_rests_the_channel_and_uses_up_no_attempt(world: World, platform: str) -> None:
    lan = world.person("Lan", platform=platform)
    fault(world, lan, "throttle", times=1, retry_after=40)
    sent = queue(world, lan, "một")
    world.pump()
    row = delivery(world, sent)
    assert (row.state, row.attempts) == (DeliveryState.PENDING, 0)
    assert not lan.sees("một")
    world.later(seconds=60)
    assert lan.sees("một")
    assert delivery(world, sent).state == DeliveryState.SENT


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
def test_a_lost_answer_is_unknown_and_never_sent_twice(world: World, platform: str) -> None:
    lan = world.person("Lan", platform=platform)
    fault(world, lan, "drop_after", times=1)
    sent = queue(world, lan, "chỉ một lần")
    world.pump()
    world.later(hours=1)
    assert delivery(world, sent).state == DeliveryState.UNKNOWN
    assert lan.new().count("chỉ một lần") == 1


def test_a_server_error_is_tried_again_later(world: World) -> None:
    lan = world.person("Lan")
    fault(world, lan, "status", status=502, times=2)
    sent = queue(world, lan, "vẫn tới")
    world.pump()
    assert delivery(world, sent).state == DeliveryState.PENDING
    world.later(minutes=2)
    world.later(minutes=2)
    assert lan.new().count("vẫn tới") == 1


def test_a_blocked_chat_stops_that_account_only(world: World) -> None:
    lan, an = world.person("Lan"), world.person("An")
    world.control("POST", "block", {"person": lan.id, "bot": TOKENS["telegram"], "blocked": True})
    world.pump()
    sent = queue(world, lan, "không tới")
    queue(world, an, "tới")
    world.pump()
    assert delivery(world, sent).state == DeliveryState.BLOCKED
    assert an.sees("tới")
    with world.database.reading() as session:
        blocked = {row.member_id for row in session.exec(select(Account)) if row.blocked_at}
    assert blocked == {lan.member_id}


def test_what_was_being_sent_at_a_kill_ends_as_unknown(world: World) -> None:
    lan = world.person("Lan")
    sent = queue(world, lan, "đang gửi")
    with world.database.transaction() as session:
        channel = session.exec(select(Channel).where(Channel.platform == "telegram")).one()
        claimed = sending.claim(session, channel.id or 0, world.now, lanes=[Lane.REPLY], limit=10)
        assert [each.id for each in claimed] == [sent]
    world.restart()
    world.pump()
    assert delivery(world, sent).state == DeliveryState.UNKNOWN  # whoever takes the channel over knows at once
    assert not lan.sees("đang gửi")


def test_a_claim_that_never_ends_is_unknown_after_its_lease(world: World) -> None:
    lan = world.person("Lan")
    sent = queue(world, lan, "đang gửi")
    world.pump()
    with world.database.transaction() as session:
        row = session.get_one(Delivery, sent)
        row.state, row.lease_until = DeliveryState.SENDING, world.now + LEASE
    world.later(seconds=LEASE.total_seconds() - 5)
    assert delivery(world, sent).state == DeliveryState.SENDING
    world.later(seconds=10)
    assert delivery(world, sent).state == DeliveryState.UNKNOWN


def test_an_edit_that_a_dead_sender_left_is_made_again(world: World) -> None:
    lan = world.person("Lan")
    first = queue(world, lan, "tiến độ 1")
    world.pump()
    edit = queue(world, lan, "tiến độ 2", edits=delivery(world, first).message_id)
    with world.database.transaction() as session:
        session.get_one(Delivery, edit).state = DeliveryState.SENDING
    world.restart()
    world.pump()
    assert delivery(world, edit).state == DeliveryState.SENT
    assert lan.sees("tiến độ 2")


def test_replies_go_before_bulk_and_one_chat_keeps_its_order(world: World) -> None:
    lan = world.person("Lan")
    for number in range(3):
        queue(world, lan, f"tin chung {number}", lane=Lane.BULK)
    queue(world, lan, "trả lời", lane=Lane.REPLY)
    world.pump()
    assert lan.new() == ["trả lời", "tin chung 0", "tin chung 1", "tin chung 2"]


def test_the_same_promise_is_queued_once(world: World) -> None:
    lan = world.person("Lan")
    queue(world, lan, "nhắc", once="reminder:1:1")
    queue(world, lan, "nhắc", once="reminder:1:1")
    world.pump()
    assert lan.new() == ["nhắc"]


def test_a_spent_quota_pauses_the_channel_and_keeps_the_rest(world: World) -> None:
    lan = world.person("Lan", platform="zalo")
    world.control("POST", "limits", {"platform": "zalo", "bot": TOKENS["zalo"], "enforce": True, "quota": 1})
    first, second = queue(world, lan, "một"), queue(world, lan, "hai")
    world.pump()
    with world.database.reading() as session:
        channel = session.exec(select(Channel).where(Channel.platform == "zalo")).one()
        used = channels.used(session, channel.id or 0, "2026-11")
    assert channel.trouble == "quota"
    assert channel.paused_until == datetime.fromisoformat("2026-12-01T00:00:00+07:00")
    states = {delivery(world, first).state, delivery(world, second).state}
    assert DeliveryState.PENDING in states
    assert used >= 1


def test_a_migrated_group_is_followed(world: World) -> None:
    lan = world.person("Lan")
    group = world.group([lan])
    new = world.control("POST", "migrate", {"chat": group.chat})["chat"]
    with world.database.transaction() as session:
        channel = session.exec(select(Channel).where(Channel.platform == "telegram")).one()
        now = world.now
        outbox.queue(
            session,
            Delivery(
                channel_id=channel.id or 0,
                chat_id=group.chat,
                is_group=True,
                text="tin nhóm",
                created_at=now,
                due_at=now,
            ),
        )
    world.pump()
    with world.database.reading() as session:
        assert channels.group_of(session, channel.id or 0, new) is not None


def test_the_secretary_hears_who_cannot_be_reached_any_more(world: World) -> None:
    binh = world.person("Trần Thị Bình", roles=[RoleKind.SECRETARY])
    gone = [world.person(f"Nguyễn Văn {name}") for name in ("An", "Ba")]
    world.pump()
    for person in gone:
        world.control("POST", "block", {"person": person.id, "bot": TOKENS["telegram"], "blocked": True})
        queue(world, person, "không tới")
    world.pump()
    world.sweep()
    told = [line for line in binh.new() if "không còn nhận được tin" in line]
    assert len(told) == 1
    assert "Nguyễn Văn An, Nguyễn Văn Ba" in told[0]
    world.sweep()
    assert len([line for line in binh.new() if "không còn nhận được tin" in line]) == 1  # told once


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
def test_three_refusals_in_a_row_mean_that_the_chat_has_vanished(world: World, platform: str) -> None:
    lan = world.person("Lan", platform=platform)
    fault(world, lan, "status", status=400, description="Bad Request: odd", times=2)
    for number in range(2):
        queue(world, lan, f"thử {number}")
        world.pump()
    queue(world, lan, "tới nơi")
    world.pump()
    fault(world, lan, "status", status=400, description="Bad Request: odd", times=3)
    rows = []
    for number in range(3):
        rows.append(queue(world, lan, f"lại {number}"))
        world.pump()
    states = [delivery(world, row).state for row in rows]
    assert states == [DeliveryState.FAILED, DeliveryState.FAILED, DeliveryState.BLOCKED]
    with world.database.reading() as session:
        assert [row.blocked_at is not None for row in session.exec(select(Account))] == [True]


def test_a_platform_that_is_away_costs_no_attempts_of_what_waits(world: World) -> None:
    people = [world.person(f"Người {number}") for number in range(12)]
    fault(world, people[0], "status", status=502, times=-1)
    rows = [queue(world, person, "vẫn tới", lane=Lane.BULK) for person in people]
    world.pump()
    for _ in range(10):
        world.later(seconds=61)
    tries = [delivery(world, row).attempts for row in rows]
    assert sum(tries) <= 12 + 10 + 3, tries
    world.control("DELETE", "faults")
    for _ in range(8):
        world.later(minutes=6)
    assert [delivery(world, row).state for row in rows] == [DeliveryState.SENT] * 12


def test_the_open_question_is_the_one_that_was_seen_last(world: World) -> None:
    lan = world.person("Lan")
    choices = [{"action": "help.menu", "label": "Một", "argument": ""}]
    letter = queue(world, lan, "thư mời", choices=choices, lane=Lane.BULK)
    with world.database.transaction() as session:
        session.get_one(Delivery, letter).due_at = world.now + timedelta(hours=1)  # held up, as by a 429
    receipt = queue(world, lan, "biên nhận", choices=choices)
    world.pump()

    def open_now() -> int | None:
        with world.database.reading() as session:
            found = outbox.open_question(session, delivery(world, letter).channel_id, lan.user_id)
            return found.id if found else None

    assert open_now() == receipt
    world.later(hours=2)
    assert open_now() == letter
