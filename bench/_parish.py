"""A province's worth of people for the benchmarks: branches, members with linked accounts, an open invitation each.

Nothing here is timed. Everything is made up.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bot.invitations import about, answers, invitation
from bot.matching import label
from bot.settings import Settings
from storage import channels, members, organizations
from storage.attendance import Rsvp
from storage.channels import Channel
from storage.db import Database
from storage.meetings import Meeting
from storage.members import Account, Member
from storage.organizations import Organization, OrganizationKind
from storage.outbox import Delivery, DeliveryState

SECRET, HOOK = "bench-secret", "bench-hook"
BRANCH = 40
"""Members of one branch."""
FIRST_USER = 10_000
LINES = Path(__file__).resolve().parents[1] / "tests" / "matching" / "lines_dev.tsv"
Json = dict[str, Any]


def words() -> list[str]:
    """Ways to say that one comes, as people write them."""
    rows = (row.rsplit("\t", 1)[0] for row in LINES.read_text("utf-8").splitlines() if row.endswith("\tattend"))
    found = [
        row for row in rows if len(row) < 40 and not any(char.isdigit() for char in row) and label(row) == "attend"
    ]
    return ["Có mặt", "co mat", "Tôi dự được", "dạ có", "vâng tôi có mặt", *sorted(set(found))[:60]]


def fill(database: Database, settings: Settings, people: int, *, token: str, base_url: str, mode: str) -> list[int]:
    """Everybody, invited to a meeting of their branch in three days. Returns the invitations' delivery ids in order."""
    now = datetime.now(UTC)
    with database.transaction() as session:
        channel = Channel(
            platform="telegram", name="bench", token=token, token_hash=channels.token_hash(token), base_url=base_url,
            mode=mode, webhook_key=HOOK, webhook_secret=SECRET,
        )  # fmt: skip
        session.add(channel)
        session.flush()
        top = organizations.add(session, _organization("Đảng ủy xã An Bình", "AB", OrganizationKind.COMMUNE, None))
        meetings = []
        for number in range(-(-people // BRANCH)):
            row = _organization(f"Chi bộ {number}", f"AB-{number}", OrganizationKind.BRANCH, top.id)
            home = organizations.add(session, row)
            meeting = Meeting(
                organization_id=home.id or 0, starts_at=now + timedelta(days=3), place="Nhà văn hóa", created_at=now
            )
            session.add(meeting)
            meetings.append(meeting)
        session.flush()
        connection, channel_id = session.connection(), channel.id or 0
        connection.execute(insert(Member), [_member(at, meetings[at // BRANCH]) for at in range(people)])
        connection.execute(insert(Account), [_account(at, channel_id, now) for at in range(people)])
        connection.execute(insert(Rsvp), [_rsvp(at, meetings[at // BRANCH]) for at in range(people)])
        asked = [_invitation(at, channel_id, meetings[at // BRANCH], settings, now) for at in range(people)]
        connection.execute(insert(Delivery), asked)
    return list(range(1, people + 1))


def _organization(name: str, code: str, kind: OrganizationKind, parent: int | None) -> Organization:
    return Organization(name=name, code=code, kind=kind, name_key=name.lower(), parent_id=parent)


def _member(at: int, meeting: Meeting) -> Json:
    return {
        "organization_id": meeting.organization_id, "number": f"{at:012d}", "standing": "official", "status": "active",
        "number_hash": members.number_hash(f"{at:012d}"), "full_name": f"Nguyễn Văn {at}", "title": "",
        "name_key": f"nguyen van {at}", "phone": "0900000000", "has_phone": True,
    }  # fmt: skip


def _account(at: int, channel_id: int, now: datetime) -> Json:
    user, seen = str(FIRST_USER + at), now - timedelta(days=2)
    return {
        "member_id": at + 1, "channel_id": channel_id, "user_id": user, "chat_id": user, "linked_at": seen,
        "last_seen_at": seen, "rejections": 0,
    }  # fmt: skip


def _rsvp(at: int, meeting: Meeting) -> Json:
    return {
        "meeting_id": meeting.id, "member_id": at + 1, "state": "none", "reachable": True, "wants_call": False,
        "reason_state": "none", "changes": 0,
    }  # fmt: skip


def _invitation(at: int, channel_id: int, meeting: Meeting, settings: Settings, now: datetime) -> Json:
    row = Delivery(
        channel_id=channel_id, chat_id=str(FIRST_USER + at), member_id=at + 1, lane=2, state=DeliveryState.SENT,
        text=invitation(meeting, settings.zone), choices=[asdict(each) for each in answers(meeting)],
        about=about(meeting), once=f"bench:{at}", created_at=now, due_at=now, sent_at=now, message_id=str(at + 1),
    )  # fmt: skip
    return row.model_dump(exclude={"id"})


def answered(invitations: list[int], seed: int) -> Iterator[tuple[int, Json]]:
    """One answer of everybody in a random order as (update id, update): words and presses, half of each."""
    said, order = words(), list(range(len(invitations)))
    random.Random(seed).shuffle(order)
    for number, at in enumerate(order, start=1):
        user = {"id": FIRST_USER + at, "is_bot": False, "first_name": f"Văn {at}", "language_code": "vi"}
        chat = {"id": FIRST_USER + at, "type": "private", "first_name": f"Văn {at}"}
        if number % 2:
            text = said[number // 2 % len(said)]
            body: Json = {"message_id": number, "date": 1_800_000_000, "chat": chat, "from": user, "text": text}
            yield number, {"update_id": number, "message": body}
        else:
            asked = {"message_id": at + 1, "date": 1_800_000_000, "chat": chat, "text": "Kính mời"}
            press: Json = {"id": str(number), "from": user, "chat_instance": "1", "message": asked}
            press["data"] = f"{invitations[at]}.0"
            yield number, {"update_id": number, "callback_query": press}
