"""Which words lead to meetings."""

from __future__ import annotations

from bot.routing import Router

router = Router("meetings")
