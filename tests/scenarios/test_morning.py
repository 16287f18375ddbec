"""The secretary's morning card. The world's clock: Wednesday 25/11/2026, 9:00; the meeting is on 3/12/2026, 19:30."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select

from storage.documents import Document, DocumentState, Reading
from storage.meetings import Meeting, MeetingState
from storage.members import RoleKind
from storage.mornings import Morning
from storage.outbox import Delivery
from storage.questions import Question
from storage.tasks import Task
from tests.scenarios.test_meetings import call, secretary
from tests.world import Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])
MORNING = "2026-12-01T07:00:00+07:00"
AT = datetime.fromisoformat("2026-11-20T09:00:00+07:00")


@pytest.fixture(autouse=True)
def _on(world: World) -> None:
    """The tests' world has the card switched off; here it is what they are about."""
    world.settings.morning_card = True


def party(world: World, platform: str = "telegram") -> tuple[Person, Person, Person, Person]:
    """An has called the meeting; Lan comes, Ba does not, Tư is silent."""
    an = secretary(world, platform)
    lan, ba, tu = (world.person(name, platform=platform) for name in ("Trần Thị Lan", "Lê Văn Ba", "Phạm Văn Tư"))
    call(an)
    an.says("tôi dự được")
    lan.says("tôi dự được")
    ba.says("tôi xin vắng vì ốm")
    for person in (an, lan, ba, tu):
        person.forget()
    return an, lan, ba, tu


def cards(an: Person) -> list[str]:
    return [each for each in an.new() if "VIỆC CẦN XEM" in each]


@BOTH
def test_the_card_comes_once_at_seven_with_names_and_three_choices(world: World, platform: str) -> None:
    an, lan, *_ = party(world, platform)
    world.at("2026-12-01T06:45:00+07:00")
    assert not cards(an)
    world.at(MORNING)
    world.later(hours=1)
    (card,) = cards(an)
    assert "thứ Ba, ngày 01/12/2026" in card
    assert "Chưa báo dự 1: Tư." in card
    assert "Xin vắng 1: Ba. Chờ duyệt lý do 1." in card
    assert "ốm" not in card
    assert len(card.split("\n1 – ")[0].splitlines()) <= 5
    assert not lan.sees("VIỆC CẦN XEM")
    an.presses("Danh sách gọi điện")
    assert "Phạm Văn Tư" in an.last
    world.at("2026-12-02T07:00:00+07:00")
    assert len(cards(an)) == 2  # the next day has its own


@BOTH
def test_remind_all_reminds_within_the_limits(world: World, platform: str) -> None:
    an, lan, _, tu = party(world, platform)
    world.at("2026-11-29T07:00:00+07:00")
    tu.forget()
    lan.forget()
    an.presses("Nhắc tất cả")
    assert "Đã nhắc 1 người." in an.last
    assert tu.new()
    assert not lan.new()
    an.says("hôm nay có gì")
    an.presses("Nhắc tất cả")
    assert "Đã nhắc 0 người.\nCòn 1 người" in an.last
    assert len(tu.new()) == 1


def test_in_quiet_hours_nobody_is_reminded(world: World) -> None:
    an, *_, tu = party(world)
    world.at("2026-11-29T07:00:00+07:00")
    world.at("2026-11-29T21:30:00+07:00")
    tu.forget()
    an.presses("Nhắc tất cả")
    assert "giờ nghỉ" in an.last
    assert not tu.new()


def test_later_is_put_aside_and_comes_again_on_demand(world: World) -> None:
    an, *_ = party(world)
    world.at(MORNING)
    an.presses("Xem sau")
    assert "HÔM NAY CÓ GÌ" in an.last
    an.says("/homnay")
    assert "Chưa báo dự 1" in an.last


def test_nothing_to_say_says_nothing(world: World) -> None:
    an = secretary(world)
    world.at(MORNING)
    assert not cards(an)
    with world.database.reading() as session:
        assert [row.day for row in session.exec(select(Morning))] == [date(2026, 12, 1)]
    an.says("hôm nay có gì")
    assert "chưa có việc nào tồn đọng" in an.last


def test_what_is_late_is_read_from_the_books(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    old = world.person("Hồ Văn Cụ", has_phone=False, linked=False)
    home = world.branch.id or 0
    with world.database.transaction() as session:
        paper = Document(
            organization_id=home, number="1-NQ/CB", state=DocumentState.PUBLISHED, created_at=AT, published_at=AT,
            read_by=AT + timedelta(days=3),
        )  # fmt: skip
        only_the_old = Document(
            organization_id=home, number="2-NQ/CB", state=DocumentState.PUBLISHED, created_at=AT, published_at=AT,
            read_by=AT + timedelta(days=3),
        )  # fmt: skip
        session.add_all([paper, only_the_old])
        session.flush()
        session.add(Reading(document_id=paper.id or 0, member_id=lan.member_id))
        session.add(Reading(document_id=only_the_old.id or 0, member_id=old.member_id))
        session.add(
            Question(
                organization_id=home, year=2026, number=1, member_id=lan.member_id, text="?", asked_at=AT,
                due_at=AT + timedelta(days=4),
            )
        )  # fmt: skip
        session.add(
            Task(
                organization_id=home, year=2026, number=1, title="Việc", member_id=lan.member_id, due_on=AT.date(),
                given_at=AT,
            )
        )  # fmt: skip
        session.add(
            Meeting(
                organization_id=home, starts_at=AT, created_at=AT, began_at=AT, ended_at=AT + timedelta(hours=2),
                state=MeetingState.HELD, place="x",
            )
        )  # fmt: skip
    world.at(MORNING)
    (card,) = cards(an)
    late = "1 nhiệm vụ, 1 biên bản chưa gửi, 1 văn bản chưa đọc hết, 1 thắc mắc, kiến nghị, 1 cuộc họp chưa chấm điểm"
    assert f"Quá hạn, còn lại: {late}." in card


def test_only_who_keeps_the_branch_sees_it_and_never_in_a_group(world: World) -> None:
    an, lan, *_ = party(world)
    chat = world.group([an, lan])
    world.at("2026-12-01T09:00:00+07:00")
    lan.says("hôm nay có gì")
    assert "Tư" not in lan.last
    officer = world.person("Đỗ Quang Vinh", roles=[RoleKind.OFFICER], branch=world.commune, over=world.commune)
    officer.says("hôm nay có gì")
    assert "Tư" not in officer.last
    an.mentions("hôm nay có gì", chat)
    assert not any("Tư" in each for each in an.texts(chat))
    assert "nhắn riêng" in an.texts(chat)[-1]


def test_switched_off_and_after_a_restart_it_does_not_come_again(world: World) -> None:
    an, *_ = party(world)
    world.at(MORNING)
    world.restart()
    world.later(hours=1)
    assert len(cards(an)) == 1
    world.settings.morning_card = False
    world.restart()
    world.at("2026-12-02T07:00:00+07:00")
    assert len(cards(an)) == 1
    with world.database.reading() as session:
        rows = session.exec(select(Delivery).where(Delivery.about == "morning")).all()
        assert len(rows) == 1
