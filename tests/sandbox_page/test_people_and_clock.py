"""Choosing whom to play, what waits for others, and the room's clock."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.sandbox_page.conftest import Opener
from tests.sandbox_page.room import Room, call

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")


def test_choosing_a_person_changes_phones_and_address(visit: Opener, room: Room) -> None:
    room.says("hung", "/start")
    page = visit("lan")
    card = page.get_by_test_id(f"person-{room.person('hung')}")
    expect(card).to_have_attribute("data-name", "Trần Văn Hùng")
    card.click()
    expect(page).to_have_url(re.compile(rf"#person={room.person('hung')}&platform=telegram$"))
    expect(page.get_by_test_id("phone-private").get_by_test_id("message")).to_have_text(re.compile("/start"))
    page.reload()
    expect(card).to_have_attribute("aria-pressed", "true")


def test_codes_in_the_situation_can_be_copied(visit: Opener, room: Room) -> None:
    page = visit("lan")
    expect(page.get_by_test_id("code")).to_have_text(["082 156 034", "482913"])
    page.get_by_test_id("code").last.click()
    expect(page.get_by_text("Đã chép “482913”")).to_be_visible()


def test_others_get_a_count_of_what_they_have_not_read(visit: Opener, room: Room) -> None:
    room.says("hung", "/start")
    page = visit("lan")
    expect(page.get_by_test_id("start")).to_be_visible()
    card = page.get_by_test_id(f"person-{room.person('hung')}")
    for text in ("Một", "Hai"):
        room.telegram("sendMessage", chat_id=room.people["hung"]["telegram_id"], text=text)
    expect(card.locator(".badge")).to_contain_text("2 tin chưa đọc")
    card.click()
    expect(page.get_by_test_id("phone-private").get_by_test_id("message")).to_have_count(3)
    expect(card.locator(".badge")).to_have_count(0)


def test_a_person_who_comes_later_appears(visit: Opener, room: Room) -> None:
    page = visit("lan")
    expect(page.get_by_test_id("start")).to_be_visible()
    room.control("people", name="Vũ Đức Thắng", role="Đảng viên dự bị", kind="member")
    expect(page.get_by_text("Vũ Đức Thắng")).to_be_visible()


def room_time(room: Room) -> datetime:
    return datetime.fromisoformat(call(f"{room.url}/control/clock")["now"]).astimezone(VIET_NAM)


def test_the_clock_moves_on_and_says_the_weekday(visit: Opener, room: Room) -> None:
    room.control("clock", set="2026-11-30T19:30:00+07:00")
    page = visit("lan")
    expect(page.get_by_test_id("clock-now")).to_contain_text("thứ Hai, ngày 30/11/2026 · 19 giờ 3")
    page.get_by_test_id("clock-3d").click()
    expect(page.get_by_test_id("clock-now")).to_contain_text("thứ Năm, ngày 03/12/2026 · 19 giờ 3")
    page.get_by_test_id("clock-1d").click()
    expect(page.get_by_test_id("clock-now")).to_contain_text("thứ Sáu, ngày 04/12/2026 · 19 giờ 3")
    page.get_by_test_id("clock-1h").click()
    expect(page.get_by_test_id("clock-now")).to_contain_text("20 giờ 3")
    page.get_by_test_id("clock-morning").click()
    expect(page.get_by_test_id("clock-now")).to_contain_text("thứ Bảy, ngày 05/12/2026 · 8 giờ 0")
    assert room_time(room).strftime("%d/%m/%Y %H") == "05/12/2026 08"


def test_any_date_and_time_can_be_picked(visit: Opener, room: Room) -> None:
    page = visit("lan")
    page.get_by_test_id("clock-now").click()
    page.get_by_test_id("clock-input").fill("2027-01-03T07:15")
    page.get_by_test_id("clock-set").click()
    expect(page.get_by_test_id("clock-now")).to_contain_text("Chủ nhật, ngày 03/01/2027 · 7 giờ 1")
    assert room_time(room).strftime("%d/%m/%Y %H") == "03/01/2027 07"
