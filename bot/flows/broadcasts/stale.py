"""After downtime: what is no longer useful is dropped, and whoever sent it hears so once, with the count."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.flows.broadcasts import words
from bot.texts import t
from storage import audience, broadcasts, deliveries, meetings, notes
from storage.db import Database
from storage.deliveries import Stale
from storage.notes import Note

BATCH = 500


def sweep(database: Database, now: datetime) -> int:
    """Drop what is past its `useful_until`, batch by batch, then tell. Returns how many notes were written."""
    while True:
        with database.reading() as session:
            if not deliveries.anything_stale(session, now):
                break
        with database.transaction() as session:
            if not deliveries.drop_stale(session, now, BATCH):
                break
    with database.reading() as session:
        if not deliveries.untold(session):
            return 0
    with database.transaction() as session:
        found = deliveries.untold(session)
        deliveries.told(session, now)
        return sum(_tell(session, each, now) for each in found)


def _tell(session: Session, stale: Stale, now: datetime) -> bool:
    """One private line to whoever sent it; for reminders, to the branch's leader."""
    if stale.broadcast_id is not None:
        broadcast = broadcasts.get(session, stale.broadcast_id)
        text = t("broadcasts.stale", count=stale.count, title=words.title(broadcast))
        place, maker = broadcasts.organization_id(broadcast), broadcast.made_by
    elif stale.about.startswith("meeting:"):
        meeting = meetings.get(session, int(stale.about.partition(":")[2]))
        text = t("broadcasts.stale-reminders", count=stale.count)
        place, maker = meeting.organization_id, meeting.created_by
    else:
        return False
    reader = maker if stale.broadcast_id is not None and maker in audience.addresses_of(session, [maker or 0]) else None
    reader = reader or notes.leader_of(session, place, default=maker)
    return reader is not None and notes.tell(session, reader, Note(text, about=stale.about), now)
