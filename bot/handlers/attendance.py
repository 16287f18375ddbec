"""Which words lead to attendance."""

from __future__ import annotations

from bot.routing import Router

router = Router("attendance")
