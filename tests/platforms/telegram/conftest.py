from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import count

import pytest

from bot.platforms.base import Adapter
from bot.platforms.telegram import TelegramAdapter
from bot.sandbox.server import Server

from ..control import Control, Json

_numbers = count(5_000_001)


@pytest.fixture
def world(sandbox: Server) -> Control:
    token = f"{next(_numbers)}:AAsecretHalfOfTheToken"
    control = Control(sandbox.url, "telegram", token)
    control.post("bots", token=token, username=f"sotay_{token[:7]}_bot", display_name="Trợ lý chi bộ")
    return control


@pytest.fixture
async def adapter(world: Control) -> AsyncIterator[Adapter]:
    adapter = TelegramAdapter(world.bot, base_url=f"{world.url}/telegram", channel_id=7)
    await adapter.start()
    yield adapter
    await adapter.stop()


@pytest.fixture
def lan(world: Control) -> Json:
    return world.person("Nguyễn Thị Lan")


@pytest.fixture
def chat(world: Control, lan: Json) -> str:
    """Lan's private chat, open to the bot."""
    world.post("start", people=[lan["id"]])
    return str(lan["telegram_id"])
