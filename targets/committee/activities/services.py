"""Activities entered and changed: over the version seen, each time with a row that stays."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ocop.organisation.scope import Scope
from products.kinds import area_of
from products.models import Producer, Product, ValiditySpan
from targets.choices import ActivityKind
from targets.committee.permissions import may_enter_activities
from targets.figures import wording
from targets.models import Activity, ActivityLogEntry

FIELDS = (
    *("name", "kind", "starts_on", "ends_on", "place", "district", "commune", "agency"),
    *("participants", "value", "result", "note"),
)
RELATED = ("products", "producers")
PROMOTION = (ActivityKind.FAIR, ActivityKind.SHOP)
"""Trade promotion: by the plan it is for products of 3 stars or higher."""


class ActivityConflict(Exception):
    """Somebody else changed the activity since it was looked at."""


def may_change(activity: Activity, scope: Scope) -> bool:
    """Provincial officers change all, district officers those of their own district."""
    return may_enter_activities(scope) and scope.sees(area_of(activity))


def enter(
    values: dict[str, Any],
    products: Sequence[Product],
    user: Any,
    producers: Sequence[Producer] = (),
) -> Activity:
    """A new activity; `values` by the names of FIELDS."""
    with transaction.atomic():
        activity = Activity.objects.create(**values)
        activity.products.set(products)
        activity.producers.set(producers)
        _note(activity, user, {})
    return activity


def below_three_stars(activity: Activity) -> list[Product]:
    """Of a trade promotion the products that are not valid at 3 stars or higher on its first day.

    None of other activities. Promotion is meant for the others, and is not refused.
    """
    if activity.kind not in PROMOTION:
        return []
    day = activity.starts_on
    valid = ValiditySpan.objects.on_basis(False).at(day).values("product_id")
    return list(activity.products.exclude(pk__in=valid).order_by("name_sort", "pk"))


def change(
    activity: Activity,
    values: dict[str, Any],
    related: Mapping[str, Sequence[Any]],
    version: int,
    user: Any,
) -> None:
    """Write what differs over the version seen; ActivityConflict where it is older."""
    with transaction.atomic():
        changes = {
            name: [_words(getattr(activity, name)), _words(value)]
            for name, value in values.items()
            if getattr(activity, name) != value
        }
        for name, records in related.items():
            before, after = set(getattr(activity, name).all()), set(records)
            if before != after:
                changes[name] = [_named(before - after), _named(after - before)]
        found = Activity.objects.select_for_update().filter(pk=activity.pk, version=version)
        if not found.update(version=F("version") + 1):
            raise ActivityConflict
        if not changes:
            return
        for name, value in values.items():
            setattr(activity, name, value)
        # A save, not an update: the keys of the name are derived on saving.
        activity.save(update_fields=[*values, "name_key", "name_search", "name_sort"])
        for name, records in related.items():
            getattr(activity, name).set(records)
        _note(activity, user, changes)


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return wording.day(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def _named(records: Any) -> str:
    return ", ".join(sorted(record.name for record in records))


def _note(activity: Activity, user: Any, changes: dict[str, Any]) -> None:
    ActivityLogEntry.objects.create(activity=activity, who=user, at=timezone.now(), changes=changes)
