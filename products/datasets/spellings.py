"""Ways in which offices write ranks, kinds of producer and kinds of right (pure reading)."""

import re

from ocop.lib.producer_names import producer_name_key
from ocop.lib.text import folded
from products.choices import IPKind, ProducerKind, Rank

STARS = {3: Rank.THREE, 4: Rank.FOUR, 5: Rank.FIVE}
NEGATIVE = re.compile(r"[-−–]\d")
POTENTIAL = re.compile(r"\b(tiem nang|tn)\b")

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


def rank(text: str) -> Rank | None:
    """The rank written as "3 sao", "03 sao", "3", "***", "4★", "tiềm năng 5 sao", "TN 5 sao".

    None where it is none of these; 1 and 2 stars are no rank.
    """
    stars = re.sub(r"[\s\ufe0e\ufe0f]", "", text)
    if re.fullmatch(r"[*★⭐✩☆]+", stars):
        # Of "★★★☆☆" the filled ones count; where all are hollow, they are the font's only stars.
        filled = re.sub(r"[✩☆]", "", stars)
        return STARS.get(len(filled or stars))
    if NEGATIVE.match(stars):
        return None
    key = folded(re.sub(r"[★⭐✩☆*]", " sao ", text))
    potential = bool(POTENTIAL.search(key))
    number = re.fullmatch(
        r"(?:(?:hang|dat|ocop)\s*)*0?(\d)(?:\s*sao)?", POTENTIAL.sub(" ", key).strip()
    )
    if not number:
        return None
    if potential:
        return Rank.POTENTIAL_FIVE if number[1] == "5" else None
    return STARS.get(int(number[1]))


def producer_kind(text: str) -> ProducerKind | None:
    """The kind that a cell names; None where it names none."""
    key = folded(producer_name_key(text))
    return next((kind for kind, pattern in PRODUCER_KINDS if re.match(pattern, key)), None)


def ip_kind(text: str) -> IPKind | None:
    return IP_KIND_OF.get(folded(text))
