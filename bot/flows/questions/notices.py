"""Who is told what about a question: those who have to answer it, and the one who asked."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session

from bot.context import Context
from bot.flows.questions.wording import asker_shown, label
from bot.messages import Choice, Reply
from bot.texts import t
from storage import audience, audit, documents, members, notes, organizations, questions
from storage.members import Member, RoleKind
from storage.notes import Note
from storage.organizations import Organization, OrganizationKind
from storage.outbox import Lane
from storage.questions import Question

BELOW = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY})
ABOVE = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY, RoleKind.OFFICER})
_BRANCHES = (OrganizationKind.BRANCH, OrganizationKind.CELL)


def desk_choices(session: Session, question: Question) -> list[Choice]:
    """What those who have to answer may press below it."""
    argument = str(question.id)
    desk = organizations.get(session, question.desk)
    found = [Choice("questions.answer", t("questions.answer-label"), argument)]
    if desk.parent_id is not None:
        # With the desk: pressed again after it has moved on, it must not move a second time.
        found.append(Choice("questions.forward", t("questions.forward-label"), f"{question.id}:{question.desk}"))
    return [*found, Choice("questions.more", t("questions.more-label"), argument)]


def notice(session: Session, question: Question, remark: str = "") -> str:
    """A question as those read it who have to answer; `remark` says why it comes (from below, not clear enough)."""
    who = asker_shown(session, question)
    lines = [t("questions.new", **label(question), name=who, text=question.text)]
    if question.desk != question.organization_id:
        lines.append(t("questions.from-place", place=organizations.get(session, question.organization_id).name))
    if question.document_id is not None:
        document = documents.get(session, question.document_id)
        lines.append(t("questions.about-document", title=document.number or document.summary[:60]))
    if remark:
        lines.append(remark)
    lines.append(t("questions.how-to-answer", number=question.number))
    return "\n".join(lines)


def tell_leaders(session: Session, question: Question, now: datetime, *, remark: str = "", besides: int = 0) -> int:
    """Queue the question for those who have to answer it; returns how many are told. `besides`: who need not be."""
    text = notice(session, question, remark)
    choices = [asdict(choice) for choice in desk_choices(session, question)]
    told = [each.id or 0 for each in receivers(session, question) if each.id != besides]
    note = Note(text, about=f"question:{question.id}", choices=choices, lane=Lane.URGENT)
    return notes.tell_all(session, told, dict.fromkeys(told, note), now)


def receivers(session: Session, question: Question) -> list[Member]:
    """Those who lead the organization that has to answer; where nobody of them can be reached, those above it.

    Whoever asked is left out: nobody answers their own question.
    """
    place: Organization | None = organizations.get(session, question.desk)
    while place is not None:
        kinds = BELOW if place.kind in _BRANCHES else ABOVE
        found = [each for each in members.holders(session, place.id or 0, kinds) if each.id != question.asker_id]
        reachable = audience.addresses_of(session, [each.id or 0 for each in found])
        if reachable:
            return [each for each in found if each.id in reachable]
        place = organizations.get(session, place.parent_id) if place.parent_id else None
    return []


def to_asker(ctx: Context, question: Question, text: str, choices: tuple[Choice, ...] = ()) -> list[Reply]:
    """What the asker is told, one Reply or none (no account). A hidden name is not tied to the question in the row."""
    to = ctx.address_of(question.asker_id)
    if question.hidden:
        ctx.audit("question.routed", f"question:{question.id}")
    return [] if to is None else [Reply(text, choices, to=to, about=about_for_asker(question))]


def about_for_asker(question: Question) -> str:
    """What the asker's own messages are about: "" where the name is hidden, for the row is not encrypted."""
    return "" if question.hidden else f"question:{question.id}"


def own_choice(action: str, text: str, question: Question) -> Choice:
    """A button of the asker's own."""
    return Choice(action, text, questions.ticket(question))


def audit_own(ctx: Context, act: str, question: Question) -> None:
    """The asker's act in the audit trail, without the actor while the name is hidden."""
    actor = None if question.hidden else question.asker_id
    audit.write(ctx.db, ctx.now, act, actor_id=actor, subject=f"question:{question.id}")
