"""`/nghe/<token>/<part>.aac|m4a`: one part of a paper's audio edition, with ranges, so that players can seek."""

from __future__ import annotations

import asyncio

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.errors import BadInput
from bot.sound_links import SoundLinks
from bot.texts import t
from bot.web.server import WebParts
from storage import audios, documents, files, members, organizations, reading_links
from storage.documents import DocumentState
from storage.files import StoredFile
from storage.members import Status
from storage.sight import Sight, sees

MIMES = {"aac": "audio/aac", "m4a": "audio/mp4"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, max-age=86400",
}


def routes(parts: WebParts) -> list[BaseRoute]:
    """The one path."""

    async def sound(request: Request) -> Response:
        wanted = request.path_params
        try:
            stored = await asyncio.to_thread(_find, parts, wanted["token"], wanted["position"], wanted["ending"])
        except BadInput as refusal:
            return PlainTextResponse(t(refusal.key, **refusal.values), 404)
        path = parts.store.path(stored.sha256)
        return FileResponse(path, media_type=MIMES[wanted["ending"]], headers=HEADERS)

    return [Route("/nghe/{token}/{position:int}.{ending}", sound)]


def _find(parts: WebParts, token: str, position: int, ending: str) -> StoredFile:
    """The file behind an address. BadInput, the same for everything that does not open."""
    link = SoundLinks(parts.links).read_paper(token)
    with parts.database.reading() as session:
        found = audios.part(session, link.document_id, position)
        counts = reading_links.counts(session, link.member_id, channel_id=link.channel_id, made_at=link.made_at)
        if found is None or not counts or ending not in MIMES or not _may(session, link.document_id, link.member_id):
            raise BadInput("reader.wrong-link")
        return files.get(session, found.aac_file_id if ending == "aac" else found.m4a_file_id)


def _may(session: Session, document_id: int, member_id: int) -> bool:
    """Published, and for a member who has not left; leaders hear what stands in the organizations that they lead."""
    try:
        document, member = documents.get(session, document_id), members.get(session, member_id)
    except LookupError:
        return False
    if member.status == Status.LEFT or document.state != DocumentState.PUBLISHED:
        return False
    led = tuple(top.path for kind, top in members.roles(session, member_id) if kind in members.LEADING)
    home = organizations.get(session, member.organization_id).path
    return sees(session, Sight(member_id, home, led), document_id)
