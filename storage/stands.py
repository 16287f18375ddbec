"""The column that keeps an answer to a vote as ciphertext."""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import Dialect

from storage.crypto import EncryptedText

LETTERS = {"for": "f", "against": "a", "other": "o"}
"""By the value of storage.votes.Stand."""
_STANDS = {letter: stand for stand, letter in LETTERS.items()}


class SealedStand(EncryptedText):
    """An answer as ciphertext, "" as NULL. One letter is sealed, for the length of a ciphertext tells the length of
    what is in it."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seal the answer's letter."""
        return super().process_bind_param(LETTERS[value], dialect) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> str:
        """The answer, "" when there is none."""
        letter = super().process_result_value(value, dialect)
        return _STANDS[letter] if letter else ""
