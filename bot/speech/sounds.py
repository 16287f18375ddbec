"""Sound in and out, over FFmpeg's codecs: any recording to plain samples, samples to what players take.

One door to `av`. Three encodings, because no one of them serves everybody: Telegram draws a voice message only for
Opus in Ogg, Zalo plays only ADTS AAC (zalo-bot-api, sendVoice), browsers seek well only in MP4.
"""

from __future__ import annotations

import io
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream

RATE = 16_000
"""Samples a second of everything that we make: what Zalo's own voice messages have, and plenty for speech."""
LOUD = 0.02
"""Share of full scale that the loudest sample must reach; below it nobody hears anything."""
_CHUNK = 4096


class Unplayable(Exception):
    """The bytes are no sound that can be decoded, or hold none."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """One way to write a part. `rate`: bits a second."""

    ending: str
    container: str
    codec: str
    rate: int
    samples: str
    options: tuple[tuple[str, str], ...] = ()
    codec_options: tuple[tuple[str, str], ...] = ()


VOICE = Encoding(
    "ogg", "ogg", "libopus", 20_000, "s16", codec_options=(("application", "voip"), ("compression_level", "5"))
)
M4A = Encoding("m4a", "mp4", "aac", 32_000, "fltp", (("movflags", "+faststart"),), (("aac_coder", "fast"),))
AAC = "aac"
"""The ending of ADTS, which holds the very frames of the M4A: encoding them is the most work of all, once is enough."""


def decode(source: Path | bytes, *, longest: float) -> array[int]:
    """Samples of 16 bits, one channel, RATE a second. Unplayable, also when it lasts over `longest` seconds."""
    opened = io.BytesIO(source) if isinstance(source, bytes) else str(source)
    samples: array[int] = array("h")
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
    try:
        with av.open(opened, "r", metadata_errors="ignore") as container:
            if not container.streams.audio:
                raise Unplayable("no sound")
            for frame in container.decode(container.streams.audio[0]):
                _gather(resampler, frame, samples)
                if len(samples) > longest * RATE:
                    raise Unplayable("too long")
            _gather(resampler, None, samples)
    except (av.FFmpegError, ValueError, EOFError) as error:
        raise Unplayable(type(error).__name__) from None
    if not samples:
        raise Unplayable("empty")
    return samples


def _gather(resampler: AudioResampler, frame: AudioFrame | None, samples: array[int]) -> None:
    for piece in resampler.resample(frame):
        samples.frombytes(bytes(piece.planes[0])[: piece.samples * 2])


def peak(samples: array[int]) -> float:
    """The loudest sample as a share of full scale."""
    return max(max(samples, default=0), -min(samples, default=0)) / 32768


def seconds(samples: array[int]) -> float:
    """How long they last."""
    return len(samples) / RATE


def write(samples: array[int], target: Path, encoding: Encoding) -> None:
    """Encode into a file."""
    with av.open(str(target), "w", format=encoding.container, options=dict(encoding.options)) as container:
        stream = cast(
            AudioStream, container.add_stream(encoding.codec, rate=RATE, options=dict(encoding.codec_options))
        )
        stream.bit_rate = encoding.rate
        stream.layout = "mono"
        resampler = AudioResampler(format=encoding.samples, layout="mono", rate=RATE, frame_size=_frame(stream))
        for frame in _frames(samples):
            for ready in resampler.resample(frame):
                container.mux(stream.encode(ready))
        for ready in resampler.resample(None):
            container.mux(stream.encode(ready))
        container.mux(stream.encode(None))


def write_all(samples: array[int], folder: Path, name: str) -> None:
    """Every encoding of a part: `name`.ogg, `name`.m4a, `name`.aac."""
    for encoding in (VOICE, M4A):
        write(samples, folder / f"{name}.{encoding.ending}", encoding)
    _unpack(folder / f"{name}.{M4A.ending}", folder / f"{name}.{AAC}")


def _unpack(source: Path, target: Path) -> None:
    """The frames of an MP4 in ADTS, not encoded again."""
    with av.open(str(source), "r") as packed, av.open(str(target), "w", format="adts") as plain:
        stream = plain.add_stream_from_template(packed.streams.audio[0])
        for packet in packed.demux(packed.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = stream
                plain.mux(packet)


def _frame(stream: object) -> int:
    return int(getattr(stream, "frame_size", 0) or 0) or 1024


def _frames(samples: array[int]) -> Iterator[AudioFrame]:
    raw = memoryview(samples).cast("B")
    for start in range(0, len(samples), _CHUNK):
        piece = bytes(raw[2 * start : 2 * (start + _CHUNK)])
        frame = AudioFrame(format="s16", layout="mono", samples=len(piece) // 2)
        frame.planes[0].update(piece)
        frame.sample_rate = RATE
        frame.pts = start
        yield frame


def cut_quietly(samples: array[int], *, longest: float, wished: float) -> list[array[int]]:
    """Pieces of at most `longest` seconds, cut at the quietest moment after `wished`: a breath, not a word."""
    pieces: list[array[int]] = []
    start = 0
    while len(samples) - start > longest * RATE:
        end = _quietest(samples, start + int(wished * RATE), start + int(longest * RATE))
        pieces.append(samples[start:end])
        start = end
    pieces.append(samples[start:])
    return pieces


def _quietest(samples: array[int], first: int, last: int) -> int:
    """The middle of the quietest fifth of a second; every eighth sample is enough to hear a pause."""
    window = RATE // 5
    best, place = None, last
    for start in range(first, last - window, window // 2):
        loud = sum(abs(each) for each in samples[start : start + window : 8])
        if best is None or loud < best:
            best, place = loud, start + window // 2
    return place
