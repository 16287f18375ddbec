"""One person and the assistant: writing, pressing, correcting, answering, blocking."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.sandbox_page.conftest import Opener
from tests.sandbox_page.room import Room


def private(page: Page) -> Locator:
    return page.get_by_test_id("phone-private")


def write(phone: Locator, text: str) -> None:
    phone.get_by_test_id("composer").fill(text)
    phone.get_by_test_id("send").click()


def bubble(phone: Locator, text: str) -> Locator:
    return phone.get_by_test_id("message").filter(has_text=text)


def test_a_text_reaches_the_bot_and_its_answer_appears(visit: Opener, room: Room) -> None:
    phone = private(visit("lan"))
    write(phone, "Có mặt")
    mine = bubble(phone, "Có mặt")
    expect(mine).to_have_attribute("data-from", room.person("lan"))
    assert room.telegram_hears()["message"]["text"] == "Có mặt"
    expect(phone.get_by_text("đang soạn tin")).to_be_visible()
    room.telegram("sendMessage", chat_id=room.people["lan"]["telegram_id"], text="Đã ghi: đồng chí dự được.")
    expect(bubble(phone, "Đã ghi: đồng chí dự được.")).to_have_attribute("data-from", "bot")
    expect(phone.get_by_text("đang soạn tin")).to_be_hidden()
    expect(phone.get_by_test_id("message")).to_have_count(2)


def test_enter_sends_and_shift_enter_makes_a_line(visit: Opener, room: Room) -> None:
    box = private(visit("lan")).get_by_test_id("composer")
    expect(box).to_be_editable()  # keys do not wait for that, as a person would
    box.press_sequentially("Dòng một")
    box.press("Shift+Enter")
    box.press_sequentially("dòng hai")
    box.press("Enter")
    assert room.telegram_hears()["message"]["text"] == "Dòng một\ndòng hai"
    expect(box).to_have_value("")


def test_a_button_is_pressed(visit: Opener, room: Room) -> None:
    room.says("lan", "/start")
    rows = [
        [{"text": "1 – Tôi dự được", "callback_data": "rsvp:1"}],
        [{"text": "2 – Tôi xin vắng", "callback_data": "rsvp:2"}],
    ]
    chat = room.people["lan"]["telegram_id"]
    room.telegram("sendMessage", chat_id=chat, text="Kính mời", reply_markup={"inline_keyboard": rows})
    room.forget_updates()
    page = visit("lan")
    private(page).get_by_test_id("choice").filter(has_text="2 – Tôi xin vắng").click()
    pressed = room.telegram_hears()["callback_query"]
    assert pressed["data"] == "rsvp:2"
    room.telegram("answerCallbackQuery", callback_query_id=pressed["id"], text="Đã ghi nhận")
    expect(page.get_by_text("Đã ghi nhận")).to_be_visible()


def test_the_first_visit_offers_one_big_button(visit: Opener, room: Room) -> None:
    page = visit("lan", "telegram")
    private(page).get_by_test_id("start").click()
    assert room.telegram_hears()["message"]["text"] == "/start"
    expect(private(page).get_by_test_id("start")).to_be_hidden()
    page.get_by_test_id("platform-zalo").click()
    private(page).get_by_test_id("start").click()
    assert room.zalo_hears()["text"] == "Xin chào"


def test_a_person_corrects_a_message_on_telegram_only(visit: Opener, room: Room) -> None:
    page = visit("lan")
    phone = private(page)
    write(phone, "toi di duoc")
    room.telegram_hears()
    bubble(phone, "toi di duoc").get_by_test_id("bubble-menu").click()
    phone.get_by_test_id("edit").click()
    write(phone, "tôi xin vắng")
    assert room.telegram_hears()["edited_message"]["text"] == "tôi xin vắng"
    expect(bubble(phone, "tôi xin vắng")).to_contain_text("đã sửa")
    page.get_by_test_id("platform-zalo").click()
    write(phone, "xin chao")
    bubble(phone, "xin chao").get_by_test_id("bubble-menu").click()
    expect(phone.get_by_test_id("reply")).to_be_visible()
    expect(phone.get_by_test_id("edit")).to_have_count(0)


def test_an_answer_quotes_what_it_answers(visit: Opener, room: Room) -> None:
    room.says("lan", "/start")
    sent = room.telegram("sendMessage", chat_id=room.people["lan"]["telegram_id"], text="Đồng chí có ý kiến gì không?")
    room.forget_updates()
    phone = private(visit("lan"))
    bubble(phone, "Đồng chí có ý kiến").get_by_test_id("bubble-menu").click()
    phone.get_by_test_id("reply").click()
    write(phone, "Tôi nhất trí")
    assert room.telegram_hears()["message"]["reply_to_message"]["message_id"] == sent["message_id"]
    expect(bubble(phone, "Tôi nhất trí").locator(".quote")).to_contain_text("Đồng chí có ý kiến gì không?")


def test_the_reply_keyboard_says_its_label_until_it_is_removed(visit: Opener, room: Room) -> None:
    room.says("lan", "/start")
    chat = room.people["lan"]["telegram_id"]
    room.telegram(
        "sendMessage", chat_id=chat, text="Mời chọn", reply_markup={"keyboard": [["Sinh hoạt", "Văn bản mới"]]}
    )
    room.telegram("sendMessage", chat_id=chat, text="Đồng chí cần gì?")
    room.forget_updates()
    phone = private(visit("lan"))
    phone.get_by_test_id("keyboard-key").filter(has_text="Văn bản mới").click()
    assert room.telegram_hears()["message"]["text"] == "Văn bản mới"
    room.telegram("sendMessage", chat_id=chat, text="Xong", reply_markup={"remove_keyboard": True})
    expect(phone.get_by_test_id("keyboard")).to_be_hidden()


def test_blocking_the_assistant_and_letting_it_in_again(visit: Opener, room: Room) -> None:
    room.says("lan", "/start")
    phone = private(visit("lan"))
    phone.get_by_test_id("chat-menu").click()
    phone.get_by_test_id("block").click()
    expect(phone.get_by_text("Đồng chí đã chặn trợ lý.")).to_be_visible()
    expect(phone.get_by_test_id("composer")).to_be_hidden()
    phone.get_by_test_id("unblock").click()
    expect(phone.get_by_test_id("composer")).to_be_visible()


def test_what_people_write_is_never_taken_for_markup(visit: Opener, room: Room) -> None:
    markup = "<b>đậm</b><img src=x onerror=\"document.title='hỏng'\">"
    room.control("people", name=markup, role=markup, about=markup)
    room.says("lan", markup, "telegram", room.groups["telegram"])
    sent = room.says("lan", markup)
    room.says("lan", markup, reply_to=sent)
    page = visit("lan")
    expect(private(page).get_by_test_id("message")).to_have_count(2)
    for text in private(page).get_by_test_id("text").all():
        expect(text).to_have_text(markup)
    expect(page.locator(".card").last).to_contain_text(markup)
    page.locator(".card").last.click()
    expect(page.get_by_test_id("about")).to_have_text(markup)
    expect(page.locator(".about img, .card img, .message img, .bar img")).to_have_count(0)
    expect(page).to_have_title("Sổ tay — phòng thực hành")


def test_only_web_addresses_become_links(visit: Opener, room: Room) -> None:
    room.says("lan", "javascript:alert(1) data:text/html,x (https://so-tay.example/doc?a=1).")
    links = private(visit("lan")).get_by_test_id("message").locator("a")
    expect(links).to_have_count(1)
    expect(links).to_have_attribute("href", "https://so-tay.example/doc?a=1")
