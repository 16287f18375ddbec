"""`/ma`: a leading person gets a code for one member, or a sheet of codes for a meeting (product.md, C1)."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from bot.context import Context
from bot.dates import moment
from bot.errors import NotAllowed, Refused
from bot.flows.members.codes import find_people, make_code, may_admit, told_apart
from bot.fsm import Flow, Move, State, StatesGroup
from bot.matching import fold
from bot.messages import Choice, Reply
from bot.people import polite
from bot.texts import t
from storage import members as members_table
from storage import organizations
from storage.members import Member
from storage.organizations import Organization

MOST_CHOICES = 9
"""More people of one name than this are not listed; a further word of the name is asked for."""
MOST_BRANCHES = 20
LINES = 28
"""Codes in one message, so that it fits a screen or a printed page with its heading (at most 30 lines)."""
_SHEET = frozenset({"ca chi bo", "ca", "tat ca", "toan chi bo", "tat ca chi bo", "ca chi bo minh"})


class CodesStates(StatesGroup):
    """The steps of handing out a code."""

    who = State()


class CodesFlow(Flow[Context]):
    """Whose code? Then it is there."""

    name = "codes"
    states = CodesStates
    moves: ClassVar[list[Move]] = []

    def title(self) -> str:
        """For the offer to go on."""
        return t("members.codes-title")

    def ask(self) -> Reply:
        """Whose code?"""
        choices = (Choice("codes.sheet", t("members.whole-branch")), Choice("dialogue.cancel", t("dialogue.cancel")))
        return Reply(t("members.codes-who"), choices)

    def begin(self, text: str) -> Reply | list[Reply]:
        """`/ma`, with the name, number or "cả chi bộ" already there or not. NotAllowed for who leads nothing."""
        self.ctx.lead()
        self.dialogue.start(self.name, CodesStates.who)
        return self.look_up(text) if text else self.ask()

    def look_up(self, text: str) -> Reply:
        """A name with or without diacritics, a member number, or "cả …" for a sheet."""
        self.ctx.lead()
        said = fold(text).strip(" .!")
        if said in _SHEET:
            return self.sheet("")
        if said.startswith("ca chi bo "):
            return self.sheet(said.removeprefix("ca "))
        found = find_people(self.ctx, text, limit=MOST_CHOICES + 1)
        if len(found) == 1:
            return self.give(found[0].id or 0)
        return self._several(found) if found else self._again("members.nobody-named")

    def _several(self, found: list[Member]) -> Reply:
        if len(found) > MOST_CHOICES:
            return self._again("members.too-many-named")
        self.dialogue.touched = self.dialogue.changed = True
        labels = told_apart(self.ctx, found)
        choices = [Choice("codes.for", label, str(each.id)) for each, label in zip(found, labels, strict=True)]
        return Reply(t("members.which-one"), (*choices, Choice("dialogue.cancel", t("dialogue.cancel"))))

    def _again(self, key: str) -> Reply:
        self.dialogue.touched = self.dialogue.changed = True
        return Reply(t(key), self.ask().choices)

    def give(self, member_id: int) -> Reply:
        """The code of one member. NotAllowed unless the speaker stands over all that this member leads."""
        ctx = self.ctx
        member = members_table.get(ctx.db, member_id)
        if not may_admit(ctx, member):
            raise NotAllowed
        code = self._make(member)
        self._end()
        inside = bool(members_table.live_links(ctx.db, member_id))
        key = "members.code-inside" if inside else "members.code"
        return Reply(t(key, who=polite(member), name=member.full_name, code=code, until=self._until()), ends=True)

    def _make(self, member: Member) -> str:
        ctx, member_id = self.ctx, member.id or 0
        self.ctx.audit("code.made", f"member:{member_id}")
        return make_code(ctx.db, member_id, now=ctx.now, hours=ctx.settings.code_hours, made_by=ctx.my_id)

    def _until(self) -> str:
        return moment(self.ctx.now + timedelta(hours=self.ctx.settings.code_hours), self.ctx.settings.zone)

    def _end(self) -> None:
        if self.dialogue.flow == self.name:
            self.dialogue.finish()

    # --- a sheet for a meeting -----------------------------------------------------------------------------------
    def sheet(self, words: str) -> Reply:
        """Of which branch? With one branch under the speaker's lead there is nothing to ask."""
        branches = [each for each in self._branches() if all(word in each.name_key.split() for word in words.split())]
        if not branches:
            raise Refused("members.no-such-branch")
        if len(branches) == 1:
            return self.confirm_sheet(branches[0].id or 0)
        if len(branches) > MOST_BRANCHES:
            raise Refused("members.which-branch-by-name")
        choices = tuple(Choice("codes.branch", each.name, str(each.id)) for each in branches)
        return Reply(t("members.which-branch"), choices)

    def _branches(self) -> list[Organization]:
        top = self.ctx.lead()
        return organizations.branches_below(self.ctx.db, top.path) or [top]

    def confirm_sheet(self, organization_id: int) -> Reply:
        """How many codes, and that a sheet handed out before stops working."""
        branch = self._led(organization_id)
        self._end()
        found = self._without_login(branch)
        if not found:
            return Reply(t("members.all-inside", branch=branch.name), ends=True)
        choices = (
            Choice("codes.print", t("members.print"), str(branch.id)),
            Choice("login.stay", t("members.not-now")),
        )
        return Reply(t("members.sheet-question", count=len(found), branch=branch.name), choices)

    def print_sheet(self, organization_id: int) -> list[Reply]:
        """The sheet, at most 30 lines a message."""
        branch = self._led(organization_id)
        found = self._without_login(branch)
        if not found:
            return [Reply(t("members.all-inside", branch=branch.name), ends=True)]
        labels = told_apart(self.ctx, found)
        lines = [
            t("members.sheet-line", name=label, code=self._make(member))
            for label, member in zip(labels, found, strict=True)
        ]
        pages = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
        heading = t("members.sheet", branch=branch.name, until=self._until())
        return [Reply("\n".join([heading, *page]), ends=True) for page in pages]

    def _led(self, organization_id: int) -> Organization:
        branch = organizations.get(self.ctx.db, organization_id)
        self.ctx.require(branch)
        return branch

    def _without_login(self, branch: Organization) -> list[Member]:
        return [each for each in members_table.never_in(self.ctx.db, branch.path) if may_admit(self.ctx, each)]
