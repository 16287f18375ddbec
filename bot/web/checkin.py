"""The check-in pages: the projector's, which shows a code that changes every 30 seconds, and the phone's.

A phone is known by the member's own pass, a link that the bot gave them in private; a stranger is told how to check in
by the chat and learns no name. Nothing is recorded by opening a page, only by its button, because chat apps open links
to draw previews. What a phone has kept without a network is sent later with its own key, so that it counts once. How
far it is believed: checkin_trust.py.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.courtesy import hail
from bot.errors import BadInput, Refused
from bot.flows.room import codes, desk, guessing, passes, scans
from bot.flows.room.checking import told
from bot.flows.room.codes import Ticket
from bot.flows.room.passes import Pass
from bot.flows.room.scans import Outcome, Scan
from bot.invitations import name_of
from bot.texts import t
from bot.web import checkin_trust as trust
from bot.web import reader
from bot.web.checkin_trust import Bearer
from bot.web.reader import TEMPLATES
from bot.web.server import HERE, WebParts
from storage import meetings, rollcalls
from storage.checkins import Doubt
from storage.crypto import vault
from storage.meetings import Meeting, MeetingState

PASS, PHONE = "sotay-pass", "sotay-phone"
"""Cookies: whose phone it is, until the day after the meeting; and a mark of the phone, which says nothing else."""
BODY_LIMIT = 4096
_KEY = re.compile(r"[A-Za-z0-9-]{8,64}")
_POLICY = "Content-Security-Policy"
HEADERS = {
    **reader.HEADERS,
    _POLICY: reader.HEADERS[_POLICY].replace("style-src ", "style-src 'self' ") + "; worker-src 'self'",
}
STATUS = {"room.wrong-link": 404, "room.old-link": 410, "room.over": 410, "room.cancelled": 410}
Page = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Sent:
    """What a phone sends: the QR's ticket or six digits, its key for this scan, its moment (None: now), the stamp of
    the page that it was scanned with."""

    ticket: str
    code: str
    key: str
    at: datetime | None
    seen: str


def routes(parts: WebParts) -> list[BaseRoute]:
    """The pages' paths."""
    board, phone = Board(parts), Phone(parts)
    return [
        Route("/c/{token}", _kind(board.show)),
        Route("/c/{token}/count", _kind(board.count)),
        Route("/ci/sw.js", _worker),
        Route("/ci/shell", _kind(phone.shell)),
        Route("/ci/send", _kind(phone.send), methods=["POST"]),
        Route("/ci/touch", _kind(phone.touch), methods=["POST"]),
        Route("/ci/me/{token}", _kind(phone.mine)),
        Route("/ci/{ticket}", _kind(phone.scanned)),
    ]


def _kind(page: Page) -> Page:
    """Whatever is refused gets a page that says why and what to do; every answer gets the headers."""

    @wraps(page)
    async def answer(request: Request) -> Response:
        try:
            response = await page(request)
        except Refused as refusal:
            text = t(refusal.key, **refusal.values)
            response = _refused(request, text, STATUS.get(refusal.key, 400))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer


def _refused(request: Request, text: str, status: int) -> Response:
    if _wants_json(request):
        return JSONResponse({"state": "refused", "text": text}, 200)
    return HTMLResponse(TEMPLATES.get_template("notice.html").render(notice=text, root=_root(request)), status)


async def _worker(_request: Request) -> Response:
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return FileResponse(HERE / "static" / "checkin-worker.js", media_type="text/javascript", headers=headers)


def _root(request: Request) -> str:
    """The way up to the root, so that links work below any path prefix."""
    path = request.url.path
    start = path.find("/ci/") if "/ci/" in path else path.index("/c/")
    return "../" * (path.count("/", start) - 1)


class Board:
    """The projector's page."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts

    async def show(self, request: Request) -> Response:
        """The code of this moment; the page's script goes on with the next ones."""
        values = await asyncio.to_thread(self._values, str(request.path_params["token"]))
        return HTMLResponse(TEMPLATES.get_template("board.html").render(root=_root(request), **values))

    async def count(self, request: Request) -> Response:
        """How many have checked in, and our clock."""
        values = await asyncio.to_thread(self._values, str(request.path_params["token"]))
        return JSONResponse({"text": values["here"], "now": values["now"]})

    def _values(self, token: str) -> dict[str, object]:
        now = self._parts.clock.now()
        wanted = passes.read("board", token, now)
        with self._parts.database.reading() as session:
            meeting = self._meeting(session, wanted)
            here = rollcalls.count_here(session, wanted.meeting_id)
            step = codes.step_of(now)
            base = f"{self._parts.links.public_url}/ci/"
            key = codes.key_of(meeting)
            digits = codes.digits(key, step)
            return {
                "token": token, "title": _title(meeting, self._parts), "key": key.hex(), "meeting": wanted.meeting_id,
                "base": base, "now": int(now.timestamp() * 1000), "code": f"{digits[:3]} {digits[3:]}",
                "left": codes.STEP - int(now.timestamp()) % codes.STEP, "here": t("room.page-here", count=here),
                **_drawn(base + codes.ticket(meeting, step).text),
            }  # fmt: skip

    def _meeting(self, session: Session, wanted: Pass) -> Meeting:
        """The meeting, while it is open and who got the link still leads it. BadInput otherwise."""
        try:
            meeting = meetings.get(session, wanted.meeting_id)
        except LookupError:
            raise BadInput("room.wrong-link") from None
        if not meeting.check_in_secret or not desk.keeps(session, meeting, wanted.member_id):
            raise BadInput("room.wrong-link")
        if meeting.state == MeetingState.CANCELLED:
            raise BadInput("room.cancelled")
        if meeting.ended_at is not None:
            raise BadInput("room.over")
        return meeting


def _title(meeting: Meeting, parts: WebParts) -> str:
    name = name_of(meeting, parts.zone)
    return f"{name[0].upper()}{name[1:]}"


def _drawn(text: str) -> dict[str, object]:
    """A QR for browsers that cannot draw it themselves: its size with the quiet zone, the dark squares as a path."""
    import segno  # loaded with the first code

    matrix = segno.make(text, error="m", mode="byte", boost_error=False, micro=False, mask=0).matrix
    path = "".join(
        f"M{column + 4} {row + 4}h1v1h-1z"
        for row, line in enumerate(matrix)
        for column, dark in enumerate(line)
        if dark
    )
    return {"size": len(matrix) + 8, "path": path}


class Phone:
    """The phone's page."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts

    async def shell(self, request: Request) -> Response:
        """The page as a phone keeps it: without ticket, name, stamp or clock."""
        return self._page(request, clock=False)

    async def mine(self, request: Request) -> Response:
        """A member's own page: from now on the phone is known."""
        token = str(request.path_params["token"])
        mark = request.cookies.get(PHONE, "")
        found = await asyncio.to_thread(self._greeted, token, mark)
        if found is None:
            raise BadInput("room.wrong-link")
        known, name, theirs = found
        told: dict[str, Any] = {"told": t("room.page-other-phone"), "kind": "wait"} if theirs else {}
        response = self._page(request, who=name, seen=passes.stamp(known, self._parts.clock.now()), **told)
        self._cookie(response, PASS, token, int(passes.LIFE.total_seconds()))
        if not trust.MARK.fullmatch(mark):
            self._cookie(response, PHONE, secrets.token_urlsafe(16), 365 * 86400)
        return response

    async def scanned(self, request: Request) -> Response:
        """What the QR opens: the button for who is known, else how to check in by the chat."""
        ticket = codes.read_ticket(str(request.path_params["ticket"]))
        code = "" if ticket is None else await asyncio.to_thread(self._code, ticket)
        if ticket is None or not code:
            raise BadInput("room.wrong-code")
        token, mark = request.cookies.get(PASS, ""), request.cookies.get(PHONE, "")
        found = await asyncio.to_thread(self._greeted, token, mark)
        if found is None:
            return self._page(request, unknown=True, code=code)
        seen = passes.stamp(found[0], self._parts.clock.now(), step=ticket.step)
        return self._page(request, who=found[1], ticket=ticket.text, seen=seen)

    async def touch(self, request: Request) -> Response:
        """The page's script reports after it has sent what it kept: the link is this phone's if it was nobody's, and
        from now on the phone can claim no earlier moment. A program that draws previews runs no script."""
        sent = await _form(request)
        token, mark = request.cookies.get(PASS, ""), request.cookies.get(PHONE, "")
        now = self._parts.clock.now()
        seen = await asyncio.to_thread(self._touched, sent.get("seen", ""), token, mark, now)
        return JSONResponse({"seen": seen, "now": int(now.timestamp() * 1000)})

    async def send(self, request: Request) -> Response:
        """The button, or what the phone had kept."""
        sent = _sent(await _form(request))
        token, mark = request.cookies.get(PASS, ""), request.cookies.get(PHONE, "")
        found = await asyncio.to_thread(self._take, sent, token, mark)
        if found is None:
            text = t("room.page-who")
            if _wants_json(request):
                return JSONResponse({"state": "unknown", "text": text})
            return self._page(request, unknown=True)
        text, taken = found
        if not taken:
            return _refused(request, text, 400)
        self._parts.wake()
        if _wants_json(request):
            return JSONResponse({"state": "done", "text": text})
        return self._page(request, told=text, kind="yes", done=True)

    def _page(self, request: Request, *, clock: bool = True, **values: object) -> Response:
        now = int(self._parts.clock.now().timestamp() * 1000) if clock else ""
        shown = {"ticket": "", "who": "", "told": "", "kind": "", "code": "", "seen": ""}
        html = TEMPLATES.get_template("checkin.html").render(
            root=_root(request), now=now, key=secrets.token_hex(16),
            **{**shown, "unknown": False, "done": False, **values},
        )  # fmt: skip
        return HTMLResponse(html)

    def _cookie(self, response: Response, name: str, value: str, seconds: int) -> None:
        address = urlsplit(self._parts.links.public_url)
        response.set_cookie(
            name, value, max_age=seconds, path=f"{address.path}/ci/", secure=address.scheme == "https", httponly=True,
            samesite="lax",
        )  # fmt: skip

    # --- in a worker thread ------------------------------------------------------------------------------------
    def _greeted(self, token: str, mark: str) -> tuple[Pass, str, bool] | None:
        """Whose phone it is: pass, form of address, whether the link belongs to another one. None without a pass that
        still counts."""
        with self._parts.database.reading() as session:
            who = trust.bearer(session, "", token, self._parts.clock.now())
            return (who.known, hail(who.member), trust.is_anothers(session, who, mark)) if who is not None else None

    def _touched(self, stamp: str, token: str, mark: str, now: datetime) -> str:
        """The new stamp, "" for who is unknown. What another phone says moves nothing."""
        with self._parts.database.transaction() as session:
            who = trust.bearer(session, stamp, token, now)
            if who is None:
                return ""
            held, mine = trust.phone(session, who, mark)
            if held is not None and mine:
                held.seen_at = max(held.seen_at, now.replace(microsecond=0))
            return passes.stamp(who.known, now)

    def _code(self, ticket: Ticket) -> str:
        """The six digits that go with a ticket; "" when it is not ours."""
        with self._parts.database.reading() as session:
            meeting = session.get(Meeting, ticket.meeting_id)
            if meeting is None or not codes.is_genuine(meeting, ticket):
                return ""
            digits = codes.digits(codes.key_of(meeting), ticket.step)
            return f"{digits[:3]} {digits[3:]}"

    def _take(self, sent: Sent, token: str, mark: str) -> tuple[str, bool] | None:
        """Record it: the sentence that says what became of it, and whether it was taken. None for who is unknown;
        BadInput says why a meeting takes none."""
        now, settings = self._parts.clock.now(), self._parts.settings
        with self._parts.database.transaction() as session:
            who = trust.bearer(session, sent.seen, token, now)
            if who is None:
                return None
            found = self._shown(session, who, sent, now)
            if isinstance(found, str):
                return found, False
            meeting_id, step = found
            held, mine = trust.phone(session, who, mark)
            at, doubt = trust.moment(who, step, sent.at, now, last=held.seen_at if held is not None and mine else None)
            # Without a mark every scan would be another phone: then the pass, which is one member's, stands for it.
            member_id = who.known.member_id
            device = mark if trust.MARK.fullmatch(mark) else f"pass:{member_id}"
            scan = Scan(
                member_id, step, at, vault().fingerprint(device, "room.device"), f"page:{member_id}:{sent.key}",
                doubt=doubt or (Doubt.NONE if mine else Doubt.LINK),
            )  # fmt: skip
            outcome: Outcome = scans.take(session, settings, meeting_id, scan, now)
            return told(self._parts.zone, outcome, hail(who.member)), True

    def _shown(self, session: Session, who: Bearer, sent: Sent, now: datetime) -> tuple[int, int] | str:
        """Which meeting and step: of the ticket, or of digits typed on the page of a meeting; else what to say."""
        ticket = codes.read_ticket(sent.ticket) if sent.ticket else None
        if ticket is not None:
            meeting = session.get(Meeting, ticket.meeting_id)
            genuine = meeting is not None and codes.is_genuine(meeting, ticket)
            return (ticket.meeting_id, ticket.step) if genuine else t("room.wrong-code")
        member_id, settings = who.known.member_id, self._parts.settings
        if stop := guessing.stopped(session, settings, member_id, now):
            return stop
        meeting, at = session.get(Meeting, who.known.meeting_id), min(sent.at or now, now)
        typed = len(sent.code) == codes.DIGITS and meeting is not None
        step = codes.step_typed(meeting, sent.code, at) if typed and meeting is not None else None
        if step is None:
            return guessing.wrong(session, settings, member_id, now)
        if codes.is_fresh(step, at):
            guessing.right(session, member_id, now)
        return who.known.meeting_id, step


async def _form(request: Request) -> dict[str, str]:
    """What was sent; BadInput when it cannot be one of our forms."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise BadInput("room.wrong-code")
    return {name: found[0] for name, found in parse_qs(body.decode("utf-8", "replace")).items()}


def _sent(form: dict[str, str]) -> Sent:
    """The check-in of a form; BadInput when it cannot be one of ours."""
    key = form.get("key", "")
    if not _KEY.fullmatch(key):
        raise BadInput("room.wrong-code")
    at = form.get("at", "")
    moment = datetime.fromtimestamp(int(at) / 1000, UTC) if at.isascii() and at.isdecimal() and len(at) < 14 else None
    code = "".join(char for char in form.get("code", "") if char in "0123456789")
    return Sent(form.get("ticket", ""), code, key, moment, form.get("seen", ""))


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")
