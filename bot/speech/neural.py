"""piper as a voice: offline too, far more human, some ten times the computing. An option that the operator installs.

The package `piper-tts` (GPL-3.0) and a Vietnamese model (two files, `.onnx` and `.onnx.json`) are not part of this
product; the setting `speech_voice` says where the model is.
"""

from __future__ import annotations

from array import array
from pathlib import Path

from bot.speech.espeak import NoVoice

_USUAL = 150
"""Words a minute at which piper's voices speak at their own pace, about."""


class Piper:
    """One loaded model."""

    def __init__(self, words_per_minute: int, model: str) -> None:
        if not Path(model).is_file():
            raise NoVoice("model")
        try:
            from piper import PiperVoice, SynthesisConfig
        except ImportError:
            raise NoVoice("piper-tts") from None
        self._voice = PiperVoice.load(model)
        self._config = SynthesisConfig(length_scale=_USUAL / words_per_minute)

    def speak(self, text: str) -> tuple[array[int], int]:
        """Samples of 16 bits, one channel, and how many make a second. Each passage is a line."""
        samples: array[int] = array("h")
        rate = 0
        for passage in text.splitlines():
            for chunk in self._voice.synthesize(passage, self._config):
                rate = chunk.sample_rate
                samples.frombytes(chunk.audio_int16_bytes)
        if not rate:
            raise NoVoice("nothing spoken")
        return samples, rate
