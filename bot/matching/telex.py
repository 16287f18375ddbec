"""Raw typing: keys of the Telex and VNI methods that never became letters ("cos mawtj", "d9a4 d9o5c").

A word is decoded only when, as typed, it cannot be a Vietnamese syllable and the decoded form can. So "toi" and "vang"
stay what they are, "ok" and "file" are left alone, and words half typed and half raw ("đếnx") are decoded as well.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.matching.letters import Form, form

_INITIALS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()
# Rimes of the Vietnamese syllable without tones, after the usual school tables.
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong
op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc ui um un ung uôc uôi uôm uôn uông uôt up ut
uê uêch uên uênh uơ uy uya uych uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yêm yên yêng yêt yêu
""".split()
_STOPS = ("c", "ch", "p", "t")
_RAW = re.compile(r"[a-zà-ỹđ][a-zà-ỹđ0-9]*", re.IGNORECASE)
_TELEX_TONES = {"s": 1, "f": 2, "r": 3, "x": 4, "j": 5}
_TELEX_DOUBLES = {"aa": "â", "ee": "ê", "oo": "ô", "dd": "đ", "aw": "ă", "ow": "ơ", "uw": "ư"}
_VNI_TONES = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5}
_VNI_SHAPES = {"6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}, "9": {"d": "đ"}}
_TONE_MARKS = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_VOWELS = "aăâeêioôơuưy"


def _syllables() -> frozenset[str]:
    return frozenset(initial + rime for initial in ["", *_INITIALS] for rime in _RIMES)


_SYLLABLES = _syllables()
_BARE = frozenset(form(each).key for each in _SYLLABLES)


def plausible(word: Form) -> bool:
    """Whether this can be a Vietnamese syllable as written, marks possibly left out."""
    if word.tone in {2, 3, 4} and word.key.endswith(_STOPS):
        return False
    return word.key in _BARE if word.key == word.shape else word.shape in _SYLLABLES or _partly(word)


def _partly(word: Form) -> bool:
    # "đuợc", "mươn": some marks set, others left out. The bare form decides.
    return word.key in _BARE


@lru_cache(maxsize=20_000)
def decode(word: str) -> Form:
    """The word as meant: decoded when it was raw typing, repeated letters taken out ("vângggg"), else as it is."""
    written = form(word)
    if plausible(written) or not _RAW.fullmatch(word):
        return written
    for attempt in (_telex(written, word), _vni(written), _calm(written), _twice(written)):
        if attempt is not None and plausible(attempt):
            return attempt
    return written


def _telex(written: Form, word: str) -> Form | None:
    letters: list[str] = []
    tone = written.tone
    # The last y of "maasy" follows a consonant only as long as it is raw: it is no i yet.
    shape = written.shape[:-1] + "y" if word[-1] in "yY" else written.shape
    for char in re.sub(r"(.)\1{2,}", r"\1\1", shape):
        pair = (letters[-1] if letters else "") + char
        if pair in _TELEX_DOUBLES:
            letters[-1] = _TELEX_DOUBLES[pair]
        elif char in "aeo" and char in letters[1:] and letters[-1] != char:
            letters[letters.index(char, 1)] = _TELEX_DOUBLES[char * 2]  # "khongo", "dene": the key came late
        elif char == "d" and letters[:1] == ["d"]:
            letters[0] = "đ"
        elif char == "w":
            _hook(letters)
        elif char in _TELEX_TONES and any(each in _VOWELS for each in letters) and not tone:
            tone = _TELEX_TONES[char]
        else:
            letters.append(char)
    return _compose(letters, tone)


def _hook(letters: list[str]) -> None:
    """Telex w: ư by itself, or the horn and breve of what stands before ("uow", "dduowcj", "vangw")."""
    joined = "".join(letters)
    for plain, hooked in (("uo", "ươ"), ("ưo", "ươ"), ("uơ", "ươ"), ("a", "ă"), ("o", "ơ"), ("u", "ư")):
        at = joined.rfind(plain)
        if at >= 0:
            letters[at : at + len(plain)] = list(hooked)
            return
    letters.append("ư")


def _vni(written: Form) -> Form | None:
    letters: list[str] = []
    tone = written.tone
    for char in written.shape:
        if char in _VNI_TONES:
            tone = _VNI_TONES[char]
        elif char in _VNI_SHAPES:
            table = _VNI_SHAPES[char]
            if not any(each in table for each in letters):
                return None
            letters = [table.get(each, each) for each in letters]
        else:
            letters.append(char)
    return _compose(letters, tone)


def _calm(written: Form) -> Form | None:
    """Letters held down: "vânggg", "nhéee", "dạaa"."""
    return _compose(list(re.sub(r"(.)\1+", r"\1", written.shape)), written.tone)


def _twice(written: Form) -> Form | None:
    """A vowel typed both ways: "khoông", "đuược"."""
    once = re.sub("oô|oơ|ôo", lambda found: max(found.group()), written.shape)
    return _compose(list(re.sub("aâ|aă|eê|uư", lambda found: found.group()[-1], once)), written.tone)


def _compose(letters: list[str], tone: int) -> Form | None:
    joined = "".join(letters)
    if not any(char in _VOWELS for char in joined):
        return None
    at = next(index for index, char in enumerate(joined) if char in _VOWELS)
    return form(unicodedata.normalize("NFC", joined[: at + 1] + _TONE_MARKS[tone] + joined[at + 1 :]))
