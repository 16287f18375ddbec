"""Several notices that wait for one person become one message: what it says, and the sweep that makes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.dates import after_quiet, is_quiet
from bot.invitations import name_of
from bot.messages import Choice
from bot.people import one_line
from bot.quota.plans import TEXT_LIMIT, closed_to_bulk
from bot.settings import Settings
from bot.texts import t
from storage import digests, documents, meetings, quota
from storage.outbox import Delivery

CHATS = 500
"""Chats of one run of the sweep, so that its transaction stays short; the next run takes the others."""
MOST_CHOICES = 9
"""One key each on a phone (product.md, C5)."""
READ = "documents.read"


def digest_moment(settings: Settings, now: datetime) -> datetime:
    """The next digest hour (setting digest_time), out of the quiet hours."""
    local = now.astimezone(settings.zone)
    wanted = settings.digest_time
    today = local.replace(hour=wanted.hour, minute=wanted.minute, second=0, microsecond=0)
    quiet = {"start": settings.quiet_from, "end": settings.quiet_until}
    moments = [after_quiet(today + timedelta(days=days), settings.zone, **quiet) for days in (-1, 0, 1)]
    return next(moment for moment in moments if moment > now)


@dataclass(frozen=True, slots=True)
class Item:
    """One notice inside a digest: `name` for choices, `line` for the list, `choices` as it had them."""

    row: Delivery
    name: str
    line: str
    choices: Sequence[dict[str, Any]]

    @property
    def document_id(self) -> str:
        """Which paper "read" is about; "" for anything else."""
        return next((str(each["argument"]) for each in self.choices if each["action"] == READ), "")


def sweep(session: Session, settings: Settings, now: datetime) -> int:
    """Put papers off to the digest hour, join what is ripe, send alone what is alone, end what a digest has carried.

    What is urgent is not put off: it goes at once and takes along whatever waits for the same person. In quiet hours
    papers wait. Returns how much was done.
    """
    for queued_at in digests.unplanned(session):
        digests.put_off(session, queued_at, digest_moment(settings, queued_at))
    done = digests.settle_carried(session, digests.unsettled(session, CHATS))
    limited = {row.id or 0 for row in quota.limited(session)}
    quiet = is_quiet(now, settings.zone, start=settings.quiet_from, end=settings.quiet_until)
    closed = limited if quiet else closed_to_bulk(session, settings, now)
    chats = digests.ripe(session, now, closed=closed, limit=CHATS)
    done += digests.dissolve(session, digests.outdated(session, limited, chats))
    for channel_id, chat_id in digests.ripe(session, now, closed=closed, limit=CHATS):
        items = [_item(session, row, settings.zone) for row in digests.waiting(session, channel_id, chat_id)]
        for pack in packs(items):
            _send(session, pack, now)
            done += 1
    return done


def _send(session: Session, pack: Sequence[Item], now: datetime) -> None:
    rows = [item.row for item in pack]
    if len(rows) == 1:
        digests.carry_alone(session, rows[0], now)
        return
    first, ends = rows[0], [row.useful_until for row in rows]
    useful = [end for end in ends if end is not None]
    digest = Delivery(
        channel_id=first.channel_id, chat_id=first.chat_id, member_id=first.member_id,
        lane=min(row.lane for row in rows), text=text_of(pack), choices=choices_of(pack), about=digests.ABOUT,
        created_at=now, due_at=now, useful_until=max(useful) if len(useful) == len(ends) else None,
    )  # fmt: skip
    digests.carry(session, digest, rows)


def packs(items: Sequence[Item]) -> list[list[Item]]:
    """The items in order, as many to a message as have room in it and keys on a phone; each stays whole."""
    found: list[list[Item]] = []
    for item in items:
        if found and _fits([*found[-1], item]):
            found[-1].append(item)
        else:
            found.append([item])
    return found


def _fits(pack: Sequence[Item]) -> bool:
    choices = choices_of(pack)
    shown = [text_of(pack), *(f"0 – {each['label']}" for each in choices)]
    return len(choices) <= MOST_CHOICES and len("\n".join(shown).encode("utf-16-le")) // 2 <= TEXT_LIMIT


def text_of(pack: Sequence[Item]) -> str:
    """The list: a line for each, its link below it."""
    lines = [t("quota.digest-head", count=len(pack))]
    for item in pack:
        lines += [item.line, *([item.row.link] if item.row.link else [])]
    if any(item.document_id and not item.row.link for item in pack):
        lines.append(t("quota.digest-look"))
    return "\n".join([*lines, t("quota.digest-foot")])


def choices_of(pack: Sequence[Item]) -> list[dict[str, Any]]:
    """The choices of all, each naming what it is about; of papers only "read", and first one for all of them."""
    papers = [item.document_id for item in pack if item.document_id]
    found = [
        {**each, "label": t("quota.digest-choice", label=each["label"], name=item.name)}
        for item in pack
        for each in item.choices
        if not item.document_id or each["action"] == READ
    ]
    if len(papers) < 2:
        return found
    every = Choice("documents.read-all", t("quota.digest-all-read", count=len(papers)), ",".join(papers))
    return [asdict(every), *found]


def _item(session: Session, row: Delivery, zone: ZoneInfo) -> Item:
    kind, _, number = row.about.partition(":")
    first, _, rest = row.text.strip().partition("\n")
    said = one_line(f"{first} {rest.partition(chr(10))[0]}", 160)
    if kind == "document" and number.isdecimal():
        document = documents.get(session, int(number))
        name = document.number or one_line(document.summary, 40)
        brief = one_line(document.summary, 100)
        line = (
            t("quota.digest-item", name=name, brief=brief) if document.number else t("quota.digest-short", name=brief)
        )
        return Item(row, name, line, row.choices)
    if kind == "meeting" and number.isdecimal():
        name = name_of(meetings.get(session, int(number)), zone)
        return Item(row, name, t("quota.digest-short", name=said), row.choices)
    return Item(row, one_line(first, 30), t("quota.digest-short", name=said), row.choices)
