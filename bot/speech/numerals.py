"""Numbers as Vietnamese words, and Roman numerals as numbers."""

from __future__ import annotations

from bot.speech.words import spoken

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
LARGEST = 10**15
"""Beyond it a row of digits is no amount but a code, and is read digit by digit."""


def in_words(number: int) -> str:
    """2026 → "hai nghìn không trăm hai mươi sáu". Beyond LARGEST digit by digit."""
    words = spoken().numbers
    if number < 0:
        return f"{words.minus} {in_words(-number)}"
    if number >= LARGEST:
        return one_by_one(str(number))
    if number < 1000:
        return " ".join(_below_thousand(number, full=False))
    return " ".join(_in_scales(number))


def one_by_one(digits: str) -> str:
    """ "0912" → "không chín một hai"."""
    return " ".join(spoken().numbers.digits[int(digit)] for digit in digits)


def decimal(whole: str, fraction: str) -> str:
    """("12", "5") → "mười hai phẩy năm"; a fraction with a zero in front, or a long one, digit by digit."""
    read = in_words(int(fraction)) if len(fraction) < 3 and not fraction.startswith("0") else one_by_one(fraction)
    return f"{in_words(int(whole))} {spoken().numbers.point} {read}"


def roman(text: str) -> int | None:
    """ "XIV" → 14; None for what is no Roman numeral in its usual spelling (IIII, VX)."""
    if not text or any(char not in _ROMAN for char in text):
        return None
    values = [_ROMAN[char] for char in text]
    total = sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
    return total if _spelled(total) == text else None


def _spelled(number: int) -> str:
    steps = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, letters in steps:
        while number >= value:
            written += letters
            number -= value
    return written


def _in_scales(number: int) -> list[str]:
    """By groups of three digits; from 10⁹ on "tỷ" counts in its own thousands ("một nghìn tỷ")."""
    words = spoken().numbers
    billions, rest = divmod(number, 10**9)
    found = [in_words(billions), words.scales[3]] if billions else []
    for scale in (2, 1, 0):
        group, rest = divmod(rest, 1000**scale)
        if group:
            found += _below_thousand(group, full=bool(found))
            found += [words.scales[scale]] if scale else []
    return found


def _below_thousand(number: int, *, full: bool) -> list[str]:
    """`full`: something stands before it, so that hundreds are named even when there are none."""
    words = spoken().numbers
    hundreds, rest = divmod(number, 100)
    found = [words.digits[hundreds], words.hundred] if hundreds or full else []
    tens, ones = divmod(rest, 10)
    if tens == 0:
        if ones == 0:
            return found or [words.digits[0]]
        return [*found, words.odd, words.digits[ones]] if found else [words.digits[ones]]
    found += [words.ten] if tens == 1 else [words.digits[tens], words.tens]
    return found + ([_after_tens(ones, high=tens > 1)] if ones else [])


def _after_tens(ones: int, *, high: bool) -> str:
    words = spoken().numbers
    if ones == 5:
        return words.five_after_tens
    if high and ones == 1:
        return words.one_after_tens
    return words.four_after_tens if high and ones == 4 else words.digits[ones]
