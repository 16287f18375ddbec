"""getUpdates and webhooks. Source: Bot API, Getting updates; telegram-notes, Limits."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from itertools import islice
from urllib.parse import urlsplit

from bot.sandbox.door import ApiError, Call
from bot.sandbox.outside import is_loopback
from bot.sandbox.things import Json, Webhook

MAX_WAIT = 50
"""Seconds that one long poll lasts at most."""
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def get_updates(call: Call) -> list[Json]:
    """Updates from `offset` on; waits `timeout` seconds when there are none."""
    bot, feed = call.bot, call.scene.world.feeds[call.bot.token]
    _refuse_beside_webhook(call)
    _set_allowed(call)
    offset = call.number("offset")
    if offset:
        feed.confirm(offset)
    limit = min(max(call.number("limit", 100), 1), 100)
    until = time.monotonic() + min(max(call.number("timeout"), 0), MAX_WAIT)
    ticket = feed.begin_poll()
    while not feed.pending:
        changed = until > time.monotonic() and await feed.wait(until - time.monotonic(), call.gone)
        if not feed.is_poller(ticket):
            other = "terminated by other getUpdates request; make sure that only one bot instance is running"
            raise ApiError(409, f"Conflict: {other}")
        if bot.webhook.url:
            raise ApiError(409, "Conflict: terminated by setWebhook request")
        if not changed or feed.closed:
            break
    return [item.body for item in islice(feed.pending, limit)]


def set_webhook(call: Call) -> bool:
    """Post updates to `url` from now on. An empty one removes the webhook."""
    url, secret = call.text("url"), call.text("secret_token")
    if not url:
        return delete_webhook(call)
    parts = urlsplit(url)
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not _SECRET.fullmatch(secret):
        raise ApiError(400, "Bad Request: secret token contains unallowed characters")
    _set_allowed(call)
    if call.flag("drop_pending_updates"):
        call.scene.couriers.stop(call.bot)
        call.scene.world.feeds[call.bot.token].clear()
    connections = min(max(call.number("max_connections", 40), 1), 100)
    call.bot.webhook = Webhook(url, secret, connections, call.scene.world.clock.now())
    call.scene.world.store.put("bot", call.bot.token, call.bot)
    call.scene.world.feeds[call.bot.token].wake()
    call.scene.couriers.start(call.bot)
    return True


def delete_webhook(call: Call) -> bool:
    """Back to polling."""
    call.scene.couriers.stop(call.bot)
    if call.flag("drop_pending_updates"):
        call.scene.world.feeds[call.bot.token].clear()
    call.bot.webhook = Webhook()
    call.scene.world.store.put("bot", call.bot.token, call.bot)
    return True


def get_webhook_info(call: Call) -> Json:
    """Where updates go, how many wait, and what went wrong last."""
    hook = call.bot.webhook
    info: Json = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": call.scene.couriers.waiting(call.bot),
    }
    if hook.url:
        info["max_connections"] = hook.max_connections
    if hook.error:
        info.update({"last_error_date": int(hook.error_at), "last_error_message": hook.error})
    if call.bot.allowed:
        info["allowed_updates"] = call.bot.allowed
    return info


def _refuse_beside_webhook(call: Call) -> None:
    if call.bot.webhook.url:
        words = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        raise ApiError(409, f"Conflict: {words}")


def _set_allowed(call: Call) -> None:
    wanted = call.parsed("allowed_updates")
    if isinstance(wanted, Sequence) and not isinstance(wanted, str) and list(wanted) != call.bot.allowed:
        call.bot.allowed = [str(each) for each in wanted]
        call.scene.world.store.put("bot", call.bot.token, call.bot)
