"""Text typed with the old Vietnamese fonts (TCVN3, VNI), whose letters are other letters.

TCVN3 (.VnTime …) is TCVN 5712:1993, third variant: one byte a letter, all lower-case letters and
seven capitals; other capitals are lower-case letters in a font that shows capitals (.VnTimeH).
VNI (VNI-Times …) writes most letters as a base letter and a mark after it. Both came into files
as if they were Windows-1252.
"""

import re
import unicodedata

from ocop.lib.fonts.syllables import is_syllable

VIETNAMESE = frozenset(
    "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
    "ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴĐ"
)
# What TCVN3 and VNI leave behind when read as Windows-1252 or 1258, and correct text hardly has.
TELLING = frozenset(
    "¡¢£¤¥¦§¨©ª«¬®¯µ¶·¸¹»¼½¾ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþÿ\u0300\u0301\u0303\u0309\u0323"
)
TELLING_SIGN = re.compile(f"[{''.join(sorted(TELLING))}]")
MAX_STRANGE = 0.3
MAX_JUDGED_LENGTH = 20_000

TCVN3, TCVN3_CAPITALS, VNI = "tcvn3", "tcvn3-capitals", "vni"
KINDS = (TCVN3, VNI)
# From code A1 on; a dot where the third variant has no letter.
TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽé"
    "ẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ."
)
FROM_TCVN3 = {code: letter for code, letter in enumerate(TCVN3_LETTERS, 0xA1) if letter != "."}
# Marks that follow a base letter: the tone alone, then shape and tone together.
VNI_TONES = dict(zip("øûõùï", "\u0300\u0309\u0303\u0301\u0323", strict=True))
VNI_CIRCUMFLEX = dict(zip("âàåãáä", ("", *VNI_TONES.values()), strict=True))
VNI_BREVE = dict(zip("êèúüéë", ("", *VNI_TONES.values()), strict=True))
# Letters that stand for themselves. ô and ö also take a tone.
VNI_ALONE = dict(zip("ôöñíìæóòî", "ơưđíìỉĩịỵ", strict=True))
ASCII_LETTER = re.compile(r"[A-Za-z]")
WORD = re.compile(r"(?:[A-Za-z]|[^\x00-\x7f\s–—‘’“”…•])+")
ONLY_IN_UNICODE = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")
MIN_SIGNS = 2


def _vni_table() -> dict[str, str]:
    table = dict(VNI_ALONE)
    for base in "aeouyôö":
        for mark, tone in VNI_TONES.items():
            table[base + mark] = VNI_ALONE.get(base, base) + tone
    for base in "aeo":
        for mark, tone in VNI_CIRCUMFLEX.items():
            table[base + mark] = base + "\u0302" + tone
    for mark, tone in VNI_BREVE.items():
        table["a" + mark] = "a\u0306" + tone
    composed = {typed: unicodedata.normalize("NFC", meant) for typed, meant in table.items()}
    # The base letter makes the capital; a mark is the same whether typed with Caps Lock or not.
    return {
        base + mark: meant if base == typed[0] else meant.upper()
        for typed, meant in composed.items()
        for base in (typed[0], typed[0].upper())
        for mark in (typed[1:], typed[1:].upper())
    }


FROM_VNI = _vni_table()
VNI_LETTER = re.compile("|".join(sorted(FROM_VNI, key=len, reverse=True)))


def to_unicode(text: str, kind: str) -> str:
    """`text` as typed in a font of this kind, in composed Unicode.

    `kind`: tcvn3, tcvn3-capitals (a font whose name ends in H: everything shows as a capital) or
    vni. Characters that are no letters of the old font stay. Raises ValueError for other kinds.
    """
    if kind not in (TCVN3, TCVN3_CAPITALS, VNI):
        raise ValueError(kind)
    typed = unicodedata.normalize("NFC", text)
    if kind == VNI:
        return unicodedata.normalize("NFC", VNI_LETTER.sub(lambda found: FROM_VNI[found[0]], typed))
    meant = unicodedata.normalize("NFC", typed.translate(FROM_TCVN3))
    return meant.upper() if kind == TCVN3_CAPITALS else meant


def is_legacy_text(text: str) -> bool:
    """Whether the accented letters are those of an old font rather than Vietnamese ones.

    One odd sign ("®", "Ø", a foreign name) among many good letters does not make it so.
    """
    if text.isascii():
        return False
    composed = unicodedata.normalize("NFC", text)
    strange = len(TELLING_SIGN.findall(composed))
    if not strange:
        return False
    good = sum(character in VIETNAMESE for character in composed)
    if strange >= MIN_SIGNS and strange > MAX_STRANGE * (strange + good):
        return True
    # "B¶y Muèi": one odd sign and letters that are good ones elsewhere; the words tell.
    return legacy_kind(composed[:MAX_JUDGED_LENGTH]) != ""


def legacy_kind(text: str) -> str:
    """tcvn3 or vni where the words are Vietnamese only when read so; "" for any other text.

    At least two signs beyond ASCII are asked for: "5 µm" is no Vietnamese word.
    """
    if text.isascii() or sum(not character.isascii() for character in text) < MIN_SIGNS:
        return ""
    likeness = {kind: _likeness(text, kind) for kind in KINDS}
    best = max(KINDS, key=lambda kind: likeness[kind])
    return best if likeness[best] > 0 else ""


def looks_like(text: str, kind: str) -> bool | None:
    """For a text among others known to be of this kind (tcvn3 or vni).

    True: only so is it Vietnamese. False: it has letters that only Unicode has, is Vietnamese
    only as it stands, or rather of the other kind. None: it could be either ("Hòa", "Dõa"), or
    is no word in either.
    """
    if text.isascii():
        return None
    if ONLY_IN_UNICODE.search(unicodedata.normalize("NFC", text)):
        return False
    likeness = _likeness(text, kind)
    if any(_likeness(text, other) > max(0, likeness) for other in KINDS if other != kind):
        return False
    return None if likeness == 0 else likeness > 0


def _likeness(text: str, kind: str) -> int:
    """How many more words are syllables when read as `kind` than as they stand."""
    words = WORD.findall(unicodedata.normalize("NFC", text))
    gained = lost = strange = 0
    for word in words:
        if word.isascii() or not ASCII_LETTER.search(word):
            continue
        as_typed = is_syllable(word)
        read = _reads_whole(word, kind) and is_syllable(to_unicode(word, kind))
        gained += read and not as_typed
        lost += as_typed and not read
        strange += not read and not as_typed
    return 0 if lost == 0 and gained * 2 < strange else gained - lost


def _reads_whole(word: str, kind: str) -> bool:
    """Whether every sign beyond ASCII is a letter of the old font."""
    if kind == VNI:
        return VNI_LETTER.sub("", word).isascii()
    return all(character.isascii() or ord(character) in FROM_TCVN3 for character in word)
