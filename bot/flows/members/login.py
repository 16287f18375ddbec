"""Logging in: member number, then the one-time code, or a request to the secretary (product.md, C1).

Whoever writes a number must not learn whether it is on the roster. So an unknown number is asked for its code like a
known one, and every failure gives the same text after the same work.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from typing import ClassVar

from bot.context import Context
from bot.dates import moment
from bot.flows.members import approvals
from bot.flows.members.codes import NUMBER_DIGITS, read_code
from bot.flows.members.linking import Newcomer, link
from bot.fsm import Flow, Move, State, StatesGroup
from bot.matching import fold
from bot.messages import Choice, Reply
from bot.texts import t
from storage import logins
from storage import members as members_table
from storage.logins import WrongTry
from storage.members import Member

NUMBER_LENGTH = 20
"""Characters of the longest number that the roster takes."""
_JOINTS = " .-'\u00a0\t\n"
_WITHOUT_CODE = ("chua co ma", "khong co ma", "chua nhan duoc ma", "khong nhan duoc ma", "mat ma roi", "quen ma")


class LoginStates(StatesGroup):
    """The steps of logging in."""

    number = State()
    code = State()


class LoginFlow(Flow[Context]):
    """Number → code. The number itself is not kept: `hashed` is what finds the member at the next step."""

    name = "login"
    states = LoginStates
    moves: ClassVar[list[Move]] = [Move("named", [LoginStates.number, LoginStates.code], LoginStates.code)]

    def named(self) -> None:
        """A number was given."""
        self.fire("named")

    def title(self) -> str:
        """For the offer to go on."""
        return t("members.login-title")

    def ask(self) -> Reply:
        """The question of the current step."""
        leave = Choice("dialogue.cancel", t("dialogue.cancel"))
        if self.state == str(LoginStates.number):
            return Reply(t("members.ask-number"), (leave,))
        without = Choice("login.no-code", t("members.no-code"))
        return Reply(t("members.ask-code"), (without, Choice("dialogue.back", t("members.number-again")), leave))

    def begin(self, text: str) -> Reply:
        """Start, with the number already in `text` or without one."""
        until = locked_until(self.ctx)
        if until is not None:
            return _locked(self.ctx, until)
        self.dialogue.start(self.name, LoginStates.number)
        if any(char.isdigit() for char in text):
            return self.give_number(text)
        return self.ask()

    def give_number(self, text: str) -> Reply:
        """A number of a possible shape is always asked for its code."""
        number = read_number(text)
        if number is None:
            return self._again(t("members.number-shape"))
        self.dialogue.update(hashed=members_table.number_hash(number))
        self.named()
        return self.ask()

    def give_code(self, text: str) -> list[Reply]:
        """The code, or a number again (then the earlier one was mistyped)."""
        until = locked_until(self.ctx)
        if until is not None:
            return [self._leave(_locked(self.ctx, until))]
        code = read_code(text)
        if code is None:
            if read_number(text) is not None:
                return [self.give_number(text)]
            return [self._again(t("members.code-shape"))]
        member = members_table.by_number_hash(self.ctx.db, str(self.dialogue.data["hashed"]))
        if not _fits(self.ctx, member, code) or member is None:
            return [self._wrong()]
        self.dialogue.finish()
        return link(self.ctx, Newcomer.of(self.ctx), member, how="code")

    def without_code(self) -> list[Reply]:
        """The secretary decides. The person reads the same whether or not the number is known; an unknown one
        disturbs nobody."""
        until = locked_until(self.ctx)
        if until is not None:
            return [self._leave(_locked(self.ctx, until))]
        note_try(self.ctx)
        member = members_table.by_number_hash(self.ctx.db, str(self.dialogue.data["hashed"]))
        asked = approvals.ask_leaders(self.ctx, Newcomer.of(self.ctx), member) if member else []
        deadline = self.ctx.now + timedelta(hours=self.ctx.settings.code_hours)
        answer = Reply(t("members.request-sent", until=moment(deadline, self.ctx.settings.zone)), ends=True)
        return [self._leave(answer), *asked]

    def _wrong(self) -> Reply:
        note_try(self.ctx)
        until = locked_until(self.ctx)
        if until is not None:
            return self._leave(_locked(self.ctx, until))
        tries = logins.latest_tries(self.ctx.db, *_who(self.ctx), self.ctx.settings.code_tries)
        recent = [at for at in tries if at > self.ctx.now - _lock(self.ctx)]
        return self._again(t("members.wrong", left=self.ctx.settings.code_tries - len(recent)))

    def _again(self, text: str) -> Reply:
        """The same step once more, with other words."""
        self.dialogue.touched = self.dialogue.changed = True
        return Reply(text, self.ask().choices)

    def _leave(self, answer: Reply) -> Reply:
        self.dialogue.finish()
        return answer


def read_number(text: str) -> str | None:
    """The member number in what somebody wrote, without spaces, dots and dashes; None for an impossible shape."""
    words = text.split()
    while words and not any(char.isdigit() for char in words[0]) and len(words) > 1:
        words = words[1:]  # "số của tôi là 012 …"
    compact = "".join(char for char in " ".join(words) if char not in _JOINTS).rstrip(",;!?").upper()
    digits = sum(char.isdigit() for char in compact)
    if not compact.isalnum() or digits < NUMBER_DIGITS or len(compact) > NUMBER_LENGTH:
        return None
    return fold(compact).upper()


def is_bare_number(text: str) -> bool:
    """Nothing but a number, however it is cut into groups."""
    return read_number(text) is not None and all(char.isdigit() or char in _JOINTS for char in text)


def says_no_code(text: str) -> bool:
    """ "Tôi chưa có mã" in other words."""
    said = fold(text)
    return any(words in said for words in _WITHOUT_CODE)


def locked_until(ctx: Context) -> datetime | None:
    """Until when this id may try nothing more: so many tries in vain lay within `lock_minutes` of each other."""
    limit = ctx.settings.code_tries
    tries = logins.latest_tries(ctx.db, *_who(ctx), limit)
    if len(tries) < limit or tries[0] - tries[-1] > _lock(ctx):
        return None
    until = tries[0] + _lock(ctx)
    return until if until > ctx.now else None


def note_try(ctx: Context) -> None:
    """One more try in vain, or one more request: both are counted, so that neither can be used to search numbers."""
    channel_id, user_id = _who(ctx)
    ctx.db.add(WrongTry(channel_id=channel_id, user_id=user_id, at=ctx.now))
    ctx.db.flush()


def _fits(ctx: Context, member: Member | None, code: str) -> bool:
    """Whether this is a live code of this member; it is used up. For an unknown member the same work, in vain."""
    member_id = (member.id if member else None) or 0
    hashed = logins.code_hash(member_id, code)
    live = logins.live_codes(ctx.db, member_id, ctx.now)
    live = [each for each in live if each.wrong_tries < ctx.settings.code_tries]
    for each in live:
        if hmac.compare_digest(each.code_hash, hashed):
            each.used_at = ctx.now
            return True
    for each in live:
        each.wrong_tries += 1
    ctx.db.flush()
    return False


def _who(ctx: Context) -> tuple[int, str]:
    return ctx.here.channel_id, ctx.incoming.speaker_id


def _lock(ctx: Context) -> timedelta:
    return timedelta(minutes=ctx.settings.lock_minutes)


def _locked(ctx: Context, until: datetime) -> Reply:
    return Reply(t("members.locked", until=moment(until, ctx.settings.zone)), ends=True)
