"""Consent on the page, and reading time: only with it, never faster than the clock, the member sees it first."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session, select

from storage import consents, members
from storage.consents import Consent, Decision, Purpose
from storage.members import Member
from tests.documents.papers import RESOLUTION, pdf
from tests.web.site import Site, agree, publish, reading
from tests.world import Person, World


def _pass(world: World, seconds: float) -> None:
    world.control("POST", "clock", {"advance": timedelta(seconds=seconds).total_seconds()})


def _beat(site: Site, person: Person, seconds: object = 15) -> str:
    answer = site.http.post(f"{site.path(person)}/beat", data={"seconds": str(seconds)})
    return answer.text if answer.status_code == 200 else str(answer.status_code)


def test_the_page_asks_once_and_remembers(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    path = site.path(lan)
    page = site.http.get(path).text
    assert "Cho phép ghi thời gian học?" in page
    assert page.count('class="consent"') == 1, "one question at a time"
    assert "checked" not in page
    answer = site.http.post(f"{path}/consent", data={"purpose": "study", "answer": "yes"}).text
    assert 'class="consent"' not in answer, "the next question waits for another day"
    assert "chưa đến 1 phút" in answer
    later = site.http.get(path).text
    assert "Cho phép ghi đã mở văn bản?" in later
    site.http.post(f"{path}/consent", data={"purpose": "reading", "answer": "no"})
    assert 'class="consent"' not in site.http.get(path).text
    with world.database.reading() as session:
        found = {row.purpose: (row.decision, row.how, row.text_version) for row in session.exec(select(Consent))}
    assert found == {"study": ("given", "page", 1), "reading": ("refused", "page", 1)}


def test_nothing_else_can_be_agreed_to_on_the_page(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    for form in ({"purpose": "voice", "answer": "yes"}, {"purpose": "study"}, {"purpose": "study", "answer": "ok"}, {}):
        assert site.http.post(f"{site.path(lan)}/consent", data=form).status_code == 404
    with world.database.reading() as session:
        assert not session.exec(select(Consent)).all()


def test_no_time_without_consent(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    assert "data-beat" not in site.http.get(site.path(lan)).text
    assert _beat(site, lan) == "403"
    agree(world, lan, Purpose.STUDY, Decision.REFUSED)
    assert _beat(site, lan) == "403"
    assert reading(world, lan).studied_seconds == 0
    agree(world, lan, Purpose.STUDY)
    assert "data-beat" in site.http.get(site.path(lan)).text
    assert _beat(site, lan) == "Đồng chí đã đọc chưa đến 1 phút."
    assert reading(world, lan).studied_seconds == 15


def test_time_never_runs_faster_than_the_clock(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    agree(world, lan, Purpose.STUDY)
    for _ in range(10):  # ten tabs, or somebody who knows how to
        _beat(site, lan, 20)
    assert reading(world, lan).studied_seconds <= 22
    before = reading(world, lan).studied_seconds
    _pass(world, 3600)
    _beat(site, lan, 9999)
    assert reading(world, lan).studied_seconds == before + 20
    _pass(world, 15)
    _beat(site, lan, "-5")
    _beat(site, lan, "x")
    assert reading(world, lan).studied_seconds == before + 20


def test_a_quarter_of_an_hour_counts_as_one_and_no_more_than_the_cap(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    agree(world, lan, Purpose.STUDY)
    for _ in range(24):
        _pass(world, 15)
        _beat(site, lan)
    assert 355 <= reading(world, lan).studied_seconds <= 360
    assert "Đồng chí đã đọc" in site.http.get(site.path(lan)).text
    for _ in range(40):
        _pass(world, 15)
        said = _beat(site, lan)
    assert reading(world, lan).studied_seconds == 600, "one page: the least cap, ten minutes"
    assert said == "Đồng chí đã đọc 10 phút."


def test_withdrawing_forgets_what_was_counted(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    agree(world, lan, Purpose.STUDY)
    agree(world, lan, Purpose.READING)
    site.http.get(site.path(lan))
    site.http.post(f"{site.path(lan)}/read")
    _beat(site, lan)
    lan.says("rút đồng ý")
    lan.presses("Thời gian học")
    lan.presses("Rút đồng ý")
    row = reading(world, lan)
    assert (row.studied_seconds, row.opened_at is None) == (0, False)
    assert _beat(site, lan) == "403"
    lan.says("rut dong y")
    lan.presses("Rút đồng ý")
    row = reading(world, lan)
    assert row.opened_at is None
    assert row.acknowledged_at is not None, "their own word stays"


def test_the_condition_finds_who_agrees_now(world: World) -> None:
    lan, hung, mai = (world.person(name) for name in ("Trần Thị Lan", "Lê Văn Hùng", "Phạm Thị Mai"))
    agree(world, lan, Purpose.STUDY)
    agree(world, hung, Purpose.STUDY)
    agree(world, hung, Purpose.STUDY, Decision.WITHDRAWN)
    agree(world, mai, Purpose.READING)

    def who(session: Session) -> list[int | None]:
        return list(session.exec(select(Member.id).where(consents.agreeing(Purpose.STUDY))))

    with world.database.reading() as session:
        assert who(session) == [lan.member_id]
        assert [row.decision for row in consents.history(session, hung.member_id)] == ["given", "withdrawn"]
        assert members.get(session, mai.member_id).id
