"""A corrected paper takes the place of the one before; papers expire; papers are withdrawn, and taken back."""

from __future__ import annotations

import pytest
from sqlmodel import select

from storage import documents
from storage.documents import Document, Reading
from storage.members import RoleKind
from storage.outbox import Delivery, DeliveryState
from tests.documents.papers import RESOLUTION, pdf
from tests.world import Person, World

TEXT = "Kính gửi các đồng chí đảng viên: chi bộ tổng vệ sinh đường làng sáng thứ Bảy, mỗi nhà một người."
BETTER = "Kính gửi các đồng chí đảng viên: chi bộ tổng vệ sinh đường làng sáng Chủ nhật, mỗi nhà một người."
PLATFORMS = pytest.mark.parametrize("platform", ["telegram", "zalo"])


def two(world: World, platform: str = "telegram") -> tuple[Person, Person]:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)
    return an, world.person("Trần Thị Lan", platform=platform)


def publish(an: Person, text: str = TEXT, number: str = "21-NQ/TW") -> None:
    an.says(f"/vanban {text}")
    an.says(number)
    an.says("Tổng vệ sinh đường làng")
    if "thay bản trước?" not in an.last:
        an.presses("Gửi")


def states(world: World) -> list[tuple[int, str, int]]:
    with world.database.reading() as session:
        rows = session.exec(select(Document).order_by(Document.id))  # type: ignore[arg-type]
        return [(row.id or 0, row.state, row.version) for row in rows]


def read_by(world: World, document_id: int) -> set[int]:
    with world.database.reading() as session:
        rows = session.exec(select(Reading).where(Reading.document_id == document_id))
        return {row.member_id for row in rows if row.acknowledged_at and row.how != "publisher"}


# --- versions ------------------------------------------------------------------------------------------------------
@PLATFORMS
def test_the_same_number_asks_and_the_new_version_is_unread(world: World, platform: str) -> None:
    an, lan = two(world, platform)
    publish(an)
    lan.says("đã đọc")
    assert read_by(world, 1) == {lan.member_id}
    publish(an, BETTER)
    assert "Đã có văn bản 21-NQ/TW, gửi ngày 25/11/2026. Văn bản này thay bản trước?" in an.last
    an.presses("Thay bản trước")
    assert "21-NQ/TW, bản 2" in an.last
    assert "những người đã nhận bản trước" not in an.last  # everybody: newcomers too
    an.presses("Gửi")
    assert states(world) == [(1, "replaced", 1), (2, "published", 2)]
    assert "Đây là bản thay thế (bản 2). Bản trước không còn dùng." in lan.last
    assert "Chủ nhật" in lan.last
    assert read_by(world, 1) == {lan.member_id}
    assert read_by(world, 2) == set()
    lan.says("đã đọc")
    assert read_by(world, 2) == {lan.member_id}
    with world.database.reading() as session:
        assert documents.current_version(session, 1).id == 2
        assert [each.id for each in documents.earlier_versions(session, 2)] == [1]


def test_another_paper_with_the_same_number_stays_beside_it(world: World) -> None:
    an, _ = two(world)
    publish(an)
    publish(an, BETTER)
    an.presses("Là văn bản khác")
    an.presses("Gửi")
    assert states(world) == [(1, "published", 1), (2, "published", 1)]


def test_numbers_begin_anew_every_year_and_other_places_have_their_own(world: World) -> None:
    an, _ = two(world)
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    hoa = world.person("Lê Thị Hoa", roles=[RoleKind.SECRETARY], branch=other)
    publish(an, number="01-TB/CB")
    publish(hoa, number="01-TB/CB")
    world.at("2027-01-05T09:00:00+07:00")
    publish(an, number="01-TB/CB")
    assert [state for _, state, _ in states(world)] == ["published"] * 3


def test_a_press_on_the_old_message_never_lands_on_the_new_version(world: World) -> None:
    an, lan = two(world)
    publish(an)
    old = next(m for m in lan.chat() if "MỜI ĐỒNG CHÍ ĐỌC" in (m["text"] or ""))
    publish(an, BETTER)
    an.presses("Thay bản trước")
    an.presses("Gửi")
    lan.forget()
    lan._press(old["message_id"], old["buttons"][0][1], None)
    assert lan.sees("đã có bản mới")
    lan.forget()
    lan.says("đã đọc", reply_to=old["message_id"])
    assert lan.sees("đã có bản mới")
    assert read_by(world, 1) == read_by(world, 2) == set()
    lan.says("1")  # the new one was shown just now
    assert read_by(world, 2) == {lan.member_id}


@PLATFORMS
def test_a_replacement_is_chosen_in_the_view_and_keeps_what_it_does_not_tell(world: World, platform: str) -> None:
    an, lan = two(world, platform)
    an.sends(pdf(RESOLUTION), "scan.pdf", text="/vanban") if platform == "telegram" else publish(an)
    if platform == "telegram":
        an.presses("Gửi")
    an.says("/tim 21-NQ/TW")
    an.presses("Gửi bản thay thế")
    assert "Xin gửi bản thay cho 21-NQ/TW" in an.last
    an.says(BETTER)
    assert "Nghị quyết 21-NQ/TW" in an.last
    assert "bản 2" in an.last
    an.presses("Gửi")
    assert states(world) == [(1, "replaced", 1), (2, "published", 2)]
    assert "Chủ nhật" in lan.last


def test_a_list_keeps_its_readers_and_those_below_them(world: World) -> None:
    minh = world.person("Đỗ Văn Minh", roles=[RoleKind.OFFICER], over=world.commune, branch=world.commune)
    an, lan = two(world)
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    mai = world.person("Trần Thị Mai", branch=other)
    minh.says(f"/vanban {TEXT}")
    minh.says("21-NQ/TW")
    minh.says("Tổng vệ sinh")
    minh.presses("Đổi nơi nhận")
    minh.presses("Bí thư")
    minh.presses("Gửi")
    an.presses("Chuyển tiếp xuống")
    an.presses("Chuyển tiếp")
    for person in (an, lan, mai):
        person.forget()
    minh.says("/tim 21-NQ/TW")
    minh.says(f"/vanban {BETTER}")
    minh.says("21-NQ/TW")
    minh.says("Tổng vệ sinh")
    minh.presses("Thay bản trước")
    assert "Nơi nhận: những người đã nhận bản trước, 2/2 người" in minh.last
    assert "Đổi nơi nhận" not in str(minh.chat()[-1]["buttons"])
    minh.presses("Gửi")
    assert an.sees("bản thay thế")
    assert lan.sees("bản thay thế")
    assert not mai.sees("bản thay thế")
    with world.database.reading() as session:
        rows = session.exec(select(Reading).where(Reading.document_id == 2))
        assert {row.member_id for row in rows} == {an.member_id, lan.member_id}


def test_two_secretaries_replace_at_once_and_one_is_told(world: World) -> None:
    an, _ = two(world)
    binh = world.person("Phan Thanh Bình", roles=[RoleKind.DEPUTY])
    publish(an)
    publish(an, BETTER)
    publish(binh, BETTER)
    an.presses("Thay bản trước")
    binh.presses("Thay bản trước")
    an.presses("Gửi")
    binh.presses("Gửi")
    assert "vừa có bản mới" in binh.last
    assert [state for _, state, _ in states(world)] == ["replaced", "published"]


def test_what_waits_about_the_old_version_is_never_sent(world: World) -> None:
    an, lan = two(world)
    hung = world.person("Lê Văn Hùng", platform="zalo")
    publish(an)
    world.at("2026-11-25T22:00:00+07:00")
    an.says("/tinhhinh")
    an.presses("Nhắc")
    publish(an, BETTER)
    an.presses("Thay bản trước")
    an.presses("Gửi")
    world.at("2026-11-26T06:31:00+07:00")
    for person in (lan, hung):
        assert not person.sees("XIN NHẮC")
        assert person.sees("Đây là bản thay thế (bản 2)")
    with world.database.reading() as session:
        waiting = session.exec(select(Delivery).where(Delivery.about == "document:1"))
        assert not [row for row in waiting if row.state in {DeliveryState.PENDING, DeliveryState.HELD}]


# --- expiry --------------------------------------------------------------------------------------------------------
@PLATFORMS
def test_a_paper_past_its_last_day_ends(world: World, platform: str) -> None:
    an, lan = two(world, platform)
    an.says(f"/vanban {TEXT}")
    an.says("21-NQ/TW")
    an.says("Tổng vệ sinh đường làng")
    an.presses("Tùy chọn")
    an.presses("Ngày hết hiệu lực")
    an.says("28/11")
    an.presses("Xong, xem lại")
    an.presses("Gửi")
    world.at("2026-11-28T23:00:00+07:00")
    assert states(world) == [(1, "published", 1)]
    world.at("2026-11-29T00:10:00+07:00")
    assert states(world) == [(1, "expired", 1)]
    with world.database.reading() as session:
        assert not documents.unread(session, lan.member_id)
    lan.says("đã đọc")
    assert read_by(world, 1) == set()


# --- withdrawal ----------------------------------------------------------------------------------------------------
@PLATFORMS
def test_a_withdrawn_paper_is_taken_back_with_its_reason(world: World, platform: str) -> None:
    an, lan = two(world, platform)
    group = world.group([an, lan] if platform == "telegram" else [lan], platform=platform)
    publish(an)
    letter = next(m["message_id"] for m in lan.chat() if "MỜI ĐỒNG CHÍ ĐỌC" in (m["text"] or ""))
    an.says("/thuhoi NQ 21")
    an.presses("21-NQ/TW")
    assert states(world) == [(1, "withdrawn", 1)]  # at once, before any reason
    an.presses("Nội dung có sai sót")
    assert "Đã ghi lý do thu hồi" in an.last
    world.sweep()
    world.sweep()
    said = [m["text"] for m in lan.chat() if m["message_id"] == letter]
    posts = [text for text in lan.texts(group) if "21-NQ/TW" in text]
    if platform == "telegram":
        assert said == ["Văn bản 21-NQ/TW đã được thu hồi, không cần đọc nữa.\nLý do: Nội dung có sai sót."]
        assert posts == said
    else:  # Zalo changes nothing that was sent, and one more message would cost
        assert posts[0].startswith("VĂN BẢN MỚI")
    lan.says("đã đọc 21-NQ/TW")
    assert read_by(world, 1) == set()
    lan.says("/tim 21-NQ/TW")
    assert "đường làng" not in lan.last


def test_a_letter_with_its_file_is_deleted(world: World) -> None:
    an, lan = two(world)
    an.sends(pdf(RESOLUTION), "scan.pdf", text="/vanban")
    an.presses("Gửi")
    assert [m for m in lan.chat() if m["file"] and not m["deleted"]]
    an.says("/thuhoi NQ 21")
    an.presses("21-NQ/TW")
    an.says("Gửi nhầm bản dự thảo")
    world.sweep()
    assert not [m for m in lan.chat() if m["file"] and not m["deleted"]]
    with world.database.reading() as session:
        assert session.get_one(Document, 1).ended_because == "Gửi nhầm bản dự thảo"


def test_what_waits_about_a_withdrawn_paper_is_never_sent(world: World) -> None:
    an, _ = two(world)
    hung = world.person("Lê Văn Hùng", platform="zalo")
    world.control("POST", "faults", {"platform": "zalo", "method": "sendMessage", "kind": "status", "status": 503,
                                     "times": -1, "description": "away"})  # fmt: skip
    publish(an)
    an.says("/thuhoi NQ 21")
    an.presses("21-NQ/TW")
    world.control("DELETE", "faults")
    world.later(minutes=10)
    assert not hung.sees("MỜI ĐỒNG CHÍ")


def test_only_who_may_withdraw_does(world: World) -> None:
    minh = world.person("Đỗ Văn Minh", roles=[RoleKind.OFFICER], over=world.commune, branch=world.commune)
    an, lan = two(world)
    publish(minh)
    an.says("/thuhoi NQ 21")
    assert "không tìm thấy" in an.last
    lan.says("/thuhoi NQ 21")
    assert "chỉ dành cho" in lan.last
    assert states(world) == [(1, "published", 1)]
