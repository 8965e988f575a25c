"""Records that contradict one another: what the list of products filters by, and what is counted.

Conditions on products as of a day; the codes stand in addresses.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from products.models import FloorListing, ValiditySpan
from products.scoring import STAR_OF

RANK, REVOKED, EXPIRED = "rank", "revoked_listed", "expired_listed"


def condition(code: str, day: date, pending: bool = False) -> Q:
    """Products with the contradiction `code` on `day`.

    `rank`: the recognition that gives the rank differs from the stars of its rating, and no
    reason is given. `revoked_listed`: revoked, without a valid certificate, still on a floor.
    `expired_listed`: the same after the certificate's term.
    """
    spans = ValiditySpan.objects.on_basis(pending)
    if code == RANK:
        current = spans.at(day).recognitions()
        # Few recognitions differ: found once, not looked for once a product.
        return Q(pk__in=current.filter(unexplained()).values("product_id"))
    listed = FloorListing.objects.counted(pending).listed_at(day).filter(product_id=OuterRef("pk"))
    lapsed = spans.lapsed_by(day)
    # Cut before its term: by a revocation.
    lapsed = (
        lapsed.filter(certificate_ends__gte=day)
        if code == REVOKED
        else lapsed.filter(certificate_ends__lt=day)
    )
    return Q(Exists(listed), pk__in=lapsed.values("product_id"))


def unexplained() -> Q:
    """Recognitions whose rank is not the star of their rating, without a reason."""
    agreeing = Q()
    for rank, stars in STAR_OF.items():
        agreeing |= Q(rank=rank, rating__stars=stars)
    return Q(rating__stars__isnull=False, difference_reason="") & ~agreeing
