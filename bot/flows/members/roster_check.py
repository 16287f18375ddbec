"""From rows to entries: every cell judged, every bad row reported with its place and its reason.

`check(sheets, today)` needs no database. What depends on the database (which branch is meant, what changes) is
decided in roster_plan.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from bot.errors import BadInput
from bot.flows.members import roster_values as values
from bot.flows.members.roster_columns import Field, letter
from bot.flows.members.roster_read import Line, Sheet
from bot.texts import t
from storage.members import RoleKind, Standing, Status

YOUNGEST_MEMBER = 18
"""Years of age (Điều lệ Đảng, Điều 1: from 18 on)."""
YOUNGEST_SUPPORTER = 14
OLDEST = 120
PROBATION_DAYS = 400
"""Probation lasts 12 months (Điều lệ Đảng, Điều 5), and the decision takes a few weeks more."""
EVERY = 2_000
"""Rows between two reports of progress."""
Progress = Callable[[str, int, int], None]
"""Called with the stage ("read", "check", "compare", "write"), how much is done, and of how much (0: unknown)."""
_PLACE = (Field.COMMUNE, Field.COMMUNE_CODE, Field.BRANCH, Field.BRANCH_CODE)
T = TypeVar("T")


class Place(NamedTuple):
    """How a row names its branch; any part may be empty."""

    commune: str = ""
    commune_code: str = ""
    branch: str = ""
    branch_code: str = ""


class Source(NamedTuple):
    """Where an entry stands."""

    sheet: Sheet
    line: Line


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason against one cell. `kept`: the row was taken in all the same, without this cell."""

    sheet: str
    row: int
    column: str
    header: str
    shown: str
    key: str
    values: dict[str, object]
    kept: bool = False

    @property
    def reason(self) -> str:
        """The sentence that the operator reads."""
        return t(self.key, **self.values)


@dataclass(slots=True)
class Entry:
    """One good row. None in a field means that the file says nothing about it: what is known stays."""

    source: Source
    number: str
    full_name: str
    name_key: str
    place: Place
    standing: Standing | None
    status: Status | None
    birth_date: str | None
    phone: str | None
    address: str | None
    has_phone: bool | None
    title: str | None
    joined_on: date | None
    roles: frozenset[RoleKind] | None
    number_hash: str = ""


@dataclass
class Checked:
    """What a file holds. `refused`: numbers in bad rows; `unreadable`: places of bad rows without a number."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    unreadable: list[Place] = field(default_factory=list)
    rows: int = 0
    """Rows about people, good and bad."""


def problem(source: Source, name: Field, error: BadInput, *, kept: bool = False) -> Problem:
    """A reason pinned to the cell of one field."""
    sheet, line = source
    index = sheet.columns.get(name, (-1,))[0]
    column, cell = (letter(index), values.shown(line.cells[index])) if index >= 0 else ("", "")
    return Problem(sheet.name, line.row, column, sheet.headers.get(index, ""), cell, error.key, error.values, kept)


def check(
    sheets: list[Sheet], today: date, *, number_digits: int | None = None, progress: Progress | None = None
) -> Checked:
    """Judge every row. `today` bounds dates; `number_digits` is the mapping's length of a member number."""
    checked = Checked()
    total = sum(len(sheet.lines) for sheet in sheets)
    digits = number_digits or None
    for sheet in sheets:
        rows = _Rows(sheet, today, digits, checked)
        for line in sheet.lines:
            rows.take(line)
            checked.rows += 1
            if progress and checked.rows % EVERY == 0:
                progress("check", checked.rows, total)
    if number_digits is None:
        _refuse_lost_zeros(checked)
    _refuse_duplicates(checked)
    return checked


class _Rows:
    """Reads the rows of one sheet into `checked`."""

    def __init__(self, sheet: Sheet, today: date, digits: int | None, checked: Checked) -> None:
        self.sheet, self.today, self.digits, self.checked = sheet, today, digits, checked
        self.columns = sheet.columns
        self.today_text = today.isoformat()
        self.places: dict[tuple[values.Cell, ...], Place] = {}
        self.place_columns = [index for name in _PLACE for index in sheet.columns.get(name, ())]
        self.ticks = self._only_ticks()
        self.reasons: list[tuple[Field, BadInput, bool]] = []
        self.cells: list[values.Cell] = []

    def _only_ticks(self) -> bool:
        marks = {values.text(v).lower() for v in self._column(Field.HAS_PHONE)}
        return bool(marks) and marks - {""} <= values.MARKS and "" in marks

    def _column(self, name: Field) -> Iterable[values.Cell]:
        index = self.columns.get(name, (-1,))[0]
        return (line.cells[index] for line in self.sheet.lines) if index >= 0 else ()

    def take(self, line: Line) -> None:
        """Read one row: an entry when nothing serious is wrong with it, else its reasons."""
        self.reasons, self.cells = [], line.cells
        place = self._place(line)
        source = Source(self.sheet, line)
        entry = self._entry(source, place)
        for name, error, kept in self.reasons:
            self.checked.problems.append(problem(source, name, error, kept=kept))
        if any(not kept for _, _, kept in self.reasons):
            self._remember_refused(entry.number, place)
        else:
            self.checked.entries.append(entry)

    def _remember_refused(self, number: str, place: Place) -> None:
        if number:
            self.checked.refused.add(number)
        else:
            self.checked.unreadable.append(place)

    def _entry(self, source: Source, place: Place) -> Entry:
        roles = self._read(Field.ROLE, values.roles, None)
        born = self._birth_date()
        joined = self._joined_on(born)
        standing = self._standing(roles, joined)
        phone = self._read(Field.PHONE, values.phone, "", kept=True) or None
        name = self._read(Field.FULL_NAME, lambda _: values.full_name(self._name()), "") or ""
        self._check_age(born, standing)
        return Entry(
            source=source,
            number=self._number(standing, phone),
            full_name=name,
            name_key=values.name_key(name),
            place=place,
            standing=standing,
            status=self._read(Field.STATUS, values.status, None),
            birth_date=born or None,
            phone=phone,
            address=self._text(Field.ADDRESS)[:200] or None,
            has_phone=self._has_phone(),
            title=self._read(Field.TITLE, values.title, None, kept=True),
            joined_on=joined,
            roles=roles,
        )

    def _text(self, name: Field) -> str:
        columns = self.columns.get(name)
        return values.text(self.cells[columns[0]]) if columns else ""

    def _first(self, columns: tuple[int, ...]) -> values.Cell:
        return next((self.cells[index] for index in columns if self.cells[index] != ""), "")

    def _read(self, name: Field, reader: Callable[[values.Cell], T], default: T, *, kept: bool = False) -> T:
        """A field's value; a reason is noted and `default` returned when its cell cannot be used."""
        columns = self.columns.get(name)
        if columns is None:
            return default
        cell = self.cells[columns[0]] if len(columns) == 1 else self._first(columns)
        try:
            if values.is_broken(cell):
                raise BadInput("roster.cell-is-broken")
            return reader(cell)
        except BadInput as error:
            self.reasons.append((name, error, kept))
            return default

    def _name(self) -> str:
        parts = (values.text(self.cells[index]) for index in self.columns[Field.FULL_NAME])
        return " ".join(part for part in parts if part)

    def _number(self, standing: Standing | None, phone: str | None) -> str:
        """The number; a supporter, who has none, goes by the telephone number."""
        columns = self.columns.get(Field.NUMBER)
        if standing is Standing.SUPPORTER and phone and (columns is None or self.cells[columns[0]] == ""):
            return phone
        if columns is None:
            self.reasons.append((Field.NUMBER, BadInput("roster.number-missing"), False))
            return ""
        return self._read(Field.NUMBER, lambda cell: values.number(cell, self.digits), "")

    def _birth_date(self) -> str:
        return self._read(Field.BIRTH_DATE, lambda cell: self._born(values.day(cell)), "")

    def _born(self, day: str) -> str:
        if day and not YOUNGEST_SUPPORTER <= self.today.year - int(self._past(day)[:4]) <= OLDEST:
            raise BadInput("roster.date-wrong-age", age=self.today.year - int(day[:4]))
        return day

    def _past(self, day: str) -> str:
        if day > self.today_text[: len(day)]:
            raise BadInput("roster.date-in-future")
        return day

    def _check_age(self, born: str, standing: Standing | None) -> None:
        age = self.today.year - int(born[:4]) if born else YOUNGEST_MEMBER
        if age < YOUNGEST_MEMBER and standing is not Standing.SUPPORTER:
            self.reasons.append((Field.BIRTH_DATE, BadInput("roster.date-wrong-age", age=age), False))

    def _joined_on(self, born: str) -> date | None:
        day = self._read(Field.JOINED_ON, lambda cell: self._past(values.day(cell)), "")
        if not day:
            return None
        if born and int(day[:4]) - int(born[:4]) < YOUNGEST_MEMBER - 1:
            self.reasons.append((Field.JOINED_ON, BadInput("roster.date-before-birth", born=born[:4]), False))
        if len(day) < 10:
            self.reasons.append((Field.JOINED_ON, BadInput("roster.date-incomplete"), True))
            return None
        return date.fromisoformat(day)

    def _standing(self, roles: frozenset[RoleKind] | None, joined: date | None) -> Standing | None:
        written = self._read(Field.STANDING, values.standing, None)
        if written is not None:
            return written
        if roles and RoleKind.VOLUNTEER in roles and joined is None:
            return Standing.SUPPORTER
        return self._standing_by_date(joined) if Field.OFFICIAL_ON in self.columns else None

    def _standing_by_date(self, joined: date | None) -> Standing | None:
        """Official from the day in that column on; without one, whoever joined lately is probationary."""
        day = self._read(Field.OFFICIAL_ON, values.day, "")
        if day:
            is_official = day <= self.today_text[: len(day)]
        else:
            is_official = joined is None or (self.today - joined).days > PROBATION_DAYS
        return Standing.OFFICIAL if is_official else Standing.PROBATIONARY

    def _has_phone(self) -> bool | None:
        found = self._read(Field.HAS_PHONE, values.yes_or_no, None, kept=True)
        return False if found is None and self.ticks else found

    def _place(self, line: Line) -> Place:
        """The place that a row names; a branch's rows share theirs."""
        key = (line.commune, line.branch, *[line.cells[index] for index in self.place_columns])
        if key not in self.places:
            self.places[key] = self._new_place(line)
        return self.places[key]

    def _new_place(self, line: Line) -> Place:
        commune, branch = self._text(Field.COMMUNE), self._text(Field.BRANCH)
        code = self._text(Field.BRANCH_CODE)
        if Field.COMMUNE not in self.columns:
            commune = line.commune
        if Field.BRANCH not in self.columns and not code:
            branch = line.branch
        return Place(commune, self._text(Field.COMMUNE_CODE), branch, code)


def _raw_number(entry: Entry) -> values.Cell:
    index = entry.source.sheet.columns.get(Field.NUMBER, (-1,))[0]
    return entry.source.line.cells[index] if index >= 0 else ""


def _refuse_lost_zeros(checked: Checked) -> None:
    """Where numbers are one digit shorter than the others, a spreadsheet has taken the leading zero away."""
    lengths = Counter(len(entry.number) for entry in checked.entries)
    if not lengths:
        return
    usual, _ = lengths.most_common(1)[0]
    short = [e for e in checked.entries if len(e.number) == usual - 1 and e.number.isdigit()]
    lost = {id(entry) for entry in short if isinstance(_raw_number(entry), int | float)}
    _refuse(checked, lost, lambda _: BadInput("roster.number-lost-zero", digits=usual), Field.NUMBER)


def _refuse_duplicates(checked: Checked) -> None:
    """One number, one person, one live row. A row that says "left" gives way to the row of the new branch."""
    by_number: dict[str, list[Entry]] = {}
    for entry in checked.entries:
        by_number.setdefault(entry.number, []).append(entry)
    reasons: dict[int, BadInput] = {}
    gone: set[int] = set()
    for same in by_number.values():
        if len(same) > 1:
            _judge_same_number(same, reasons, gone)
    checked.entries = [entry for entry in checked.entries if id(entry) not in gone]
    _refuse(checked, set(reasons), lambda entry: reasons[id(entry)], Field.NUMBER)


def _judge_same_number(same: list[Entry], reasons: dict[int, BadInput], gone: set[int]) -> None:
    live = [entry for entry in same if entry.status is not Status.LEFT]
    if len(live) == 1:
        gone.update(id(entry) for entry in same if entry is not live[0])
        return
    rows = live or same
    alike = all((e.name_key, e.place) == (rows[0].name_key, rows[0].place) for e in rows)
    key = "roster.number-twice" if alike else "roster.number-of-two"
    for entry in rows[1:] if alike else rows:
        other = rows[0] if entry is not rows[0] else rows[1]
        reasons[id(entry)] = BadInput(key, sheet=other.source.sheet.name, row=other.source.line.row)
    gone.update(id(entry) for entry in same if entry.status is Status.LEFT and live)


def _refuse(checked: Checked, ids: set[int], reason: Callable[[Entry], BadInput], name: Field) -> None:
    """Turn entries that were good by themselves into bad rows."""
    if not ids:
        return
    for entry in checked.entries:
        if id(entry) in ids:
            checked.problems.append(problem(entry.source, name, reason(entry)))
            checked.refused.add(entry.number)
    checked.entries = [entry for entry in checked.entries if id(entry) not in ids]
