"""What is said of a paper: its title, its text made ready for the ear, where a part begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BadInput
from bot.flows.documents import extract
from bot.flows.documents.filetypes import recognise
from bot.speech import splitting
from bot.speech.aloud import aloud, title_aloud
from bot.speech.passages import passages
from bot.texts import t
from storage.documents import Document

LEAST = 20
"""Fewer letters are no text of a paper but a stamp or a page's head: a scan. [ours]"""
SAMPLE = 600
"""Characters on which a voice's pace is measured. [ours]"""


@dataclass(frozen=True, slots=True)
class Script:
    """One paper as it is spoken. `passages` are ready for the voice; `title` is said at the start of every part."""

    passages: tuple[str, ...]
    title: str

    @property
    def sample(self) -> str:
        """The beginning, cut at a word."""
        whole = "\n".join(self.passages)
        return whole if len(whole) <= SAMPLE else whole[:SAMPLE].rpartition(" ")[0]

    def parts(self, pace: float, *, minutes: int) -> list[str]:
        """What each part says, for a voice of this pace (seconds per 1,000 characters)."""
        kept, was_cut = splitting.cut(self.passages, pace=pace, minutes=minutes)
        if was_cut:
            kept.append(t("listening.spoken-cut"))
        pieces = splitting.parts(kept, pace=pace)
        return [self._framed(piece, number, len(pieces)) for number, piece in enumerate(pieces, 1)]

    def _framed(self, piece: str, number: int, total: int) -> str:
        if total == 1:
            return "\n".join([self.title, piece, t("listening.spoken-end")])
        begin = aloud(t("listening.spoken-part", part=number, total=total))
        end = t("listening.spoken-end") if number == total else aloud(t("listening.spoken-part-end", part=number))
        return "\n".join([f"{begin} {self.title}", piece, end])


def script(document: Document, paths: Sequence[Path]) -> Script:
    """The script of a paper whose files are kept at `paths`; without passages when it has no text (a scan, a sound)."""
    whole = "\n\n".join(filter(None, [document.body, *(_text(path) for path in paths)]))
    spoken = tuple(said for passage in passages(whole) if (said := aloud(passage)))
    if sum(char.isalpha() for passage in spoken for char in passage) < LEAST:
        spoken = ()
    return Script(spoken, title_aloud(document.number, document.summary))


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        return extract.full_text(content, recognise(content))
    except (BadInput, OSError):
        return ""
