"""The web application: which path leads where."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.clock import Clock
from bot.links import Links
from bot.settings import Settings
from storage.db import Database, DatabaseDown
from storage.files import FileStore

HERE = Path(__file__).parent
SECRET_HEADERS = ("x-telegram-bot-api-secret-token", "x-bot-api-secret-token")


@dataclass(frozen=True, slots=True)
class WebParts:
    """What pages and hooks need. `posted(key, secret, body)` gives the HTTP status for a webhook."""

    database: Database
    clock: Clock
    links: Links
    store: FileStore
    posted: Callable[[str, str, bytes], Awaitable[int]]
    wake: Callable[[], None]
    zone: ZoneInfo
    settings: Settings


def build_web(parts: WebParts) -> Starlette:
    """The Starlette application."""
    from bot.web.assets import routes as asset_routes
    from bot.web.checkin import routes as check_in_routes
    from bot.web.listening import routes as sound_routes
    from bot.web.meeting_sheets import routes as meeting_routes
    from bot.web.minutes_paper import routes as minutes_routes
    from bot.web.reader import routes as reader_routes
    from bot.web.reports import routes as report_routes
    from bot.web.task_pages import routes as task_routes
    from bot.web.uploads import routes as upload_routes

    async def health(_request: Request) -> Response:
        try:
            seconds = await asyncio.to_thread(parts.database.ping)
        except DatabaseDown:
            return JSONResponse({"ok": False, "database": "down"}, status_code=503)
        return JSONResponse({"ok": True, "database_seconds": round(seconds, 4)})

    async def hook(request: Request) -> Response:
        secret = next((request.headers[name] for name in SECRET_HEADERS if name in request.headers), "")
        status = await parts.posted(request.path_params["key"], secret, await request.body())
        return Response(status_code=status)

    return Starlette(
        routes=[
            Route("/health", health),
            Route("/hooks/{key}", hook, methods=["POST"]),
            *asset_routes(),
            *reader_routes(parts),
            *report_routes(parts),
            *upload_routes(parts),
            *check_in_routes(parts),
            *sound_routes(parts),
            *meeting_routes(parts),
            *minutes_routes(parts),
            *task_routes(parts),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ]
    )
