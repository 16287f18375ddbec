"""/media/<id>/<name>: files that people or bots sent, never as something that could run in the page."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.files import shown_in_place
from bot.sandbox.scene import Scene


def media_routes(scene: Scene) -> list[Route]:
    """The one route."""

    async def media(request: Request) -> Response:
        found = scene.world.media.get(request.path_params["media_id"])
        data = scene.world.bytes.get(request.path_params["media_id"])
        if found is None or data is None:
            return Response(status_code=404)
        place = "inline" if shown_in_place(found.mime) else "attachment"
        headers = {
            "X-Content-Type-Options": "nosniff",
            "Content-Disposition": f"{place}; filename*=UTF-8''{quote(found.name)}",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        }
        return Response(data, media_type=found.mime, headers=headers)

    return [Route("/media/{media_id}/{name}", media, methods=["GET"])]
