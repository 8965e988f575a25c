"""Names of producers: the legal form spelt out, and what stands behind a name but is none of it.

Offices write "HTX", "H.T.X" and "hợp tác xã" for one form, and put addresses and telephone numbers
behind names. The key by which two producers are the same has the form spelt out and leaves the
rest out; the name itself stays as it was written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from ocop.lib.identity import NAMES_OF_A_LIST, identity_key
from ocop.lib.text import folded, nfc

COOPERATIVE_UNION = "liên hiệp hợp tác xã"
COOPERATIVE = "hợp tác xã"
COOPERATIVE_GROUP = "tổ hợp tác"
COMPANY = "công ty"
ENTERPRISE = "doanh nghiệp"
HOUSEHOLD = "hộ"
WORKSHOP = "cơ sở"

FORM_OF_ABBREVIATION = {
    "lhhtx": COOPERATIVE_UNION,
    "htx": COOPERATIVE,
    "tht": COOPERATIVE_GROUP,
    "cty": COMPANY,
    "ct": COMPANY,
    "dn": ENTERPRISE,
    "h": HOUSEHOLD,
    "cs": WORKSHOP,
}
ONLY_WITH_MORE = {"ct", "h"}
"""Abbreviations that stand for the form only where more of it follows: CTCP, CT TNHH, HKD."""
FORM_WORDS = {
    **{form: form for form in FORM_OF_ABBREVIATION.values()},
    "liên hiệp htx": COOPERATIVE_UNION,
    "tổ ht": COOPERATIVE_GROUP,
    "c ty": COMPANY,
}
BUSINESS = {
    "nn": "nông nghiệp",
    "dv": "dịch vụ",
    "sx": "sản xuất",
    "tm": "thương mại",
    "kd": "kinh doanh",
    "ts": "thủy sản",
    "xnk": "xuất nhập khẩu",
}
LIABILITY = {"tnhh": "trách nhiệm hữu hạn", "cp": "cổ phần", "mtv": "một thành viên"}
MORE = {
    COOPERATIVE_UNION: BUSINESS,
    COOPERATIVE: BUSINESS,
    COOPERATIVE_GROUP: BUSINESS,
    COMPANY: BUSINESS | LIABILITY,
    ENTERPRISE: {"tn": "tư nhân"},
    HOUSEHOLD: {"kd": "kinh doanh", "sx": "sản xuất"},
    WORKSHOP: BUSINESS,
}
"""What may follow a form as part of it, by its abbreviation."""
ONE_MEMBER = ("1 thành viên", "1tv", "1 tv", "một tv")
TOKEN = re.compile(r"[^\W_]+")
BETWEEN = re.compile(r"[\s.\-/&,+]*")


def _spellings(meanings: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    """What some words mean, each of them with its diacritics or without any."""
    return {
        spelling: meaning
        for words, meaning in meanings.items()
        for spelling in product(*({word, folded(word)} for word in words.split()))
    }


# "Ho" and "Hồ" are names too: one word alone is a form with its diacritics only.
FORMS = {
    words: form
    for words, form in _spellings(FORM_WORDS).items()
    if len(words) > 1 or words == (form,)
}
MORE_WORDS = {
    form: _spellings(
        {long: long for long in more.values()}
        | (dict.fromkeys(ONE_MEMBER, LIABILITY["mtv"]) if form == COMPANY else {})
    )
    for form, more in MORE.items()
}
FIRST_WORDS = {words[0] for words in FORMS}
LONGEST = 5
"""Words of the longest form."""


@dataclass(frozen=True, slots=True)
class NamedForm:
    """A name taken apart: `form` is one of the forms above or "", `words` the form spelt out with
    what belongs to it, `rest` the name itself (an identity key)."""

    form: str
    words: tuple[str, ...]
    rest: str

    @property
    def key(self) -> str:
        return " ".join([*self.words, self.rest]).strip()


@lru_cache(maxsize=NAMES_OF_A_LIST)
def producer_name_key(name: str) -> str:
    """The key of a producer's name, diacritics kept: equal keys are one producer of a district.

    The identity key with the legal form at its beginning spelt out (HTXNN = hợp tác xã nông
    nghiệp, CSSX and Cơ sở = cơ sở sản xuất), without the telephone number and address behind it.
    """
    return named_form(name).key


def legal_form(name: str) -> str:
    """The form a name begins with (COOPERATIVE, COMPANY …); "" where it begins with none."""
    return named_form(name).form


def named_form(name: str, anywhere: bool = False) -> NamedForm:
    """The name taken apart. `anywhere`: a form at the end counts too ("Ong Vàng HTX")."""
    return _taken_apart(identity_key(split_producer(name).name), anywhere)


def spelt_out(text: str) -> str:
    """The key of a text that begins with a producer's name, with all that stands behind it."""
    return _taken_apart(identity_key(text)).key


def _taken_apart(key: str, anywhere: bool = False) -> NamedForm:
    tokens = list(TOKEN.finditer(key))
    form, words, used = _form_at(tokens, 0, key) if tokens else ("", (), 0)
    if form:
        rest = key[tokens[used - 1].end() :] if used < len(tokens) else ""
        return NamedForm(form, words, rest.lstrip(" .-/&,+:"))
    for start in range(1, len(tokens)) if anywhere else ():
        form, words, used = _form_at(tokens, start, key)
        if form and used == len(tokens):
            return NamedForm(form, words, key[: tokens[start].start()].strip(" .-/&,+:("))
    return NamedForm("", (), key)


def _form_at(tokens: list[re.Match[str]], start: int, key: str) -> tuple[str, tuple[str, ...], int]:
    """(form, its words spelt out, the token after it) of the form that begins at a token."""
    texts = [token[0] for token in tokens]
    form, words, place = _first_part(texts, start)
    while form and place < len(tokens):
        gap = key[tokens[place - 1].end() : tokens[place].start()]
        more, after = _more_of(form, texts, place)
        if not more or not BETWEEN.fullmatch(gap):
            break
        if "&" in gap:
            words.append("và")
        words += more
        place = after
    if form == WORKSHOP and len(words) == 1:
        words.append(BUSINESS["sx"])
    return form, tuple(words), place


def _first_part(texts: list[str], start: int) -> tuple[str, list[str], int]:
    first = texts[start]
    if first in FIRST_WORDS:
        for length in range(min(LONGEST, len(texts) - start), 0, -1):
            if form := FORMS.get(tuple(texts[start : start + length])):
                return form, [form], start + length
    if first == "ho" and texts[start + 1 : start + 2] in (["kinh"], ["kd"]):
        return HOUSEHOLD, [HOUSEHOLD], start + 1
    letters = _single_letters(texts, start)
    for length in (*range(letters, 1, -1), 1):
        joined = "".join(texts[start : start + length])
        for abbreviation, form in FORM_OF_ABBREVIATION.items():
            if joined.startswith(abbreviation):
                more = _run_of(joined[len(abbreviation) :], MORE[form])
                if more or (more == [] and abbreviation not in ONLY_WITH_MORE):
                    return form, [form, *more], start + length
    if first == "ct" and start + 1 < len(texts):
        more, _after = _more_of(COMPANY, texts, start + 1)
        if more[:1] in ([LIABILITY["tnhh"]], [LIABILITY["cp"]]):
            return COMPANY, [COMPANY], start + 1
    return "", [], start


def _more_of(form: str, texts: list[str], place: int) -> tuple[list[str], int]:
    """What of the form stands at a place, spelt out, and the place behind it."""
    for length in range(min(LONGEST, len(texts) - place), 0, -1):
        if long := MORE_WORDS[form].get(tuple(texts[place : place + length])):
            return [long], place + length
    for length in (*range(_single_letters(texts, place), 1, -1), 1):
        run = _run_of("".join(texts[place : place + length]), MORE[form])
        if run:
            return run, place + length
    if texts[place] == "và" and place + 1 < len(texts):
        more, after = _more_of(form, texts, place + 1)
        return (["và", *more], after) if more else ([], place)
    return [], place


def _single_letters(texts: list[str], start: int) -> int:
    """How many tokens from a place on are single letters ("h.t.x"), six at most."""
    count = 0
    while count < 6 and start + count < len(texts) and len(texts[start + count]) == 1:
        count += 1
    return count


def _run_of(text: str, allowed: dict[str, str]) -> list[str] | None:
    """Abbreviations written together ("dvnn"), spelt out; None where it is something else."""
    found = []
    while text:
        first = next((one for one in allowed if text.startswith(one)), None)
        if first is None:
            return None
        found.append(allowed[first])
        text = text[len(first) :]
    return found


# --- What stands behind a name --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SplitName:
    """A cell with a producer's name, and the address and telephone number behind it ("" : none)."""

    name: str
    address: str = ""
    telephone: str = ""


LABELLED_TELEPHONE = re.compile(
    r"[\s,;(\[–—-]*(?<![^\W_])(?:số\s+)?(?:đtdđ|đtdd|sđt|đt|dđ|điện\s+thoại|di\s+động|tel|phone|"
    r"hotline|zalo|sdt|dt|dien\s+thoai)\.?(?:\s+di\s+động)?\s*[:.]?\s*"
    r"(?P<number>\+?\d[\d .\-/]{4,}\d)\s*[)\].;,]*$",
    re.IGNORECASE,
)
TELEPHONE = re.compile(
    r"[\s,;(\[–—:-]+(?P<number>(?:\+84|0)[\d .\-]{7,}\d)\s*[)\].;,]*$", re.IGNORECASE
)
LABELLED_ADDRESS = re.compile(
    r"[\s,;(\[–—.-](?:địa\s+chỉ|dia\s+chi|đ/c|đc)(?:\s*:\s*|\s*\.\s+|\s+)(?P<address>\S.*)$",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r"\s*[,;\n]\s*|\s+[–—-]\s*|\s*[–—]\s+|\s*\(")
UNIT = re.compile(
    r"(?:xã|phường|thị\s+trấn|thị\s+xã|huyện|xa|phuong|thi\s+tran|thi\s+xa|huyen)\s+"
    r"(?!hội\b|viên\b)\S|(?:tt|tx|tp|p|x|h)\.\s*\S|(?:tx|tp)\s+\S",
    re.IGNORECASE,
)
"""A place that says by itself that it is one."""
PLACE = re.compile(
    r"(?:ấp|khóm|thôn|tổ\s+(?=\d)|khu\s+phố|khu\s+vực|số\s+nhà|số\s+(?=\d)|\d+[a-z]?[/\d]*\s+\S|đường|"
    r"quốc\s+lộ|tỉnh\s+lộ|hương\s+lộ|ql\.?\s*\d|thành\s+phố|tỉnh|tt|ap|khom)\s+\S|\d+[a-z]?/\d+",
    re.IGNORECASE,
)
CITY = re.compile(r"(?:thành\s+phố|thanh\s+pho)(?:\s+\w+){1,3}", re.IGNORECASE)
"""In brackets behind a name, a city alone is where it is: "Công ty Mẫu (thành phố Sa Đéc)"."""
MAX_WORDS_OF_A_PLACE = 4
LONGEST_CELL, LONGEST_TELEPHONE, MAX_PARTS = 600, 70, 12
"""Letters of a name with its address, and parts of an address: more is none."""
MAY_BE_MORE = re.compile(r"[,;\n(–—-]|\d{3}|[đ][/cị]", re.IGNORECASE)
"""What no address or telephone number behind a name is without: most names have none."""


@lru_cache(maxsize=4096)
def split_producer(text: str) -> SplitName:
    """The name, address and telephone number of a cell that holds a producer.

    What stands behind the name is taken off only where it is clearly an address (it is named so,
    or every part of it is a place and one of them a commune, ward, town or district) or a
    telephone number; a name of which nothing but the legal form would be left is kept whole.
    """
    if len(text) > LONGEST_CELL or not MAY_BE_MORE.search(text):
        return SplitName(nfc(text))
    name, address, telephones = nfc(text.replace("\n", ", ")), "", []
    while True:
        end = max(len(name) - LONGEST_TELEPHONE, 0)
        found = LABELLED_TELEPHONE.search(name, end) or TELEPHONE.search(name, end)
        digits = re.sub(r"\D", "", found["number"]) if found else ""
        if found and found.start() and 6 <= len(digits) <= 24:
            telephones.insert(0, found["number"].strip())
            name = name[: found.start()]
            continue
        start, places = _address_behind(name)
        if not places or address or not start:
            break
        name, address = name[:start], places
    name = name.rstrip(" ,;–—-(")
    if name.count(")") > name.count("("):
        name = name.rstrip(" )")
    if not (address or telephones) or not name or _is_form_alone(name):
        return SplitName(nfc(text))
    return SplitName(name, address, "; ".join(telephones))


def _is_form_alone(name: str) -> bool:
    key = identity_key(name)
    tokens = list(TOKEN.finditer(key))
    form, _words, used = _form_at(tokens, 0, key) if tokens else ("", (), 0)
    return bool(form) and used == len(tokens)


def _address_behind(name: str) -> tuple[int, str]:
    """Where an address begins behind a name, and the address; (0, "") where there is none."""
    if labelled := LABELLED_ADDRESS.search(name):
        return labelled.start(), labelled["address"].strip(" .;,)")
    cuts = list(SEPARATOR.finditer(name))[-MAX_PARTS:]
    for cut in cuts:
        behind = name[cut.end() :].strip(" .;,)")
        parts = [part.strip(" .)") for part in SEPARATOR.split(behind) if part.strip(" .)")]
        in_brackets = "(" in cut[0] and CITY.fullmatch(behind)
        if cut.start() and parts and (in_brackets or _is_address(parts)):
            return cut.start(), behind
    return 0, ""


def _is_address(parts: list[str]) -> bool:
    """Places from the first on, one of them a unit; bare names may follow ("…, Cầu Kè").

    A single place is one only where it says which unit it is: "Rượu, ấp Bắc" may be a brand.
    """
    units = [bool(UNIT.match(part)) for part in parts]
    places = [unit or bool(PLACE.match(part)) for part, unit in zip(parts, units, strict=True)]
    if not places[0] or not (any(units) or sum(places) > 1):
        return False
    bare = [part for part, place in zip(parts, places, strict=True) if not place]
    # Before a unit nothing stands that is no place.
    last = max(index for index, place in enumerate(places) if place)
    return all(places[: min(last, len(parts))]) and all(
        len(part.split()) <= MAX_WORDS_OF_A_PLACE and part[:1].isupper() for part in bare
    )
