"""From a claimed delivery to what an adapter sends; a file goes up once and is named by its handle afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from bot.messages import AttachmentKind, Outgoing, OutgoingFile
from bot.platforms.base import Adapter, Receipt
from storage import files
from storage.db import Database
from storage.files import FileStore
from storage.sending import Claimed

KINDS = {"image": AttachmentKind.PHOTO, "audio": AttachmentKind.AUDIO}
VOICE = "audio/ogg"
"""Opus in Ogg: what Telegram shows as a voice message."""
SOUND = ".aac"
"""An address with this ending is a voice message for platforms that fetch sound themselves (Zalo)."""
PICTURE = ".jpg"
"""The same for a picture."""


class Packer:
    """Makes outgoing messages, and remembers the handles of files that were sent before."""

    def __init__(self, database: Database, store: FileStore) -> None:
        self._database = database
        self._store = store
        self._files: dict[tuple[int, int], OutgoingFile] = {}
        """By file and channel, once it has a handle: nothing about it is asked again."""
        self._uploading: dict[tuple[int, int], asyncio.Lock] = {}

    @asynccontextmanager
    async def turn(self, claimed: Claimed, adapter: Adapter) -> AsyncIterator[None]:
        """Of messages with the same new file the first goes alone; the others wait, and name the file by its handle."""
        key = (claimed.file_id or 0, claimed.channel_id)
        if claimed.file_id is None or not adapter.capabilities.files or key in self._files:
            yield
            return
        async with self._uploading.setdefault(key, asyncio.Lock()):
            if key not in self._files:
                yield
                return
        yield

    async def pack(self, claimed: Claimed, adapter: Adapter) -> Outgoing:
        """The message with its buttons, and with its file where the platform takes one (else with its link)."""
        file = None
        text = claimed.text
        if claimed.file_id is not None and adapter.capabilities.files:
            key = (claimed.file_id, claimed.channel_id)
            file = self._files.get(key) or await asyncio.to_thread(self._file, *key)
        elif claimed.link.endswith(SOUND) and not claimed.is_group:
            file = OutgoingFile(AttachmentKind.VOICE, name="", mime="audio/aac", url=claimed.link)
        elif claimed.link.endswith(PICTURE):
            file = OutgoingFile(AttachmentKind.PHOTO, name="", mime="image/jpeg", url=claimed.link)
        elif claimed.link:
            text = f"{text}\n{claimed.link}"
        return Outgoing(
            chat_id=claimed.chat_id,
            text=text,
            is_group=claimed.is_group,
            choices=tuple(
                (str(choice["label"]), f"{claimed.id}.{index}") for index, choice in enumerate(claimed.choices)
            ),
            file=file,
            edits=claimed.edits,
        )

    def remember(self, claimed: Claimed, file: OutgoingFile | None, receipt: Receipt) -> None:
        """This file has a handle now."""
        if claimed.file_id is not None and file is not None and receipt.file_handle:
            key = (claimed.file_id, claimed.channel_id)
            self._files[key] = replace(file, handle=receipt.file_handle)
            self._uploading.pop(key, None)

    def _file(self, file_id: int, channel_id: int) -> OutgoingFile:
        with self._database.reading() as session:
            stored = files.get(session, file_id)
            handle = files.handle(session, file_id, channel_id)
        return OutgoingFile(
            kind=AttachmentKind.VOICE
            if stored.mime == VOICE
            else KINDS.get(stored.mime.partition("/")[0], AttachmentKind.DOCUMENT),
            name=Path(stored.name).name,
            mime=stored.mime,
            path=str(self._store.path(stored.sha256)),
            handle=handle,
        )
