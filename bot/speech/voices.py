"""The port to the voice: a Narrator speaks a text or cuts recordings, in a process of its own with a limit of time."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from bot.speech.splitting import LONGEST, WISHED


class SpeechTrouble(Exception):
    """No sound came of it. `reason`: no-voice, unplayable, silent, too-slow, crashed or stopped; `final` when
    another try would end the same way."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.final = reason in {"unplayable", "silent"}


@dataclass(frozen=True, slots=True)
class Sound:
    """One part as bytes in its three encodings (sounds.py)."""

    seconds: float
    voice: bytes
    aac: bytes
    m4a: bytes


class Narrator(Protocol):
    """Whatever makes sound. Every method raises SpeechTrouble and nothing else."""

    name: str
    """Of the voice and its pace: parts made by another one do not belong together. "" when nothing may be spoken."""

    def speak(self, text: str) -> Sound:
        """One part, spoken."""

    def measure(self, text: str) -> float:
        """How long this text takes, in seconds; nothing is kept."""

    def cut(self, recordings: Sequence[Path]) -> list[Sound]:
        """Recordings in parts of under five minutes."""

    def stop(self) -> None:
        """End what is under way, for good: the program is going down."""


class ProcessNarrator:
    """The real one: each task is one short-lived process."""

    def __init__(self, engine: str, *, voice: str = "", words_per_minute: int = 150, seconds: float = 300) -> None:
        self.name = "" if engine == "off" else f"{engine}:{Path(voice).name}:{words_per_minute}"
        self._task = {"engine": engine, "voice": voice, "words_per_minute": words_per_minute}
        self._seconds = seconds
        self._lock = threading.Lock()
        self._running: subprocess.Popen[str] | None = None
        self._stopped = False

    def speak(self, text: str) -> Sound:
        """See Narrator."""
        with _folder() as to:
            (length,) = self._run({"do": "speak", "text": text, "to": str(to), **self._task})
            return _sound(to, 1, length)

    def measure(self, text: str) -> float:
        """See Narrator."""
        (length,) = self._run({"do": "try", "text": text, **self._task})
        return length

    def cut(self, recordings: Sequence[Path]) -> list[Sound]:
        """See Narrator."""
        with _folder() as to:
            limits = {"longest": LONGEST, "wished": WISHED}
            lengths = self._run({"do": "cut", "sources": [str(each) for each in recordings], "to": str(to), **limits})
            return [_sound(to, number, length) for number, length in enumerate(lengths, 1)]

    def stop(self) -> None:
        """See Narrator."""
        with self._lock:
            self._stopped = True
            if self._running is not None:
                self._running.kill()

    def _run(self, task: dict[str, Any]) -> list[float]:
        process = self._started()
        try:
            out, _ = process.communicate(json.dumps(task), timeout=self._seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise SpeechTrouble("too-slow") from None
        finally:
            with self._lock:
                self._running = None
        if process.returncode != 0:
            raise SpeechTrouble("stopped" if self._stopped else "crashed")
        return _answer(out)

    def _started(self) -> subprocess.Popen[str]:
        with self._lock:
            if self._stopped:
                raise SpeechTrouble("stopped")
            try:
                self._running = subprocess.Popen(
                    [sys.executable, "-m", "bot.speech.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL, text=True, cwd=Path(__file__).parents[2], encoding="utf-8",
                )  # fmt: skip
            except OSError:
                raise SpeechTrouble("crashed") from None
            return self._running


def _answer(out: str) -> list[float]:
    try:
        answer = json.loads(out)
    except ValueError:
        raise SpeechTrouble("crashed") from None
    if "trouble" in answer:
        raise SpeechTrouble(str(answer["trouble"]))
    return [float(length) for length in answer["seconds"]]


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="sotay-speech-") as folder:
        yield Path(folder)


def _sound(folder: Path, number: int, seconds: float) -> Sound:
    voice, aac, m4a = ((folder / f"{number}.{ending}").read_bytes() for ending in ("ogg", "aac", "m4a"))
    return Sound(seconds, voice, aac, m4a)
