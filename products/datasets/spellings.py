"""Ways in which offices write ranks, kinds of producer and kinds of right (pure reading)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ocop.lib.producer_names import producer_name_key
from ocop.lib.text import folded, nfc
from products.choices import IPKind, ProducerKind, Rank

STARS = {3: Rank.THREE, 4: Rank.FOUR, 5: Rank.FIVE}
NEGATIVE = re.compile(r"[-−–]\d")
POTENTIAL = re.compile(r"\b(tiem nang|tn)\b")
GLUED = re.compile(r"\b(tn|hang|ocop)(?=\d)")
STAR_WORDS = {"ba": "3", "bon": "4", "nam": "5"}
FILLERS = re.compile(r"\b(?:hang|dat|ocop|san pham|xep|phan|chuan)\b")
RENEWED, UPGRADED, OTHER = "renewed", "upgraded", "other"
REMARKS = (
    (RENEWED, re.compile(r"\b(?:tai )?(?:cong nhan|danh gia|phan hang|xep hang) lai\b")),
    (RENEWED, re.compile(r"\btai (?:cong nhan|danh gia|phan hang|xep hang)\b")),
    (UPGRADED, re.compile(r"\b(?:duoc )?nang (?:hang|cap|sao)\b|\blen hang\b")),
    (OTHER, re.compile(r"\b(?:cap )?(?:quoc gia|trung uong|tinh|huyen)\b")),
    (OTHER, re.compile(r"\bcong nhan (?:moi|lan dau)\b|\b(?:lan dau|moi|duy tri|giu hang)\b")),
    (OTHER, re.compile(r"\b(?:nam|dot) (?:\d{4}|\d)(?! sao)\b")),
)
"""What may stand beside the stars without changing them."""
NOT_RATED = re.compile(
    r"(?:khong|chua)(?: duoc)? (?:dat|xep hang|phan hang|xep loai|cong nhan|danh gia)"
    r"(?: (?:hang|hang sao|sao|ocop|yeu cau|3 sao))?|(?:bi )?(?:loai|rot|truot)|0 sao"
)

PRODUCER_KINDS = (
    (ProducerKind.COOPERATIVE_GROUP, r"^(to hop tac|tht|to san xuat)\b"),
    (ProducerKind.COOPERATIVE, r"^(hop tac xa|htx|lien hiep hop tac xa|lien hiep htx)\b"),
    (ProducerKind.COMPANY, r"^(cong ty|cty|c ty|tap doan|tong cong ty)\b"),
    (ProducerKind.ENTERPRISE, r"^(doanh nghiep|dn|dntn)\b"),
    (ProducerKind.HOUSEHOLD, r"^(ho kinh doanh|hkd|ho|co so|cssx|cs|ca the)\b"),
)

IP_KINDS = {
    IPKind.COLLECTIVE_MARK: ("nhan hieu tap the", "nhtt"),
    IPKind.CERTIFICATION_MARK: ("nhan hieu chung nhan", "nhcn"),
    IPKind.TRADEMARK: ("nhan hieu", "nhan hieu thong thuong", "nhan hieu hang hoa"),
    IPKind.INDUSTRIAL_DESIGN: ("kieu dang cong nghiep", "kieu dang", "kdcn"),
    IPKind.INVENTION: ("sang che", "bang doc quyen sang che"),
    IPKind.UTILITY_SOLUTION: ("giai phap huu ich", "gphi", "bang doc quyen giai phap huu ich"),
    IPKind.GEOGRAPHICAL_INDICATION: ("chi dan dia ly", "cddl"),
    IPKind.INTERNATIONAL_MARK: (
        "nhan hieu dang ky quoc te",
        "nhan hieu quoc te",
        "dang ky quoc te nhan hieu",
        "madrid",
        "nhan hieu madrid",
        "nhan hieu quoc te madrid",
    ),
}
# One spelling of each that is read back as itself: for exports, templates and drop-down lists.
RANK_WORDS = {
    Rank.THREE: "3 sao",
    Rank.FOUR: "4 sao",
    Rank.POTENTIAL_FIVE: "Tiềm năng 5 sao",
    Rank.FIVE: "5 sao",
}
PRODUCER_KIND_WORDS = {
    ProducerKind.COOPERATIVE: "Hợp tác xã",
    ProducerKind.COOPERATIVE_GROUP: "Tổ hợp tác",
    ProducerKind.COMPANY: "Công ty",
    ProducerKind.ENTERPRISE: "Doanh nghiệp",
    ProducerKind.HOUSEHOLD: "Hộ kinh doanh",
}
IP_KIND_WORDS = {
    IPKind.COLLECTIVE_MARK: "Nhãn hiệu tập thể",
    IPKind.CERTIFICATION_MARK: "Nhãn hiệu chứng nhận",
    IPKind.TRADEMARK: "Nhãn hiệu",
    IPKind.INDUSTRIAL_DESIGN: "Kiểu dáng công nghiệp",
    IPKind.INVENTION: "Sáng chế",
    IPKind.UTILITY_SOLUTION: "Giải pháp hữu ích",
    IPKind.GEOGRAPHICAL_INDICATION: "Chỉ dẫn địa lý",
    IPKind.INTERNATIONAL_MARK: "Nhãn hiệu quốc tế (Madrid)",
}
IP_KIND_OF = {spelling: kind for kind, spellings in IP_KINDS.items() for spelling in spellings}


@dataclass(frozen=True, slots=True)
class RankText:
    """What a cell says of a rank: `rank` None where that is none of ours. `remark`: what it says
    beside it, as written; RENEWED and UPGRADED are remarks with a meaning."""

    rank: Rank | None
    remark: str = ""
    says: str = ""


def rank(text: str) -> Rank | None:
    """The rank of `rank_text`; None where there is none."""
    return rank_text(text).rank


@lru_cache(maxsize=512)
def rank_text(text: str) -> RankText:
    """The rank written as "3 sao", "03 sao", "3", "***", "4★", "tiềm năng 5 sao", "Ba sao",
    "Hạng 3", "3 SAO OCOP", "5 sao quốc gia", "3 sao (công nhận lại)".

    1 and 2 stars are no rank; nor is what says anything else beside it.
    """
    stars = re.sub(r"[\s\ufe0e\ufe0f]", "", text)
    if re.fullmatch(r"[*★⭐✩☆]+", stars):
        # Of "★★★☆☆" the filled ones count; where all are hollow, they are the font's only stars.
        filled = re.sub(r"[✩☆]", "", stars)
        return RankText(STARS.get(len(filled or stars)))
    if NEGATIVE.match(stars):
        return RankText(None)
    key = GLUED.sub(r"\1 ", folded(re.sub(r"[★⭐✩☆*]", " sao ", text)))
    says = next((what for what, words in REMARKS if words.search(key)), "")
    for _what, words in REMARKS:
        key = words.sub(" ", key)
    potential = bool(POTENTIAL.search(key))
    bare = " ".join(FILLERS.sub(" ", POTENTIAL.sub(" ", key)).split())
    number = re.fullmatch(r"(?:0?(\d)|(ba|bon|nam)(?= sao))(?: sao)?", _said_once(bare))
    if not number:
        return RankText(None)
    star = STARS.get(int(number[1] or STAR_WORDS[number[2]]))
    if potential:
        star = Rank.POTENTIAL_FIVE if star == Rank.FIVE else None
    return RankText(star, _remark(text) if says else "", says)


def _said_once(key: str) -> str:
    """ "Ba (3) sao" and "03 (ba) sao" say one number twice; two that differ stay as they are."""
    twice = re.fullmatch(r"(0?\d|ba|bon|nam) (0?\d|ba|bon|nam) sao", key)
    if twice is None:
        return key
    first, second = (STAR_WORDS.get(word, word.lstrip("0")) for word in twice.groups())
    return f"{first} sao" if first == second else key


def _remark(text: str) -> str:
    """What is said beside the stars, as written: in brackets, or after them."""
    clean = nfc(text)
    in_brackets = re.search(r"[(\[]([^()\[\]]+)[)\]]", clean)
    if in_brackets and not POTENTIAL.search(folded(in_brackets[1])):
        return in_brackets[1].strip()
    after = re.search(r"(?:sao|★|⭐|\*|\d)\W*((?!.*(?:sao|★|⭐|\*|\d)).*\w.*)$", clean, re.I)
    return after[1].strip(" ()[]-–,;:") if after else clean


def is_not_rated(text: str) -> bool:
    """Whether a cell says that the product reached no rank: "Không đạt", "chưa xếp hạng"."""
    return NOT_RATED.fullmatch(folded(text)) is not None


def producer_kind(text: str) -> ProducerKind | None:
    """The kind that a cell names; None where it names none."""
    key = folded(producer_name_key(text))
    return next((kind for kind, pattern in PRODUCER_KINDS if re.match(pattern, key)), None)


def ip_kind(text: str) -> IPKind | None:
    return IP_KIND_OF.get(folded(text))
