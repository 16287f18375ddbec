"""The processes under test of inbound.py: bare bots on the frameworks, in the peers' own environment.

Usage: _inbound_peers.py <framework> <base url> <token> <sqlite file> <answer: 0 or 1>. Each one does what its own
documentation shows first: a handler for texts and one for presses, which insert one row (SQLite, WAL, synchronous FULL,
a commit of its own) and, with 1, send the text back.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys

framework, base, token, path, answer = sys.argv[1:]
database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
for pragma in ("journal_mode=WAL", "synchronous=FULL"):
    database.execute(f"PRAGMA {pragma}")
database.execute("CREATE TABLE IF NOT EXISTS heard (id INTEGER PRIMARY KEY, chat INTEGER, text TEXT)")


def keep(chat: int, text: str) -> None:
    database.execute("INSERT INTO heard (chat, text) VALUES (?, ?)", (chat, text))


def python_telegram_bot() -> None:
    from telegram import Update
    from telegram.ext import ApplicationBuilder, CallbackQueryHandler, ContextTypes, MessageHandler, filters

    async def said(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        chat, text = update.effective_chat.id, update.message.text
        keep(chat, text)
        if answer == "1":
            await context.bot.send_message(chat, text)

    async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        chat, data = update.effective_chat.id, update.callback_query.data
        keep(chat, data)
        if answer == "1":
            await context.bot.send_message(chat, data)

    app = ApplicationBuilder().token(token).base_url(f"{base}/bot").build()
    app.add_handlers([MessageHandler(filters.TEXT, said), CallbackQueryHandler(pressed)])
    app.run_polling(timeout=20)


def aiogram() -> None:
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import CallbackQuery, Message

    dispatcher = Dispatcher()

    @dispatcher.message()
    async def said(message: Message) -> None:
        keep(message.chat.id, message.text)
        if answer == "1":
            await message.answer(message.text)

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery) -> None:
        keep(query.from_user.id, query.data)
        if answer == "1":
            await query.message.answer(query.data)

    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(base)))
    asyncio.run(dispatcher.start_polling(bot, polling_timeout=20))


def telebot() -> None:
    from telebot import asyncio_helper
    from telebot.async_telebot import AsyncTeleBot

    asyncio_helper.API_URL = base + "/bot{0}/{1}"
    bot = AsyncTeleBot(token)

    @bot.message_handler(func=lambda _message: True)
    async def said(message) -> None:
        keep(message.chat.id, message.text)
        if answer == "1":
            await bot.send_message(message.chat.id, message.text)

    @bot.callback_query_handler(func=lambda _query: True)
    async def pressed(query) -> None:
        keep(query.from_user.id, query.data)
        if answer == "1":
            await bot.send_message(query.from_user.id, query.data)

    asyncio.run(bot.infinity_polling(timeout=20))


if __name__ == "__main__":
    {"python-telegram-bot": python_telegram_bot, "aiogram": aiogram, "pyTelegramBotAPI": telebot}[framework]()
