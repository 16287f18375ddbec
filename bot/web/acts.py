"""What a member does on a paper's page: has read it, asks, agrees or not, reads on. Each in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import Session

from bot.errors import BadInput
from bot.flows import privacy, questions
from bot.flows.documents import check, pages
from bot.flows.questions import asking
from bot.flows.questions.similar import find
from bot.web.paper import ASKED_HERE
from bot.web.server import WebParts
from bot.web.visits import Visit
from storage import audit, consents, documents, faq, organizations
from storage import study as study_storage
from storage.consents import Decision, Purpose
from storage.documents import DocumentState

T = TypeVar("T")
BEAT_SECONDS = 20
"""The most that one beat counts; the page sends one for every 15 seconds of reading. [ours]"""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a paper's short question: its place, None when none was chosen, after `tries` wrong ones."""

    place: int | None = None
    tries: int = 0


def acknowledge(session: Session, parts: WebParts, visit: Visit, answer: Answer) -> tuple[str, int] | None:
    """ "Đã đọc xong". None when it is recorded; else the text key of what is missing, and 1 for a wrong answer.

    A version that was replaced or has run out takes no acknowledgement. After check.TRIES wrong answers the reading is
    recorded without one, as in chat.
    """
    document = visit.document
    if not visit.addressed:
        raise BadInput("reader.not-yours")
    if document.state != DocumentState.PUBLISHED:
        return f"reader.ended-{document.state}", 0
    row = documents.reading(session, *visit.ids)
    asks = bool(document.check_question) and len(document.check_choices) > 1
    done = row is not None and row.acknowledged_at is not None
    right = answer.place == document.check_right
    if asks and not done:
        if answer.place is None:
            return "reader.check-missing", 0
        if not right and answer.tries + 1 < check.TRIES:
            return "reader.check-wrong", 1
    documents.acknowledge(session, *visit.ids, at=parts.clock.now(), how="page")
    if asks and not done and right:
        documents.pass_check(session, *visit.ids, parts.clock.now())
    return None


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of the form "Hỏi": the question's `number`; or published answers to `similar` ones (their ids), which
    are offered first; or neither, when one of these was enough."""

    number: int = 0
    similar: tuple[int, ...] = ()


def ask(session: Session, parts: WebParts, visit: Visit, form: dict[str, str]) -> Asked:
    """The form "Hỏi", with or without the name, as in chat. `sure`: send it all the same; `clear`: the id of the
    answer that was enough. BadInput says what is wrong with the text."""
    now = parts.clock.now()
    draft = questions.Draft(form.get("text", ""), visit.ids[0], hidden=form.get("hidden") == "yes")
    asking.check(session, visit.member, draft)
    home = organizations.get(session, visit.member.organization_id).path
    similar = tuple(find(session, documents.path_ids(home), draft.text))
    if form.get("clear", "") in [str(each) for each in similar]:
        faq.get(session, int(form["clear"])).helped += 1
        return Asked()
    if similar and form.get("sure") != "yes":
        return Asked(similar=similar)
    moment = questions.Moment(now, parts.zone, parts.settings.question_days)
    question, _ = asking.file(session, visit.member, draft, moment)
    actor = None if draft.hidden else visit.ids[1]
    audit.write(session, now, "question.asked", actor_id=actor, subject=f"question:{question.id}")
    return Asked(question.number)


def consent(session: Session, parts: WebParts, visit: Visit, form: dict[str, str]) -> None:
    """Yes or no to a purpose that this page asks for; anything else changes nothing."""
    answers = {"yes": Decision.GIVEN, "no": Decision.REFUSED}
    purpose = next((each for each in ASKED_HERE if each == form.get("purpose")), None)
    decision = answers.get(form.get("answer", ""))
    if purpose is None or decision is None:
        raise BadInput("reader.wrong-link")
    privacy.decide(session, visit.ids[1], privacy.Said(purpose, decision, parts.clock.now(), "page"))


def study(session: Session, parts: WebParts, visit: Visit, seconds: int) -> int:
    """Count some seconds of reading, with consent only. Returns the total, in seconds."""
    if not consents.has(session, visit.ids[1], Purpose.STUDY):
        raise BadInput("reader.not-here")
    per_page, least = parts.settings.study_minutes_per_page, parts.settings.study_minutes_least
    sheets = visit.document.pages or sum(
        1 for leaf in pages.leaves(session, parts.store, visit.ids[0]) if leaf.kind == "picture"
    )
    most = 60 * max(least, per_page * sheets)
    now = parts.clock.now()
    return study_storage.beat(session, visit.ids, at=now, seconds=min(seconds, BEAT_SECONDS), most=most)
