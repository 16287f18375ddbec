"""The page outlives a restart of the sandbox."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from bot.sandbox.server import Server
from tests.sandbox_page.room import Room


def test_the_page_says_that_it_is_cut_off_and_comes_back(browser: Browser, tmp_path: Path) -> None:
    first = Server(state=tmp_path / "world.db")
    first.start()
    room = Room(first.url)
    room.furnish()
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(first.url)
        expect(page.get_by_test_id("start")).to_be_visible()
        first.stop()
        expect(page.get_by_role("alert")).to_contain_text("Mất kết nối")
        with Server(state=tmp_path / "world.db", port=int(first.url.rsplit(":", 1)[1])):
            expect(page.get_by_role("alert")).to_be_hidden()
            room.says("lan", "Tôi vẫn ở đây", "zalo")
            expect(page.get_by_test_id("phone-private").get_by_test_id("message")).to_contain_text("Tôi vẫn ở đây")


def test_an_empty_room_explains_itself(browser: Browser) -> None:
    with Server() as sandbox, browser.new_context() as context:
        page = context.new_page()
        page.goto(sandbox.url)
        expect(page.get_by_text("Phòng thực hành chưa có ai.")).to_be_visible()
        expect(page.get_by_test_id("phone-private")).to_be_hidden()
