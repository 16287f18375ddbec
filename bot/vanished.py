"""Chats that refuse us for good: writing to them stops, and the secretary hears of it in private."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlmodel import Session

from bot.texts import t
from storage import audit, channels, members, notes, organizations, refusals
from storage.notes import Note
from storage.outbox import Lane
from storage.sending import Claimed

SHOWN = 10
"""Names in one note; the others are counted."""


def vanish(session: Session, claimed: Claimed, now: datetime) -> None:
    """This chat refuses us: its account stops until they write again; a group is no longer connected."""
    if not claimed.is_group:
        members.mark_blocked(session, claimed.channel_id, claimed.chat_id, now)
        return
    group = channels.group_of(session, claimed.channel_id, claimed.chat_id)
    if group is None:
        return
    group.unlinked_at = now
    session.flush()
    audit.write(session, now, "group.disconnected", subject=f"group:{group.id}", by_hand=False)
    organization = organizations.get(session, group.organization_id)
    leader = notes.leader_of(session, group.organization_id)
    if leader is not None:
        text = t("chats.removed", name=organization.name)
        notes.tell(session, leader, Note(text, once=f"vanished:g{group.id}", lane=Lane.URGENT), now)


def sweep(session: Session, now: datetime) -> int:
    """Tell each branch's leader who cannot be reached any more: one note per branch. Returns how many were told of."""
    found = refusals.untold(session)
    by_branch: dict[int, list[str]] = defaultdict(list)
    for _, member in found:
        by_branch[member.organization_id].append(member.full_name)
    for organization_id, names in by_branch.items():
        leader = notes.leader_of(session, organization_id)
        if leader is not None:
            shown = ", ".join(names[:SHOWN])
            if len(names) > SHOWN:
                shown = t("chats.blocked-more", names=shown, rest=len(names) - SHOWN)
            text = t("chats.blocked", count=len(names), names=shown)
            notes.tell(session, leader, Note(text, lane=Lane.URGENT), now)
    if found:
        refusals.told(session, [account.id or 0 for account, _ in found], now)
    return len(found)
