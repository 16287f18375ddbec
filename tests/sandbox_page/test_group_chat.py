"""The branch's group beside the private chat."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.sandbox_page.conftest import Opener
from tests.sandbox_page.room import NAME, Room


def test_in_a_zalo_group_the_bot_hears_the_mention_only(visit: Opener, room: Room) -> None:
    phone = visit("lan", "zalo").get_by_test_id("phone-group")
    box = phone.get_by_test_id("composer")
    box.fill("Mai ai đi cùng tôi?")
    box.press("Enter")
    expect(phone.get_by_test_id("message")).to_have_count(1)
    phone.get_by_test_id("mention").click()
    expect(box).to_have_value(f"@{NAME} ")
    box.press_sequentially("co mat")
    box.press("Enter")
    assert room.zalo_hears()["text"] == f"@{NAME} co mat"
    expect(phone.get_by_text("trợ lý chỉ nghe tin có nhắc")).to_be_visible()


def test_typing_the_at_sign_offers_the_bot(visit: Opener, room: Room) -> None:
    phone = visit("lan", "zalo").get_by_test_id("phone-group")
    box = phone.get_by_test_id("composer")
    box.press_sequentially("@")
    expect(phone.get_by_test_id("suggestion")).to_contain_text(NAME)
    box.press("Enter")
    expect(box).to_have_value(f"@{NAME} ")


def test_names_and_service_lines_are_shown(visit: Opener, room: Room) -> None:
    room.says("bao", "Cháu sẽ qua đón bác Lan.", "telegram", room.groups["telegram"])
    phone = visit("lan", "telegram").get_by_test_id("phone-group")
    message = phone.get_by_test_id("message").filter(has_text="Cháu sẽ qua đón")
    expect(message).to_contain_text("Phạm Quốc Bảo")
    expect(message).to_have_attribute("data-from", room.person("bao"))
    expect(phone.get_by_test_id("notice").first).to_contain_text(NAME)


def test_the_group_has_no_mention_row_on_telegram(visit: Opener, room: Room) -> None:
    phone = visit("lan", "telegram").get_by_test_id("phone-group")
    expect(phone.get_by_test_id("composer")).to_be_visible()
    expect(phone.get_by_test_id("mention")).to_be_hidden()
