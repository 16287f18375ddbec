"""What one cell of a list means: dates, telephone numbers, roles and the like, as people and spreadsheets write them.

Every function here raises BadInput with the reason that the operator reads.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from bot.errors import BadInput
from bot.matching.letters import clean, fold, words_only
from storage.members import RoleKind, Standing, Status

Cell = str | int | float | bool | date | datetime | time | timedelta
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets' serial dates after February 1900
_SERIALS = range(3_000, 80_000)  # 1908 to 2119
_YEARS = range(1900, 2101)
_DAY = re.compile(r"(?:ngay )?(\d{1,2})(?: ?[/.\-] ?| thang )(\d{1,2})(?: ?[/.\-] ?| nam )(\d{2,4})")
_ISO = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[t ]\d{1,2}:\d{2}.*)?")
_MONTH = re.compile(r"(?:thang )?(\d{1,2})(?: ?[/.\-] ?| nam )(\d{4})")
_NOTHING = frozenset({"", "khong", "khong co", "chua co", "chua", "ko", "ko co", "k", "x", "trong", "khong ro"})
_ROUNDED = re.compile(r"\d+(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"[0-9]{6,20}")
_PLAIN_PHONE = re.compile(r"0[0-9]{9}")
_BROKEN = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)", re.IGNORECASE)
_NO_NAME = re.compile(r"[\d@=<>{}\[\]/\\|_*#:;?!\"]")
_JOINTS = re.compile(r"[,;/\n+&]| kiêm | và |(?:^|\s)-\s", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def _tidy(written: str) -> str:
    return " ".join((written if written.isascii() else clean(written)).split())


def text(cell: Cell) -> str:
    """What a cell shows: composed letters, single spaces; whole numbers without a point."""
    if isinstance(cell, str):
        return _tidy(cell)
    if isinstance(cell, bool):
        return "x" if cell else ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y")
    return cell.strftime("%d/%m/%Y") if isinstance(cell, datetime) and cell.time() == time() else str(cell)


def shown(cell: Cell) -> str:
    """A cell for a report: shortened; of a number with eight digits or more only the last three (domain.md)."""
    whole = text(cell)
    if sum(char.isdigit() for char in whole) >= 8 and not _DAY.fullmatch(fold(whole)) and not _ISO.fullmatch(whole):
        return "…" + "".join(char for char in whole if char.isalnum())[-3:]
    return whole if len(whole) <= 60 else whole[:59] + "…"


def number(cell: Cell, digits: int | None = None) -> str:
    """A member number without spaces, dots and dashes. `digits`: how long it must be, None when nobody said."""
    if isinstance(cell, str) and digits in {None, len(cell)} and _PLAIN_NUMBER.fullmatch(cell) and cell.strip("0"):
        return cell  # nearly all of them; the rest below is for the others
    written = text(cell)
    if isinstance(cell, float) and not cell.is_integer():
        raise BadInput("roster.number-is-decimal")
    if _ROUNDED.fullmatch(written) or (isinstance(cell, int | float) and abs(cell) >= 1e15):
        raise BadInput("roster.number-is-rounded")
    compact = "".join(char for char in written if char not in " .-'\u00a0").upper()
    if fold(written).strip(" .-") in _NOTHING or not compact.strip("0"):
        raise BadInput("roster.number-missing")
    if digits and isinstance(cell, int | float):
        compact = compact.zfill(digits)
    if not (compact.isascii() and compact.isalnum()) or sum(c.isdigit() for c in compact) < 6 or len(compact) > 20:
        raise BadInput("roster.number-is-none")
    if digits and len(compact) != digits:
        raise BadInput("roster.number-wrong-length", found=len(compact), digits=digits)
    return compact


def full_name(written: str) -> str:
    """A name; written in capitals it becomes "Nguyễn Văn An"."""
    if not written:
        raise BadInput("roster.name-empty")
    if len(written) > 80 or _NO_NAME.search(written):
        raise BadInput("roster.name-is-none")
    if written.isupper() or written.islower():
        return " ".join(word.capitalize() for word in written.split())
    return written


@lru_cache(maxsize=20_000)
def _word_key(word: str) -> str:
    return fold(word)


def name_key(name: str) -> str:
    """`fold` of a name, word by word: names share their words, so this is quick for a whole province."""
    return " ".join([_word_key(word) for word in name.split(" ")])


def day(cell: Cell) -> str:
    """A date as "1958-03-02"; "1958-03" or "1958" when no more is written; "" for an empty cell."""
    if isinstance(cell, str):
        return _written_day(text(cell)) if cell else ""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _checked(cell.day, cell.month, cell.year)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(int(cell))
    raise BadInput("roster.date-is-none")


def _serial(value: int) -> str:
    """A bare number: a year (a list of birth years), or a spreadsheet's count of days."""
    if value in _YEARS:
        return str(value)
    if value in _SERIALS:
        return (_EPOCH + timedelta(days=value)).isoformat()
    raise BadInput("roster.date-is-none")


@lru_cache(maxsize=20_000)
def _written_day(written: str) -> str:
    key = fold(written).strip(" .-/")
    if key in _NOTHING:
        return ""
    if whole := _DAY.fullmatch(key):
        return _checked(*map(int, whole.groups()))
    if whole := _ISO.fullmatch(key):
        year, month, date_ = map(int, whole.groups())
        return _checked(date_, month, year)
    if whole := _MONTH.fullmatch(key):
        month, year = map(int, whole.groups())
        return _checked(1, month, year)[:7]
    if key.isdigit() and len(key) in {4, 5}:
        return _serial(int(key))
    raise BadInput("roster.date-is-none")


def _checked(date_: int, month: int, year: int) -> str:
    if year in _YEARS and 1 <= month <= 12 and 1 <= date_ <= 28:
        return f"{year}-{month:02d}-{date_:02d}"
    if year < 100:
        raise BadInput("roster.date-short-year")
    if year not in _YEARS:
        raise BadInput("roster.date-wrong-year", year=year)
    if not 1 <= month <= 12:
        raise BadInput("roster.date-wrong-month", month=month)
    longest = monthrange(year, month)[1]
    if not 1 <= date_ <= longest:
        raise BadInput("roster.date-wrong-day", day=date_, month=month, year=year, days=longest)
    return f"{year}-{month:02d}-{date_:02d}"


def phone(cell: Cell) -> str:
    """The first telephone number in a cell as "0991234567"; "" when there is none."""
    if isinstance(cell, str) and _PLAIN_PHONE.fullmatch(cell):
        return cell
    written = text(cell)
    if words_only(written) in _NOTHING:
        return ""
    first = re.split(r"[;,/\n]| - ", written)[0]
    digits = "".join(char for char in first if char.isdigit())
    if digits.startswith("84") and len(digits) in {11, 12}:
        digits = "0" + digits[2:]
    if len(digits) == 9 and not digits.startswith("0"):
        digits = "0" + digits  # a spreadsheet took the zero away
    if not re.fullmatch(r"0\d{9,10}", digits):
        raise BadInput("roster.phone-is-none")
    return digits


_ROLES = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (RoleKind.OFFICER, r"(can bo|chuyen vien|van phong) dang uy.*|(pho )?bi thu dang uy.*|dang uy vien"),
        (RoleKind.SECRETARY, r"bi thu( chi bo.*| cb)?|btcb"),
        (RoleKind.DEPUTY, r"pho bi thu( thuong truc)?( chi bo.*| cb)?|pbt( chi bo)?"),
        (RoleKind.COMMITTEE, r"chi uy vien.*|chi uy|uy vien( chi uy| chi bo)?|cuv"),
        (RoleKind.CLERK, r"thu ky( chi bo.*| cuoc hop)?"),
        (RoleKind.CELL_LEADER, r"to truong( to dang.*)?|to truong dang"),
        (RoleKind.VOLUNTEER, r"(doan vien|thanh nien)( ho tro| tinh nguyen)?|tinh nguyen vien.*|nguoi ho tro"),
        (RoleKind.OPERATOR, r"quan tri( vien| he thong| vien he thong)?"),
    )
)
_NO_ROLE = _NOTHING | {"dang vien", "dv", "dang vien chinh thuc", "dang vien du bi"}


@lru_cache(maxsize=5_000, typed=True)
def roles(cell: Cell) -> frozenset[RoleKind]:
    """The roles in a cell, several of them parted by commas, semicolons, strokes or "kiêm"."""
    found = set()
    for part in _JOINTS.split(text(cell)):
        key = words_only(part)
        if key in _NO_ROLE:
            continue
        kind = next((kind for kind, pattern in _ROLES if pattern.fullmatch(key)), None)
        if kind is None:
            raise BadInput("roster.role-unknown", role=part.strip())
        found.add(kind)
    return frozenset(found)


_STATUSES = tuple(
    (status, re.compile(pattern))
    for status, pattern in (
        (Status.EXEMPT, r".*\bmien\b.*"),
        (
            Status.ELSEWHERE,
            r".*\btam thoi\b.*|sinh hoat (noi khac|don)|(sh|sinh hoat) noi khac|chuyen tam.*|di lam an xa",
        ),
        (Status.SUSPENDED, r".*dinh chi.*"),
        (Status.ACTIVE, r"(dang )?(sinh hoat|hoat dong|cong tac|tham gia)( dang| binh thuong| day du)*|binh thuong"),
        (Status.ACTIVE, r"(moi )?(chuyen den|tiep nhan|ket nap)( .*)?|dang vien|chinh thuc|du bi|con sinh hoat"),
        (
            Status.LEFT,
            r"(da |moi )?(chuyen|chuyen di|chuyen sinh hoat|chuyen chinh thuc|chuyen sinh hoat chinh thuc)( .*)?",
        ),
        (
            Status.LEFT,
            r"(da )?(tu tran|mat|chet|qua doi|hy sinh|khai tru|xoa ten)( .*)?|(da |xin )*(ra khoi|ra) dang( .*)?",
        ),
    )
)


@lru_cache(maxsize=5_000, typed=True)
def status(cell: Cell) -> Status:
    """What a status column says; an empty cell there means that nothing is special."""
    key = words_only(text(cell))
    if key in {"", "khong"}:
        return Status.ACTIVE
    found = next((status for status, pattern in _STATUSES if pattern.fullmatch(key)), None)
    if found is None:
        raise BadInput("roster.status-unknown")
    return found


@lru_cache(maxsize=1_000, typed=True)
def standing(cell: Cell) -> Standing | None:
    """Official, probationary or supporter; None for an empty cell."""
    key = words_only(text(cell))
    if not key:
        return None
    if re.fullmatch(r"(dang vien |dv )?(chinh thuc|ct)|dvct|dang vien", key):
        return Standing.OFFICIAL
    if re.fullmatch(r"(dang vien |dv )?(du bi|db)|dvdb", key):
        return Standing.PROBATIONARY
    if re.fullmatch(r"tinh nguyen vien|doan vien( ho tro)?|(nguoi )?ho tro|quan chung", key):
        return Standing.SUPPORTER
    raise BadInput("roster.standing-unknown")


_YES = frozenset({"x", "co", "c", "1", "yes", "true", "v", "dung", "co dung", "co smartphone", "smartphone"})
_NO = frozenset({"khong", "k", "ko", "0", "no", "false", "khong co", "khong dung", "chua", "chua co", "chua dung"})
MARKS = frozenset({"x", "v", "1"})
"""Ticks: in a column that holds nothing else, an empty cell means no."""


@lru_cache(maxsize=1_000, typed=True)
def yes_or_no(cell: Cell) -> bool | None:
    """Has a smartphone or not; None for an empty cell."""
    written = text(cell)
    key = words_only(written) or ("x" if written in {"✓", "✔", "√"} else "")
    if not key and written not in {"-", "–"}:
        return None
    if key in _YES or ("thong minh" in key and not key.startswith(("khong", "chua"))):
        return True
    if key in _NO or written in {"-", "–"} or re.search(r"ban phim|cuc gach|may thuong|nghe goi|khong|chua", key):
        return False
    raise BadInput("roster.has-phone-unknown")


TITLES = ("bác", "cô", "chú", "anh", "chị", "ông", "bà", "cụ", "dì", "cậu")
_TITLES = {fold(title): title for title in TITLES} | {"dong chi": "", "d c": "", "dc": ""}


@lru_cache(maxsize=1_000, typed=True)
def title(cell: Cell) -> str | None:
    """How to address somebody ("" is "đồng chí"); None for an empty cell."""
    key = words_only(text(cell))
    if not key:
        return None
    if key not in _TITLES:
        raise BadInput("roster.title-unknown", titles=", ".join(TITLES))
    return _TITLES[key]


def is_broken(cell: Cell) -> bool:
    """Whether a cell shows a formula's failure ("#N/A")."""
    return isinstance(cell, str) and cell[:1] == "#" and bool(_BROKEN.fullmatch(cell.strip()))
