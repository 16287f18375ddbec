"""What may be put to an open vote, whose votes make the base, and what passes (domain.md, "Votes")."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from bot.context import Context
from bot.errors import BadInput, NotAllowed, Refused
from bot.matching import fold
from bot.secrecy import must_be_open
from bot.settings import Settings
from bot.texts import t
from storage import meetings, organizations, votes
from storage.meetings import Meeting, MeetingKind
from storage.members import RoleKind, Status
from storage.organizations import Organization

OPENING = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY, RoleKind.CLERK})
"""Who opens, closes and records votes; besides them a meeting's own chair and clerk."""
LONGEST = 200
"""Characters of a title: it has to be read on a small screen. [ours]"""

_ELECTION = re.compile(r"\bbau\b(?! (?:khong khi|bi\b(?! thu)|troi))")
_FRUIT = re.compile(r"\b(?:qua|gian|trong|cay|mang) bau\b")
_SECRET = re.compile(r"\bphieu kin\b|\bphieu tin nhiem\b|\bkin\b.{0,12}\bphieu\b")
_DISCIPLINE = re.compile(r"\bk[yi] luat\b|\bkhai tru\b|\bkhien trach\b|\bcach chuc\b|\bcanh cao\b")
_DISCIPLINE_IN_GENERAL = re.compile(
    r"\bk[yi] cuong\W+(?:va )?k[yi] luat\b|\bk[yi] luat\W+(?:va )?k[yi] cuong\b|\bk[yi] luat (?:lao dong|phat ngon)\b|"
    r"\b(?:tang cuong|giu nghiem|giu vung|chap hanh|siet chat) k[yi] luat\b"
)
"""Resolutions about order are no proceedings against a person."""
_ADMISSION = re.compile(r"\bket nap\b|\bcong nhan dang vien chinh thuc\b|\bchuyen dang chinh thuc\b")


def barred(title: str) -> str | None:
    """The key of the reason why this cannot be voted on in chat, None when it can: no secret ballots, no elections, no
    disciplinary votes (domain.md)."""
    folded = fold(title)
    if _SECRET.search(folded):
        return "votes.barred-secret"
    # "báu vật" and "bàu nước" are no elections: where marks are written they are looked at.
    marked = folded != title.casefold()
    if _ELECTION.search(_FRUIT.sub(" ", folded)) and (not marked or "bầu" in title.casefold()):
        return "votes.barred-election"
    if _DISCIPLINE.search(_DISCIPLINE_IN_GENERAL.sub(" ", folded)):
        return "votes.barred-discipline"
    return None


def checked(title: str) -> str:
    """The title in one line; Refused with the reason, or BadInput when it is too short or too long, or bears a mark of
    secrecy."""
    must_be_open(title)
    tidy = " ".join(title.split()).strip(" .:;,")
    if len(tidy) < 3:
        raise BadInput("votes.title-short")
    if len(tidy) > LONGEST:
        raise BadInput("votes.title-long", most=LONGEST)
    reason = barred(tidy)
    if reason is not None:
        raise Refused(reason)
    return tidy


def is_admission(title: str) -> bool:
    """Whether the title speaks of admitting a member, for which the rule asks two thirds."""
    return bool(_ADMISSION.search(fold(title)))


def needed(settings: Settings, base: int, *, two_thirds: bool) -> int:
    """The smallest number of "for" that passes: more than SOTAY_VOTE_SHARE of the base, or at least
    SOTAY_VOTE_SHARE_ADMISSION of it (domain.md: > 1/2 for a resolution, ≥ 2/3 for admission)."""
    if two_thirds:
        return max(1, math.ceil(base * Fraction(settings.vote_share_admission)))
    return math.floor(base * Fraction(settings.vote_share)) + 1


def rule(settings: Settings, *, two_thirds: bool) -> str:
    """The rule in words: "quá 1/2", "từ 2/3 trở lên"."""
    if two_thirds:
        return t("votes.rule-least", share=settings.vote_share_admission)
    return t("votes.rule-over", share=settings.vote_share)


def require(ctx: Context, organization: Organization, meeting: Meeting | None) -> None:
    """NotAllowed unless the speaker may open, close and record votes here. Whoever is suspended from the branch's life
    (đình chỉ sinh hoạt) does not, whatever role the roster still gives them."""
    if ctx.me.status == Status.SUSPENDED:
        raise NotAllowed
    if meeting is not None and ctx.my_id in {meeting.chair_id, meeting.clerk_id}:
        return
    if not ctx.may(organization, OPENING):
        raise NotAllowed


def place(session: Session, organization_id: int, meeting_id: int | None) -> tuple[Organization, Meeting | None]:
    """Where a vote is held."""
    meeting = meetings.get(session, meeting_id) if meeting_id is not None else None
    return organizations.get(session, organization_id), meeting


def electors(organization: Organization, meeting: Meeting | None) -> tuple[Any, ...]:
    """Whose votes make the base: all official members of the organization less those exempt, elsewhere and suspended;
    in a committee meeting those of them who are invited."""
    return votes.electors(organization.path, committee(meeting))


def committee(meeting: Meeting | None) -> int | None:
    """The id of a committee meeting, which is no business of the branch's group; None for any other."""
    return meeting.id if meeting is not None and meeting.kind == MeetingKind.COMMITTEE else None
