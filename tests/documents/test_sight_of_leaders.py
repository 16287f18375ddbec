"""A paper for a list is seen by its list and by those who lead its issuer, by no other leader: at every door."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import col, select

from storage import documents, matrix, notes
from storage.broadcasts import Broadcast
from storage.documents import Document, Reading
from storage.matrix import Count
from storage.members import RoleKind, Standing
from storage.notes import Note
from storage.outbox import Delivery
from tests.scenarios.test_acknowledging import publish, secretary
from tests.scenarios.test_library import put, sent
from tests.scenarios.test_matrix import files, sheet
from tests.world import Person, World


def presses(world: World, person: Person, action: str, argument: str) -> None:
    """Press something that only a forged or very old button can hold."""
    with world.database.transaction() as session:
        rows = [{"action": action, "label": "Nút cũ", "argument": argument}]
        notes.tell(session, person.member_id, Note("Tin cũ", about="", choices=rows), world.now)
    world.pump()
    person.presses("Nút cũ")


def circular(world: World) -> tuple[Person, Person, Person]:
    """The commune's paper 21 for Hùng alone, 22 for everybody; An leads the branch of both."""
    an = secretary(world)
    hung = world.person("Lê Văn Hùng")
    minh = world.person("Cao Văn Minh", roles=[RoleKind.OFFICER], over=world.commune)
    first = put(world, "21-KL/ĐU", "Về việc của đồng chí Hùng", at=world.commune, to=[hung], pages=3)
    second = put(world, "22-KL/ĐU", "Về sinh hoạt hè", at=world.commune)
    sent(world, second, an, hung)
    assert (first, second) == (1, 2)
    return an, hung, minh


def test_a_leader_does_not_see_a_list_from_above_that_is_not_theirs(world: World) -> None:
    an, hung, minh = circular(world)
    hung.says("đã đọc 21-KL/ĐU")
    for words in ("/tinhhinh 21-KL/ĐU", "/tinhhinh đồng chí Hùng", "/tinhhinh", "ghi hộ bác Hùng đã đọc 21-KL/ĐU",
                  "ghi hộ", "/tietkiem", "đã đọc 21-KL/ĐU", "/nghe 21-KL/ĐU"):  # fmt: skip
        an.forget()
        an.says(words)
        assert not an.sees("21-KL"), words
        assert not an.sees("đồng chí Hùng"), words
        an.says("hủy")
    minh.says("/tinhhinh 21-KL/ĐU")
    assert "1/1" in minh.last or "1 đồng chí" in minh.last
    an.says("/bangdoc")
    world.sweep()
    assert "21-KL" not in str(sheet(files(world)["xlsx"]))
    assert CalamineWorkbook.from_filelike(io.BytesIO(files(world)["xlsx"])).sheet_names


@pytest.mark.parametrize("action", ["documents.status", "documents.remind", "documents.record", "documents.recorded",
                                    "documents.open", "documents.read", "publishing.direct"])  # fmt: skip
def test_no_button_opens_it_either(world: World, action: str) -> None:
    an, hung, _ = circular(world)
    presses(world, an, action, f"1:{hung.member_id}" if action == "documents.recorded" else "1")
    assert not an.sees("21-KL")
    with world.database.reading() as session:
        assert not [row for row in session.exec(select(Reading).where(Reading.document_id == 1)) if row.acknowledged_at]


def test_after_its_deadline_no_names_go_to_them_and_groups_hear_nothing(world: World) -> None:
    an, hung, minh = circular(world)
    group = world.group([an, hung])
    with world.database.transaction() as session:
        paper = session.get_one(Document, 1)
        paper.read_by, paper.created_by = world.now + timedelta(days=2), minh.member_id
    world.later(days=3)
    assert not an.sees("21-KL")
    assert not any("21-KL" in text for text in hung.texts(group))
    assert minh.sees("21-KL")


def test_words_and_status_reach_behind_the_newest_two_hundred(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    old = put(world, "7-NQ/TW", "Về tổng vệ sinh đường làng")
    sent(world, old, lan)
    with world.database.transaction() as session:
        for number in range(300, 520):
            later = world.now + timedelta(minutes=number)
            paper = Document(
                organization_id=world.branch.id or 0, number=f"{number}-CV/TW", number_key=f"{number}-cv/tw@",
                state="published", created_at=later, published_at=later, summary="Việc khác",
            )  # fmt: skip
            documents.add(session, paper, [])
    lan.says("đã đọc NQ 7")
    assert "7-NQ/TW" in lan.last
    an.says("/tinhhinh 7-NQ/TW")
    assert an.sees("7-NQ/TW")
    assert an.sees("Trần Thị Lan")
    an.forget()
    an.says("/tinhhinh vệ sinh đường làng")
    assert an.sees("7-NQ/TW")
    lan.says("đã đọc NQ 7")  # once more: it is the one that is in force
    assert "7-NQ/TW" in lan.last
    lan.says("đã đọc")
    assert "7-NQ/TW" in lan.last


# --- volunteers ------------------------------------------------------------------------------------------------------
def test_a_volunteer_on_the_list_counts_and_is_reminded(world: World) -> None:
    an = secretary(world)
    tam = world.person("Đỗ Thị Tâm", standing=Standing.SUPPORTER)
    bay = world.person("Hồ Văn Bảy", standing=Standing.SUPPORTER)
    document_id = put(world, "21-NQ/TW", "Về việc chung", to=[an, tam])
    whole = put(world, "22-NQ/TW", "Cho mọi đảng viên")
    sent(world, whole, an)
    with world.database.transaction() as session:
        documents.opened(session, whole, bay.member_id, world.now)  # looked at it; it is no duty of his
        session.get_one(Document, document_id).read_by = world.now + timedelta(days=4)
    with world.database.reading() as session:
        path = world.branch.path
        assert {row[0].id for row in documents.readings(session, document_id, path)} == {an.member_id, tam.member_id}
        assert [each.total for each in documents.tallies(session, document_id, path)] == [2]
        assert matrix.by_document(session, path, [document_id, whole]) == {
            document_id: Count(total=2), whole: Count(total=1),
        }  # fmt: skip
    world.later(days=2)
    assert tam.sees("21-NQ/TW")
    an.says("/bangdoc")
    world.sweep()
    names = {str(row[0]) for row in sheet(files(world)["xlsx"])}
    assert "Đỗ Thị Tâm" in names
    assert "Hồ Văn Bảy" not in names


# --- listening -------------------------------------------------------------------------------------------------------
def test_reminders_and_later_letters_offer_listening_like_the_first(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    publish(an)
    lan.forget()
    world.later(days=1)
    an.says("/tinhhinh")
    an.presses("Nhắc người chưa đọc")
    world.sweep()
    first, reminder = _labels(world, lan)
    assert "Nghe" in " ".join(first)
    assert reminder == first


def _labels(world: World, person: Person) -> list[list[str]]:
    with world.database.reading() as session:
        first = session.exec(select(Broadcast)).one()
        query = select(Delivery).where(Delivery.member_id == person.member_id, col(Delivery.once).startswith("chase:"))
        reminder = session.exec(query).one()
        return [[each["label"] for each in row.choices] for row in (first, reminder)]
