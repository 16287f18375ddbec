"""How an Outgoing looks on Telegram: parts, keyboard, captions. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from bot.messages import Outgoing, OutgoingFile
from bot.platforms.parts import split, units, well_formed

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

_SHORT_LABEL = 20
"""Characters up to which two buttons share a row and are still read whole on an old phone."""


@dataclass(frozen=True, slots=True)
class Part:
    """One API call: a text, or a file with an optional caption. Only the last part carries the keyboard."""

    text: str
    file: OutgoingFile | None = None
    keyboard: InlineKeyboardMarkup | None = None


def plain_rows(markup: InlineKeyboardMarkup) -> list[list[dict[str, str]]]:
    """The keyboard as the API's JSON has it: what the library's own to_dict makes, without its price."""
    return [
        [{"text": button.text, "callback_data": str(button.callback_data)} for button in row]
        for row in markup.inline_keyboard
    ]


def parts(message: Outgoing) -> list[Part]:
    """The calls that `message` takes, in order; [] when there is nothing to send.

    A text too long for a caption follows the file. A sticker has no caption at all.
    """
    markup = keyboard(message.choices)
    file = message.file
    if file is None:
        pieces = [Part(piece) for piece in split(message.text, TEXT_LIMIT)]
    elif file.kind != "sticker" and units(well_formed(message.text).strip()) <= CAPTION_LIMIT:
        pieces = [Part(well_formed(message.text).strip(), file)]
    else:
        pieces = [Part("", file), *(Part(piece) for piece in split(message.text, TEXT_LIMIT))]
    if pieces and markup is not None:
        pieces[-1] = Part(pieces[-1].text, pieces[-1].file, markup)
    return pieces


def keyboard(choices: Sequence[tuple[str, str]]) -> InlineKeyboardMarkup | None:
    """Inline buttons, two short ones to a row, a long one alone; None without choices."""
    rows: list[list[InlineKeyboardButton]] = []
    room = False
    for label, data in choices:
        button = InlineKeyboardButton(label, callback_data=data)
        short = len(label) <= _SHORT_LABEL
        if short and room:
            rows[-1].append(button)
            room = False
        else:
            rows.append([button])
            room = short
    return InlineKeyboardMarkup(rows) if rows else None
