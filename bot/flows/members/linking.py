"""Linking a chat to a member, and telling everybody whom it concerns. Nothing is taken over silently (C1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.context import Context
from bot.dates import moment
from bot.errors import Conflict
from bot.flows.members.leaders import leaders
from bot.flows.members.telling import greeting
from bot.messages import Address, Platform, Reply
from bot.people import polite
from bot.texts import t
from storage import channels, conversations, logins, organizations
from storage import members as members_table
from storage.logins import LoginRequest, RequestState
from storage.members import Account, Member


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who wants in: an id on a channel and its private chat."""

    channel_id: int
    user_id: str
    chat_id: str
    name: str

    @classmethod
    def of(cls, ctx: Context) -> Newcomer:
        """Whoever speaks now."""
        return cls(ctx.here.channel_id, ctx.incoming.speaker_id, ctx.here.chat_id, ctx.incoming.speaker_name)

    @classmethod
    def behind(cls, request: LoginRequest) -> Newcomer:
        """Whoever made a request."""
        return cls(request.channel_id, request.user_id, request.chat_id, request.speaker_name)

    @property
    def address(self) -> Address:
        """Their private chat."""
        return Address(self.channel_id, self.chat_id)


def link(ctx: Context, newcomer: Newcomer, member: Member, *, how: str) -> list[Reply]:
    """Let somebody in as a member: the greeting first, then the notices to other chats and to the leaders.

    One live chat per member and channel: an older one on this channel is unlinked and told, and the leaders are told
    too. Chats on other channels stay and are told. `how`: "code" or "approval".
    """
    member_id = member.id or 0
    members_table.lock(ctx.db, member_id)
    notices: list[Reply] = []
    before = members_table.live_links(ctx.db, member_id)
    for account in before:
        if account.channel_id == newcomer.channel_id and account.user_id != newcomer.user_id:
            members_table.unlink(ctx.db, account, ctx.now)
            notices += _taken_over(ctx, member, account)
        elif account.channel_id != newcomer.channel_id:
            notices.append(_also_elsewhere(ctx, account, newcomer))
    _free(ctx, newcomer, member_id)
    here = members_table.live_link(ctx.db, newcomer.channel_id, newcomer.user_id)
    if here is None:
        here = _account(newcomer, member_id, ctx.now)
        ctx.db.add(here)
    logins.forget_wrong_tries(ctx.db, newcomer.channel_id, newcomer.user_id)
    for request in logins.open_requests_of(ctx.db, newcomer.channel_id, newcomer.user_id):
        request.state = RequestState.LAPSED
    ctx.db.flush()
    if newcomer.address == ctx.here:
        ctx.enter(member, here)
        _take_along(ctx, [each for each in before if each is not here])
    ctx.audit("login", f"member:{member_id}", how=how, channel=newcomer.channel_id)
    return [Reply(greeting(ctx, member), to=newcomer.address, ends=True), *notices]


def _take_along(ctx: Context, others: list[Account]) -> None:
    """The dialogue that was under way on the phone before goes on here; there its buttons say that it is over."""
    awake = ctx.now - timedelta(hours=ctx.settings.dialogue_hours)
    rows = [conversations.find(ctx.db, each.channel_id, each.chat_id, each.user_id) for each in others]
    open_ones = [row for row in rows if row is not None and row.stack and row.updated_at >= awake]
    newest = max(open_ones, key=lambda row: row.updated_at, default=None)
    if newest is None:
        return
    stack = newest.stack
    if not conversations.save(ctx.db, newest, [], ctx.now):
        raise Conflict
    ctx.dialogue.adopt(stack)


def _free(ctx: Context, newcomer: Newcomer, member_id: int) -> None:
    """A link of this id to somebody who has left the roster is in nobody's way."""
    old = members_table.live_link(ctx.db, newcomer.channel_id, newcomer.user_id)
    if old is not None and old.member_id != member_id:
        members_table.unlink(ctx.db, old, ctx.now)


def _account(newcomer: Newcomer, member_id: int, now: datetime) -> Account:
    return Account(
        member_id=member_id,
        channel_id=newcomer.channel_id,
        user_id=newcomer.user_id,
        chat_id=newcomer.chat_id,
        linked_at=now,
        last_seen_at=now,
    )


def _taken_over(ctx: Context, member: Member, old: Account) -> list[Reply]:
    ctx.audit("login.moved", f"member:{member.id}", channel=old.channel_id)
    values = {"platform": platform_name(ctx, old.channel_id), "when": moment(ctx.now, ctx.settings.zone)}
    told = [Reply(t("members.moved-away", **values), to=Address(old.channel_id, old.chat_id), ends=True)]
    home = organizations.get(ctx.db, member.organization_id)
    for _, address in leaders(ctx, home, without=member.id or 0):
        told.append(Reply(t("members.moved-leader", who=polite(member), **values), to=address))
    return told


def _also_elsewhere(ctx: Context, other: Account, newcomer: Newcomer) -> Reply:
    values = {"platform": platform_name(ctx, newcomer.channel_id), "when": moment(ctx.now, ctx.settings.zone)}
    return Reply(t("members.also-elsewhere", **values), to=Address(other.channel_id, other.chat_id))


def platform_name(ctx: Context, channel_id: int) -> str:
    """The platform's own name, as people know it."""
    is_zalo = channels.get(ctx.db, channel_id).platform == Platform.ZALO
    return t("members.zalo") if is_zalo else t("members.telegram")
