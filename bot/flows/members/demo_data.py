"""Made-up rosters for classes, demonstrations and measurements. The same seed gives the same people.

Everybody here is invented: member numbers begin with 99, which no citizen's number does, and telephone numbers with
0990. Shares follow domain.md: branches of about 27, communes of about 13 branches, 13 % without a smartphone, and
mostly elderly people.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

from bot.errors import BadInput
from bot.flows.members import demo_names as names

PROVINCE = "Đảng bộ tỉnh Hồng Mây"
TODAY = date(2026, 11, 1)
"""The day that ages count from: a fixed one, so that a seed means the same people next year."""
PER_BRANCH, PER_COMMUNE = 27, 13
WITHOUT_SMARTPHONE = 0.13
_YEAR = 365.2425
HEADERS = (
    "STT", "Số định danh đảng viên", "Họ và tên", "Ngày sinh", "Giới tính", "Ngày vào Đảng", "Ngày chính thức",
    "Đảng bộ", "Chi bộ", "Chức vụ đảng", "Trạng thái", "Điện thoại", "Điện thoại thông minh", "Địa chỉ", "Xưng hô",
)  # fmt: skip
HEADER_ROW = 4
"""Row of the headers as a spreadsheet counts; the first person is in the next one."""


@dataclass(frozen=True, slots=True)
class Person:
    """One invented member; texts as they stand in a file ("" is an empty cell)."""

    number: str
    full_name: str
    birth_date: date | str
    gender: str
    joined_on: date | str
    official_on: date | str
    commune: str
    branch: str
    role: str
    status: str
    phone: str
    has_phone: str
    address: str
    title: str


def people(
    members: int, *, seed: int = 1, branches: int | None = None, errors: int = 0, today: date = TODAY
) -> Iterator[Person]:
    """`members` people in `branches` branches (default: 27 in each), branch by branch, leaders first.

    `errors` of the rows hold one typical mistake each. BadInput when the numbers do not fit together.
    """
    count = branches or max(1, round(members / PER_BRANCH))
    if members < count or count < 1 or not 0 <= errors <= members // 10:
        raise BadInput("roster.demo-wrong-size", branches=count)
    made = _people(_random(seed), members, count, today)
    return _with_errors(_random(seed + 1), made, members, errors) if errors else made


def _random(seed: int) -> Random:
    return Random(seed)  # noqa: S311 (the same seed must give the same people; nothing here is secret)


def _people(random: Random, members: int, branches: int, today: date) -> Iterator[Person]:
    sizes = _sizes(random, members, branches)
    communes = names.communes(random, -(-branches // PER_COMMUNE))
    offset, index, done = random.randrange(10**9), 0, 0
    for place, commune in enumerate(communes):
        here = min(PER_COMMUNE, branches - place * PER_COMMUNE)
        for branch in names.branches(random, commune, here):
            for person in _branch(random, commune, branch, sizes[done], today):
                index += 1
                # A factor that neither 2 nor 5 divides: no two indices give the same number.
                yield replace(person, number=f"99{(index * 6_180_339_887 + offset) % 10**10:010d}")
            done += 1


def _sizes(random: Random, members: int, branches: int) -> list[int]:
    """Sizes of the branches: they differ as in life and add up to `members`; nobody's branch is empty."""
    weights = [max(8.0, random.gauss(PER_BRANCH, 8)) for _ in range(branches)]
    total, spare = sum(weights), members - branches
    marks = [round(spare * part / total) for part in accumulate(weights)]
    return [1 + mark - before for mark, before in zip(marks, [0, *marks], strict=False)]


def _branch(random: Random, commune: str, branch: str, size: int, today: date) -> Iterator[Person]:
    roles = _roles(random, branch)
    for position in range(size):
        role = roles[position] if position < len(roles) else ""
        if position >= len(roles) and position == size - 1 and random.random() < 0.5:
            role = "Tình nguyện viên"
        yield _person(random, commune, branch, role, today)


def _roles(random: Random, branch: str) -> list[str]:
    """The leaders of a branch: secretary, deputy, one or two committee members, now and then a clerk."""
    roles = ["Bí thư", "Phó bí thư", *["Chi ủy viên"] * random.choice((1, 1, 2))]
    if random.random() < 0.4:
        roles.append("Thư ký")
    if branch == "Cơ quan Đảng ủy":
        roles.append("Cán bộ đảng ủy")
    return roles


def _person(random: Random, commune: str, branch: str, role: str, today: date) -> Person:
    age = _age(random, role)
    born = today - timedelta(days=int((age + random.random() * 0.98) * _YEAR))
    is_woman = random.random() < (0.34 if age >= 45 else 0.45)
    joined = _joined(random, born, today)
    official = joined + timedelta(days=365 + random.randrange(40))
    phoneless = not role and random.random() < WITHOUT_SMARTPHONE * _age_weight(age)
    return Person(
        number="",
        full_name=names.full_name(random, is_woman=is_woman, age=age),
        birth_date=born,
        gender="Nữ" if is_woman else "Nam",
        joined_on=joined,
        official_on=official if official <= today else "",
        commune=f"Đảng bộ {commune}",
        branch=f"Chi bộ {branch}",
        role=role,
        status=_status(random, age, role),
        phone="" if phoneless and random.random() < 0.4 else f"0990{random.randrange(10**6):06d}",
        has_phone="không" if phoneless else "có",
        address=_address(random, commune, branch),
        title=_title(age, is_woman=is_woman),
    )


def _age_weight(age: int) -> float:
    """More of the old have none; the mean over everybody without a role is a little over 1."""
    return 0.2 if age < 50 else 1.0 if age < 70 else 2.3


def _age(random: Random, role: str) -> int:
    if role in {"Tình nguyện viên", "Thư ký"}:
        return random.randint(20, 34)
    if role:
        return random.randint(33, 66)
    return 18 + int(78 * random.betavariate(2.6, 1.9))


def _joined(random: Random, born: date, today: date) -> date:
    """A day on which this person was at least eighteen, mostly in the twenties and thirties."""
    earliest = born + timedelta(days=int(18.1 * _YEAR))
    room = max((today - earliest).days - 30, 1)
    return min(earliest + timedelta(days=int(min(room, 25 * _YEAR) * random.betavariate(1.6, 2.4))), today)


def _status(random: Random, age: int, role: str) -> str:
    if not role and age >= 80 and random.random() < 0.35:
        return "Miễn sinh hoạt"
    if not role and age <= 35 and random.random() < 0.08:
        return "Sinh hoạt tạm thời nơi khác"
    return "Đang sinh hoạt"


def _address(random: Random, commune: str, branch: str) -> str:
    if branch.startswith("tổ"):
        return f"Số {random.randrange(1, 180)}, {branch}, {commune}"
    place = branch if branch.startswith(("thôn", "bản")) else f"thôn {random.randrange(1, 8)}"
    return f"{place[0].upper()}{place[1:]}, {commune}"


def _title(age: int, *, is_woman: bool) -> str:
    if age >= 68:
        return "bác"
    return ("cô" if is_woman else "chú") if age >= 48 else ""


Mistake = Callable[[Person, Person], Person]
MISTAKES: tuple[Mistake, ...] = (
    lambda person, _: replace(person, joined_on="31/6/2022"),
    lambda person, _: replace(person, number=""),
    lambda _, before: before,  # the same person twice
    lambda person, _: replace(person, branch=f"{person.branch}h"),
    lambda person, _: replace(person, role="Bí thơ"),
    lambda person, _: replace(person, full_name=""),
    lambda person, _: replace(person, number="9.91235E+11"),
    lambda person, _: replace(person, birth_date="12/05/2062"),
    lambda person, _: replace(person, birth_date="03/02/58"),
    lambda person, _: replace(person, number=f"{person.number[:6]}?{person.number[7:]}"),
    lambda person, _: replace(person, status="đã về quê"),
)
"""Typical mistakes: (person, the one in the row before) → the row as somebody typed it. Each makes one bad row."""


def _with_errors(random: Random, made: Iterator[Person], members: int, errors: int) -> Iterator[Person]:
    """Put mistakes into `errors` rows, each after a good one, so that one mistake never hides another."""
    wrong = dict.fromkeys(sorted(random.sample(range(1, members, 2), errors)))
    kinds = {row: MISTAKES[turn % len(MISTAKES)] for turn, row in enumerate(wrong)}
    before: Person | None = None
    for index, person in enumerate(made):
        mistake = kinds.get(index)
        yield mistake(person, before) if mistake and before else person
        before = person


def cells(position: int, person: Person) -> tuple[int | str | date, ...]:
    """A person as a row under HEADERS."""
    return (
        position, person.number, person.full_name, person.birth_date, person.gender, person.joined_on,
        person.official_on, person.commune, person.branch, person.role, person.status, person.phone, person.has_phone,
        person.address, person.title,
    )  # fmt: skip


def write_spreadsheet(path: Path, rows: Iterator[Person]) -> int:
    """Write an .xlsx, row by row (nothing piles up in memory); returns how many people are in it."""
    import xlsxwriter  # 15 MB that the running bot never needs

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    book.set_properties({"title": "Danh sách hư cấu", "created": datetime(2026, 11, 1)})
    sheet = book.add_worksheet("Đảng viên")
    bold = book.add_format({"bold": True, "text_wrap": True})
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, len(HEADERS) - 1, 20)
    sheet.write_string(0, 0, PROVINCE.upper(), bold)
    sheet.write_string(1, 0, "DANH SÁCH ĐẢNG VIÊN (hư cấu, để tập dượt)", bold)
    sheet.write_row(HEADER_ROW - 1, 0, HEADERS, bold)
    sheet.freeze_panes(HEADER_ROW, 3)
    count = 0
    for count, person in enumerate(rows, start=1):
        for column, cell in enumerate(cells(count, person)):
            if isinstance(cell, date):
                sheet.write_datetime(HEADER_ROW + count - 1, column, datetime(cell.year, cell.month, cell.day))
            elif cell != "":
                write = sheet.write_number if isinstance(cell, int) else sheet.write_string
                write(HEADER_ROW + count - 1, column, cell)
    book.close()
    return count


def write_text(path: Path, rows: Iterator[Person]) -> int:
    """Write a .csv that Excel opens with its letters right (UTF-8 with a mark); returns how many people are in it."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for count, person in enumerate(rows, start=1):
            row = cells(count, person)
            writer.writerow([cell.strftime("%d/%m/%Y") if isinstance(cell, date) else cell for cell in row])
    return count
