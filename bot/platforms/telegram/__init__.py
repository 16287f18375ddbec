"""Telegram: python-telegram-bot's `Bot` and types over our own aiohttp transport (docs/decisions/0002)."""

from bot.platforms.telegram.adapter import TelegramAdapter

__all__ = ["TelegramAdapter"]
