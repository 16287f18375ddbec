"""What a publisher may add to a paper: a deadline, a last day, a question, whether it may be taken home."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.dates import day
from bot.errors import BadInput
from bot.flows.documents.proposals import existing_date, written_date
from bot.flows.documents.steps import Publish, Question, Step, one_line
from bot.messages import Choice, Reply
from bot.texts import t
from storage.documents import GUIDANCE

DEADLINES = (3, 7)
"""Days that are offered with a tap."""
ANSWERS = (2, 4)
"""How few and how many answers a check question has (issue 4)."""
STEPS = {"deadline": Publish.deadline, "expiry": Publish.expiry, "check": Publish.check}
_SHORT = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})(?![\d/.-])")
_BULLET = re.compile(r"^\s*(?:[a-dA-D1-4]\s*[.)/:-]|[-–•*])\s*")


def coming_day(words: str, today: date) -> date:
    """A day that is still to come: `30/11/2026`, or `30/11` (the next one). BadInput when there is none, when it does
    not exist, or when it has passed."""
    found = written_date(words)
    if found is None and (short := _SHORT.search(words)):
        found = existing_date(int(short[1]), int(short[2]), today.year)
        found = existing_date(int(short[1]), int(short[2]), today.year + 1) if found < today else found
    if found is None:
        raise BadInput("publishing.date-unclear")
    if found < today:
        raise BadInput("publishing.date-past", day=day(found, weekday=False))
    return found


def end_of(last: date, zone: ZoneInfo) -> datetime:
    """The last moment of a day."""
    return datetime.combine(last, time(23, 59, 59), zone)


def summed_up(data: dict[str, Any]) -> list[str]:
    """What was set, in a few words each; nothing for what is as usual."""
    found = []
    if data.get("read_by"):
        found.append(t("publishing.has-deadline", day=_shown(data["read_by"])))
    if data.get("expires_on"):
        found.append(t("publishing.has-expiry", day=_shown(data["expires_on"])))
    if data.get("kept_here"):
        found.append(t("publishing.has-no-download"))
    if data.get("section"):
        found.append(t("publishing.has-guidance"))
    if data.get("check"):
        found.append(t("publishing.has-check"))
    return found


def _shown(iso: str) -> str:
    return day(date.fromisoformat(iso), weekday=False)


class Options(Step):
    """The steps under "Tùy chọn". Data: read_by and expires_on as ISO dates, kept_here (no downloads), section,
    check {"question", "choices", "right"}."""

    # --- answers -----------------------------------------------------------------------------------------------
    def option(self, which: str) -> Reply:
        """One of them was tapped: the switches turn, the others ask."""
        data = self.dialogue.data
        if which == "download":
            self.dialogue.update(kept_here=not data.get("kept_here"))
        elif which == "guidance":
            self.dialogue.update(section="" if data.get("section") else GUIDANCE)
        else:
            return self.to(STEPS[which])
        return self.ask()

    def in_days(self, days: int) -> Reply:
        """Days from today; 0 for no deadline."""
        last = self._today() + timedelta(days=days)
        self.dialogue.update(read_by=last.isoformat() if days else "")
        return self.to(Publish.options)

    def write_deadline(self, words: str) -> Reply:
        """The day until which it shall be read."""
        self.dialogue.update(read_by=coming_day(words, self._today()).isoformat())
        return self.to(Publish.options)

    def write_expiry(self, words: str) -> Reply:
        """The last day on which it is valid."""
        self.dialogue.update(expires_on=coming_day(words, self._today()).isoformat())
        return self.to(Publish.options)

    def never_expires(self) -> Reply:
        """It is valid until it is withdrawn."""
        self.dialogue.update(expires_on="")
        return self.to(Publish.options)

    def write_check(self, words: str) -> Reply:
        """The question's own words."""
        self.dialogue.update(check_draft={"question": one_line(words, least=8, most=200)})
        return self.to(Publish.answers)

    def write_answers(self, words: str) -> Reply:
        """Its answers, a line each or with semicolons. BadInput when they are too few or too many, or the same."""
        parts = [_BULLET.sub("", part) for part in re.split(r"[\n;]+", words) if part.strip()]
        answers = [one_line(part, least=1, most=60) for part in parts]
        least, most = ANSWERS
        if not least <= len(answers) <= most or len({answer.casefold() for answer in answers}) < len(answers):
            raise BadInput("publishing.answers-wrong", least=least, most=most)
        self.dialogue.update(check_draft={**self.dialogue.data["check_draft"], "choices": answers})
        return self.to(Publish.right)

    def pick_right(self, place: int) -> Reply:
        """Which of them is right."""
        self.dialogue.update(check={**self.dialogue.data["check_draft"], "right": place})
        return self.to(Publish.options)

    def no_check(self) -> Reply:
        """No question after all."""
        self.dialogue.update(check=None)
        return self.to(Publish.options)

    def _today(self) -> date:
        return self.ctx.now.astimezone(self.ctx.settings.zone).date()

    # --- questions ---------------------------------------------------------------------------------------------
    def _ask_options(self, data: dict[str, Any]) -> Question:
        downloads = t("publishing.no" if data.get("kept_here") else "publishing.yes")
        guidance = t("publishing.yes" if data.get("section") else "publishing.no")
        labels = {
            "deadline": t(
                "publishing.option-deadline",
                day=_shown(data["read_by"]) if data.get("read_by") else t("publishing.unset"),
            ),
            "download": t("publishing.option-download", state=downloads),
            "guidance": t("publishing.option-guidance", state=guidance),
            "check": t("publishing.option-check", state=t("publishing.yes" if data.get("check") else "publishing.no")),
            "expiry": t(
                "publishing.option-expiry",
                day=_shown(data["expires_on"]) if data.get("expires_on") else t("publishing.unset"),
            ),
        }
        choices = [Choice("publishing.option", label, which) for which, label in labels.items()]
        return t("publishing.ask-options"), (*choices, Choice("publishing.review", t("publishing.review")))

    def _ask_deadline(self, data: dict[str, Any]) -> Question:
        taps = [Choice("publishing.days", t("publishing.in-days", days=days), str(days)) for days in DEADLINES]
        return t("publishing.ask-deadline"), (*taps, Choice("publishing.days", t("publishing.no-deadline"), "0"))

    def _ask_expiry(self, data: dict[str, Any]) -> Question:
        return t("publishing.ask-expiry"), (Choice("publishing.no-expiry", t("publishing.no-expiry")),)

    def _ask_check(self, data: dict[str, Any]) -> Question:
        return t("publishing.ask-check"), (Choice("publishing.no-check", t("publishing.no-check")),)

    def _ask_answers(self, data: dict[str, Any]) -> Question:
        return t("publishing.ask-answers", question=data["check_draft"]["question"]), ()

    def _ask_right(self, data: dict[str, Any]) -> Question:
        choices = data["check_draft"]["choices"]
        rows = [Choice("publishing.right", answer, str(place)) for place, answer in enumerate(choices)]
        return t("publishing.ask-right", question=data["check_draft"]["question"]), tuple(rows)
