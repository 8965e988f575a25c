"""How long the certificate of a recognised product is valid, and when it is filed for again. Pure.

The numbers of months and days are the scheme's (products.models.ScoringScheme).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ocop.lib.dates import add_months

CERTIFICATE_MONTHS = 36
"""Under every scheme so far; what is looked ahead to is reckoned with it."""


def certificate_end(decided_on: date, months: int = CERTIFICATE_MONTHS) -> date:
    """Last day of a certificate: `months` calendar months on, a 31st falling to the month's end."""
    return add_months(decided_on, months)


NO_REASON, NO_DAY, BEFORE_DECISION = "no_reason", "no_day", "before_decision"


def revocation_fault(decided_on: date | None, revoked_on: date | None, reason: str) -> str:
    """What is wrong with a revocation, "" for nothing: it has a day and a reason, or neither, and
    no day before the decision's."""
    if revoked_on and decided_on and revoked_on < decided_on:
        return BEFORE_DECISION
    if revoked_on and not reason.strip():
        return NO_REASON
    return NO_DAY if reason.strip() and not revoked_on else ""


# --- Prolonged ------------------------------------------------------------------------------------

NOT_WHOLE = "prolonged_without_paper"
NOT_LATER = "prolonged_to_no_later_day"
TOO_LONG = "prolonged_too_long"


class Prolongation(NamedTuple):
    """The paper by which a certificate runs on, as far as it is given."""

    number: str
    on: date | None
    until: date | None

    def fault(self, ends_on: date, most_days: int) -> str:
        """What is wrong with it, "" for nothing: it has a number, a day and a new last day or none
        of them, and ends after the certificate's own end `ends_on`, at most `most_days` later (QĐ
        26/2026/QĐ-TTg, article 12.3)."""
        given = [bool(self.number.strip()), self.on is not None, self.until is not None]
        if not any(given):
            return ""
        if not all(given) or self.until is None:
            return NOT_WHOLE
        if self.until <= ends_on:
            return NOT_LATER
        return TOO_LONG if self.until > ends_on + timedelta(days=most_days) else ""


# --- Filed for again ------------------------------------------------------------------------------


class SchemeTerms(NamedTuple):
    """What a scheme says of filing again: `opens_days` (None: at any time) to `closes_days` before
    the end of a certificate."""

    document: str
    valid_from: date
    valid_to: date | None
    opens_days: int | None
    closes_days: int
    proposed_by: str = ""


class Window(NamedTuple):
    """When a dossier is filed again: from `opens` (None: at any time) through `closes`.

    `document` is the law of that window, `proposed_by` the level that takes the dossier ("" where
    the law names none). `in_transition`: the window of the law in force was over when that law
    came, so that the former one is kept and the certificate may be prolonged.
    """

    opens: date | None
    closes: date
    document: str
    proposed_by: str
    in_transition: bool


class _Stretch(NamedTuple):
    """Ends of certificates, first and last included, to which the terms of one scheme apply."""

    first: date
    last: date
    terms: SchemeTerms
    proposed_by: str
    in_transition: bool


class RenewalTerms:
    """The windows to file again under all schemes, `schemes` in the order of their days.

    The scheme of a certificate is that in force on the day its window closes. Ends for which
    there is none, since the later law asks for filing earlier, keep the window of the former one
    (a reading of article 12.3 of QĐ 26/2026/QĐ-TTg).
    """

    def __init__(self, schemes: Sequence[SchemeTerms]) -> None:
        self._stretches: list[_Stretch] = []
        for place, one in enumerate(schemes):
            closes = timedelta(days=one.closes_days)
            first = one.valid_from + closes if place else date.min
            if self._stretches:
                self._join(first, one.proposed_by)
            last = one.valid_to + closes if one.valid_to else date.max
            self._stretches.append(_Stretch(first, last, one, one.proposed_by, in_transition=False))

    def _join(self, first: date, proposed_by: str) -> None:
        """End what came before on the eve of `first`, filling a gap with its terms."""
        before, eve = self._stretches[-1], first - timedelta(days=1)
        if before.last < eve:
            gap = before.last + timedelta(days=1)
            self._stretches.append(
                _Stretch(gap, eve, before.terms, proposed_by, in_transition=True)
            )
        else:
            self._stretches[-1] = before._replace(last=eve)

    def window(self, ends_on: date) -> Window:
        """When the holder of a certificate that ends on `ends_on` files again."""
        found = next(one for one in self._stretches if one.first <= ends_on <= one.last)
        terms = found.terms
        opens = ends_on - timedelta(days=terms.opens_days) if terms.opens_days else None
        closes = ends_on - timedelta(days=terms.closes_days)
        return Window(opens, closes, terms.document, found.proposed_by, found.in_transition)

    def ends_closing(self, first: date, last: date) -> list[tuple[date, date]]:
        """The ends, as (first, last) stretches, whose window closes from `first` through `last`."""
        found = []
        for one in self._stretches:
            days = timedelta(days=one.terms.closes_days)
            earliest = max(one.first, first + days if first > date.min else first)
            latest = min(one.last, last + days)
            if earliest <= latest:
                found.append((earliest, latest))
        return found
