"""What a person is asked about a day that a cell gives as a year or a month only, or not at all."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ocop.imports.findings import Choice, kinds, typed
from ocop.lib.periods import Period, period_of, period_within

FIRST, LAST = "first", "last"


def about_incomplete(key: str, value: Any) -> dict[str, Any]:
    """The details of the finding about a cell that names a period: asked once for equal cells."""
    period = period_of(value)
    return {"kind": kinds.DAY, "asked": _choices(key, period), "about": [key]}


def about_missing(key: str, titles: Iterable[str]) -> dict[str, Any]:
    """The details of the finding about an empty cell: asked once for all of the column, with the
    period that one of the `titles` names, the first that does."""
    period = next((found for text in titles if (found := period_within(text))), None)
    return {"kind": kinds.DAY, "asked": _choices(key, period), "about": [key]}


def _choices(key: str, period: Period | None) -> list[Choice]:
    written = typed((key,), _("Another day, which I write"))
    if period is None:
        return [typed((key,), _("The day, which I write"))]
    if period.first == period.last:
        return [_choice(FIRST, _("The day is %(day)s"), key, period.first), written]
    return [
        _choice(FIRST, _("The first day of it: %(day)s"), key, period.first),
        _choice(LAST, _("The last day of it: %(day)s"), key, period.last),
        written,
    ]


def _choice(name: str, label: str, key: str, day: date) -> Choice:
    text = f"{day:%d/%m/%Y}"
    return Choice(name, label % {"day": text}, {key: text})
