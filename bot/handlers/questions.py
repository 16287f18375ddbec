"""Which words lead to questions."""

from __future__ import annotations

from bot.routing import Router

router = Router("questions")
