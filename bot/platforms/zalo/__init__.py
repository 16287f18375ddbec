"""Zalo Bot Platform: our own client (client.py) and the adapter over it (docs/decisions/0002)."""

from bot.platforms.zalo.adapter import ZaloAdapter

__all__ = ["ZaloAdapter"]
