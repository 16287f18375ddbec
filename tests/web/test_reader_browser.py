"""The reader page in a real browser at 360 pixels: with and without JavaScript, by keyboard, for screen readers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from sqlmodel import select

from storage.consents import Consent, Purpose
from storage.documents import DocumentNote
from tests.documents.papers import RESOLUTION, pdf
from tests.web.site import Site, agree, change, publish, reading
from tests.world import World

LINES = "\n".join(
    [RESOLUTION, *(f"{row}. Chi bộ đánh giá kết quả lãnh đạo thực hiện nhiệm vụ" for row in range(1, 25))]
)
CONTRAST = """() => {
  const light = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map(Number)
      .map((each) => each / 255).map((each) => each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = getComputedStyle(each).backgroundColor;
      if (!/^rgba.*, 0\\)$/.test(color)) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility() || element.closest(".skip, script")) continue;
    const [a, b] = [light(getComputedStyle(element).color), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.push(`${element.className || element.tagName} ${ratio.toFixed(2)}`);
  }
  return found;
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll("button, summary, a, textarea, audio, fieldset label")]
  .filter((each) => each.checkVisibility() && !each.closest(".skip") && each.getBoundingClientRect().height < 44)
  .map((each) => each.outerHTML.slice(0, 80))"""

FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  return [at.getAttribute("aria-label") || at.labels?.[0]?.textContent.trim() || at.textContent.trim(),
    parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.right <= 365];
}"""
NAMELESS = """() => [...document.querySelectorAll("button, a, input, textarea, audio, img")]
  .filter((each) => each.type !== "hidden" && each.width !== 1)
  .filter((each) => !(each.textContent.trim() || each.getAttribute("aria-label") || each.alt || each.labels?.length))
  .map((each) => each.outerHTML)"""

Phone = Callable[..., Page]


@pytest.fixture
def phone(browser: Browser) -> Iterator[Phone]:
    """Opens an address on a phone; an error in its console fails the test."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def opened(address: str, *, script: bool = True, **options: object) -> Page:
        context = browser.new_context(
            viewport={"width": 360, "height": 640}, locale="vi-VN", java_script_enabled=script, **options
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []


def picture(page: Page, name: str) -> None:
    """A screenshot to look at, where SOTAY_SCREENSHOTS names a folder."""
    if folder := os.environ.get("SOTAY_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=False)


def _full(world: World) -> None:
    """A paper with everything on its page."""
    change(
        world, read_by=world.now + timedelta(days=3), version=2, issuer="Đảng ủy xã An Bình",
        summary="Về tăng cường củng cố, xây dựng tổ chức cơ sở đảng và nâng cao chất lượng đội ngũ đảng viên",
        check_question="Nghị quyết này số mấy?", check_choices=["19-NQ/TW", "20-NQ/TW", "21-NQ/TW"], check_right=2,
    )  # fmt: skip
    with world.database.transaction() as session:
        top = world.commune.id or 0
        text = "Các chi bộ đọc kỹ Điều 3 trước buổi sinh hoạt ngày 3."
        session.add(DocumentNote(document_id=1, organization_id=top, text=text, written_at=world.now))


def test_at_360_pixels(world: World, site: Site, phone: Phone) -> None:
    lan = publish(world, pdf(LINES, "Trang hai"), "nq.pdf")
    _full(world)
    agree(world, lan, Purpose.READING)
    page = phone(site.url + site.path(lan), device_scale_factor=2)
    page.locator("img").first.evaluate("image => image.decode()")
    picture(page, "reader-360")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(CONTRAST) == []
    assert page.evaluate(SMALL_TARGETS) == []
    page.get_by_role("button", name="Chữ to", exact=True).click()
    assert page.evaluate("getComputedStyle(document.querySelector('main')).fontSize") == "25px"
    page.get_by_role("button", name="Tương phản cao").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(CONTRAST) == []
    picture(page, "reader-360-contrast")
    page.locator("#done").scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    picture(page, "reader-360-acts-contrast")
    page.get_by_label("21-NQ/TW").check()
    page.get_by_role("button", name="Đã đọc xong").click()
    page.get_by_text("Đã ghi nhận đồng chí đã đọc").wait_for()
    assert page.evaluate("document.activeElement.id") == "done"
    assert page.evaluate("getComputedStyle(document.querySelector('main')).fontSize") == "25px", "kept without a word"
    page.get_by_role("button", name="Chữ vừa").click()
    page.get_by_role("button", name="Tương phản cao").click()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    picture(page, "reader-360-acts")
    assert reading(world, lan).how == "page"
    assert reading(world, lan).checked_at is not None


def test_reads_and_acknowledges_without_javascript(world: World, site: Site, phone: Phone) -> None:
    lan = publish(world, pdf(LINES, "Trang hai"), "nq.pdf")
    page = phone(site.url + site.path(lan), script=False)
    page.get_by_role("button", name="Chữ to", exact=True).click()
    page.wait_for_url("**size=large**")
    assert page.get_by_role("button", name="Chữ to", exact=True).get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Đọc bằng chữ to").click()
    page.wait_for_url("**large=1**")
    picture(page, "reader-360-words")
    assert page.get_by_text("Căn cứ Điều lệ Đảng").is_visible()
    assert page.locator("img[src$=webp]").count() == 0
    page.get_by_role("button", name="Tương phản cao").click()
    page.wait_for_url("**contrast=1**")
    picture(page, "reader-360-words-contrast")
    page.get_by_role("group", name="Cho phép ghi thời gian học?").get_by_role("button", name="Có").click()
    page.wait_for_url("**said=1**")
    page.get_by_text("Tôi muốn hỏi").click()
    page.get_by_label("Viết câu hỏi").fill("Điều 3 áp dụng từ ngày nào?")
    page.get_by_role("button", name="Gửi câu hỏi").click()
    page.get_by_text("Đã chuyển câu hỏi số 1").wait_for()
    page.get_by_role("button", name="Đã đọc xong").click()
    page.get_by_text("Đã ghi nhận đồng chí đã đọc").wait_for()
    picture(page, "reader-360-done-plain")
    assert reading(world, lan).how == "page"
    with world.database.reading() as session:
        assert session.exec(select(Consent)).one().decision == "given"


def test_by_keyboard_alone(world: World, site: Site, phone: Phone) -> None:
    lan = publish(world, pdf(LINES, "Trang hai"), "nq.pdf")
    change(world, check_question="Nghị quyết này số mấy?", check_choices=["19-NQ/TW", "21-NQ/TW"], check_right=1)
    page = phone(site.url + site.path(lan))
    seen: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus[1], f"focus on {focus[0]!r} does not show"
        seen.append(focus[0])
        if focus[0] == "Đã đọc xong":
            break
        if focus[0] == "19-NQ/TW":
            page.keyboard.press("ArrowDown")
    assert seen[:5] == ["Đến nội dung văn bản", "Chữ nhỏ", "Chữ vừa", "Chữ to", "Tương phản cao"]
    page.keyboard.press("Enter")
    page.get_by_text("Đã ghi nhận đồng chí đã đọc").wait_for()
    assert reading(world, lan).checked_at is not None


def test_what_a_screen_reader_is_told(world: World, site: Site, phone: Phone) -> None:
    lan = publish(world, pdf(LINES, "Trang hai"), "nq.pdf")
    _full(world)
    page = phone(site.url + site.path(lan))
    for role in ("banner", "main", "article", "status"):
        assert page.get_by_role(role).count() >= 1, role  # type: ignore[arg-type]
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.evaluate("document.documentElement.lang") == "vi"
    assert page.get_by_role("img", name="Trang 2/2").count() == 1
    assert page.get_by_role("group", name="Xin trả lời một câu: Nghị quyết này số mấy?").count() == 1
    page.get_by_role("button", name="Đã đọc xong").click()
    assert reading(world, lan).acknowledged_at is None, "the browser asks for an answer first"
    nameless = page.evaluate(NAMELESS)
    assert nameless == []


def test_nothing_jumps_while_pictures_come(world: World, site: Site, phone: Phone) -> None:
    lan = publish(world, pdf(*([LINES] * 6)), "nq.pdf")
    page = phone("about:blank")
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => { for (const each of list.getEntries()) "
        "window.shift += each.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto(site.url + site.path(lan))
    before = page.evaluate("document.documentElement.scrollHeight")
    for number in range(6):
        image = page.locator("img").nth(number)
        image.scroll_into_view_if_needed()
        image.evaluate("image => image.complete || new Promise(done => image.addEventListener('load', done))")
    assert page.evaluate("document.documentElement.scrollHeight") == before
    assert page.evaluate("window.shift") < 0.01


def test_time_is_counted_while_somebody_reads(world: World, site: Site, phone: Phone) -> None:
    lan = publish(world, pdf(LINES), "nq.pdf")
    agree(world, lan, Purpose.STUDY)
    page = phone("about:blank")
    page.clock.install()
    beats: list[str] = []
    page.on("request", lambda request: beats.append(request.post_data or "") if "/beat" in request.url else None)
    page.goto(site.url + site.path(lan))
    with page.expect_response("**/beat"):
        page.clock.run_for(16_000)
    assert beats == ["seconds=15"]
    assert page.locator("#studied").text_content() == "Đồng chí đã đọc chưa đến 1 phút."
    assert reading(world, lan).studied_seconds == 15
    page.clock.run_for(120_000)  # nothing is touched: after a minute nobody seems to be there
    quiet = len(beats)
    assert quiet <= 4
    page.clock.run_for(120_000)
    assert len(beats) == quiet
    page.keyboard.press("ArrowDown")
    with page.expect_request("**/beat"):
        page.clock.run_for(20_000)
    assert len(beats) >= quiet + 1


def test_without_consent_the_page_sends_nothing(world: World, site: Site, phone: Phone) -> None:
    lan = publish(world, pdf(LINES), "nq.pdf")
    page = phone("about:blank")
    page.clock.install()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto(site.url + site.path(lan))
    page.mouse.wheel(0, 50)
    page.clock.run_for(60_000)
    page.goto("about:blank")
    assert sent == []


def test_a_second_browser_is_told_kindly(world: World, site: Site, phone: Phone) -> None:
    lan = publish(world, pdf(LINES), "nq.pdf")
    first = phone(site.url + site.path(lan))
    first.locator("img").first.evaluate("image => image.decode()")
    second = phone(site.url + site.path(lan))
    second.get_by_text("Đường dẫn này đã mở trên một máy khác").wait_for()
    second.evaluate("scrollTo(0, document.body.scrollHeight)")
    picture(second, "reader-360-second")
    assert second.get_by_role("button", name="Đã đọc xong").count() == 0
    first.reload()
    assert first.get_by_role("button", name="Đã đọc xong").count() == 1
