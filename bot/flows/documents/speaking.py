"""The job that makes audio editions: one part at a time, resumable, with a limit of time and of tries.

A part is committed as soon as it is made, so that a restart goes on where it stopped; an edition whose text, voice or
pace has changed begins anew. What breaks is the worker process (bot/speech/worker.py), never this sweep.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session

from bot.clock import Clock
from bot.flows.documents.listening import Listener, length, replies
from bot.flows.documents.scripts import Script, script
from bot.links import Links
from bot.messages import Choice, Platform, Reply
from bot.settings import Settings
from bot.speech.splitting import LONGEST
from bot.speech.voices import Narrator, Sound, SpeechTrouble
from bot.texts import t
from storage import audios, channels, documents, files, outbox
from storage.audios import AudioEdition, AudioPart, AudioState, AudioWish, Origin
from storage.db import Database
from storage.documents import DocumentState
from storage.files import FileStore
from storage.outbox import Delivery

SECONDS = 60.0
"""After this long the job leaves the rest to its next run. [ours]"""
PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""Between tries; after the last one it is given up. [ours]"""
_MIMES = {"voice": "audio/ogg", "aac": "audio/aac", "m4a": "audio/mp4"}
_ENDINGS = {"voice": "ogg", "aac": "aac", "m4a": "m4a"}


@dataclass(frozen=True, slots=True)
class _Task:
    """What was claimed. `made`: parts that are there already."""

    document_id: int
    token: str
    is_recorded: bool
    pace: float
    fingerprint: str
    made: int
    recordings: tuple[Path, ...] = ()


class Speaking:
    """The job."""

    def __init__(
        self, database: Database, settings: Settings, clock: Clock, *, narrator: Narrator, links: Links
    ) -> None:  # fmt: skip
        self._database, self._settings, self._clock = database, settings, clock
        self._narrator, self._links = narrator, links
        self._store = FileStore(settings.data_dir / "files")
        self._script: tuple[str, Script] = ("", Script((), ""))

    def sweep(self) -> int:
        """Make parts while there is time, then tell who waits. Returns how many parts were made and chats told."""
        until = time.monotonic() + SECONDS
        done = 0
        while time.monotonic() < until and (task := self._claim()) is not None:
            try:
                done += self._cut(task) if task.is_recorded else self._speak(task)
            except SpeechTrouble as trouble:
                self._fail(task, trouble)
                if trouble.reason == "stopped":
                    return done
        return done + self._tell()

    # --- making ------------------------------------------------------------------------------------------------
    def _claim(self) -> _Task | None:
        with self._database.transaction() as session:
            row = audios.claim(session, self._clock.now())
            if row is None:
                return None
            recorded = row.origin == Origin.RECORDED
            paths = tuple(
                self._store.path(files.get(session, each).sha256)
                for each in (audios.sources(session, row.document_id) if recorded else ())
            )
            made = len(audios.made(session, row.document_id))
            return _Task(row.document_id, row.token, recorded, row.pace, row.fingerprint, made, paths)

    def _cut(self, task: _Task) -> int:
        sounds = self._narrator.cut(task.recordings)
        with self._database.transaction() as session:
            row = audios.held(session, task.document_id, task.token)
            if row is not None:
                audios.start_over(session, row, fingerprint="", total=len(sounds))
                for position, sound in enumerate(sounds, 1):
                    self._keep(session, row, position, sound)
                audios.finish(session, row, self._clock.now())
        return len(sounds)

    def _speak(self, task: _Task) -> int:
        """The next part. The first time the voice's pace is measured on this very text, and the parts are planned."""
        if not self._narrator.name:
            raise _Hopeless("off")
        text = self._text_of(task)
        if not text.passages:
            raise _Hopeless(audios.NO_TEXT)
        pace = task.pace or self._narrator.measure(text.sample) / len(text.sample) * 1000
        parts = text.parts(pace, minutes=self._settings.speech_minutes)
        fingerprint = hashlib.sha256("\x1e".join([self._narrator.name, *parts]).encode()).hexdigest()
        position = task.made + 1 if task.fingerprint == fingerprint else 1
        sound = self._narrator.speak(parts[position - 1]) if position <= len(parts) else None
        if sound is not None and sound.seconds > LONGEST:
            raise _TooLong(max(pace, sound.seconds / len(parts[position - 1]) * 1000) * 1.1)
        with self._database.transaction() as session:
            row = audios.held(session, task.document_id, task.token)
            if row is None:
                return 0
            if position == 1:
                audios.start_over(session, row, fingerprint=fingerprint, total=len(parts))
                row.pace = pace
            if sound is not None:
                self._keep(session, row, position, sound)
            if position >= len(parts):
                audios.finish(session, row, self._clock.now())
            else:
                audios.release(session, row)
        return 1

    def _text_of(self, task: _Task) -> Script:
        """Read once per edition, not once per part."""
        if self._script[0] != task.token:
            with self._database.reading() as session:
                document = documents.get(session, task.document_id)
                found = [files.get(session, each).sha256 for each in documents.file_ids(session, task.document_id)]
            self._script = (task.token, script(document, [self._store.path(sha256) for sha256 in found]))
        return self._script[1]

    def _keep(self, session: Session, row: AudioEdition, position: int, sound: Sound) -> None:
        name = t("listening.file-name", part=position)
        ids = {
            kind: self._store.keep(
                session,
                getattr(sound, kind),
                name=f"{name}.{_ENDINGS[kind]}",
                mime=mime,
                at=self._clock.now(),
            ).id
            for kind, mime in _MIMES.items()
        }
        session.add(
            AudioPart(
                document_id=row.document_id,
                position=position,
                seconds=sound.seconds,
                origin=row.origin,
                voice_file_id=ids["voice"] or 0,
                aac_file_id=ids["aac"] or 0,
                m4a_file_id=ids["m4a"] or 0,
            )
        )

    def _fail(self, task: _Task, trouble: SpeechTrouble) -> None:
        with self._database.transaction() as session:
            row = audios.held(session, task.document_id, task.token)
            if row is None:
                return
            if trouble.reason == "stopped":
                audios.release(session, row)
                return
            if isinstance(trouble, _TooLong):
                row.pace, row.fingerprint = trouble.pace, ""
            last = trouble.final or row.tries >= len(PAUSES)
            pause = timedelta(0) if isinstance(trouble, _TooLong) else PAUSES[min(row.tries, len(PAUSES) - 1)]
            audios.fail(session, row, trouble.reason, again=None if last else self._clock.now() + pause)

    # --- telling -----------------------------------------------------------------------------------------------
    def _tell(self) -> int:
        """Everybody who waits for something that is decided now, once."""
        with self._database.transaction() as session:
            waiting = audios.untold(session)
            for wish, edition in waiting:
                for reply in self._news(session, wish, edition):
                    _queue(session, wish, reply, self._clock)
                wish.told_at = self._clock.now()
        return len(waiting)

    def _news(self, session: Session, wish: AudioWish, edition: AudioEdition) -> list[Reply]:
        document = documents.get(session, wish.document_id)
        if document.state != DocumentState.PUBLISHED:
            return []
        values = {"title": document.number or document.summary[:60]}
        if edition.state == AudioState.FAILED:
            known = edition.trouble in {"no-text", "off", "unplayable", "silent"}
            return [Reply(t(f"listening.failed-{edition.trouble}" if known else "listening.failed", **values))]
        if edition.origin == Origin.RECORDED and edition.requested_by == wish.member_id:
            parts = audios.parts(session, wish.document_id)
            total = length(sum(part.seconds for part in parts))
            hear = Choice("listening.listen", t("listening.listen-label"), str(wish.document_id))
            text = t("listening.recording-ready", parts=len(parts), length=total, **values)
            return [Reply(text, (hear,), about=f"document:{wish.document_id}")]
        channel = channels.get(session, wish.channel_id)
        listener = Listener(wish.member_id, wish.channel_id, Platform(channel.platform))
        return replies(session, self._links, document, listener)


class _Hopeless(SpeechTrouble):
    """Another try would end the same way."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.final = True


class _TooLong(SpeechTrouble):
    """A part came out longer than a part may be: plan again with this pace (seconds per 1,000 characters)."""

    def __init__(self, pace: float) -> None:
        super().__init__("too-long")
        self.pace = pace


def _queue(session: Session, wish: AudioWish, reply: Reply, clock: Clock) -> None:
    row = Delivery(
        channel_id=wish.channel_id, chat_id=wish.chat_id, member_id=wish.member_id, text=reply.text,
        choices=[{"action": c.action, "label": c.label, "argument": c.argument} for c in reply.choices],
        file_id=reply.file_id, link=reply.link, about=reply.about, created_at=clock.now(), due_at=clock.now(),
    )  # fmt: skip
    outbox.queue(session, row)
