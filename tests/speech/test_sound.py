"""Real sound: spoken by espeak-ng, encoded, decoded again. Short texts, each in a process of its own."""

from __future__ import annotations

import math
import signal
import subprocess
import sys
import threading
from array import array
from pathlib import Path

import pytest

from bot.speech import sounds
from bot.speech.espeak import Espeak
from bot.speech.voices import ProcessNarrator, Sound, SpeechTrouble

TEXT = "Kính mời các đồng chí dự sinh hoạt chi bộ, mười chín giờ ba mươi, ngày mùng ba tháng mười hai."


def tone(seconds: float, *, pause_at: float = -1, loud: int = 9000) -> array[int]:
    """A hum with a pause of half a second."""
    quiet = range(int(pause_at * sounds.RATE), int((pause_at + 0.5) * sounds.RATE))
    return array(
        "h",
        (0 if at in quiet else int(loud * math.sin(at / 12)) for at in range(int(seconds * sounds.RATE))),
    )


@pytest.fixture(scope="module")
def spoken() -> Sound:
    return ProcessNarrator("espeak").speak(TEXT)


@pytest.mark.parametrize("encoding", ["voice", "aac", "m4a"])
def test_a_text_is_spoken_in_every_encoding(spoken: Sound, encoding: str) -> None:
    samples = sounds.decode(getattr(spoken, encoding), longest=60)
    assert sounds.peak(samples) > 0.1
    assert abs(sounds.seconds(samples) - spoken.seconds) < 0.3
    assert 3 < spoken.seconds < 15, "some 100 letters at 150 words a minute"
    heads = {"voice": b"OggS", "aac": b"\xff\xf1", "m4a": b"ftyp"}
    assert heads[encoding] in getattr(spoken, encoding)[:12]


def test_a_player_can_seek_at_once(spoken: Sound) -> None:
    assert spoken.m4a.index(b"moov") < spoken.m4a.index(b"mdat"), "the index stands in front"
    assert b"OpusHead" in spoken.voice[:64], "what Telegram shows as a voice message"
    assert len(spoken.aac) < spoken.seconds * 8000


def test_the_voice_is_vietnamese() -> None:
    """Tones are heard: with another voice the same syllables would take the same time."""
    rising, _ = Espeak(150).speak("má má má má")
    level, _ = Espeak(150).speak("ma ma ma ma")
    assert bytes(rising) != bytes(level)


def test_words_a_minute_are_a_setting() -> None:
    slow, quick = (ProcessNarrator("espeak", words_per_minute=words).measure(TEXT) for words in (100, 220))
    assert slow > 1.5 * quick


def test_parts_stay_under_five_minutes_at_the_measured_pace() -> None:
    """By the rate, not by speaking for an hour: what a long paper's parts come to at the pace of this voice."""
    from bot.speech.splitting import LONGEST, parts

    sample = "\n".join([TEXT] * 6)
    pace = ProcessNarrator("espeak").measure(sample) / len(sample) * 1000
    planned = parts([TEXT] * 900, pace=pace)
    assert len(planned) > 10
    assert max(len(part) for part in planned) / 1000 * pace < LONGEST * 0.9


# --- recordings ------------------------------------------------------------------------------------------------------
def test_a_recording_is_cut_in_a_pause(tmp_path: Path) -> None:
    samples = tone(9, pause_at=4.5)
    pieces = sounds.cut_quietly(samples, longest=6, wished=4)
    assert [round(sounds.seconds(piece)) for piece in pieces] == [5, 4]
    assert sum(pieces, array("h")) == samples


def test_a_phones_recording_becomes_parts_in_every_encoding(tmp_path: Path) -> None:
    source = tmp_path / "ghi.ogg"
    sounds.write(tone(3), source, sounds.VOICE)
    (part,) = ProcessNarrator("espeak").cut([source])
    assert abs(part.seconds - 3) < 0.2
    assert sounds.peak(sounds.decode(part.aac, longest=10)) > 0.1


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"khong phai am thanh" * 50, "unplayable"), (b"", "unplayable"), (b"OggS" + bytes(200), "unplayable")],
)
def test_what_is_no_sound_is_refused_for_good(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(SpeechTrouble) as caught:
        ProcessNarrator("espeak").cut([tmp_path / "x"])
    assert (caught.value.reason, caught.value.final) == (reason, True)


def test_a_silent_recording_is_refused(tmp_path: Path) -> None:
    sounds.write(tone(2, loud=0), tmp_path / "x.m4a", sounds.M4A)
    with pytest.raises(SpeechTrouble, match="silent"):
        ProcessNarrator("espeak").cut([tmp_path / "x.m4a"])


# --- what breaks -----------------------------------------------------------------------------------------------------
def test_a_voice_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SpeechTrouble, match="no-voice"):
        ProcessNarrator("piper", voice=str(tmp_path / "vi.onnx")).speak(TEXT)


def _worker(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Another program in the worker's place."""
    start = subprocess.Popen
    monkeypatch.setattr(
        "bot.speech.voices.subprocess.Popen",
        lambda _command, **how: start([sys.executable, "-c", code], **how),
    )


def test_a_worker_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    _worker(monkeypatch, "import signal; signal.pause()")
    with pytest.raises(SpeechTrouble, match="too-slow"):
        ProcessNarrator("espeak", seconds=0.2).speak(TEXT)


@pytest.mark.parametrize("code", ["import os; os.abort()", "print('no json')", "raise SystemExit(3)"])
def test_a_worker_that_crashes_is_trouble_and_nothing_more(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    _worker(monkeypatch, code)
    with pytest.raises(SpeechTrouble, match="crashed") as caught:
        ProcessNarrator("espeak").speak(TEXT)
    assert not caught.value.final


def test_stopping_ends_what_is_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    _worker(monkeypatch, "import sys, signal; print(end='', flush=True); signal.pause()")
    narrator = ProcessNarrator("espeak", seconds=60)
    caught: list[str] = []

    def speak() -> None:
        try:
            narrator.speak(TEXT)
        except SpeechTrouble as trouble:
            caught.append(trouble.reason)

    thread = threading.Thread(target=speak)
    thread.start()
    while narrator._running is None:
        thread.join(0.01)
    narrator.stop()
    thread.join(20)
    assert caught == ["stopped"]
    with pytest.raises(SpeechTrouble, match="stopped"):
        narrator.measure(TEXT)
    assert signal.SIGKILL


# --- piper, behind the same port -------------------------------------------------------------------------------------
FAKE_PIPER = """
from dataclasses import dataclass
@dataclass
class SynthesisConfig:
    length_scale: float
@dataclass
class Chunk:
    sample_rate: int
    audio_int16_bytes: bytes
class PiperVoice:
    @classmethod
    def load(cls, path): return cls()
    def synthesize(self, text, config):
        import array
        hum = array.array("h", (8000 if (at // 50) % 2 else -8000 for at in range(int(22050 * config.length_scale))))
        yield Chunk(22050, hum.tobytes())
"""


def test_piper_speaks_passage_by_passage_at_its_own_rate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package's interface (PiperVoice.load, synthesize, SynthesisConfig), played by a stand-in of one tone."""
    (tmp_path / "piper.py").write_text(FAKE_PIPER)
    (tmp_path / "vi.onnx").write_bytes(b"model")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    narrator = ProcessNarrator("piper", voice=str(tmp_path / "vi.onnx"), words_per_minute=150)
    sound = narrator.speak("Một.\nHai.\nBa.")
    assert abs(sound.seconds - 3) < 0.1
    assert narrator.name == "piper:vi.onnx:150"
    (tmp_path / "piper.py").write_text(FAKE_PIPER.replace("8000", "0"))
    with pytest.raises(SpeechTrouble, match="no-voice"):
        narrator.speak("Một.")
