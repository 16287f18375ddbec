"""The adapter against the sandbox: what people do arrives, what is sent is seen."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import pytest
from PIL import Image

from bot.errors import (
    Blocked,
    Migrated,
    Misconfigured,
    OutcomeUnknown,
    Rejected,
    SendError,
    Throttled,
    Unreachable,
)
from bot.messages import Address, AttachmentKind, Incoming, Kind, Outgoing, OutgoingFile
from bot.platforms.base import Adapter, Receipt
from bot.platforms.telegram import TelegramAdapter

from ..control import Control, Json, file
from ..loopback import DROP, Answer, Loopback, closed_port, page, says
from ..secrecy import everything_shown_by

pytestmark = pytest.mark.anyio
CHOICES = (("Tôi dự được", "rsvp:1"), ("Tôi xin vắng", "rsvp:2"), ("Tôi cần gọi điện cho đồng chí bí thư", "rsvp:3"))


async def arrived(adapter: Adapter) -> list[Incoming]:
    return list((await adapter.poll("", wait=0)).incoming)


# --- who we are, and the connection


async def test_start_says_who_we_are(adapter: Adapter, world: Control) -> None:
    identity = await adapter.start()
    assert identity.account_id == world.bot.partition(":")[0]
    assert identity.account_name.startswith("sotay_")
    assert identity.display_name == "Trợ lý chi bộ"


async def test_a_wrong_token_is_misconfigured(world: Control) -> None:
    adapter = TelegramAdapter("99:nobody-knows-this", base_url=f"{world.url}/telegram")
    with pytest.raises(Misconfigured) as caught:
        await adapter.start()
    assert "nobody-knows" not in everything_shown_by(caught.value) + repr(adapter)
    await adapter.stop()


@pytest.mark.parametrize("ending", ["", "/", "/bot"])
async def test_one_base_url_gives_methods_and_files(world: Control, lan: Json, ending: str) -> None:
    adapter = TelegramAdapter(world.bot, base_url=f"{world.url}/telegram{ending}")
    await adapter.start()
    world.says(lan, file=file(b"12345", "a.txt"))
    (incoming,) = await arrived(adapter)
    assert await adapter.download(incoming.attachments[0].handle, limit=5) == b"12345"
    await adapter.stop()


async def test_works_again_after_a_stop(adapter: Adapter, chat: str) -> None:
    await adapter.stop()
    assert (await adapter.send(Outgoing(chat, "x"))).message_id


# --- polling


async def test_the_cursor_confirms(adapter: Adapter, world: Control, lan: Json) -> None:
    for text in ("một", "hai"):
        world.says(lan, text)
    first = await adapter.poll("", wait=0)
    assert [each.text for each in first.incoming] == ["một", "hai"]
    again = await adapter.poll("", wait=0)
    assert again == first
    world.says(lan, "ba")
    second = await adapter.poll(first.cursor, wait=5)
    assert [each.text for each in second.incoming] == ["ba"]
    empty = await adapter.poll(second.cursor, wait=0)
    assert (empty.incoming, empty.cursor) == ((), second.cursor)


async def test_an_update_that_cannot_be_read_does_not_hold_up_the_rest(loopback: Loopback) -> None:
    user = {"id": 1, "is_bot": False, "first_name": "Lan"}
    good = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "from": user, "text": "x"}
    updates = [
        {"update_id": 5, "message": {"message_id": 1, "chat": "not a chat"}},
        {"update_id": 6, "message": good},
        {"update_id": 7, "kind_of_next_year": {"x": 1}},
    ]
    loopback.answers.append(says({"ok": True, "result": updates}))
    adapter = TelegramAdapter("1:a", base_url=loopback.url)
    batch = await adapter.poll("", wait=0)
    assert [each.key for each in batch.incoming] == ["u6"]
    assert batch.cursor == "8"
    await adapter.stop()


async def test_two_pollers_are_told_as_unreachable(loopback: Loopback) -> None:
    conflict = {"ok": False, "error_code": 409, "description": "Conflict: terminated by other getUpdates request"}
    loopback.answers.append(says(conflict, 409))
    adapter = TelegramAdapter("1:a", base_url=loopback.url)
    with pytest.raises(Unreachable, match="Conflict"):
        await adapter.poll("", wait=0)
    await adapter.stop()


# --- what people do


async def test_a_private_text(adapter: Adapter, world: Control, lan: Json) -> None:
    message_id = world.says(lan, "Đồng chí cho tôi báo vắng 👍")
    (incoming,) = await arrived(adapter)
    assert incoming.kind is Kind.MESSAGE
    assert incoming.address == Address(7, str(lan["telegram_id"]))
    assert (incoming.speaker_id, incoming.speaker_name) == (str(lan["telegram_id"]), "Nguyễn Thị Lan")
    assert (incoming.text, incoming.message_id) == ("Đồng chí cho tôi báo vắng 👍", message_id)
    assert incoming.addressed
    assert incoming.sent_at.tzinfo is not None


async def test_start_with_a_payload(adapter: Adapter, world: Control, lan: Json) -> None:
    world.says(lan, "/start k7-AbC_9")
    world.says(lan, "/start")
    first, second = await arrived(adapter)
    assert (first.text, first.start_payload) == ("/start", "k7-AbC_9")
    assert (second.text, second.start_payload) == ("/start", "")


async def test_a_correction(adapter: Adapter, world: Control, lan: Json) -> None:
    message_id = world.says(lan, "có mặt")
    world.says(lan, "xin vắng", edit=message_id)
    first, second = await arrived(adapter)
    assert (first.kind, second.kind, second.text) == (Kind.MESSAGE, Kind.EDIT, "xin vắng")
    assert first.message_id == second.message_id
    assert first.key != second.key


async def test_a_group_where_the_bot_is_administrator(adapter: Adapter, world: Control, lan: Json) -> None:
    me = await adapter.start()
    group = world.post("groups", title="Chi bộ thôn 3", people=[lan["id"]], bot_is_admin=True)["id"]
    mine = (await adapter.send(Outgoing(group, "Kính mời", is_group=True))).message_id
    world.says(lan, "trời mưa quá", group)
    world.says(lan, f"@{me.account_name.upper()} co mat", group)
    world.says(lan, f"/lich@{me.account_name} tháng 12", group)
    world.says(lan, "có mặt", group, reply_to=mine)
    joined, *said = await arrived(adapter)
    assert (joined.kind, joined.address) == (Kind.JOINED, Address(7, group, is_group=True))
    assert [(each.text, each.addressed) for each in said] == [
        ("trời mưa quá", False),
        ("co mat", True),
        ("/lich tháng 12", True),
        ("có mặt", True),
    ]
    assert said[-1].reply_to == mine


async def test_left_and_blocked(adapter: Adapter, world: Control, lan: Json, chat: str) -> None:
    group = world.post("groups", people=[lan["id"]])["id"]
    world.post("members", chat=group, bot_status="kicked")
    world.post("block", person=lan["id"])
    world.post("block", person=lan["id"], blocked=False)
    kinds = [(each.kind, each.address.chat_id) for each in await arrived(adapter)]
    assert kinds == [(Kind.JOINED, group), (Kind.LEFT, group), (Kind.LEFT, chat)]


@pytest.mark.parametrize("kind", ["document", "audio", "voice", "video", "sticker"])
async def test_files(adapter: Adapter, world: Control, lan: Json, kind: str) -> None:
    world.says(lan, "" if kind == "sticker" else "ghi chú", file=file(b"12345", "nq.pdf", kind=kind), forward=True)
    (incoming,) = await arrived(adapter)
    (found,) = incoming.attachments
    assert found.kind == kind
    assert incoming.forwarded
    assert await adapter.download(found.handle, limit=5) == b"12345"
    with pytest.raises(Rejected):
        await adapter.download(found.handle, limit=4)
    with pytest.raises(Rejected):
        await adapter.download("no-such-file", limit=5)


def picture() -> bytes:
    bytes_ = io.BytesIO()
    Image.new("RGB", (8, 6)).save(bytes_, "PNG")
    return bytes_.getvalue()


async def test_an_album_with_a_caption(adapter: Adapter, world: Control, lan: Json) -> None:
    for text in ("Biên bản trang 1", ""):
        world.says(lan, text, file=file(picture(), "1.png", kind="photo"), album="a1")
    first, second = await arrived(adapter)
    assert first.text == "Biên bản trang 1"
    assert first.album == second.album != ""
    assert first.attachments[0].kind is AttachmentKind.PHOTO


# --- sending


async def test_text_and_buttons_and_a_press(adapter: Adapter, world: Control, lan: Json, chat: str) -> None:
    receipt = await adapter.send(Outgoing(chat, "Đồng chí có dự họp không?", choices=CHOICES))
    seen = world.last(lan)
    assert seen["message_id"] == receipt.message_id
    assert seen["buttons"] == [list(choice) for choice in CHOICES]
    world.post("press", person=lan["id"], chat="private", message_id=receipt.message_id, data="rsvp:2")
    (press,) = await arrived(adapter)
    assert (press.kind, press.choice, press.message_id) == (Kind.CHOICE, "rsvp:2", receipt.message_id)
    assert press.speaker_id == str(lan["telegram_id"])
    await adapter.acknowledge(press.callback_id)
    await adapter.acknowledge("long-gone")
    assert world.calls("answerCallbackQuery")[0]["callback_query_id"] == press.callback_id


async def test_plain_text_without_preview(adapter: Adapter, world: Control, lan: Json, chat: str) -> None:
    text = "*Không* _đậm_ <b>gì</b> https://vi.test/a_b"
    await adapter.send(Outgoing(chat, text))
    assert world.last(lan)["text"] == text
    (call,) = world.calls("sendMessage")
    assert "parse_mode" not in call
    assert call["link_preview_options"] == {"is_disabled": True}


async def test_a_long_text_comes_in_parts_with_the_buttons_last(
    adapter: Adapter, world: Control, lan: Json, chat: str
) -> None:
    receipt = await adapter.send(Outgoing(chat, "chữ 👍 " * 1000, choices=CHOICES[:1], replies_to="999999"))
    seen = world.sees(lan)
    assert "".join("".join(each["text"] for each in seen).split()) == "chữ👍" * 1000
    assert [len(each["buttons"]) for each in seen] == [0, 1]
    assert receipt.message_id == seen[-1]["message_id"]


async def test_a_reply_points_to_what_it_answers(adapter: Adapter, world: Control, lan: Json, chat: str) -> None:
    asked = world.says(lan, "Họp ở đâu?")
    await adapter.send(Outgoing(chat, "Nhà văn hóa thôn 3", replies_to=asked))
    assert world.last(lan)["reply_to"] == asked


@pytest.mark.parametrize("kind", ["document", "photo", "audio", "voice", "video"])
async def test_upload_once_then_the_handle(
    adapter: Adapter, world: Control, lan: Json, chat: str, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "x"
    path.write_bytes(picture())
    paper = OutgoingFile(AttachmentKind(kind), "Nghị quyết 21.png", "image/png", path=str(path))
    first = await adapter.send(Outgoing(chat, "Kính gửi", choices=CHOICES, file=paper))
    assert first.file_handle
    path.unlink()
    again = OutgoingFile(AttachmentKind(kind), "Nghị quyết 21.png", "image/png", handle=first.file_handle)
    second = await adapter.send(Outgoing(chat, "Kính gửi lại", file=again))
    one, two = world.sees(lan)
    assert (one["text"], len(one["buttons"]), two["text"]) == ("Kính gửi", 3, "Kính gửi lại")
    assert one["file"]["name"] == two["file"]["name"] == "Nghị quyết 21.png"
    assert second.file_handle == first.file_handle
    uploaded, by_handle = world.calls(f"send{kind.capitalize()}")
    assert uploaded[kind]["size"] == len(picture())
    assert by_handle[kind] == first.file_handle


async def test_a_file_name_cannot_break_out_of_its_header(
    adapter: Adapter, world: Control, lan: Json, chat: str, tmp_path: Path
) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"12345")
    odd = OutgoingFile(AttachmentKind.DOCUMENT, "a\r\nX-Y z.pdf", "application/pdf", path=str(path))
    await adapter.send(Outgoing(chat, "", file=odd))
    assert world.last(lan)["file"]["name"] == "a  X-Y z.pdf"


async def test_a_handle_gone_stale_is_uploaded_again(adapter: Adapter, chat: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"12345")
    stale = OutgoingFile(AttachmentKind.DOCUMENT, "a.pdf", "application/pdf", path=str(path), handle="BQAC-stale")
    receipt = await adapter.send(Outgoing(chat, "", file=stale))
    assert receipt.file_handle not in ("", "BQAC-stale")
    for path_given in ("", str(tmp_path / "missing.pdf")):
        with pytest.raises(Rejected):
            await adapter.send(
                Outgoing(chat, "", file=OutgoingFile(AttachmentKind.DOCUMENT, "a", "", path=path_given, handle="BQ"))
            )


async def test_a_text_too_long_for_a_caption_follows_the_file(
    adapter: Adapter, world: Control, lan: Json, chat: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"12345")
    paper = OutgoingFile(AttachmentKind.DOCUMENT, "a.pdf", "", path=str(path))
    receipt = await adapter.send(Outgoing(chat, "a" * 1025, file=paper, choices=CHOICES))
    one, two = world.sees(lan)
    assert (one["file"]["name"], one["text"], one["buttons"]) == ("a.pdf", "", [])
    assert (two["file"], two["text"], len(two["buttons"])) == (None, "a" * 1025, 3)
    assert (receipt.message_id, bool(receipt.file_handle)) == (two["message_id"], True)


async def test_nothing_to_send(adapter: Adapter, chat: str) -> None:
    for message in (Outgoing(chat, " \n"), Outgoing(chat, "", file=OutgoingFile(AttachmentKind.PHOTO, "a", ""))):
        with pytest.raises(Rejected):
            await adapter.send(message)


# --- editing and deleting


async def test_an_edit_changes_text_and_buttons(adapter: Adapter, world: Control, lan: Json, chat: str) -> None:
    sent = (await adapter.send(Outgoing(chat, "18/27 đã báo", choices=CHOICES))).message_id
    for _ in range(2):  # the second changes nothing, which Telegram refuses and we do not mind
        receipt = await adapter.send(Outgoing(chat, "19/27 đã báo", choices=CHOICES[:1], edits=sent))
        assert receipt == Receipt(sent, messages=0)
    (seen,) = world.sees(lan)
    assert (seen["text"], len(seen["buttons"]), bool(seen["edited"])) == ("19/27 đã báo", 1, True)
    await adapter.send(Outgoing(chat, "Đã đóng", edits=sent))
    assert world.last(lan)["buttons"] == []


async def test_the_caption_of_a_file_is_edited(
    adapter: Adapter, world: Control, lan: Json, chat: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"12345")
    paper = OutgoingFile(AttachmentKind.DOCUMENT, "a.pdf", "", path=str(path))
    sent = (await adapter.send(Outgoing(chat, "chưa đọc", file=paper, choices=CHOICES))).message_id
    assert await adapter.send(Outgoing(chat, "đã đọc", edits=sent)) == Receipt(sent, messages=0)
    (seen,) = world.sees(lan)
    assert (seen["text"], seen["buttons"]) == ("đã đọc", [])


async def test_a_message_that_is_gone_is_sent_anew(adapter: Adapter, world: Control, lan: Json, chat: str) -> None:
    sent = (await adapter.send(Outgoing(chat, "x"))).message_id
    assert await adapter.delete(chat, sent) is True
    assert await adapter.delete(chat, sent) is False
    assert await adapter.delete(chat, "not-a-number") is False
    receipt = await adapter.send(Outgoing(chat, "y", edits=sent))
    assert receipt.message_id != sent
    assert world.last(lan)["text"] == "y"


async def test_a_lost_answer_to_an_edit_may_be_repeated(adapter: Adapter, world: Control, chat: str) -> None:
    sent = (await adapter.send(Outgoing(chat, "x"))).message_id
    world.fault("drop_after", method="editMessageText")
    with pytest.raises(Unreachable):
        await adapter.send(Outgoing(chat, "y", edits=sent))
    assert await adapter.send(Outgoing(chat, "y", edits=sent)) == Receipt(sent, messages=0)


# --- refusals


async def test_blocked(adapter: Adapter, world: Control, lan: Json, chat: str) -> None:
    world.post("block", person=lan["id"])
    for chat_id in (chat, str(world.person("Chưa từng nhắn")["telegram_id"]), "123456789"):
        with pytest.raises(Blocked):
            await adapter.send(Outgoing(chat_id, "x"))


async def test_migrated(adapter: Adapter, world: Control, lan: Json) -> None:
    old = world.post("groups", people=[lan["id"]])["id"]
    new = world.post("migrate", chat=old)["chat"]
    with pytest.raises(Migrated) as caught:
        await adapter.send(Outgoing(old, "x", is_group=True))
    assert caught.value.chat_id == new
    _, told = await arrived(adapter)
    assert (told.kind, told.address.chat_id, told.migrated_to) == (Kind.MIGRATED, old, new)


async def test_throttled(adapter: Adapter, world: Control, chat: str) -> None:
    world.fault("throttle", retry_after=17, method="sendMessage")
    with pytest.raises(Throttled) as caught:
        await adapter.send(Outgoing(chat, "x"))
    assert caught.value.retry_after == 17


@pytest.mark.parametrize(("kind", "delivered"), [("drop_before", 0), ("drop_after", 1)])
async def test_nobody_knows_after_a_broken_connection(
    adapter: Adapter, world: Control, lan: Json, chat: str, kind: str, delivered: int
) -> None:
    world.fault(kind, method="sendMessage")
    with pytest.raises(OutcomeUnknown):
        await adapter.send(Outgoing(chat, "x"))
    assert len(world.sees(lan)) == delivered


@pytest.mark.parametrize("fault", ["html", "status", "echo_token"])
async def test_a_failing_server_is_unreachable_and_tells_no_token(
    adapter: Adapter, world: Control, chat: str, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    world.fault(fault, method="sendMessage", status=502)
    with pytest.raises(Unreachable) as caught:
        await adapter.send(Outgoing(chat, "x"))
    shown = everything_shown_by(caught.value) + caplog.text + repr(adapter)
    assert "AAsecretHalf" not in shown


async def test_button_data_too_long_is_rejected(adapter: Adapter, chat: str) -> None:
    with pytest.raises(Rejected, match="BUTTON_DATA_INVALID"):
        await adapter.send(Outgoing(chat, "x", choices=(("a", "d" * 65),)))


async def test_nobody_there_is_unreachable() -> None:
    adapter = TelegramAdapter("1:AAsecretHalf", base_url=closed_port())
    calls = (adapter.start(), adapter.send(Outgoing("1", "x")), adapter.poll("", wait=0), adapter.delete("1", "1"))
    for call in calls:
        with pytest.raises(Unreachable) as caught:
            await call
        assert "AAsecret" not in everything_shown_by(caught.value)
    await adapter.stop()


TOKEN = "1:AAsecretHalf"
BAD = {"ok": False, "error_code": 400, "description": f"Bad Request: /bot{TOKEN}/x AAsecretHalf 1%3AAAsecretHalf"}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (says(BAD, 400), Rejected),
        (says({**BAD, "error_code": 403}, 403), Blocked),
        (says({**BAD, "error_code": 404}, 404), Misconfigured),
        (page(413, f"<html>/bot{TOKEN}"), Rejected),
        (page(429, "<html>"), Throttled),
        (page(200, f"<html>a portal /bot{TOKEN}"), Unreachable),
        (page(302, "", Location=f"/bot{TOKEN}/elsewhere"), SendError),
        (Answer(200, b"[]"), Unreachable),
        (says({"ok": True}), OutcomeUnknown),
        (says({"ok": True, "result": {"message_id": "3"}}), OutcomeUnknown),
        (DROP, OutcomeUnknown),
    ],
)
async def test_odd_answers_tell_no_token(
    loopback: Loopback, answer: Answer, kind: type[SendError], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    loopback.otherwise = answer
    adapter = TelegramAdapter(TOKEN, base_url=loopback.url)
    with pytest.raises(kind) as caught:
        await adapter.send(Outgoing("1", "x"))
    assert "AAsecret" not in everything_shown_by(caught.value) + caplog.text
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    await adapter.stop()


# --- webhook


async def test_webhook_and_its_secret(adapter: Adapter, loopback: Loopback, world: Control, lan: Json) -> None:
    await adapter.set_webhook(f"{loopback.url}/hook", "s3cret_-")
    world.says(lan, "qua webhook")
    await loopback.arrived.wait()
    (posted,) = loopback.requests
    assert posted.path == "/hook"
    assert posted.headers["x-telegram-bot-api-secret-token"] == "s3cret_-"
    (incoming,) = adapter.parse(posted.body)
    assert incoming.text == "qua webhook"
    with pytest.raises(Unreachable, match="409"):
        await adapter.poll("", wait=0)
    await adapter.begin_polling()
    world.says(lan, "qua getUpdates")
    assert (await arrived(adapter))[-1].text == "qua getUpdates"


async def test_webhook_bodies(adapter: Adapter) -> None:
    assert adapter.parse(b"") == ()
    assert adapter.parse(b'{"update_id": 1}') == ()
    for wrong in (b"[]", b"{}", b"<html>", b"\xff", b'{"update_id": "1"}'):
        with pytest.raises(ValueError, match=r".+"):
            adapter.parse(wrong)
