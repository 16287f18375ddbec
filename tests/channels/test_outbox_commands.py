"""`sotay outbox …` and `sotay doctor` as an operator runs them, on both databases."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from storage import channels, outbox, processes
from storage.audit import AuditEntry
from storage.broadcasts import Broadcast, BroadcastState
from storage.channels import ChannelState
from storage.outbox import LEASE, Delivery, DeliveryState
from tests.channels.conftest import Command
from tests.world import World

SECRET_WORDS = "đồng chí Nguyễn Văn An ốm"


def queued(world: World, state: str = "failed", **fields: Any) -> int:
    """A delivery in this state; its id."""
    with world.database.transaction() as session:
        zalo = channels.by_name(session, "zalo")
        assert zalo is not None
        kept: dict[str, Any] = {"chat_id": "hidden-chat", "text": SECRET_WORDS, "state": state}
        times = {"created_at": world.now, "due_at": world.now}
        delivery = outbox.queue(session, Delivery(channel_id=zalo.id or 0, **{**times, **kept, **fields}))
        assert delivery is not None
        return delivery.id or 0


def broadcast(world: World, state: BroadcastState) -> int:
    with world.database.transaction() as session:
        made = Broadcast(path="/1/", about="document:1", text="…", state=state, made_at=world.now)
        session.add(made)
        session.flush()
        return made.id or 0


def states(world: World) -> dict[int, str]:
    with world.database.reading() as session:
        return {row.id or 0: row.state for row in session.exec(select(Delivery))}


def listed(sotay: Command, *options: object) -> list[dict[str, Any]]:
    return list(json.loads(sotay("outbox", "list", "--json", *options).out))


def owned(world: World, *, until: timedelta) -> None:
    """As if a process on another machine held the channel."""
    with world.database.transaction() as session:
        zalo = channels.by_name(session, "zalo")
        assert zalo is not None
        zalo.owner, zalo.lease_until = "may-b/1:77:5:aa", processes.moment(session) + until


def test_the_list_tells_kinds_ages_and_errors_and_nothing_personal(world: World, sotay: Command) -> None:
    failed = queued(world, error="chat not found", about="document:4", attempts=6)
    sent = queued(world, "sent", sent_at=world.now)
    mine = listed(sotay)
    assert [row["id"] for row in mine] == [failed]
    assert (mine[0]["kind"], mine[0]["reason"], mine[0]["attempts"]) == ("private document", "chat not found", 6)
    assert [row["id"] for row in listed(sotay, "--state", "sent")] == [sent]
    assert listed(sotay, "--channel", "telegram") == []
    assert sotay("outbox", "list", "--channel", "no-such").code == 2
    shown = sotay("outbox", "list").out + sotay("outbox", "list", "--json").out
    assert "chat not found" in shown
    assert SECRET_WORDS not in shown
    assert "hidden-chat" not in shown


def test_counts_by_state_and_lane(world: World, sotay: Command) -> None:
    queued(world, "pending", lane=2)
    queued(world, "pending", lane=2)
    queued(world, "unknown")
    found = {(row["state"], row["lane"]): row["count"] for row in json.loads(sotay("outbox", "counts", "--json").out)}
    assert found == {("pending", "bulk"): 2, ("unknown", "reply"): 1}
    assert "unknown" in sotay("outbox", "counts").out


def test_what_is_sending_has_a_visible_reason(world: World, sotay: Command) -> None:
    queued(world, "sending", lease_until=world.now + LEASE)
    owned(world, until=timedelta(seconds=15))
    assert "may-b:77 đang gửi" in sotay("outbox", "list", "--state", "sending").out
    owned(world, until=timedelta(seconds=-1))
    assert "tiến trình gửi đã dừng" in sotay("outbox", "list", "--state", "sending").out
    assert "quá hạn" not in sotay("doctor").out
    world.control("POST", "clock", {"advance": 120})
    assert "quá hạn" in sotay("outbox", "list", "--state", "sending").out
    examined = sotay("doctor")
    assert examined.code == 1
    assert '1 tin ở tình trạng "sending" quá hạn' in examined.out


def test_what_waits_says_for_what(world: World, sotay: Command) -> None:
    waiting = queued(world, "pending")
    assert "không tiến trình nào" in listed(sotay)[0]["reason"]
    assert "có 1 tin chờ nhưng không tiến trình nào gửi" in sotay("doctor").out
    owned(world, until=timedelta(seconds=15))
    assert listed(sotay)[0]["reason"] == "chờ đến lượt"
    assert sotay("channel", "pause", "zalo").code == 0
    assert "kênh đang paused" in listed(sotay)[0]["reason"]
    sotay("channel", "resume", "zalo")
    with world.database.transaction() as session:
        session.get_one(Delivery, waiting).due_at = world.now + timedelta(minutes=10)
    assert "thử lại sau" in listed(sotay)[0]["reason"]


def test_failed_ones_go_out_again_and_the_decision_is_on_record(world: World, sotay: Command) -> None:
    an = world.person("Nguyễn Văn An", platform="zalo")
    failed = queued(world, "failed", chat_id=an.user_id, text="GIẤY MỜI", attempts=6, error="x")
    assert sotay("outbox", "resend", failed).code == 0
    world.pump()
    assert an.sees("GIẤY MỜI")
    assert states(world)[failed] == "sent"
    with world.database.reading() as session:
        entry = session.exec(select(AuditEntry)).all()[-1]
    assert (entry.act, entry.details["count"]) == ("outbox.resend", 1)
    assert sotay("outbox", "resend", failed).code == 1, "what was sent is left alone"


def test_unknown_ones_are_asked_about(world: World, sotay: Command) -> None:
    unknown = queued(world, "unknown", attempts=1)
    refused = sotay("outbox", "resend", unknown, answer="n\n")
    assert refused.code == 1
    assert "nhận hai lần" in refused.out
    assert states(world)[unknown] == "unknown"
    assert sotay("outbox", "resend", unknown, answer="y\n").code == 0
    assert states(world)[unknown] == "pending"
    with world.database.reading() as session:
        assert session.get_one(Delivery, unknown).attempts == 1, "a late outcome of try 1 must not fit the new try"


def test_a_whole_broadcast_by_state(world: World, sotay: Command) -> None:
    ended, other = broadcast(world, BroadcastState.FINISHED), broadcast(world, BroadcastState.CANCELLED)
    mine = [queued(world, "failed", broadcast_id=ended), queued(world, "failed", broadcast_id=ended)]
    sent = queued(world, "sent", broadcast_id=ended)
    stranger = queued(world, "failed")
    cancelled = queued(world, "failed", broadcast_id=other)
    late = queued(world, "failed", broadcast_id=ended, useful_until=world.now - timedelta(hours=1))
    assert sotay("outbox", "resend", "--broadcast", ended).code == 2, "a state must be named"
    assert sotay("outbox", "resend").code == 2
    done = sotay("outbox", "resend", "--broadcast", ended, "--state", "failed")
    assert "Đã xếp lại 2 tin" in done.out
    assert "đã quá lúc còn có ích" in done.out
    now = states(world)
    assert [now[each] for each in mine] == ["pending", "pending"]
    assert (now[sent], now[stranger], now[late]) == ("sent", "failed", "failed")
    with world.database.reading() as session:
        assert session.get_one(Broadcast, ended).state == BroadcastState.QUEUED, "it is under way again"
    assert sotay("outbox", "resend", cancelled).code == 1
    assert states(world)[cancelled] == "failed"


def test_nothing_is_resent_on_a_removed_channel(world: World, sotay: Command) -> None:
    failed = queued(world, "failed")
    assert sotay("channel", "remove", "zalo", "--yes").code == 0
    assert "kênh đã gỡ" in sotay("outbox", "resend", failed).out
    assert states(world)[failed] == "failed"


@pytest.mark.parametrize("state", ["pending", "held", "failed", "unknown", "blocked"])
def test_dropping_ends_it(world: World, sotay: Command, state: str) -> None:
    mine = queued(world, state)
    assert sotay("outbox", "drop", mine).code == 0
    assert states(world)[mine] == "dropped"
    assert listed(sotay, "--state", "dropped")[0]["error"] == "dropped by the operator"


def test_what_was_sent_or_is_being_sent_cannot_be_dropped(world: World, sotay: Command) -> None:
    ids = [queued(world, "sent"), queued(world, "sending", lease_until=world.now + LEASE)]
    assert sotay("outbox", "drop", *ids).code == 1
    assert [states(world)[each] for each in ids] == ["sent", "sending"]


def test_dropping_a_broadcasts_rest_asks_first(world: World, sotay: Command) -> None:
    number = broadcast(world, BroadcastState.QUEUED)
    mine = queued(world, "pending", broadcast_id=number)
    assert sotay("outbox", "drop", "--broadcast", number, "--state", "pending", answer="n\n").code == 1
    assert states(world)[mine] == "pending"
    assert sotay("outbox", "drop", "--broadcast", number, "--state", "pending", answer="y\n").code == 0
    assert states(world)[mine] == "dropped"


def test_the_doctor_names_full_paused_and_silent_channels(world: World, sotay: Command) -> None:
    with world.database.transaction() as session:
        zalo, telegram = channels.by_name(session, "zalo"), channels.by_name(session, "telegram")
        assert zalo is not None
        assert telegram is not None
        zalo.monthly_quota, zalo.user_limit, telegram.state = 100, 1, ChannelState.PAUSED
        channels.count_sent(session, zalo.id or 0, "2026-11", 85)
    world.person("Nguyễn Văn An", platform="zalo")
    world.control("POST", "faults", {"platform": "telegram", "kind": "status", "status": 401, "times": -1})
    examined = sotay("doctor")
    world.control("DELETE", "faults")
    assert examined.code == 1
    for words in ("/100 tin của tháng", "đã có 1/1 người", "telegram đang paused", "telegram không trả lời"):
        assert words in examined.out, examined.out


def test_a_deliverys_states_are_all_known_here() -> None:
    """A new state needs a decision: may it be resent, may it be dropped?"""
    assert {each.value for each in DeliveryState} == {
        "pending", "held", "sending", "sent", "failed", "blocked", "unknown", "dropped",
    }  # fmt: skip
