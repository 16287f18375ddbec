"""What must hold for any text, whoever types it on whatever keyboard."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching import fold, label, understand

LABELS = {
    "attend", "late", "absent", "absent-with-reason", "acknowledged", "question", "greeting", "unrelated", "ambiguous",
}  # fmt: skip
ROWS = Path(__file__).with_name("lines_dev.tsv").read_text(encoding="utf-8").splitlines()
WRITTEN = [row.rsplit("\t", 1)[0] for row in ROWS if row and not row.startswith("#")]
WORDS = sorted({word for text in WRITTEN for word in text.split()})

anything = st.text(max_size=200)
worded = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
lines = st.sampled_from(WRITTEN)


@given(anything | worded)
@settings(max_examples=300, deadline=None)
def test_any_text_gets_one_label(text: str) -> None:
    understood = understand(text)
    assert understood.label.value in LABELS
    assert bool(understood.reason) == (understood.label.value == "absent-with-reason")
    assert understood.sure == (understood.label.value != "ambiguous")


@given(lines | worded)
@settings(max_examples=300, deadline=None)
def test_composed_and_decomposed_letters_are_equal(text: str) -> None:
    assert label(unicodedata.normalize("NFD", text)) == label(unicodedata.normalize("NFC", text))


@given(lines)
@settings(max_examples=200, deadline=None)
def test_invisible_characters_change_nothing(text: str) -> None:
    assert label("\ufeff" + text.replace(" ", " \u200b") + "\u200d") == label(text)


@given(lines)
@settings(max_examples=300, deadline=None)
def test_shouting_is_not_the_opposite(text: str) -> None:
    # Capitals hide names, so a shouted line may be less clear, but never another record.
    both = {label(text), label(text.upper())}
    assert not ("attend" in both and both & {"absent", "absent-with-reason"})


@given(lines | worded)
@settings(max_examples=300, deadline=None)
def test_politeness_is_not_the_opposite(text: str) -> None:
    both = {label(text), label(text + " ạ"), label("Dạ " + text), label(text + "   ")}
    assert not ("attend" in both and both & {"absent", "absent-with-reason"})


@given(anything)
def test_fold_leaves_plain_single_spaced_letters(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split())


@pytest.mark.parametrize("text", ["", " ", "\n", "\u200b", "?", "....", "\U0001f44d", "\t", "/", "%"])
def test_nothing_said_records_nothing(text: str) -> None:
    assert label(text) in {"ambiguous", "question"}
