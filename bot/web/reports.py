"""The page behind a link to a table (Zalo sends no files): its pictures, and the workbook to take home.

For who asked, while they lead that organization, for some days (setting report_days).
"""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot.errors import BadInput
from bot.flows.documents import reports
from bot.report_links import ReportLinks
from bot.texts import t
from bot.web.reader import HEADERS, TEMPLATES
from bot.web.server import WebParts
from storage import files, report_jobs
from storage.files import StoredFile
from storage.report_jobs import ReportState


def routes(parts: WebParts) -> list[BaseRoute]:
    """The paths of tables."""
    page = Reports(parts)
    return [Route("/r/{token}", page.show), Route("/r/{token}/{position:int}", page.file)]


class Reports:
    """The two pages. What touches the database runs in a worker thread."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._links = ReportLinks(parts.settings.public_url)

    async def show(self, request: Request) -> Response:
        """The pictures below each other."""
        token = request.path_params["token"]
        try:
            found = await asyncio.to_thread(self._files, token)
        except BadInput:
            return self._gone("../")
        html = TEMPLATES.get_template("report.html").render(root="../", here=token, files=found)
        return HTMLResponse(html, headers=HEADERS)

    async def file(self, request: Request) -> Response:
        """One picture, or the workbook."""
        try:
            found = await asyncio.to_thread(self._files, request.path_params["token"])
            stored = found[request.path_params["position"]]
        except (BadInput, IndexError):
            return self._gone("../../")
        shown = "inline" if stored.mime.startswith("image/") else "attachment"
        disposition = f"{shown}; filename*=UTF-8''{quote(stored.name)}"
        path = self._parts.store.path(stored.sha256)
        return FileResponse(path, media_type=stored.mime, headers={**HEADERS, "Content-Disposition": disposition})

    def _gone(self, root: str) -> Response:
        html = TEMPLATES.get_template("notice.html").render(notice=t("acknowledging.table-old"), root=root)
        return HTMLResponse(html, 404, headers=HEADERS)

    def _files(self, token: str) -> list[StoredFile]:
        with self._parts.database.reading() as session:
            return _opened(session, *self._links.read(token))


def _opened(session: Session, job_id: int, member_id: int) -> list[StoredFile]:
    """The files of a table; BadInput when it is not this member's, has been removed, or their role has ended."""
    try:
        job = report_jobs.get(session, job_id)
    except LookupError:
        raise BadInput("reader.wrong-link") from None
    if job.member_id != member_id or job.state != ReportState.DONE or not reports.allowed(session, job):
        raise BadInput("reader.wrong-link")
    return [files.get(session, file_id) for file_id in report_jobs.file_ids(session, job_id)]
