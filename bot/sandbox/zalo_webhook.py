"""setWebhook, testWebhook, deleteWebhook, getWebhookInfo of the Zalo Bot API, with Zalo's verification probe."""

from __future__ import annotations

import asyncio
import http.client
import ssl
import time
from urllib.parse import urlsplit

from bot.sandbox.door import ApiError, Call
from bot.sandbox.outside import Distant, Line, Reply, is_loopback
from bot.sandbox.things import Json, Webhook

PROBE = {"User-Agent": "Java/17.0.8", "Content-Type": "application/json"}
"""The probe comes without the secret and with an empty body (zalo-bot-api, Updates)."""
PROBE_SECONDS = 5.0


async def set_webhook(call: Call) -> Json:
    """The URL is saved even when the probe fails."""
    url, secret = call.text("url"), call.text("secret_token")
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise ApiError(400, "Bad request: The url must be an HTTPS URL")
    if not 8 <= len(secret) <= 256:
        raise ApiError(400, "Bad request: The secret_token must have 8 to 256 characters")
    call.bot.webhook = Webhook(url, secret, updated_at=call.scene.world.clock.now())
    call.scene.world.store.put("bot", call.bot.token, call.bot)
    call.scene.world.feeds[call.bot.token].wake()
    call.scene.couriers.start(call.bot)
    return {**_state(call), "verification": await _probe(url)}


async def test_webhook(call: Call) -> Json:
    """Probe the URL that is set."""
    if not call.bot.webhook.url:
        raise ApiError(404, "Not Found")
    return await _probe(call.bot.webhook.url)


def delete_webhook(call: Call) -> Json:
    """Back to polling."""
    call.scene.couriers.stop(call.bot)
    call.bot.webhook = Webhook(updated_at=call.scene.world.clock.now())
    call.scene.world.store.put("bot", call.bot.token, call.bot)
    return _state(call)


def get_webhook_info(call: Call) -> Json:
    """ApiError 404 when none was ever set."""
    if not call.bot.webhook.updated_at:
        raise ApiError(404, "Not Found")
    return _state(call)


def _state(call: Call) -> Json:
    return {"url": call.bot.webhook.url, "updated_at": int(call.bot.webhook.updated_at * 1000)}


async def _probe(url: str) -> Json:
    begun = time.monotonic()
    status, outcome, hint = 0, "webhook.ok", ""
    try:
        reply = await asyncio.to_thread(_visit, url)
    except (OSError, http.client.HTTPException, Distant) as error:
        outcome, hint = _failure(error), "The URL cannot be reached."
    else:
        status = reply.status
        if not 200 <= status < 300:
            outcome, hint = f"webhook.http.{status}", "The URL must answer 200."
    took = int((time.monotonic() - begun) * 1000)
    found = {"ok": outcome == "webhook.ok", "url": url, "status_code": status, "outcome": outcome}
    return {**found, "latency_ms": took, "hint": hint}


def _visit(url: str) -> Reply:
    line = Line(url, PROBE_SECONDS)
    try:
        return line.request("POST", headers=PROBE)
    finally:
        line.close()


def _failure(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return "webhook.err.tls"
    if isinstance(error, TimeoutError):
        return "webhook.err.timeout"
    return "webhook.err.dns" if isinstance(error, Distant) else "webhook.err.connect"


WEBHOOK_METHODS = {
    "setWebhook": set_webhook,
    "testWebhook": test_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
