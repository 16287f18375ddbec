"""How things are spoken, read once from `locales/vi/spoken.toml`, which a secretary could correct."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parents[2] / "locales" / "vi" / "spoken.toml"


@dataclass(frozen=True, slots=True)
class Numerals:
    """The words that numbers are made of."""

    digits: tuple[str, ...]
    ten: str
    tens: str
    hundred: str
    odd: str
    one_after_tens: str
    four_after_tens: str
    five_after_tens: str
    scales: tuple[str, ...]
    point: str
    dot: str
    over: str
    parts: str
    until: str
    minus: str


@dataclass(frozen=True, slots=True)
class Dates:
    """The words around days, months, hours. `before`: after one of these "3/2" is a day of the year."""

    day: str
    early: str
    month: str
    year: str
    hour: str
    fourth: str
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """Everything that the table says. Keys of `short`, `kinds`, `organs`, `units` and `letters` are as written."""

    numbers: Numerals
    dates: Dates
    kinds: Mapping[str, str]
    organs: Mapping[str, str]
    short: Mapping[str, str]
    units: Mapping[str, str]
    signs: Mapping[str, str]
    letters: Mapping[str, str]
    law_session: str
    law_year: str
    dotted: frozenset[str]
    """Forms whose own full stop ends no sentence (\"TP. Lào Cai\")."""
    roman_after: tuple[str, ...]
    skipped: frozenset[str]
    recipients: tuple[str, ...]
    signers: tuple[str, ...]
    link: str


@cache
def spoken() -> Spoken:
    """The table."""
    data = tomllib.loads(_FILE.read_text("utf-8"))
    return Spoken(
        numbers=Numerals(**{name: _frozen(value) for name, value in data["numbers"].items()}),
        dates=Dates(**{name: _frozen(value) for name, value in data["dates"].items()}),
        kinds=data["kinds"],
        organs=data["organs"],
        short=data["short"],
        units=data["units"],
        signs=data["signs"],
        letters=data["letters"],
        law_session=data["laws"]["session"],
        law_year=data["laws"]["year"],
        dotted=frozenset(data["dotted"]["forms"]),
        roman_after=tuple(data["roman"]["after"]),
        skipped=frozenset(data["skip"]["lines"]),
        recipients=tuple(data["skip"]["recipients"]),
        signers=tuple(data["skip"]["signers"]),
        link=data["phrases"]["link"],
    )


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
