"""How fast a channel sends, by a clock that the test moves."""

from __future__ import annotations

import asyncio
import random

import pytest

from bot.limits import Chats, Gate, Rates, Slots, rates
from bot.settings import Settings


class Watch:
    """A clock that only the test moves, in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("seed", range(20))
def test_no_second_holds_more_than_the_limit_wherever_in_the_round_trip_the_platform_counts(seed: int) -> None:
    """Arrival is some moment of the round trip that we cannot see; a stall on the way makes no window too full."""
    luck, watch = random.Random(seed), Watch()
    slots = Slots(30, 1.0, watch)
    arrivals: list[float] = []
    flying: list[tuple[float, float]] = []
    while len(arrivals) < 300:
        flying.sort(key=lambda each: each[1])
        wait = slots.wait()
        if wait == 0.0 and len(flying) < 20:
            way = 0.002 + (luck.random() * 0.2 if luck.random() < 0.1 else 0.0)
            taken = slots.take()
            arrivals.append(watch.now + way)
            flying.append((taken, watch.now + way + 0.002))
            watch.now += 0.0001
            continue
        answer = flying[0][1] if flying else float("inf")
        watch.now = max(watch.now, min(watch.now + wait, answer) if wait else answer)
        while flying and flying[0][1] <= watch.now:
            slots.answered(flying.pop(0)[0])
    arrivals.sort()
    assert all(later - earlier >= 1.0 for earlier, later in zip(arrivals, arrivals[30:], strict=False))
    assert arrivals[-1] - arrivals[0] < 300 / 30 * 1.35


def test_a_reply_overtakes_broadcasts_that_wait_for_their_slots() -> None:
    async def scene() -> list[str]:
        gate, order = Gate(50), []

        async def send(name: str, lane: int) -> None:
            taken = await gate.turn(lane, spaced=lane > 0)
            order.append(name)
            gate.answered(taken)

        bulk = [asyncio.create_task(send(f"bulk {number}", 2)) for number in range(20)]
        await asyncio.sleep(0)
        await asyncio.gather(asyncio.create_task(send("reply", 0)), *bulk)
        return order

    order = asyncio.run(scene())
    assert order.index("reply") <= 6  # a handful may go at once after a silence
    assert [name for name in order if name != "reply"] == [f"bulk {number}" for number in range(20)]


def test_a_group_gets_twenty_a_minute() -> None:
    watch = Watch()
    chats = Chats(Rates(30, 1, 20), watch)
    for _ in range(20):
        assert chats.wait("g", is_group=True, is_reply=True) == 0
        chats.sent("g", is_group=True)
        watch.now += 1
    assert 39 < chats.wait("g", is_group=True, is_reply=True) <= 41
    assert chats.wait("another", is_group=True, is_reply=True) == 0


def test_a_private_chat_gets_a_short_burst_of_replies_but_broadcasts_one_a_second() -> None:
    watch = Watch()
    chats = Chats(Rates(30, 1, 20), watch)
    chats.sent("p", is_group=False)
    assert 0 < chats.wait("p", is_group=False, is_reply=False) <= 1.01
    for _ in range(4):
        assert chats.wait("p", is_group=False, is_reply=True) == 0
        chats.sent("p", is_group=False)
    assert chats.wait("p", is_group=False, is_reply=True) > 0


def test_a_429_is_laid_to_the_chat_only_when_that_chat_was_written_to_much() -> None:
    watch = Watch()
    chats = Chats(Rates(30, 1, 20), watch)
    assert not chats.is_busy("g", is_group=True)
    for _ in range(10):
        chats.sent("g", is_group=True)
    assert chats.is_busy("g", is_group=True)
    chats.rest("g", 37)
    assert chats.wait("g", is_group=True, is_reply=True) == 37
    assert chats.wait("h", is_group=True, is_reply=True) == 0


def test_the_settings_are_the_defaults_of_every_channel_and_a_channel_may_have_its_own_rate() -> None:
    settings = Settings()
    assert rates(settings, "telegram", 0) == Rates(30, 1, 20)
    assert rates(settings, "telegram", 1000).per_second == 1000
    assert rates(settings, "zalo", 0) == Rates(5)


def test_chats_are_forgotten_when_their_time_is_over() -> None:
    watch = Watch()
    chats = Chats(Rates(30, 1, 20), watch)
    for number in range(1000):
        chats.sent(f"p{number}", is_group=False)
        watch.now += 1
    log = chats._logs[False]
    assert len(log._now) + len(log._before) <= 2 * 6
    assert chats.wait("p999", is_group=False, is_reply=False) == pytest.approx(0.0, abs=0.01)
