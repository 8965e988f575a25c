"""Activities entered and changed: over the version seen, each time with a row that stays."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ocop.organisation.scope import Scope
from products.kinds import area_of
from products.models import Product
from targets.committee.permissions import may_enter_activities
from targets.figures import wording
from targets.models import Activity, ActivityLogEntry

FIELDS = (
    *("name", "kind", "starts_on", "ends_on", "place", "district", "commune", "agency"),
    *("participants", "value", "note"),
)


class ActivityConflict(Exception):
    """Somebody else changed the activity since it was looked at."""


def may_change(activity: Activity, scope: Scope) -> bool:
    """Provincial officers change all, district officers those of their own district."""
    return may_enter_activities(scope) and scope.sees(area_of(activity))


def enter(values: dict[str, Any], products: Sequence[Product], user: Any) -> Activity:
    """A new activity; `values` by the names of FIELDS."""
    with transaction.atomic():
        activity = Activity.objects.create(**values)
        activity.products.set(products)
        _note(activity, user, {})
    return activity


def change(
    activity: Activity,
    values: dict[str, Any],
    products: Sequence[Product],
    version: int,
    user: Any,
) -> None:
    """Write what differs over the version seen; ActivityConflict where it is older."""
    with transaction.atomic():
        before = set(activity.products.all())
        changes = {
            name: [_words(getattr(activity, name)), _words(value)]
            for name, value in values.items()
            if getattr(activity, name) != value
        }
        if before != set(products):
            changes["products"] = [_named(before - set(products)), _named(set(products) - before)]
        found = Activity.objects.select_for_update().filter(pk=activity.pk, version=version)
        if not found.update(version=F("version") + 1):
            raise ActivityConflict
        if not changes:
            return
        for name, value in values.items():
            setattr(activity, name, value)
        # A save, not an update: the keys of the name are derived on saving.
        activity.save(update_fields=[*values, "name_key", "name_search", "name_sort"])
        activity.products.set(products)
        _note(activity, user, changes)


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return wording.day(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def _named(products: Any) -> str:
    return ", ".join(sorted(product.name for product in products))


def _note(activity: Activity, user: Any, changes: dict[str, Any]) -> None:
    ActivityLogEntry.objects.create(activity=activity, who=user, at=timezone.now(), changes=changes)
