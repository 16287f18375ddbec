"""The reader page: one document for one member, behind a signed link. Works without JavaScript on an old phone.

Opening the page notes the first opening; only the button acknowledges, because link previews open pages too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from urllib.parse import parse_qs, quote

from jinja2 import Environment, FileSystemLoader
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.dates import day
from bot.errors import BadInput
from bot.flows import questions
from bot.flows.documents import pages, pdfs
from bot.flows.documents.pages import Leaf
from bot.texts import t
from bot.web.server import WebParts
from storage import audit, documents, members
from storage.documents import Document, DocumentState
from storage.members import Member, Status

TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)
TEMPLATES.globals["t"] = t
BODY_LIMIT = 16 * 1024
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; script-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'self' http://127.0.0.1:* http://localhost:*"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-store",
}
"""The training page shows the reader in a frame on this machine; nobody else may."""
PREVIEWS = ("bot", "crawl", "spider", "preview", "externalhit")
"""Words in the name of programs that fetch a link to draw its preview; their visit is nobody's opening."""
STATUS = {"reader.expired": 410, "reader.withdrawn": 410, "reader.wrong-link": 404}
Page = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Visit:
    """A link that was checked: whose it is and what it opens."""

    document: Document
    member: Member

    @property
    def ids(self) -> tuple[int, int]:
        """(document id, member id)."""
        return self.document.id or 0, self.member.id or 0


def routes(parts: WebParts) -> list[BaseRoute]:
    """The reader's paths."""
    reader = Reader(parts)
    return [
        Route("/d/{token}", _kind(reader.show)),
        Route("/d/{token}/read", _kind(reader.read), methods=["POST"]),
        Route("/d/{token}/ask", _kind(reader.ask), methods=["POST"]),
        Route("/d/{token}/p/{number:int}.webp", _kind(reader.picture)),
        Route("/d/{token}/file/{position:int}", _kind(reader.file)),
    ]


def _kind(page: Page) -> Page:
    """A link that does not open gets a page that says why and what to do; every answer gets the headers."""

    @wraps(page)
    async def answer(request: Request) -> Response:
        try:
            response = await page(request)
        except BadInput as refusal:
            notice = t(refusal.key, **refusal.values)
            html = TEMPLATES.get_template("notice.html").render(notice=notice, root="../" * _depth(request))
            response = HTMLResponse(html, STATUS.get(refusal.key, 400))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer


def _depth(request: Request) -> int:
    """How many folders the page lies below the root, so that links work below any path prefix."""
    return request.url.path.count("/", request.url.path.index("/d/")) - 1


class Reader:
    """The handlers of the reader's paths. What touches database or disk runs in a worker thread."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts

    # --- pages -------------------------------------------------------------------------------------------------
    async def show(self, request: Request) -> Response:
        """The document with its buttons."""
        agent = request.headers.get("user-agent", "").lower()
        counts = request.method == "GET" and not any(word in agent for word in PREVIEWS)
        asked = request.query_params.get("asked", "")
        message = t("reader.asked", number=int(asked)) if asked.isdecimal() and len(asked) < 6 else ""
        html = await asyncio.to_thread(self._page, request.path_params["token"], counts=counts, message=message)
        return HTMLResponse(html)

    async def read(self, request: Request) -> Response:
        """The button "Đã đọc xong"."""
        await asyncio.to_thread(self._acknowledge, request.path_params["token"])
        return RedirectResponse(f"../{request.path_params['token']}", 303)

    async def ask(self, request: Request) -> Response:
        """The form "Hỏi"."""
        token = request.path_params["token"]
        form = parse_qs((await _body(request)).decode("utf-8", "replace"))
        try:
            number = await asyncio.to_thread(self._ask, token, form.get("text", [""])[0])
        except BadInput as refusal:
            if not refusal.key.startswith("questions."):
                raise
            message = t(refusal.key, **refusal.values)
            html = await asyncio.to_thread(self._page, token, counts=False, message=message, depth=2)
            return HTMLResponse(html, 400)
        self._parts.wake()
        return RedirectResponse(f"../{token}?asked={number}", 303)

    async def picture(self, request: Request) -> Response:
        """One page as a picture."""
        token, number = request.path_params["token"], request.path_params["number"]
        path = await asyncio.to_thread(self._picture, token, number)
        return FileResponse(path, media_type="image/webp", headers={"Cache-Control": "private, max-age=86400"})

    async def file(self, request: Request) -> Response:
        """The original, to be kept; sound is played in the page."""
        token, position = request.path_params["token"], request.path_params["position"]
        leaf = await asyncio.to_thread(self._file, token, position)
        shown = "inline" if leaf.kind == "sound" else "attachment"
        name = f"{shown}; filename*=UTF-8''{quote(leaf.file.name)}"
        path = self._parts.store.path(leaf.file.sha256)
        return FileResponse(path, media_type=leaf.file.mime, headers={"Content-Disposition": name})

    # --- in a worker thread ------------------------------------------------------------------------------------
    def _visit(self, session: Session, token: str) -> Visit:
        """Check a link. BadInput when it is forged, too old, of somebody who has left, or its document withdrawn."""
        link = self._parts.links.read_paper(token)
        try:
            visit = Visit(documents.get(session, link.document_id), members.get(session, link.member_id))
        except LookupError:
            raise BadInput("reader.wrong-link") from None
        if visit.document.state == DocumentState.WITHDRAWN:
            raise BadInput("reader.withdrawn")
        published = visit.document.state == DocumentState.PUBLISHED
        if not published or visit.member.status == Status.LEFT:
            raise BadInput("reader.wrong-link")
        if not documents.is_for(session, visit.document, visit.member):
            raise BadInput("reader.wrong-link")
        return visit

    def _page(self, token: str, *, counts: bool, message: str = "", depth: int = 1) -> str:
        with self._parts.database.transaction() as session:
            visit = self._visit(session, token)
            if counts:
                documents.opened(session, *visit.ids, self._parts.clock.now())
            row = documents.reading(session, *visit.ids)
        with self._parts.database.reading() as session:  # opening files takes a while: not under the write lock
            found = pages.leaves(session, self._parts.store, visit.ids[0])
        document = visit.document
        return TEMPLATES.get_template("reader.html").render(
            root="../" * depth,
            here="../" * (depth - 1) + token,
            number=document.number,
            summary=document.summary,
            issuer=document.issuer,
            issued_on=day(document.issued_on, weekday=False) if document.issued_on else "",
            body=[line for line in document.body.splitlines() if line.strip()],
            leaves=found,
            takeaways=list({leaf.position: leaf for leaf in found if leaf.kind != "sound"}.values()),
            read=row is not None and row.acknowledged_at is not None,
            message=message,
        )

    def _acknowledge(self, token: str) -> None:
        with self._parts.database.transaction() as session:
            visit = self._visit(session, token)
            documents.acknowledge(session, *visit.ids, at=self._parts.clock.now(), how="page")

    def _ask(self, token: str, text: str) -> int:
        now = self._parts.clock.now()
        with self._parts.database.transaction() as session:
            visit = self._visit(session, token)
            moment = questions.Moment(now, self._parts.zone)
            question, _ = questions.submit(session, visit.member, text, visit.ids[0], moment)
            audit.write(session, now, "question.asked", actor_id=visit.ids[1], subject=f"question:{question.id}")
            return question.number

    def _leaves(self, token: str) -> list[Leaf]:
        with self._parts.database.reading() as session:
            visit = self._visit(session, token)
            return pages.leaves(session, self._parts.store, visit.ids[0])

    def _picture(self, token: str, number: int) -> Path:
        for leaf in self._leaves(token):
            if leaf.kind == "picture" and leaf.number == number:
                try:
                    return pages.picture(self._parts.store, leaf)
                except (pdfs.Unreadable, LookupError):
                    raise BadInput("reader.no-picture") from None
        raise BadInput("reader.wrong-link")

    def _file(self, token: str, position: int) -> Leaf:
        found = next((leaf for leaf in self._leaves(token) if leaf.position == position), None)
        if found is None:
            raise BadInput("reader.wrong-link")
        return found


async def _body(request: Request) -> bytes:
    """The form's bytes; BadInput beyond BODY_LIMIT, before more is read."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise BadInput("questions.too-long", most=questions.LONGEST)
    return body
