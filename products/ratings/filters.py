"""The list of ratings: which are shown, and its filters."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ocop.organisation.scope import Scope
from ocop.web.page_query import PageQuery
from products.catalogue import MAX_CHARACTERS, QueryFilterSet
from products.choices import RECOGNISING, Status
from products.kinds import KINDS
from products.models import Product, Rating
from products.records import permissions

STARS = [("1", "★"), ("2", "★★"), ("3", "★★★"), ("4", "★★★★"), ("5", "★★★★★")]
OPEN = "none"
STATUSES = [each for each in Status.choices if each[0] != Status.CANCELLED]
"""Those in the list: cancelled ones stand in the list of cancelled records."""


def ratings_shown(query: PageQuery, scope: Scope) -> QuerySet[Rating]:
    """Ratings that `scope` may see of the unit asked for, of sessions held by the day asked for.

    Drafts and returned ones are among them for those who enter ratings; the list filters by
    status, so the preview switch does not hide any.
    """
    ratings = permissions.visible(KINDS["rating"], scope).of_unit(query.unit)
    ratings = ratings.filter(session_on__lte=query.as_of)
    shown: QuerySet[Rating] = ratings.select_related(
        "product__producer", "product__district", "scheme"
    )
    return shown


class RatingFilter(QueryFilterSet):
    q = django_filters.CharFilter(
        label=_("Product or producer"), method="by_words", max_length=MAX_CHARACTERS
    )
    level = django_filters.ChoiceFilter(
        label=_("Council"), choices=RECOGNISING, empty_label=_("All councils")
    )
    stars = django_filters.ChoiceFilter(
        label=_("Stars"),
        choices=[*STARS, (OPEN, _("not complete yet"))],
        method="by_stars",
        empty_label=_("All"),
    )
    status = django_filters.ChoiceFilter(label=_("Status"), choices=STATUSES, empty_label=_("All"))

    class Meta:
        model = Rating
        fields: list[str] = []

    def by_words(self, found: QuerySet, name: str, value: str) -> QuerySet:
        products = Product.objects.all().found_by(value)
        return found.filter(product__in=products.order_by().values("pk"))

    def by_stars(self, found: QuerySet, name: str, value: str) -> QuerySet:
        if value == OPEN:
            return found.filter(stars__isnull=True)
        return found.filter(stars=int(value))
