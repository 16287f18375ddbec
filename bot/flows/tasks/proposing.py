"""Conclusions as tasks: what, who where a member's name stands in the text, until when where a day does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.flows.tasks.naming import find
from bot.flows.tasks.speech import cut_due
from bot.flows.tasks.wording import LONGEST, SHORTEST, clip
from bot.texts import t
from storage.agendas import AgendaItem
from storage.members import Member

_BULLET = re.compile(r"^\s*(?:[-–•*+]|\d{1,2}[.)]|[a-zđ][.)])\s+")
_SENTENCE = re.compile(r"[;\n]+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One task as it is proposed. `member_id` 0 where nobody is named; `due` as "2026-12-31"."""

    item_id: int
    title: str
    member_id: int
    due: str


def propose(items: Sequence[AgendaItem], people: Sequence[Member], today: date, *, default: date) -> list[Proposal]:
    """Each line of each conclusion is a task; a conclusion without a name goes to the item's speaker,
    one without a day gets `default`."""
    found = []
    for item in items:
        for line in lines(_of(item)):
            title, due = cut_due(line, today)
            who = find(line, people)
            alone = who.members[0].id if who is not None and len(who.members) == 1 else None
            if len(title) < SHORTEST:
                title = line
            found.append(
                Proposal(
                    item_id=item.id or 0, title=clip(title[:1].upper() + title[1:], LONGEST),
                    member_id=alone or (item.speaker_id or 0 if who is None else 0),
                    due=(due if isinstance(due, date) else default).isoformat(),
                )
            )  # fmt: skip
    return found


def _of(item: AgendaItem) -> str:
    """The conclusion; what was concluded as drafted is the item itself."""
    return item.title if item.conclusion == t("room.as-drafted") else item.conclusion


def lines(conclusion: str) -> list[str]:
    """The single tasks of a conclusion: its lines, and what semicolons part."""
    parts = (_BULLET.sub("", part).strip(" .;,") for part in _SENTENCE.split(conclusion))
    return [part for part in parts if len(part) >= SHORTEST]
