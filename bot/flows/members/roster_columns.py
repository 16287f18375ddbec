"""Which column of a list is which: headers as offices write them, and the operator's own mapping (`--map`).

The member databases have no fixed export; every commune keeps its own sheet. So headers are compared without
diacritics, stars, line breaks and brackets, against the spellings below. Not recognised on purpose: citizen numbers
("Số CCCD", "Số định danh cá nhân"), which this product does not keep (domain.md), and offices outside the branch
("Chức vụ chính quyền").
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.errors import BadInput
from bot.matching.letters import fold, words_only


class Field(StrEnum):
    """What a column can hold; the values are the names in a mapping file."""

    ORDINAL = "ordinal"
    NUMBER = "number"
    FULL_NAME = "full_name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    BIRTH_DATE = "birth_date"
    GENDER = "gender"
    JOINED_ON = "joined_on"
    OFFICIAL_ON = "official_on"
    BRANCH = "branch"
    BRANCH_CODE = "branch_code"
    COMMUNE = "commune"
    COMMUNE_CODE = "commune_code"
    PHONE = "phone"
    ADDRESS = "address"
    ROLE = "role"
    STATUS = "status"
    STANDING = "standing"
    HAS_PHONE = "has_phone"
    TITLE = "title"


_ORGAN = "chi bo|to chuc dang|tcd|tccsd|don vi|don vi sinh hoat"
_SPELLINGS: tuple[tuple[Field, str], ...] = (
    (Field.ORDINAL, r"stt|tt|so tt|so thu tu|thu tu"),
    (Field.HAS_PHONE, r".*(smart ?phone|(dien thoai|dt) thong minh).*"),
    (Field.PHONE, r"(so )?(dien thoai|dt|dtdd|sdt|di dong)( (di dong|lien he|lien lac|zalo|dang vien))*|so zalo"),
    (Field.BRANCH_CODE, rf"(ma|ma so) ({_ORGAN})( sinh hoat)?"),
    (Field.COMMUNE_CODE, r"(ma|ma so) (dang bo|dang uy|to chuc dang cap tren)( xa| phuong| co so)*"),
    (Field.NUMBER, r"(so|ma|ma so|so hieu|so dinh danh|ma dinh danh)( the)? (dang|dang vien|dv|tdv|tdv dang vien)"),
    (Field.NUMBER, r"so tdv|so the|the dang|the dang vien|ma the dang vien|so the dv"),
    (Field.FULL_NAME, r"(ho va ten|ho ten|ten|ho va ten day du|ho ten day du) (dang vien|khai sinh|dang dung)"),
    (Field.FULL_NAME, r"(ho va ten|ho ten|ho va chu dem va ten)( day du| in hoa| khai sinh dang vien)?"),
    (Field.FAMILY_NAME, r"ho|ho dem|ho lot|ho va (ten )?(dem|lot)|ho chu dem|ho ten dem|ho va chu dem"),
    (Field.GIVEN_NAME, r"ten"),
    (Field.BIRTH_DATE, r"((ngay|nam) )?(thang )?(nam )?sinh( nam| nu| ngay thang nam)?|ngay thang nam sinh|sinh ngay"),
    (Field.GENDER, r"gioi tinh|nam nu|gioi|phai"),
    (Field.OFFICIAL_ON, r"(ngay|thang|nam).*chinh thuc.*"),
    (Field.JOINED_ON, r"(ngay|thang|nam).*(vao dang|ket nap|vao dcsvn|vao dang csvn).*"),
    (
        Field.STANDING,
        r"loai( dang vien)?|(dang vien )?chinh thuc( hay| hoac)? du bi|dv chinh thuc du bi|dien dang vien",
    ),
    (Field.ROLE, r"chuc vu( (trong|ve))?( dang| chi bo| trong dang| cap uy)?|chuc danh( dang)?|vai tro"),
    (Field.STATUS, r"(trang thai|tinh trang)( sinh hoat| dang vien| sinh hoat dang| hien tai)*|dien sinh hoat"),
    (Field.TITLE, r"(cach )?(xung ho|goi)|danh xung"),
    (
        Field.ADDRESS,
        r"dia chi.*|(noi|cho) o.*|(noi )?(dang ky )?(ho khau )?thuong tru|noi cu tru|(thon|ban) (xa|to dan pho)",
    ),
    (Field.COMMUNE, r"(ten )?(dang bo|dang uy)( dang uy| dang bo| xa| phuong| dac khu| co so| cap tren)*"),
    (Field.COMMUNE, r"(to chuc dang|tcd) cap tren.*"),
    (Field.BRANCH, rf"(ten )?({_ORGAN})( dang| dang sinh hoat| sinh hoat| truc thuoc)*"),
    (Field.BRANCH, r"(noi )?sinh hoat (tai|dang)( chi bo)?|noi sinh hoat"),
)
_KNOWN = tuple((name, re.compile(pattern)) for name, pattern in _SPELLINGS)
_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]")
_LETTER = re.compile(r"[A-Z]{1,2}")


def header_key(header: object) -> str:
    """The words of a header: no diacritics, stars, line breaks or remarks in brackets."""
    shown = str(header)
    return words_only(_ASIDE.sub(" ", shown)) or words_only(shown)


def recognise(header: object) -> Field | None:
    """The field that a header names, None when it is none of ours."""
    key = header_key(header)
    return next((name for name, pattern in _KNOWN if pattern.fullmatch(key)), None) if key else None


def letter(index: int) -> str:
    """A column's letter as a spreadsheet shows it: 0 is A, 26 is AA."""
    shown = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        shown = chr(65 + rest) + shown
    return shown


def position(letters: str) -> int:
    """The reverse of `letter`."""
    found = 0
    for char in letters:
        found = found * 26 + ord(char) - 64
    return found - 1


@dataclass(frozen=True)
class Mapping:
    """The operator's own reading of a file.

    `columns`: field → header, or a column's letter, or "" (leave this field out). `header_row`: the row that the
    headers are in as a spreadsheet counts (1 is the first), 0 when there are none. `number_digits`: how long a member
    number is; numbers kept as numbers get their lost zeros back and others are refused.
    """

    columns: dict[Field, str] = field(default_factory=dict)
    sheet: str = ""
    header_row: int | None = None
    number_digits: int | None = None

    def headers(self) -> dict[str, Field]:
        """Own headers without diacritics → field."""
        return {header_key(text): name for name, text in self.columns.items() if text and header_key(text)}

    def letters(self) -> dict[Field, int]:
        """Fields given by a column's letter → the column's position."""
        return {name: position(text) for name, text in self.columns.items() if _LETTER.fullmatch(text)}


def load_mapping(path: Path) -> Mapping:
    """The mapping in a TOML file; BadInput names what is wrong with it."""
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise BadInput("roster.map-unreadable", reason=error.strerror or "") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput("roster.map-unreadable", reason=str(error)) from None
    return Mapping(
        columns=_own_columns(content),
        sheet=_setting(content, "sheet", str, ""),
        header_row=_setting(content, "header_row", int, None),
        number_digits=_setting(content, "number_digits", int, None),
    )


def _own_columns(content: dict[str, Any]) -> dict[Field, str]:
    columns: dict[Field, str] = {}
    for key, value in content.items():
        if key in {"sheet", "header_row", "number_digits"}:
            continue
        if key not in list(Field) or not isinstance(value, str):
            raise BadInput("roster.map-unknown-field", field=key, fields=", ".join(Field))
        columns[Field(key)] = value.strip()
    return columns


def _setting(content: dict[str, Any], key: str, kind: type, default: Any) -> Any:
    value = content.get(key, default)
    if key in content and (not isinstance(value, kind) or isinstance(value, bool)):
        raise BadInput("roster.map-wrong-setting", field=key)
    return value


def columns_of(headers: list[str], mapping: Mapping) -> dict[Field, tuple[int, ...]]:
    """Field → the columns that hold it, out of one row of headers.

    Birth dates may stand in two columns (one for men, one for women) and a name in two (family name, given name);
    of any other field the first column counts.
    """
    found: dict[Field, tuple[int, ...]] = {name: (index,) for name, index in mapping.letters().items()}
    own = mapping.headers()
    taken = set(mapping.letters().values())
    for index, header in enumerate(headers):
        name = own.get(header_key(header)) or recognise(header)
        if name is None or index in taken or _is_settled(name, header, mapping):
            continue
        if name not in found:
            found[name] = (index,)
        elif name is Field.BIRTH_DATE and fold(header).split()[-1] in {"nam", "nu"}:
            found[name] = (*found[name], index)
    return _joined_names(found)


def _is_settled(name: Field, header: str, mapping: Mapping) -> bool:
    """Whether the operator gave this field to another column (or to none)."""
    own = mapping.columns.get(name)
    return own is not None and (own == "" or header_key(own) != header_key(header))


def _joined_names(found: dict[Field, tuple[int, ...]]) -> dict[Field, tuple[int, ...]]:
    family, given = found.pop(Field.FAMILY_NAME, ()), found.pop(Field.GIVEN_NAME, ())
    if Field.FULL_NAME not in found and given:
        found[Field.FULL_NAME] = (*family, *given)
    elif Field.FULL_NAME in found and given == (found[Field.FULL_NAME][0] + 1,):
        found[Field.FULL_NAME] = (*found[Field.FULL_NAME], *given)
    return found
