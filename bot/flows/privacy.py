"""Consent, one purpose at a time (domain.md, Personal data): asked for, given, refused, withdrawn, never presumed.

Who refuses still gets every paper; what was counted with a consent goes when it is withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.context import Context
from bot.dates import day
from bot.errors import BadInput
from bot.messages import Choice, Reply
from bot.texts import t
from storage import audit, consents, reading_links, study
from storage.consents import Consent, Decision, Purpose

VERSIONS = {Purpose.READING: 1, Purpose.STUDY: 1}
"""The purposes that are in use, in the order in which they are shown, and the version of the words that ask for them.
Another wording is another version (a test watches over it)."""


@dataclass(frozen=True, slots=True)
class Said:
    """A decision: about what, which, when, and where ("chat" or "page")."""

    purpose: Purpose
    decision: Decision
    at: datetime
    how: str


def decide(session: Session, member_id: int, said: Said) -> bool:
    """Write a decision down; False when it changes nothing. What a withdrawn consent had allowed is forgotten."""
    row = Consent(
        member_id=member_id, purpose=said.purpose, decision=said.decision,
        text_version=VERSIONS[said.purpose], at=said.at, how=said.how,
    )  # fmt: skip
    if not consents.decide(session, row):
        return False
    if said.decision != Decision.GIVEN:
        _forget(session, member_id, said.purpose)
    audit.write(
        session, said.at, f"consent.{said.decision}", actor_id=member_id,
        subject=f"member:{member_id}", purpose=said.purpose, how=said.how,
    )  # fmt: skip
    return True


def _forget(session: Session, member_id: int, purpose: Purpose) -> None:
    if purpose is Purpose.STUDY:
        study.forget(session, member_id)
    if purpose is Purpose.READING:
        study.forget_openings(session, member_id)


def overview(ctx: Context) -> Reply:
    """What the speaker has agreed to, and the way to change it."""
    said = consents.latest(ctx.db, ctx.my_id)
    lines = [t("privacy.overview"), *(_line(ctx, purpose, said.get(purpose)) for purpose in VERSIONS)]
    rows = [Choice("privacy.look", t(f"privacy.name-{purpose}"), purpose) for purpose in VERSIONS]
    return Reply("\n".join(lines), (*rows, Choice("privacy.links", t("privacy.cut-links"))))


def _line(ctx: Context, purpose: Purpose, last: Consent | None) -> str:
    name = t(f"privacy.name-{purpose}")
    if last is None:
        return t("privacy.undecided", name=name)
    on = day(last.at.astimezone(ctx.settings.zone).date(), weekday=False)
    return t(f"privacy.is-{last.decision}", name=name, day=on)


def look(ctx: Context, purpose: Purpose) -> Reply:
    """One purpose: what it is, and the question. Nothing is chosen beforehand, and "later" is an answer as well."""
    if consents.has(ctx.db, ctx.my_id, purpose):
        return _sure(purpose)
    rows = (
        Choice("privacy.yes", t("privacy.agree"), purpose),
        Choice("privacy.no", t("privacy.refuse"), purpose),
        Choice("privacy.later", t("privacy.later"), purpose),
    )
    return Reply(t(f"privacy.ask-{purpose}"), rows)


def _sure(purpose: Purpose) -> Reply:
    rows = (
        Choice("privacy.withdraw", t("privacy.withdraw"), purpose),
        Choice("privacy.keep", t("privacy.keep"), purpose),
    )
    return Reply(t(f"privacy.sure-{purpose}"), rows)


def agree(ctx: Context, purpose: Purpose) -> Reply:
    """Given, with the way back."""
    decide(ctx.db, ctx.my_id, Said(purpose, Decision.GIVEN, ctx.now, "chat"))
    ctx.close_question()
    return Reply(t("privacy.given", name=t(f"privacy.name-{purpose}")), ends=True)


def refuse(ctx: Context, purpose: Purpose) -> Reply:
    """Not given, which costs nothing. A consent that is in force is taken back by "RÚT ĐỒNG Ý" only."""
    ctx.close_question()
    if consents.has(ctx.db, ctx.my_id, purpose):
        return _sure(purpose)
    decide(ctx.db, ctx.my_id, Said(purpose, Decision.REFUSED, ctx.now, "chat"))
    return Reply(t("privacy.refused", name=t(f"privacy.name-{purpose}")), ends=True)


def withdraw(ctx: Context) -> Reply:
    """ "RÚT ĐỒNG Ý": of what? With one consent only that one can be meant, and it is asked about."""
    said = consents.latest(ctx.db, ctx.my_id)
    given = [each for each in VERSIONS if each in said and said[each].decision == Decision.GIVEN]
    if not given:
        return Reply(t("privacy.nothing-given"), ends=True)
    if len(given) == 1:
        return _sure(given[0])
    rows = tuple(Choice("privacy.look", t(f"privacy.name-{purpose}"), purpose) for purpose in given)
    return Reply(t("privacy.which"), rows)


def withdraw_now(ctx: Context, purpose: Purpose) -> Reply:
    """Withdrawn; what was counted is gone."""
    new = decide(ctx.db, ctx.my_id, Said(purpose, Decision.WITHDRAWN, ctx.now, "chat"))
    ctx.close_question()
    return Reply(t(f"privacy.withdrawn-{purpose}" if new else "privacy.nothing-given"), ends=True)


def ask_links(_ctx: Context) -> Reply:
    """Old links: are they to go?"""
    rows = (Choice("privacy.links-now", t("privacy.links-yes")), Choice("privacy.keep", t("privacy.links-no")))
    return Reply(t("privacy.links-sure"), rows)


def cut_links(ctx: Context) -> Reply:
    """Every link that the speaker was ever sent stops working."""
    reading_links.cut(ctx.db, ctx.my_id, ctx.now)
    ctx.audit("links.cut", f"member:{ctx.my_id}")
    ctx.close_question()
    return Reply(t("privacy.links-cut"), ends=True)


def purpose_of(argument: str) -> Purpose:
    """The purpose that a choice is about; BadInput for one that is not in use."""
    found = next((each for each in VERSIONS if each == argument), None)
    if found is None:
        raise BadInput
    return found
