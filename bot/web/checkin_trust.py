"""How far a phone that checks in is believed: whose link it uses, whether the link is this phone's, when it scanned.

Whatever is not believed is not lost: the scan waits for the chair (docs/threat-model.md, "Checking in").

- A member's own link belongs to the first phone that comes back with its mark, a random cookie. Another phone, to
  which the link was forwarded, is heard and waits.
- Every page carries a stamp: whose link opened it, when by our clock, and the code that was scanned to open it. Of a
  page that the QR opened this stamp is the moment of the scan, and the phone's clock does not matter. Of a scan that
  was kept without a network the phone says when it was, and can say no moment before it was last in touch with us.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.errors import BadInput
from bot.flows.room import passes
from bot.flows.room.passes import Pass, Stamp
from storage import checkins, reading_links
from storage.checkins import CheckInPhone, Doubt
from storage.crypto import vault
from storage.members import Member, Status

SKEW = timedelta(minutes=2)
"""A phone's clock may be so far ahead. [ours]"""
MARK = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who comes: the pass, its living member, and the stamp of the page when it had one."""

    known: Pass
    member: Member
    stamp: Stamp | None


def bearer(session: Session, stamp: str, token: str, now: datetime) -> Bearer | None:
    """Whose phone it is, by the page's stamp, else by the pass in its cookie; None when neither counts any more.

    The stamp goes first: what a phone has kept is for the member who opened that page, not for whoever has opened
    theirs on the same phone since.
    """
    try:
        seen = passes.read_stamp(stamp, now) if stamp else None
        known = seen.known if seen is not None else passes.read("member", token, now)
    except BadInput:
        return None
    member = session.get(Member, known.member_id)
    if member is None or member.status == Status.LEFT:
        return None
    alive = reading_links.counts(session, known.member_id, channel_id=known.channel_id, made_at=known.made_at)
    return Bearer(known, member, seen) if alive else None


def is_anothers(session: Session, who: Bearer, mark: str) -> bool:
    """Whether the link belongs to another phone already."""
    held = checkins.phone_of(session, _link(who))
    return held is not None and held.phone_hash != vault().fingerprint(mark, "room.phone")


def phone(session: Session, who: Bearer, mark: str) -> tuple[CheckInPhone | None, bool]:
    """The phone that the link belongs to, and whether it is this one; a link without a phone gets this one. A phone
    that keeps no cookies has no link."""
    link_hash = _link(who)
    if not MARK.fullmatch(mark):
        return checkins.phone_of(session, link_hash), False
    mine = vault().fingerprint(mark, "room.phone")
    first = CheckInPhone(
        link_hash=link_hash, phone_hash=mine, member_id=who.known.member_id, seen_at=who.known.made_at
    )  # fmt: skip
    held = checkins.claim(session, first)
    return held, held.phone_hash == mine


def _link(who: Bearer) -> str:
    return vault().fingerprint(passes.seal("member", who.known), "room.link")


def moment(
    who: Bearer, step: int, claimed: datetime | None, now: datetime, *, last: datetime | None
) -> tuple[datetime, Doubt]:
    """When the code of this step was scanned, and the doubt about it. `claimed`: what the phone says, None for now;
    `last`: until when this phone is known to have been in touch."""
    if who.stamp is not None and who.stamp.step == step:
        return who.stamp.seen_at, Doubt.NONE
    if claimed is None:
        return now, Doubt.NONE
    if claimed > now + SKEW:
        return now, Doubt.CLOCK
    at = min(claimed, now)
    known = [each for each in (who.stamp.seen_at if who.stamp else None, last) if each is not None]
    believed = who.stamp is not None and at >= max(known)
    return at, Doubt.NONE if believed else Doubt.CLOCK
