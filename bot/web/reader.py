"""The reader page: one document for one member, behind a sealed link. Works without JavaScript on an old phone.

Opening the page is noted only with consent; only the button acknowledges, because link previews open pages too.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import wraps
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from jinja2 import Environment, FileSystemLoader
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.errors import BadInput
from bot.flows import questions
from bot.flows.documents import albums, pages, pdfs
from bot.flows.documents.pages import Leaf
from bot.texts import t
from bot.web import acts, assets, display, paper, visits
from bot.web.paper import Offer, Wish
from bot.web.server import WebParts
from bot.web.visits import Visit
from storage import audios, consents, documents, files
from storage.consents import Purpose
from storage.files import StoredFile

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
TEMPLATES.globals.update(t=t, asset=assets.address, style=assets.STYLE, widths=albums.WIDTHS)
BODY_LIMIT = 16 * 1024
HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; img-src 'self'; media-src 'self'; style-src '{assets.STYLE_SOURCE}'; script-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'self' http://127.0.0.1:* http://localhost:*"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-store",
}
"""The training page shows the reader in a frame on this machine; nobody else may. Of styles the page may use its own
alone, by its hash: it comes with the page, because a file of its own would cost a slow line another 400 ms."""
STATUS = {"reader.expired": 410, "reader.withdrawn": 410, "reader.wrong-link": 404, "reader.not-here": 403}
DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
Page = Callable[[Request], Awaitable[Response]]
Form = dict[str, str]


def routes(parts: WebParts) -> list[BaseRoute]:
    """The reader's paths."""
    reader = Reader(parts)
    kind = answering("/d/", STATUS, otherwise=400)
    posts = {"read": reader.read, "ask": reader.ask, "consent": reader.consent, "beat": reader.beat}
    return [
        Route("/d/{token}", kind(reader.show)),
        *(Route(f"/d/{{token}}/{name}", kind(page), methods=["POST"]) for name, page in posts.items()),
        Route("/d/{token}/p/{number:int}.webp", kind(reader.picture)),
        Route("/d/{token}/p/{number:int}-{width:int}.webp", kind(reader.picture)),
        Route("/d/{token}/file/{position:int}", kind(reader.file)),
        Route("/d/{token}/sound/{position:int}.m4a", kind(reader.sound)),
        Route("/d/{token}/dot.svg", kind(reader.dot)),
    ]


def answering(path: str, status: Mapping[str, int], *, otherwise: int) -> Callable[[Page], Page]:
    """A link below `path` ("/d/") that does not open gets a page that says why and what to do, with the status of its
    reason; every answer gets the headers."""

    def around(page: Page) -> Page:
        @wraps(page)
        async def answer(request: Request) -> Response:
            try:
                response = await page(request)
            except BadInput as refusal:
                notice = t(refusal.key, **refusal.values)
                html = TEMPLATES.get_template("notice.html").render(notice=notice, root="../" * _depth(request, path))
                response = HTMLResponse(html, status.get(refusal.key, otherwise))
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return answer

    return around


def _depth(request: Request, path: str) -> int:
    """How many folders the page lies below the root, so that links work below any path prefix."""
    return request.url.path.count("/", request.url.path.index(path)) - 1


class Reader:
    """The handlers of the reader's paths. What touches database or disk runs in a worker thread."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts

    # --- pages -------------------------------------------------------------------------------------------------
    async def show(self, request: Request) -> Response:
        """The document with its buttons."""
        shown, changed = display.wanted(request)
        asked = request.query_params
        message = t("reader.asked", number=int(asked["asked"])) if _number(asked.get("asked")) else ""
        wish = Wish(shown, _number(asked.get("part")) or 1, message, quiet="said" in asked)
        token, cookie = request.path_params["token"], visits.cookie_of(request)
        response = _html(request, await asyncio.to_thread(self._show, token, cookie, wish, visits.is_preview(request)))
        if not cookie and not visits.is_preview(request):
            visits.give_cookie(response, self._parts, token)
        if changed:
            self._remember(response, shown)
        return response

    async def read(self, request: Request) -> Response:
        """The button "Đã đọc xong", with the answer to the short question where there is one."""
        form = await _form(request)
        place, tries = _number(form.get("answer")), _number(form.get("tries")) or 0
        answer = acts.Answer(place, min(tries, 9))
        problem = await self._do(request, lambda session, visit: acts.acknowledge(session, self._parts, visit, answer))
        if problem:
            key, wrong = problem
            return await self._again(request, Wish(display.wanted(request)[0], problem=t(key), tries=tries + wrong))
        return RedirectResponse(f"../{request.path_params['token']}#done", 303)

    async def ask(self, request: Request) -> Response:
        """The form "Hỏi"."""
        form = await _form(request)
        try:
            asked = await self._do(request, lambda session, visit: acts.ask(session, self._parts, visit, form))
        except BadInput as refusal:
            if not refusal.key.startswith("questions."):
                raise
            wrong = Wish(display.wanted(request)[0], problem=t(refusal.key, **refusal.values))
            return await self._again(request, wrong)
        if asked.similar:
            offer = Offer(asked.similar, form.get("text", ""), hidden=form.get("hidden") == "yes")
            return await self._again(request, Wish(display.wanted(request)[0], offer=offer))
        token = request.path_params["token"]
        if not asked.number:
            return RedirectResponse(f"../{token}?said=1#main", 303)
        self._parts.wake()
        return RedirectResponse(f"../{token}?asked={asked.number}#result", 303)

    async def consent(self, request: Request) -> Response:
        """Yes or no to one purpose."""
        form = await _form(request)
        await self._do(request, lambda session, visit: acts.consent(session, self._parts, visit, form))
        return RedirectResponse(f"../{request.path_params['token']}?said=1#main", 303)

    async def beat(self, request: Request) -> Response:
        """Some seconds of reading; the answer says how much it is in all."""
        form = await _form(request)
        seconds = _number(form.get("seconds")) or 0
        total = await self._do(request, lambda session, visit: acts.study(session, self._parts, visit, seconds))
        return PlainTextResponse(paper.studied(total))

    async def picture(self, request: Request) -> Response:
        """One page as a picture."""
        number, width = request.path_params["number"], request.path_params.get("width", albums.SMALL)
        if width not in albums.WIDTHS:
            raise BadInput("reader.wrong-link")
        path = await asyncio.to_thread(self._picture, request, number, width)
        return FileResponse(path, media_type="image/webp", headers={"Cache-Control": "private, max-age=86400"})

    async def file(self, request: Request) -> Response:
        """The original, to be kept where that is allowed; sound is played in the page."""
        leaf = await asyncio.to_thread(self._file, request)
        shown = "inline" if leaf.kind == "sound" else "attachment"
        return self._send(leaf.file, f"{shown}; filename*=UTF-8''{quote(leaf.file.name)}")

    async def sound(self, request: Request) -> Response:
        """One part of the audio edition."""
        return self._send(await asyncio.to_thread(self._sound, request), "inline")

    async def dot(self, request: Request) -> Response:
        """Nothing to see: a page without pictures has its browser come back for this (visits.py)."""
        await asyncio.to_thread(self._enter, request)
        return Response(DOT, media_type="image/svg+xml")

    def _send(self, file: StoredFile, shown: str) -> Response:
        return FileResponse(
            self._parts.store.path(file.sha256), media_type=file.mime, headers={"Content-Disposition": shown}
        )

    def _remember(self, response: Response, shown: display.Display) -> None:
        address = urlsplit(self._parts.links.public_url)
        response.set_cookie(
            display.COOKIE, shown.cookie, max_age=31536000, path=f"{address.path}/d/", samesite="lax",
            secure=address.scheme == "https",
        )  # fmt: skip

    async def _again(self, request: Request, wish: Wish) -> Response:
        """The page once more, with what was wrong or what is offered."""
        wish = replace(wish, quiet=True, depth=2)
        html = await asyncio.to_thread(self._show, request.path_params["token"], visits.cookie_of(request), wish, True)
        return _html(request, html, 400 if wish.problem else 200)

    async def _do(self, request: Request, act: Callable[[Session, Visit], acts.T]) -> acts.T:
        """An act of the member: only from the browser that the link belongs to."""
        token, cookie = request.path_params["token"], visits.cookie_of(request)

        def work() -> acts.T:
            with self._parts.database.transaction() as session:
                visit = visits.enter(session, self._parts, token, cookie)
                if not visits.claim(session, visit, token):
                    raise BadInput("reader.not-here")
                return act(session, visit)

        return await asyncio.to_thread(work)

    # --- in a worker thread ------------------------------------------------------------------------------------
    def _enter(self, request: Request) -> Visit:
        """Check a link; the first browser that comes back gets it."""
        token = request.path_params["token"]
        with self._parts.database.reading() as session:
            visit = visits.enter(session, self._parts, token, visits.cookie_of(request))
            claims = visits.needs_claim(session, visit, token)
        if claims:
            with self._parts.database.transaction() as session:
                visits.claim(session, visit, token)
        return visit

    def _show(self, token: str, cookie: str, wish: Wish, preview: bool) -> str:
        with self._parts.database.reading() as session:
            visit = visits.enter(session, self._parts, token, cookie)
            values = paper.values(session, self._parts, visit, wish)
            values["dot"] = (
                visit.mine and not preview and not any(leaf.kind == "picture" for leaf, _ in values["shown"])
            )
            notes = visit.mine and not preview and self._is_first(session, visit)
            claims = not preview and visits.needs_claim(session, visit, token)
        if notes or claims:
            with self._parts.database.transaction() as session:
                if visits.claim(session, visit, token) and notes:
                    documents.opened(session, *visit.ids, self._parts.clock.now())
        return TEMPLATES.get_template("reader.html").render(**values)

    @staticmethod
    def _is_first(session: Session, visit: Visit) -> bool:
        """Whether this opening is one to be noted: the first, and with consent."""
        row = documents.reading(session, *visit.ids)
        return (row is None or row.opened_at is None) and consents.has(session, visit.ids[1], Purpose.READING)

    def _leaves(self, request: Request) -> tuple[Visit, list[Leaf]]:
        visit = self._enter(request)
        with self._parts.database.reading() as session:
            return visit, pages.leaves(session, self._parts.store, visit.ids[0])

    def _picture(self, request: Request, number: int, width: int) -> Path:
        for leaf in self._leaves(request)[1]:
            if leaf.kind == "picture" and leaf.number == number:
                try:
                    return pages.picture(self._parts.store, leaf, width=width)
                except (pdfs.Unreadable, LookupError):
                    raise BadInput("reader.no-picture") from None
        raise BadInput("reader.wrong-link")

    def _file(self, request: Request) -> Leaf:
        visit, found = self._leaves(request)
        position = request.path_params["position"]
        leaf = next((leaf for leaf in found if leaf.position == position), None)
        if leaf is None or not (visit.document.downloadable or leaf.kind == "sound"):
            raise BadInput("reader.wrong-link")
        return leaf

    def _sound(self, request: Request) -> StoredFile:
        visit = self._enter(request)
        with self._parts.database.reading() as session:
            found = audios.part(session, visit.ids[0], request.path_params["position"])
            if found is None:
                raise BadInput("reader.wrong-link")
            return files.get(session, found.m4a_file_id)


def _html(request: Request, html: str, status: int = 200) -> Response:
    """A page, packed where the browser can unpack it: on a slow line half a second."""
    if not assets.unpacks(request):
        return HTMLResponse(html, status)
    packed = gzip.compress(html.encode(), 6)
    return HTMLResponse(packed, status, {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})


def _number(text: str | None) -> int | None:
    """A small whole number out of a form or address, None for anything else."""
    return int(text) if text and text.isdecimal() and text.isascii() and len(text) < 6 else None


async def _form(request: Request) -> Form:
    """The fields of a form; BadInput beyond BODY_LIMIT, before more is read."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise BadInput("questions.too-long", most=questions.LONGEST)
    fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=20)
    return {name: found[0] for name, found in fields.items()}
