"""The agenda's steps: lines typed or taken from last time; one item changed, moved, deleted, given its papers."""

from __future__ import annotations

from dataclasses import replace

from bot.courtesy import is_bare
from bot.flows.meetings import asking, lines, proposals, rules
from bot.flows.meetings.drafting import Drafting
from bot.matching import fold
from bot.messages import Choice, Reply
from bot.texts import t
from storage import documents
from storage.agendas import Line
from storage.documents import Document

RECENT = 6
"""Papers offered as choices. [ours]"""
LABEL = 48
"""Letters of an item in a choice. [ours]"""
STEPS = {"up": -1, "down": 1}


class AgendaSteps(Drafting):
    """States: agenda, item, papers. Data: items, chosen (place of the item in work), found (paper ids of a search)."""

    # --- the whole agenda ----------------------------------------------------------------------------------------
    def type_agenda(self, text: str) -> Reply:
        """Lines that were typed are added behind what is there."""
        found = [] if is_bare(text) else lines.parse(self.ctx.db, self.organization(), text)
        if not found or len(self.items) + len(found) > lines.ITEMS:
            return self.again(t("agendas.again", most=lines.ITEMS))
        return self._keep([*self.items, *found])

    def agenda_as_before(self) -> Reply:
        """Last time's items."""
        data = self.dialogue.data
        return self._keep(proposals.last_agenda(self.ctx.db, data["org"], data["kind"]))

    def clear_agenda(self) -> Reply:
        """Start anew."""
        return self._keep([])

    def _keep(self, items: list[Line]) -> Reply:
        self.dialogue.update(items=items)
        return self.ask()

    def _ask_agenda(self) -> Reply:
        items = self.items
        last = self._last_time()
        shown = tuple(
            Choice("agendas.item", f"{number}. {_short(self._shown(line))}", str(number - 1))
            for number, line in enumerate(items, start=1)
        )
        acts = [Choice("agendas.done", t("agendas.done"))] if items else []
        if last and last != [replace_papers(line) for line in items]:
            acts.append(Choice("agendas.before", t("agendas.as-before", count=len(last))))
        if items:
            acts.append(Choice("agendas.clear", t("agendas.clear")))
        key = "agendas.ask" if items else "agendas.ask-empty"
        text = t(key, count=len(items), total=rules.total_minutes(items), minutes=self.dialogue.data["minutes"])
        return Reply(text, (*acts, *shown, *asking.way_out()))

    def _last_time(self) -> list[Line]:
        data = self.dialogue.data
        return proposals.last_agenda(self.ctx.db, data["org"], data["kind"])

    def _shown(self, line: Line) -> str:
        return lines.shown(self.ctx.db, line)

    # --- one item ------------------------------------------------------------------------------------------------
    def choose_item(self, place: str) -> Reply:
        """Work on this item."""
        if int(place) >= len(self.items):
            return self.again(t("agendas.gone"))
        self.fire("go_item")
        self.dialogue.update(chosen=int(place))
        return self.ask()

    def type_item(self, text: str) -> Reply:
        """The item in new words; its papers stay."""
        found = [] if is_bare(text) else lines.parse(self.ctx.db, self.organization(), text)
        if len(found) != 1:
            return self.again(t("agendas.item-again"))
        items, chosen = self.items, self._chosen()
        items[chosen] = {**found[0], "papers": items[chosen].get("papers", [])}
        return self._back(items)

    def move_item(self, where: str) -> Reply:
        """One place up or down."""
        items, chosen = self.items, self._chosen()
        to = min(max(chosen + STEPS[where], 0), len(items) - 1)
        items.insert(to, items.pop(chosen))
        self.dialogue.update(items=items, chosen=to)
        return self.ask()

    def delete_item(self) -> Reply:
        """Take it out."""
        items = self.items
        items.pop(self._chosen())
        return self._back(items)

    def item_done(self) -> Reply:
        """Back to the agenda."""
        return self._back(self.items)

    def _back(self, items: list[Line]) -> Reply:
        self.fire("go_agenda")
        return self._keep(items)

    def _chosen(self) -> int:
        return min(int(self.dialogue.data["chosen"]), len(self.items) - 1)

    def _ask_item(self) -> Reply:
        items, chosen = self.items, self._chosen()
        acts = [Choice("agendas.papers", t("agendas.choice-papers"))]
        if chosen > 0:
            acts.append(Choice("agendas.move", t("agendas.choice-up"), "up"))
        if chosen < len(items) - 1:
            acts.append(Choice("agendas.move", t("agendas.choice-down"), "down"))
        acts.append(Choice("agendas.delete", t("agendas.choice-delete")))
        acts.append(Choice("agendas.item-done", t("agendas.choice-back")))
        text = t("agendas.ask-item", number=chosen + 1, item=self._shown(items[chosen]))
        return Reply(text, (*acts, Choice("dialogue.cancel", t("dialogue.cancel"))))

    # --- its papers ----------------------------------------------------------------------------------------------
    def ask_papers(self) -> Reply:
        """Which papers belong to the item."""
        self.fire("go_papers")
        self.dialogue.update(found=[])
        return self.ask()

    def toggle_paper(self, document_id: str) -> Reply:
        """Put a paper to the item, or take it away again."""
        wanted = int(document_id)
        if wanted not in {paper.id for paper in self._shelf()}:
            return self.again(t("agendas.paper-gone"))
        items, chosen = self.items, self._chosen()
        papers = list(items[chosen].get("papers", []))
        items[chosen]["papers"] = [each for each in papers if each != wanted] if wanted in papers else [*papers, wanted]
        return self._keep(items)

    def type_papers(self, text: str) -> Reply:
        """Papers by their numbers or by words of their title, one a line or divided by semicolons."""
        shelf, missing, several = self._shelf(), [], []
        items, chosen = self.items, self._chosen()
        papers = list(items[chosen].get("papers", []))
        for wanted in (part.strip() for line in text.splitlines() for part in line.split(";")):
            fitting = _fitting(shelf, wanted)
            if len(fitting) == 1:
                papers += [each.id or 0 for each in fitting if each.id not in papers]
            elif wanted:
                missing.append(wanted[:60])
                several += [each.id or 0 for each in fitting]
        items[chosen]["papers"] = papers
        self.dialogue.update(items=items, found=several[:RECENT])
        if not missing:
            return self.ask()
        return replace(self.ask(), text=t("agendas.paper-which" if several else "agendas.paper-none", what=missing[0]))

    def papers_done(self) -> Reply:
        """Back to the item."""
        self.fire("go_item")
        return self.ask()

    def _ask_papers(self) -> Reply:
        line = self.items[self._chosen()]
        mine, shelf = line.get("papers", []), self._shelf()
        first = self.dialogue.data.get("found") or []
        offered = [paper for paper in shelf if paper.id in {*mine, *first}]
        offered += [paper for paper in shelf if paper not in offered][: max(0, RECENT - len(offered))]
        marks = {True: "agendas.paper-on", False: "agendas.paper-off"}
        choices = tuple(
            Choice("agendas.paper", t(marks[paper.id in mine], paper=_short(_title(paper))), str(paper.id))
            for paper in offered
        )
        done = Choice("agendas.papers-done", t("agendas.done"))
        text = t("agendas.ask-papers", item=line["title"], count=len(mine))
        return Reply(text, (done, *choices, Choice("dialogue.cancel", t("dialogue.cancel"))))

    def _shelf(self) -> list[Document]:
        return documents.shelf(self.ctx.db, self.organization().path)


def replace_papers(line: Line) -> Line:
    """The item without its papers, to be compared with last time's."""
    return {**line, "papers": []}


def _title(paper: Document) -> str:
    return f"{paper.number} {paper.summary}".strip()


def _short(text: str) -> str:
    return text if len(text) <= LABEL else f"{text[: LABEL - 1].rstrip()}…"


def _fitting(shelf: list[Document], wanted: str) -> list[Document]:
    """The papers whose number this is, whole or its beginning; else those whose title holds every word of it."""
    key = _squeezed(wanted)
    if not key:
        return []
    whole = [paper for paper in shelf if paper.number and _squeezed(paper.number) == key]
    begun = [paper for paper in shelf if paper.number and _squeezed(paper.number).startswith(key)]
    words = fold(wanted).split()
    worded = [paper for paper in shelf if all(word in fold(paper.summary).split() for word in words)]
    return whole or begun or worded


def _squeezed(number: str) -> str:
    return "".join(char for char in fold(number) if char.isalnum()).lstrip("0")
