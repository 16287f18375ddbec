"""A bare aiogram send loop, 50 at a time: no queue, no limits, nothing written down. Run in the peers' environment.

Usage: loop.py <address of the Bot API> <token> <first chat id> <count>. Prints the seconds it took.
"""

from __future__ import annotations

import asyncio
import sys
import time


async def main(url: str, token: str, first: int, count: int) -> None:
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    chats = iter(range(first, first + count))

    async def worker() -> None:
        for chat in chats:
            await bot.send_message(chat, "Kính gửi đồng chí thông báo của chi bộ. Đã đọc xin bấm 1.")

    await bot.get_me()
    started = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(50)))
    print(time.perf_counter() - started)
    await bot.session.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
