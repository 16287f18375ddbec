"""Answers that a leader has published for everybody: in the clear, without the name of whoever asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import or_
from sqlmodel import Field, Session, SQLModel, col, select

from storage.db import Instant

MOST = 3000
"""Entries among which a question is compared: the newest that a member may see. [ours]"""


class FaqEntry(SQLModel, table=True):
    """One published answer. Members of the organization's subtree see it, of every organization when `public`."""

    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    question_id: int | None = Field(default=None, foreign_key="question.id", index=True)
    question: str
    answer: str
    search_key: str = ""
    """The question's words as the search compares them, separated by spaces."""
    public: bool = False
    published_by: int | None = Field(default=None, foreign_key="member.id")
    published_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    helped: int = 0
    """How often somebody found the answer here and did not ask."""


def get(session: Session, entry_id: int) -> FaqEntry:
    """The entry; LookupError when there is none."""
    found = session.get(FaqEntry, entry_id)
    if found is None:
        raise LookupError(f"faq entry {entry_id}")
    return found


def visible(path_ids: Collection[int]) -> Any:
    """The condition "published, and a member may see it whose organization lies below these"."""
    return col(FaqEntry.withdrawn_at).is_(None) & or_(
        col(FaqEntry.public).is_(True), col(FaqEntry.organization_id).in_(path_ids)
    )


def keys(session: Session, path_ids: Collection[int]) -> list[tuple[int, str]]:
    """(id, search key) of what a member may see, newest first; at most MOST."""
    query = select(FaqEntry.id, FaqEntry.search_key).where(visible(path_ids)).order_by(col(FaqEntry.id).desc())
    return [(entry_id or 0, key) for entry_id, key in session.exec(query.limit(MOST))]


def these(session: Session, ids: Collection[int]) -> dict[int, FaqEntry]:
    """Entries by id."""
    return {row.id or 0: row for row in session.exec(select(FaqEntry).where(col(FaqEntry.id).in_(ids)))}


def shelf(session: Session, path_ids: Collection[int], *, offset: int, limit: int) -> list[FaqEntry]:
    """What a member may see, what has helped most first."""
    query = select(FaqEntry).where(visible(path_ids)).order_by(col(FaqEntry.helped).desc(), col(FaqEntry.id).desc())
    return list(session.exec(query.offset(offset).limit(limit)))


def of_question(session: Session, question_id: int) -> FaqEntry | None:
    """The published answer that came out of this question."""
    query = select(FaqEntry).where(FaqEntry.question_id == question_id, col(FaqEntry.withdrawn_at).is_(None))
    return session.exec(query).first()
