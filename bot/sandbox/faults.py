"""Faults on demand: what goes wrong next, for whom, and how often."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.things import Bot, Refusal

ON_CALLS = frozenset({"throttle", "status", "html", "timeout", "drop_before", "drop_after", "slow", "echo_token"})
ON_UPDATES = frozenset({"duplicate", "reorder"})


@dataclass(slots=True)
class Fault:
    """One planned fault. `bot` and `method` "" mean any; `times` -1 means until removed; `delay` in seconds."""

    platform: str
    kind: str
    bot: str = ""
    method: str = ""
    times: int = 1
    delay: float = 60.0
    retry_after: float = 1.0
    status: int = 500
    description: str = ""

    def fits(self, bot: Bot, method: str) -> bool:
        """Whether this call (or this update's way to the bot) is meant."""
        if self.platform not in ("", bot.platform) or self.bot not in ("", bot.token, bot.token_id):
            return False
        return self.method.lower() in ("", method.lower())


class Faults:
    """The list of planned faults, used up in the order in which they were planned."""

    def __init__(self) -> None:
        self.planned: list[Fault] = []

    def plan(self, fault: Fault) -> None:
        """This goes wrong from now on."""
        if fault.kind not in ON_CALLS | ON_UPDATES:
            raise Refusal(f"unknown kind of fault: {fault.kind}")
        self.planned.append(fault)

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self.planned.clear()

    def for_call(self, bot: Bot, method: str) -> Fault | None:
        """The fault that this call suffers, one use of it taken."""
        return self._take(bot, method, ON_CALLS) if self.planned else None

    def for_update(self, bot: Bot) -> Fault | None:
        """The fault that this update suffers on its way to the bot."""
        return self._take(bot, "", ON_UPDATES) if self.planned else None

    def _take(self, bot: Bot, method: str, kinds: frozenset[str]) -> Fault | None:
        for fault in self.planned:
            if fault.kind in kinds and fault.fits(bot, method):
                fault.times -= 1
                if fault.times == 0:
                    self.planned.remove(fault)
                return fault
        return None
