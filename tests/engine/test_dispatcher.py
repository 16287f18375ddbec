"""One transaction: write down, think, answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import select

from bot.messages import Kind
from storage import inbox
from storage.inbox import InboxEntry
from storage.organizations import Organization
from tests.engine.line import Line
from tests.world import World


@pytest.fixture
def line(world: World) -> Line:
    return Line(world)


def test_a_repeat_does_nothing(line: Line) -> None:
    update = line.incoming("say once")
    assert line.handle(update) == 1
    assert line.handle(update, replace(update)) == 0
    assert line.texts() == ["heard say once"]
    assert line.rung == 1


def test_a_poison_update_is_set_aside_and_the_line_goes_on(line: Line) -> None:
    line.hears("say before", "poison", "say after")
    before, apology, after = line.texts()
    assert (before, after) == ("heard say before", "heard say after")
    assert "Xin nhắn lại" in apology
    with line.database.reading() as session:
        (failed,) = inbox.failed(session)
        assert failed.error == "ZeroDivisionError"
        assert failed.body is not None
        assert failed.body["text"] == "poison"
        half = session.exec(select(Organization).where(Organization.code == "half")).first()
    assert half is None, "what the failing handler wrote has stayed"


def test_the_cursor_commits_with_the_updates(line: Line) -> None:
    line.handle(line.incoming("say x"), cursor="42")
    with line.database.reading() as session:
        assert len(session.exec(select(InboxEntry)).all()) == 1
        from storage import channels

        assert channels.get(session, line.channel).cursor == "42"


def test_a_number_answers_the_latest_question_of_that_chat(line: Line) -> None:
    line.hears("ask one", "ask two")
    line.hears("ask elsewhere", chat="c2")
    line.hears("2")
    assert not any("picked" in text for text in line.texts()), "nobody has seen the question yet"
    line.mark_sent()
    line.hears("2")
    assert line.texts()[-1] == "picked not two"
    line.hears("1", chat="c2")
    assert line.texts("c2")[-1] == "picked elsewhere"


def test_a_number_without_a_question_means_nothing(line: Line) -> None:
    line.hears("1")
    assert line.texts() == []


def test_a_button_cannot_be_carried_into_another_chat(line: Line) -> None:
    line.hears("ask mine")
    (question,) = line.deliveries()
    press = replace(line.incoming("", chat="c2"), kind=Kind.CHOICE, choice=f"{question.id}.0")
    line.handle(press)
    assert not any("picked" in text for text in line.texts("c2"))
    press = replace(line.incoming(""), kind=Kind.CHOICE, choice=f"{question.id}.0")
    line.handle(press)
    assert line.texts()[-1] == "picked mine"


@pytest.mark.parametrize("data", ["", "x", "999999.0", "1.99", "-1.0", "1.-1", "1.0.0", "1;DROP"])
def test_forged_button_data_is_harmless(line: Line, data: str) -> None:
    press = replace(line.incoming(""), kind=Kind.CHOICE, choice=data)
    line.handle(press)
    assert not any("picked" in text for text in line.texts())


def test_a_set_aside_update_can_be_tried_again(line: Line) -> None:
    line.hears("poison")
    with line.database.transaction() as session:
        (failed,) = inbox.failed(session)
        assert failed.body is not None
        failed.body = {**failed.body, "text": "say healed"}
    assert line.dispatcher.retry(failed.id or 0)
    assert line.texts()[-1] == "heard say healed"
    with line.database.reading() as session:
        assert inbox.failed(session) == []
