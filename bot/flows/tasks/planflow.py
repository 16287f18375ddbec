"""Giving the tasks of a plan in Excel from the chat: the file is read and judged, shown, and given by one press.

The file itself is never kept: what the dialogue holds are the rows that were read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from bot import refusals, secrecy, sheet_text, upload_links, workbook
from bot.context import Context
from bot.errors import BadInput
from bot.flows.tasks import plan as plans
from bot.flows.tasks.giveflow import desk_of, given_receipt
from bot.flows.tasks.plan import Row
from bot.flows.tasks.planning import Outcome, take
from bot.flows.tasks.wording import GIVING, choice, clip, today
from bot.fsm import Flow, Move, State, StatesGroup
from bot.matching import words_only
from bot.messages import Choice, Platform, Reply
from bot.secrecy import Gate, Verdict
from bot.texts import t
from bot.workbook import Sheet
from storage import members, organizations, tasks
from storage.members import Status

ROWS = 200
"""Tasks of one plan that is given in the chat; the command line takes more. [ours]"""
PEOPLE = 5_000
"""Members whose names are looked for: a commune and more. [ours]"""
SHOWN = 4
"""Rows or faults in one message: with head and foot it is six lines."""
CHARACTERS = 60_000
"""Of the text that the secrecy gate judges. [ours]"""


class Planning(StatesGroup):
    """The steps."""

    file = State()
    preview = State()


@dataclass(frozen=True, slots=True)
class Piece:
    """A workbook as it was read, and what the secrecy gate says."""

    name: str
    sheets: list[Sheet]
    verdict: Verdict


def read(content: bytes, name: str) -> Piece:
    """The tables of a file; touches no database. BadInput, each with its own text, when it cannot be taken."""
    if not content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise BadInput("taskplan.not-xlsx")
    sheets = workbook.tables(content, workbook.Limits())
    text = "\n".join(sheet_text.lines(content, CHARACTERS))
    return Piece(name, sheets, secrecy.judge(text, name=name))


def is_plan(content: bytes) -> bool:
    """Whether a file is a workbook with the heads of a plan."""
    try:
        return plans.has_heads(workbook.tables(content, workbook.Limits()))
    except BadInput:
        return False


class PlanFlow(Flow[Context]):
    """Data: rows ([sheet, row, title, member id, day or ""]), faults ([sheet, row, column, reason]), held."""

    name = "plan-tasks"
    states = Planning
    moves: ClassVar[list[Move]] = [
        Move("go_preview", Planning.file, Planning.preview), Move("go_file", Planning.preview, Planning.file),
    ]  # fmt: skip

    def begin(self) -> Reply:
        """Ask for the file; NotAllowed for who leads nothing."""
        self.ctx.lead(GIVING)
        self.dialogue.start(self.name, Planning.file, rows=[], faults=[], held="")
        return self.ask()

    def take(self, piece: Piece) -> Reply:
        """Judge every row and show what would come of it. A secret file ends the dialogue, and nothing of it stays."""
        top = self.ctx.lead(GIVING)
        if piece.verdict.gate is Gate.REFUSED:
            self.dialogue.finish()
            return refusals.refuse(self.ctx, {})
        branches = organizations.branches_below(self.ctx.db, top.path)
        names = {words_only(name): each.id or 0 for each in branches for name in (each.name, each.code)}
        people = tasks.people(self.ctx.db, top.path, PEOPLE)
        found = plans.read(piece.sheets, people, names, today(self.ctx))
        if not found.found:
            raise BadInput("taskplan.no-headers")
        if not found.rows and not found.troubles:
            raise BadInput("taskplan.empty")
        if len(found.rows) > ROWS:
            raise BadInput("taskplan.too-long", most=ROWS)
        self.dialogue.update(
            rows=[
                [row.sheet, row.row, row.title, row.member.id, row.due_on.isoformat() if row.due_on else ""]
                for row in found.rows
            ],
            faults=[[each.sheet, each.row, each.column, each.reason] for each in found.troubles],
            held=piece.verdict.reason if piece.verdict.gate is Gate.HELD else "",
        )  # fmt: skip
        if self.state != str(Planning.preview):
            self.fire("go_preview")
        return self.ask()

    def again(self) -> Reply:
        """Another file."""
        self.fire("go_file")
        return self.ask()

    def send(self) -> Reply:
        """Give what is new, move what has another day."""
        rows, gone = self._rows()
        outcome = take(desk_of(self.ctx), rows, dry_run=False)
        data = self.dialogue.data
        faults = len(data["faults"]) + gone
        self.dialogue.finish()
        count = len(outcome.new)
        self.ctx.audit("task.imported", f"organization:{self.ctx.lead(GIVING).id}", count=count, held=data["held"])
        if outcome.given is None or not outcome.given.tasks:
            reply = Reply(t("taskplan.nothing-new", moved=len(outcome.moved), same=outcome.same), ends=True)
        else:
            reply = given_receipt(self.ctx, outcome.given)
        if not faults:
            return reply
        return Reply(f"{reply.text}\n{t('taskplan.left', count=faults)}", reply.choices, about=reply.about)

    def title(self) -> str:
        """What this is called when it is offered again."""
        return t("taskplan.title")

    # --- the questions ---------------------------------------------------------------------------------------------
    def ask(self) -> Reply:
        """The question of the current step; NotAllowed once the speaker's role is gone."""
        self.ctx.lead(GIVING)
        return self._ask_file() if self.state == str(Planning.file) else self._ask_preview()

    def _ask_file(self) -> Reply:
        choices = (choice("plan-template", "plan-template", ""), _cancel())
        if self.ctx.incoming.platform is not Platform.ZALO:
            return Reply(t("taskplan.ask-file"), choices)
        link = upload_links.link_for(self.ctx)
        if not link:
            return Reply(t("taskplan.zalo-no-files"), choices)
        return Reply(t("taskplan.ask-file-link", link=link, minutes=upload_links.UPLOAD_MINUTES), choices)

    def _ask_preview(self) -> Reply:
        rows, _ = self._rows()
        faults = self.dialogue.data["faults"]
        outcome = take(desk_of(self.ctx), rows, dry_run=True)
        doers = len({row.member.id for row in outcome.new})
        lines = [t("taskplan.preview", count=len(outcome.new), doers=doers) if outcome.new else t("taskplan.none-new")]
        if outcome.moved or outcome.same:
            lines.append(t("taskplan.known", moved=len(outcome.moved), same=outcome.same))
        if faults:
            lines.append(t("taskplan.faults", count=len(faults)))
            lines += [_fault(each) for each in faults[:2]]
        if self.dialogue.data["held"]:
            lines.append(t("taskplan.held"))
        return Reply("\n".join(lines), self._acts(outcome))

    def _acts(self, outcome: Outcome) -> tuple[Choice, ...]:
        faults = self.dialogue.data["faults"]
        act = len(outcome.new) + len(outcome.moved)
        return (
            *((choice("plan-send", "plan-send", "", count=act),) if act else ()),
            *((choice("plan-rows", "plan-rows", 0),) if self.dialogue.data["rows"] else ()),
            *((choice("plan-faults", "plan-faults", 0, count=len(faults)),) if len(faults) > 2 else ()),
            choice("plan-again", "plan-again", ""),
            _cancel(),
        )

    def show(self, what: str, first: int) -> Reply:
        """Some of the rows, or of the faults."""
        self.dialogue.update()
        data = self.dialogue.data
        every: Sequence[list[Any]] = data[what]
        shown = every[first : first + SHOWN]
        lines = [t(f"taskplan.{what}", first=first + 1, last=first + len(shown), count=len(every))]
        lines += [_fault(each) if what == "faults" else self._line(each) for each in shown]
        more = (choice(f"plan-{what}", "more", first + SHOWN),) if first + SHOWN < len(every) else ()
        return Reply("\n".join(lines), (*more, choice("plan-preview", "plan-preview", "")))

    def _line(self, row: list[Any]) -> str:
        due = date.fromisoformat(row[4]).strftime("%d/%m") if row[4] else t("tasks.no-day")
        who = members.get(self.ctx.db, row[3]).full_name
        return t("tasks.proposal-line", title=clip(row[2], 50), who=who, due=due)

    def _rows(self) -> tuple[list[Row], int]:
        """The rows that still hold, and how many no longer do: a day that has passed, a doer who has left."""
        top, now = self.ctx.lead(GIVING), today(self.ctx)
        rows: list[Row] = []
        every = self.dialogue.data["rows"]
        for sheet, number, title, member_id, day in every:
            member = members.get(self.ctx.db, member_id)
            path = organizations.get(self.ctx.db, member.organization_id).path
            due_on = date.fromisoformat(day) if day else None
            if member.status != Status.LEFT and path.startswith(top.path) and (due_on is None or due_on >= now):
                rows.append(Row(sheet, number, title, member, due_on))
        return rows, len(every) - len(rows)


def _fault(fault: list[Any]) -> str:
    sheet, row, column, reason = fault
    return t("taskcli.trouble", sheet=sheet, row=row, column=column, reason=reason)


def _cancel() -> Choice:
    return Choice("dialogue.cancel", t("dialogue.cancel"))
