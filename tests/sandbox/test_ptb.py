"""python-telegram-bot's own Bot against the stand-in: what it sends is understood, what comes back it can parse."""

from __future__ import annotations

import asyncio
import base64
import io
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from PIL import Image
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.request import HTTPXRequest

from tests.sandbox.desk import TELEGRAM_TOKEN, Desk

Talk = Callable[[Bot], Awaitable[None]]


def run(desk: Desk, talk: Talk, token: str = TELEGRAM_TOKEN) -> None:
    async def main() -> None:
        bot = Bot(
            token,
            base_url=f"{desk.url}/telegram/bot",
            base_file_url=f"{desk.url}/telegram/file/bot",
            request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
            get_updates_request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
        )
        async with bot:
            await talk(bot)

    asyncio.run(main())


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(out, "PNG")
    return out.getvalue()


def test_texts_keyboards_and_edits(desk: Desk, lan: Any) -> None:
    chat = lan["telegram_id"]

    async def talk(bot: Bot) -> None:
        me = await bot.get_me()
        assert (me.username, me.is_bot, me.can_read_all_group_messages) == ("sotay_bot", True, False)
        row = [InlineKeyboardButton("Có", callback_data="y"), InlineKeyboardButton("Đọc", url="https://a.vn")]
        markup = InlineKeyboardMarkup([row])
        sent = await bot.send_message(chat, "<b>Dự</b> không?", parse_mode=ParseMode.HTML, reply_markup=markup)
        assert (sent.text, sent.entities[0].type, sent.reply_markup) == ("Dự không?", "bold", markup)
        assert sent.from_user
        assert sent.from_user.id == me.id
        edited = await bot.edit_message_text("Xong", chat_id=chat, message_id=sent.message_id)
        assert isinstance(edited, Message)
        assert edited.edit_date
        answer = await bot.send_message(chat, "Chọn", reply_to_message_id=sent.message_id)
        assert answer.reply_to_message
        assert answer.reply_to_message.message_id == sent.message_id
        await bot.send_message(chat, "Phím", reply_markup=ReplyKeyboardMarkup([["Có", "Không"]]))
        assert await bot.pin_chat_message(chat, sent.message_id)
        assert (await bot.get_chat(chat)).pinned_message == edited
        assert await bot.delete_message(chat, sent.message_id)
        assert await bot.send_chat_action(chat, "typing")
        assert await bot.set_my_commands([("menu", "Mở bảng chọn")])
        assert (await bot.get_my_commands())[0].command == "menu"

    run(desk, talk)
    shown = desk.sees(lan)
    assert shown[1]["buttons"] == []
    assert [message["keyboard"] for message in shown if message["text"] == "Phím"] == [[["Có", "Không"]]]


def test_files_by_upload_and_by_file_id(desk: Desk, lan: Any) -> None:
    chat = lan["telegram_id"]

    async def talk(bot: Bot) -> None:
        sent = await bot.send_document(chat, b"noi dung", filename="Bao cao.docx", caption="Báo cáo")
        assert sent.document
        assert sent.document.file_name == "Bao cao.docx"
        again = await bot.send_document(chat, sent.document.file_id)
        assert again.document == sent.document
        photo = await bot.send_photo(chat, picture())
        assert (photo.photo[-1].width, photo.photo[-1].height) == (4, 3)
        assert (await bot.send_voice(chat, b"ogg")).voice
        assert (await bot.send_audio(chat, b"mp3", filename="a.mp3")).audio
        file = await bot.get_file(sent.document.file_id)
        assert bytes(await file.download_as_bytearray()) == b"noi dung"
        with pytest.raises(BadRequest, match=r"[Ww]rong file identifier"):
            await bot.send_document(chat, "BQACkhong")
        with pytest.raises(BadRequest, match=r"[Cc]aption is too long"):
            await bot.send_document(chat, sent.document.file_id, caption="a" * 1025)

    run(desk, talk)
    kinds = [message["file"]["kind"] for message in desk.sees(lan)[1:]]
    assert kinds == ["document", "document", "photo", "voice", "audio"]


def test_a_file_by_url_comes_from_this_machine(desk: Desk, lan: Any) -> None:
    desk.says(
        lan,
        file={"name": "anh.png", "mime": "image/png", "base64": base64.b64encode(picture()).decode(), "as": "photo"},
    )
    url = desk.url + desk.sees(lan)[-1]["file"]["url"]

    async def talk(bot: Bot) -> None:
        assert (await bot.send_photo(lan["telegram_id"], url)).photo[-1].width == 4
        with pytest.raises(BadRequest, match=r"(?i)failed to get HTTP URL content"):
            await bot.send_photo(lan["telegram_id"], "https://192.0.2.1/a.png")

    run(desk, talk)


def test_every_kind_of_update_can_be_parsed(desk: Desk, lan: Any, tam: Any) -> None:
    kinds = ("document", "photo", "audio", "voice", "sticker", "video")

    async def talk(bot: Bot) -> None:
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("Có", callback_data="y")]])
        sent = await bot.send_message(lan["telegram_id"], "Dự?", reply_markup=markup)
        file = {"name": "a.png", "mime": "image/png", "base64": base64.b64encode(picture()).decode()}
        for kind in kinds:
            desk.says(lan, "kèm", file={**file, "as": kind}, forward=True, album="a1")
        press = {"person": lan["id"], "bot": TELEGRAM_TOKEN, "message_id": sent.message_id, "data": "y"}
        desk.control("press", press)
        people = [lan["id"], tam["id"]]
        group = desk.control("groups", {"platform": "telegram", "people": people, "bot": TELEGRAM_TOKEN})["id"]
        desk.control("members", {"chat": group, "bot_status": "administrator"})
        admins = await bot.get_chat_administrators(int(group))
        assert [admin.status for admin in admins] == ["creator", "administrator"]
        desk.control("migrate", {"chat": group})
        updates = await bot.get_updates(timeout=5)
        found = [update.effective_attachment for each in updates[:6] if (update := each.message)]
        assert len(found) == 6
        assert all(found)
        first = updates[0].message
        assert first
        assert first.forward_origin
        assert first.media_group_id == "a1"
        query = updates[6].callback_query
        assert query
        assert query.data == "y"
        assert query.message
        assert await query.answer("Đã ghi")
        members = [update.my_chat_member for update in updates if update.my_chat_member]
        assert [member.new_chat_member.status for member in members] == ["member", "administrator"]
        with pytest.raises(ChatMigrated) as moved:
            await bot.send_message(int(group), "x")
        assert (await bot.get_chat(moved.value.new_chat_id)).type == "supergroup"
        assert await bot.get_updates(offset=updates[-1].update_id + 1, timeout=0) == ()

    run(desk, talk)


def test_errors_are_the_library_s_own(desk: Desk, lan: Any, tam: Any) -> None:
    async def talk(bot: Bot) -> None:
        with pytest.raises(Forbidden, match="initiate conversation"):
            await bot.send_message(tam["telegram_id"], "x")
        with pytest.raises(BadRequest, match=r"[Cc]hat not found"):
            await bot.send_message(1, "x")
        with pytest.raises(BadRequest, match=r"[Cc]an't parse entities"):
            await bot.send_message(lan["telegram_id"], "<b>", parse_mode=ParseMode.HTML)
        desk.control("faults", {"platform": "telegram", "kind": "throttle", "retry_after": 3})
        with pytest.raises(RetryAfter) as early:
            await bot.send_message(lan["telegram_id"], "x")
        assert early.value._retry_after.total_seconds() == 3
        desk.control("faults", {"platform": "telegram", "kind": "drop_after"})
        with pytest.raises(NetworkError):
            await bot.send_message(lan["telegram_id"], "x")
        await bot.set_webhook(f"{desk.url}/nowhere")
        assert (await bot.get_webhook_info()).url
        with pytest.raises(Conflict):
            await bot.get_updates()

    run(desk, talk)


def test_a_wrong_token_is_refused(desk: Desk) -> None:
    async def talk(bot: Bot) -> None:
        raise AssertionError("must not get here")

    with pytest.raises(InvalidToken):
        run(desk, talk, "123456:wrong")
