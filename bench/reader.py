"""How long a member waits for a paper's first page on a slow line. Run: python bench/reader.py [rounds]

A 20-page PDF is published on a real `sotay run --only web`, its pages made ahead by the job that does it. Chromium
opens the link at 360 pixels with two dots each, on "slow 3G" (400 kbit/s, 400 ms there and back, by its own network
emulation), every time as a new visitor with empty caches. Words: the first page's text is on the screen (first
contentful paint: style and text come together). Picture: its picture has arrived in full. Bytes: everything that came
over the line until then, with headers. The peer is the bare PDF on the same line: what a member waits for when the chat
hands over the file (a viewer needs all of it). The emulation counts a round trip per request and none for opening a
connection; TCP and TLS add one or two for page and file alike.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bot.app import open_storage
from bot.clock import SystemClock
from bot.flows.documents.ahead import prepare
from bot.links import Links
from bot.settings import Settings
from storage import documents, members, organizations
from storage.channels import Channel, ChannelState, token_hash
from storage.crypto import vault
from storage.documents import Document, DocumentState, Reading
from storage.files import FileStore
from storage.members import Account, Member
from storage.organizations import Organization, OrganizationKind

PAGES, ROUNDS = 20, 7
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 kbit/s are 50,000 bytes a second."""
TARGET_SECONDS, TARGET_BYTES = 1.0, 30_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
TEXT = (
    "Căn cứ Điều lệ Đảng và Quy định của Ban Chấp hành Trung ương, chi bộ thống nhất đánh giá kết quả lãnh đạo "
    "thực hiện nhiệm vụ chính trị, công tác xây dựng Đảng; chỉ rõ ưu điểm, hạn chế, nguyên nhân và đề ra phương hướng, "
    "giải pháp, phân công rõ người, rõ việc, rõ thời hạn hoàn thành. "
)
HERE = Path(__file__).parent


@dataclass
class Visit:
    """Seconds since the link was pressed, and bytes until the first picture had arrived."""

    words: float = 0
    picture: float = 0
    by_words: int = 0
    by_picture: int = 0
    arrived: dict[str, int] = field(default_factory=dict)


def paper(browser: Browser) -> bytes:
    """A printed resolution of PAGES pages, 14 points, with its fonts, as an office program makes it."""
    page = browser.new_page()
    sheets = "".join(f"<section><p>{number}. {TEXT * 7}</p></section>" for number in range(1, PAGES + 1))
    style = "@page{size:A4;margin:20mm} body{font:14pt/1.5 serif;text-align:justify} section{break-after:page}"
    page.set_content(f"<style>{style} section:last-child{{break-after:auto}}</style>{sheets}")
    content = page.pdf(prefer_css_page_size=True)
    page.close()
    return content


def publish(settings: Settings, content: bytes) -> str:
    """The paper in a new database, its pages made ahead; the address of its page."""
    database, store, now = open_storage(settings), FileStore(settings.data_dir / "files"), datetime.now(UTC)
    with database.transaction() as session:
        top = organizations.add(
            session, Organization(name="Chi bộ", code="AB", kind=OrganizationKind.BRANCH, name_key="chi bo")
        )
        channel = Channel(
            platform="zalo", name="zalo", token="1:bench", token_hash=token_hash("1:bench"), webhook_key="k",
            webhook_secret="s", base_url="http://127.0.0.1:1", state=ChannelState.PAUSED,
        )  # fmt: skip
        member = Member(
            organization_id=top.id or 0, number="1", number_hash=members.number_hash("1"), full_name="Trần Thị Lan",
            name_key="tran thi lan",
        )  # fmt: skip
        session.add_all([channel, member])
        session.flush()
        session.add(
            Account(
                member_id=member.id or 0, channel_id=channel.id or 0, user_id="1", chat_id="1", linked_at=now,
                last_seen_at=now,
            )
        )  # fmt: skip
        file = store.keep(session, content, name="nghi-quyet.pdf", mime="application/pdf", at=now)
        row = Document(
            organization_id=top.id or 0, number="21-NQ/TW", summary="Về xây dựng tổ chức cơ sở đảng", created_at=now,
            published_at=now, state=DocumentState.PUBLISHED, pages=PAGES,
        )  # fmt: skip
        document_id = documents.add(session, row, [file.id or 0])
        session.add(Reading(document_id=document_id, member_id=member.id or 0))
        address = member.id or 0, channel.id or 0
    begun = time.perf_counter()
    while prepare(database, store, now):
        pass
    print(f"{PAGES} pages made ahead in {time.perf_counter() - begun:.1f} s (two pictures and the words of each)")
    database.close()
    links = Links(vault().signing_key, settings.public_url, days=settings.link_days, clock=SystemClock())
    return links.paper(document_id, address[0], channel_id=address[1])


@contextmanager
def running(settings: Settings) -> Iterator[None]:
    """`sotay run --only web`."""
    environment = {
        **os.environ, "SOTAY_DATA_DIR": str(settings.data_dir), "SOTAY_KEY_FILE": str(settings.key_file),
        "SOTAY_WEB_PORT": str(settings.web_port), "SOTAY_PUBLIC_URL": settings.public_url,
    }  # fmt: skip
    process = subprocess.Popen([sys.executable, "-m", "bot", "run", "--only", "web"], env=environment)
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{settings.public_url}/health", timeout=5).close()
                break
            except urllib.error.URLError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def slow_page(browser: Browser) -> Iterator[tuple[Page, CDPSession]]:
    """A new visitor on the slow line."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, device_scale_factor=2)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    yield page, line
    context.close()


def visit(browser: Browser, address: str) -> Visit:
    """Open the paper once."""
    found, asked = Visit(), dict[str, str]()

    def finished(event: dict[str, Any]) -> None:
        found.arrived[asked.get(event["requestId"], "?")] = int(event["encodedDataLength"])

    with slow_page(browser) as (page, line):
        line.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]}))
        line.on("Network.loadingFinished", finished)
        page.goto(address, wait_until="load")
        found.words = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000
        timing = "performance.getEntriesByType('resource').find(each => /p.0[.-].*webp/.test(each.name))"
        found.picture = page.evaluate(f"{timing}.responseEnd") / 1000
        first = page.evaluate(f"{timing}.name")
    found.by_words = sum(size for url, size in found.arrived.items() if url == address or ".css" in url)
    found.by_picture = found.by_words + found.arrived[first]
    return found


def bare(browser: Browser, address: str) -> tuple[float, int]:
    """Seconds and bytes of the file itself."""
    sizes: list[int] = []
    with slow_page(browser) as (page, line):
        page.goto(address.partition("/d/")[0] + "/health")
        line.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        took = page.evaluate(
            "async (address) => { const begun = performance.now(); await (await fetch(address)).arrayBuffer(); "
            "return performance.now() - begun; }",
            f"{address}/file/0",
        )
    return took / 1000, max(sizes)


def main(rounds: int) -> None:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        raise SystemExit("no browser on this machine: apt-get install chromium")
    (HERE.parent / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=HERE.parent / "var") as name, sync_playwright() as playwright:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        folder = Path(name)
        settings = Settings(
            data_dir=folder, key_file=folder / "key", web_port=port, public_url=f"http://127.0.0.1:{port}"
        )
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        address = publish(settings, paper(browser))
        with running(settings):
            visits = [visit(browser, address) for _ in range(rounds)]
            files = [bare(browser, address) for _ in range(rounds)]
        browser.close()
    report(visits, files)


def report(visits: list[Visit], files: list[tuple[float, int]]) -> None:
    words, picture = (statistics.median(getattr(each, name) for each in visits) for name in ("words", "picture"))
    by_words, by_picture = visits[0].by_words, visits[0].by_picture
    took, size = statistics.median(seconds for seconds, _ in files), files[0][1]
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, median of {len(visits)}")
    print(f"first page in words: {words:.2f} s, {by_words:,} bytes; its picture: {picture:.2f} s, {by_picture:,} bytes")
    print(f"the bare PDF of {PAGES} pages: {took:.2f} s, {size:,} bytes")
    share = by_picture / size
    print(f"of the PDF's time: words {words / took:.2f}, picture {picture / took:.2f}; of its bytes {share:.2f}")
    print(f"RESULT reader_first_page {words:.2f} s target {TARGET_SECONDS:.0f} {_word(words <= TARGET_SECONDS)}")
    fits = _word(by_picture <= TARGET_BYTES)
    print(f"RESULT reader_bytes {by_picture / 1000:.1f} kB target {TARGET_BYTES // 1000} {fits}")


def _word(met: bool) -> str:
    return "met" if met else "missed"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
