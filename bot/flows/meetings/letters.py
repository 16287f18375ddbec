"""The printed invitation (giấy mời) as .docx: one page without a name, or a page for each who is invited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot import letterhead
from bot.courtesy import named
from bot.dates import dateline
from bot.flows.meetings import lines
from bot.invitations import manner, moment_of, name_of
from bot.settings import Settings
from bot.texts import t
from storage import agendas, attendance, members, organizations
from storage.meetings import Meeting
from storage.organizations import OrganizationKind

BRANCHES = frozenset({OrganizationKind.BRANCH, OrganizationKind.CELL})
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands on every page; `names` of the invited, [""] for one page with room for a name."""

    above: str
    home: str
    dated: str
    title: str
    subject: str
    facts: list[tuple[str, str]]
    items: list[str]
    body: str
    signed: str
    names: list[str]


def letter_of(session: Session, settings: Settings, meeting: Meeting, now: datetime, *, named_pages: bool) -> Letter:
    """Everything that the document says."""
    home = organizations.get(session, meeting.organization_id)
    parent = organizations.get(session, home.parent_id) if home.parent_id else None
    chair = members.get(session, meeting.chair_id) if meeting.chair_id else None
    facts = [("when", moment_of(meeting, settings.zone)), ("where", meeting.place)]
    if meeting.minutes:
        facts.append(("length", t("agendas.minutes", minutes=meeting.minutes)))
    if meeting.online_url:
        facts.append(("online", meeting.online_url))
    if chair is not None:
        facts.append(("chair", named(chair)))
    invited = [named(member) for member, _ in attendance.counted(session, meeting.id or 0)] if named_pages else []
    guests = [", ".join(each for each in (guest.name, guest.office) if each) for guest in
              (agendas.guests(session, meeting.id or 0) if named_pages else [])]  # fmt: skip
    return Letter(
        above=parent.name.upper() if parent else "",
        home=home.name.upper(),
        dated=dateline(now.astimezone(settings.zone).date(), home.name, parent.name if parent else ""),
        title=t("meetings.letter-title-convening" if manner(meeting) != "invitation" else "meetings.letter-title"),
        subject=name_of(meeting, settings.zone),
        facts=facts,
        items=[lines.shown(session, line) for line in agendas.lines(session, meeting.id or 0)],
        signed=chair.full_name if chair else "",
        body=t("meetings.letter-signed" if home.kind in BRANCHES else "meetings.letter-signed-above"),
        names=[*invited, *guests] or [""],
    )


def written(letter: Letter) -> bytes:
    """The document's bytes."""
    document = letterhead.page()
    for number, name in enumerate(letter.names):
        if number:
            letterhead.next_page(document)
        _page(document, letter, name)
    return letterhead.saved(document)


def _page(document: Any, letter: Letter, name: str) -> None:
    letterhead.heading(document, (letter.above, letter.home), letter.dated)
    letterhead.title(document, letter.title, t("meetings.letter-subject", name=letter.subject))
    letterhead.running(document, t("meetings.letter-to", name=name or "…" * 20))
    for key, value in letter.facts:
        letterhead.running(document, t(f"meetings.letter-{key}", value=value))
    letterhead.running(document, t("meetings.letter-items" if letter.items else "meetings.letter-no-items"))
    for number, item in enumerate(letter.items, start=1):
        letterhead.running(document, f"{number}. {item}")
    letterhead.running(document, t("meetings.letter-please"))
    letterhead.signatures(document, (), (letter.body, letter.signed))
