"""The adapter against the sandbox: what people do arrives, what is sent is seen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import count

import pytest

from bot.errors import Misconfigured, OutcomeUnknown, Rejected, Throttled, Unreachable
from bot.messages import AttachmentKind, Incoming, Kind, Outgoing
from bot.platforms.base import Adapter
from bot.platforms.zalo import ZaloAdapter
from bot.sandbox.server import Server

from ..control import Control, Json, file
from ..loopback import Loopback
from ..secrecy import everything_shown_by

pytestmark = pytest.mark.anyio
_numbers = count(1)


@pytest.fixture
def world(sandbox: Server) -> Control:
    token = f"14592322414547{next(_numbers):05}:ZZsecretHalf"
    control = Control(sandbox.url, "zalo", token)
    control.post("bots", token=token, display_name="Bot Sổ tay", username=f"bot.{token[14:19]}")
    return control


@pytest.fixture
async def adapter(world: Control) -> AsyncIterator[Adapter]:
    adapter = ZaloAdapter(world.bot, base_url=f"{world.url}/zalo", channel_id=7)
    await adapter.start()
    yield adapter
    await adapter.stop()


@pytest.fixture
def lan(world: Control) -> Json:
    return world.person("Nguyễn Thị Lan")


async def arrived(adapter: Adapter) -> list[Incoming]:
    found: list[Incoming] = []
    while batch := (await adapter.poll("", wait=0)).incoming:
        found += batch
    return found


async def test_a_wrong_token(world: Control) -> None:
    adapter = ZaloAdapter("1:nobody-knows", base_url=f"{world.url}/zalo")
    with pytest.raises(Misconfigured):
        await adapter.start()
    await adapter.stop()


async def test_a_private_talk(adapter: Adapter, world: Control, lan: Json) -> None:
    message_id = world.says(lan, "co mat")
    (incoming,) = await arrived(adapter)
    assert (incoming.text, incoming.message_id, incoming.speaker_name) == ("co mat", message_id, "Nguyễn Thị Lan")
    assert incoming.address.chat_id == incoming.speaker_id == lan["zalo_id"]
    choices = (("Tôi dự được", "a"), ("Tôi xin vắng", "b"))
    receipt = await adapter.send(Outgoing(incoming.address.chat_id, "Đồng chí có dự không?", choices=choices))
    seen = world.last(lan)
    assert seen["text"] == "Đồng chí có dự không?\n1 – Tôi dự được\n2 – Tôi xin vắng"
    assert seen["message_id"] == receipt.message_id


async def test_a_group(adapter: Adapter, world: Control, lan: Json) -> None:
    group = world.post("groups", title="Chi bộ", people=[lan["id"]])["id"]
    world.says(lan, "giữa chúng ta", group)
    world.says(lan, "@Bot Sổ tay co mat", group)
    (incoming,) = await arrived(adapter)
    assert (incoming.text, incoming.address.chat_id, incoming.address.is_group) == ("co mat", group, True)


@pytest.mark.parametrize(("kind", "found"), [("photo", "photo"), ("voice", "voice"), ("document", "")])
async def test_files(adapter: Adapter, world: Control, lan: Json, kind: str, found: str) -> None:
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
        "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
    )
    world.says(lan, file=file(png, "x.png", kind=kind))
    (incoming,) = await arrived(adapter)
    if not found:
        assert (incoming.kind, incoming.attachments) == (Kind.UNSUPPORTED, ())
        return
    (attachment,) = incoming.attachments
    assert attachment.kind is AttachmentKind(found)
    assert await adapter.download(attachment.handle, limit=1000) == png
    with pytest.raises(Rejected):
        await adapter.download(attachment.handle, limit=5)


async def test_long_text_and_large_print(adapter: Adapter, world: Control, lan: Json) -> None:
    world.says(lan, "chào")
    await adapter.send(Outgoing(lan["zalo_id"], "chữ 👍 " * 600, large=True))
    _, *pieces = world.sees(lan)
    assert "".join("".join(piece["text"] for piece in pieces).split()) == "chữ👍" * 600
    assert [call["text_styles"][0]["st"] for call in world.calls("sendMessage")] == [["f_20"]] * 3


@pytest.mark.parametrize(
    ("fault", "kind", "delivered"),
    [
        ("throttle", Throttled, 0),
        ("html", Unreachable, 0),
        ("echo_token", Unreachable, 0),
        ("drop_before", OutcomeUnknown, 0),
        ("drop_after", OutcomeUnknown, 1),
    ],
)
async def test_faults(
    adapter: Adapter, world: Control, lan: Json, fault: str, kind: type[Exception], delivered: int
) -> None:
    world.says(lan, "chào")
    world.fault(fault, method="sendMessage")
    with pytest.raises(kind) as caught:
        await adapter.send(Outgoing(lan["zalo_id"], "x"))
    assert "ZZsecret" not in everything_shown_by(caught.value)
    assert len(world.sees(lan)) == 1 + delivered


async def test_webhook_in_both_shapes(adapter: Adapter, loopback: Loopback, world: Control, lan: Json) -> None:
    await adapter.set_webhook(f"{loopback.url}/hook", "secret-secret")
    await adapter.set_webhook(f"{loopback.url}/hook", "secret-secret")
    assert len(world.calls("setWebhook")) == 1
    for shape in ("flat", "wrapped"):
        world.post("webhook_shape", shape=shape)
        loopback.arrived.clear()
        world.says(lan, shape)
        await loopback.arrived.wait()
        posted = loopback.requests[-1]
        assert posted.headers["x-bot-api-secret-token"] == "secret-secret"
        assert [each.text for each in adapter.parse(posted.body)] == [shape]
    await adapter.begin_polling()
    world.says(lan, "qua getUpdates")
    assert "qua getUpdates" in [each.text for each in await arrived(adapter)]
