"""Which words lead to documents."""

from __future__ import annotations

from bot.routing import Router

router = Router("documents")
