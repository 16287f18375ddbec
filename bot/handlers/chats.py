"""What platforms tell about chats, and connecting a group."""

from __future__ import annotations

from bot.context import Context
from bot.flows import chats
from bot.messages import Incoming, Kind, Platform, Reply
from bot.routing import Router, addressed, begins, choice, command, group, kind, private
from bot.texts import t

router = Router("chats")

CONNECT = ("kết nối nhóm", "kết nối", "nối nhóm", "kết nối chi bộ")
DISCONNECT = ("ngắt nhóm", "ngắt kết nối", "ngắt kết nối nhóm", "bỏ kết nối nhóm")


@router.on(group(), kind(Kind.JOINED))
def joined(_incoming: Incoming, ctx: Context) -> Reply:
    """The bot was put into a group: who it is, and what the secretary does next."""
    return Reply(t("chats.rejoined") if ctx.group else t("chats.joined"))


@router.on(kind(Kind.LEFT))
def left(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """The bot was removed or blocked."""
    return chats.left(ctx)


@router.on(kind(Kind.MIGRATED))
def migrated(_incoming: Incoming, ctx: Context) -> None:
    """A Telegram group became a supergroup."""
    chats.moved(ctx)


@router.on(group(), command("ngatnhom", *DISCONNECT))
def disconnect(_incoming: Incoming, ctx: Context) -> Reply:
    """End the connection of this group."""
    return chats.disconnect(ctx)


@router.on(group(), command("nhom", *CONNECT))
@router.on(group(), addressed(), begins("ket noi nhom"))
def connect(_incoming: Incoming, ctx: Context) -> Reply:
    """Connect this group to a branch."""
    return chats.connect(ctx, ctx.args)


@router.on(group(), choice("chats.connect"))
def connect_to(_incoming: Incoming, ctx: Context) -> Reply:
    """One of several organizations was picked."""
    return chats.join(ctx, int(ctx.chosen.argument) if ctx.chosen else 0)


@router.on(private(), command("nhom", *CONNECT))
@router.on(private(), command("ngatnhom", *DISCONNECT))
def how_to_connect(incoming: Incoming, ctx: Context) -> Reply:
    """Groups are connected from inside."""
    ctx.lead()
    name = ctx.channel.display_name or t("help.bot")
    mention = f"@{name}" if incoming.platform is Platform.ZALO else f"@{ctx.channel.account_name}"
    return Reply(t("chats.how", mention=mention))
