"""Which branch a row means: by code or by name, with or without diacritics, told apart by the commune.

Names repeat ("Chi bộ thôn 1" is in most communes), so a name counts only within its commune, or below `under`, or
when there is just one. With `create`, branches that are not there yet are made.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from bot.errors import BadInput
from bot.flows.members.roster_check import Place
from bot.matching.letters import fold, words_only
from bot.texts import t
from storage.organizations import Organization, OrganizationKind
from storage.roster import NewOrganization

FEWEST = 3
"""Official members of a branch (Điều lệ Đảng, Điều 21). A name on fewer rows that resembles another is a slip."""
MOST_HINTS = 100
"""A list with more wrong names than this is the wrong list, and looking for resemblances takes long."""
_HOLDS_MEMBERS = frozenset({OrganizationKind.BRANCH, OrganizationKind.CELL})
_ORGAN = re.compile(r"^(chi bo|cb|dang bo|dang uy|ban chap hanh dang bo|bch dang bo)\b ?(truc thuoc )?")
_LEVEL = re.compile(r"^(xa|phuong|dac khu|thi tran)\b ")
_SPLIT = re.compile(r",| - |;| thuộc |(?=\b[Đđ]ảng (?:bộ|ủy)\b)")


@dataclass(frozen=True, eq=False)
class Unit:
    """An organization, there already (`id` > 0) or about to be made (0). One object each: compared by identity."""

    id: int
    code: str
    name: str
    kind: str
    parent: Unit | None = None

    def upwards(self) -> Iterator[Unit]:
        """Itself and everything above it."""
        unit: Unit | None = self
        while unit:
            yield unit
            unit = unit.parent

    def over(self, kind: OrganizationKind) -> Unit | None:
        """The nearest organization of a kind, itself included."""
        return next((unit for unit in self.upwards() if unit.kind == kind), None)

    @property
    def full_name(self) -> str:
        """ "Chi bộ thôn 1 (Đảng bộ xã Mường Bo)": the name alone is in most communes."""
        return f"{self.name} ({self.parent.name})" if self.parent and self.kind in _HOLDS_MEMBERS else self.name


@lru_cache(maxsize=50_000)
def place_key(name: str) -> str:
    """A branch's or commune's name for comparing: no diacritics, no "chi bộ" in front, "thôn 03" as "thôn 3"."""
    words = _ORGAN.sub("", words_only(name)).split()
    words = [str(int(word)) if word.isdigit() else word for word in words if word != "so"]
    return " ".join(words).replace("tdp ", "to dan pho ")


class Branches:
    """Answers which unit a place means. `under`: code of the only subtree that counts; `create`: make what is missing.

    `under_name` names a root that is made when the database is empty. An empty database with `create` and without
    `under` takes the file's own communes and branches as its tree: what a first import means.
    """

    def __init__(
        self, organizations: Iterable[Organization], *, under: str = "", under_name: str = "", create: bool = False
    ) -> None:
        self.create = create
        self.new: list[NewOrganization] = []
        self.units: dict[str, Unit] = {}
        self.by_id: dict[int, Unit] = {}
        self._branches: dict[str, list[Unit]] = defaultdict(list)
        self._communes: dict[str, list[Unit]] = defaultdict(list)
        self._below: Counter[str] = Counter()
        self._hints = 0
        for organization in organizations:
            self._learn(organization)
        self.root = self._root(under, under_name) if under else None
        if create and self.root is None and self.units:
            raise BadInput("roster.create-needs-under")

    def _learn(self, organization: Organization) -> None:
        parent = self.by_id.get(organization.parent_id or 0)
        unit = Unit(organization.id or 0, organization.code, organization.name, organization.kind, parent)
        self.by_id[unit.id] = unit
        self._index(unit)

    def _index(self, unit: Unit) -> None:
        self.units[unit.code] = unit
        self._below[unit.parent.code if unit.parent else ""] += 1
        key = place_key(unit.name)
        if unit.kind in _HOLDS_MEMBERS:
            self._branches[key].append(unit)
        elif unit.kind == OrganizationKind.COMMUNE:
            for each in {key, _LEVEL.sub("", key)}:
                self._communes[each].append(unit)

    def _root(self, under: str, under_name: str) -> Unit:
        if under in self.units:
            return self.units[under]
        if self.units or not (self.create and under_name):
            known = ", ".join(unit.code for unit in self.units.values() if unit.kind not in _HOLDS_MEMBERS)
            raise BadInput("roster.under-unknown" if self.units else "roster.under-needs-name", code=under, codes=known)
        is_province = place_key(under_name).startswith(("tinh", "thanh pho"))
        kind = OrganizationKind.PROVINCE if is_province else OrganizationKind.COMMUNE
        return self._make(kind, under, under_name, None)

    def _make(self, kind: OrganizationKind, code: str, name: str, parent: Unit | None) -> Unit:
        unit = Unit(0, code, name, kind, parent)
        self.new.append(NewOrganization(kind, code, name, fold(name), parent.code if parent else ""))
        self._index(unit)
        return unit

    def resolve(self, counts: Counter[Place]) -> dict[Place, Unit | BadInput]:
        """Place → its unit, or why there is none. `counts`: how many rows name each place."""
        rows: Counter[tuple[str, str]] = Counter()
        for place, count in counts.items():
            rows[place_key(place.commune), place_key(place.branch)] += count
        answers: dict[Place, Unit | BadInput] = {}
        rare = {p for p in counts if rows[place_key(p.commune), place_key(p.branch)] < FEWEST}
        for place in sorted(counts, key=lambda place: place in rare):  # slips come last, when their models are known
            try:
                answers[place] = self._find(place, is_rare=place in rare)
            except BadInput as error:
                answers[place] = error
        return answers

    def _find(self, place: Place, *, is_rare: bool) -> Unit:
        if place.branch_code and (unit := self.units.get(place.branch_code)) and unit.kind in _HOLDS_MEMBERS:
            return self._in_scope(unit)
        if not place.branch:
            raise BadInput("roster.branch-code-unknown" if place.branch_code else "roster.branch-missing")
        commune = self._commune(place, is_rare=is_rare)
        found = self._named(place.branch, commune)
        if not found and commune is None and (parts := _split(place.branch)):
            return self._find(place._replace(branch=parts[0], commune=parts[1]), is_rare=is_rare)
        if len(found) > 1:
            raise BadInput("roster.branch-ambiguous", communes="; ".join(sorted(u.full_name for u in found)[:4]))
        return found[0] if found else self._missing(place, commune, is_rare=is_rare)

    def _in_scope(self, unit: Unit) -> Unit:
        if self.root and self.root not in unit.upwards():
            raise BadInput("roster.branch-elsewhere", branch=unit.full_name, under=self.root.name)
        return unit

    def _named(self, name: str, commune: Unit | None) -> list[Unit]:
        """Branches of this name; where diacritics tell two apart, only those that are spelt the same."""
        scope = commune or self.root
        found = [unit for unit in self._branches.get(place_key(name), ()) if not scope or scope in unit.upwards()]
        exact = [unit for unit in found if unit.name.casefold().endswith(name.casefold())]
        return exact if len(found) > 1 and exact else found

    def _commune(self, place: Place, *, is_rare: bool) -> Unit | None:
        if place.commune_code and (unit := self.units.get(place.commune_code)):
            return unit
        if not place.commune:
            return self.root if self.root and self.root.kind == OrganizationKind.COMMUNE else None
        key = place_key(place.commune)
        found = self._communes.get(key) or self._communes.get(_LEVEL.sub("", key), [])
        found = [unit for unit in found if not self.root or self.root in unit.upwards()]
        if len(found) == 1:
            return found[0]
        if found:
            raise BadInput("roster.commune-ambiguous", commune=place.commune)
        return self._missing_commune(place, key, is_rare=is_rare)

    def _missing_commune(self, place: Place, key: str, *, is_rare: bool) -> Unit:
        near = self._near(key, self._communes, None) if is_rare or not self.create else []
        may = self.create and (self.root is None or self.root.kind == OrganizationKind.PROVINCE)
        if not may or (is_rare and near):
            raise BadInput("roster.commune-unknown", commune=place.commune, hint=_hint(near))
        name = place.commune if _ORGAN.match(fold(place.commune)) else f"Đảng bộ {place.commune}"
        return self._make(OrganizationKind.COMMUNE, self._code(place.commune_code, self.root, 3), name, self.root)

    def _missing(self, place: Place, commune: Unit | None, *, is_rare: bool) -> Unit:
        scope = commune or self.root
        near = self._near(place_key(place.branch), self._branches, scope) if is_rare or not self.create else []
        if not self.create or (is_rare and near):
            raise BadInput("roster.branch-unknown", hint=_hint(near))
        if commune is None and self.root is not None:
            raise BadInput("roster.branch-without-commune")
        name = place.branch if _ORGAN.match(fold(place.branch)) else f"Chi bộ {place.branch}"
        return self._make(OrganizationKind.BRANCH, self._code(place.branch_code, commune, 2), name, commune)

    def _code(self, wanted: str, parent: Unit | None, width: int) -> str:
        """The file's own code, else the parent's with a running number."""
        if wanted and wanted not in self.units:
            return wanted
        above = parent.code if parent else ""
        start = f"{above}." if above else ""
        number = self._below[above] + 1
        while f"{start}{number:0{width}}" in self.units:
            number += 1
        return f"{start}{number:0{width}}"

    def _near(self, key: str, index: dict[str, list[Unit]], scope: Unit | None) -> list[str]:
        """Names that resemble this one; "thôn 1" and "thôn 2" do not, they are two names."""
        self._hints += 1
        if self._hints > MOST_HINTS and not self.create:
            return []
        keys = {k for k, units in index.items() if any(not scope or scope in unit.upwards() for unit in units)}
        digits = re.findall(r"\d+", key)
        close = [k for k in get_close_matches(key, keys, n=6, cutoff=0.75) if re.findall(r"\d+", k) == digits]
        return list(dict.fromkeys(index[k][0].full_name if not scope else index[k][0].name for k in close))[:3]


def _hint(names: list[str]) -> str:
    return t("roster.hint", names="; ".join(names)) if names else ""


def _split(name: str) -> tuple[str, str] | None:
    """ "Chi bộ thôn 1, Đảng bộ xã Mường Bo" as branch and commune."""
    parts = [part.strip() for part in _SPLIT.split(name) if part.strip()]
    return (parts[0], parts[1]) if len(parts) > 1 else None
