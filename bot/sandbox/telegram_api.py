"""The stand-in of the Telegram Bot API: /telegram/bot<token>/<method> and /telegram/file/bot<token>/<path>."""

from __future__ import annotations

import inspect
from collections.abc import Callable

from starlette.types import Receive, Scope, Send

from bot.sandbox import telegram_chats, telegram_edit, telegram_send, telegram_updates, wire
from bot.sandbox.door import ApiError, Call, Door, html_page
from bot.sandbox.faults import Fault
from bot.sandbox.things import TELEGRAM, Json
from bot.sandbox.wire import Answer

FILES = "/telegram/file/bot"
METHODS: dict[str, Callable[[Call], object]] = {
    "getme": telegram_chats.get_me,
    "getupdates": telegram_updates.get_updates,
    "setwebhook": telegram_updates.set_webhook,
    "deletewebhook": telegram_updates.delete_webhook,
    "getwebhookinfo": telegram_updates.get_webhook_info,
    "sendmessage": telegram_send.send_message,
    "senddocument": telegram_send.send_file,
    "sendphoto": telegram_send.send_file,
    "sendaudio": telegram_send.send_file,
    "sendvoice": telegram_send.send_file,
    "sendvideo": telegram_send.send_file,
    "getfile": telegram_send.get_file,
    "editmessagetext": telegram_edit.edit_message_text,
    "editmessagecaption": telegram_edit.edit_message_caption,
    "editmessagereplymarkup": telegram_edit.edit_message_reply_markup,
    "deletemessage": telegram_edit.delete_message,
    "pinchatmessage": telegram_edit.pin_chat_message,
    "unpinchatmessage": telegram_edit.unpin_chat_message,
    "answercallbackquery": telegram_edit.answer_callback_query,
    "sendchataction": telegram_chats.send_chat_action,
    "setmycommands": telegram_chats.set_my_commands,
    "getmycommands": telegram_chats.get_my_commands,
    "deletemycommands": telegram_chats.delete_my_commands,
    "getchat": telegram_chats.get_chat,
    "getchatmember": telegram_chats.get_chat_member,
    "getchatadministrators": telegram_chats.get_chat_administrators,
    "getchatmembercount": telegram_chats.get_chat_member_count,
    "leavechat": telegram_chats.leave_chat,
}
_WORDS = {400: "Bad Request", 403: "Forbidden", 429: "Too Many Requests", 500: "Internal Server Error"}


class TelegramDoor(Door):
    """Answers as the Bot API does: the HTTP status equals error_code."""

    prefix = "/telegram/bot"
    platform = TELEGRAM

    def refused(self, error: ApiError) -> Answer:
        """{"ok": false, "error_code", "description", "parameters"?}."""
        body: Json = {"ok": False, "error_code": error.code, "description": error.description}
        if error.parameters:
            body["parameters"] = error.parameters
        return Answer(error.code, body)

    def unknown_token(self, token: str) -> ApiError:
        """404 to what is no token at all, 401 to a wrong one."""
        number, colon, _ = token.partition(":")
        return ApiError(401, "Unauthorized") if colon and number.isdigit() else ApiError(404, "Not Found")

    def faulty(self, fault: Fault, path: str) -> Answer:
        """A planned failure in Telegram's words."""
        if fault.kind == "throttle":
            seconds = max(int(fault.retry_after), 1)
            words = f"Too Many Requests: retry after {seconds}"
            return self.refused(ApiError(429, words, {"retry_after": seconds}))
        if fault.kind == "html":
            status = fault.status if fault.status != 500 else 502
            return Answer(status, html_page(status, path))
        words = fault.description or _WORDS.get(fault.status, "Internal Server Error")
        if fault.kind == "echo_token":
            words = f"{words}: cannot serve {path}"
        return self.refused(ApiError(fault.status, words))

    async def run(self, call: Call) -> Answer:
        """Find the method and do it."""
        method = METHODS.get(call.method.lower())
        if method is None:
            raise ApiError(404, "Not Found")
        result = method(call)
        if inspect.isawaitable(result):
            result = await result
        return Answer(200, {"ok": True, "result": result})

    async def download(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A file's bytes (ASGI)."""
        token, _, path = scope["path"][len(FILES) :].partition("/")
        world = self.scene.world
        media_id = path.split("/")[1] if path.count("/") >= 2 else ""
        data = world.bytes.get(media_id)
        if token not in world.bots:
            await wire.answer(send, self.refused(ApiError(401, "Unauthorized")))
        elif data is None:
            await wire.answer(send, self.refused(ApiError(404, "Not Found")))
        else:
            length = (b"content-length", str(len(data)).encode())
            headers = [(b"content-type", b"application/octet-stream"), (b"x-content-type-options", b"nosniff"), length]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": data})
