"""Minutes (biên bản) and resolutions (nghị quyết) of meetings: drafted from what was recorded, approved, sent."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, select

from storage.crypto import EncryptedJson
from storage.db import Instant


class PaperKind(StrEnum):
    """The two papers that a meeting leaves behind."""

    MINUTES = "minutes"
    RESOLUTION = "resolution"


class PaperState(StrEnum):
    """Where such a paper stands."""

    DRAFT = "draft"
    WAITING = "waiting"
    """The chair has it for approval."""
    APPROVED = "approved"
    SENT = "sent"


class MeetingPaper(SQLModel, table=True):
    """One meeting's minutes or resolution. `parts`: {"<part>": "text"} as edited in the chat, else as drafted."""

    __table_args__ = (UniqueConstraint("meeting_id", "kind"),)
    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    kind: str = Field(sa_type=String)
    state: str = Field(default=PaperState.DRAFT, sa_type=String)
    number: int = 0
    """Of a resolution: "Số 05-NQ/CB" is 5, counted per organization and year."""
    parts: dict[str, Any] = Field(default_factory=dict, sa_type=EncryptedJson("meetingpaper.parts"))
    file_id: int | None = Field(default=None, foreign_key="file.id")
    """The .docx as approved."""
    document_id: int | None = Field(default=None, foreign_key="document.id")
    """The document that it was sent as."""
    drafted_by: int | None = Field(default=None, foreign_key="member.id")
    approved_by: int | None = Field(default=None, foreign_key="member.id")
    approved_at: datetime | None = Field(default=None, sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    nudged_at: datetime | None = Field(default=None, sa_type=Instant)
    """When its keepers were last reminded of the two days that the rule sets."""


def of_meeting(session: Session, meeting_id: int, kind: PaperKind) -> MeetingPaper | None:
    """A meeting's minutes or resolution."""
    query = select(MeetingPaper).where(MeetingPaper.meeting_id == meeting_id, MeetingPaper.kind == kind)
    return session.exec(query).first()
