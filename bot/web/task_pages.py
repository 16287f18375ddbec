"""What belongs to tasks, behind sealed links: a member's own page, the picture of a report (Zalo takes pictures by
address only), the empty plan to fill in. Nothing can be changed here: that is done in the chat."""

from __future__ import annotations

import asyncio
import io
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot.errors import BadInput
from bot.flows.documents import pdfs
from bot.flows.tasks import page as pages
from bot.flows.tasks import plan_sheet
from bot.task_links import TaskLinks, Thing
from bot.texts import t
from bot.web.reader import TEMPLATES, answering
from bot.web.server import WebParts

WIDTH = 1200
"""Pixels: a report is looked at on a phone, and Zalo fetches it over a line that is paid for. [ours]"""
STATUS = {"taskpage.expired": 410}


def routes(parts: WebParts) -> list[BaseRoute]:
    """The paths of tasks; `{token}` takes no dot."""
    desk = TaskDesk(parts)
    kind = answering("/nv/", STATUS, otherwise=404)
    return [
        Route("/nv/{token}.jpg", kind(desk.picture)),
        Route("/nv/{token}.xlsx", kind(desk.template)),
        Route("/nv/{token}", kind(desk.page)),
        Route("/nv/{token}/{step:int}.jpg", kind(desk.own_picture)),
    ]


class TaskDesk:
    """The pages. What touches database, disk or a picture's inside runs in a worker thread."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._links = TaskLinks(parts.settings.public_url)

    async def page(self, request: Request) -> Response:
        """A member's own tasks."""
        token = str(request.path_params["token"])
        shown = await asyncio.to_thread(self._page, token)
        html = TEMPLATES.get_template("tasks.html").render(root="../", here=token, page=shown)
        return HTMLResponse(html)

    async def picture(self, request: Request) -> Response:
        """The picture of a report, as its receiver's chat shows it."""
        return _jpeg(await asyncio.to_thread(self._picture, str(request.path_params["token"]), Thing.PICTURE, 0))

    async def template(self, request: Request) -> Response:
        """The empty plan."""
        content = await asyncio.to_thread(self._template, str(request.path_params["token"]))
        disposition = f"attachment; filename*=UTF-8''{quote(t('taskplan.file-name'))}"
        return Response(content, media_type=plan_sheet.XLSX, headers={"Content-Disposition": disposition})

    async def own_picture(self, request: Request) -> Response:
        """A picture on a member's own page."""
        step = int(request.path_params["step"])
        return _jpeg(await asyncio.to_thread(self._picture, str(request.path_params["token"]), Thing.PAGE, step))

    # --- in a worker thread ----------------------------------------------------------------------------------------
    def _page(self, token: str) -> pages.Page:
        now = self._parts.clock.now()
        with self._parts.database.reading() as session:
            member = pages.opened(session, self._links.read(token, now), Thing.PAGE)
            return pages.own(session, member, now, self._parts.zone)

    def _template(self, token: str) -> bytes:
        now = self._parts.clock.now()
        with self._parts.database.reading() as session:
            found = self._links.read(token, now)
            member = pages.opened(session, found, Thing.TEMPLATE)
            return plan_sheet.for_member(session, member, found.row_id, now.astimezone(self._parts.zone).date())

    def _picture(self, token: str, thing: Thing, step_id: int) -> bytes:
        """Upright and without the camera's data (where and when it was taken). BadInput when it cannot be shown."""
        with self._parts.database.reading() as session:
            found = self._links.read(token, self._parts.clock.now())
            member = pages.opened(session, found, thing)
            stored = pages.picture(session, member, step_id or found.row_id)
        try:
            shown = pdfs.photo_image(str(self._parts.store.path(stored.sha256)), width=WIDTH)
        except pdfs.Unreadable:
            raise BadInput("taskpage.wrong-link") from None
        out = io.BytesIO()
        shown.save(out, "JPEG", quality=82)
        return out.getvalue()


def _jpeg(content: bytes) -> Response:
    name = quote(t("tasks.photo-name"))
    return Response(content, media_type="image/jpeg", headers={"Content-Disposition": f"inline; filename={name}"})
