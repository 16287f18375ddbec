"""Bot accounts as an operator brings them: made into channels, asked who they are, their tokens read safely.

Tokens come from a file, the environment or standard input, never from the command line, where the machine's process
list would show them.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from bot.errors import SendError, SettingsError, Unreachable
from bot.fleet import make_adapter
from bot.messages import Platform
from bot.platforms.base import Identity
from bot.texts import t
from storage import channels
from storage.channels import Channel

BASES = {Platform.TELEGRAM: "https://api.telegram.org", Platform.ZALO: "https://bot-api.zaloplatforms.com"}
PLANS = {Platform.TELEGRAM: (0, 0), Platform.ZALO: (3000, 50)}
"""Messages per month, people (zalo-bot-api.md, Plans; telegram-notes.md, Limits)."""
AT_ONCE = 20
"""Bots asked at once who they are."""
PATIENCE = 20.0
"""Seconds until a bot that does not answer counts as unreachable."""


def new_channel(platform: Platform, name: str, token: str, *, base_url: str = "", mode: str = "polling") -> Channel:
    """A channel row with the platform's documented limits and fresh secrets."""
    quota, users = PLANS[platform]
    return Channel(
        platform=platform,
        name=name,
        token=token,
        token_hash=channels.token_hash(token),
        base_url=base_url or BASES[platform],
        mode=mode,
        webhook_key=secrets.token_urlsafe(24),
        webhook_secret=secrets.token_urlsafe(32),
        monthly_quota=quota,
        user_limit=users,
    )


def read_token(token_file: str) -> str:
    """From a file, from standard input ("-"), from SOTAY_TOKEN, or asked for without showing it."""
    if token_file == "-":  # noqa: S105 (the name of standard input)
        token = sys.stdin.readline()
    elif token_file:
        try:
            token = Path(token_file).read_text()
        except OSError as error:
            raise SettingsError(f"{token_file}: {error.strerror}") from None
    else:
        token = os.environ.get("SOTAY_TOKEN", "") or typer.prompt(t("cli.channel-token"), hide_input=True)
    if not token.strip():
        raise SettingsError(t("cli.channel-no-token"))
    return token.strip()


def hello(channel: Channel) -> Identity:
    """Ask the platform who this bot is. SettingsError with a sentence when it does not know it or does not answer."""
    (answer,) = asyncio.run(hellos([channel]))
    if isinstance(answer, SendError):
        raise SettingsError(t("cli.channel-refused", reason=type(answer).__name__))
    return answer


async def hellos(rows: Sequence[Channel]) -> list[Identity | SendError]:
    """Ask for many, some at a time, so that silent ones do not delay the rest. Answers in the same order."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def ask(channel: Channel) -> Identity | SendError:
        async with gate:
            adapter = make_adapter(channel)
            try:
                async with asyncio.timeout(PATIENCE):
                    return await adapter.start()
            except SendError as error:
                return error
            except TimeoutError:
                return Unreachable("no answer in time")
            finally:
                await adapter.stop()

    return await asyncio.gather(*(ask(row) for row in rows))


def without_webhook(channel: Channel) -> bool:
    """Have the platform forget our webhook, where it can be reached. Whether it answered."""

    async def forget() -> bool:
        adapter = make_adapter(channel)
        try:
            async with asyncio.timeout(PATIENCE):
                await adapter.begin_polling()
        except (SendError, TimeoutError):
            return False
        finally:
            await adapter.stop()
        return True

    return asyncio.run(forget())
