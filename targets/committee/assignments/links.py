"""The address of a record's page, pasted as evidence: which record it is, if it may be seen."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from ocop.organisation.scope import Scope
from ocop.web.errors import NotForYou
from products.kinds import KINDS
from products.records import permissions

PAGES = {"product-detail": "product", "rating-detail": "rating"}
"""Pages of records under an address of their own; the others say their kind in it."""


class NoRecord(ValueError):
    """The address leads to no record that the person may see; the message says so."""


def read_link(text: str, scope: Scope) -> tuple[str, str]:
    """(path, title) of the record whose page `text` is the address of, host or not.

    NoRecord for other addresses, and for records that are not there or not to be seen.
    """
    refusal = NoRecord(_("This is not the address of a record in this program that you may see."))
    try:
        found = resolve(urlsplit(text.strip()).path)
    except (Resolver404, ValueError):
        raise refusal from None
    slug = PAGES.get(found.url_name or "") or found.kwargs.get("kind", "")
    pk = found.kwargs.get("pk")
    if slug not in KINDS or not isinstance(pk, int):
        raise refusal
    try:
        record = permissions.get_visible_or_404(KINDS[slug], pk, scope)
    except NotForYou:
        raise refusal from None
    title = f"{KINDS[slug].label}: {record}"
    return reverse("record", args=[slug, pk]), title[:300]
