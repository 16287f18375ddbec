"""What stands on the paper: type, number, date, issuer, summary. Proposed from its text, corrected by tapping."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.dates import day
from bot.errors import BadInput
from bot.flows.documents.numbers import KINDS, find_number, kind_of
from bot.flows.documents.proposals import tidy, written_date
from bot.flows.documents.steps import Publish, Question, Step, one_line
from bot.messages import Choice, Reply
from bot.secrecy import Gate, judge
from bot.texts import t

NUMBER_LIMIT = 60
KINDS_SHOWN = 7
"""Types on one page of the list: with "more", "back" and "cancel" a phone shows them without scrolling. [ours]"""
PARTS = {
    "number": Publish.number, "date": Publish.date, "summary": Publish.summary, "kind": Publish.kind,
    "issuer": Publish.issuer,
}  # fmt: skip


def kind_name(kind: str) -> str:
    """ "Nghị quyết" for "NQ"; "" for none."""
    return t(f"publishing.kind-{_folded(kind)}") if kind else ""


def kind_in(data: dict[str, Any]) -> str:
    """The type of a draft: chosen, or told by number or summary."""
    if "kind" in data:
        return str(data["kind"])
    return kind_of(data.get("number", "")) or kind_of(data.get("summary", "")) or data.get("title", "")


def _folded(kind: str) -> str:
    return next(key for key, written in KINDS.items() if written == kind)


class Details(Step):
    """The steps that correct what was read off the paper."""

    def take_proposals(self) -> None:
        """What the paper tells is taken as it is: the preview shows it, and each part can be corrected there."""
        data = self.dialogue.data
        for key in ("number", "summary", "issued_on", "issuer"):
            if key not in data and (found := self.proposed(key)):
                self.dialogue.update(**{key: tidy(found) if key == "summary" else found})
        if not data.get("title") and self.proposed("title"):
            self.dialogue.update(title=self.proposed("title"))

    def edit(self, part: str) -> Reply:
        """One part is to be corrected."""
        return self.to(PARTS[part])

    # --- answers -----------------------------------------------------------------------------------------------
    def skip_number(self) -> Reply:
        """A paper without a number."""
        self.dialogue.update(number="", **self._undecided())
        return self.advance()

    def write_number(self, words: str) -> Reply:
        """A number as typed, with a date where there is one. BadInput for a date that does not exist."""
        issued_on = written_date(words)
        number = find_number(words) or " ".join(words.split())
        if len(number) > NUMBER_LIMIT or not any(char.isdigit() for char in number):
            raise BadInput("documents.number-wrong")
        found = {"issued_on": issued_on.isoformat()} if issued_on else {}
        self.dialogue.update(number=number, **found, **self._undecided())
        return self.advance()

    def _undecided(self) -> dict[str, None]:
        """Another number is perhaps another paper: whether it replaces one is asked anew."""
        return {} if self.dialogue.data.get("insisted") else {"replaces": None}

    def write_date(self, words: str) -> Reply:
        """A date as typed. BadInput with the reason when it does not exist."""
        issued_on = written_date(words)
        if issued_on is None:
            raise BadInput("publishing.date-unclear")
        self.dialogue.update(issued_on=issued_on.isoformat())
        return self.advance()

    def skip_date(self) -> Reply:
        """A paper without a date."""
        self.dialogue.update(issued_on="")
        return self.advance()

    def write_summary(self, words: str) -> Reply:
        """A summary as typed. BadInput when it is too short or bears a mark of secrecy."""
        summary = tidy(words)
        if len(summary) < 5:
            raise BadInput("documents.summary-short")
        if judge(words).gate is Gate.REFUSED:
            raise BadInput("documents.secret-refused")
        self.dialogue.update(summary=summary)
        return self.advance()

    def write_issuer(self, words: str) -> Reply:
        """Who issued it, as typed."""
        self.dialogue.update(issuer=one_line(words, least=2, most=80))
        return self.advance()

    def pick_kind(self, kind: str) -> Reply:
        """The type was chosen; "" for none."""
        self.dialogue.update(kind=kind, kinds_from=0)
        return self.advance()

    def write_kind(self, words: str) -> Reply:
        """The type in words ("tờ trình"). BadInput when it is none that is known."""
        kind = kind_of(words)
        if not kind:
            raise BadInput("publishing.kind-unknown")
        return self.pick_kind(kind)

    def more_kinds(self, offset: int) -> Reply:
        """The next types of the list."""
        self.dialogue.update(kinds_from=offset)
        return self.ask()

    # --- questions ---------------------------------------------------------------------------------------------
    def _ask_edit(self, data: dict[str, Any]) -> Question:
        choices = [Choice("publishing.edit", t(f"publishing.edit-{part}"), part) for part in PARTS]
        return t("publishing.ask-edit"), (*choices, Choice("publishing.review", t("publishing.review")))

    def _ask_number(self, data: dict[str, Any]) -> Question:
        return t("documents.ask-number"), (Choice("documents.number-skip", t("documents.number-skip")),)

    def _ask_summary(self, data: dict[str, Any]) -> Question:
        known = data.get("summary", "")
        if not known:
            return t("documents.ask-summary"), ()
        keep = Choice("publishing.review", t("publishing.keep"))
        return t("publishing.ask-summary-again", summary=known), (keep,)

    def _ask_date(self, data: dict[str, Any]) -> Question:
        skip = Choice("publishing.date-skip", t("publishing.date-skip"))
        if data.get("bad_date") and not data.get("issued_on"):
            return t("publishing.ask-date-bad", written=data["bad_date"]), (skip,)
        if not data.get("issued_on"):
            return t("publishing.ask-date"), (skip,)
        shown = day(date.fromisoformat(data["issued_on"]), weekday=False)
        return t("publishing.ask-date-again", day=shown), (Choice("publishing.review", t("publishing.keep")), skip)

    def _ask_issuer(self, data: dict[str, Any]) -> Question:
        known = data.get("issuer", "")
        if not known:
            return t("publishing.ask-issuer"), ()
        return t("publishing.ask-issuer-again", issuer=known), (Choice("publishing.review", t("publishing.keep")),)

    def _ask_kind(self, data: dict[str, Any]) -> Question:
        kinds, offset = list(KINDS.values()), int(data.get("kinds_from", 0))
        page = kinds[offset : offset + KINDS_SHOWN]
        choices = [Choice("publishing.kind", kind_name(kind), kind) for kind in page]
        following = offset + KINDS_SHOWN
        if following < len(kinds):
            choices.append(Choice("publishing.kinds", t("publishing.more"), str(following)))
        else:
            choices.append(Choice("publishing.kind", t("publishing.kind-none"), ""))
        return t("publishing.ask-kind", kind=kind_name(kind_in(data)) or t("publishing.kind-none")), tuple(choices)
