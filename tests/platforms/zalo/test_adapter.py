from __future__ import annotations

import json

import pytest

from bot.errors import (
    Blocked,
    Misconfigured,
    OutcomeUnknown,
    QuotaSpent,
    Rejected,
    SendError,
    Throttled,
    Unreachable,
)
from bot.messages import AttachmentKind, Outgoing, OutgoingFile
from bot.platforms.base import Adapter, Receipt
from bot.platforms.zalo import ZaloAdapter

from ..loopback import DROP, Answer, Loopback, closed_port, page, says
from ..secrecy import everything_shown_by

pytestmark = pytest.mark.anyio
TOKEN = "1459232241454765289:tHiSiSaSecret"
SENT = says({"ok": True, "result": {"message_id": "m9", "date": 1749632637199}})
HELLO = Outgoing("c1", "Chào đồng chí")


def refusal(code: int, text: str = "x") -> Answer:
    return says({"ok": False, "description": text, "error_code": code})


@pytest.fixture
def adapter(loopback: Loopback) -> Adapter:
    return ZaloAdapter(TOKEN, base_url=loopback.url, channel_id=7, names=("Sổ tay",))


async def test_start_learns_the_names_to_cut_off(adapter: Adapter, loopback: Loopback) -> None:
    me = {"id": "1", "account_name": "bot.V", "display_name": "Bot Sổ tay", "can_join_groups": True}
    loopback.answers.append(says({"ok": True, "result": me}))
    identity = await adapter.start()
    assert (identity.account_id, identity.display_name, identity.can_join_groups) == ("1", "Bot Sổ tay", True)
    for name in ("Bot Sổ tay", "bot.V", "Sổ tay"):
        (incoming,) = adapter.parse(json.dumps(group_text(f"@{name} co mat")).encode())
        assert incoming.text == "co mat"
    await adapter.stop()


def group_text(text: str) -> dict[str, object]:
    people = {"from": {"id": "u1"}, "chat": {"id": "g1", "chat_type": "GROUP"}}
    return {
        "event_name": "message.text.received",
        "message": {"message_id": "1", "date": 1, "text": text, **people},
    }


async def test_send(adapter: Adapter, loopback: Loopback) -> None:
    loopback.otherwise = SENT
    assert await adapter.send(HELLO) == Receipt("m9")
    assert await adapter.send(Outgoing("c1", "x", edits="m1", large=True)) == Receipt("m9")
    photo = OutgoingFile(AttachmentKind.PHOTO, "a", "", url="https://x/1.jpg")
    voice = OutgoingFile(AttachmentKind.VOICE, "a", "", url="https://x/1.aac")
    await adapter.send(Outgoing("c1", "Ảnh", file=photo))
    await adapter.send(Outgoing("c1", "", file=voice))
    assert [(request.path.rpartition("/")[2], request.json) for request in loopback.requests] == [
        ("sendMessage", {"chat_id": "c1", "text": "Chào đồng chí"}),
        ("sendMessage", {"chat_id": "c1", "text": "x", "text_styles": [{"start": 0, "len": 1, "st": ["f_20"]}]}),
        ("sendPhoto", {"chat_id": "c1", "photo": "https://x/1.jpg", "caption": "Ảnh"}),
        ("sendVoice", {"chat_id": "c1", "voice_url": "https://x/1.aac"}),
    ]
    with pytest.raises(Rejected):
        await adapter.send(Outgoing("c1", ""))
    await adapter.stop()


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusal(401), Misconfigured),
        (refusal(403), Blocked),
        (refusal(400, "Bad request: chat_id is wrong"), Blocked),
        (refusal(400, "Bad request: text is too long"), Rejected),
        (refusal(404), Rejected),
        (refusal(429, "Quota exceeded"), QuotaSpent),
        (refusal(408, "Request timeout"), OutcomeUnknown),
        (refusal(500), Unreachable),
        (page(429, "<html>"), Throttled),
        (page(500, "<html>"), Unreachable),
        (page(502, "<html>" + TOKEN * 300), Unreachable),
        (page(504, "<html>"), Unreachable),
        (DROP, OutcomeUnknown),
    ],
)
async def test_what_a_failed_send_means(
    adapter: Adapter, loopback: Loopback, answer: Answer, kind: type[SendError]
) -> None:
    loopback.answers.append(answer)
    with pytest.raises(SendError) as caught:
        await adapter.send(HELLO)
    assert type(caught.value) is kind
    assert "tHiSiS" not in everything_shown_by(caught.value) + repr(adapter)
    await adapter.stop()


async def test_nobody_there_is_unreachable() -> None:
    adapter = ZaloAdapter(TOKEN, base_url=closed_port())
    for call in (adapter.send(HELLO), adapter.start(), adapter.poll("", wait=0), adapter.begin_polling()):
        with pytest.raises(Unreachable):
            await call
    await adapter.stop()


async def test_a_broken_connection_while_polling_is_unreachable(adapter: Adapter, loopback: Loopback) -> None:
    loopback.answers.append(DROP)
    with pytest.raises(Unreachable):
        await adapter.poll("", wait=0)
    await adapter.stop()


async def test_the_choices_of_a_half_sent_message_are_not_repeated(adapter: Adapter, loopback: Loopback) -> None:
    loopback.answers += [SENT, page(502, "<html>")]
    with pytest.raises(OutcomeUnknown):
        await adapter.send(Outgoing("c1", "chữ " * 600))
    await adapter.stop()


async def test_poll(adapter: Adapter, loopback: Loopback) -> None:
    unknown = says({"ok": True, "result": {"event_name": "message.new.received", "message": {"message_id": "1"}}})
    loopback.answers += [says({"ok": True, "result": group_text("@Sổ tay co mat")}), refusal(408), unknown]
    batches = [await adapter.poll("", wait=0) for _ in range(3)]
    assert [[each.key for each in batch.incoming] for batch in batches] == [["m1"], [], []]
    assert {batch.cursor for batch in batches} == {""}
    await adapter.stop()


def called(loopback: Loopback) -> list[str]:
    return [request.path.rpartition("/")[2] for request in loopback.requests]


async def test_begin_polling_removes_a_webhook_only_if_there_is_one(adapter: Adapter, loopback: Loopback) -> None:
    loopback.answers += [refusal(404), says({"ok": True, "result": {"url": ""}})]
    await adapter.begin_polling()
    await adapter.begin_polling()
    assert called(loopback) == ["getWebhookInfo", "getWebhookInfo"]
    loopback.answers.append(says({"ok": True, "result": {"url": "https://a/b", "updated_at": 1}}))
    await adapter.begin_polling()
    assert called(loopback)[2:] == ["getWebhookInfo", "deleteWebhook"]
    await adapter.stop()


async def test_set_webhook_spares_the_daily_limit(adapter: Adapter, loopback: Loopback) -> None:
    loopback.answers.append(says({"ok": True, "result": {"url": "https://a/b", "updated_at": 1}}))
    await adapter.set_webhook("https://a/b", "secret-secret")
    assert called(loopback) == ["getWebhookInfo"]
    loopback.answers += [refusal(404), says({"ok": True, "result": {"url": "https://a/b"}})]
    await adapter.set_webhook("https://a/b", "secret-secret")
    assert loopback.requests[-1].json == {"url": "https://a/b", "secret_token": "secret-secret"}
    loopback.answers += [refusal(404), says({"ok": False, "message": "limit", "errorCode": 426})]
    with pytest.raises(Throttled):
        await adapter.set_webhook("https://a/b", "secret-secret")
    loopback.answers.append(refusal(401))
    with pytest.raises(Misconfigured):
        await adapter.set_webhook("https://a/b", "secret-secret")
    await adapter.stop()


async def test_webhook_bodies(adapter: Adapter) -> None:
    flat = group_text("@Sổ tay co mat")
    wrapped = {"ok": True, "result": flat}
    assert adapter.parse(json.dumps(flat).encode()) == adapter.parse(json.dumps(wrapped).encode())
    assert adapter.parse(b"") == ()
    assert adapter.parse(b"{}") == ()
    assert adapter.parse(b'{"event_name": "message.new.received", "message": {}}') == ()
    for wrong in (b"[]", json.dumps([flat]).encode(), b"<html>", b"\xff", b"3"):
        with pytest.raises(ValueError, match=r".+"):
            adapter.parse(wrong)


async def test_what_zalo_cannot_do(adapter: Adapter, loopback: Loopback) -> None:
    await adapter.acknowledge("x")
    assert await adapter.delete("c", "m") is False
    assert loopback.requests == []


async def test_download(adapter: Adapter, loopback: Loopback) -> None:
    loopback.answers += [Answer(200, b"12345"), Answer(200, b"123456"), Answer(404), Answer(502)]
    assert await adapter.download(f"{loopback.url}/a", limit=5) == b"12345"
    for kind in (Rejected, Rejected, Unreachable):
        with pytest.raises(kind):
            await adapter.download(f"{loopback.url}/a", limit=5)
    await adapter.stop()
