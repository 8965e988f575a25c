"""Text typed with the old Vietnamese fonts (TCVN3, VNI), whose letters are other letters."""

import unicodedata

VIETNAMESE = frozenset(
    "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
    "ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴĐ"
)
# What TCVN3 and VNI leave behind when read as Windows-1252 or 1258, and correct text hardly has.
TELLING = frozenset(
    "¡¢£¤¥¦§¨©ª«¬®¯µ¶·¸¹»¼½¾ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþÿ\u0300\u0301\u0303\u0309\u0323"
)
MOST_STRANGE = 0.3


def is_legacy_text(text: str) -> bool:
    """Whether the accented letters are those of an old font rather than Vietnamese ones.

    One odd sign ("®", "Ø", a foreign name) among many good letters does not make it so.
    """
    composed = unicodedata.normalize("NFC", text)
    strange = sum(character in TELLING for character in composed)
    good = sum(character in VIETNAMESE for character in composed)
    return strange >= 2 and strange > MOST_STRANGE * (strange + good)
