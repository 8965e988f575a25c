"""How long the certificate of a recognised product is valid, and when it is filed for again. Pure.

The numbers of months and days are the scheme's (products.models.ScoringScheme).
"""

from datetime import date

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
