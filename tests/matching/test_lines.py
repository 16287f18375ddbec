"""Labelled lines: our own always, the project's shared ones where they lie beside the repository."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.matching import label, run_match

OWN = Path(__file__).with_name("lines_dev.tsv")
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "replies_vi.tsv"
LABELS = {
    "attend", "late", "absent", "absent-with-reason", "acknowledged", "question", "greeting", "unrelated", "ambiguous",
}  # fmt: skip
RECORDED = {"attend", "late", "absent", "absent-with-reason", "acknowledged"}
AWAY = {"absent", "absent-with-reason"}


class Line(NamedTuple):
    text: str
    wanted: str
    got: str


def judged(path: Path) -> list[Line]:
    rows = [row for row in path.read_text(encoding="utf-8").splitlines() if row and not row.startswith("#")]
    pairs = [row.rsplit("\t", 1) for row in rows]
    return [Line(text, wanted, label(text)) for text, wanted in pairs]


@pytest.fixture(scope="module", params=[OWN, SHARED], ids=["own", "shared"])
def lines(request: pytest.FixtureRequest) -> list[Line]:
    if not request.param.exists():
        pytest.skip("the shared labelled lines are not beside this repository")
    found = judged(request.param)
    assert len(found) > 100
    return found


def test_nobody_is_recorded_as_the_opposite(lines: list[Line]) -> None:
    swapped = [each for each in lines if (each.wanted == "attend" and each.got in AWAY)]
    swapped += [each for each in lines if (each.wanted in AWAY and each.got == "attend")]
    assert swapped == []


def test_a_doubtful_line_records_nothing(lines: list[Line]) -> None:
    assert [each for each in lines if each.wanted == "ambiguous" and each.got in RECORDED] == []


def test_talk_records_nothing(lines: list[Line]) -> None:
    talk = {"question", "greeting", "unrelated"}
    assert [each for each in lines if each.wanted in talk and each.got in RECORDED] == []


def test_most_lines_are_understood(lines: list[Line]) -> None:
    right = sum(each.wanted == each.got for each in lines)
    assert right / len(lines) >= 0.97, [each for each in lines if each.wanted != each.got]


def test_every_label_is_reached_and_none_is_made_up(lines: list[Line]) -> None:
    assert {each.got for each in lines} == {each.wanted for each in lines} == LABELS
    assert min(Counter(each.wanted for each in lines).values()) >= 5


def test_the_command_echoes_every_line_with_its_label() -> None:
    given = ["Tôi dự\n", "  xin  vắng \r\n", "\n", "ok"]
    assert list(run_match(given)) == ["Tôi dự\tattend", "  xin  vắng \tabsent", "\tambiguous", "ok\tambiguous"]
