"""Which words lead to help."""

from __future__ import annotations

from bot.routing import Router

router = Router("help")
