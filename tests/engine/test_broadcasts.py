"""The engine of broadcasts on both databases: whatever happens in between, nobody gets it twice and every count is
exact. The sender's outcomes are made up here; tests/scenarios/test_broadcasts.py goes through people's doors."""

from __future__ import annotations

import threading

import pytest
from sqlmodel import Session, select

from bot import broadcasts as engine
from bot.flows.broadcasts import progress, stale
from storage import broadcasts, deliveries
from storage.broadcasts import Broadcast, BroadcastState
from storage.channels import GroupChat
from storage.db import Database
from storage.deliveries import CANCELLED, STALE
from storage.ledger import RETRIED, Outcome
from storage.outbox import Delivery, DeliveryState
from tests.engine.hall import Hall

SENT, WAITING, UNREACHABLE = Outcome.SENT, Outcome.WAITING, Outcome.UNREACHABLE
UNSURE = [*RETRIED, DeliveryState.UNKNOWN]


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BATCH", 3)
    monkeypatch.setattr(stale, "BATCH", 3)


@pytest.fixture
def hall(database: Database) -> Hall:
    return Hall(database)


def test_a_restart_after_every_batch_loses_and_doubles_nothing(hall: Hall) -> None:
    people = hall.members(10)
    hall.members(2, linked=False)
    sent = hall.broadcast()
    while hall.engine.step():
        hall.restart()
        hall.send(limit=2)
    hall.finish()
    assert hall.arrived == {f"c{member_id}": 1 for member_id in people}
    assert hall.counts(sent) == {SENT: 10, UNREACHABLE: 2}
    assert hall.get(sent).state == BroadcastState.FINISHED


def test_a_batch_that_dies_in_the_middle_is_made_again(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    hall.members(5)
    sent = hall.broadcast()
    hall.engine.step()
    real = deliveries.queue_many

    def dies(*arguments: object) -> int:
        real(*arguments)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(deliveries, "queue_many", dies)
        with pytest.raises(KeyboardInterrupt):
            hall.engine.step()
    assert len(hall.rows(sent)) == 3
    hall.restart()
    hall.finish()
    assert set(hall.arrived.values()) == {1}
    assert hall.counts(sent) == {SENT: 5}


def test_a_batch_that_is_made_twice_adds_nothing(hall: Hall) -> None:
    hall.members(3)
    sent = hall.broadcast()
    hall.engine.step()
    with hall.database.transaction() as session:
        row = broadcasts.get(session, sent)
        row.cursor, row.state = 0, BroadcastState.RUNNING
    hall.finish()
    assert set(hall.arrived.values()) == {1}


def test_a_small_broadcast_does_not_wait_for_a_large_one(hall: Hall) -> None:
    hall.members(30)
    place = hall.branch("thôn 3")
    hall.members(2, place)
    large, small = hall.broadcast(), hall.broadcast(path=place.path)
    hall.engine.step()
    assert (hall.get(large).state, hall.get(small).state) == (BroadcastState.RUNNING, BroadcastState.QUEUED)


def test_more_broadcasts_than_turns_all_get_theirs(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "TURNS", 2)
    hall.members(30)
    several = [hall.broadcast() for _ in range(4)]
    hall.engine.step()
    hall.engine.step()
    assert [len(hall.rows(each)) for each in several] == [3, 3, 3, 3]


def test_what_another_scheduler_works_on_is_skipped(hall: Hall) -> None:
    if hall.database.is_sqlite:
        pytest.skip("SQLite has one writer")
    hall.members(3)
    held, free = hall.broadcast(), hall.broadcast()
    with hall.database.transaction() as session:
        assert broadcasts.take(session, held)
        worker = threading.Thread(target=hall.engine.step)
        worker.start()
        worker.join(timeout=30)
        assert not worker.is_alive()
        assert (len(hall.rows(held)), len(hall.rows(free))) == (0, 3)
    hall.finish()
    assert len(hall.rows(held)) == 3


def test_paused_in_the_middle_nothing_goes_out_until_it_is_resumed(hall: Hall) -> None:
    hall.members(10)
    sent = hall.broadcast()
    hall.engine.step()
    hall.engine.step()
    (on_its_way, *_) = hall.claim(limit=1)
    assert hall.change(sent, broadcasts.pause)
    hall.settle()
    assert hall.send() == 0
    hall.end(on_its_way, DeliveryState.PENDING)  # did not get through: it waits like the others
    hall.settle()
    assert hall.send() == 0
    assert hall.counts(sent) == {WAITING: 10}
    assert hall.change(sent, broadcasts.resume)
    hall.finish()
    assert hall.counts(sent) == {SENT: 10}
    assert set(hall.arrived.values()) == {1}


def test_cancelled_in_the_middle_the_rest_is_dropped_with_its_reason(hall: Hall) -> None:
    hall.members(10)
    sent = hall.broadcast()
    hall.engine.step()
    hall.engine.step()
    first, second = hall.claim(limit=2)
    hall.end(first, DeliveryState.SENT)
    assert hall.change(sent, broadcasts.stop)
    hall.settle()
    assert hall.get(sent).finished_at is None  # one is on its way
    hall.end(second, DeliveryState.SENT)
    hall.finish()
    assert hall.counts(sent) == {SENT: 2, Outcome.DROPPED: 8}
    assert hall.ledger(sent).because(CANCELLED) == 8
    assert hall.get(sent).finished_at is not None
    assert not hall.change(sent, broadcasts.send_again, RETRIED)


def test_it_is_not_finished_while_anything_waits_or_is_on_its_way(hall: Hall) -> None:
    hall.members(2)
    sent = hall.broadcast()
    hall.settle()
    assert hall.get(sent).state == BroadcastState.QUEUED
    first, second = hall.claim()
    hall.end(first, DeliveryState.SENT)
    hall.settle()
    assert hall.get(sent).state == BroadcastState.QUEUED
    hall.end(second, DeliveryState.UNKNOWN)
    hall.settle()
    assert hall.get(sent).state == BroadcastState.FINISHED
    assert hall.get(sent).finished_at == hall.clock.now()


@pytest.mark.parametrize("outcome", [DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNKNOWN])
def test_what_a_digest_carries_ends_as_the_digest_does(hall: Hall, outcome: DeliveryState) -> None:
    hall.members(1)
    sent = hall.broadcast(plan={str(hall.channel_id): "digest"})
    hall.settle()
    (row,) = hall.rows(sent)
    assert row.mergeable
    with hall.database.transaction() as session:
        now = hall.clock.now()
        digest = Delivery(channel_id=hall.channel_id, chat_id=row.chat_id, text="gộp", created_at=now, due_at=now)
        session.add(digest)
        session.flush()
        carried = session.get_one(Delivery, row.id)
        carried.state, carried.error, carried.carried_by = DeliveryState.DROPPED, "merged", digest.id
    hall.settle()
    assert hall.get(sent).state == BroadcastState.QUEUED
    assert hall.counts(sent) == {WAITING: 1}
    hall.send(outcome)
    hall.settle()
    assert hall.get(sent).state == BroadcastState.FINISHED
    assert hall.counts(sent) == {Outcome(outcome): 1}
    if outcome == DeliveryState.FAILED:
        hall.change(sent, broadcasts.send_again, RETRIED)
        hall.finish()
        assert hall.counts(sent) == {SENT: 1}


def test_planned_for_groups_only_those_without_one_get_a_message(hall: Hall) -> None:
    with_group, without = hall.branch("có nhóm"), hall.branch("không nhóm")
    hall.members(3, with_group)
    hall.members(2, without)
    hall.members(1, with_group, linked=False)
    hall.group(with_group)
    plan = {str(hall.channel_id): "group"}
    sent = hall.broadcast(group_text="tin nhóm", plan=plan)
    hall.settle()
    assert hall.counts(sent) == {WAITING: 5, UNREACHABLE: 1}
    hall.finish()
    assert hall.counts(sent) == {SENT: 2, Outcome.THROUGH_GROUP: 3, UNREACHABLE: 1}
    silent = hall.broadcast(group_text="", plan=plan)  # a committee's matter is no post in a group
    hall.finish()
    assert hall.counts(silent) == {SENT: 5, UNREACHABLE: 1}


def test_a_post_that_failed_is_no_delivery_and_is_sent_again(hall: Hall) -> None:
    place = hall.branch("có nhóm")
    hall.members(3, place)
    hall.group(place)
    sent = hall.broadcast(group_text="tin nhóm", plan={str(hall.channel_id): "group"})
    hall.settle()
    hall.send(DeliveryState.FAILED)
    hall.settle()
    assert hall.counts(sent) == {Outcome.FAILED: 3}
    assert hall.change(sent, broadcasts.send_again, RETRIED)
    hall.finish()
    assert hall.counts(sent) == {Outcome.THROUGH_GROUP: 3}
    assert hall.arrived == {f"g{place.id}": 1}


def test_who_lost_their_group_gets_it_privately_when_it_is_sent_again(hall: Hall) -> None:
    place = hall.branch("có nhóm")
    hall.members(3, place)
    hall.group(place)
    sent = hall.broadcast(group_text="tin nhóm", plan={str(hall.channel_id): "group"})
    hall.settle()
    hall.send(DeliveryState.BLOCKED)
    hall.settle()
    with hall.database.transaction() as session:
        session.exec(select(GroupChat)).one().unlinked_at = hall.clock.now()
    assert hall.counts(sent) == {Outcome.BLOCKED: 3}
    assert hall.change(sent, broadcasts.send_again, RETRIED)
    hall.finish()
    assert hall.counts(sent) == {SENT: 3}


def test_a_batch_asks_first_whether_it_was_paused_meanwhile(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    hall.members(3)
    sent = hall.broadcast()
    real = broadcasts.take

    def takes(session: Session, broadcast_id: int) -> Broadcast | None:
        """Between the look and the lock the secretary has pressed."""
        row = real(session, broadcast_id)
        assert row is None or broadcasts.pause(row)
        return row

    with monkeypatch.context() as patch:
        patch.setattr(broadcasts, "take", takes)
        hall.engine.step()
    assert (hall.get(sent).state, len(hall.rows(sent))) == (BroadcastState.PAUSED, 0)


def test_sent_again_to_those_who_did_not_get_it_and_to_nobody_else(hall: Hall) -> None:
    got, failed, blocked, gone, unsure = hall.members(5)
    (late,) = hall.members(1, linked=False)
    sent = hall.broadcast()
    hall.settle()
    fates = {
        f"c{got}": DeliveryState.SENT,
        f"c{failed}": DeliveryState.FAILED,
        f"c{blocked}": DeliveryState.BLOCKED,
        f"c{gone}": DeliveryState.BLOCKED,
        f"c{unsure}": DeliveryState.UNKNOWN,
    }
    for each in hall.claim():
        hall.end(each, fates[each.chat_id], "why")
    hall.block(gone)
    hall.settle()
    expected = {SENT: 1, Outcome.FAILED: 1, Outcome.BLOCKED: 2, Outcome.UNKNOWN: 1, UNREACHABLE: 1}
    assert hall.counts(sent) == expected
    hall.log_in(late)
    assert hall.ledger(sent).again == 3
    assert hall.change(sent, broadcasts.send_again, RETRIED)
    hall.finish()
    assert hall.counts(sent) == {SENT: 4, Outcome.BLOCKED: 1, Outcome.UNKNOWN: 1}
    assert hall.arrived == {f"c{each}": 1 for each in (got, failed, blocked, late)}
    assert hall.change(sent, broadcasts.send_again, UNSURE)
    hall.finish()
    assert hall.counts(sent) == {SENT: 5, Outcome.BLOCKED: 1}


def test_a_blocked_account_is_replaced_by_the_other_one(hall: Hall) -> None:
    other = Hall(hall.database, platform="zalo")
    (member,) = hall.members(1)
    sent = hall.broadcast()
    hall.settle()
    hall.send(DeliveryState.BLOCKED)
    hall.block(member)
    hall.settle()
    hall.log_in(member, channel_id=other.channel_id, chat="z")
    assert hall.change(sent, broadcasts.send_again, RETRIED)
    hall.settle()
    assert other.send() == 1
    assert other.arrived == {"z": 1}
    hall.settle()
    assert hall.counts(sent) == {SENT: 1}


def test_two_accounts_get_it_once_where_they_wrote_last(hall: Hall) -> None:
    other = Hall(hall.database, platform="zalo")
    (member,) = hall.members(1)
    hall.later(hours=1)
    hall.log_in(member, channel_id=other.channel_id, chat="z")
    sent = hall.broadcast()
    hall.settle()
    assert [row.chat_id for row in hall.rows(sent)] == ["z"]


def test_what_came_too_late_is_dropped_and_told_once(hall: Hall) -> None:
    (chief,) = hall.members(1)
    hall.members(7, hall.branch("thôn"))
    sent = hall.broadcast(useful_until=hall.clock.now().replace(hour=12), made_by=chief, title="Giấy mời")
    hall.engine.step()
    hall.later(hours=11)
    hall.settle()
    assert hall.send() == 0
    assert stale.sweep(hall.database, hall.clock.now()) == 1
    assert stale.sweep(hall.database, hall.clock.now()) == 0
    hall.settle()
    assert hall.counts(sent) == {Outcome.DROPPED: 8}
    assert hall.ledger(sent).because(STALE) == 8
    assert hall.ledger(sent).again == 0
    with hall.database.reading() as session:
        (note,) = [row.text for row in session.exec(select(Delivery)) if row.broadcast_id is None]
    assert note.startswith("8 tin Giấy mời không gửi nữa")


def test_progress_is_one_message_that_is_edited_at_most_every_five_seconds(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "MANY", 5)
    people = hall.members(9)
    hall.broadcast(made_by=people[0], title="Văn bản 1")
    hall.settle()
    texts = []
    for _ in range(4):
        for each in hall.claim(limit=3):
            if each.text.startswith("Văn bản 1"):
                texts.append((each.text.split("\n")[0], bool(each.edits)))
            hall.end(each, DeliveryState.SENT)
        hall.settle()
        hall.later(seconds=6)
        hall.settle()
    hall.finish()
    with hall.database.reading() as session:
        rows = [row for row in session.exec(select(Delivery)) if row.broadcast_id is None]
    assert [row.text for row in rows] == ["Văn bản 1: đã gửi xong 9/9 tin."]
    assert texts[0] == ("Văn bản 1: đang gửi 0/9 tin.", False)
    assert all(edited for _, edited in texts[1:])
    assert len(texts) >= 2


def test_a_branch_is_not_nagged(hall: Hall) -> None:
    people = hall.members(4)
    hall.broadcast(made_by=people[0], title="Văn bản 1")
    hall.finish()
    with hall.database.reading() as session:
        assert [row.broadcast_id for row in session.exec(select(Delivery)) if row.broadcast_id is None] == []
