"""Numbers and days of decisions as offices write them: "QĐ số1693/QÐ‑UBND, ngày 22/8/2022"."""

import re
from dataclasses import dataclass
from datetime import date

from ocop.lib.identity import LOOK_ALIKES
from ocop.lib.text import STROKED_D, nfc

NUMBER = re.compile(
    r"(?<![\d/.-])(\d{1,6}[a-z]?)\s*/\s*(\d{4}\s*/\s*)?Q[ĐD]"
    r"(?:\s*[-./]\s*(?!ng[àa]y)([A-ZĐ]{2,12}(?:-[A-ZĐ]{1,10})*)|\s+(UBND|BNN(?:PTNT|MT)?))(?!\w)",
    re.I,
)
BARE_NUMBER = re.compile(
    r"(?:quy[ếe]t\s+[đd][ịi]nh|Q[ĐD])\s*(?:s[ốo])?\s*:?\s*(\d{1,6})(?=\s*[,;(-]?\s*ng[àa]y\s*\d)",
    re.I,
)
"""A number without the office that decided, right before its day."""
IN_DIGITS = r"\d{1,2}\s*(?P<sign>[/.-])\s*\d{1,2}\s*(?P=sign)\s*\d{4}(?!\d)"
IN_WORDS = r"\d{1,2}\s*th[áa]ng\s*\d{1,2}\s*,?\s*n[ăa]m\s*\d{4}(?!\d)"
RIGHT_AFTER = re.compile(rf"[\s,;:()-]*(?:k[ýy]\s+)?({IN_DIGITS})", re.I)
WITH_WORD = re.compile(rf"ng[àa]y\s*:?\s*((?:{IN_DIGITS})|(?:{IN_WORDS}))", re.I)
LIMIT = re.compile(r"(?:đến|den|hết|het|từ|tu|trước|truoc|sau|kể|ke)\s+(?:hết\s+|het\s+)?$", re.I)
"""Before a day that is no decision's: a list of what is valid "đến ngày 31/12/2024"."""
GLUED = re.compile(r"(?<=[^\W_])(?=ng[àa]y\s*\d)", re.I)
DAY_PARTS = re.compile(r"(\d{1,2})\D+(\d{1,2})\D+(\d{4})")
LEAST_LENGTH = 8


@dataclass(frozen=True, slots=True)
class DecisionText:
    """A decision named in a text: `start` and `end` of its number in `plain_text`, `after` how
    far the words about it reach; `day` None where no full day follows."""

    number: str
    day: date | None
    start: int
    end: int
    after: int


def plain_text(text: str) -> str:
    """Composed, Ð as Đ, hyphens and spaces of every kind plain, "UBNDngày 5" apart."""
    return GLUED.sub(" ", nfc(text).translate(STROKED_D).translate(LOOK_ALIKES))


def decisions_in(plain: str) -> list[DecisionText]:
    """Every decision that a `plain_text` names by its number, in their order."""
    if len(plain) < LEAST_LENGTH:
        return []
    matches = [*NUMBER.finditer(plain), *BARE_NUMBER.finditer(plain)]
    matches.sort(key=lambda match: match.start())
    ends = [*(match.start() for match in matches), len(plain)][1:]
    return [
        DecisionText(_number(match), day_after(plain[match.end() : end]), *match.span(), end)
        for match, end in zip(matches, ends, strict=True)
    ]


def _number(match: re.Match[str]) -> str:
    if match.re is BARE_NUMBER:
        return match[1]
    year = re.sub(r"\s", "", match[2] or "")
    return f"{match[1]}/{year}QĐ-{match[3] or match[4]}".upper()


def day_after(text: str) -> date | None:
    """The day that follows a decision's number; None for none, an impossible one, a bare month."""
    match = RIGHT_AFTER.match(text)
    if match:
        return _day(match[1])
    for match in WITH_WORD.finditer(text):
        if not LIMIT.search(text[: match.start()]):
            return _day(match[1])
    return None


def _day(text: str) -> date | None:
    parts = DAY_PARTS.match(text)
    assert parts is not None
    try:
        return date(int(parts[3]), int(parts[2]), int(parts[1]))
    except ValueError:
        return None


def decision_in_cell(text: str) -> tuple[str, date | None] | None:
    """(number, day) of the one decision that a cell names, in whatever order.

    None where it names none or several: nobody can tell which one the row means.
    """
    plain = plain_text(text)
    found = decisions_in(plain)
    if len({one.number for one in found}) != 1:
        return None
    day = found[0].day
    if day is None:
        before = list(WITH_WORD.finditer(plain[: found[0].start]))
        limited = before and LIMIT.search(plain[: before[0].start()])
        day = _day(before[0][1]) if len(before) == 1 and not limited else None
    return found[0].number, day


def gaps(plain: str, found: list[DecisionText]) -> list[str]:
    """What stands before each decision's number, back to the number before it."""
    starts = [0, *(one.end for one in found)]
    return [plain[start : one.start] for start, one in zip(starts, found, strict=False)]
