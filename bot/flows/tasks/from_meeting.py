"""Tasks out of a meeting's conclusions: all of them in one press, or one by one after a look."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, ClassVar

from bot.context import Context
from bot.dates import day
from bot.errors import BadInput
from bot.flows.tasks.dialogues import explain
from bot.flows.tasks.giveflow import READ, SHOWN, desk_of, given_receipt
from bot.flows.tasks.giving import Wanted, give
from bot.flows.tasks.naming import find
from bot.flows.tasks.proposing import propose
from bot.flows.tasks.speech import cut_due, day_in
from bot.flows.tasks.wording import GIVING, LONGEST, choice, clip, today
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import Choice, Reply
from bot.texts import t
from bot.when import Problem
from bot.workdays import meeting_day
from storage import agendas, meetings, members, organizations, tasks
from storage.meetings import Meeting

PAGE = 4
"""Proposals that one card shows: with its head and its foot it is six lines (domain.md, "How people write")."""


class FromMeeting(StatesGroup):
    """The steps."""

    card = State()
    one = State()
    who = State()
    due = State()


class MeetingFlow(Flow[Context]):
    """Data: meeting (id), rows (list of Proposal as dicts), at (which one is being changed), first (page), names."""

    name = "tasks-from-meeting"
    states = FromMeeting
    moves: ClassVar[list[Move]] = [
        Move("to_one", [FromMeeting.card, FromMeeting.who, FromMeeting.due], FromMeeting.one),
        Move("to_card", [FromMeeting.one, FromMeeting.who, FromMeeting.due], FromMeeting.card),
        Move("to_who", FromMeeting.one, FromMeeting.who),
        Move("to_due", FromMeeting.one, FromMeeting.due),
    ]

    def begin(self, meeting_id: int) -> Reply:
        """Propose a task for each conclusion that has none yet."""
        meeting = self._meeting(meeting_id)
        given = tasks.of_meeting(self.ctx.db, meeting_id)
        done = {task.item_id for task in given}
        items = [each for each in agendas.items(self.ctx.db, meeting_id) if each.conclusion and each.id not in done]
        if not items:
            return self._nothing(given)
        rows = propose(items, self._people(meeting), today(self.ctx), default=self._by_next_meeting())
        self.dialogue.start(
            self.name, FromMeeting.card, meeting=meeting_id, rows=[asdict(row) for row in rows], at=0, first=0, names=[]
        )
        return self.ask()

    @staticmethod
    def _nothing(given: list[Any]) -> Reply:
        if not given:
            return Reply(t("tasks.no-conclusions"), ends=True)
        numbers = ", ".join(str(task.number) for task in given)
        return Reply(t("tasks.given-already", count=len(given), numbers=numbers), ends=True)

    def give_all(self) -> Reply:
        """All proposals as they stand: one tap."""
        data = self.dialogue.data
        meeting = self._meeting(int(data["meeting"]))
        done = {task.item_id for task in tasks.of_meeting(self.ctx.db, meeting.id or 0)}
        rows = [row for row in data["rows"] if row["item_id"] not in done]
        self.dialogue.finish()
        if not rows:
            return self._nothing(tasks.of_meeting(self.ctx.db, meeting.id or 0))
        wanted = [
            Wanted(
                meeting.organization_id, row["title"], row["member_id"] or None,
                date.fromisoformat(row["due"]) if row["due"] else None, meeting.id, row["item_id"],
            )
            for row in rows
        ]  # fmt: skip
        given = give(desk_of(self.ctx), wanted)
        self.ctx.audit("task.given", f"meeting:{meeting.id}", count=len(given.tasks))
        return given_receipt(self.ctx, given)

    def look(self, at: int) -> Reply:
        """One proposal, to change it."""
        self.fire("to_one")
        self.dialogue.update(at=at)
        return self.ask()

    def page(self, first: int) -> Reply:
        """Other proposals."""
        if self.state != str(FromMeeting.card):
            self.fire("to_card")
        self.dialogue.update(first=first)
        return self.ask()

    def drop(self) -> Reply:
        """No task out of this one."""
        rows = self.dialogue.data["rows"]
        left = [row for at, row in enumerate(rows) if at != self.dialogue.data["at"]]
        self.fire("to_card")
        if not left:
            self.dialogue.finish()
            return Reply(t("tasks.none-left"), ends=True)
        self.dialogue.update(rows=left, at=0, first=0)
        return self.ask()

    def change(self, part: str) -> Reply:
        """Another doer ("who") or another day ("due")."""
        self.fire(f"to_{part}")
        self.dialogue.update(names=[])
        return self.ask()

    def who_typed(self, text: str) -> Reply:
        """A name."""
        meeting = self._meeting(int(self.dialogue.data["meeting"]))
        people = self._people(meeting)
        found = find(f"đồng chí {text}", people)
        if found is None:
            self.dialogue.update()
            return Reply(t("tasks.nobody-named"), self.ask().choices)
        if len(found.members) == 1:
            return self.set_who(found.members[0].id or 0)
        self.dialogue.update(names=[member.id for member in found.members][:SHOWN])
        return self.ask()

    def set_who(self, member_id: int) -> Reply:
        """This member does it."""
        member = members.get(self.ctx.db, member_id)
        self.ctx.require(organizations.get(self.ctx.db, member.organization_id), GIVING)
        return self._set(member_id=member_id)

    def due_typed(self, text: str) -> Reply:
        """A day."""
        found = day_in(text, today(self.ctx))
        if isinstance(found, Problem):
            self.dialogue.update()
            return Reply(explain(found), self.ask().choices)
        return self._set(due=found.isoformat())

    def set_due(self, due: str) -> Reply:
        """A day that was offered, "" for none."""
        return self._set(due=due)

    def title_typed(self, text: str) -> Reply:
        """Another wording, perhaps with its day."""
        title, due = cut_due(text, today(self.ctx))
        values = {"title": clip(title, LONGEST)}
        if isinstance(due, date):
            values["due"] = due.isoformat()
        return self._set(**values)

    def title(self) -> str:
        """What this is called when it is offered again."""
        return t("tasks.title-meeting")

    # --- the questions ---------------------------------------------------------------------------------------------
    def ask(self) -> Reply:
        """The question of the current step; NotAllowed once the speaker's role is gone."""
        self._meeting(int(self.dialogue.data["meeting"]))
        return getattr(self, f"_ask_{self.state}")()  # type: ignore[no-any-return]

    def _ask_card(self) -> Reply:
        data = self.dialogue.data
        rows, first = data["rows"], int(data["first"])
        shown = rows[first : first + PAGE]
        without = sum(not row["member_id"] for row in rows)
        lines = [t("tasks.proposals-open" if without else "tasks.proposals", count=len(rows), open=without)]
        lines += [f"{first + at}. {self._line(row)}" for at, row in enumerate(shown, start=1)]
        edits = tuple(
            choice("proposal", "proposal", first + at, number=first + at + 1) for at in range(len(shown))
        )  # fmt: skip
        more = (choice("proposals", "more", first + PAGE),) if first + PAGE < len(rows) else ()
        back = (choice("proposals", "first-ones", 0),) if first else ()
        return Reply("\n".join(lines), (choice("give-all", "give-all", ""), *edits, *more, *back, _cancel()))

    def _ask_one(self) -> Reply:
        row = self._row()
        choices = (
            choice("proposal-edit", "edit-who", "who"), choice("proposal-edit", "edit-due", "due"),
            choice("proposal-drop", "drop", ""), choice("proposals", "to-list", 0),
        )  # fmt: skip
        return Reply(t("tasks.proposal", line=self._line(row, 300)), choices)

    def _ask_who(self) -> Reply:
        names = self.dialogue.data["names"]
        found = [members.get(self.ctx.db, each) for each in names]
        choices = tuple(Choice("tasks.proposal-who", each.full_name, str(each.id)) for each in found)
        return Reply(t("tasks.which-member") if found else t("tasks.ask-who"), (*choices, _back(), _cancel()))

    def _ask_due(self) -> Reply:
        return Reply(t("tasks.ask-due"), (choice("proposal-due", "no-day", ""), _back(), _cancel()))

    # --- inside ----------------------------------------------------------------------------------------------------
    def _set(self, **values: Any) -> Reply:
        data = self.dialogue.data
        rows = [{**row, **values} if at == data["at"] else row for at, row in enumerate(data["rows"])]
        if self.state != str(FromMeeting.one):
            self.fire("to_one")
        self.dialogue.update(rows=rows, names=[])
        return self.ask()

    def _by_next_meeting(self) -> date:
        """The day before the branch meets again, when it asks what was done (domain.md, steps of a meeting)."""
        settings, month = self.ctx.settings, (today(self.ctx).replace(day=1) + timedelta(days=32)).replace(day=1)
        return meeting_day(month, settings.meeting_day, settings.days_off) - timedelta(days=1)

    def _row(self) -> dict[str, Any]:
        row: dict[str, Any] = self.dialogue.data["rows"][int(self.dialogue.data["at"])]
        return row

    def _line(self, row: dict[str, Any], limit: int = 60) -> str:
        who = members.get(self.ctx.db, row["member_id"]).full_name if row["member_id"] else t("tasks.nobody")
        due = day(date.fromisoformat(row["due"]), weekday=False) if row["due"] else t("tasks.no-day")
        return t("tasks.proposal-line", title=clip(row["title"], limit), who=who, due=due)

    def _meeting(self, meeting_id: int) -> Meeting:
        _ = self.ctx.me
        try:
            meeting = meetings.get(self.ctx.db, meeting_id)
        except LookupError:
            raise BadInput("tasks.no-meeting") from None
        if self.ctx.my_id not in {meeting.chair_id, meeting.clerk_id}:
            self.ctx.require(organizations.get(self.ctx.db, meeting.organization_id), GIVING)
        return meeting

    def _people(self, meeting: Meeting) -> list[members.Member]:
        top = organizations.get(self.ctx.db, meeting.organization_id)
        return tasks.people(self.ctx.db, top.path, READ)


def _cancel() -> Choice:
    return Choice("dialogue.cancel", t("dialogue.cancel"))


def _back() -> Choice:
    return Choice("dialogue.back", t("dialogue.back"))
