"""What is written into the roll call: "bác Lan vắng", "chú Ba, An đến muộn 10 phút", "Lan có mặt"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.flows.room import names
from bot.matching import fold
from storage.members import Member
from storage.rollcalls import Presence


@dataclass(frozen=True, slots=True)
class State:
    """A Presence, or "absent" where the reason is not spoken of. `minutes` late, 0 when nobody said."""

    kind: str
    minutes: int = 0


_STATES = (
    (re.compile(r"(?:vang|nghi) (?:khong|ko|k) (?:ly do|phep|xin phep)$"), Presence.UNEXCUSED),
    (re.compile(r"(?:vang|nghi) (?:co ly do|co phep|xin phep)$|xin (?:vang|phep|nghi)$"), Presence.EXCUSED),
    (re.compile(r"(?:chua den|chua co mat|khong den|khong co mat|vang mat|vang|nghi)$"), "absent"),
    (re.compile(r"(?:den |di )?(?:muon|tre|cham)(?: (\d{1,3}) ?(?:phut|p)?)?$"), Presence.LATE),
    (re.compile(r"(?:da |moi )?(?:co mat|den roi|da den|den|du hop|du)(?: roi)?$"), Presence.PRESENT),
)
_GAP = re.compile(r"[\s:,=-]+$")


def read(text: str, people: Sequence[Member]) -> list[tuple[str, State | None]]:
    """(name, state) of everybody that a line speaks of; the state is None when it says none.

    A text that is somebody's name is a name: "Lò Văn Vàng" is nobody's absence.
    """
    bare = " ".join(text.strip(" .!").split())
    if names.find(people, bare):
        return [(bare, None)]
    rest, state = _parted(bare)
    return [(name, state) for name in names.listed(rest)]


def _parted(text: str) -> tuple[str, State | None]:
    folded = fold(text)
    if len(folded) != len(text):  # letters that fold into several: places would not agree
        text = folded
    for pattern, kind in _STATES:
        found = pattern.search(folded)
        if found and (not found.start() or not folded[found.start() - 1].isalnum()):
            minutes = int(found[1]) if kind == Presence.LATE and found[1] else 0
            return _GAP.sub("", text[: found.start()]), State(kind, minutes)
    return text, None
