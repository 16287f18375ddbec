"""How well published answers are found again: pairs that mean the same, and questions that nothing answers.

Both lists were written for this test. Their second parts ("held out") were never used to choose thresholds or words.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.flows.questions.similar import OFFER, SEARCH, key, rank, terms

FOLDER = Path(__file__).parent


def pairs(*, held_out: bool) -> list[tuple[str, str]]:
    lines = FOLDER.joinpath("pairs.tsv").read_text("utf-8").splitlines()
    middle = lines.index("# held out")
    wanted = lines[middle:] if held_out else lines[:middle]
    return [(line.split("\t")[0], line.split("\t")[1]) for line in wanted if line and not line.startswith("#")]


def unrelated() -> list[str]:
    lines = FOLDER.joinpath("unrelated.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def published() -> list[str]:
    both = [*pairs(held_out=False), *pairs(held_out=True)]
    return list(dict.fromkeys(question for question, _ in both))


def offered(asked: str) -> list[str]:
    entries = published()
    order = rank(terms(asked), [key(each).split() for each in entries])
    return [entries[at] for at, likeness in order[:3] if likeness >= OFFER]


def bare(text: str) -> str:
    import unicodedata

    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in apart if not unicodedata.combining(char)).lower()


@pytest.mark.parametrize("held_out", [False, True])
@pytest.mark.parametrize("marks", [True, False])
def test_what_means_the_same_is_among_the_first_three(held_out: bool, marks: bool) -> None:
    found = pairs(held_out=held_out)
    hits = sum(question in offered(asked if marks else bare(asked)) for question, asked in found)
    assert len(pairs(held_out=False)) + len(pairs(held_out=True)) >= 60
    assert hits / len(found) >= 0.8, f"{hits} of {len(found)}"


def test_what_nothing_answers_is_offered_nothing() -> None:
    found = unrelated()
    wrong = [asked for asked in found if offered(asked)]
    assert len(found) >= 40
    assert len(wrong) / len(found) <= 0.05, wrong


def test_no_share_is_likely_enough_by_chance_words() -> None:
    assert rank(terms("Khi nào ở đâu bao nhiêu?"), [terms("Khi nào chi bộ họp ở đâu?")]) == []
    assert rank(terms("của và là"), [terms("đường làng")]) == []
    assert SEARCH < OFFER


def test_a_word_with_marks_is_not_its_bare_twin() -> None:
    assert "=ý-quà" in terms("bao giờ được tặng quà")
    assert "=ý-quà" not in terms("hôm qua mất điện lâu quá")
