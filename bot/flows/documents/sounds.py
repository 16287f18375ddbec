"""Sound files by their content: MP3 (ISO 11172-3), AAC in ADTS frames (ISO 13818-7), M4A (ISO 14496-12)."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.errors import BadInput

_BITRATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_BITRATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
"""Kilobits a second of Layer III, for MPEG 1 and for MPEG 2 and 2.5."""
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_FRAMES = 3
"""So many frames in a row are sound and no accident."""
_PADDING = 64 * 1024
"""Bytes between a tag and the first frame that are skipped: players leave room there."""
_HANDLER = re.compile(rb"hdlr.{8}(soun|vide)", re.DOTALL)
_CONTAINERS = frozenset({b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"3gp4", b"3gp5", b"3gp6", b"dash"})


def kind(content: bytes) -> str:
    """ "mp3", "aac", "m4a", or "" for anything else. BadInput for a sound that is cut off or empty."""
    if content.startswith(b"ID3"):
        return _framed(content, _after_tag(content)) or _broken()
    if content[4:8] == b"ftyp" and content[8:12] in _CONTAINERS:
        return _contained(content)
    return _framed(content, 0) if content[:1] == b"\xff" else ""


def _broken() -> str:
    raise BadInput("documents.file-broken")


def _after_tag(content: bytes) -> int:
    """Where an ID3v2 tag ends: its size is written in four times seven bits."""
    size = 0
    for byte in content[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size


def _framed(content: bytes, start: int) -> str:
    """Which frames begin at `start`, or soon after it."""
    latest = min(start + (_PADDING if start else 1), len(content))
    place = content.find(b"\xff", start, latest)
    while place >= 0:
        for name, length in (("mp3", _mp3_frame), ("aac", _aac_frame)):
            if _in_a_row(content, place, length):
                return name
        place = content.find(b"\xff", place + 1, latest)
    return ""


def _in_a_row(content: bytes, place: int, length: Callable[[bytes], int]) -> bool:
    """Whether several frames follow each other, or fewer that reach exactly to the end."""
    for number in range(_FRAMES):
        step = length(content[place : place + 6])
        if not step:
            return bool(number) and place >= len(content)
        place += step
    return place <= len(content)


def _mp3_frame(header: bytes) -> int:
    """Bytes of a Layer III frame, 0 when this is none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    version, bitrate, rate = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or rate == 3:
        return 0
    kilobits = (_BITRATES_1 if version == 3 else _BITRATES_2)[bitrate]
    if not kilobits:
        return 0
    return (144_000 if version == 3 else 72_000) * kilobits // _RATES[version][rate] + (header[2] >> 1 & 1)


def _aac_frame(header: bytes) -> int:
    """Bytes of an ADTS frame, 0 when this is none."""
    if len(header) < 6 or header[0] != 0xFF or header[1] & 0xF6 != 0xF0 or header[2] >> 2 & 15 > 12:
        return 0
    length = (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5
    return length if length > 7 else 0


def _contained(content: bytes) -> str:
    """An M4A has sound and no film in it; recorders on phones name it as a film would be named."""
    place, movie = 0, b""
    while place + 8 <= len(content):
        size, name = int.from_bytes(content[place : place + 4], "big"), content[place + 4 : place + 8]
        if size == 1:
            size = int.from_bytes(content[place + 8 : place + 16], "big")
        size = size or len(content) - place
        if size < 8 or place + size > len(content):
            _broken()
        if name == b"moov":
            movie = content[place : place + size]
        place += size
    tracks = set(_HANDLER.findall(movie))
    if not tracks:
        return _broken()
    return "m4a" if tracks == {b"soun"} else ""
