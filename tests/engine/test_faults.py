"""Every fault of the sandbox against the real sender and receiver, on both platforms.

What a 429 and a lost answer lead to at its simplest stands in test_sender.py; here are the other faults, their
combinations, and what they must never do: use up an attempt, send before its time, send twice, tell a token.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.errors import SendError
from bot.outcomes import ATTEMPTS
from storage.channels import Channel
from storage.inbox import InboxEntry
from storage.outbox import Delivery, DeliveryState
from tests.engine.test_sender import delivery, fault, queue
from tests.world import TOKENS, Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])


@pytest.fixture
def told(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> Any:
    """Everything that was printed or logged so far, by any process of this test."""

    def everything() -> str:
        out, err = capfd.readouterr()
        return out + err + caplog.text

    return everything


def sends(world: World, platform: str) -> list[dict[str, Any]]:
    """The calls of sendMessage that the stand-in has seen, with its own time of each."""
    query = {"bot": TOKENS[platform], "method": "sendMessage"}
    return list(world.http.get("/control/calls", params=query).json()["calls"])


def at(call: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(call["at"])


def paused_until(world: World, platform: str) -> datetime:
    with world.database.reading() as session:
        until = session.exec(select(Channel.paused_until).where(Channel.platform == platform)).one()
    assert until is not None
    return until


def inbox_keys(world: World) -> list[tuple[int, str]]:
    with world.database.reading() as session:
        return list(session.exec(select(InboxEntry.channel_id, InboxEntry.key)).all())


def secret_of(platform: str) -> str:
    return TOKENS[platform].partition(":")[2]


# --- sending: faults that leave nothing behind -----------------------------------------------------------------------
@BOTH
@pytest.mark.parametrize(
    "kind", [{"kind": "status", "status": 500}, {"kind": "html"}, {"kind": "echo_token", "status": 500}]
)
def test_a_failing_server_is_tried_again_and_tells_no_token(
    world: World, platform: str, kind: dict[str, Any], told: Any
) -> None:
    lan = world.person("Lan", platform=platform)
    fault(world, lan, times=2, **kind)
    sent = queue(world, lan, "vẫn tới")
    world.pump()
    row = delivery(world, sent)
    assert (row.state, row.attempts) == (DeliveryState.PENDING, 1)
    assert row.due_at > world.now, "it would be tried again at once"
    assert "<html" not in row.error
    world.later(minutes=6)
    world.later(minutes=6)
    row = delivery(world, sent)
    assert (row.state, row.attempts) == (DeliveryState.SENT, 3)
    assert lan.new().count("vẫn tới") == 1
    assert secret_of(platform) not in told() + row.error


@BOTH
def test_a_platform_that_is_down_for_good_is_given_up_on_visibly(world: World, platform: str) -> None:
    lan = world.person("Lan", platform=platform)
    fault(world, lan, "status", status=503, times=-1)
    sent = queue(world, lan, "không bao giờ tới")
    world.pump()
    assert delivery(world, sent).state == DeliveryState.PENDING
    with world.database.transaction() as session:  # as many tries later: they would be an hour and a half of the clock
        session.get_one(Delivery, sent).attempts = ATTEMPTS - 1
    world.later(minutes=6)
    row = delivery(world, sent)
    assert (row.state, row.attempts) == (DeliveryState.FAILED, ATTEMPTS)
    assert "Unreachable" in row.error
    world.later(hours=2)
    assert len([call for call in sends(world, platform) if call["params"]["text"] == "không bao giờ tới"]) == 2


@BOTH
def test_what_the_platform_refuses_is_not_repeated(world: World, platform: str) -> None:
    lan = world.person("Lan", platform=platform)
    fault(world, lan, "status", status=400, description="Bad Request: text must be non-empty", times=1)
    sent = queue(world, lan, "sai")
    world.pump()
    world.later(hours=2)
    assert delivery(world, sent).state == DeliveryState.FAILED
    assert "Rejected" in delivery(world, sent).error
    assert not lan.sees("sai")


@BOTH
def test_a_slow_answer_is_an_answer(world: World, platform: str) -> None:
    lan = world.person("Lan", platform=platform)
    fault(world, lan, "slow", delay=0.05, times=1)
    sent = queue(world, lan, "chậm mà chắc")
    world.pump()
    assert (delivery(world, sent).state, delivery(world, sent).attempts) == (DeliveryState.SENT, 1)
    assert lan.new().count("chậm mà chắc") == 1


# --- sending: nobody knows -------------------------------------------------------------------------------------------
@BOTH
@pytest.mark.parametrize(
    ("kind", "arrives"),
    [({"kind": "drop_before"}, 0), ({"kind": "timeout", "delay": 0.01}, 0), ({"kind": "drop_after"}, 1)],
)
def test_a_connection_that_breaks_holds_up_neither_chat_nor_channel(
    world: World, platform: str, kind: dict[str, Any], arrives: int
) -> None:
    lan, an = world.person("Lan", platform=platform), world.person("An", platform=platform)
    fault(world, lan, times=1, **kind)
    lost = queue(world, lan, "có lẽ")
    world.pump()
    after = [queue(world, lan, "sau đó"), queue(world, an, "người khác")]
    world.pump()
    world.later(hours=1)
    assert delivery(world, lost).state == DeliveryState.UNKNOWN
    assert delivery(world, lost).attempts == 1
    assert [delivery(world, each).state for each in after] == [DeliveryState.SENT] * 2
    assert lan.new() == ["có lẽ"] * arrives + ["sau đó"]


@BOTH
def test_many_answers_lost_at_once_are_as_many_unknown(world: World, platform: str) -> None:
    people = [world.person(f"Lan {number}", platform=platform) for number in range(5)]
    fault(world, people[0], "drop_after", times=5)
    rows = [queue(world, person, "một lần") for person in people]
    world.pump()
    world.later(hours=1)
    states = [delivery(world, row).state for row in rows]
    assert set(states) == {DeliveryState.UNKNOWN}
    assert [person.new() for person in people] == [["một lần"]] * 5


# --- sending: too fast -----------------------------------------------------------------------------------------------
@BOTH
def test_nothing_is_sent_before_its_time_however_often_the_platform_says_so(world: World, platform: str) -> None:
    people = [world.person(f"Lan {number}", platform=platform) for number in range(4)]
    before = len(sends(world, platform))
    resting: list[tuple[datetime, datetime]] = []
    rows = [queue(world, people[0], "tin 0")]
    fault(world, people[0], "throttle", times=4, retry_after=40)
    world.pump()
    for _ in range(4):
        resting.append((world.now, paused_until(world, platform)))
        world.later(seconds=(resting[-1][1] - world.now).total_seconds() - 2)
        world.later(seconds=3)
    rows += [queue(world, person, f"tin {number}") for number, person in enumerate(people[1:], start=1)]
    world.pump()
    called = [at(call) for call in sends(world, platform)[before:]]
    for since, until in resting:
        assert not [moment for moment in called if since < moment < until], "sent while the platform wanted a pause"
    assert [delivery(world, row).state for row in rows] == [DeliveryState.SENT] * 4
    assert [delivery(world, row).attempts for row in rows] == [1] * 4
    assert [person.new() for person in people] == [[f"tin {number}"] for number in range(4)]


def test_telegram_s_own_seconds_are_kept(world: World) -> None:
    lan = world.person("Lan")
    fault(world, lan, "throttle", times=1, retry_after=77)
    queue(world, lan, "sau 77 giây")
    world.pump()
    assert timedelta(seconds=70) < paused_until(world, "telegram") - world.now <= timedelta(seconds=78)


# --- receiving -------------------------------------------------------------------------------------------------------
@BOTH
@pytest.mark.parametrize(
    "kind",
    [
        {"kind": "throttle", "retry_after": 1},
        {"kind": "status", "status": 500},
        {"kind": "html"},
        {"kind": "echo_token"},
        {"kind": "drop_before"},
        {"kind": "timeout", "delay": 0.01},
    ],
)
def test_a_poll_that_fails_loses_nothing(world: World, platform: str, kind: dict[str, Any], told: Any) -> None:
    lan = world.person("Lan", platform=platform, linked=False)
    assert world.app
    world.control("POST", "faults", {"platform": platform, "method": "getUpdates", "times": 1, **kind})
    with pytest.raises(SendError) as caught:
        lan.says("chào trợ lý, tôi mới vào")
    assert lan.texts() == []
    world.pump()
    assert len(lan.texts()) == 1
    assert len(inbox_keys(world)) == 1
    assert secret_of(platform) not in told() + str(caught.value)


def test_an_answer_to_a_poll_that_is_lost_on_its_way_comes_again(world: World) -> None:
    """Telegram keeps what was not confirmed. (Zalo does not: docs/sandbox.md.)"""
    lan = world.person("Lan", linked=False)
    assert world.app
    world.control("POST", "faults", {"platform": "telegram", "method": "getUpdates", "times": 1, "kind": "drop_after"})
    with pytest.raises(SendError):
        lan.says("chào trợ lý, tôi mới vào")
    world.pump()
    assert len(lan.texts()) == 1


@BOTH
def test_an_update_that_comes_twice_is_handled_once(world: World, platform: str) -> None:
    lan = world.person("Lan", platform=platform, linked=False)
    world.control("POST", "faults", {"platform": platform, "kind": "duplicate", "times": 2})
    lan.says("chào trợ lý, tôi mới vào")
    lan.says("tôi là Lan ở thôn 3")
    assert len(lan.texts()) == 2
    keys = inbox_keys(world)
    assert len(keys) == len(set(keys)) == 2


@BOTH
def test_updates_in_the_wrong_order_are_all_handled(world: World, platform: str) -> None:
    lan = world.person("Lan", platform=platform, linked=False)
    world.control("POST", "faults", {"platform": platform, "kind": "reorder", "times": 1})
    lan.says("chào trợ lý, tôi mới vào")
    assert lan.texts() == [], "the stand-in holds it back"
    lan.says("tôi là Lan ở thôn 3")
    assert len(lan.texts()) == 2
    assert len(set(inbox_keys(world))) == 2


@BOTH
def test_everything_at_once_ends_with_every_message_accounted_for(world: World, platform: str, told: Any) -> None:
    people = [world.person(f"Lan {number}", platform=platform) for number in range(8)]
    kinds = ["drop_after", "html", "throttle", "drop_before", "slow", "echo_token", "timeout"]
    for kind in kinds:
        fault(world, people[0], kind, times=1, delay=0.01, retry_after=5)
    rows = [queue(world, person, "tin chung", once=f"all:{person.id}") for person in people]
    for _ in range(4):
        world.pump()
        world.later(minutes=6)
    _accounted(world, people, rows)
    assert secret_of(platform) not in told()


def _accounted(world: World, people: list[Person], rows: list[int]) -> None:
    """Three answers were lost: as many are unknown, one of them has arrived; everything else was sent once."""
    found: list[Delivery] = [delivery(world, row) for row in rows]
    arrived = [person.new().count("tin chung") for person in people]
    states = [row.state for row in found]
    assert sorted(states) == [DeliveryState.SENT] * 5 + [DeliveryState.UNKNOWN] * 3
    sent_to = [count for row, count in zip(found, arrived, strict=True) if row.state == DeliveryState.SENT]
    assert sent_to == [1] * 5
    assert sum(arrived) == 6
