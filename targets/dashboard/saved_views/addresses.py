"""Addresses of pages that show: which of them may be saved, and whether one still leads there."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

SHOWING = frozenset(
    {
        *("overview", "target-detail", "unit-list", "unit-detail", "attention-list", "forecast"),
        *("allocation-board", "confirmation-board", "quarter-confirmation", "report-list"),
        *("product-list", "product-detail", "producer-list", "ip-list", "task-list", "record"),
        *("record-history", "rating-list", "rating-detail", "meeting-list", "meeting"),
        *("assignment-list", "assignment", "activity-list", "activity"),
    }
)
"""Pages that show something and do nothing else."""
MAX_ADDRESS_LENGTH = 1000
PLAIN = re.compile(r"[!-\[\]-~]*")
"""Printable ASCII without the backslash, which browsers read as a slash."""


class NotAnAddress(ValueError):
    """The text is no address of a page of this site that shows; the message says so."""


def read_address(text: str, host: str) -> str:
    """Path and query out of an address pasted with or without this site's `host`.

    What stands after # and the number of a list's page are dropped. NotAnAddress for addresses of
    other sites, of pages that do something, and for what is no address.
    """
    refusal = NotAnAddress(
        _("This is not the address of a page of this program that can be saved.")
    )
    text = text.strip()
    if len(text) > MAX_ADDRESS_LENGTH or text.startswith("//") or not PLAIN.fullmatch(text):
        raise refusal
    try:
        parts = urlsplit(text)
    except ValueError:
        raise refusal from None
    if parts.scheme not in {"", "http", "https"} or bool(parts.scheme) != bool(parts.netloc):
        raise refusal
    if parts.netloc not in {"", host} or not leads_to_a_page(parts.path):
        raise refusal
    query = [one for one in parse_qsl(parts.query) if one[0] != "page"]
    address = parts.path + (f"?{urlencode(query)}" if query else "")
    if len(address) > MAX_ADDRESS_LENGTH:
        raise refusal
    return address


def leads_to_a_page(address: str) -> bool:
    """True where the path still is that of a page that shows. Whether the record of that page
    still is there is told by the page."""
    path = address.partition("?")[0]
    if not path.startswith("/") or path.startswith("//"):
        return False
    try:
        return resolve(path).url_name in SHOWING
    except Resolver404:
        return False


def always_today(address: str) -> str:
    """The same address without a day: whoever opens it sees that day's figures."""
    return _with(address, None)


def on_that_day(address: str, today: str) -> str:
    """The same address with its day; with `today` where it names none. ISO days."""
    return address if day_of(address) else _with(address, today)


def day_of(address: str) -> str:
    """The day an address names, as it stands there; "" where it means today."""
    return dict(_query(address)).get("as_of", "")


def unit_of(address: str) -> str:
    """The code of the unit an address names; "" where it names none."""
    return dict(_query(address)).get("unit", "")


def _query(address: str) -> list[tuple[str, str]]:
    return parse_qsl(address.partition("?")[2])


def _with(address: str, day: str | None) -> str:
    query = [one for one in _query(address) if one[0] != "as_of"]
    if day is not None:
        query.insert(0, ("as_of", day))
    path = address.partition("?")[0]
    return path + (f"?{urlencode(query)}" if query else "")
