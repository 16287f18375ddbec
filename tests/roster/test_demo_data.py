"""Made-up rosters: the same seed gives the same people, shares as in life, and mistakes that the import finds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.errors import BadInput
from bot.flows.members import demo_data
from storage.db import Database
from tests.roster.lists import take


def test_the_same_seed_gives_the_same_file(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        demo_data.write_spreadsheet(tmp_path / name, demo_data.people(100, seed=7, errors=5))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert list(demo_data.people(100, seed=7)) != list(demo_data.people(100, seed=8))


def test_people_are_as_in_life_and_nobody_is_real() -> None:
    people = list(demo_data.people(5400, seed=3))
    assert len(people) == len({person.number for person in people}) == 5400
    assert all(person.number.startswith("99") and len(person.number) == 12 for person in people)
    assert all(person.phone in {"", person.phone} and person.phone[:4] in {"", "0990"} for person in people)
    phoneless = sum(person.has_phone == "không" for person in people) / 5400
    assert 0.10 < phoneless < 0.17
    branches = Counter((person.commune, person.branch) for person in people)
    secretaries = Counter((person.commune, person.branch) for person in people if person.role == "Bí thư")
    assert len(branches) == 200
    assert secretaries == dict.fromkeys(branches, 1)
    assert len({person.commune for person in people}) == 16


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_import_finds_each_mistake_and_nothing_else(database: Database, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    write = demo_data.write_spreadsheet if kind == "xlsx" else demo_data.write_text
    errors = 2 * len(demo_data.MISTAKES)
    assert write(path, demo_data.people(400, seed=5, errors=errors)) == 400
    plan = take(database, path)
    bad = {(problem.sheet, problem.row) for problem in plan.problems}
    assert len(bad) == errors, [problem.reason for problem in plan.problems]
    assert plan.counts()["added"] == 400 - errors
    assert take(database, path).is_empty


def test_numbers_that_do_not_fit_are_refused() -> None:
    with pytest.raises(BadInput):
        list(demo_data.people(10, branches=11))
    with pytest.raises(BadInput):
        list(demo_data.people(10, errors=5))
