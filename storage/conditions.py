"""Conditions on a paper's terms, in three languages that say the same: SQLite's FTS5, PostgreSQL's tsquery, Python.

Terms are letters, digits and "_" only (storage/terms.py), so nothing needs escaping and nothing that people type can
be an operator.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol


class Condition(Protocol):
    """Something that a paper's terms fulfil or not."""

    def fts5(self) -> str:
        """In the language of SQLite's MATCH."""

    def tsquery(self) -> str:
        """In the language of PostgreSQL's tsquery."""

    def holds(self, own: Collection[str]) -> bool:
        """Whether a paper with these terms fulfils it."""


@dataclass(frozen=True, slots=True)
class Term:
    """The paper has this term, or with `prefix` one that begins so."""

    text: str
    prefix: bool = False

    def fts5(self) -> str:
        """`"tbao" *`."""
        return f'"{self.text}" *' if self.prefix else f'"{self.text}"'

    def tsquery(self) -> str:
        """`'tbao':*`."""
        return f"'{self.text}':*" if self.prefix else f"'{self.text}'"

    def holds(self, own: Collection[str]) -> bool:
        """By looking it up."""
        return any(each.startswith(self.text) for each in own) if self.prefix else self.text in own


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds. At least one part."""

    parts: tuple[Condition, ...]

    def fts5(self) -> str:
        """Parts with AND."""
        return "(" + " AND ".join(part.fts5() for part in self.parts) + ")"

    def tsquery(self) -> str:
        """Parts with &."""
        return "(" + " & ".join(part.tsquery() for part in self.parts) + ")"

    def holds(self, own: Collection[str]) -> bool:
        """All of them."""
        return all(part.holds(own) for part in self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds. At least one part."""

    parts: tuple[Condition, ...]

    def fts5(self) -> str:
        """Parts with OR."""
        return "(" + " OR ".join(part.fts5() for part in self.parts) + ")"

    def tsquery(self) -> str:
        """Parts with |."""
        return "(" + " | ".join(part.tsquery() for part in self.parts) + ")"

    def holds(self, own: Collection[str]) -> bool:
        """Any of them."""
        return any(part.holds(own) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Without:
    """`wanted` holds and `unwanted` does not."""

    wanted: Condition
    unwanted: Condition

    def fts5(self) -> str:
        """With NOT."""
        return f"({self.wanted.fts5()} NOT {self.unwanted.fts5()})"

    def tsquery(self) -> str:
        """With & !."""
        return f"({self.wanted.tsquery()} & !{self.unwanted.tsquery()})"

    def holds(self, own: Collection[str]) -> bool:
        """The one and not the other."""
        return self.wanted.holds(own) and not self.unwanted.holds(own)


@dataclass(frozen=True, slots=True)
class Ranking:
    """What is looked for, the best first: tiers in groups. A paper stands in the first tier that it fulfils.

    The last tier of a group holds for every paper for which an earlier one of the group does; `wide` holds for all.
    """

    groups: tuple[tuple[Condition, ...], ...]
    wide: Condition

    @property
    def tiers(self) -> tuple[Condition, ...]:
        """All tiers in order."""
        return tuple(tier for group in self.groups for tier in group)


def widest(tiers: Sequence[Condition]) -> tuple[Condition, ...]:
    """Those that no other one contains: a condition with more parts is fulfilled by fewer papers."""
    parts = [set(tier.parts) if isinstance(tier, AllOf) else {tier} for tier in tiers]
    return tuple(tier for tier, own in zip(tiers, parts, strict=True) if not any(other < own for other in parts))
