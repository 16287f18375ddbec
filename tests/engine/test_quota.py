"""The quota planner: nothing is planned beyond what is left, unless nothing else is possible and it says so."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.quota import rules
from bot.quota.digests import MOST_CHOICES, Item, choices_of, digest_moment, packs, text_of
from bot.quota.plans import TEXT_LIMIT
from bot.quota.rules import Need, Room, Verdict, Way, choose, waits
from bot.settings import Settings
from storage.outbox import Delivery

FEW = st.integers(0, 300)


@st.composite
def needs(draw: st.DrawFn) -> Need:
    persons = draw(st.integers(0, 60))
    covered = draw(st.integers(0, persons))
    return Need(
        persons=persons,
        waiting=draw(st.integers(0, persons)),
        covered=covered,
        posts=draw(st.integers(1 if covered else 0, 3)),
        pieces=draw(st.integers(1, 4)),
    )


@st.composite
def rooms(draw: st.DrawFn) -> Room:
    quota = draw(st.integers(1, 400))
    return Room(
        quota=quota,
        used=draw(st.integers(0, quota + 20)),
        queued=draw(FEW),
        reserve=draw(st.integers(0, quota)),
        replies=draw(FEW),
        ahead=draw(FEW),
        days=draw(st.integers(1, 31)),
        spent=draw(st.booleans()),
    )


@settings(max_examples=400, deadline=None)
@given(needs(), rooms(), st.booleans(), st.floats(0.1, 10))
def test_nothing_is_planned_beyond_what_is_left_unless_nothing_else_is_possible(
    need: Need, room: Room, urgent: bool, comfort: float
) -> None:
    verdict = choose(need, room, urgent=urgent, comfort=comfort)
    assert verdict.cost == need.cost(verdict.way)
    assert verdict.way is not Way.GROUP or need.covered
    ways = [way for way in Way if way is not Way.GROUP or need.covered]
    if verdict.waits == 0:
        assert verdict.cost <= room.left
        return
    assert verdict.waits <= verdict.cost
    for way in ways:  # nothing else is possible: every way would leave as much waiting, or more
        assert waits(way, need, room, urgent=urgent) >= verdict.waits
        assert need.cost(way) > (room.left if urgent else room.bulk)


@settings(max_examples=200, deadline=None)
@given(needs(), rooms(), st.booleans())
def test_what_waits_is_what_the_sender_holds(need: Need, room: Room, urgent: bool) -> None:
    """The sender lets urgent messages and posts use all that is left, papers all but the reserve."""
    for way in Way:
        posts = need.posts if way is Way.GROUP or urgent else 0
        sent_posts = min(posts, room.left)
        limit = room.left if urgent else room.bulk
        rest = need.cost(way) - posts
        sent_rest = min(rest, max(0, min(limit, room.left - sent_posts)))
        assert waits(way, need, room, urgent=urgent) == need.cost(way) - sent_posts - sent_rest


@settings(max_examples=200, deadline=None)
@given(needs(), rooms(), st.booleans(), st.floats(0.1, 10))
def test_more_room_never_makes_more_wait(need: Need, room: Room, urgent: bool, comfort: float) -> None:
    roomier = Room(**{**{name: getattr(room, name) for name in Room.__slots__}, "queued": 0, "spent": False})
    before = choose(need, room, urgent=urgent, comfort=comfort).waits
    assert choose(need, roomier, urgent=urgent, comfort=comfort).waits <= before


@given(needs(), st.booleans())
def test_without_a_limit_everything_is_private(need: Need, urgent: bool) -> None:
    assert choose(need, Room(0), urgent=urgent, comfort=1) == Verdict(Way.PRIVATE, need.cost(Way.PRIVATE))


BRANCH = Need(persons=27, covered=27, posts=1)
ALONE = Need(persons=27)


@pytest.mark.parametrize(
    ("left", "need", "urgent", "way"),
    [
        (2900, BRANCH, False, Way.PRIVATE),
        (812, BRANCH, False, Way.PRIVATE),
        (320, BRANCH, False, Way.DIGEST),
        (200, BRANCH, False, Way.GROUP),
        (40, BRANCH, False, Way.GROUP),
        (40, BRANCH, True, Way.PRIVATE),
        (27, BRANCH, True, Way.GROUP),
        (320, ALONE, False, Way.DIGEST),
        (40, ALONE, False, Way.DIGEST),
        (27, ALONE, True, Way.PRIVATE),
    ],
)
def test_a_branch_of_27_six_days_before_the_month_ends(left: int, need: Need, urgent: bool, way: Way) -> None:
    room = Room(quota=3000, used=3000 - left, reserve=150, replies=81, ahead=108, days=6)
    assert choose(need, room, urgent=urgent, comfort=2).way is way


def test_who_has_something_waiting_costs_a_digest_nothing() -> None:
    assert Need(persons=27, waiting=20, posts=1).cost(Way.DIGEST) == 8


def test_a_text_of_three_parts_costs_three_and_its_mention_in_a_digest_one() -> None:
    need = Need(persons=10, pieces=rules.pieces(4001, TEXT_LIMIT))
    assert (need.cost(Way.PRIVATE), need.cost(Way.DIGEST)) == (30, 10)


def test_replies_are_expected_from_the_month_so_far_and_from_people_at_its_start() -> None:
    assert rules.expected_replies(0, 27, 1, 30, each=0.5) == 304  # 3 of 4 days count as 13.5 a day
    assert rules.expected_replies(200, 27, 20, 10, each=0.5) == 105
    assert rules.expected_replies(0, 0, 1, 30, each=0.5) == 0


@pytest.mark.parametrize(
    ("today", "reminders", "messages"),
    [
        (date(2026, 11, 1), 3, 3),  # for the 3rd: an invitation at once, reminders on the 2nd and the 3rd
        (date(2026, 11, 10), 3, 2),  # for 3/12: an invitation on 28/11, the first reminder on 30/11
        (date(2026, 11, 10), 2, 1),  # with fewer reminders the ones nearest to the meeting stay
        (date(2026, 11, 10), 0, 1),
        (date(2026, 11, 30), 3, 2),
        (date(2026, 12, 3), 3, 2),  # today: an invitation and the last reminder
        (date(2027, 2, 10), 3, 2),  # for 3/3: 26/2 and 28/2
    ],
)
def test_the_next_meeting_needs_an_invitation_and_its_reminders(today: date, reminders: int, messages: int) -> None:
    assert rules.meeting_messages(today, meeting_day=3, notice=3, reminders=reminders) == messages


def test_the_reserve_is_rounded_up_and_bulk_stops_before_it() -> None:
    assert rules.reserve(3000, 0.05) == 150
    assert rules.reserve(27, 0.05) == 2
    assert [rules.bulk_left(27, used, 0.05) for used in (0, 24, 25, 40)] == [25, 1, 0, 0]


# --- digests -------------------------------------------------------------------------------------------------------
def _settings(**fields: Any) -> Settings:
    return Settings(**fields)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


@pytest.mark.parametrize(
    ("now", "hour", "expected"),
    [
        ("2026-11-25T09:00:00", time(17, 30), "2026-11-25T17:30:00"),
        ("2026-11-25T17:30:00", time(17, 30), "2026-11-26T17:30:00"),
        ("2026-11-30T20:00:00", time(17, 30), "2026-12-01T17:30:00"),
        ("2026-11-25T09:00:00", time(22, 0), "2026-11-26T06:30:00"),
        ("2026-11-25T05:00:00", time(5, 30), "2026-11-25T06:30:00"),
    ],
)
def test_the_digest_hour_is_never_in_quiet_hours(now: str, hour: time, expected: str) -> None:
    assert digest_moment(_settings(digest_time=hour), _at(now)) == _at(expected)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.times())
@settings(deadline=None, max_examples=100)
def test_the_digest_hour_comes_within_a_day_and_a_half(at: datetime, hour: time) -> None:
    now = at.replace(tzinfo=UTC)
    assert 0 < (digest_moment(_settings(digest_time=hour), now) - now).total_seconds() <= 36 * 3600


@st.composite
def items(draw: st.DrawFn) -> Item:
    number = draw(st.integers(1, 99))
    is_paper = draw(st.booleans())
    words = ["read", "ask"] if is_paper else ["attending", "absent", "late", "call"]
    kind = "documents" if is_paper else "attendance"
    choices = [{"action": f"{kind}.{word}", "label": f"nhãn {word}", "argument": str(number)} for word in words]
    link = draw(st.sampled_from(["", "https://so.tay/d/" + "x" * 150]))
    row = Delivery.model_construct(text="", link=link, choices=choices)
    return Item(row, f"số {number}", draw(st.text("ab ", max_size=150)), choices)


@settings(deadline=None, max_examples=100)
@given(st.lists(items(), max_size=20))
def test_a_digest_has_room_in_one_message_and_a_key_for_every_choice(found: list[Item]) -> None:
    made = packs(found)
    assert [item for pack in made for item in pack] == found
    for pack in made:
        choices = choices_of(pack)
        shown = "\n".join([text_of(pack), *(f"{index} – {each['label']}" for index, each in enumerate(choices, 1))])
        assert len(pack) == 1 or (len(choices) <= MOST_CHOICES and len(shown) <= TEXT_LIMIT)
        for item in pack:
            wanted = [each for each in item.choices if each["action"] != "documents.ask"]
            kept = [(each["action"], each["argument"]) for each in choices]
            assert all((each["action"], each["argument"]) in kept for each in wanted)
        assert all("số" in each["label"] or each["action"] == "documents.read-all" for each in choices)


def test_long_links_make_a_second_digest() -> None:
    link = "https://so.tay/d/" + "x" * 230
    read = {"action": "documents.read", "label": "Đã đọc", "argument": "1"}
    row = Delivery.model_construct(text="", link=link, choices=[read])
    assert [len(pack) for pack in packs([Item(row, "21-NQ/TW", "một dòng", [read])] * 8)] == [6, 2]
