"""After the last restart and the drain: what was promised, counted in the database and in people's chats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session, col, func, select

from bot.platforms.telegram.adapter import TelegramAdapter
from bot.platforms.zalo.adapter import ZaloAdapter
from storage import audit
from storage.attendance import Rsvp
from storage.audit import AuditEntry
from storage.broadcasts import Broadcast, BroadcastState
from storage.inbox import InboxEntry, InboxState
from storage.members import Member
from storage.outbox import Delivery, DeliveryState
from storage.questions import Question
from tests.crash.load import Load
from tests.crash.plan import Outcome
from tests.crash.town import Citizen, Line, Town

PARALLEL = {
    "telegram": TelegramAdapter.capabilities.parallel,
    "zalo": ZaloAdapter.capabilities.parallel,
}
ENDED = {DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.BLOCKED, DeliveryState.UNKNOWN, DeliveryState.DROPPED}
_LATE = re.compile(r"ĐẾN MUỘN khoảng (\d+) phút")
_ASKED = re.compile(r"Đã chuyển câu hỏi số (\d+) ")
_TOLD = re.compile(r"câu hỏi thử thứ (\d+),")
_NOTICE = re.compile(r"Thông báo thử \[(\d+)\]")
SETUP = 3
"""What the secretary wrote to call the meeting."""


@dataclass
class Evidence:
    """The end of a world, read once. `flying`: deliveries that were in "sending" at some kill."""

    town: Town
    load: Load
    outcome: Outcome
    flying: set[int]
    log: Path
    deliveries: list[Delivery]
    taken: dict[int, int]
    """Per channel, updates that Zalo's getUpdates had handed out and that died with the process."""

    def wrong(self, what: str) -> None:
        """A promise was broken."""
        self.outcome.problems.append(what)

    def to(self, citizen: Citizen) -> list[Delivery]:
        """What was queued for this person, in order."""
        where = (citizen.channel_id, citizen.chat_id)
        return [each for each in self.deliveries if (each.channel_id, each.chat_id) == where]


def check(town: Town, load: Load, outcome: Outcome, *, flying: set[int], log: Path) -> None:
    """Add every broken promise to `outcome.problems`, and the figures to the rest of it."""
    with town.database.reading() as session:
        deliveries = list(session.exec(select(Delivery).order_by(col(Delivery.id))))
        evidence = Evidence(town, load, outcome, flying, log, deliveries, {})
        numbers = {number: asked for asked, number in _questions(session)}
        for citizen in town.talkers:
            _effects(evidence, session, citizen, numbers)
        _inbox(evidence, session)
        _asked_once(evidence, session)
        _whole(evidence, session)
        _ledgers(evidence, session)
    _outcomes(evidence)
    _chats(evidence)
    _log(evidence)


# --- every update: one row, one effect -----------------------------------------------------------------------------
def _questions(session: Session) -> list[tuple[int, int]]:
    """(the serial number in the text, the number that the bot gave it) of every question."""
    return [(_serial(each.text), each.number) for each in session.exec(select(Question).order_by(col(Question.id)))]


def _serial(words: str) -> int:
    found = _TOLD.search(words)
    return int(found[1]) if found else 0


def _effects(evidence: Evidence, session: Session, citizen: Citizen, numbers: dict[int, int]) -> None:
    """What this person said, against the echoes queued for them, and against their row of answers."""
    echoes = [said for each in evidence.to(citizen) if (said := _echo(each.text, numbers)) is not None]
    line = next(line for line in evidence.town.lines if line.channel_id == citizen.channel_id)
    if line.keeps and echoes != citizen.said:
        evidence.wrong(f"{_who(citizen)} {_difference(citizen.said, echoes)}")
    if not line.keeps:
        lost = len(citizen.said) - len(echoes)
        evidence.taken[line.channel_id] = evidence.taken.get(line.channel_id, 0) + lost
        if not _is_within(echoes, citizen.said):
            evidence.wrong(f"{_who(citizen)} {_difference(citizen.said, echoes)}; not a part of it")
    late = [minutes for kind, minutes in echoes if kind == "late"]
    row = session.exec(select(Rsvp).where(Rsvp.member_id == citizen.member_id)).one()
    if (row.changes, row.minutes_late) != (len(late), late[-1] if late else None):
        evidence.wrong(
            f"{_who(citizen)}: {row.changes} changes to {row.minutes_late}, expected {len(late)} {late[-1:]}"
        )
    evidence.outcome.updates += len(citizen.said)


def _difference(said: list[tuple[str, int]], echoes: list[tuple[str, int]]) -> str:
    """Where two lists part, for whoever reads the failure."""
    at = next((at for at, pair in enumerate(zip(said, echoes, strict=False)) if pair[0] != pair[1]), None)
    at = min(len(said), len(echoes)) if at is None else at
    parts = f"said {said[at : at + 3]}, echoed {echoes[at : at + 3]}"
    return f"said {len(said)}, echoed {len(echoes)}; from place {at}: {parts}"


def _echo(words: str, numbers: dict[int, int]) -> tuple[str, int] | None:
    if found := _LATE.search(words):
        return "late", int(found[1])
    if found := _ASKED.search(words):
        return "question", numbers.get(int(found[1]), -1)
    return None


def _is_within(part: Iterable[tuple[str, int]], whole: Iterable[tuple[str, int]]) -> bool:
    """Whether `part` is `whole` with some left out."""
    rest = iter(whole)
    return all(each in rest for each in part)


def _inbox(evidence: Evidence, session: Session) -> None:
    query = select(InboxEntry.channel_id, func.count()).group_by(col(InboxEntry.channel_id))
    rows = dict(session.exec(query).all())
    secretary = evidence.town.secretary
    for line in evidence.town.lines:
        here = [each for each in evidence.town.talkers if each.channel_id == line.channel_id]
        said = sum(len(each.said) for each in here) + (SETUP if line.channel_id == secretary.channel_id else 0)
        taken = evidence.taken.get(line.channel_id, 0)
        if rows.get(line.channel_id, 0) != said - taken:
            evidence.wrong(f"{_which(line)}: {said} updates, {rows.get(line.channel_id, 0)} inbox rows, {taken} taken")
        if taken > evidence.outcome.kills:
            evidence.wrong(
                f"{_which(line)}: {taken} updates lost by {evidence.outcome.kills} kills: more than one each"
            )
        evidence.outcome.taken_by_zalo += taken
    failed = session.exec(select(InboxEntry.error).where(InboxEntry.state == InboxState.FAILED)).all()
    if failed:
        evidence.wrong(f"{len(failed)} updates failed: {Counter(failed)}")


def _asked_once(evidence: Evidence, session: Session) -> None:
    """A question: one row, one line of the audit, one message to the secretary."""
    asked = sorted(serial for serial, _ in _questions(session))
    told = sorted(_serial(each.text) for each in evidence.to(evidence.town.secretary) if _serial(each.text))
    subjects = session.exec(select(AuditEntry.subject).where(AuditEntry.act == "question.asked")).all()
    if len(set(asked)) != len(asked) or told != asked:
        evidence.wrong(f"questions {asked}, told to the secretary {told}")
    if len(subjects) != len(asked) or len(set(subjects)) != len(subjects):
        evidence.wrong(f"{len(asked)} questions, {len(subjects)} lines in the audit")


def _whole(evidence: Evidence, session: Session) -> None:
    if (row := audit.broken_at(session)) is not None:
        evidence.wrong(f"the audit trail is broken at {row}")
    if evidence.town.plan.engine == "sqlite":
        found = session.connection().execute(text("PRAGMA integrity_check")).scalar_one()
        if found != "ok":
            evidence.wrong(f"SQLite: {found}")


# --- every message: at most once, and its outcome recorded ---------------------------------------------------------
def _ledgers(evidence: Evidence, session: Session) -> None:
    """Every broadcast: one delivery for each member, every one with an end, and a status that says so."""
    audience = session.exec(select(func.count()).select_from(Member)).one()
    per_notice = Counter(number for each in evidence.deliveries if (number := _notice(each.text)))
    for number, broadcast_id in enumerate(evidence.load.broadcasts, start=1):
        row = session.get_one(Broadcast, broadcast_id)
        mine = [each for each in evidence.deliveries if _notice(each.text) == number]
        ended = sum(each.state in ENDED for each in mine)
        addressed = {(each.channel_id, each.chat_id) for each in mine}
        if not (per_notice[number] == ended == len(addressed) == audience):
            evidence.wrong(f"broadcast {number}: {audience} members, {per_notice[number]} deliveries, {ended} ended")
        if row.state not in {BroadcastState.QUEUED, BroadcastState.FINISHED}:
            evidence.wrong(f"broadcast {number} is {row.state}")


def _notice(words: str) -> int:
    found = _NOTICE.search(words)
    return int(found[1]) if found else 0


def _outcomes(evidence: Evidence) -> None:
    """Nothing is left in the middle; what is unknown was in flight at a kill; nothing was tried twice."""
    platforms = {line.channel_id: line.platform for line in evidence.town.lines}
    states = Counter(each.state for each in evidence.deliveries)
    unknown = {each.id for each in evidence.deliveries if each.state == DeliveryState.UNKNOWN}
    evidence.outcome.deliveries, evidence.outcome.unknown = len(evidence.deliveries), len(unknown)
    if set(states) - {DeliveryState.SENT, DeliveryState.UNKNOWN}:
        evidence.wrong(f"deliveries ended as {dict(states)}")
    if unknown - evidence.flying:
        evidence.wrong(f"{len(unknown - evidence.flying)} unknown that were in flight at no kill")
    once = {each.id for each in evidence.deliveries if not (each.edits or each.deletes)}
    if evidence.town.plan.layout == "single" and (hidden := evidence.flying & once - unknown):
        evidence.wrong(f"{len(hidden)} were in flight at a kill and are not listed as unknown")
    if evidence.outcome.most_in_flight > max(PARALLEL[platform] for platform in platforms.values()):
        evidence.wrong(f"{evidence.outcome.most_in_flight} in flight on one channel")
    again = [each.id for each in evidence.deliveries if each.attempts > 1 and not (each.edits or each.deletes)]
    if again:
        evidence.wrong(f"{len(again)} messages were tried more than once: {again[:10]}")


def _chats(evidence: Evidence) -> None:
    """What people see against the outbox: `sent` arrived once, `unknown` at most once, nothing else at all."""
    for citizen in [evidence.town.secretary, *evidence.town.talkers, *evidence.town.listeners]:
        seen = {str(message["message_id"]): message["text"] for message in evidence.town.sees(citizen)}
        evidence.outcome.messages += len(seen)
        maybe: Counter[str] = Counter()
        for delivery in evidence.to(citizen):
            if delivery.edits:  # a progress message: one row, brought up to date
                seen.pop(delivery.message_id, "")
                seen.pop(delivery.edits, "")
                continue
            if delivery.state == DeliveryState.UNKNOWN:
                maybe[_first_line(delivery.text)] += 1
            elif _first_line(seen.pop(delivery.message_id, "")) != _first_line(delivery.text):
                evidence.wrong(f"{_who(citizen)} never got delivery {delivery.id}, which is {delivery.state}")
        for words in seen.values():
            if not maybe[_first_line(words)]:
                evidence.wrong(f"{_who(citizen)} got once too often: {words[:60]!r}")
            maybe[_first_line(words)] -= 1
        evidence.outcome.arrived_unknown += len(seen)


def _first_line(words: str) -> str:
    return words.partition("\n")[0].strip()


def _log(evidence: Evidence) -> None:
    """No handler failed, no loop died, no token stands in the log."""
    log = evidence.log.read_text(errors="replace")
    for words in ("handler failed", "a loop has died", "sweep failed", "send failed"):
        if words in log:
            evidence.wrong(f"the log says {words!r}: {log[log.index(words) - 100 :][:1500]}")
    for line in evidence.town.lines:
        if line.token in log or line.token.partition(":")[2] in log:
            evidence.wrong("a token stands in the log")


def _who(citizen: Citizen) -> str:
    return f"{citizen.platform} {citizen.id}"


def _which(line: Line) -> str:
    return f"{line.platform} {line.mode}"
