"""espeak-ng as a voice: offline, small, quick, robotic. The library and its data come with a Python package.

Loaded in worker processes only: it keeps one global state, and is licensed GPL-3.0 (docs/decisions/0010).
"""

from __future__ import annotations

import ctypes
from array import array

import espeakng_loader

_RETRIEVAL, _UTF8, _CHARACTERS = 1, 1, 1
_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
_RATE, _GAP = 1, 7
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class NoVoice(Exception):
    """The engine is not there, does not start, or has no Vietnamese voice."""


class Espeak:
    """One initialised library. `words_per_minute`: Vietnamese syllables."""

    def __init__(self, words_per_minute: int, voice: str = "vi") -> None:
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path().encode()
        self.rate = int(self._library.espeak_Initialize(_SYNCHRONOUS, 0, data, _DONT_EXIT))
        if self.rate <= 0 or self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise NoVoice(voice)
        self._library.espeak_SetParameter(_RATE, words_per_minute, 0)
        self._library.espeak_SetParameter(_GAP, 1, 0)
        self._heard = bytearray()
        self._callback = _CALLBACK(self._hear)
        self._library.espeak_SetSynthCallback(self._callback)

    def _hear(self, samples: object, count: int, _events: object) -> int:
        if samples and count > 0:
            self._heard += ctypes.string_at(samples, 2 * count)  # type: ignore[arg-type]
        return 0

    def speak(self, text: str) -> tuple[array[int], int]:
        """Samples of 16 bits, one channel, and how many make a second. NoVoice when the library refuses."""
        self._heard.clear()
        raw = text.encode() + b"\0"
        size = ctypes.c_size_t(len(raw))
        failed = self._library.espeak_Synth(raw, size, 0, _CHARACTERS, 0, _UTF8, None, None)
        if failed or self._library.espeak_Synchronize():
            raise NoVoice("espeak_Synth")
        return array("h", bytes(self._heard)), self.rate
