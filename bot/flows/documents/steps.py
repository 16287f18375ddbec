"""What the parts of the publishing dialogue share: its steps, how it goes on, and what may be typed into a paper."""

from __future__ import annotations

from typing import Any

from bot.context import Context
from bot.errors import BadInput
from bot.fsm import Flow, State, StatesGroup
from bot.messages import Choice, Reply
from bot.secrecy import Gate, judge

Question = tuple[str, tuple[Choice, ...]]


class Publish(StatesGroup):
    """The steps of publishing. A paper whose heading tells everything needs `paper` and `preview` only."""

    paper = State()
    offer = State()
    audience = State()
    scope = State()
    people = State()
    confirm = State()
    number = State()
    summary = State()
    replace = State()
    preview = State()
    edit = State()
    kind = State()
    date = State()
    issuer = State()
    options = State()
    deadline = State()
    expiry = State()
    check = State()
    answers = State()
    right = State()


class Step(Flow[Context]):
    """What the parts of the dialogue need of the whole."""

    def advance(self) -> Reply:
        """Go to the first step whose answer is missing, or to the preview."""
        raise NotImplementedError

    def to(self, step: State) -> Reply:
        """Go to a step (OutOfTurn when it does not follow) and ask its question."""
        self.fire(f"to_{step.name}")
        return self.ask()

    def proposed(self, key: str) -> Any:
        """What the paper itself told, or the version before it; "" without one."""
        data = self.dialogue.data
        return data.get("proposed", {}).get(key) or data.get("fallback", {}).get(key) or ""


def one_line(words: str, *, least: int, most: int) -> str:
    """Typed words in one line. BadInput when they are too short or too long, or bear a mark of secrecy."""
    line = " ".join(words.split())
    if not least <= len(line) <= most:
        raise BadInput("publishing.length", least=least, most=most)
    if judge(words).gate is Gate.REFUSED:
        raise BadInput("documents.secret-refused")
    return line
