"""Before a question is sent from the page, published answers to similar ones are offered; without JavaScript."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import select

from bot.flows.questions.similar import key
from storage import faq
from storage.faq import FaqEntry
from storage.questions import Question
from tests.documents.papers import RESOLUTION, pdf
from tests.web.site import Site, publish
from tests.world import Person, World

ASKED = "Khi nào chi bộ thu đảng phí quý này ạ?"


def answered(world: World) -> tuple[Person, int]:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    with world.database.transaction() as session:
        entry = FaqEntry(
            organization_id=world.branch.id or 0, question="Khi nào chi bộ thu đảng phí?", answer="Ngày 5 hằng tháng.",
            search_key=key("Khi nào chi bộ thu đảng phí?"), published_at=world.now,
        )  # fmt: skip
        session.add(entry)
        session.flush()
        return lan, entry.id or 0


def sent(world: World) -> list[Question]:
    with world.database.reading() as session:
        return list(session.exec(select(Question)))


def test_the_answer_is_there_before_the_question_is_sent(world: World, site: Site) -> None:
    lan, _ = answered(world)
    path = site.path(lan)
    offered = site.http.post(f"{path}/ask", data={"text": ASKED, "hidden": "yes"})
    assert offered.status_code == 200
    assert "Ngày 5 hằng tháng." in offered.text
    assert f">{ASKED}</textarea>" in offered.text
    assert "checked" in offered.text
    assert not sent(world)
    done = site.http.post(f"{path}/ask", data={"text": ASKED, "hidden": "yes", "sure": "yes"})
    assert "Đã chuyển câu hỏi số 1" in done.text
    (question,) = sent(world)
    assert timedelta(days=world.app.settings.question_days - 1) < question.due_at - world.now


def test_one_that_was_enough_is_counted_and_nothing_is_sent(world: World, site: Site) -> None:
    lan, entry_id = answered(world)
    path = site.path(lan)
    for clear in (str(entry_id), "999"):
        site.http.post(f"{path}/ask", data={"text": ASKED, "sure": "no", "clear": clear})
    assert not sent(world)
    with world.database.reading() as session:
        assert faq.get(session, entry_id).helped == 1


def test_others_are_sent_at_once_and_wrong_text_is_told_first(world: World, site: Site) -> None:
    lan, _ = answered(world)
    path = site.path(lan)
    assert site.http.post(f"{path}/ask", data={"text": "?"}).status_code == 400
    assert "số 1" in site.http.post(f"{path}/ask", data={"text": "Đường thôn bao giờ đổ bê tông ạ?"}).text
