"""What stands around the rows: ranks in group rows and titles, the district of the title."""

import re
from collections.abc import Sequence
from functools import lru_cache

from ocop.lib.text import folded
from ocop.organisation.models import Unit
from ocop.organisation.unit_names import UnitNames
from products.choices import Rank
from products.datasets.spellings import STARS

STAR = re.compile(r"\b(?:(tiem nang|tn) )?0?([345]) sao\b( tiem nang)?")
RANGE = re.compile(r"\b(?:tro len|tu|den|toi thieu|it nhat|duoi|tren|hoac|va)\b")
IN_WORDS = {"ba sao": "3 sao", "bon sao": "4 sao", "nam sao": "5 sao"}
SIGNED_AT = re.compile(r"^\W*[^,]{0,40},\s*ng[àa]y\b", re.I)
KINDS = ("huyen", "thi xa", "tx", "thanh pho", "tp")
OF_A_DISTRICT = re.compile(
    r"\b(?:ubnd|uy ban nhan dan|dia ban|danh sach|san pham|ocop|cua|phong|hoi dong)\b"
)


def rank_of_groups(groups: Sequence[str]) -> Rank | None:
    """The rank that the nearest group row above names."""
    return _of_groups(tuple(groups))


@lru_cache(maxsize=256)
def _of_groups(groups: tuple[str, ...]) -> Rank | None:
    found = (_one_rank([text]) for text in reversed(groups))
    return next((rank for rank in found if rank is not None), None)


def rank_of_titles(titles: Sequence[tuple[str, str]]) -> Rank | None:
    """The one rank that the titles name; None for several, or for "từ 3 sao trở lên"."""
    return _one_rank([text for _cell, text in titles])


def _one_rank(texts: Sequence[str]) -> Rank | None:
    ranks = set()
    for text in texts:
        key = folded(text)
        for words, digits in IN_WORDS.items():
            key = key.replace(words, digits)
        found = list(STAR.finditer(key))
        if found and RANGE.search(key[max(0, found[0].start() - 12) : found[-1].end() + 12]):
            return None
        for match in found:
            rank = STARS[int(match[2])]
            potential = bool(match[1] or match[3])
            if potential and rank != Rank.FIVE:
                return None
            ranks.add(Rank.POTENTIAL_FIVE if potential else rank)
    return ranks.pop() if len(ranks) == 1 else None


def district_of_titles(titles: Sequence[tuple[str, str]], units: UnitNames) -> Unit | None:
    """The one district whose list this is, by its titles ("của UBND huyện Cầu Kè").

    None where they name none or several. The place of signing names no district.
    """
    said = [folded(text) for _cell, text in titles if not SIGNED_AT.match(text)]
    # A heading is often set in two lines: "ỦY BAN NHÂN DÂN" above "HUYỆN CẦU KÈ".
    alone = {text for text in said if text.startswith(KINDS)}
    told = [f" {text} " for text in said if text in alone or OF_A_DISTRICT.search(text)]
    named = {
        unit.pk: unit
        for unit in units.districts
        for kind in _kinds_of(unit)
        for text in told
        if f" {kind} {_bare(unit)} " in text
    }
    return next(iter(named.values())) if len(named) == 1 else None


def _bare(unit: Unit) -> str:
    key = folded(unit.name)
    return next((key.removeprefix(f"{k} ") for k in KINDS if key.startswith(f"{k} ")), key)


def _kinds_of(unit: Unit) -> tuple[str, ...]:
    key = folded(unit.name)
    if key.startswith("thi xa "):
        return "thi xa", "tx"
    return ("thanh pho", "tp") if key.startswith("thanh pho ") else ("huyen",)
