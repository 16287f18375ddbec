"""Raised hands: the chair's record of what was counted in the room, in one line or by three presses.

A hand counts for a member who has not answered in the chat: after a vote by chat at most as many hands are taken as
members of the base are left, so nobody counts twice.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, ClassVar

from bot.context import Context
from bot.errors import Conflict
from bot.flows.votes import ballot, counting, desk, opening, rules
from bot.flows.votes.opening import Draft
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import Choice, Reply
from bot.texts import t
from storage import votes
from storage.votes import Counts, Vote, VoteState

OFFERED = 4
"""Numbers offered for a press; others are typed. [ours]"""


class Hands(StatesGroup):
    """The steps."""

    line = State()
    in_favour = State()
    against = State()
    other = State()
    sure = State()


class HandsFlow(Flow[Context]):
    """Data: draft (of a vote that is counted by hand only) or vote (id), and the counts so far."""

    name = "hands"
    states = Hands
    moves: ClassVar[list[Move]] = [
        Move("tap", Hands.line, Hands.in_favour),
        Move("favoured", Hands.in_favour, Hands.against),
        Move("opposed", Hands.against, Hands.other),
        Move("doubt", [Hands.line, Hands.in_favour, Hands.against, Hands.other], Hands.sure),
        Move("again", Hands.sure, Hands.line),
    ]

    def begin(self, draft: Draft) -> Reply:
        """A vote in the room alone."""
        self.dialogue.start(self.name, Hands.line, draft=draft, vote=None, counts=[])
        return self.ask()

    def begin_for(self, vote_id: str) -> Reply:
        """Hands besides the ballots of a closed vote, or a record that was wrong."""
        vote = desk.led(self.ctx, vote_id)
        if vote.state != VoteState.CLOSED or vote.published_at is not None:
            return desk.card(self.ctx, vote)
        self.dialogue.start(self.name, Hands.line, draft=None, vote=vote.id, counts=[])
        return self.ask()

    def type(self, text: str) -> Reply:
        """The line, or one number where one is asked for. Whatever leaves a doubt is asked again."""
        self.dialogue.update()
        if self.dialogue.state == Hands.sure.name:
            return self.ask()
        if self.dialogue.state != Hands.line.name and text.strip().isdecimal() and len(text.strip()) < 7:
            return self.count(int(text))
        if counting.says_all(text) and self._present():
            return self._check(Counts(in_favour=self._present()))
        found = counting.counted(text)
        if found is None or not found.total:
            return Reply(t("votes.hands-unclear"), self.ask().choices)
        return self._check(found)

    def tap(self) -> Reply:
        """By presses: one number after the other."""
        self.fire("tap")
        return self.ask()

    def count(self, number: int) -> Reply:
        """The number for the current step; the third one ends it, or an earlier one that leaves nobody."""
        so_far = [*self.dialogue.data["counts"][: self._entered()], number]
        self.dialogue.update()
        if sum(so_far) > self._room():
            return self._too_many(sum(so_far))
        if self.dialogue.state == Hands.other.name or sum(so_far) == self._most():
            return self._check(Counts(*so_far))
        self.dialogue.update(counts=so_far)
        self.fire("favoured" if self.dialogue.state == Hands.in_favour.name else "opposed")
        return self.ask()

    def everybody(self, count: int) -> Reply:
        """All who are in the room by the roll call are for it; asked again when it has changed since `count`."""
        if count != self._present():
            self.dialogue.update()
            return self.ask()
        return self._check(Counts(in_favour=count))

    def sure(self) -> Reply:
        """More hands than people in the roll call, and the chair says that it is so."""
        return self._record(Counts(*self.dialogue.data["counts"]))

    def again(self) -> Reply:
        """Enter it anew."""
        self.fire("again")
        self.dialogue.update(counts=[])
        return self.ask()

    def ask(self) -> Reply:
        """The question of the current step; NotAllowed once the speaker's role is gone."""
        rules.require(self.ctx, *self._place())
        return getattr(self, f"_ask_{self.state}")()  # type: ignore[no-any-return]

    def title(self) -> str:
        """What it is called when it is offered again."""
        return t("votes.title-hands")

    # --- the questions -----------------------------------------------------------------------------------------------
    def _ask_line(self) -> Reply:
        title, room = self._title(), self._room()
        mixed = self._vote() is not None and not self._by_hand()
        text = t("votes.hands-ask-left" if mixed else "votes.hands-ask", title=title, most=room)
        present = 0 if mixed else self._present()
        every = [Choice("votes.everybody", t("votes.choice-all-hands", count=present), str(present))] if present else []
        return Reply(text, (*every, Choice("votes.tap", t("votes.choice-tap")), _cancel()))

    def _ask_in_favour(self) -> Reply:
        most = self._most()
        return self._ask_number("votes.hands-for", [most - less for less in range(OFFERED) if less <= most])

    def _ask_against(self) -> Reply:
        return self._ask_number("votes.hands-against", self._left())

    def _ask_other(self) -> Reply:
        return self._ask_number("votes.hands-other", self._left())

    def _ask_sure(self) -> Reply:
        text = t("votes.hands-sure", total=sum(self.dialogue.data["counts"]), present=self._present())
        yes = Choice("votes.hands-sure", t("votes.choice-hands-sure"))
        return Reply(text, (yes, Choice("votes.hands-retype", t("votes.choice-hands-retype")), _cancel()))

    def _ask_number(self, key: str, numbers: list[int]) -> Reply:
        choices = tuple(Choice("votes.count", t("votes.choice-count", count=each), str(each)) for each in numbers)
        return Reply(t(key, title=self._title()), (*choices, Choice("dialogue.back", t("dialogue.back")), _cancel()))

    # --- what it is about --------------------------------------------------------------------------------------------
    def _left(self) -> list[int]:
        left = self._most() - sum(self.dialogue.data["counts"][: self._entered()])
        return list(range(min(left, OFFERED - 1) + 1))

    def _entered(self) -> int:
        return {Hands.against.name: 1, Hands.other.name: 2}.get(self.dialogue.state, 0)

    def _vote(self) -> Vote | None:
        vote_id = self.dialogue.data["vote"]
        return votes.get(self.ctx.db, vote_id) if vote_id is not None else None

    def _by_hand(self) -> bool:
        vote = self._vote()
        return vote is None or vote.by_hand

    def _place(self) -> Any:
        vote, draft = self._vote(), self.dialogue.data["draft"] or {}
        if vote is not None:
            return rules.place(self.ctx.db, vote.organization_id, vote.meeting_id)
        return rules.place(self.ctx.db, draft["organization"], draft["meeting"])

    def _title(self) -> str:
        vote = self._vote()
        return vote.title if vote is not None else str(self.dialogue.data["draft"]["title"])

    def _present(self) -> int:
        organization, meeting = self._place()
        if meeting is None:
            return 0
        return votes.present(self.ctx.db, meeting.id or 0, rules.electors(organization, meeting))

    def _room(self) -> int:
        """So many hands may be counted at most: the base, less those who have answered in the chat."""
        vote = self._vote()
        if vote is None:
            return votes.count_electors(self.ctx.db, rules.electors(*self._place()))
        return vote.base if vote.by_hand else vote.base - votes.ballots(vote).total

    def _most(self) -> int:
        """So many hands are expected at most: those in the room where a roll call says so."""
        return min(self._room(), self._present() or self._room()) if self._by_hand() else self._room()

    # --- the end -----------------------------------------------------------------------------------------------------
    def _check(self, found: Counts) -> Reply:
        """More than the base is refused; more than the roll call has is asked back."""
        if found.total > self._room():
            return self._too_many(found.total)
        present = self._present()
        if self._by_hand() and present and found.total > present:
            self.dialogue.update(counts=[found.in_favour, found.against, found.other])
            self.fire("doubt")
            return self.ask()
        return self._record(found)

    def _too_many(self, total: int) -> Reply:
        """What was entered so far stays; the step's question is put again."""
        return Reply(t("votes.hands-many", total=total, most=self._room()), self.ask().choices)

    def _record(self, found: Counts) -> Reply:
        ctx, data = self.ctx, self.dialogue.data
        rules.require(ctx, *self._place())
        if data["vote"] is None:
            self.dialogue.finish()
            return record(ctx, data["draft"], found)
        vote = votes.locked(ctx.db, data["vote"])
        room = self._room()
        if vote.state != VoteState.CLOSED or vote.published_at is not None or found.total > room:
            raise Conflict
        votes.add_hands(ctx.db, vote, found)
        ctx.audit("vote.hands", ballot.about(vote.id), **asdict(found))
        self.dialogue.finish()
        return desk.outcome(ctx.settings, vote)


def record(ctx: Context, draft: Draft, found: Counts) -> Reply:
    """Write down a vote that was counted in the room; its base is the one of this moment."""
    organization, meeting = rules.place(ctx.db, draft["organization"], draft["meeting"])
    vote = opening.new(ctx, draft, by_hand=True, state=VoteState.CLOSED, closed_at=ctx.now)
    vote.base = votes.count_electors(ctx.db, rules.electors(organization, meeting))
    if found.total > vote.base:
        raise Conflict
    vote.needed = rules.needed(ctx.settings, vote.base, two_thirds=vote.two_thirds)
    votes.record(ctx.db, vote)
    votes.add_hands(ctx.db, vote, found)
    ctx.audit("vote.by-hand", ballot.about(vote.id), base=vote.base, needed=vote.needed, **asdict(found))
    return desk.outcome(ctx.settings, vote)


def _cancel() -> Choice:
    return Choice("dialogue.cancel", t("dialogue.cancel"))
