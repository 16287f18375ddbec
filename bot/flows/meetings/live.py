"""Live counts in the group: where messages can be edited, the invitation's post says how many have answered."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlmodel import Session

from bot.invitations import about
from bot.messages import Platform
from bot.texts import t
from storage import attendance, live_counts, outbox
from storage.attendance import RsvpState
from storage.db import Database
from storage.live_counts import Post
from storage.outbox import Delivery, Lane

EDITING: Final = frozenset({Platform.TELEGRAM})
"""Platforms that can change a message that was sent. On the others a group asks (báo dự), so that no quota is spent."""
COMING = frozenset({RsvpState.ATTENDING, RsvpState.LATE})


def sweep(database: Database, now: datetime) -> int:
    """Edit the posts whose count has changed; returns how many. Looks first without the write lock."""
    with database.reading() as session:
        if not live_counts.posts(session, now, EDITING):
            return 0
    with database.transaction() as session:
        return _edit_all(session, now)


def _edit_all(session: Session, now: datetime) -> int:
    queued, counts = 0, {}
    for post in live_counts.posts(session, now, EDITING):
        if post.meeting.id not in counts:
            rows = attendance.counted(session, post.meeting.id or 0)
            counts[post.meeting.id] = (sum(rsvp.state in COMING for _, rsvp in rows), len(rows))
        coming, total = counts[post.meeting.id]
        before = live_counts.show(session, post, f"{coming}/{total}")
        if before is not None and (coming or before):
            queued += _edit(session, post, t("meetings.live-count", coming=coming, total=total), now)
    return queued


def _edit(session: Session, post: Post, line: str, now: datetime) -> int:
    letter = post.delivery
    row = Delivery(
        channel_id=letter.channel_id, chat_id=letter.chat_id, is_group=True, lane=Lane.BULK,
        text=f"{letter.text}\n{line}", about=f"count:{about(post.meeting)}", edits=letter.message_id, created_at=now,
        due_at=now, useful_until=post.meeting.starts_at,
    )  # fmt: skip
    return int(outbox.queue(session, row) is not None)
