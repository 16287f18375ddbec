"""A draft read and changed in the chat, section by section."""

from __future__ import annotations

from typing import ClassVar

from bot.context import Context
from bot.courtesy import is_bare
from bot.errors import BadInput, Conflict
from bot.flows.minutes import desk, wording
from bot.flows.minutes import record as records
from bot.flows.minutes.names import Section, clean
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import Choice, Reply
from bot.secrecy import must_be_open
from bot.texts import t
from storage.minutes import MeetingPaper, PaperKind

PAGE = 5
"""Sections offered at once, so that with "Xem tiếp" there are six choices. [ours]"""
LABEL = 48
SHOWN_TEXT = 1500
"""Characters of a section that the chat shows; the file has the rest. [ours]"""
SHORTEST, LONGEST = 2, 20_000
"""Characters of one section. [ours]"""
MORE = "+"
"""A text that begins with it is added at the end of the section."""


def listing(ctx: Context, argument: str, said: str = "") -> Reply:
    """ "Xem từng mục": the sections as choices, five at a time. `argument`: "<paper>" or "<paper>:<page>"."""
    paper, meeting = desk.paper_of(ctx, argument)
    sections, start = desk.sections_of(paper), int(argument.partition(":")[2] or 0) * PAGE
    start = start if start < len(sections) else 0
    choices = [
        Choice("minutes.section", _label(each), f"{paper.id}:{each['key']}") for each in sections[start : start + PAGE]
    ]
    if len(sections) > PAGE:
        following = start // PAGE + 1 if start + PAGE < len(sections) else 0
        choices.append(Choice("minutes.sections", t("minutes.choice-more"), f"{paper.id}:{following}"))
    choices.append(Choice("minutes.card", t("minutes.choice-card"), str(paper.id)))
    key = "minutes.ask-section" if desk.may_edit(ctx, paper, meeting) else "minutes.ask-section-read"
    text = t(key, first=start + 1, last=min(start + PAGE, len(sections)), all=len(sections))
    return Reply(f"{said}\n{text}" if said else text, tuple(choices), about=f"minutes:{paper.id}")


def _title(section: Section) -> str:
    title = " ".join(section["title"].split())
    return title if len(title) <= LABEL else title[: LABEL - 1].rstrip() + "…"


def _label(section: Section) -> str:
    shown = _title(section)
    return t("minutes.label-edited", title=shown) if section["edited"] else shown


class Edit(StatesGroup):
    """The one step."""

    text = State()


class EditFlow(Flow[Context]):
    """Shows one section and takes its new text. Data: paper, key."""

    name = "minutes-edit"
    states = Edit
    moves: ClassVar[list[Move]] = []

    def begin(self, argument: str) -> Reply:
        """Show a section; who may not change it just reads."""
        paper, meeting = desk.paper_of(self.ctx, argument)
        section = _section(paper, argument.partition(":")[2])
        if not desk.may_edit(self.ctx, paper, meeting):
            return Reply(_shown(section), (_to_list(paper),), about=f"minutes:{paper.id}")
        self.dialogue.start(self.name, Edit.text, paper=paper.id, key=section["key"])
        return self.ask()

    def ask(self) -> Reply:
        """The section and the question."""
        data = self.dialogue.data
        paper, _ = desk.paper_of(self.ctx, str(data["paper"]))
        section = _section(paper, data["key"])
        argument = f"{paper.id}:{section['key']}"
        choices = [Choice("minutes.keep", t("minutes.choice-keep"), argument)]
        if section["edited"]:
            choices.append(Choice("minutes.redraft", t("minutes.choice-redraft"), argument))
        choices.append(Choice("dialogue.cancel", t("dialogue.cancel")))
        return Reply(f"{t('minutes.ask-text')}\n{_shown(section)}", tuple(choices))

    def title(self) -> str:
        """What is offered again."""
        return t("minutes.title-edit")

    def keep(self) -> Reply:
        """ "Giữ nguyên": back to the list."""
        number = str(self.dialogue.data["paper"])
        self.dialogue.finish()
        return listing(self.ctx, number)

    def set_text(self, text: str) -> Reply:
        """A new text, or with a "+" before it something to add."""
        text = clean(text).strip()
        if is_bare(text.removeprefix(MORE)):  # people press "OK" on anything: that is no minutes
            self.dialogue.update()
            return self.ask()
        must_be_open(text)
        argument = f"{self.dialogue.data['paper']}:{self.dialogue.data['key']}"
        paper, meeting = desk.paper_of(self.ctx, argument, hold=True)
        if not desk.may_edit(self.ctx, paper, meeting):  # approved meanwhile: the question must not come again
            self.dialogue.finish()
            return Reply(t("minutes.closed"), ends=True)
        section = _section(paper, argument.partition(":")[2])
        new = f"{section['text']}\n{text[1:].strip()}" if text.startswith(MORE) else text
        if not SHORTEST <= len(new) <= LONGEST:
            raise BadInput("minutes.length", least=SHORTEST, most=LONGEST)
        self.dialogue.finish()
        write(self.ctx, paper, {**section, "text": new, "edited": True, "before": _state(section)})
        undo = Choice("minutes.undo", t("minutes.choice-undo"), f"{paper.id}:{section['key']}")
        reply = listing(self.ctx, str(paper.id), t("minutes.edited", title=_title(section)))
        return Reply(reply.text, (undo, *reply.choices), about=reply.about)


def held(ctx: Context, argument: str) -> tuple[MeetingPaper, Section]:
    """The locked paper and its section, to be changed. Conflict when it was approved meanwhile."""
    paper, meeting = desk.paper_of(ctx, argument, hold=True)
    if not desk.may_edit(ctx, paper, meeting):
        raise Conflict("minutes.closed")
    return paper, _section(paper, argument.partition(":")[2])


def redraft(ctx: Context, argument: str) -> Reply:
    """Back to what was recorded."""
    paper, section = held(ctx, argument)
    if ctx.dialogue.flow == EditFlow.name:
        ctx.dialogue.finish()
    fresh = {each["key"]: each for each in _drafted(ctx, paper)}.get(section["key"])
    if fresh is not None:
        write(ctx, paper, fresh)
    return listing(ctx, str(paper.id), t("minutes.redrafted", title=_title(section)))


def _drafted(ctx: Context, paper: MeetingPaper) -> list[Section]:
    record = records.of(ctx.db, paper.meeting_id, ctx.settings.zone)
    return wording.sections(record, PaperKind(paper.kind))


def undo(ctx: Context, argument: str) -> Reply:
    """The text before the last one, once."""
    paper, section = held(ctx, argument)
    before = section.get("before")
    if before:
        write(ctx, paper, {**section, **before, "before": None})
    return listing(ctx, str(paper.id), t("minutes.undone" if before else "minutes.nothing-to-undo"))


def write(ctx: Context, paper: MeetingPaper, section: Section) -> None:
    """Put a section in the place of the one with its key."""
    sections = [section if each["key"] == section["key"] else each for each in desk.sections_of(paper)]
    desk.change(ctx, paper, sections=sections)


def _state(section: Section) -> Section:
    return {"text": section["text"], "edited": section["edited"]}


def _section(paper: MeetingPaper, key: str) -> Section:
    found = next((each for each in desk.sections_of(paper) if each["key"] == key), None)
    if found is None:
        raise BadInput("minutes.no-section")
    return found


def _shown(section: Section) -> str:
    text = section["text"]
    if len(text) > SHOWN_TEXT:
        text = t("minutes.text-cut", text=text[:SHOWN_TEXT].rsplit(" ", 1)[0], left=len(text) - SHOWN_TEXT)
    return f"{_title(section).upper()}\n{text}"


def _to_list(paper: MeetingPaper) -> Choice:
    return Choice("minutes.sections", t("minutes.choice-back-to-list"), str(paper.id))
