"""Files out of a form as they stream in: each up to a limit, beyond which its bytes are dropped, not kept.

Parts lie in temporary files without a name, so that nothing of a refused paper is left behind.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from typing import IO

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from bot.errors import BadInput

IN_MEMORY = 512 * 1024


@dataclass(slots=True)
class SentFile:
    """One file of the form. `too_large`: it went past the limit, and `body` holds nothing of it."""

    name: str
    body: IO[bytes]
    size: int = 0
    too_large: bool = False


@dataclass(slots=True)
class _Collector:
    """What the parser calls while bytes come in."""

    limit: int
    most: int
    files: list[SentFile] = field(default_factory=list)
    _header: bytes = b""
    _value: bytes = b""
    _disposition: bytes = b""
    _open: SentFile | None = None

    def part_begin(self) -> None:
        self._disposition, self._open = b"", None

    def header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]
        if len(self._value) > 4096:
            raise BadInput("uploads.broken-off")

    def header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header = self._value = b""

    def headers_finished(self) -> None:
        _, options = parse_options_header(self._disposition)
        name = options.get(b"filename")
        if name is None:
            return
        if len(self.files) >= self.most:
            raise BadInput("uploads.too-much")
        body = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (closed by whoever reads it)
        self._open = SentFile(name.decode("utf-8", "replace"), body)
        self.files.append(self._open)

    def part_data(self, data: bytes, start: int, end: int) -> None:
        file = self._open
        if file is None or file.too_large:
            return
        file.size += end - start
        if file.size > self.limit:
            file.too_large = True
            file.body.seek(0)
            file.body.truncate()
        else:
            file.body.write(data[start:end])


async def read_files(request: Request, *, each: int, together: int, most: int) -> list[SentFile]:
    """The files of a form, those without a name and content left out. Limits in bytes; the caller closes `body`.

    BadInput when it is no form, was cut off, or is more than `together` bytes or `most` files.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise BadInput("uploads.nothing-chosen")
    collector = _Collector(each, most)
    try:
        await _stream(request, collector, options[b"boundary"], together)
    except (MultipartParseError, ClientDisconnect):
        close(collector.files)
        raise BadInput("uploads.broken-off") from None
    except BadInput:
        close(collector.files)
        raise
    return [file for file in collector.files if file.name or file.size]


def close(files: list[SentFile]) -> None:
    """Forget the bytes."""
    for file in files:
        file.body.close()


async def _stream(request: Request, collector: _Collector, boundary: bytes, together: int) -> None:
    parser = MultipartParser(
        boundary,
        {
            "on_part_begin": collector.part_begin,
            "on_part_data": collector.part_data,
            "on_header_field": collector.header_field,
            "on_header_value": collector.header_value,
            "on_header_end": collector.header_end,
            "on_headers_finished": collector.headers_finished,
        },
    )
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > together:
            raise BadInput("uploads.too-much")
        parser.write(chunk)
    parser.finalize()
