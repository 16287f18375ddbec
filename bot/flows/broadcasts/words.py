"""How a broadcast is named and its account is told: at most six short lines."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.messages import Choice, Reply
from bot.texts import t
from storage import ledger
from storage.broadcasts import Broadcast, BroadcastState
from storage.deliveries import STALE
from storage.ledger import Ledger, Outcome

TITLE = 40
"""Characters of a title on a button or in a line. [ours]"""
LOST = (Outcome.FAILED, Outcome.BLOCKED)


def title(broadcast: Broadcast) -> str:
    """How its sender knows it, in one short line."""
    plain = " ".join((broadcast.title or t("broadcasts.untitled")).split())
    return plain if len(plain) <= TITLE else plain[: TITLE - 1].rsplit(" ", 1)[0] + "…"


def state(broadcast: Broadcast) -> str:
    """`đang gửi`, `tạm dừng`, `đã gửi xong`, `đã hủy`."""
    shown = BroadcastState.RUNNING if broadcast.state == BroadcastState.QUEUED else broadcast.state
    return t(f"broadcasts.state-{shown}")


def account(session: Session, broadcast: Broadcast, now: datetime) -> Reply:
    """The exact ledger with what can be done next. For whoever leads there: the caller checks."""
    found = ledger.of(session, broadcast, now)
    head = t("broadcasts.head", title=title(broadcast), state=state(broadcast))
    return Reply("\n".join([head, *lines(found)]), choices(broadcast, found))


def lines(found: Ledger) -> list[str]:
    """The counts; lines about nobody are left out."""
    blocked, failed, dropped = (found.of(each) for each in (Outcome.BLOCKED, Outcome.FAILED, Outcome.DROPPED))
    groups, stale = sum(found.groups.values()), found.because(STALE)
    sent = [t("broadcasts.got", got=found.of(Outcome.SENT), total=found.total)]
    if groups:
        sent.append(t("broadcasts.groups", got=found.groups.get(Outcome.SENT, 0), total=groups))
    sent += _counted("through", found.of(Outcome.THROUGH_GROUP)) + _counted("waiting", found.of(Outcome.WAITING))
    told = [" ".join(sent)]
    if blocked or failed:
        told.append(t("broadcasts.lost", lost=blocked + failed, blocked=blocked, failed=failed))
    told += _counted("unknown", found.of(Outcome.UNKNOWN))
    told += (
        [" ".join(both)]
        if (both := _counted("stopped-count", dropped - stale) + _counted("stale-count", stale))
        else []
    )
    return told + _counted("unreachable", found.of(Outcome.UNREACHABLE))


def _counted(what: str, count: int) -> list[str]:
    return [t(f"broadcasts.{what}", count=count)] if count else []


def choices(broadcast: Broadcast, found: Ledger) -> tuple[Choice, ...]:
    """What can be done with it now."""
    acts = []
    if broadcast.state in {BroadcastState.RUNNING, BroadcastState.QUEUED}:
        acts += ["pause", "cancel"]
    if broadcast.state == BroadcastState.PAUSED:
        acts += ["resume", "cancel"]
    if broadcast.state in {BroadcastState.QUEUED, BroadcastState.FINISHED}:
        acts += ["again"] if found.again else []
        acts += ["unsure"] if found.of(Outcome.UNKNOWN) else []
    if found.missed:
        acts.append("missing")
    return tuple(choice(act, broadcast) for act in acts)


def choice(act: str, broadcast: Broadcast) -> Choice:
    """`act` as a choice about this broadcast."""
    return Choice(f"broadcasts.{act}", t(f"broadcasts.label-{act}"), str(broadcast.id))
