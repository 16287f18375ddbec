"""Which words lead to members."""

from __future__ import annotations

from bot.routing import Router

router = Router("members")
