"""The page's style and script. The script is kept by browsers for a year, because its name changes with it; the style
is small enough to come with each page, and named to the browser by its hash (reader.py, HEADERS)."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

FOLDER = Path(__file__).parent / "static"
MIME = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served. `address` is below the root and holds a part of the content's hash."""

    address: str
    mime: str
    plain: bytes
    packed: bytes


def _load(name: str) -> Asset:
    path = FOLDER / name
    content = path.read_text("utf-8")
    if path.suffix == ".css":
        content = re.sub(r"\s*([{};:,])\s+", r"\1", re.sub(r"\s*\n\s*", "", _COMMENT.sub("", content)))
    plain = content.encode()
    mark = hashlib.sha256(plain).hexdigest()[:8]
    return Asset(f"s/{path.stem}-{mark}{path.suffix}", MIME[path.suffix], plain, gzip.compress(plain, 9, mtime=0))


ASSETS = {name: _load(name) for name in ("reader.css", "reader.js", "icon.svg")}
STYLE = ASSETS["reader.css"].plain.decode()
STYLE_SOURCE = "sha256-" + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
"""How the Content-Security-Policy names the one style that a page may have."""


def address(name: str) -> str:
    """Where a file is served, below the root: "s/reader-1a2b3c4d.css"."""
    return ASSETS[name].address


def routes() -> list[BaseRoute]:
    """Their paths. Another hash (a page that was loaded before an upgrade) gets the newest content, kept briefly."""
    return [Route("/s/{name}", _serve)]


async def _serve(request: Request) -> Response:
    wanted = request.path_params["name"]
    found = next((each for each in ASSETS.values() if each.address == f"s/{wanted}"), None)
    if found is None:
        stem, _, ending = wanted.partition("-")
        found = ASSETS.get(f"{stem}.{ending.rpartition('.')[2]}")
        if found is None:
            return Response(status_code=404)
        return packed(request, found, "public, max-age=60")
    return packed(request, found, FOREVER)


def packed(request: Request, asset: Asset, cache: str) -> Response:
    """The content, packed where the browser can unpack it."""
    headers = {"Cache-Control": cache, "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
    if not unpacks(request):
        return Response(asset.plain, media_type=asset.mime, headers=headers)
    return Response(asset.packed, media_type=asset.mime, headers={**headers, "Content-Encoding": "gzip"})


def unpacks(request: Request) -> bool:
    """Whether the browser takes gzip."""
    return "gzip" in request.headers.get("accept-encoding", "")
