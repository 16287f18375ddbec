"""The platforms' limits: Telegram's rates (switched on by control) and Zalo's plan (on from the start)."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, replace

from bot.sandbox.things import TELEGRAM, Bot, Chat


@dataclass(slots=True)
class Limits:
    """Rates in calls; 0 means no limit. `per_second` counts sends on Telegram and polls on Zalo.

    `users` and `quota` (messages a month) are Zalo's Basic plan.
    """

    enforce: bool = False
    per_second: int = 30
    per_chat: int = 1
    per_group_minute: int = 20
    users: int = 0
    quota: int = 0


TELEGRAM_LIMITS = Limits()
ZALO_LIMITS = Limits(enforce=True, per_second=0, per_chat=0, per_group_minute=0, users=50, quota=3000)


class Window:
    """Calls in a sliding stretch of real time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._times: deque[float] = deque()

    def refuse_for(self, limit: int) -> float:
        """0 when one more fits (it is not counted yet), else the seconds until it would."""
        now = time.monotonic()
        while self._times and self._times[0] <= now - self.seconds:
            self._times.popleft()
        if not limit or len(self._times) < limit:
            return 0.0
        return self._times[0] + self.seconds - now

    def count(self) -> None:
        """One more happened now."""
        self._times.append(time.monotonic())


class Keeper:
    """Keeps every bot within its limits."""

    def __init__(self) -> None:
        self._defaults = {"telegram": TELEGRAM_LIMITS, "zalo": ZALO_LIMITS}
        self._own: dict[str, Limits] = {}
        self._windows: dict[tuple[str, float], Window] = {}

    def of(self, bot: Bot) -> Limits:
        """The limits in force for this bot."""
        return self._own.get(bot.token) or self._defaults[bot.platform]

    def set(self, platform: str, token: str, **values: int | bool) -> Limits:
        """Change some limits of one bot, or of every bot on a platform (token "")."""
        if token:
            self._own[token] = replace(self._own.get(token) or self._defaults[platform], **values)  # type: ignore[arg-type]
            return self._own[token]
        self._defaults[platform] = replace(self._defaults[platform], **values)  # type: ignore[arg-type]
        return self._defaults[platform]

    def pause(self, bot: Bot, chat: Chat) -> float:
        """Seconds that this send is too early by (0: it may pass, and is counted). Source: telegram-notes, Limits."""
        limits = self.of(bot)
        if not limits.enforce or bot.platform != TELEGRAM:
            return 0.0
        chat_window = (chat.key, 60.0) if chat.is_group else (chat.key, 1.0)
        chat_limit = limits.per_group_minute if chat.is_group else limits.per_chat
        windows = [(self._window((bot.token, 1.0)), limits.per_second), (self._window(chat_window), chat_limit)]
        wait = max(window.refuse_for(limit) for window, limit in windows)
        if not wait:
            for window, _ in windows:
                window.count()
        return wait

    def poll_too_fast(self, bot: Bot) -> bool:
        """Zalo: more polls in a second than `per_second`."""
        limits = self.of(bot)
        if not limits.enforce or not limits.per_second:
            return False
        window = self._window((bot.token, 1.0))
        if window.refuse_for(limits.per_second):
            return True
        window.count()
        return False

    def _window(self, key: tuple[str, float]) -> Window:
        found = self._windows.get(key)
        if found is None:
            found = self._windows[key] = Window(key[1])
        return found
