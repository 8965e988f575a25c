"""When two names are the same: the key that products, producers, systems and tasks are known by.

Diacritics carry meaning (kẹo dừa is coconut, kẹo dứa pineapple) and are kept. What only typing
makes different is not: case, composed or not, the place of the tone mark in a rhyme, look-alike
signs and spaces. Names that are equal without diacritics only (`ocop.lib.text.folded`) are never
taken for one another; whoever enters them is asked.
"""

import re
import unicodedata
from functools import lru_cache

from ocop.lib.text import INVISIBLE, STROKED_D, TONES, nfc

LOOK_ALIKES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
    | dict.fromkeys("“”„‟″＂«»〝〞", '"')
    | dict.fromkeys("‘’‚‛′＇`´", "'")
    | {"…": "...", "／": "/", "，": ",", "．": ".", "＆": "&", "（": "(", "）": ")"}
)
WORD = re.compile(r"[^\W\d_]+")
VOWELS = "aăâeêioôơuưy"
SHAPED = "ăâêôơư"
RHYME = re.compile(rf"^(?:qu|gi(?=[{VOWELS}]))|[{VOWELS}]+")
"""What stands before the vowels of a syllable though it is written with one; runs of vowels."""


NAMES_OF_A_LIST = 1 << 14
"""Names whose keys are remembered: those of a list of 10,000 products and their producers, which
an import asks for several times each."""


@lru_cache(maxsize=NAMES_OF_A_LIST)
def identity_key(text: str) -> str:
    """The key of a name, diacritics kept: equal keys are one name.

    Composed (NFC), case folded, Ð ð Ɖ ɖ read as Đ đ, dashes, quotes and spaces made plain, the
    tone mark of each syllable in one place (hoà = hòa, thuý = thúy). Of another alphabet's
    letters only case and composition are evened out.
    """
    plain = nfc(text).translate(INVISIBLE).translate(STROKED_D).translate(LOOK_ALIKES).casefold()
    composed = unicodedata.normalize("NFC", " ".join(plain.split()))
    return WORD.sub(lambda word: _tone_in_place(word[0]), composed)


@lru_cache(maxsize=8192)
def _tone_in_place(word: str) -> str:
    """The word with its one tone mark on the vowel that bears it by the old rule; as it is where
    it has none, or several."""
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFD", word)
    tones = [mark for mark in letters if mark in TONES]
    if len(tones) != 1:
        return word
    bare = unicodedata.normalize("NFC", letters.replace(tones[0], ""))
    place = _bearer(bare)
    if place is None:
        return word
    return unicodedata.normalize("NFC", bare[: place + 1] + tones[0] + bare[place + 1 :])


def _bearer(bare: str) -> int | None:
    """Which letter of a syllable without its tone bears the mark; None where it has no vowel.

    A shaped vowel (ê, ơ …), the last of them; else in an open rhyme of several vowels the last
    but one (hòa, mía, hoài), otherwise the last (hoàn).
    """
    runs = [match for match in RHYME.finditer(bare) if not match[0].startswith(("q", "g"))]
    if not runs:
        return None
    start, end = runs[-1].span()
    shaped = [place for place in range(start, end) if bare[place] in SHAPED]
    if shaped:
        return shaped[-1]
    is_open = end == len(bare)
    return end - 2 if is_open and end - start > 1 else end - 1
