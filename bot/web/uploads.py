"""The upload page behind a one-time link: choose files, take photos, "Xong". Works without JavaScript.

What comes in is judged before anything is kept, and goes into the draft of the chat in one transaction that holds the
chat's lock; the chat then goes on by itself. The link is not bound to a browser: it lives for half an hour, and chat
apps open it in one browser and phones choose files in another.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot import upload_links
from bot.context import Context
from bot.errors import BadInput, Conflict, Refused
from bot.flows.documents import uploaded
from bot.flows.documents.publish import PublishFlow
from bot.flows.tasks import plan_uploaded
from bot.flows.tasks.planflow import PlanFlow
from bot.fsm import FSMContext
from bot.messages import Address, Incoming, Kind, Platform, Reply
from bot.texts import t
from bot.turn import say
from bot.upload_links import Ended
from bot.web import multipart, reader
from bot.web.multipart import SentFile
from bot.web.reader import TEMPLATES
from bot.web.server import WebParts
from storage import channels, conversations, members
from storage.conversations import Conversation
from storage.db import lock_chats
from storage.members import Member, Status
from storage.uploads import Upload

T = TypeVar("T")
MEGABYTE = 1024 * 1024
FILES = 10
"""Files of one sending; a draft takes more of them, one sending after the other. [ours]"""
TOGETHER = 5
"""One sending may be so many times as large as one file. [ours]"""
_POLICY = "Content-Security-Policy"
HEADERS = {**reader.HEADERS, _POLICY: reader.HEADERS[_POLICY].replace("style-src ", "style-src 'self' ")}
"""The reader's, with a style file of this page's own."""
STATUS = {"uploads.wrong-link": 404, "uploads.expired": 410, "uploads.finished": 410, "uploads.no-draft": 410}
DRAFTS: dict[str, Any] = {PublishFlow.name: uploaded, PlanFlow.name: plan_uploaded}
"""What takes the files, by the name of the dialogue: a module with FORM, count, read, take, taken, finish."""
Page = Callable[[Request], Awaitable[Response]]
Work = Callable[[Context, Upload], tuple[T, list[Reply]]]


@dataclass(slots=True)
class Outcome:
    """What became of one sending: a line for each file taken, (line, reason) for each that was not."""

    taken: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    problem: str = ""
    ended: Ended | None = None
    """There is nothing more to send."""


def routes(parts: WebParts) -> list[BaseRoute]:
    """The page's paths."""
    desk = UploadDesk(parts)
    return [
        Route("/u/{token}", _kind(desk.show)),
        Route("/u/{token}", _kind(desk.send), methods=["POST"]),
        Route("/u/{token}/done", _kind(desk.done), methods=["POST"]),
    ]


def _kind(page: Page) -> Page:
    """Whatever is refused gets a page that says why and what to do; every answer gets the headers."""

    @wraps(page)
    async def answer(request: Request) -> Response:
        try:
            response = await page(request)
        except (Refused, Conflict) as refusal:
            key = "uploads.try-again" if isinstance(refusal, Conflict) else refusal.key
            notice = t(key, **refusal.values)
            html = TEMPLATES.get_template("notice.html").render(notice=notice, root=_root(request))
            response = HTMLResponse(html, STATUS.get(refusal.key, 400))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer


def _root(request: Request) -> str:
    """The way up to the root, so that links work below any path prefix."""
    path = request.url.path
    return "../" * (path.count("/", path.index("/u/")) - 1)


class UploadDesk:
    """The handlers. What touches database, disk or a file's inside runs in a worker thread."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts

    async def show(self, request: Request) -> Response:
        """The form."""
        return self._form(request, Outcome(), *await asyncio.to_thread(self._step, _token(request), _counted))

    async def send(self, request: Request) -> Response:
        """Files of the form, judged one by one. The form again, with what became of each."""
        token = _token(request)
        desk, count = await asyncio.to_thread(self._step, token, _counted)  # before anything is read
        outcome = Outcome()
        limit = self._parts.settings.file_megabytes * MEGABYTE
        try:
            sent = await multipart.read_files(request, each=limit, together=TOGETHER * limit, most=FILES)
        except BadInput as refusal:
            outcome.problem = t(refusal.key, **refusal.values)
            return self._form(request, outcome, desk, count)
        try:
            for file in sent:
                if not outcome.ended:
                    await asyncio.to_thread(self._take, token, file, desk, outcome)
        finally:
            multipart.close(sent)
        if not sent:
            outcome.problem = t("uploads.nothing-chosen")
        if outcome.ended:
            self._parts.wake()
            return _page(request, title=outcome.ended.title, hint=outcome.ended.hint)
        return self._form(request, outcome, *await asyncio.to_thread(self._step, token, _counted))

    async def done(self, request: Request) -> Response:
        """ "Xong": the chat goes on."""

        def finished(ctx: Context, upload: Upload) -> tuple[None, list[Reply]]:
            return None, DRAFTS[ctx.dialogue.flow].finish(ctx, upload)

        try:
            await asyncio.to_thread(self._step, _token(request), finished)
        except BadInput as refusal:
            if refusal.key != "uploads.nothing-yet":
                raise
            desk, count = await asyncio.to_thread(self._step, _token(request), _counted)
            return self._form(request, Outcome(problem=t(refusal.key)), desk, count)
        self._parts.wake()
        return _page(request, title=t("uploads.done-title"), hint=t("uploads.done-hint"))

    def _form(self, request: Request, outcome: Outcome, desk: Any, count: int) -> Response:
        html = TEMPLATES.get_template("upload.html").render(
            root=_root(request), here=_root(request) + f"u/{_token(request)}", outcome=outcome, count=count,
            megabytes=self._parts.settings.file_megabytes, form=desk.FORM,
        )  # fmt: skip
        return HTMLResponse(html)

    # --- in a worker thread ------------------------------------------------------------------------------------
    def _take(self, token: str, file: SentFile, desk: Any, outcome: Outcome) -> None:
        """One file: looked at outside of any transaction, then put into the draft."""
        name = file.name.strip()[:80] or "?"
        try:
            if file.too_large:
                limit = self._parts.settings.file_megabytes
                raise BadInput("uploads.too-large", name=name, megabytes=limit)
            file.body.seek(0)
            piece = desk.read(file.body.read(), file.name)

            def put(ctx: Context, upload: Upload) -> tuple[Ended | None, list[Reply]]:
                if ctx.dialogue.flow not in DRAFTS or DRAFTS[ctx.dialogue.flow] != desk:
                    raise BadInput("uploads.no-draft")
                ended: Ended | None = desk.take(ctx, upload, piece)
                return ended, ended.replies if ended else []

            outcome.ended = self._step(token, put)
        except BadInput as refused:
            outcome.refused.append((t("uploads.not-taken", name=name), t(refused.key, **refused.values)))
            return
        if outcome.ended is None:
            outcome.taken.append(desk.taken(piece, name))

    def _step(self, token: str, work: Work[T]) -> T:
        """Do one step of the draft that the link belongs to, as a message in its chat would: with the chat's lock, the
        dialogue saved by compare-and-set, the replies queued, all in one transaction. Refused says why not."""
        now = self._parts.clock.now()
        with self._parts.database.transaction() as session:
            upload = upload_links.of_token(session, token, now)
            lock_chats(session, [(upload.channel_id, upload.chat_id)])
            upload = upload_links.of_token(session, token, now)  # as it is now that nobody else can change it
            conversation = conversations.find(session, upload.channel_id, upload.chat_id, upload.speaker_id)
            known = members.of_account(session, upload.channel_id, upload.speaker_id)
            if conversation is None or known is None or not _is_theirs(upload, known[0]):
                raise BadInput("uploads.wrong-link")
            channel = channels.get(session, upload.channel_id)
            address = Address(upload.channel_id, upload.chat_id)
            ctx = Context(
                db=session,
                now=now,
                settings=self._parts.settings,
                incoming=Incoming(
                    key=f"upload:{upload.id}",
                    kind=Kind.MESSAGE,
                    platform=Platform(channel.platform),
                    address=address,
                    speaker_id=upload.speaker_id,
                    sent_at=now,
                ),
                channel=channel,
                dialogue=FSMContext(conversation.stack),
                links=self._parts.links,
                store=self._parts.store,
                member=known[0],
                account=known[1],
            )
            upload_links.check(ctx, upload)
            result, replies = work(ctx, upload)
            _answer(ctx, conversation, replies)
            return result


def _answer(ctx: Context, conversation: Conversation, replies: list[Reply]) -> None:
    for reply in replies:
        about = reply.about or (ctx.dialogue.mark if reply.choices else "")
        say(ctx.db, replace(reply, about=about), ctx.here, ctx.now)
    if ctx.dialogue.changed and not conversations.save(ctx.db, conversation, ctx.dialogue.stack, ctx.now):
        raise Conflict


def _counted(ctx: Context, _upload: Upload) -> tuple[tuple[Any, int], list[Reply]]:
    """What takes the draft's files, and how many it has."""
    desk = DRAFTS.get(ctx.dialogue.flow)
    if desk is None:
        raise BadInput("uploads.no-draft")
    ctx.lead(desk.ROLES)
    return (desk, desk.count(ctx)), []


def _is_theirs(upload: Upload, member: Member) -> bool:
    """The account may have been handed to somebody else meanwhile, or its member may have left."""
    return member.id == upload.member_id and member.status != Status.LEFT


def _token(request: Request) -> str:
    return str(request.path_params["token"])


def _page(request: Request, *, title: str, hint: str) -> Response:
    """A page with nothing more to do."""
    html = TEMPLATES.get_template("upload_end.html").render(root=_root(request), title=title, hint=hint.splitlines())
    return HTMLResponse(html)
