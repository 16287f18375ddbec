"""A meeting's paper behind a link (Zalo sends no files), made when it is opened, for who writes or approves it."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot.errors import BadInput
from bot.flows.minutes.printing import MIME, content_of
from bot.minutes_links import MinutesLinks
from bot.texts import t
from bot.web.reader import HEADERS, TEMPLATES
from bot.web.server import WebParts
from storage.files import FileStore


def routes(parts: WebParts) -> list[BaseRoute]:
    """The one path."""
    links = MinutesLinks(parts.settings.public_url)
    store = FileStore(parts.settings.data_dir / "files")

    def made(token: str) -> tuple[str, bytes] | None:
        paper_id, member_id = links.read(token)
        with parts.database.reading() as session:
            return content_of(session, store, parts.settings, paper_id, member_id)

    async def show(request: Request) -> Response:
        try:
            found = await asyncio.to_thread(made, request.path_params["token"])
        except (BadInput, OSError):
            found = None
        if found is None:
            html = TEMPLATES.get_template("notice.html").render(notice=t("meetings.file-gone"), root="../")
            return HTMLResponse(html, 404, headers=HEADERS)
        name, content = found
        disposition = f"attachment; filename*=UTF-8''{quote(name)}"
        return Response(content, media_type=MIME, headers={**HEADERS, "Content-Disposition": disposition})

    return [Route("/bb/{token}", show)]
