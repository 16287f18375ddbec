"""What the bots called: in full for tests, as counts only for benchmarks."""

from __future__ import annotations

from collections import Counter, deque

from bot.sandbox.things import Bot, Json

KEPT = 20_000
"""Calls kept in full; older ones are forgotten."""


class CallLog:
    """Every API call. `in_full` off keeps counts only."""

    def __init__(self) -> None:
        self.in_full = True
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self.seq = 0
        self.total = 0
        self._calls: deque[tuple[str, Json]] = deque(maxlen=KEPT)
        self.counts: Counter[tuple[str, str]] = Counter()
        self.refused: Counter[tuple[str, str]] = Counter()

    def note(self, bot: Bot, method: str, params: Json, *, answer: object, at: str) -> None:
        """A call and what came of it. `answer` is the body, or a word for an answer that never left."""
        self.total += 1
        self.counts[bot.token, method] += 1
        if not (isinstance(answer, dict) and answer.get("ok")):
            self.refused[bot.token, method] += 1
        if not self.in_full:
            return
        self.seq += 1
        call = {"seq": self.seq, "method": method, "params": params, "answer": answer, "at": at}
        self._calls.append((bot.token, call))

    def since(self, after: int, *, token: str = "", method: str = "") -> list[Json]:
        """Calls newer than `after`, oldest first."""
        return [
            call
            for owner, call in self._calls
            if call["seq"] > after and token in ("", owner) and method.lower() in ("", call["method"].lower())
        ]

    def counted(self, token: str = "") -> dict[str, Json]:
        """Calls by method, all of them and those that were not answered with ok."""
        return {
            "calls": _by_method(self.counts, token),
            "refused": _by_method(self.refused, token),
        }


def _by_method(counts: Counter[tuple[str, str]], token: str) -> Json:
    total: Counter[str] = Counter()
    for (owner, method), number in counts.items():
        if token in ("", owner):
            total[method] += number
    return dict(total)
