"""Which words lead to what is being sent: the list, one account, pause, cancel, send again."""

from __future__ import annotations

from collections.abc import Callable

from bot.context import Context
from bot.errors import NotAllowed
from bot.flows.broadcasts import steering
from bot.messages import Incoming, Reply
from bot.routing import Answer, Router, choice, command, group, private
from bot.texts import t

router = Router("broadcasts")

WORDS = ("tình hình gửi", "tình hình gửi tin", "theo dõi gửi", "đang gửi", "gửi đến đâu rồi", "gửi tới đâu rồi")


@router.on(group(), command("danggui", *WORDS))
def in_private(_incoming: Incoming, ctx: Context) -> Reply:
    """Counts of who got what are no business of a group."""
    ctx.lead()
    return Reply(t("broadcasts.in-private"))


@router.on(private(), command("danggui", *WORDS))
def overview(_incoming: Incoming, ctx: Context) -> Reply:
    """The newest broadcasts of what the speaker leads."""
    return steering.overview(ctx)


def _pressed(action: str, act: Callable[[Context, int], Answer]) -> None:
    """A button about one broadcast. It works in private only: some of the answers hold names."""

    @router.on(private(), choice(action))
    def pressed(_incoming: Incoming, ctx: Context) -> Answer:
        if ctx.chosen is None or not ctx.chosen.argument.isdecimal():
            raise NotAllowed
        return act(ctx, int(ctx.chosen.argument))


_pressed("broadcasts.show", steering.show)
_pressed("broadcasts.pause", steering.pause)
_pressed("broadcasts.resume", steering.resume)
_pressed("broadcasts.cancel", steering.ask_cancel)
_pressed("broadcasts.stop", steering.stop)
_pressed("broadcasts.again", steering.again)
_pressed("broadcasts.unsure", steering.ask_unsure)
_pressed("broadcasts.twice", steering.twice)
_pressed("broadcasts.missing", steering.missing)
