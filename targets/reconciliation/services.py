"""Published totals entered and changed: over the version seen, each time with a row that stays."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from targets.models import PublishedTotal, PublishedTotalLogEntry
from targets.periods import period_days

FIELDS = (
    *("period", "scope", "unit", "decision_number", "measure", "value"),
    *("detail", "source", "source_url", "reservation", "withdrawn"),
)


class TotalConflict(Exception):
    """Somebody else changed the total since it was looked at."""


def enter(values: dict[str, Any], user: Any) -> PublishedTotal:
    """A new total; `values` by the names of FIELDS."""
    with transaction.atomic():
        total = PublishedTotal.objects.create(**values, **_day_of(values), entered_by=user)
        _note(total, user, {})
    return total


def change(total: PublishedTotal, values: dict[str, Any], version: int, user: Any) -> None:
    """Write what differs over the version seen; TotalConflict where it is older."""
    changes = {
        name: [_words(getattr(total, name)), _words(value)]
        for name, value in values.items()
        if getattr(total, name) != value
    }
    with transaction.atomic():
        found = PublishedTotal.objects.filter(pk=total.pk, version=version)
        if not found.update(version=F("version") + 1, **values, **_day_of(values)):
            raise TotalConflict
        if changes:
            _note(total, user, changes)


def _day_of(values: dict[str, Any]) -> dict[str, Any]:
    period = values["period"]
    return {"day": period_days(period)[1] if period else None}


def _words(value: Any) -> str:
    return str(value)


def _note(total: PublishedTotal, user: Any, changes: dict[str, Any]) -> None:
    PublishedTotalLogEntry.objects.create(total=total, who=user, at=timezone.now(), changes=changes)
