"""Pictures, files, stickers, and the pages that the assistant links to."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from tests.sandbox_page.conftest import Opener
from tests.sandbox_page.room import Room


def picture() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (60, 40), (170, 40, 30)).save(held, "PNG")
    return held.getvalue()


def test_a_photo_goes_with_its_caption_and_opens_large(visit: Opener, room: Room) -> None:
    phone = visit("lan").get_by_test_id("phone-private")
    photo = {"name": "nha-van-hoa.png", "mimeType": "image/png", "buffer": picture()}
    phone.get_by_test_id("attach-photo").set_input_files(photo)
    phone.get_by_test_id("composer").fill("Nhà văn hóa thôn 3")
    phone.get_by_test_id("send").click()
    heard = room.telegram_hears()["message"]
    assert heard["caption"] == "Nhà văn hóa thôn 3"
    assert heard["photo"]
    phone.get_by_role("button", name="Xem ảnh lớn").click()
    expect(phone.get_by_test_id("picture").locator("img")).to_be_visible()
    phone.get_by_test_id("picture-close").click()
    expect(phone.get_by_test_id("picture")).to_have_count(0)


def test_a_file_is_a_card_that_can_be_downloaded(visit: Opener, room: Room, tmp_path: Path) -> None:
    paper = tmp_path / "Kế hoạch tháng 12.pdf"
    paper.write_bytes(b"%PDF-1.4 " + b"x" * 4000)
    phone = visit("lan").get_by_test_id("phone-private")
    phone.get_by_test_id("attach").click()
    with phone.page.expect_file_chooser() as chooser:
        phone.get_by_test_id("attach-file").click()
    chooser.value.set_files(paper)
    phone.get_by_test_id("send").click()
    assert room.telegram_hears()["message"]["document"]["file_name"] == paper.name
    card = phone.get_by_test_id("file").filter(has_text=paper.name)
    expect(card).to_contain_text("4 KB")
    with phone.page.expect_download() as download:
        card.get_by_role("link", name="Tải về").click()
    assert download.value.path().read_bytes() == paper.read_bytes()


def test_a_sticker_is_one_tap(visit: Opener, room: Room) -> None:
    phone = visit("lan", "zalo").get_by_test_id("phone-private")
    phone.get_by_test_id("stickers").click()
    phone.get_by_role("button", name="Cảm ơn").click()
    room.zalo_hears()
    expect(phone.get_by_test_id("message").locator("img.sticker")).to_be_visible()


def test_a_link_opens_in_the_phones_browser(visit: Opener, room: Room) -> None:
    room.says("lan", "/start")
    address = f"{room.url}/control/health"
    room.telegram("sendMessage", chat_id=room.people["lan"]["telegram_id"], text=f"Mời đồng chí đọc: {address}.")
    phone = visit("lan").get_by_test_id("phone-private")
    phone.get_by_role("link", name=address).click()
    sheet = phone.get_by_test_id("browser-sheet")
    expect(sheet.frame_locator("iframe").locator("body")).to_contain_text("ok")
    expect(sheet).to_contain_text("/control/health")
    expect(sheet.get_by_test_id("sheet-new-tab")).to_have_attribute("href", address)
    phone.page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


def test_a_link_to_the_bot_starts_it_with_the_payload(visit: Opener, room: Room) -> None:
    rows = [[{"text": "Báo dự riêng", "url": "https://t.me/sotay_bot?start=du12"}]]
    room.telegram("sendMessage", chat_id=room.groups["telegram"], text="18/27", reply_markup={"inline_keyboard": rows})
    room.forget_updates()
    visit("lan").get_by_test_id("phone-group").get_by_test_id("choice").click()
    heard = room.telegram_hears()["message"]
    assert (heard["text"], heard["chat"]["type"]) == ("/start du12", "private")
