from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Blocked, OutcomeUnknown, QuotaSpent, Rejected, SendError, Throttled, Unreachable
from bot.platforms.base import Receipt
from bot.platforms.parts import send_in_order, split, units

FAMILY, FLAG, THUMB, PAIR = "\U0001f468\u200d\U0001f469", "\U0001f1fb\U0001f1f3", "\U0001f44d\U0001f3fd", "\ud83d\ude00"
ODD = st.text(st.sampled_from(f"ab \n\u00a0o\u0309{FAMILY}{FLAG}{THUMB}{PAIR}"))


@settings(deadline=None, max_examples=60)
@given(ODD | st.text(), st.integers(2, 40))
def test_no_part_is_too_long_or_blank_and_nothing_is_lost(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < units(piece) <= limit and piece.strip() for piece in pieces)
    kept = "".join("".join(pieces).split())
    sent = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    assert kept == "".join(sent.split())


def test_units_count_as_the_platforms_do() -> None:
    assert units("Đồng chí") == 8
    assert units("👍") == 2


def test_a_line_is_the_best_place_then_a_space() -> None:
    assert split("một hai\nba bốn", 9) == ["một hai", "ba bốn"]
    assert split("một hai ba bốn", 9) == ["một hai", "ba bốn"]
    assert split("a\nmột hai ba bốn", 9) == ["a\nmột hai", "ba bốn"]


@pytest.mark.parametrize("whole", ["👨\u200d👩\u200d👧", "e\u0302\u0323", "👍🏽", "🇻🇳"])
def test_what_people_see_as_one_character_stays_whole(whole: str) -> None:
    text = whole * 20
    for limit in range(units(whole), units(whole) * 3):
        assert all(piece == whole * (len(piece) // len(whole)) for piece in split(text, limit))


def test_exactly_the_limit_is_one_part() -> None:
    assert split("a" * 2000, 2000) == ["a" * 2000]
    assert [len(piece) for piece in split("a" * 2001, 2000)] == [2000, 1]
    assert split("  \n ", 10) == []


def answers(*results: Receipt | SendError) -> Callable[[], Awaitable[Receipt]]:
    waiting = list(results)

    async def step() -> Receipt:
        result = waiting.pop(0)
        if isinstance(result, SendError):
            raise result
        return result

    return step


@pytest.mark.anyio
async def test_receipt_is_the_last_ones_with_the_file_of_the_first() -> None:
    receipt = await send_in_order([answers(Receipt("1", "file")), answers(Receipt("2"))])
    assert receipt == Receipt("2", "file", messages=2)


@pytest.mark.anyio
async def test_every_part_counts_as_a_message() -> None:
    receipt = await send_in_order([answers(Receipt(str(number))) for number in range(3)])
    assert receipt.messages == 3
    with pytest.raises(OutcomeUnknown) as stopped:
        await send_in_order([answers(Receipt("1")), answers(Receipt("2")), answers(QuotaSpent("spent"))])
    assert stopped.value.messages == 2


@pytest.mark.anyio
async def test_first_failure_means_what_it_says() -> None:
    with pytest.raises(Throttled):
        await send_in_order([answers(Throttled(0)), answers(Receipt("2"))])


@pytest.mark.anyio
async def test_a_short_throttle_in_the_middle_is_waited_out() -> None:
    receipt = await send_in_order([answers(Receipt("1")), answers(Throttled(0), Receipt("2"))])
    assert receipt.message_id == "2"


@pytest.mark.anyio
@pytest.mark.parametrize("later", [[Throttled(3600)], [Unreachable("502")], [Throttled(0), Throttled(0)]])
async def test_what_is_half_delivered_is_never_called_undelivered(later: list[SendError]) -> None:
    with pytest.raises(OutcomeUnknown, match="part 2 of 2"):
        await send_in_order([answers(Receipt("1")), answers(*later)])


@pytest.mark.anyio
@pytest.mark.parametrize("kind", [Blocked, Rejected])
async def test_lasting_failures_in_the_middle_stay_what_they_are(kind: type[SendError]) -> None:
    with pytest.raises(kind):
        await send_in_order([answers(Receipt("1")), answers(kind("x"))])
