"""Numbers and short commands: "1", "số 1", "1 - Tôi dự được", "TRỢ GIÚP!"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.matching.letters import words_only
from bot.matching.readings import SOFT
from bot.matching.tokens import Unit, units

_LEADING = frozenset("so chon toi em chau bac phuong an pa y cau muc dap tra loi bam nhan lua".split())
_SPOKEN = {"mot": 1, "hai": 2, "ba": 3, "bon": 4}
_CALLS_NUMBER = re.compile(r"(?:so|chon|phuong an|chon so|bam|bam so|phim|nhan|nhan so)$")


def matches_words(text: str, words: Iterable[str] | str) -> bool:
    """Whether the whole text is one of these short commands, whatever its case, marks and punctuation."""
    wanted = [words] if isinstance(words, str) else words
    said = words_only(text)
    return bool(said) and any(said == words_only(each) for each in wanted)


def number_in(line: Sequence[Unit]) -> tuple[int | None, list[Unit]]:
    """The choice number of a line of units, and the line without it.

    A number chooses when it stands first or is called a choice ("số 1", "tôi chọn 2"), never inside a sentence.
    Row numbers of lists ("8. Trần Thị B - dự") are taken away and choose nothing.
    """
    for at, unit in enumerate(line):
        if unit.concept == "number" or (unit.key in _SPOKEN and _called(line, at)):
            if not _chooses(line, at):
                break
            rest = list(line[at + 1 :])
            while rest and rest[0].concept == "stop":
                rest = rest[1:]
            if rest and rest[0].concept == "fullname":
                return None, rest
            return _SPOKEN.get(unit.key) or _small(unit.key), rest
        if unit.concept not in SOFT and unit.concept != "stop" and not set(unit.key.split()) <= _LEADING:
            break
    return None, list(line)


def choose(text: str, labels: Sequence[str]) -> int | None:
    """Which of `labels` the text picks (0-based): by its number from 1, or by words that fit one label only.

    None when it picks nothing: bare "ok" and "vâng", a number out of range, a number against the words.
    """
    _, line = units(text)
    number, rest = number_in(line)
    words = _by_words(text, labels)
    if number is None:
        return words
    picked = number - 1
    if not 0 <= picked < len(labels):
        return None
    said = " ".join(unit.key for unit in rest if unit.concept not in SOFT | {"stop"})
    if not said:
        return picked
    return picked if _same(said, labels[picked]) or _by_words(said, labels) == picked else None


def _by_words(text: str, labels: Sequence[str]) -> int | None:
    said = words_only(text)
    found = [index for index, label in enumerate(labels) if _same(said, label)]
    return found[0] if len(found) == 1 else None


def _same(said: str, label: str) -> bool:
    wanted = words_only(label).split()
    words = [
        word for word in words_only(said).split() if word not in {"a", "nhe", "nha", "da", "thua"} or word in wanted
    ]
    without_self = wanted[1:] if wanted[:1] == ["toi"] else wanted
    return bool(words) and words in (wanted, without_self)


def _called(line: Sequence[Unit], at: int) -> bool:
    return at > 0 and bool(_CALLS_NUMBER.search(line[at - 1].key))


def _chooses(line: Sequence[Unit], at: int) -> bool:
    before, after = line[:at], line[at + 1 :]
    counted = bool(after) and after[0].key.startswith("vo chong")  # "2 vợ chồng tôi"
    dated = bool(before) and before[-1].key in {"ngay", "mong", "mung", "thang"}  # "ngày 3 tôi có mặt"
    if counted or dated:
        return False
    if any(unit.concept in {"number", "hour", "minutes", "date"} for unit in after[:2]) and not _comma(after):
        return False
    return not before or _called(line, at) or all(unit.concept in SOFT | {"stop"} or _spoken(unit) for unit in before)


def _comma(after: Sequence[Unit]) -> bool:
    return bool(after) and after[0].concept == "stop" and len(after) > 1 and after[1].concept != "number"


def _spoken(unit: Unit) -> bool:
    return set(unit.key.split()) <= _LEADING


def _small(key: str) -> int | None:
    return int(key) if len(key) < 3 else None
