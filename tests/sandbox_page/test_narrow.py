"""The page on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox_page.conftest import NARROW, Opener
from tests.sandbox_page.room import Room

LONG = "KÍNH MỜI đồng chí dự SINH HOẠT CHI BỘ THÁNG 12 https://so-tay.example/" + "van-ban/" * 20 + " " + "dài" * 80


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    found: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return found


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
def test_nothing_runs_out_of_a_narrow_screen(visit: Opener, room: Room, platform: str) -> None:
    room.says("lan", LONG, platform)
    room.says("bao", LONG, platform, room.groups[platform])
    page = visit("lan", platform, NARROW)
    for view in ("private", "group"):
        page.get_by_test_id(f"tab-{view}").click()
        phone = page.get_by_test_id(f"phone-{view}")
        expect(phone.get_by_test_id("message").filter(has_text="KÍNH MỜI")).to_be_visible()
        send = phone.get_by_test_id("send").bounding_box()
        assert send is not None
        assert send["x"] + send["width"] <= NARROW[0]
        assert sideways(page) == 0
        assert phone.get_by_test_id("messages").evaluate("node => node.scrollWidth - node.clientWidth") == 0
    page.get_by_test_id("clock-now").click()
    expect(page.get_by_test_id("clock-3d")).to_be_in_viewport()
    assert sideways(page) == 0


def test_one_phone_at_a_time_and_a_count_on_the_other_tab(visit: Opener, room: Room) -> None:
    page = visit("lan", "telegram", NARROW)
    expect(page.get_by_test_id("phone-group")).to_be_hidden()
    expect(page.get_by_test_id("start")).to_be_visible()
    room.says("bao", "Cháu chào các bác", "telegram", room.groups["telegram"])
    expect(page.get_by_test_id("tab-group").locator(".badge")).to_contain_text("1 tin chưa đọc")
    page.get_by_test_id("tab-group").click()
    expect(page.get_by_test_id("phone-private")).to_be_hidden()
    expect(page.get_by_test_id("phone-group").get_by_text("Cháu chào các bác")).to_be_visible()
    expect(page.get_by_test_id("tab-private").locator(".badge")).to_have_count(0)


def test_people_are_in_a_drawer(visit: Opener, room: Room) -> None:
    page = visit("lan", "zalo", NARROW)
    card = page.get_by_test_id(f"person-{room.person('hung')}")
    expect(card).to_be_hidden()
    page.get_by_test_id("who").click()
    card.click()
    expect(card).to_be_hidden()
    expect(page.get_by_test_id("who")).to_contain_text("Trần Văn Hùng")
    assert sideways(page) == 0
