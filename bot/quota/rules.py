"""The rules of the quota planner as pure functions: no database, no clock, no texts.

Zalo gives a free bot 3,000 messages a month (zalo-bot-api.md, Plans). An average branch has 27 members, so a paper to
everybody costs 27 of them, and every answer of the bot costs one more. Unit everywhere: messages of the platform.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil


class Way(StrEnum):
    """How a broadcast goes to the people of one channel."""

    PRIVATE = "private"
    """A message to each."""
    DIGEST = "digest"
    """A message to each, held until the digest hour and joined with whatever else waits for the same person."""
    GROUP = "group"
    """One post in the branch's group; only those without a group here get a message of their own."""


LEARNING_DAYS = 3
"""So many days of the default count beside the month's own days, so that one quiet morning proves nothing. [ours]"""


@dataclass(frozen=True, slots=True)
class Need:
    """What a broadcast needs on one channel: people, those of them for whom a digest waits already (`waiting`), those
    with a group here (`covered`), posts in groups, and the messages that one private copy takes (`pieces`)."""

    persons: int
    waiting: int = 0
    covered: int = 0
    posts: int = 0
    pieces: int = 1

    def personal(self, way: Way) -> int:
        """Messages to persons. A digest names the thing briefly, so it takes one however long the text is."""
        match way:
            case Way.PRIVATE:
                return self.persons * self.pieces
            case Way.DIGEST:
                return self.persons - self.waiting
            case Way.GROUP:
                return (self.persons - self.covered) * self.pieces

    def cost(self, way: Way) -> int:
        """All messages of this way."""
        return self.personal(way) + self.posts


@dataclass(frozen=True, slots=True)
class Room:
    """What a channel's month still holds. `quota` 0 means no limit.

    `used` is the ledger, `queued` what waits to be sent, `reserve` what broadcasts leave for replies whatever happens
    (the sender sees to that), `replies` what is expected until the month ends, `ahead` known needs (the next meeting),
    `days` the days left, today included.
    """

    quota: int
    used: int = 0
    queued: int = 0
    reserve: int = 0
    replies: int = 0
    ahead: int = 0
    days: int = 1
    spent: bool = False
    """The platform has said that the month is used up, whatever our ledger says."""

    @property
    def left(self) -> int:
        """What is promised to nobody."""
        return 0 if self.spent else max(0, self.quota - self.used - self.queued)

    @property
    def bulk(self) -> int:
        """What broadcasts of papers may use: the reserve stays for replies."""
        return max(0, self.left - self.reserve)

    @property
    def free(self) -> int:
        """What is left when expected replies and the next meeting have had theirs."""
        return max(0, self.left - max(self.reserve, self.replies) - self.ahead)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a broadcast goes on one channel, what it costs there, and how many messages must wait for the next month."""

    way: Way
    cost: int
    waits: int = 0


def choose(need: Need, room: Room, *, urgent: bool, comfort: float) -> Verdict:
    """The way for one channel. Nothing is planned beyond what is left unless every way is; then `waits` says so.

    Urgent (an invitation wants a personal answer): private while it fits at all, then the group, then a digest.
    Papers: private while that is comfortable, a digest while it fits beside what the month needs anyway, the group
    when even that is too much. When nothing fits, the way that lets the fewest wait.
    """
    if not room.quota:
        return Verdict(Way.PRIVATE, need.cost(Way.PRIVATE))
    order = [way for way in _preference(urgent=urgent) if way is not Way.GROUP or need.covered]
    verdicts = [Verdict(way, need.cost(way), waits(way, need, room, urgent=urgent)) for way in order]
    for verdict in verdicts:
        if verdict.cost <= _limit(verdict.way, room, urgent=urgent, comfort=comfort) and not verdict.waits:
            return verdict
    last = verdicts if urgent else verdicts[1:]
    return min(last, key=lambda verdict: verdict.waits)


def _preference(*, urgent: bool) -> Sequence[Way]:
    return (Way.PRIVATE, Way.GROUP, Way.DIGEST) if urgent else (Way.PRIVATE, Way.DIGEST, Way.GROUP)


def _limit(way: Way, room: Room, *, urgent: bool, comfort: float) -> float:
    if urgent or way is Way.GROUP:
        return room.left
    return comfortable(room, comfort) if way is Way.PRIVATE else room.free


def comfortable(room: Room, comfort: float) -> float:
    """What one paper may use: `comfort` days' shares of what is free, so that the rest of the month keeps its own."""
    return min(room.free, room.free / max(1, room.days) * comfort)


def waits(way: Way, need: Need, room: Room, *, urgent: bool) -> int:
    """How many messages of this way the sender will hold until the next month.

    What is urgent, and a post that stands for many messages, may use the reserve; papers to persons may not.
    """
    if urgent:
        return max(0, need.cost(way) - room.left)
    posts = need.posts if way is Way.GROUP else 0
    held = max(0, posts - room.left)
    for_persons = max(0, min(room.bulk, room.left - posts))
    return held + max(0, need.cost(way) - posts - for_persons)


def fits_privately(need: Need, room: Room) -> bool:
    """Whether a message to each is possible at all: whoever sends may decide for it."""
    return not room.quota or need.cost(Way.PRIVATE) <= room.left


def reserve(quota: int, share: float) -> int:
    """What of a month's quota broadcasts leave for replies (setting quota_reserve)."""
    return ceil(round(quota * share, 6))


def bulk_left(quota: int, used: int, share: float) -> int:
    """How many more messages papers to persons may use this month; the sender asks before each claim."""
    return max(0, quota - reserve(quota, share) - used)


def expected_replies(sent: int, people: int, day: int, days: int, *, each: float) -> int:
    """Replies until the month ends: this month's average a day, with the default (`each` a person and day) counted as
    some days of its own at the start. `day` is the day of the month, `days` those left with today."""
    average = (sent + LEARNING_DAYS * each * people) / (day + LEARNING_DAYS)
    return ceil(average * days)


def meeting_messages(today: date, *, meeting_day: int, notice: int, reminders: int) -> int:
    """Messages to each member that the next usual meeting, not called yet, still needs in this month.

    One invitation, `notice` days and two more before it, and its reminders 3 days, 1 day and 0 days before (42-HD: all
    branches meet on one day; domain.md, How people write). What falls into the next month is that month's.
    """
    meeting = _next(today, meeting_day)
    invitation = max(today, meeting - timedelta(days=notice + 2))
    reminded = [meeting - timedelta(days=before) for before in (3, 1, 0)][-reminders:] if reminders else []
    moments = [invitation, *(moment for moment in reminded if moment >= today)]
    return sum((moment.year, moment.month) == (today.year, today.month) for moment in moments)


def _next(today: date, day: int) -> date:
    """The next date with this day of the month, today included (`day` is at most 28, a setting)."""
    this = today.replace(day=day)
    return this if this >= today else (today.replace(day=28) + timedelta(days=4)).replace(day=day)


def pieces(units: int, limit: int) -> int:
    """Messages that a text of so many UTF-16 units takes, at least one."""
    return max(1, ceil(units / limit))
