"""Giving one task in words: "giao việc cho bác Lan: dọn nhà văn hóa, hạn thứ Sáu". What is missing is asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from bot.context import Context
from bot.courtesy import is_bare, named
from bot.dates import day
from bot.errors import BadInput
from bot.flows.tasks.dialogues import explain
from bot.flows.tasks.giving import Desk, Given, Wanted, give
from bot.flows.tasks.naming import find, flat
from bot.flows.tasks.speech import cut_due, day_in
from bot.flows.tasks.wording import GIVING, LONGEST, SHORTEST, about, choice, clip, receipt_choices, today
from bot.fsm import Flow, Move, State, StatesGroup
from bot.matching import words_only
from bot.messages import Choice, Reply
from bot.secrecy import must_be_open
from bot.texts import t
from bot.when import Problem
from storage import members, organizations, tasks
from storage.members import Member

SHOWN = 8
"""Names offered as choices; the others are found by typing a part of the name. [ours]"""
READ = 600
"""Members whose names are looked for in a text: a branch or a commune. [ours]"""
OFFERED = (3, 7, 14)
"""Days until the deadline that are offered. [ours]"""
TITLES = frozenset("dong chi dc bac co chu anh chi em ong ba".split())


class Give(StatesGroup):
    """The steps."""

    who = State()
    what = State()
    due = State()
    preview = State()


def desk_of(ctx: Context) -> Desk:
    """Where the speaker gives tasks from."""
    return Desk(ctx.db, ctx.now, ctx.settings.zone, ctx.my_id)


class GiveFlow(Flow[Context]):
    """Data: member (id), names (ids that a name may mean), title, due ("2026-12-04", "none", "" not asked yet)."""

    name = "give-task"
    states = Give
    moves: ClassVar[list[Move]] = [
        Move("go_who", [Give.what, Give.due, Give.preview], Give.who),
        Move("go_what", [Give.who, Give.due, Give.preview], Give.what),
        Move("go_due", [Give.who, Give.what, Give.preview], Give.due),
        Move("go_preview", [Give.who, Give.what, Give.due], Give.preview),
    ]

    def begin(self, text: str) -> Reply:
        """Begin with what was written in one line, perhaps nothing; NotAllowed for who leads nothing."""
        top = self.ctx.lead(GIVING)
        self.dialogue.start(self.name, Give.who, member=0, names=[], title="", due="")
        wrong: Problem | None = None
        said = self.ctx.incoming.text  # with its lines: a mark stands in one of its own
        must_be_open(said, said.partition(":")[2])
        line = text.strip(" :,")
        if line:
            found = find(line.partition(":")[0], tasks.people(self.ctx.db, top.path, READ))
            shown, _ = flat(line)
            if found is not None:
                self._names(found.members)
                rest = shown[found.end :].strip(" :,-–") if found.start == 0 else shown.partition(":")[2].strip()
            else:
                who, colon, rest = shown.partition(":")
                self._names(self._search(who) if colon else [])
                rest = rest.strip() if colon else shown
            wrong = self._title(rest)
        return self._on(wrong)

    def name_typed(self, text: str) -> Reply:
        """Members whose name holds what was typed."""
        self.ctx.lead(GIVING)
        found = self._search(text)
        if not found:
            self.dialogue.update()
            return Reply(t("tasks.nobody-named"), self.ask().choices)
        self._names(found)
        return self._on()

    def choose(self, member_id: int) -> Reply:
        """This member; NotAllowed outside of what the speaker leads."""
        self._may(member_id)
        self.dialogue.update(member=member_id, names=[])
        return self._on()

    def title_typed(self, text: str) -> Reply:
        """What is to be done, perhaps with its day."""
        if is_bare(text):
            self.dialogue.update()
            return self.ask()
        return self._on(self._title(text))

    def due_typed(self, text: str) -> Reply:
        """The day in words, at the preview too."""
        found = day_in(text, today(self.ctx))
        if isinstance(found, Problem):
            self.dialogue.update()
            return Reply(explain(found), self.ask().choices)
        return self.set_due(found.isoformat())

    def set_due(self, due: str) -> Reply:
        """A day, or "none"."""
        self.dialogue.update(due=due)
        return self._on()

    def edit(self, part: str) -> Reply:
        """Back to "who", "what" or "due"."""
        self.fire(f"go_{part}")
        return self.ask()

    def send(self) -> Reply:
        """Give it: one message to its doer."""
        data = self.dialogue.data
        if not (data["member"] and data["title"] and data["due"]):
            return self._on()
        member = self._may(int(data["member"]))
        due = None if data["due"] == "none" else date.fromisoformat(data["due"])
        given = give(desk_of(self.ctx), [Wanted(member.organization_id, data["title"], member.id, due)])
        self.dialogue.finish()
        self.ctx.audit("task.given", f"task:{given.tasks[0].id}")
        return given_receipt(self.ctx, given)

    def title(self) -> str:
        """What this is called when it is offered again."""
        return t("tasks.title-give")

    # --- the questions ---------------------------------------------------------------------------------------------
    def ask(self) -> Reply:
        """The question of the current step; NotAllowed once the speaker's role is gone."""
        self.ctx.lead(GIVING)
        return getattr(self, f"_ask_{self.state}")()  # type: ignore[no-any-return]

    def _ask_who(self) -> Reply:
        ids = self.dialogue.data["names"]
        found = [members.get(self.ctx.db, each) for each in ids]
        if found:
            return Reply(t("tasks.which-member"), (*(_person("give-to", each) for each in found), _cancel()))
        everybody = self._everybody()
        offered = everybody if len(everybody) <= SHOWN else []
        plan = choice("plan", "plan", "")
        return Reply(t("tasks.ask-who"), (*(_person("give-to", each) for each in offered), plan, _cancel()))

    def _ask_what(self) -> Reply:
        return Reply(t("tasks.ask-what", who=named(self._member())), _way_out())

    def _ask_due(self) -> Reply:
        offered = [today(self.ctx) + timedelta(days=days) for days in OFFERED]
        days = tuple(Choice("tasks.give-due", day(each), each.isoformat()) for each in offered)
        return Reply(t("tasks.ask-due"), (*days, choice("give-due", "no-day", "none"), *_way_out()))

    def _ask_preview(self) -> Reply:
        data = self.dialogue.data
        due = t("tasks.no-day") if data["due"] == "none" else day(date.fromisoformat(data["due"]))
        text = t("tasks.preview", who=named(self._member()), title=clip(data["title"], 300), due=due)
        edits = tuple(choice("give-edit", f"edit-{part}", part) for part in ("who", "what", "due"))
        return Reply(text, (choice("give-send", "give", ""), *edits, _cancel()))

    # --- inside ----------------------------------------------------------------------------------------------------
    def _on(self, wrong: Problem | None = None) -> Reply:
        """To the first step that misses something. `wrong`: the day that was written cannot be used."""
        data = self.dialogue.data
        missing = "who" if not data["member"] else "what" if not data["title"] else "due" if not data["due"] else ""
        if (missing or "preview") != self.state:
            self.fire(f"go_{missing or 'preview'}")
        self.dialogue.update()
        return Reply(explain(wrong), self.ask().choices) if wrong is not None and missing == "due" else self.ask()

    def _names(self, found: list[Member]) -> None:
        ids = [member.id or 0 for member in found]
        self.dialogue.update(member=ids[0] if len(ids) == 1 else 0, names=ids[:SHOWN] if len(ids) > 1 else [])

    def _title(self, text: str) -> Problem | None:
        """Take the words and their day; the day when it cannot be used."""
        if not text.strip():
            return None
        must_be_open(text)
        title, found = cut_due(text, today(self.ctx))
        if len(title) < SHORTEST:
            return None
        if len(title) > LONGEST:
            raise BadInput("tasks.title-long", most=LONGEST)
        due = found.isoformat() if isinstance(found, date) else self.dialogue.data["due"]
        self.dialogue.update(title=title[:1].upper() + title[1:], due=due)
        return found if isinstance(found, Problem) else None

    def _search(self, text: str) -> list[Member]:
        words = [word for word in words_only(text).split() if word not in TITLES] or words_only(text).split()
        return members.named(self.ctx.db, [top.path for top in self.ctx.led(GIVING)], words, SHOWN)

    def _everybody(self) -> list[Member]:
        return tasks.people(self.ctx.db, self.ctx.lead(GIVING).path, SHOWN + 1)

    def _member(self) -> Member:
        return members.get(self.ctx.db, int(self.dialogue.data["member"]))

    def _may(self, member_id: int) -> Member:
        member = members.get(self.ctx.db, member_id)
        self.ctx.require(organizations.get(self.ctx.db, member.organization_id), GIVING)
        return member


def given_receipt(ctx: Context, given: Given) -> Reply:
    """What was given, with a way back; who could not be written to has to be told in person."""
    ids = [step.id or 0 for step in given.steps]
    first = given.tasks[0]
    if len(given.tasks) == 1:
        who = named(members.get(ctx.db, first.member_id)) if first.member_id else t("tasks.nobody")
        lines = [t("tasks.gave", number=first.number, who=who, title=clip(first.title, 60))]
    else:
        numbers = f"{first.number}–{given.tasks[-1].number}"
        lines = [t("tasks.gave-several", count=len(given.tasks), numbers=numbers)]
    if given.unreachable:
        names = ", ".join(members.get(ctx.db, each).full_name for each in given.unreachable[:SHOWN])
        lines.append(t("tasks.tell-in-person", names=names))
    if open_ones := [str(task.number) for task in given.tasks if task.member_id is None]:
        lines.append(t("tasks.without-doer", numbers=", ".join(open_ones)))
    more = tuple(
        choice("hand", "hand-number", task.id, number=task.number) for task in given.tasks if task.member_id is None
    )
    return Reply("\n".join(lines), (*receipt_choices(ids), *more[:4]), about=about(first))


def _person(action: str, member: Member) -> Choice:
    return Choice(f"tasks.{action}", member.full_name, str(member.id))


def _cancel() -> Choice:
    return Choice("dialogue.cancel", t("dialogue.cancel"))


def _way_out() -> tuple[Choice, ...]:
    return (Choice("dialogue.back", t("dialogue.back")), _cancel())
