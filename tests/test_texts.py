"""Texts with values: put in whole and as they are, and remembered nowhere."""

from __future__ import annotations

import sys

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.texts import FOLDER, MissingText, t


def test_a_value_is_shown_as_it_is() -> None:
    assert t("minutes.place", place="{ $place } \U000f0000 2.026") == "Địa điểm: { $place } \U000f0000 2.026."
    assert "2026" in t("dates.line-plain", day="05", month="12", year=2026)


def test_values_change_places_with_none() -> None:
    assert t("minutes.opinion", name="{text}\U000f0001", text="Tôi đồng ý") == t(
        "minutes.opinion", text="Tôi đồng ý", name="{text}\U000f0001"
    )


@pytest.mark.parametrize(
    ("key", "values"), [("minutes.nowhere", {}), ("minutes.place", {}), ("minutes.place", {"room": 1})]
)
def test_a_missing_text_or_value_is_a_mistake(key: str, values: dict[str, object]) -> None:
    with pytest.raises(MissingText):
        t(key, **values)


def test_what_people_wrote_is_remembered_nowhere() -> None:
    words = "".join(["lý do ", "riêng của ", "đồng chí Lan"])
    before = sys.getrefcount(words)
    assert words in t("minutes.place", place=words)
    assert sys.getrefcount(words) == before


class _Choosing(Visitor):
    found: list[str]

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802 (the library's name)
        self.found.append(str(node))


def test_no_text_chooses_its_words_by_a_value() -> None:
    """Marks stand for the values while a text is made: a choice would always be the last one."""
    visitor = _Choosing()
    visitor.found = []
    paths = list(FOLDER.glob("*.ftl"))
    for path in paths:
        visitor.visit(FluentParser().parse(path.read_text("utf-8")))
    assert len(paths) > 10
    assert visitor.found == []
