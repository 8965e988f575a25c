"""How long the certificate of a recognised product is valid. Pure."""

from datetime import date

from ocop.lib.dates import add_months

CERTIFICATE_MONTHS = 36


def certificate_end(decided_on: date) -> date:
    """Last day of a certificate: 36 calendar months on, a 31st falling to the month's end."""
    return add_months(decided_on, CERTIFICATE_MONTHS)
