"""Vietnamese text: one spelling to store, one key to match by, one key to sort by."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

KHMER_SIGNS = "\u200b\u200c\u200d"
"""Zero-width space and joiners: between Khmer letters they part words and shape clusters."""
# Zero-width characters, soft hyphens and byte order marks come along with copied text; controls of
# the writing direction can make a name look like another one; fillers are letters without a shape.
INVISIBLE = dict.fromkeys(
    [
        *map(ord, KHMER_SIGNS + "\u00ad\u034f\u061c\u180e\u200e\u200f\ufeff"),
        *map(ord, "\u115f\u1160\u3164\uffa0\ufff9\ufffa\ufffb"),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xE0000, 0xE0080),
    ]
)
ALWAYS_INVISIBLE = {code: None for code in INVISIBLE if chr(code) not in KHMER_SIGNS}
PRINTABLE_INVISIBLE = re.compile("[\u034f\u115f\u1160\u3164\uffa0]")
"""Those that Python counts among the printable ones."""
KHMER = "\u1780-\u17ff"
BETWEEN_KHMER = re.compile(
    f"(?<=[{KHMER}])([{KHMER_SIGNS}])[{KHMER_SIGNS}]*(?=[{KHMER}])|[{KHMER_SIGNS}]+"
)
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
STROKED_D = str.maketrans("ÐðƉɖ", "ĐđĐđ")
"""Letters of Icelandic and Ewe that look like Đ and đ: some keyboards and fonts write them."""
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Printable ASCII in the order of the alphabet, so that plain byte order is dictionary order.
LETTER_KEYS = {letter: chr(ord("A") + place) for place, letter in enumerate(ALPHABET)}
# ngang (none), huyền, hỏi, ngã, sắc, nặng
TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
SHAPES = {"\u0306", "\u0302", "\u031b"}
SPACE_KEY = "!"
LEVEL_END = " "
USUAL = (
    "".join(map(chr, range(128)))
    + "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵăâđêôơư–—“”’…"
)
"""Characters that nearly all texts consist of, in small letters."""


def nfc(text: str) -> str:
    """Composed, trimmed, runs of any white space made one space, invisible characters gone.

    As `without_invisible`: what Khmer needs between its letters stays.
    """
    if _holds_nothing_invisible(text) and unicodedata.is_normalized("NFC", text):
        # Nothing invisible, no white space but spaces: most texts, and much quicker.
        if "  " not in text and text[:1] != " " and text[-1:] != " ":
            return text
        return " ".join(text.split())
    characters = without_invisible(unicodedata.normalize("NFC", text))
    spaced = "".join(
        character if unicodedata.category(character) not in ("Cc", "Cs") else " "
        for character in characters
    )
    # Dropping a joiner can bring two characters together that compose.
    return unicodedata.normalize("NFC", " ".join(spaced.split()))


def _holds_nothing_invisible(text: str) -> bool:
    return text.isprintable() and (text.isascii() or not PRINTABLE_INVISIBLE.search(text))


def without_invisible(text: str) -> str:
    """The text without characters that nobody sees: zero-width ones, controls of the writing
    direction, fillers. Line breaks and other white space stay, and so do a zero-width space or
    joiner between two Khmer letters, where they part words and shape clusters; no key holds them.
    """
    if _holds_nothing_invisible(text):
        return text
    kept = text.translate(ALWAYS_INVISIBLE)
    return BETWEEN_KHMER.sub(lambda signs: signs[1] or "", kept)


def storable(text: str) -> str:
    """Without what no database keeps: NUL, and halves of characters (lone surrogates)."""
    return UNSTORABLE.sub("", text)


def storable_data(value: Any) -> Any:
    """Plain data (dicts, lists, texts) for a JSON column, every text in it made storable."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable_data(key): storable_data(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [storable_data(each) for each in value]
    return value


def _is_accent(character: str) -> bool:
    return "\u0300" <= character <= "\u036f"


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not _is_accent(character))


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The matching key: no case, no diacritics, đ as d, punctuation as single spaces.

    Only Latin accents go: the vowel signs of Khmer are letters of their own.
    """
    usual = text.translate(USUAL_FOLDS)
    # Whatever is not in the table stays, and is beyond ASCII; so does an accent apart.
    return " ".join(usual.split()) if usual.isascii() else folded_by_character(text)


def folded_by_character(text: str) -> str:
    """The same for any character: `folded` asks a table for the usual ones."""
    bare = _bare(text.translate(INVISIBLE).translate(STROKED_D)).casefold()
    bare = _bare(bare).casefold().replace("đ", "d").translate(INVISIBLE)
    return " ".join("".join(c if _is_word(c) else " " for c in bare).split())


def _is_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


USUAL_FOLDS = {
    ord(form): folded_by_character(form) or " "
    for character in USUAL
    for form in (character, character.upper())
}


@lru_cache(maxsize=4096)
def _sorted_by(character: str) -> tuple[str, str]:
    """What a composed character counts as: its letter key and its tone.

    The letter is empty for a tone that stands alone, SPACE_KEY for what is no letter.
    """
    base, *marks = list(unicodedata.normalize("NFD", character))
    if _is_accent(base):
        return "", TONES.get(base, "")
    tone = next((TONES[mark] for mark in marks if mark in TONES), "0")
    if not _is_word(base):
        return SPACE_KEY, tone
    shape = "".join(mark for mark in marks if mark in SHAPES)
    letter = unicodedata.normalize("NFC", base + shape)
    return LETTER_KEYS.get(letter) or LETTER_KEYS.get(base) or base, tone


def vietnamese_sort_key(text: str) -> str:
    """A text key whose plain byte order is the order of a Vietnamese dictionary.

    a ă â b c d đ e ê … first; where those are equal, the tones ngang huyền hỏi ngã sắc nặng.
    Spaces come before digits, digits before letters; case and punctuation do not count.
    """
    plain = nfc(text).translate(INVISIBLE)
    small = unicodedata.normalize("NFC", plain.translate(STROKED_D).lower())
    usual = small.translate(USUAL_TONES)
    if usual.isascii() and usual.isdigit():
        return small.translate(USUAL_LETTERS) + LEVEL_END + usual.rstrip("0")
    return _sort_key_by_character(small)


def _sort_key_by_character(small: str) -> str:
    letters: list[str] = []
    tones: list[str] = []
    for character in small:
        letter, tone = _sorted_by(character)
        if not letter:
            if tones and tone:
                tones[-1] = tone
            continue
        if letter == SPACE_KEY and (not letters or letters[-1] == SPACE_KEY):
            continue
        letters.append(letter)
        tones.append(tone)
    return "".join(letters).rstrip(SPACE_KEY) + LEVEL_END + "".join(tones).rstrip("0")


# Of small letters, digits and single spaces each stands for itself alone.
_PLAIN = [c for c in USUAL if c == c.lower() and (c.isalnum() or c == " ")]
USUAL_LETTERS = {ord(character): _sorted_by(character)[0] for character in _PLAIN}
USUAL_TONES = {ord(character): _sorted_by(character)[1] for character in _PLAIN}
