"""The printed invitation and the calendar file behind a link (Zalo sends no files), made when it is opened."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot.errors import BadInput
from bot.flows.meetings import sheets
from bot.meeting_links import MeetingLinks
from bot.texts import t
from bot.web.reader import HEADERS, TEMPLATES
from bot.web.server import WebParts


def routes(parts: WebParts) -> list[BaseRoute]:
    """The one path."""
    links = MeetingLinks(parts.settings.public_url)

    def made(token: str) -> tuple[str, str, bytes] | None:
        with parts.database.reading() as session:
            return sheets.made(session, parts.settings, links.read(token), parts.clock.now())

    async def show(request: Request) -> Response:
        try:
            found = await asyncio.to_thread(made, request.path_params["token"])
        except BadInput:
            found = None
        if found is None:
            html = TEMPLATES.get_template("notice.html").render(notice=t("meetings.file-gone"), root="../")
            return HTMLResponse(html, 404, headers=HEADERS)
        name, mime, content = found
        disposition = f"attachment; filename*=UTF-8''{quote(name)}"
        return Response(content, media_type=mime, headers={**HEADERS, "Content-Disposition": disposition})

    return [Route("/gm/{token}", show)]
