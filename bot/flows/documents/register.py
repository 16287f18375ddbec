"""Publishing itself: the document, a reading for everybody it is for, one broadcast; all in one transaction.

The chat and the command line publish through the same door; what they differ in is the Office.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.context import Context
from bot.errors import Refused
from bot.flows.documents import holdings, notices
from bot.links import Links
from bot.messages import Reply
from bot.quota.plans import Plan, Wanted
from bot.quota.plans import plan as plan_of
from bot.quota.preview import lines
from bot.settings import Settings
from bot.texts import t
from storage import audit, documents, readers, validity
from storage.audience import Reach
from storage.broadcasts import Broadcast
from storage.documents import EVERYONE, LISTED, Document, DocumentState
from storage.files import FileStore
from storage.readers import Target


@dataclass(frozen=True, slots=True)
class Office:
    """What publishing needs around it. `by`: the member who answers for it; `door`: "" for the chat, or "cli"."""

    db: Session
    now: datetime
    settings: Settings
    links: Links
    store: FileStore
    by: int | None = None
    door: str = ""

    @classmethod
    def of(cls, ctx: Context) -> Office:
        """The speaker's."""
        return cls(ctx.db, ctx.now, ctx.settings, ctx.links, ctx.store, ctx.my_id)

    def audit(self, act: str, document_id: int, **details: object) -> None:
        """Leave a row in the audit trail, in this transaction."""
        door = {"by": self.door} if self.door else {}
        audit.write(self.db, self.now, act, actor_id=self.by, subject=f"document:{document_id}", **door, **details)


@dataclass(frozen=True, slots=True)
class Order:
    """What shall be published. `document` is not stored yet; `drafted` as in `intake.add`: {"id", "picture"} each.

    `gate` and `confirmed_by`: what the secrecy gate said, and who answers for it. `privately`: to each person also
    where the planner would rather spare the month's messages.
    """

    document: Document
    target: Target
    drafted: list[dict[str, Any]] = field(default_factory=list)
    gate: str = ""
    confirmed_by: int | None = None
    privately: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """What was published, how far it reaches, and how it goes."""

    document: Document
    reach: Reach
    plan: Plan


def publish(office: Office, order: Order) -> Published:
    """Register the paper and send it on its way. Refused when another version has taken the place meanwhile."""
    document, target = order.document, order.target
    earlier = _taken_over(office, document)
    plan = planned(office, order)
    plan = plan.insist() if order.privately else plan
    reach = readers.reach(office.db, target)
    held = holdings.hold(office.db, office.store, order.drafted, title=notices.title(document), at=office.now)
    document.pages = held.pages
    document_id = documents.add(office.db, document, held.file_ids)
    if earlier is not None and earlier.audience == LISTED:
        members = readers.enroll_as(office.db, document_id, earlier.id or 0)
    else:
        members = readers.enroll(office.db, document_id, target.who())
    _count_publisher(office, document_id)
    holdings.index(office.db, document, held)
    office.db.add(_broadcast(office, order, held, plan))
    office.audit(
        "document.published", document_id, organization=document.organization_id, members=members,
        files=len(held.file_ids), gate=order.gate, confirmed_by=order.confirmed_by, replaces=document.replaces_id,
    )  # fmt: skip
    return Published(document, reach, plan)


def _taken_over(office: Office, document: Document) -> Document | None:
    """The version that this one replaces, ended in this transaction; None for a first version."""
    if document.replaces_id is None:
        return None
    earlier = validity.locked(office.db, document.replaces_id)
    if earlier.state not in {DocumentState.PUBLISHED, DocumentState.EXPIRED}:
        raise Refused("publishing.replaced-meanwhile", title=notices.title(earlier))
    document.version, document.audience = earlier.version + 1, earlier.audience
    validity.end(office.db, earlier, DocumentState.REPLACED, office.now)
    return earlier


def _count_publisher(office: Office, document_id: int) -> None:
    """Whoever publishes a paper has read it."""
    if office.by is not None and documents.reading(office.db, document_id, office.by) is not None:
        documents.acknowledge(office.db, document_id, office.by, at=office.now, how="publisher")


def planned(office: Office, order: Order) -> Plan:
    """How it would go on each channel now, and what that costs."""
    letter = notices.letter(order.document, linked=bool(office.links.public_url), zone=office.settings.zone)
    return plan_for(office, order.target, letter)


def plan_for(office: Office, target: Target, text: str, *, only: tuple[Any, ...] = ()) -> Plan:
    """The plan of a message to an audience; `only`: further conditions on Member."""
    everybody = target.is_everybody
    narrowed = only if everybody else (*only, target.only())
    wanted = Wanted(target.path, text, posts=everybody, only=narrowed or None, supporters=not everybody)
    return plan_of(office.db, office.settings, office.now, wanted)


def _broadcast(office: Office, order: Order, held: holdings.Held, plan: Plan) -> Broadcast:
    document, everybody = order.document, order.target.is_everybody
    document_id = document.id or 0
    audible = office.settings.speech != "off" and bool(document.body or held.text)
    passable = bool(order.target.circle) and order.target.circle != "volunteers"
    return Broadcast(
        path=order.target.path,
        about=f"document:{document_id}",
        text=notices.letter(document, linked=bool(office.links.public_url), zone=office.settings.zone),
        group_text=notices.post(document, private=plan.is_private) if everybody else "",
        choices=notices.as_rows(notices.letter_choices(document_id, passable=passable, audible=audible)),
        file_id=held.file_ids[0] if held.file_ids else None,
        linked=True,
        readers_of=None if everybody else document_id,
        lane=plan.lane,
        plan=plan.ways(),
        made_by=office.by,
        made_at=office.now,
        title=t("broadcasts.title-document", title=notices.title(document)),
    )


def answer(office: Office, published: Published) -> Reply:
    """What the sender is told."""
    document, reach, plan = published.document, published.reach, published.plan
    title = notices.title(document)
    key = "documents.published-group" if plan.posts_only else "documents.published"
    told = [t(key, title=title, reachable=reach.reachable, groups=reach.groups)]
    told += lines(plan, office.settings, office.now)[1:]
    if reach.members > reach.reachable:
        told.append(t("documents.published-missing", missing=reach.members - reach.reachable))
    return Reply("\n".join(told), about=f"document:{document.id}")


def audience_of(target: Target) -> str:
    """`Document.audience` for a target."""
    return EVERYONE if target.is_everybody else LISTED
