"""When a paper ends: its last day, or the word of whoever may withdraw it. What has gone out is taken back where the
platform lets us."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from sqlmodel import Session

from bot.context import Context
from bot.flows.documents import notices
from bot.flows.documents.steps import one_line
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import Choice, Platform, Reply
from bot.settings import Settings
from bot.texts import t
from storage import audit, deliveries, documents, organizations, validity
from storage.deliveries import Row
from storage.documents import Document, DocumentState
from storage.outbox import Delivery, Lane

CHANGEABLE = timedelta(hours=47)
"""For so long a bot may delete what it sent (Telegram, deleteMessage: 48 hours)."""
BATCH = 200
"""Messages that one sweep takes back."""
REASONS = ("mistake", "wrong-place", "outdated")


class Withdrawal(StatesGroup):
    """The paper is withdrawn already; only the reason is asked."""

    reason = State()


class WithdrawalFlow(Flow[Context]):
    """Why a paper was withdrawn. Data: document_id."""

    name = "withdrawal"
    states = Withdrawal
    moves: ClassVar[list[Move]] = []

    def begin(self, document_id: int) -> Reply:
        """Withdraw at once, for a wrong paper must not be read while one thinks about words; then ask for the reason.
        NotAllowed without rights over it, Refused when it has ended already."""
        document = validity.locked(self.ctx.db, document_id)
        self.ctx.require(organizations.get(self.ctx.db, document.organization_id))
        if document.state not in {DocumentState.PUBLISHED, DocumentState.EXPIRED}:
            raise notices.gone(document)
        validity.end(self.ctx.db, document, DocumentState.WITHDRAWN, self.ctx.now)
        self.ctx.audit("document.withdrawn", f"document:{document_id}")
        self.dialogue.start(self.name, Withdrawal.reason, document_id=document_id)
        return self.ask()

    def pick(self, key: str) -> Reply:
        """One of the usual reasons, or none."""
        return self._note(t(f"publishing.because-{key}") if key in REASONS else "")

    def write(self, words: str) -> Reply:
        """A reason as typed. BadInput when it is too long or bears a mark of secrecy."""
        return self._note(one_line(words, least=3, most=120))

    def _note(self, because: str) -> Reply:
        document = self._document()
        document.ended_because = because
        self.dialogue.finish()
        if not because:
            return Reply(t("publishing.withdrawn-noted-nothing"))
        self.ctx.audit("document.withdrawn-because", f"document:{document.id}")
        return Reply(t("publishing.withdrawn-noted", title=notices.title(document), because=because))

    def _document(self) -> Document:
        return documents.get(self.ctx.db, self.dialogue.data["document_id"])

    def title(self) -> str:
        """What this is called when it is offered again."""
        return t("publishing.withdrawing")

    def ask(self) -> Reply:
        """Why?"""
        rows = [Choice("publishing.because", t(f"publishing.because-{key}"), key) for key in REASONS]
        nothing = Choice("publishing.because", t("publishing.because-nothing"), "nothing")
        return Reply(t("publishing.withdrawn", title=notices.title(self._document())), (*rows, nothing))


def expire(session: Session, settings: Settings, now: datetime) -> int:
    """A sweep: papers whose last day is over end, reminders about them with them. Returns how many."""
    found = validity.past(session, now.astimezone(settings.zone).date())
    for document in found:
        validity.end(session, document, DocumentState.EXPIRED, now)
        audit.write(session, now, "document.expired", subject=f"document:{document.id}")
    return len(found)


def recall(session: Session, now: datetime) -> int:
    """A sweep: letters and posts about withdrawn papers are changed into one line, those with the file deleted, where
    the platform can. Returns how many; the unique key keeps a message from being taken back twice."""
    since, done = now - CHANGEABLE, 0
    for document in validity.withdrawn(session, since):
        sent = validity.recallable(session, document.id or 0, [Platform.TELEGRAM], since, BATCH)
        done += deliveries.queue_many(session, [_taking_back(document, each, now) for each in sent])
    return done


def _taking_back(document: Document, sent: Delivery, now: datetime) -> Row:
    with_file = sent.file_id is not None and not sent.is_group
    return Row(
        channel_id=sent.channel_id, chat_id=sent.chat_id, is_group=sent.is_group, member_id=sent.member_id,
        text="" if with_file else withdrawn_text(document), lane=Lane.URGENT, about=sent.about,
        deletes=sent.message_id if with_file else "", edits="" if with_file else sent.message_id,
        once=f"{validity.RECALL}{sent.id}", created_at=now, due_at=now,
    )  # fmt: skip


def withdrawn_text(document: Document) -> str:
    """What is said of a withdrawn paper, with the reason where one was given."""
    why = notices.gone(document)
    return t(why.key, **why.values)
