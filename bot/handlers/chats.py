"""Which words lead to chats."""

from __future__ import annotations

from bot.routing import Router

router = Router("chats")
