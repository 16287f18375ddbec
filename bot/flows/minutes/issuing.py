"""An approved paper becomes a document with acknowledgement. How documents are published is not known here: the door
is handed in (bot/handlers/minutes.py), as no flow knows another feature's flow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.context import Context
from bot.flows.minutes import approving, card, desk, wording
from bot.flows.minutes import record as records
from bot.flows.minutes.record import Record
from bot.messages import Choice, Platform, Reply
from bot.texts import t
from storage import minutes
from storage.minutes import ABBREVIATIONS, MeetingPaper, PaperKind, PaperState
from storage.organizations import Organization


@dataclass(frozen=True, slots=True)
class Issue:
    """What is to be published. `members`: only these (ids); empty: everybody in the organization."""

    home: Organization
    kind: str
    number: str
    summary: str
    issued_on: date
    file_id: int
    members: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Issued:
    """What became of it: the document and how many can be reached."""

    document_id: int
    reachable: int


Publisher = Callable[[Context, Issue], Issued]


def send(ctx: Context, argument: str, publish: Publisher) -> Reply:
    """ "Gửi biên bản": published in this transaction, once. What is not approved is not sent: the card says so."""
    paper, meeting = desk.paper_of(ctx, argument, hold=True)
    if paper.state != PaperState.APPROVED or paper.file_id is None:
        key = "minutes.sent-already" if paper.state == PaperState.SENT else "minutes.not-approved"
        return card.again(ctx, argument, t(key))
    record = records.of(ctx.db, meeting.id or 0, ctx.settings.zone)
    issued = publish(ctx, _issue(paper, record, paper.file_id))
    minutes.write(ctx.db, paper, state=PaperState.SENT, document_id=issued.document_id, sent_at=ctx.now)
    ctx.audit(f"{paper.kind}.sent", f"meeting:{meeting.id}", document=issued.document_id)
    ctx.close_question()
    said = t("minutes.sent", what=card.name(paper, record), reachable=issued.reachable)
    if ctx.incoming.platform == Platform.ZALO:  # the letter comes right behind, and numbers will answer that one
        more = t("minutes.sent-more") if paper.kind == PaperKind.MINUTES else ""
        return Reply(f"{said}\n{more}".strip(), ends=True)
    return card.again(ctx, argument, said)


def _issue(paper: MeetingPaper, record: Record, file_id: int) -> Issue:
    kind = PaperKind(paper.kind)
    at = paper.approved_at if kind is PaperKind.RESOLUTION else record.meeting.ended_at
    title = card.name(paper, record)
    invited = tuple(each.id or 0 for each in record.who.everybody) if wording.for_committee(record) else ()
    return Issue(
        home=record.home, kind=ABBREVIATIONS[kind], number=wording.number_of(kind, record.home, paper.number),
        summary=f"{title[0].upper()}{title[1:]}", issued_on=record.local(at or record.meeting.starts_at).date(),
        file_id=file_id, members=invited,
    )  # fmt: skip


def printable(ctx: Context, argument: str) -> Reply:
    """ "Xem bản in": the file, or a link where the platform takes none."""
    paper, meeting = desk.paper_of(ctx, argument)
    record = records.of(ctx.db, meeting.id or 0, ctx.settings.zone)
    file_id = paper.file_id if paper.approved_at is not None else approving.kept(ctx, paper, record)
    back = Choice("minutes.card", t("minutes.choice-card"), str(paper.id))
    text = t("minutes.file", what=card.name(paper, record))
    return Reply(text, (back,), file_id=file_id, link=card.link(ctx, paper, ctx.my_id), about=f"minutes:{paper.id}")
