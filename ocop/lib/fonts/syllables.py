"""Whether a word is spelt as a Vietnamese syllable: tells a good reading from a garbled one."""

import re
import unicodedata
from functools import lru_cache

TONES = {"\u0300", "\u0309", "\u0303", "\u0301", "\u0323"}
ACUTE_OR_DOT = {"\u0301", "\u0323"}
RIMES = """
    a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu
    iêc iêm iên iêng iêp iêt iêu yêm yên yêng yêt yêu y ynh ych o oc oi om on ong ooc oong
    op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo
    oet ô ôc ôi ôm ôn ông ôp ôt ôông ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât
    uây uê uêch uênh uơ uy uya uych uynh uyp uyt uyu uyên uyêt uôc uôi uôm uôn uông uôt
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
"""
# After "qu" the u belongs to the onset.
AFTER_QU = "a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et ê"
AFTER_QU += " êch ên ênh êt y ych ynh yt yên yêt ơ ơi ơn ôc i it in"
ONSET = r"(?:b|ch|d|đ|g(?=[aăâoôơuưi])|gh(?=[eêi])|gi|h|kh|k(?=[eêiy])|c(?=[aăâoôơuư])|l|m|nh"
ONSET += r"|ngh(?=[eêi])|ng(?=[aăâoôơuư])|n(?!g|h)|ph|p|r|s|th|tr|t(?!h|r)|v|x)?"
SYLLABLE = re.compile(
    f"{ONSET}(?:{'|'.join(sorted(RIMES.split(), key=len, reverse=True))})"
    f"|qu(?:{'|'.join(sorted(AFTER_QU.split(), key=len, reverse=True))})"
)
STOPPED = re.compile(r"(?:c|ch|p|t)$")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Onset, rime and tone as the orthography allows them, in any case.

    A rime that ends in c, ch, p or t takes the acute or the dot below only.
    """
    bare, tones = [], []
    for character in unicodedata.normalize("NFD", word.lower()):
        (tones if character in TONES else bare).append(character)
    if len(tones) > 1:
        return False
    letters = unicodedata.normalize("NFC", "".join(bare))
    if not SYLLABLE.fullmatch(letters):
        return False
    return not STOPPED.search(letters) or bool(tones and tones[0] in ACUTE_OR_DOT)
