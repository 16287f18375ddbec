"""The process that makes sound: `python -m bot.speech.worker`, one task as JSON on stdin, the answer on stdout.

Tasks: {"do": "speak", "text", "engine", "voice", "words_per_minute", "to"} writes `1.ogg`, `1.aac`, `1.m4a` into the
folder `to`; {"do": "cut", "sources": [paths], "longest", "wished", "to"} makes parts of recordings, `1.*`, `2.*` …;
{"do": "try", …} says one word and writes nothing. Answer: {"seconds": [per part]} or {"trouble": "no-voice" |
"unplayable" | "silent"}. Whatever else goes wrong, a crash of a codec included, is a non-zero exit.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
import wave
from array import array
from pathlib import Path
from typing import Any

from bot.speech import sounds
from bot.speech.espeak import Espeak, NoVoice
from bot.speech.neural import Piper

MEMORY = 4 << 30
"""Bytes of address space: a hostile recording must not take the machine's memory (piper's runtime maps much)."""
RECORDING = 3 * 3600.0
"""Seconds that a recording may last."""


def main() -> None:
    """Do one task."""
    os.nice(10)  # chats go first
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    task = json.load(sys.stdin)
    try:
        answer: dict[str, Any] = {"seconds": TASKS[task["do"]](task)}
    except NoVoice:
        answer = {"trouble": "no-voice"}
    except sounds.Unplayable as error:
        answer = {"trouble": "silent" if str(error) == "silent" else "unplayable"}
    print(json.dumps(answer))


def _speak(task: dict[str, Any]) -> list[float]:
    samples = _spoken(task)
    return [_written(samples, Path(task["to"]), 1)]


def _spoken(task: dict[str, Any]) -> array[int]:
    words = int(task["words_per_minute"])
    engine = Piper(words, task["voice"]) if task["engine"] == "piper" else Espeak(words)
    samples, rate = engine.speak(task["text"])
    if sounds.peak(samples) < sounds.LOUD:
        raise NoVoice("silent")
    return samples if rate == sounds.RATE else sounds.decode(_wav(samples, rate), longest=RECORDING)


def _try(task: dict[str, Any]) -> list[float]:
    samples = _spoken(task)
    return [sounds.seconds(samples)]


def _cut(task: dict[str, Any]) -> list[float]:
    """Each recording is cut for itself: where one ends, a part ends."""
    lengths: list[float] = []
    for source in task["sources"]:
        samples = sounds.decode(Path(source), longest=RECORDING)
        _audible(samples)
        for piece in sounds.cut_quietly(samples, longest=task["longest"], wished=task["wished"]):
            lengths.append(_written(piece, Path(task["to"]), len(lengths) + 1))
    return lengths


def _audible(samples: array[int]) -> None:
    if sounds.peak(samples) < sounds.LOUD:
        raise sounds.Unplayable("silent")


def _written(samples: array[int], folder: Path, number: int) -> float:
    sounds.write_all(samples, folder, str(number))
    return sounds.seconds(samples)


def _wav(samples: array[int], rate: int) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return out.getvalue()


TASKS = {"speak": _speak, "cut": _cut, "try": _try}

if __name__ == "__main__":
    main()
