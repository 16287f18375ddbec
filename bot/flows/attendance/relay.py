"""Báo hộ: somebody writes for another ("báo hộ bác Lan xin vắng vì ốm"). Nothing is recorded for the one who writes.

Who leads records it for the other; anybody else's words go to the secretary, who records with one press."""

from __future__ import annotations

import re
from dataclasses import asdict

from bot.context import Context
from bot.courtesy import named
from bot.flows.attendance.behalf import BehalfFlow
from bot.flows.attendance.speech import Invited, invited
from bot.invitations import short
from bot.matching import words_only
from bot.messages import Choice, Reply
from bot.texts import t
from storage import attendance, members, notes, organizations
from storage.meetings import Meeting
from storage.members import Member
from storage.notes import Note

_FOR = re.compile(
    r"\b(?:bao|ghi|xin|xin phep|tra loi|xac nhan|dang ky)\b(?: \w+){0,2}? (?:ho|giup|thay|cho)\b"
    r"|\bnho (?:toi|em|chau|minh|con|anh|chi) (?:bao|xin|noi|ghi)\b"
)
TITLES = frozenset("bac co chu anh chi em ong ba".split())
MOST = 300
"""Characters that are passed on. [ours]"""
MEETINGS = 3


def for_another(ctx: Context) -> bool:
    """Whether the line speaks for somebody else who is invited and is named. It is then never the speaker's own answer,
    however sure its words are: "báo hộ bác Lê Thị Lan xin vắng"."""
    if len(ctx.incoming.text) > MOST or not _FOR.search(ctx.said):
        return False
    found = invited(ctx)
    return bool(found) and bool(_meant(ctx, found)[0])


def take(ctx: Context) -> Reply:
    """Record it, or pass it on; in a group the answer is private, and nothing is recorded."""
    found = invited(ctx)
    whom, rest = _meant(ctx, found)
    meeting = found[0][0]
    leads = ctx.may(organizations.get(ctx.db, meeting.organization_id))
    if len(found) == 1 and leads and not ctx.is_group:
        return _record(ctx, meeting, whom, rest)
    leader = notes.leader_of(ctx.db, meeting.organization_id, besides=ctx.my_id, default=meeting.created_by)
    if leader is None or len(whom) > 1:
        return Reply(t("relay.nobody" if leader is None else "relay.which-of-several"))
    about = members.get(ctx.db, whom[0])
    words = " ".join(ctx.incoming.text.split())
    text = t("relay.note", who=named(ctx.me), whom=named(about), words=words)
    day = ctx.now.astimezone(ctx.settings.zone).date()
    once = f"relay:{meeting.id}:{about.id}:{ctx.my_id}:{day}"
    notes.tell(ctx.db, leader, Note(text, choices=_choices(ctx, found, about), once=once), ctx.now)
    return Reply(t("relay.passed-on", whom=named(about)))


def record_for(ctx: Context, meeting: Meeting, member_id: int) -> Reply:
    """The secretary has pressed: what does this member say?"""
    flow = BehalfFlow(ctx)
    flow.begin(meeting)
    return flow.choose(member_id)


def _record(ctx: Context, meeting: Meeting, whom: list[int], rest: str) -> Reply:
    flow = BehalfFlow(ctx)
    asked = flow.begin(meeting)
    if len(whom) > 1:
        flow.dialogue.update(names=whom)
        return flow.ask()
    asked = flow.choose(whom[0])
    return flow.type(rest) if rest else asked


def _choices(ctx: Context, found: Invited, about: Member) -> list[dict[str, str]]:
    several = len(found) > 1
    return [
        asdict(
            Choice(
                "attendance.behalf-for",
                t("relay.choice-which", whom=named(about), meeting=short(meeting, ctx.settings.zone))
                if several
                else t("relay.choice", whom=named(about)),
                f"{meeting.id}:{about.id}",
            )
        )
        for meeting, _ in found[:MEETINGS]
    ]


def _meant(ctx: Context, found: Invited) -> tuple[list[int], str]:
    """The members who may be meant, by their whole name or by title and given name; and what is said after it."""
    raw = ctx.incoming.text.split()
    keys = [words_only(word) for word in raw]
    whole: dict[int, int] = {}
    given: dict[int, int] = {}
    for member, _ in attendance.of_meeting(ctx.db, found[0][0].id or 0):
        name = member.name_key.split()
        if member.id == ctx.my_id or not name:
            continue
        for at in range(len(keys)):
            if keys[at : at + len(name)] == name:
                whole[member.id or 0] = at + len(name)
            elif at and keys[at] == name[-1] and keys[at - 1] in TITLES:
                given[member.id or 0] = at + 1
    meant = whole or given
    rest = " ".join(raw[max(meant.values()) :]).strip(" ,.:;–-") if meant else ""
    return list(meant), rest
