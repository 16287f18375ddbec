"""Audio editions of documents: recorded by a person or spoken by the machine, in parts, and who waits for one.

One document has at most one edition. What a person recorded takes the place of what the machine spoke.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint, delete, func, or_
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col, select

from storage.db import Instant
from storage.documents import Document, DocumentState
from storage.sight import Sight, visible

LEASE = timedelta(minutes=15)
"""How long one process may stay silent over an edition before another takes it on where it stopped."""


NO_TEXT = "no-text"
"""`AudioEdition.trouble` of a scan: only a person can read it aloud."""


class Origin(StrEnum):
    """Whose voice it is."""

    RECORDED = "recorded"
    MACHINE = "machine"


class AudioState(StrEnum):
    """The life of an edition."""

    WANTED = "wanted"
    """Waiting for the job, or in its hands (`lease_until`)."""
    READY = "ready"
    FAILED = "failed"
    """Given up after the last try; `trouble` says why."""


class AudioEdition(SQLModel, table=True):
    """The listening version of one document. `total`: parts that it has or will have, 0 while unknown.

    `fingerprint` belongs to the text (or the recordings) and the voice that the parts so far were made of.
    `trouble`: the reason's text key, "" when all is well. `requested_by`: the member who began it.
    """

    __tablename__ = "audio_edition"
    document_id: int = Field(foreign_key="document.id", primary_key=True)
    origin: str = Field(default=Origin.MACHINE, sa_type=String)
    state: str = Field(default=AudioState.WANTED, sa_type=String, index=True)
    total: int = 0
    tries: int = 0
    trouble: str = ""
    fingerprint: str = ""
    pace: float = 0
    """Seconds that this voice takes for 1,000 characters of this text, 0 until it was measured."""
    token: str = Field(default_factory=lambda: secrets.token_hex(8))
    """Another one whenever an edition is begun anew: whoever works on the old one notices."""
    requested_by: int | None = Field(default=None, foreign_key="member.id")
    created_at: datetime = Field(sa_type=Instant)
    due_at: datetime = Field(sa_type=Instant)
    lease_until: datetime | None = Field(default=None, sa_type=Instant)
    made_at: datetime | None = Field(default=None, sa_type=Instant)


class AudioPart(SQLModel, table=True):
    """One part of under five minutes, in three encodings of the same sound. `position` counts from 1.

    `voice_file_id`: Opus in Ogg, what Telegram shows as a voice message. `aac_file_id`: ADTS AAC, 16 kHz, mono, what
    Zalo plays. `m4a_file_id`: AAC in MP4 with its index in front, what every browser can play and seek in.
    """

    __tablename__ = "audio_part"
    document_id: int = Field(foreign_key="document.id", primary_key=True)
    position: int = Field(primary_key=True)
    seconds: float
    origin: str = Field(default=Origin.MACHINE, sa_type=String)
    voice_file_id: int = Field(foreign_key="file.id")
    aac_file_id: int = Field(foreign_key="file.id")
    m4a_file_id: int = Field(foreign_key="file.id")


class AudioSource(SQLModel, table=True):
    """What a person recorded, as it came, in order from 1; the job makes the parts of it."""

    __tablename__ = "audio_source"
    document_id: int = Field(foreign_key="document.id", primary_key=True)
    position: int = Field(primary_key=True)
    file_id: int = Field(foreign_key="file.id")


class AudioWish(SQLModel, table=True):
    """A chat that asked for an edition before it was there, and is told once."""

    __tablename__ = "audio_wish"
    __table_args__ = (UniqueConstraint("document_id", "channel_id", "chat_id"),)
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", index=True)
    channel_id: int = Field(foreign_key="channel.id")
    chat_id: str
    member_id: int = Field(foreign_key="member.id")
    asked_at: datetime = Field(sa_type=Instant)
    told_at: datetime | None = Field(default=None, sa_type=Instant)


def edition(session: Session, document_id: int) -> AudioEdition | None:
    """The document's edition in whatever state, None when nobody asked for one."""
    return session.get(AudioEdition, document_id)


def parts(session: Session, document_id: int) -> list[AudioPart]:
    """The parts in order once the whole edition is ready, else []."""
    query = (
        select(AudioPart)
        .join(AudioEdition, col(AudioEdition.document_id) == col(AudioPart.document_id))
        .where(AudioPart.document_id == document_id, AudioEdition.state == AudioState.READY)
        .order_by(col(AudioPart.position))
    )
    return list(session.exec(query))


def part(session: Session, document_id: int, position: int) -> AudioPart | None:
    """One part of a ready edition."""
    return next((each for each in parts(session, document_id) if each.position == position), None)


def made(session: Session, document_id: int) -> list[AudioPart]:
    """The parts that are there so far, whatever the edition's state."""
    query = select(AudioPart).where(AudioPart.document_id == document_id).order_by(col(AudioPart.position))
    return list(session.exec(query))


# --- asking ----------------------------------------------------------------------------------------------------------
def want(session: Session, document_id: int, *, by: int, at: datetime) -> AudioEdition:
    """The document's edition, begun if nobody has. One that had failed is tried afresh."""
    found = edition(session, document_id)
    if found is None:
        found = _begun(session, AudioEdition(document_id=document_id, requested_by=by, created_at=at, due_at=at))
    elif found.state == AudioState.FAILED:
        found.state, found.tries, found.trouble, found.due_at = AudioState.WANTED, 0, "", at
    session.flush()
    return found


def _begun(session: Session, row: AudioEdition) -> AudioEdition:
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # two members pressed at the same moment
        return session.exec(select(AudioEdition).where(AudioEdition.document_id == row.document_id)).one()
    return row


def wish(session: Session, document_id: int, *, channel_id: int, chat_id: str, member_id: int, at: datetime) -> bool:
    """Note who is to be told when the edition is ready; False when that was noted already."""
    where = (AudioWish.document_id == document_id, AudioWish.channel_id == channel_id, AudioWish.chat_id == chat_id)
    found = session.exec(select(AudioWish).where(*where)).first()
    if found is not None:
        again = found.told_at is not None
        found.told_at, found.asked_at, found.member_id = None, at, member_id
        session.flush()
        return again
    row = AudioWish(
        document_id=document_id, channel_id=channel_id, chat_id=chat_id, member_id=member_id, asked_at=at
    )  # fmt: skip
    session.add(row)
    session.flush()
    return True


def untold(session: Session, limit: int = 50) -> list[tuple[AudioWish, AudioEdition]]:
    """Who waits for an edition that is decided by now, locked; the first to ask comes first."""
    query = (
        select(AudioWish, AudioEdition)
        .join(AudioEdition, col(AudioEdition.document_id) == col(AudioWish.document_id))
        .where(col(AudioWish.told_at).is_(None), AudioEdition.state != AudioState.WANTED)
        .order_by(col(AudioWish.id))
        .limit(limit)
        .with_for_update(skip_locked=True, of=AudioWish)
    )
    return list(session.exec(query))


# --- making ----------------------------------------------------------------------------------------------------------
def attach(session: Session, document_id: int, file_ids: Collection[int], *, by: int, at: datetime) -> AudioEdition:
    """Take these recordings for the document's edition, in the place of whatever there was."""
    forget(session, document_id)
    row = AudioEdition(
        document_id=document_id, origin=Origin.RECORDED, requested_by=by, created_at=at, due_at=at
    )  # fmt: skip
    session.add(row)
    session.flush()
    for position, file_id in enumerate(file_ids, 1):
        session.add(AudioSource(document_id=document_id, position=position, file_id=file_id))
    session.flush()
    return row


def forget(session: Session, document_id: int) -> None:
    """Remove an edition with its parts and recordings; who waits for it keeps waiting."""
    session.flush()
    for table in (AudioPart, AudioSource, AudioEdition):
        session.connection().execute(delete(table).where(col(table.document_id) == document_id))
    session.expire_all()


def sources(session: Session, document_id: int) -> list[int]:
    """The recordings of an edition in order, as file ids."""
    query = select(AudioSource.file_id).where(AudioSource.document_id == document_id)
    return list(session.exec(query.order_by(col(AudioSource.position))))


def claim(session: Session, now: datetime) -> AudioEdition | None:
    """The edition to work on next, leased; None when nothing is due or another process is at work on one.

    Recordings first: they take seconds, and a person waits. Editions of papers that are no longer published rest.
    """
    busy = select(AudioEdition.document_id).where(
        AudioEdition.state == AudioState.WANTED, col(AudioEdition.lease_until) > now
    )
    if session.exec(busy.limit(1)).first() is not None:
        return None
    query = (
        select(AudioEdition)
        .join(Document, col(Document.id) == col(AudioEdition.document_id))
        .where(AudioEdition.state == AudioState.WANTED, col(AudioEdition.due_at) <= now)
        .where(Document.state == DocumentState.PUBLISHED)
        .order_by(col(AudioEdition.origin).desc(), col(AudioEdition.due_at), col(AudioEdition.document_id))
        .limit(1)
        .with_for_update(skip_locked=True, of=AudioEdition)
    )
    found = session.exec(query).first()
    if found is not None:
        found.lease_until = now + LEASE
        session.flush()
    return found


def held(session: Session, document_id: int, token: str) -> AudioEdition | None:
    """The edition that was claimed; None when it was begun anew meanwhile (a recording was attached), or is gone."""
    query = select(AudioEdition).where(AudioEdition.document_id == document_id, AudioEdition.token == token)
    return session.exec(query.where(AudioEdition.state == AudioState.WANTED).with_for_update()).first()


def start_over(session: Session, row: AudioEdition, *, fingerprint: str, total: int) -> None:
    """Drop parts that were made of another text or voice; remember what the new ones are made of."""
    session.connection().execute(delete(AudioPart).where(col(AudioPart.document_id) == row.document_id))
    row.fingerprint, row.total = fingerprint, total
    session.flush()


def finish(session: Session, row: AudioEdition, at: datetime) -> None:
    """All parts are there."""
    row.state, row.made_at, row.lease_until, row.trouble = AudioState.READY, at, None, ""
    session.flush()


def release(session: Session, row: AudioEdition) -> None:
    """Let go of an edition that is not finished: the next run goes on with it."""
    row.lease_until = None
    session.flush()


def fail(session: Session, row: AudioEdition, trouble: str, *, again: datetime | None) -> None:
    """A try went wrong: try `again` then, or never (None)."""
    row.tries, row.trouble, row.lease_until = row.tries + 1, trouble, None
    if again is None:
        row.state = AudioState.FAILED
    else:
        row.due_at = again
    session.flush()


# --- lists -----------------------------------------------------------------------------------------------------------
def audible(session: Session, who: Sight, *, limit: int, offset: int = 0) -> list[Document]:
    """Published papers for a member that can be listened to now, the latest first."""
    query = (
        select(Document)
        .join(AudioEdition, col(AudioEdition.document_id) == col(Document.id))
        .where(AudioEdition.state == AudioState.READY, Document.state == DocumentState.PUBLISHED, visible(who))
        .order_by(col(Document.published_at).desc(), col(Document.id).desc())
    )
    return list(session.exec(query.offset(offset).limit(limit)))


def settled(session: Session, document_ids: Collection[int]) -> set[int]:
    """Which of these papers need not be asked for: they can be heard, or have no text to speak."""
    query = select(AudioEdition.document_id).where(
        col(AudioEdition.document_id).in_(document_ids),
        or_(col(AudioEdition.state) == AudioState.READY, col(AudioEdition.trouble) == NO_TEXT),
    )
    return set(session.exec(query))


def counts(session: Session) -> dict[str, int]:
    """How many editions are in each state."""
    return dict(session.exec(select(AudioEdition.state, func.count()).group_by(col(AudioEdition.state))).all())
