"""parse_mode: HTML, Markdown and MarkdownV2 into plain text and entities, with Telegram's own complaints.

The wording follows tdlib's MessageEntity.cpp, which the Bot API uses; offsets in errors are UTF-8 bytes of the input.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from bot.sandbox.telegram_text import units
from bot.sandbox.things import Json

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "code": "code", "pre": "pre", "a": "text_link", "blockquote": "blockquote", "span": "spoiler",
}  # fmt: skip
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)([^<>]*)>")
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")
_RESERVED = "_*[]()~`>#+-=|{}.!"
_MARKS = {"__": "underline", "_": "italic", "*": "bold", "~": "strikethrough", "||": "spoiler"}
_NAMES = {"underline": "Underline", "italic": "Italic", "bold": "Bold", "strikethrough": "Strikethrough"}


class ParseError(Exception):
    """The text does not follow its parse mode; `str()` is what comes after "can't parse entities: "."""


@dataclass(slots=True)
class _Out:
    """The plain text so far and the entities in it."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    entities: list[Json] = field(default_factory=list)

    def add(self, piece: str) -> None:
        self.text.append(piece)
        self.length += units(piece)

    def entity(self, kind: str, start: int, **more: str) -> None:
        if self.length > start:
            self.entities.append({"type": kind, "offset": start, "length": self.length - start, **more})

    def result(self) -> tuple[str, list[Json]]:
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.text), self.entities


def parse(text: str, mode: str) -> tuple[str, list[Json]]:
    """Plain text and entities. ParseError when it is malformed; ValueError when the mode is unknown."""
    modes = {"html": _html, "markdown": _markdown, "markdownv2": _markdown_v2}
    if mode.lower() not in modes:
        raise ValueError(mode)
    return modes[mode.lower()](text)


def _at(text: str, position: int) -> int:
    return len(text[:position].encode())


def _html(text: str) -> tuple[str, list[Json]]:
    out = _Out()
    open_tags: list[tuple[str, int, str]] = []
    position = 0
    for hit in _TAG.finditer(text):
        _html_text(out, text, position, hit.start())
        position = hit.end()
        closing, tag, rest = hit.group(1), hit.group(2).lower(), hit.group(3)
        if tag not in _TAGS:
            word = "end" if closing else "start"
            raise ParseError(f'Unsupported {word} tag "{tag}" at byte offset {_at(text, hit.start())}')
        if not closing:
            open_tags.append((tag, out.length, rest))
            continue
        if not open_tags:
            raise ParseError(f"Unexpected end tag at byte offset {_at(text, hit.start())}")
        opened, start, attributes = open_tags.pop()
        if opened != tag:
            where = _at(text, hit.start())
            raise ParseError(f'Unmatched end tag at byte offset {where}, expected "</{opened}>", found "</{tag}>"')
        _html_entity(out, tag, start, attributes=attributes)
    _html_text(out, text, position, len(text))
    if open_tags:
        raise ParseError(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return out.result()


def _html_text(out: _Out, text: str, start: int, end: int) -> None:
    piece = text[start:end]
    if "<" in piece:
        where = _at(text, start + piece.index("<"))
        rest = re.match(r"</?([^\s<>/]*)", piece[piece.index("<") :])
        tag = rest.group(1).lower() if rest else ""
        if ">" not in text[start + piece.index("<") :]:
            raise ParseError(f'Can\'t find end of the start tag "{tag}" at byte offset {where}')
        raise ParseError(f'Unsupported start tag "{tag}" at byte offset {where}')
    out.add(html.unescape(piece))


def _html_entity(out: _Out, tag: str, start: int, *, attributes: str) -> None:
    if tag != "a":
        out.entity(_TAGS[tag], start)
        return
    href = _HREF.search(attributes)
    if href is not None:
        out.entity("text_link", start, url=html.unescape(next(part for part in href.groups() if part is not None)))


def _markdown(text: str) -> tuple[str, list[Json]]:
    """The old Markdown: no nesting, and a mark without its end is an error."""
    out = _Out()
    position = 0
    while position < len(text):
        char = text[position]
        if char == "\\" and text[position + 1 : position + 2] in tuple("_*`["):
            out.add(text[position + 1])
            position += 2
        elif char in "_*`[":
            position = _markdown_entity(out, text, position)
        else:
            out.add(char)
            position += 1
    return out.result()


def _markdown_entity(out: _Out, text: str, position: int) -> int:
    mark = "```" if text.startswith("```", position) else text[position]
    ending = "]" if mark == "[" else mark
    end = text.find(ending, position + len(mark))
    if end < 0:
        raise ParseError(f"Can't find end of the entity starting at byte offset {_at(text, position)}")
    start = out.length
    out.add(text[position + len(mark) : end])
    position = end + len(ending)
    if mark != "[":
        out.entity({"_": "italic", "*": "bold", "`": "code", "```": "pre"}[mark], start)
        return position
    link = re.compile(r"\(([^)]*)\)").match(text, position)
    if link is None:
        return position
    out.entity("text_link", start, url=link.group(1))
    return link.end()


def _markdown_v2(text: str) -> tuple[str, list[Json]]:
    """MarkdownV2: nesting, and every reserved character outside an entity must be escaped."""
    out = _Out()
    opened: list[tuple[str, int, int]] = []
    position = 0
    while position < len(text):
        char = text[position]
        if char == "\\" and position + 1 < len(text) and 0 < ord(text[position + 1]) < 127:
            out.add(text[position + 1])
            position += 2
        elif char == "`":
            position = _code(out, text, position)
        elif char == "[" or (char == "]" and any(mark == "[" for mark, _, _ in opened)):
            position = _link(out, text, position, opened=opened)
        elif (mark := _mark_at(text, position)) is not None:
            _toggle(out, opened, mark, where=_at(text, position))
            position += len(mark)
        elif char in _RESERVED:
            raise ParseError(f"Character '{char}' is reserved and must be escaped with the preceding '\\'")
        else:
            out.add(char)
            position += 1
    if opened:
        mark, _, where = opened[-1]
        name = "Link" if mark == "[" else _NAMES.get(_MARKS[mark], "Spoiler")
        raise ParseError(f"Can't find end of {name} entity at byte offset {where}")
    return out.result()


def _mark_at(text: str, position: int) -> str | None:
    for mark in ("__", "||", "_", "*", "~"):
        if text.startswith(mark, position):
            return mark
    return None


def _toggle(out: _Out, opened: list[tuple[str, int, int]], mark: str, *, where: int) -> None:
    if opened and opened[-1][0] == mark:
        _, start, _ = opened.pop()
        out.entity(_MARKS[mark], start)
    else:
        opened.append((mark, out.length, where))


def _code(out: _Out, text: str, position: int) -> int:
    mark = "```" if text.startswith("```", position) else "`"
    end = text.find(mark, position + len(mark))
    if end < 0:
        name = "Pre" if mark == "```" else "Code"
        raise ParseError(f"Can't find end of {name} entity at byte offset {_at(text, position)}")
    start = out.length
    out.add(re.sub(r"\\([`\\])", r"\1", text[position + len(mark) : end]))
    out.entity("pre" if mark == "```" else "code", start)
    return end + len(mark)


def _link(out: _Out, text: str, position: int, *, opened: list[tuple[str, int, int]]) -> int:
    if text[position] == "[":
        opened.append(("[", out.length, _at(text, position)))
        return position + 1
    if opened[-1][0] != "[":
        raise ParseError("Character ']' is reserved and must be escaped with the preceding '\\'")
    _, start, _ = opened.pop()
    link = re.compile(r"\(((?:\\.|[^)\\])*)\)").match(text, position + 1)
    if link is None:
        raise ParseError("Character ']' is reserved and must be escaped with the preceding '\\'")
    out.entity("text_link", start, url=re.sub(r"\\(.)", r"\1", link.group(1)))
    return link.end()
