"""Dialogues: aiogram-style StatesGroup and FSMContext, and Flow over `transitions`.

One synchronous Machine per Flow class, built once and without models (telegram-notes.md, `transitions`): a Flow
object lives for one message and is never registered. What lasts is the stack in the database.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from transitions import Machine, MachineError

from bot.messages import Reply


class OutOfTurn(Exception):
    """The person did something that the dialogue's current step does not know; the step's question is repeated."""

    def __init__(self, flow: Flow[Any]) -> None:
        super().__init__(f"{flow.name}/{flow.state}")
        self.flow = flow


class State:
    """One step of a dialogue; it takes its name from the StatesGroup that holds it."""

    name = ""
    group = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        self.group = owner.__name__

    def __str__(self) -> str:
        return self.name


class StatesGroup:
    """The steps of one dialogue, as class attributes of type State."""

    @classmethod
    def names(cls) -> list[str]:
        """The steps in the order in which they are written."""
        return [name for name, value in vars(cls).items() if isinstance(value, State)]


class FSMContext:
    """A speaker's stack of dialogues: the one on top is under way, those below were interrupted and resume."""

    def __init__(self, stack: list[dict[str, Any]]) -> None:
        self.stack = [dict(entry) for entry in stack]
        self.changed = False
        self.touched = False
        """True once the top dialogue has been started, answered or ended by this message."""
        self.ended = False
        """True once a dialogue has been ended by this message (the one below it may go on)."""
        self.is_new = False
        """True once a dialogue has been started by this message."""
        self.asleep = False
        """True when the last step is too long ago to take an unrelated message for its answer."""

    @property
    def flow(self) -> str:
        """The name of the dialogue under way, "" when there is none."""
        return str(self.stack[-1]["flow"]) if self.stack else ""

    @property
    def state(self) -> str:
        """The step of the dialogue under way, "" when there is none."""
        return str(self.stack[-1]["state"]) if self.stack else ""

    @property
    def data(self) -> dict[str, Any]:
        """What the dialogue under way has gathered (a copy; `update` writes)."""
        return dict(self.stack[-1]["data"]) if self.stack else {}

    def start(self, flow: str, state: State, **data: Any) -> None:
        """Begin a dialogue on top of the stack; an unfinished one of the same name is dropped."""
        self.stack = [entry for entry in self.stack if entry["flow"] != flow]
        self.stack.append({"flow": flow, "state": str(state), "data": data, "trail": [], "mark": secrets.token_hex(4)})
        self.changed = self.touched = self.is_new = True

    @property
    def mark(self) -> str:
        """What a question of the current step carries in `about`, so that an old button is recognised as old."""
        return f"dialogue:{self.stack[-1]['mark']}:{self.state}" if self.stack else ""

    def update(self, **data: Any) -> None:
        """Add to what the dialogue under way has gathered."""
        self.stack[-1]["data"] = {**self.stack[-1]["data"], **data}
        self.changed = self.touched = True

    def set_state(self, state: State | str) -> None:
        """Go to a step; the trail remembers where one came from."""
        top = self.stack[-1]
        if str(state) != top["state"]:
            top["trail"] = [*top["trail"], top["state"]]
            top["state"] = str(state)
        self.changed = self.touched = True

    def back(self) -> bool:
        """Return to the step before; False when this is the first one."""
        self.changed = self.touched = True
        top = self.stack[-1]
        if not top["trail"]:
            return False
        *top["trail"], top["state"] = top["trail"]
        return True

    def adopt(self, stack: list[dict[str, Any]]) -> None:
        """What the same person had under way on another phone goes on here."""
        self.stack = [*(dict(entry) for entry in stack), *self.stack]
        self.changed = self.touched = True

    def finish(self) -> None:
        """End the dialogue under way; the interrupted one below it is on top again."""
        if self.stack:
            self.stack.pop()
        self.changed = self.touched = self.ended = True


class Move:
    """A trigger that leads from one or several steps to another."""

    def __init__(self, trigger: str, source: State | Iterable[State], dest: State) -> None:
        sources = [source] if isinstance(source, State) else list(source)
        self.row = {"trigger": trigger, "source": [str(each) for each in sources], "dest": str(dest)}


class HasDialogue(Protocol):
    """What a Flow needs of its context: the speaker's stack of dialogues."""

    @property
    def dialogue(self) -> FSMContext:
        """The stack."""


C = TypeVar("C", bound=HasDialogue)


class Flow(Generic[C]):
    """A dialogue and its rules. Subclasses name their steps and moves, and declare a typed method per trigger.

    `ask` gives the question of the current step: it is what a person sees again after an interruption.
    """

    name: ClassVar[str]
    states: ClassVar[type[StatesGroup]]
    moves: ClassVar[Sequence[Move]]
    registry: ClassVar[dict[str, type[Flow[Any]]]] = {}
    machine: ClassVar[Machine]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if not hasattr(cls, "states"):  # what several dialogues share, no dialogue itself
            return
        cls.registry[cls.name] = cls
        cls.machine = Machine(
            model=None,
            states=cls.states.names(),
            transitions=[move.row for move in cls.moves],
            initial=cls.states.names()[0],
            auto_transitions=False,
            send_event=True,
        )

    def __init__(self, ctx: C) -> None:
        self.ctx = ctx
        self.dialogue = ctx.dialogue

    @property
    def state(self) -> str:
        """The current step, as `transitions` reads it."""
        return self.dialogue.state

    @state.setter
    def state(self, value: str) -> None:
        self.dialogue.set_state(value)

    def fire(self, trigger: str) -> None:
        """Take the move `trigger` from the current step; OutOfTurn when there is none."""
        event: Callable[[Any], bool] = partial(self.machine.events[trigger].trigger)
        try:
            event(self)
        except MachineError:
            raise OutOfTurn(self) from None

    def ask(self) -> Reply:
        """The question of the current step."""
        raise NotImplementedError

    def title(self) -> str:
        """What this dialogue is called when it is offered again ("mời họp")."""
        raise NotImplementedError
