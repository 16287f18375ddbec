"""A dispatcher and its intake with a router of their own, fed by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlmodel import select

from bot.app import build
from bot.context import Context
from bot.dispatcher import Dispatcher
from bot.intake import Intake
from bot.messages import Address, Choice, Incoming, Kind, Platform, Reply
from bot.routing import Router, choice, kind
from bot.turn import Arrival, Surroundings
from storage.organizations import Organization
from storage.outbox import Delivery, DeliveryState
from tests.world import World

router = Router("test")


@router.on(choice("test.pick"))
def pick(_incoming: Incoming, ctx: Context) -> Reply:
    assert ctx.chosen is not None
    return Reply(f"picked {ctx.chosen.argument}")


@router.on(kind(Kind.MESSAGE))
def react(incoming: Incoming, ctx: Context) -> Reply | None:
    if incoming.text == "poison":
        ctx.db.add(Organization(code="half", name="half", name_key="half"))
        ctx.db.flush()
        raise ZeroDivisionError
    if incoming.text.startswith("ask"):
        argument = incoming.text.removeprefix("ask").strip()
        return Reply(
            "?", choices=(Choice("test.pick", "Đồng ý", argument), Choice("test.pick", "Không", f"not {argument}"))
        )
    word, _, rest = incoming.text.partition(" ")
    if word in ACTS:
        return ACTS[word](ctx, rest)
    return Reply(f"heard {incoming.text}") if incoming.text.startswith("say") else None


ACTS: dict[str, Callable[[Context, str], Reply | None]] = {}
"""What single tests make the handler do, by the first word of a message."""


class Line:
    """A dispatcher with a router of its own, fed by hand."""

    def __init__(self, world: World) -> None:
        app = build(world.settings, world.database, clock=world.clock)
        around = Surroundings(world.settings, world.clock, app.links, app.store)
        self.rung = 0
        self.dispatcher = Dispatcher(world.database, [router], around, wake=self._ring)
        self.intake = Intake(self.dispatcher)
        self.database = world.database
        self.channel = min(app.fleet.adapters)
        self._count = 0

    def _ring(self) -> None:
        self.rung += 1

    def incoming(self, text: str, *, chat: str = "c1", speaker: str = "u1") -> Incoming:
        self._count += 1
        address, now = Address(self.channel, chat), datetime.now(UTC)
        return Incoming(f"k{self._count}", Kind.MESSAGE, Platform.TELEGRAM, address, speaker, now, text=text)

    def handle(self, *updates: Incoming, cursor: str | None = None) -> int:
        cursors = {} if cursor is None else {self.channel: cursor}
        return len(self.dispatcher.handle([Arrival(each, {}) for each in updates], cursors))

    def hears(self, *texts: str, chat: str = "c1") -> None:
        self.handle(*(self.incoming(text, chat=chat) for text in texts))

    def deliveries(self, chat: str = "c1") -> list[Delivery]:
        with self.database.reading() as session:
            return list(session.exec(select(Delivery).where(Delivery.chat_id == chat).order_by(Delivery.id)))  # type: ignore[arg-type]

    def mark_sent(self) -> None:
        with self.database.transaction() as session:
            for row in session.exec(select(Delivery)):
                row.state = DeliveryState.SENT

    def texts(self, chat: str = "c1") -> list[str]:
        return [row.text for row in self.deliveries(chat)]
