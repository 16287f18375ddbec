"""The reader page."""

from __future__ import annotations

from starlette.routing import BaseRoute

from bot.web.server import WebParts


def routes(parts: WebParts) -> list[BaseRoute]:
    """The reader's paths."""
    return []
