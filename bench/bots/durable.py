"""Bots as one would write them with each framework: every message becomes one row in SQLite, committed at once.

Run in the peers' environment (bench/peers.py), with: framework, "thread" or "blocking", address of the Bot API,
token, file of the table.
Everything is the framework's default but the address.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor


class Table:
    """The durable effect."""

    def __init__(self, path: str, how: str) -> None:
        self._writer = ThreadPoolExecutor(1) if how == "thread" else None
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute("CREATE TABLE IF NOT EXISTS message (id INTEGER PRIMARY KEY, chat INTEGER, number INTEGER)")

    async def insert(self, chat: int, number: int) -> None:
        """One row, on the disk when this returns."""
        if self._writer is None:
            self._write(chat, number)
        else:
            await asyncio.get_running_loop().run_in_executor(self._writer, self._write, chat, number)

    def _write(self, chat: int, number: int) -> None:
        self._db.execute("INSERT INTO message (chat, number) VALUES (?, ?)", (chat, number))


def python_telegram_bot(url: str, token: str, table: Table) -> None:
    from telegram import Update
    from telegram.ext import ApplicationBuilder, CallbackContext, MessageHandler, filters

    async def handle(update: Update, _context: CallbackContext) -> None:
        await table.insert(update.effective_chat.id, update.effective_message.message_id)

    application = ApplicationBuilder().token(token).base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.ALL, handle))
    application.run_polling()


def aiogram(url: str, token: str, table: Table) -> None:
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message

    dispatcher = Dispatcher()

    @dispatcher.message()
    async def handle(message: Message) -> None:
        await table.insert(message.chat.id, message.message_id)

    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher.run_polling(bot)


def telebot(url: str, token: str, table: Table) -> None:
    from telebot import asyncio_helper
    from telebot.async_telebot import AsyncTeleBot
    from telebot.types import Message

    asyncio_helper.API_URL = url + "/bot{0}/{1}"
    bot = AsyncTeleBot(token)

    @bot.message_handler(func=lambda _message: True)
    async def handle(message: Message) -> None:
        await table.insert(message.chat.id, message.message_id)

    asyncio.run(bot.infinity_polling())


FRAMEWORKS = {"python-telegram-bot": python_telegram_bot, "aiogram": aiogram, "pyTelegramBotAPI": telebot}

if __name__ == "__main__":
    name, way, address, secret, path = sys.argv[1:]
    FRAMEWORKS[name](address, secret, Table(path, way))
