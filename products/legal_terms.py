"""How long an intellectual property right lasts, and what its numbers look like. Pure rules.

Terms after the Law on Intellectual Property: marks 10 years from filing, renewable; industrial
designs 5 years from filing, renewable twice; inventions 20, utility solutions 10; geographical
indications without end; Madrid registrations 10 years.
"""

import re
from collections.abc import Mapping
from datetime import date
from itertools import combinations

from ocop.lib.dates import add_months
from ocop.lib.identity import identity_key
from products.choices import IPKind

YEARS = {
    IPKind.COLLECTIVE_MARK: 10,
    IPKind.CERTIFICATION_MARK: 10,
    IPKind.TRADEMARK: 10,
    IPKind.INTERNATIONAL_MARK: 10,
    IPKind.INDUSTRIAL_DESIGN: 5,
    IPKind.INVENTION: 20,
    IPKind.UTILITY_SOLUTION: 10,
}
MAX_YEARS = {IPKind.INDUSTRIAL_DESIGN: 15, IPKind.INVENTION: 20, IPKind.UTILITY_SOLUTION: 10}
"""The longest that a right lasts with all renewals; marks are renewed without limit."""

FIRST_DIGIT = {
    IPKind.INVENTION: "1",
    IPKind.UTILITY_SOLUTION: "2",
    IPKind.INDUSTRIAL_DESIGN: "3",
    IPKind.TRADEMARK: "4",
    IPKind.COLLECTIVE_MARK: "4",
    IPKind.CERTIFICATION_MARK: "4",
    IPKind.GEOGRAPHICAL_INDICATION: "6",
}
NUMBER = r"(?:[a-z]{2}[\s./-]*)?\d[\s./-]*(?:19|20)\d\d[\s./-]*\d{4,6}(?!\d)"
APPLICATION = re.compile(
    r"(?:(?:số\s+)?đơn(?:\s+số)?\s*:?\s*|số\s*:?\s*)?"
    r"(?:(?P<office>[a-z]{2})[\s./-]*)?(?P<kind>\d)[\s./-]*(?P<year>(?:19|20)\d\d)"
    r"[\s./-]*(?P<serial>\d{4,6})(?!\d)[\s.,;*]*(?:[(\[].*|(?:cấp|ngày|nộp)\b.*)?"
)
SEVERAL = re.compile(rf"(?<![\w-]){NUMBER}")
OWN_OFFICE = "vn"
OTHER_NUMBER = re.compile(r"[0-9]{5,8}")
"""Numbers of international registrations, and of applications of before 2000."""

STEPS = ("filed_on", "accepted_on", "published_on", "granted_on")
ENDS = ("ended_on", "withdrawn_on", "refused_on", "cancelled_on")

REMINDERS = (180, 90, 30)
"""Days before the end of a term or certificate on which its holder is reminded."""


def protected_until(kind: str, filed_on: date | None, renewed_until: date | None) -> date | None:
    """The last day of protection as known; None where it never ends or the filing is unknown."""
    if kind not in YEARS:
        return None
    first = add_months(filed_on, 12 * YEARS[IPKind(kind)]) if filed_on else None
    if renewed_until and (first is None or renewed_until > first):
        return renewed_until
    return first


def longest(kind: str, filed_on: date | None) -> date | None:
    """The last day that any renewal can reach; None where there is no limit."""
    if filed_on is None or kind not in MAX_YEARS:
        return None
    return add_months(filed_on, 12 * MAX_YEARS[IPKind(kind)])


def out_of_order(days: Mapping[str, date | None]) -> list[tuple[str, str]]:
    """(earlier, later) for each two steps of a right's life whose days stand the other way round;
    no end lies before the filing. `days` by the names of the record's fields."""
    pairs = (*combinations(STEPS, 2), *(("filed_on", end) for end in ENDS))
    wrong = []
    for earlier, later in pairs:
        first, then = days.get(earlier), days.get(later)
        if first and then and then < first:
            wrong.append((earlier, later))
    return wrong


def usual_number(kind: str, number: str) -> bool:
    """True where a filing number looks as the office writes it (4-2022-12345), for its kind.

    Madrid registrations are numbered abroad: any is usual.
    """
    if kind == IPKind.INTERNATIONAL_MARK or not number:
        return True
    parts = application(number)
    return parts is not None and parts[1] == FIRST_DIGIT.get(IPKind(kind))


def application(number: str) -> tuple[str, str, str, str] | None:
    """(office, kind, year, serial) of an application number, whatever stands around it.

    "4-2022-12345", "VN-4-2022-12345", "4202212345" and "4-2022-12345 (cấp …)" are one; the
    office is "vn" where none is named. None for numbers of another form (Madrid, old ones).
    """
    match = APPLICATION.fullmatch(identity_key(number))
    if match is None:
        return None
    serial = str(int(match["serial"])).zfill(5)
    return match["office"] or OWN_OFFICE, match["kind"], match["year"], serial


def has_usual_form(number: str) -> bool:
    """True for what a filing number of any kind looks like."""
    return application(number) is not None or bool(OTHER_NUMBER.fullmatch(number))


def holds_several(number: str) -> bool:
    """Whether a text names more than one application."""
    return len({filing_key(one) for one in SEVERAL.findall(identity_key(number))}) > 1


def filing_key(number: str) -> str:
    """The key by which two spellings of an application number are one; "" for none."""
    parts = application(number)
    return "-".join(parts) if parts else identity_key(number).replace(" ", "")


BEFORE_DECISION_NUMBER = re.compile(r"^(?:quyếtđịnh|qđ)?(?:số)?[:.]?0*")


def decision_key(number: str) -> str:
    """By what a decision's number is known: whatever its case, spaces, hyphens, a "Quyết định số"
    before it and zeros in front; "" for none."""
    return BEFORE_DECISION_NUMBER.sub("", "".join(identity_key(number).split()))


def reminder(ends_on: date, day: date) -> int | None:
    """Which reminder is due on `day` for what ends on `ends_on`: 180, 90 or 30 days, or None."""
    left = (ends_on - day).days
    due = [days for days in REMINDERS if 0 <= left <= days]
    return min(due) if due else None
