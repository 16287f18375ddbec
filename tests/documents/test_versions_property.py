"""An acknowledgement never lands on a wrong version: 100,000 random histories through the real flows and storage.

A history is what happens between one member and one paper: it is published, replaced, withdrawn, while the member
presses old and new messages, writes words and numbers, uses the page and the group, undoes, answers the short
question, is entered by the secretary, and does so from two phones. The deciding code is the real one
(bot/flows/documents, storage) on SQLite in memory; what would be sent is written into the chat as a delivery. Many
members share a world, so that a paper is published once for all of them.

Invariant: whoever is noted as having read a version has an act of their own (or of whoever entered it for them) that
named or showed that very version while it was in force. And a press on the version in force is never lost.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, insert
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel, select

from bot.context import Context
from bot.errors import Refused
from bot.flows.documents import acknowledge, behalf, check, notices
from bot.flows.documents.numbers import number_key
from bot.fsm import FSMContext
from bot.links import Links
from bot.messages import Address, Incoming, Kind, Platform, Reply
from bot.settings import Settings
from storage import documents, readers, validity
from storage.audience import in_base
from storage.channels import Channel
from storage.documents import Document, DocumentState, Reading
from storage.files import FileStore
from storage.members import Account, Member, Role, RoleKind
from storage.organizations import Organization
from storage.outbox import Delivery, DeliveryState

WORLDS, PAPERS, MEMBERS = 4, 50, 500
assert WORLDS * PAPERS * MEMBERS == 100_000
ACTS = 0.34
"""Acts of each member with a paper between two changes, on average; a paper has three such spans."""
NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
GROUP = "-1"
SETTINGS = Settings(public_url="https://so-tay.example")
_DELIVERY = {
    name: info.get_default(call_default_factory=True) for name, info in Delivery.model_fields.items() if name != "id"
} | {"state": DeliveryState.SENT, "text": "", "link": "", "created_at": NOW, "due_at": NOW, "sent_at": NOW}


@dataclass
class Paper:
    """One paper: its versions in order, and per member what was shown, what is justified, what must be so."""

    number: str
    versions: list[Document] = field(default_factory=list)
    shown: set[tuple[int, int]] = field(default_factory=set)
    justified: set[tuple[int, int]] = field(default_factory=set)
    must: dict[tuple[int, int], bool] = field(default_factory=dict)
    asked: dict[int, str] = field(default_factory=dict)
    """By member, the argument of an answer to the short question that stands in the chat."""

    @property
    def current(self) -> Document | None:
        last = self.versions[-1]
        return last if last.state == DocumentState.PUBLISHED else None


class Histories:
    """A branch and its chats, papers one after the other (two overlap), random acts of its members."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session, self.random = session, random.Random(seed)
        self.open: list[Paper] = []
        self.counts: Counter[str] = Counter()
        self.branch = Organization(name="Chi bộ thôn 3", name_key="chi bo thon 3", code="A", path="/1/")
        session.add(self.branch)
        self.channels = [
            Channel(
                platform=each, name=each, token=each, token_hash=each, base_url="", webhook_key=each, webhook_secret="x"
            )
            for each in Platform
        ]
        session.add_all(self.channels)
        session.flush()
        self.members = [self._member(at) for at in range(MEMBERS + 1)]
        session.add_all(self.members)
        session.flush()
        self.secretary = self.members.pop()
        session.add(Role(member_id=self.secretary.id or 0, organization_id=1, kind=RoleKind.SECRETARY))
        phones = [(each, channel) for each in self.members for channel in self.channels]
        rows = [self._account(member.id or 0, channel.id or 0) for member, channel in phones]
        session.connection().execute(insert(Account), rows)
        self.links = Links("key", SETTINGS.public_url, days=30)
        self.store = FileStore(Path("unused"))

    @staticmethod
    def _member(at: int) -> Member:
        return Member(
            organization_id=1, number=str(at), number_hash=str(at), full_name=f"Trần Thị {at}", name_key=f"lan {at}"
        )

    @staticmethod
    def _account(member_id: int, channel_id: int) -> dict[str, Any]:
        user = f"{member_id}"
        return {
            "member_id": member_id, "channel_id": channel_id, "user_id": user, "chat_id": user, "linked_at": NOW,
            "last_seen_at": NOW, "rejections": 0,
        }  # fmt: skip

    # --- papers ------------------------------------------------------------------------------------------------
    def publish(self, paper: Paper) -> None:
        """A first version, or one in the place of the last; its letter reaches nine in ten."""
        earlier = paper.versions[-1] if paper.versions else None
        asks = self.random.random() < 0.25
        document = Document(
            organization_id=1, number=paper.number, number_key=number_key(paper.number), kind="NQ", summary="Về",
            state=DocumentState.PUBLISHED, created_at=NOW, published_at=NOW + timedelta(seconds=len(paper.versions)),
            version=len(paper.versions) + 1, replaces_id=earlier.id if earlier else None,
            check_question="Ngày nào?" if asks else "", check_choices=["3", "15"] if asks else [],
        )  # fmt: skip
        if earlier is not None:
            validity.end(self.session, earlier, DocumentState.REPLACED, NOW)
        document_id = documents.add(self.session, document, [])
        readers.enroll(self.session, document_id, in_base("/1/"))
        paper.versions.append(document)
        reached = [each.id or 0 for each in self.members if self.random.random() < 0.9]
        self._deliver([(member_id, 1 + member_id % 2, document_id) for member_id in reached])
        paper.shown |= {(member_id, document_id) for member_id in reached}

    def _deliver(self, rows: list[tuple[int, int, int]]) -> None:
        own = [
            {"member_id": who, "channel_id": channel, "chat_id": str(who), "about": f"document:{document_id}"}
            for who, channel, document_id in rows
        ]
        self.session.connection().execute(insert(Delivery), [_DELIVERY | each for each in own])

    def span(self, papers: list[Paper]) -> None:
        """Random acts until the next paper changes."""
        for _ in range(int(MEMBERS * ACTS)):
            paper = self.random.choice(papers)
            member = self.random.choice(self.members)
            act = self.random.choice(ACTS_OF)
            self.counts[act.__name__] += 1
            try:
                answer = act(self, paper, member)
            except Refused:
                answer = None
            if answer is not None:
                self._seen(member, answer)

    def context(self, member: Member, *, group: bool = False) -> Context:
        """The member writes from one of two phones, or in the group."""
        channel = self.random.choice(self.channels)
        address = Address(channel.id or 0, GROUP if group else str(member.id), group)
        incoming = Incoming("k", Kind.MESSAGE, Platform(channel.platform), address, str(member.id), NOW)
        return Context(
            self.session, NOW, SETTINGS, incoming, channel, FSMContext([]), self.links, self.store, member=member
        )

    def _seen(self, member: Member, answer: Reply) -> None:
        """What the bot answers stands in the member's chat: the paper that it shows has been shown."""
        kind, _, number = answer.about.partition(":")
        if kind != "document":
            return
        who, document_id = member.id or 0, int(number)
        paper = next(each for each in self.open if document_id in [version.id for version in each.versions])
        if answer.choices and answer.choices[0].action == check.ACTION:
            paper.asked[who] = self.random.choice(answer.choices).argument
        elif answer.choices and answer.choices[0].action == "documents.read":
            self._deliver([(who, 1, document_id)])
        paper.shown.add((who, document_id))

    # --- what must be so ---------------------------------------------------------------------------------------
    def named(self, paper: Paper, member: Member, document: Document) -> None:
        """An act has named this version: it counts if it is in force."""
        key = (member.id or 0, document.id or 0)
        if document.state != DocumentState.PUBLISHED:
            return
        paper.justified.add(key)
        paper.must[key] = True
        if document.check_question:  # perhaps only after an answer, or two
            del paper.must[key]

    def verify(self, paper: Paper) -> None:
        """Compare what is written down with what the acts allow and demand."""
        ids = [each.id or 0 for each in paper.versions]
        rows = self.session.exec(select(Reading).where(Reading.document_id.in_(ids)))  # type: ignore[attr-defined]
        noted = {(row.member_id, row.document_id) for row in rows if row.acknowledged_at is not None}
        assert noted <= paper.justified, noted - paper.justified
        wrong = {key: wanted for key, wanted in paper.must.items() if (key in noted) != wanted}
        assert not wrong, wrong
        self.counts["noted"] += len(noted)


# --- the acts: each one as the handlers call it ---------------------------------------------------------------------
def press(world: Histories, paper: Paper, member: Member) -> Reply | None:
    """The button "Đã đọc" of any version that stands in the chat, or its number in a list."""
    there = [each for each in paper.versions if (member.id, each.id) in paper.shown]
    if not there:
        return None
    document = world.random.choice(there)
    world.named(paper, member, document)
    return acknowledge.read(world.context(member), document.id or 0)


def group_reply(world: Histories, paper: Paper, member: Member) -> Reply | None:
    """ "Đã đọc" as a reply to the post of any version in the group."""
    document = world.random.choice(paper.versions)
    world.named(paper, member, document)
    return acknowledge.read_in_group(world.context(member, group=True), document.id or 0)


def page(world: Histories, paper: Paper, member: Member) -> Reply | None:
    """The button of the page of any version, perhaps left open since yesterday."""
    document = world.random.choice(paper.versions)
    key = (member.id or 0, document.id or 0)
    if document.state == DocumentState.PUBLISHED:
        paper.justified.add(key)
        paper.must[key] = True
    documents.acknowledge(world.session, document.id or 0, member.id or 0, at=NOW, how="page")
    return None


def words(world: Histories, paper: Paper, member: Member) -> Reply | None:
    """ "Đã đọc", with or without the number: allowed to count for what is in force and has been seen."""
    return _said(world, paper, member, world.random.choice(["đã đọc", f"đã đọc {paper.number}"]))


def _said(world: Histories, paper: Paper, member: Member, text: str) -> Reply | None:
    for each in world.open:
        current = each.current
        if current is not None and (current.replaces_id is None or (member.id, current.id) in each.shown):
            each.justified.add((member.id or 0, current.id or 0))
            each.must.pop((member.id or 0, current.id or 0), None)  # it may count, or be asked about
    return acknowledge.said(world.context(member), text)


def listed(world: Histories, paper: Paper, member: Member) -> Reply | None:
    """ "Tất cả" of a list that was made now, or before the last change."""
    chosen = [world.random.choice(each.versions) for each in world.open]
    for each, document in zip(world.open, chosen, strict=True):
        key = (member.id or 0, document.id or 0)
        if document.state == DocumentState.PUBLISHED:
            each.justified.add(key)
            each.must.pop(key, None)
    return acknowledge.read_all(world.context(member), [each.id or 0 for each in chosen])


def answer(world: Histories, paper: Paper, member: Member) -> Reply | None:
    """An answer to the short question, perhaps of a version that was replaced since it was asked."""
    argument = paper.asked.pop(member.id or 0, None)
    if argument is None:
        return None
    document = next(each for each in paper.versions if each.id == check.Asked.read(argument)[0].document_id)
    world.named(paper, member, document)
    return acknowledge.answer_check(world.context(member), argument)


def undo(world: Histories, paper: Paper, member: Member) -> Reply | None:
    """ "Sai" below the receipt of any version."""
    document = world.random.choice(paper.versions)
    paper.must[member.id or 0, document.id or 0] = False
    acknowledge.undo(world.context(member), [document.id or 0])
    return None


def entered(world: Histories, paper: Paper, member: Member) -> Reply | None:
    """The secretary enters that this member has read a version on paper, from a list that may be old."""
    document = world.random.choice(paper.versions)
    key = (member.id or 0, document.id or 0)
    if document.state == DocumentState.PUBLISHED:
        paper.justified.add(key)
        paper.must[key] = True
    behalf.record(world.context(world.secretary), document.id or 0, member.id or 0)
    return None


ACTS_OF = [
    *[press] * 12, *[page] * 8, *[undo] * 4, *[group_reply] * 4, *[words] * 3, *[listed] * 2, *[answer] * 4, entered,
]  # fmt: skip


def _shown(_ctx: Context, document: Document) -> Reply:
    """As notices.shown, without looking for notes and sound: what a paper looks like decides nothing here."""
    return Reply(notices.title(document), notices.choices(document.id or 0), about=f"document:{document.id}")


@pytest.mark.parametrize("seed", range(WORLDS))
def test_an_acknowledgement_never_lands_on_a_wrong_version(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "shown", _shown)
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    SQLModel.metadata.create_all(engine)
    with Session(engine, expire_on_commit=False) as session:
        world = Histories(session, seed)
        _tell(world)
    engine.dispose()
    assert world.counts["noted"] > PAPERS * MEMBERS * 0.2  # not by recording nothing
    assert min(world.counts[act.__name__] for act in ACTS_OF) > 4 * PAPERS


def _tell(world: Histories) -> None:
    """All papers, each published, replaced once or twice, and withdrawn, the next one beginning before that."""

    for number in range(PAPERS):
        paper = Paper(f"{number + 1}-NQ/TW")
        world.publish(paper)
        world.open.append(paper)
        world.span(world.open)
        for _ in range(2):
            world.publish(world.random.choice(world.open))
            world.span(world.open)
        if len(world.open) > 1:
            _close(world, world.open.pop(0))
    for paper in world.open:
        _close(world, paper)


def _close(world: Histories, paper: Paper) -> None:
    validity.end(world.session, paper.versions[-1], DocumentState.WITHDRAWN, NOW)
    world.session.flush()
    world.verify(paper)
