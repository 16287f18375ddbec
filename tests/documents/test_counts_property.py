"""The counts by organization are the recount at every moment, whatever happens to readings, members and accounts."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, text
from sqlmodel import Session, col, select

from storage import documents, matrix, organizations, readers
from storage.audience import in_base
from storage.channels import Channel, ChannelState
from storage.db import Database
from storage.documents import EVERYONE, LISTED, Document, DocumentState, Reading
from storage.matrix import Count, DocumentCount, DocumentStale, Pair
from storage.members import Account, Member, Standing, Status
from storage.organizations import Organization, OrganizationKind

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
BRANCHES, PEOPLE, PAPERS = 4, 24, 5
RECOUNT = text(
    "SELECT m.organization_id, r.document_id, count(*), sum(CASE WHEN r.acknowledged_at IS NOT NULL THEN 1 ELSE 0 END),"
    " sum(CASE WHEN r.acknowledged_at IS NOT NULL AND r.recorded_by IS NOT NULL THEN 1 ELSE 0 END),"
    " sum(CASE WHEN r.acknowledged_at IS NULL AND NOT (m.has_phone AND EXISTS (SELECT 1 FROM account a"
    "   JOIN channel c ON c.id = a.channel_id WHERE a.member_id = m.id AND a.unlinked_at IS NULL"
    "   AND a.blocked_at IS NULL AND c.state = 'active')) THEN 1 ELSE 0 END)"
    " FROM reading r JOIN member m ON m.id = r.member_id"
    " WHERE m.status <> 'left' AND (m.standing <> 'supporter' OR EXISTS (SELECT 1 FROM document d"
    "   WHERE d.id = r.document_id AND d.audience = 'listed')) GROUP BY 1, 2"
)
"""Written by hand: the judge shares no line with the code."""


def truth(session: Session) -> dict[Pair, Count]:
    session.flush()
    return {(row[0], row[1]): Count(*map(int, row[2:])) for row in session.connection().execute(RECOUNT)}


class Town:
    """A commune with branches, members with phones, papers; and everything that may happen to them."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session, self.random = session, random.Random(seed)
        self.top = organizations.add(session, _organization("Xã", OrganizationKind.COMMUNE, None))
        self.branches = [
            organizations.add(session, _organization(f"Chi bộ {at}", OrganizationKind.BRANCH, self.top.id))
            for at in range(BRANCHES)
        ]
        self.channels = [_channel(name) for name in ("telegram", "zalo")]
        session.add_all(self.channels)
        self.members = [_member(at, self.random.choice(self.branches)) for at in range(PEOPLE)]
        session.add_all(self.members)
        session.flush()
        for _ in range(PAPERS):
            self.publish()
        self.acts: list[Callable[[], None]] = [
            self.read, self.read, self.read, self.take_back, self.enter, self.open, self.link, self.unlink, self.block,
            self.move, self.change, self.switch, self.publish, self.merge, self.forget,
        ]  # fmt: skip

    def one(self) -> tuple[int, int]:
        """(paper, member)."""
        papers = self.session.exec(select(Document.id)).all()
        return self.random.choice(papers) or 0, self.random.choice(self.members).id or 0

    def publish(self) -> None:
        organization = self.random.choice([self.top, *self.branches])
        document = Document(
            organization_id=organization.id or 0, state=DocumentState.PUBLISHED, created_at=NOW, published_at=NOW,
            audience=self.random.choice([EVERYONE, LISTED]),
        )  # fmt: skip
        who = in_base(organization.path, supporters=document.audience == LISTED)
        readers.enroll(self.session, documents.add(self.session, document, []), who)

    def read(self) -> None:
        documents.acknowledge(self.session, *self.one(), at=NOW, how="chat")

    def enter(self) -> None:
        documents.acknowledge(self.session, *self.one(), at=NOW, how="recorded", recorded_by=self.members[0].id)

    def take_back(self) -> None:
        documents.take_back(self.session, *self.one())

    def open(self) -> None:
        documents.opened(self.session, *self.one(), NOW)

    def link(self) -> None:
        member, channel = self.random.choice(self.members), self.random.choice(self.channels)
        query = select(Account).where(Account.member_id == member.id, Account.channel_id == channel.id)
        if self.session.exec(query.where(col(Account.unlinked_at).is_(None))).first() is None:
            name = f"{member.id}"
            self.session.add(
                Account(
                    member_id=member.id or 0,
                    channel_id=channel.id or 0,
                    user_id=name,
                    chat_id=name,
                    linked_at=NOW,
                    last_seen_at=NOW,
                )
            )

    def _account(self) -> Account | None:
        found = self.session.exec(select(Account).where(col(Account.unlinked_at).is_(None))).all()
        return self.random.choice(found) if found else None

    def unlink(self) -> None:
        if (account := self._account()) is not None:
            account.unlinked_at = NOW

    def block(self) -> None:
        if (account := self._account()) is not None:
            account.blocked_at = None if account.blocked_at else NOW

    def move(self) -> None:
        self.random.choice(self.members).organization_id = self.random.choice(self.branches).id or 0

    def change(self) -> None:
        member = self.random.choice(self.members)
        match self.random.randrange(3):
            case 0:
                member.has_phone = not member.has_phone
            case 1:
                member.status = self.random.choice([Status.ACTIVE, Status.LEFT, Status.EXEMPT])
            case _:
                member.standing = self.random.choice([Standing.OFFICIAL, Standing.SUPPORTER])

    def switch(self) -> None:
        channel = self.random.choice(self.channels)
        active = channel.state == ChannelState.ACTIVE
        channel.state = ChannelState.PAUSED if active else ChannelState.ACTIVE

    def merge(self) -> None:
        """A reading goes to another member (two rows of one person)."""
        document_id, member_id = self.one()
        other = self.random.choice(self.members).id
        mine = documents.reading(self.session, document_id, member_id)
        if mine is not None and documents.reading(self.session, document_id, other or 0) is None:
            mine.member_id = other or 0

    def forget(self) -> None:
        document_id, member_id = self.one()
        gone = delete(Reading).where(col(Reading.document_id) == document_id, col(Reading.member_id) == member_id)
        self.session.connection().execute(gone)
        self.session.expire_all()


def _organization(name: str, kind: OrganizationKind, parent: int | None) -> Organization:
    return Organization(name=name, code=name, kind=kind, name_key=name.lower(), parent_id=parent)


def _member(at: int, home: Organization) -> Member:
    name = f"Trần Thị {at}"
    return Member(
        organization_id=home.id or 0, number=str(at), number_hash=str(at), full_name=name, name_key=name.lower()
    )


def _channel(name: str) -> Channel:
    return Channel(
        platform=name, name=name, token=name, token_hash=name, base_url="", webhook_key=name, webhook_secret="x"
    )


def _agree(town: Town) -> None:
    session = town.session
    wanted = truth(session)
    papers = [each or 0 for each in session.exec(select(Document.id))]
    assert matrix.cells(session, town.top.path, papers) == wanted
    by_place: dict[int, Count] = {}
    for (place, _), count in wanted.items():
        by_place[place] = by_place.get(place, Count()) + count
    assert matrix.by_organization(session, town.top.path, papers) == by_place
    some = papers[: len(papers) // 2]
    branch = town.random.choice(town.branches)
    inside = {pair: count for pair, count in wanted.items() if pair[0] == branch.id and pair[1] in some}
    assert matrix.cells(session, branch.path, some) == inside


@pytest.mark.parametrize("seed", range(3))
def test_counts_are_the_recount_at_every_moment(database: Database, seed: int) -> None:
    with database.transaction() as session:
        town = Town(session, seed)
        for _ in range(120):
            for _ in range(town.random.randrange(1, 4)):
                town.random.choice(town.acts)()
            _agree(town)
            if town.random.random() < 0.3:
                while matrix.settle_some(session):
                    pass
                session.flush()
                stored = {(row.organization_id, row.document_id): row for row in session.exec(select(DocumentCount))}
                assert not session.exec(select(DocumentStale)).all()
                assert set(stored) == set(truth(session))
                _agree(town)


def test_a_rebuild_mends_what_was_made_wrong(database: Database) -> None:
    with database.transaction() as session:
        town = Town(session, 7)
        town.read()
        path = town.top.path
        papers = [each or 0 for each in session.exec(select(Document.id))]
    matrix.settle(database)
    with database.transaction() as session:
        wanted = truth(session)
        session.connection().execute(text("UPDATE document_count SET read = 99"))
        assert matrix.cells(session, path, papers) != wanted
    assert matrix.rebuild(database) == len(papers)
    with database.transaction() as session:
        assert not session.exec(select(DocumentStale)).all()
        assert matrix.cells(session, path, papers) == wanted
