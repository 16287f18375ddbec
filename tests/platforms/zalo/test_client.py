"""The contract tests of zalo-bot-api, in its order, over MockTransport and over real HTTP."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime

import httpx2
import pytest

from bot.platforms.zalo import client as zalo
from bot.platforms.zalo.client import (
    BadRequest,
    Bot,
    ConnectionLost,
    DailyLimit,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    NeverLeft,
    QuotaExceeded,
    RetryAfter,
    TimedOut,
    Update,
    ZaloError,
)

from ..loopback import DROP, Answer, Loopback, closed_port, page, says
from ..secrecy import everything_shown_by

pytestmark = pytest.mark.anyio
TOKEN = "1459232241454765289:tHiSiS/aSe+cret"
SECRET = TOKEN.partition(":")[2]


def bot_that_hears(*answers: object, status: int = 200) -> tuple[Bot, list[httpx2.Request]]:
    requests: list[httpx2.Request] = []
    waiting = list(answers)

    def handler(request: httpx2.Request) -> httpx2.Response:
        requests.append(request)
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, str):
            return httpx2.Response(status, text=answer, headers={"Content-Type": "text/html"})
        return httpx2.Response(status, json=answer)

    return Bot(TOKEN, "https://zalo.test", transport=httpx2.MockTransport(handler)), requests


def refusal(code: object, text: str = "x", **more: object) -> dict[str, object]:
    return {"ok": False, "description": text, "error_code": code, **more}


SENT = {"ok": True, "result": {"message_id": "82599fa32f56d00e8941", "date": 1749632637199}}


async def test_url_and_body(loopback: Loopback) -> None:
    loopback.otherwise = says(SENT)
    async with Bot(TOKEN, loopback.url) as bot:
        await bot.send_message("6ede9afa66b88fe6d6a9", "Kính mời đồng chí")
    request = loopback.requests[-1]
    assert (request.method, request.path) == ("POST", f"/bot{TOKEN}/sendMessage")
    assert request.json == {"chat_id": "6ede9afa66b88fe6d6a9", "text": "Kính mời đồng chí"}


async def test_default_address_is_the_documented_one() -> None:
    seen: list[str] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        seen.append(str(request.url))
        return httpx2.Response(200, json={"ok": True, "result": {"id": "1"}})

    await Bot("1:a", transport=httpx2.MockTransport(handler)).get_me()
    assert seen == ["https://bot-api.zaloplatforms.com/bot1:a/getMe"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusal(401, "Unauthorized"), InvalidToken),
        (refusal(400, "Bad request: The chat_id must not be empty"), BadRequest),
        (refusal(403, "Forbidden"), Forbidden),
        (refusal(404, "Not Found"), EndPointNotFound),
        (refusal(408, "Request timeout"), TimedOut),
        (refusal(429, "Quota exceeded"), QuotaExceeded),
        ({"ok": False, "message": "Daily limit", "errorCode": 426}, DailyLimit),
        ({"ok": False, "message": "Unauthorized", "errorCode": "401"}, InvalidToken),
        (refusal(500, "Internal"), NetworkError),
        (refusal(None), ZaloError),
        ({"result": {}}, ZaloError),
    ],
)
async def test_failures_come_with_status_200(answer: object, kind: type[ZaloError]) -> None:
    bot, _ = bot_that_hears(answer)
    with pytest.raises(ZaloError) as caught:
        await bot.send_message("c", "x")
    assert type(caught.value) is kind


async def test_a_wrong_token_shows_at_initialize() -> None:
    bot, _ = bot_that_hears(refusal(401, "Unauthorized"))
    with pytest.raises(InvalidToken):
        await bot.initialize()


async def test_a_webhook_never_set_is_404_in_the_body() -> None:
    bot, _ = bot_that_hears(refusal(404, "Not Found"))
    with pytest.raises(EndPointNotFound):
        await bot.get_webhook_info()


@pytest.mark.parametrize(
    "nothing", [refusal(408), refusal("408"), {"ok": True, "result": {}}, {"ok": True, "result": None}, {"ok": True}]
)
async def test_nothing_came_is_none(nothing: object) -> None:
    bot, requests = bot_that_hears(nothing)
    assert await bot.get_update(timeout=0) is None
    assert json.loads(requests[0].content) == {"timeout": 0}


async def test_the_client_waits_longer_than_zalo() -> None:
    bot, requests = bot_that_hears(refusal(408))
    await bot.get_update(timeout=30)
    assert requests[0].extensions["timeout"]["read"] > 30


async def test_no_answer_to_a_poll_in_time_is_an_error_not_silence() -> None:
    bot, _ = bot_that_hears(httpx2.ReadTimeout("x"))
    with pytest.raises(TimedOut):
        await bot.get_update()


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (page(429, "<html>Too Many Requests</html>"), RetryAfter),
        (page(502, "<html>" + "x" * 5000 + TOKEN), NetworkError),
        (page(504, "<html>"), NetworkError),
        (page(200, "<html>a portal"), NetworkError),
        (says([], 200), NetworkError),
        (DROP, ConnectionLost),
    ],
)
async def test_gateways_over_real_http(loopback: Loopback, answer: Answer, kind: type[ZaloError]) -> None:
    loopback.otherwise = answer
    bot = Bot(TOKEN, loopback.url)
    with pytest.raises(ZaloError) as caught:
        await bot.send_message("c", "x")
    assert type(caught.value) is kind
    assert len(str(caught.value)) < 400
    await bot.shutdown()


async def test_retry_after_of_a_page(loopback: Loopback) -> None:
    loopback.answers += [page(429, "<html>"), page(429, "<html>", **{"Retry-After": "7"})]
    bot = Bot(TOKEN, loopback.url)
    rests = []
    for _ in range(2):
        with pytest.raises(RetryAfter) as caught:
            await bot.get_me()
        rests.append(caught.value.retry_after)
    assert rests == [30.0, 7.0]
    await bot.shutdown()


async def test_nobody_there() -> None:
    bot = Bot(TOKEN, closed_port())
    with pytest.raises(NeverLeft):
        await bot.send_message("c", "x")
    await bot.shutdown()


URL_WITH_TOKEN = f"https://zalo.test/bot{TOKEN}/sendMessage"
ECHOES: list[Callable[[], object]] = [
    lambda: f"<html>502 for {URL_WITH_TOKEN}</html>",
    lambda: refusal(404, f"no path /bot{TOKEN}/x"),
    lambda: refusal(400, "x" * 265 + TOKEN),
    lambda: refusal(400, f"no path {httpx2.URL(URL_WITH_TOKEN).raw_path.decode()} {SECRET}"),
    lambda: {"ok": False, "errorCode": 400, "message": TOKEN},
    lambda: httpx2.ConnectError(URL_WITH_TOKEN, request=httpx2.Request("POST", URL_WITH_TOKEN)),
    lambda: httpx2.ReadTimeout(URL_WITH_TOKEN),
    lambda: httpx2.RemoteProtocolError(URL_WITH_TOKEN),
    lambda: httpx2.InvalidURL(URL_WITH_TOKEN),
    lambda: OSError(URL_WITH_TOKEN),
]


@pytest.mark.parametrize("echo", ECHOES)
async def test_the_token_is_in_no_error(echo: Callable[[], object], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    bot, _ = bot_that_hears(echo(), status=502 if isinstance(echo(), str) else 200)
    with pytest.raises(ZaloError) as caught:
        await bot.send_message("c", "x")
    shown = everything_shown_by(caught.value) + caplog.text + repr(bot)
    assert TOKEN not in shown
    assert SECRET[:10] not in shown
    assert len(str(caught.value)) < 400


async def test_the_token_is_in_no_log_of_a_call_that_works(
    loopback: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with Bot(TOKEN, loopback.url):
        pass
    assert TOKEN not in caplog.text


async def test_result_is_one_object() -> None:
    text = {"event_name": "message.text.received", "message": {"message_id": "m", "date": 1750316131602}}
    bot, _ = bot_that_hears({"ok": True, "result": text})
    update = await bot.get_update()
    assert update is not None
    assert update.message is not None
    assert update.message.date == datetime(2025, 6, 19, 6, 55, 31, 602000, UTC)
    with pytest.raises(ZaloError):
        await bot_that_hears({"ok": True, "result": [text]})[0].get_update()


async def test_an_empty_caption_is_left_out() -> None:
    bot, requests = bot_that_hears(SENT)
    await bot.send_photo("c", "https://x/1.jpg", caption="")
    await bot.send_photo("c", "https://x/1.jpg")
    await bot.send_photo("c", "https://x/1.jpg", caption="Ảnh")
    bodies = [json.loads(request.content) for request in requests]
    assert [body.get("caption") for body in bodies] == [None, None, "Ảnh"]
    assert "caption" not in bodies[0]


async def test_every_other_method() -> None:
    webhook = {"url": "https://a/b", "updated_at": 1749538250568, "verification": {"ok": True, "outcome": "webhook.ok"}}
    check = {"ok": False, "outcome": "webhook.http.403", "status_code": 403, "latency_ms": 214, "hint": "h"}
    me = {"id": "1", "account_name": "bot.V", "account_type": "BASIC", "can_join_groups": False}
    answers = [{"ok": True, "result": each} for each in (me, webhook, check, {"url": ""}, webhook)]
    bot, requests = bot_that_hears(*answers, SENT, SENT, SENT, {"ok": True})
    assert (await bot.get_me()).account_name == "bot.V"
    info = await bot.set_webhook("https://a/b", "secret-secret")
    assert info.verification is not None
    assert info.verification.ok
    assert (await bot.test_webhook()).outcome == "webhook.http.403"
    assert (await bot.delete_webhook()).url == ""
    assert (await bot.get_webhook_info()).updated_at == datetime(2025, 6, 10, 6, 50, 50, 568000, UTC)
    sent = await bot.send_message("c", "x", text_styles=[{"start": 0, "len": 1, "st": ["b"]}], parse_mode="html")
    assert sent.message_id == "82599fa32f56d00e8941"
    await bot.send_sticker("c", "s")
    await bot.send_voice("c", "https://x/a.aac")
    assert await bot.send_chat_action("c")
    called = [request.url.path.rpartition("/")[2] for request in requests]
    webhooks = ["setWebhook", "testWebhook", "deleteWebhook", "getWebhookInfo"]
    assert called == ["getMe", *webhooks, "sendMessage", "sendSticker", "sendVoice", "sendChatAction"]
    assert json.loads(requests[1].content) == {"url": "https://a/b", "secret_token": "secret-secret"}


FLAT = {
    "event_name": "message.image.received",
    "message": {
        "date": 1789033572455,
        "chat": {"chat_type": "private", "id": "a1b2"},
        "message_id": "m1a2",
        "from": {"id": "a1b2", "is_bot": False, "display_name": "Lan"},
        "photo_url": "https://photo-stal-1.zdn.vn/1.jpg",
        "caption": "chú thích",
        "message_type": "CHAT_PHOTO",
    },
}


@pytest.mark.parametrize("body", [FLAT, {"ok": True, "result": FLAT}])
async def test_flat_and_wrapped_updates_are_the_same(body: object) -> None:
    update = Update.de_json(body)
    assert update is not None
    message = update.message
    assert message is not None
    assert message.chat == zalo.Chat("a1b2", "PRIVATE")
    assert message.from_user == zalo.User("a1b2", "Lan")
    assert (message.photo_url, message.caption) == ("https://photo-stal-1.zdn.vn/1.jpg", "chú thích")


async def test_an_array_is_no_update() -> None:
    for body in ([FLAT], {"ok": True, "result": [FLAT]}, "text", 3):
        with pytest.raises(ValueError, match="not a Zalo update"):
            Update.de_json(body)
    assert Update.de_json({}) is None
    assert Update.de_json(None) is None


async def test_at_most_ten_requests_in_flight(loopback: Loopback) -> None:
    gate = asyncio.Event()
    loopback.otherwise = Answer(200, json.dumps(SENT).encode(), hold=gate)
    bot = Bot(TOKEN, loopback.url)
    sends = [asyncio.create_task(bot.send_message("c", str(number))) for number in range(25)]
    await loopback.crowded.wait()
    for _ in range(200):
        await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(*sends)
    assert loopback.most == 10
    assert len(loopback.requests) == 25
    await bot.shutdown()


async def test_download_stops_at_the_limit(loopback: Loopback) -> None:
    bot = Bot(TOKEN, loopback.url)
    loopback.answers += [Answer(200, b"x" * 100), Answer(200, b"x" * 101), Answer(404), Answer(503), DROP]
    assert await bot.download(f"{loopback.url}/a.jpg", limit=100) == b"x" * 100
    assert await bot.download(f"{loopback.url}/a.jpg", limit=100) is None
    for kind in (BadRequest, NetworkError, ConnectionLost):
        with pytest.raises(kind):
            await bot.download(f"{loopback.url}/a.jpg", limit=100)
    with pytest.raises(BadRequest):
        await bot.download("file:///etc/passwd", limit=100)
    await bot.shutdown()
