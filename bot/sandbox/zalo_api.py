"""The stand-in of the Zalo Bot API: /zalo/bot<token>/<method>, with its oddities (zalo-bot-api, Transport)."""

from __future__ import annotations

import inspect

from bot.sandbox.door import ApiError, Call, Door, html_page
from bot.sandbox.faults import Fault
from bot.sandbox.things import ZALO
from bot.sandbox.wire import Answer
from bot.sandbox.zalo_methods import METHODS


class ZaloDoor(Door):
    """Answers HTTP 200 also when it refuses; only gateways in front of it use other statuses, with HTML."""

    prefix = "/zalo/bot"
    platform = ZALO

    def refused(self, error: ApiError) -> Answer:
        """HTTP 200 {"ok": false, "description", "error_code"}."""
        name = "errorCode" if error.code == 426 else "error_code"
        return Answer(200, {"ok": False, "description": error.description, name: error.code})

    def unknown_token(self, token: str) -> ApiError:
        """Whatever it was."""
        return ApiError(401, "Unauthorized")

    def faulty(self, fault: Fault, path: str) -> Answer:
        """A planned failure: HTML for rates and for the gateway's own errors, JSON for refusals."""
        if fault.kind == "throttle":
            return Answer(429, html_page(429, path))
        if fault.kind == "html" or (fault.kind == "status" and fault.status >= 500):
            status = fault.status if fault.status != 500 or fault.kind == "status" else 502
            return Answer(status, html_page(status, path))
        words = fault.description or "Internal Server Error"
        if fault.kind == "echo_token":
            words = f"{words}: cannot serve {path}"
        return self.refused(ApiError(fault.status, words))

    async def run(self, call: Call) -> Answer:
        """Find the method (its name is case-sensitive) and do it."""
        method = METHODS.get(call.method)
        if method is None:
            raise ApiError(404, "Not Found")
        result = method(call)
        if inspect.isawaitable(result):
            result = await result
        return Answer(200, {"ok": True} if result is None else {"ok": True, "result": result})
