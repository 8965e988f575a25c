"""The spans of valid products as sums by day: past changes, and what is certain of the days ahead.

Every query groups in the database, so that what is read does not grow with the products.
"""

from collections import Counter
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import CharField, Count, F, IntegerField, Q, Value
from django.db.models.functions import Cast, Least

from products.models import ValiditySpan
from targets.indicators.scope import Scope
from targets.progress import SOLD, TRACED, ValidGroup, events


def _spans(scope: Scope) -> Any:
    return ValiditySpan.objects.on_basis(scope.pending).of_unit(scope.unit).order_by()


class History:
    """What became of the valid products up to the scope's day, and what is certain after it.

    Three queries, each asked once and only where something needs it.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    @cached_property
    def _changes(self) -> list[tuple[str, date, int, int]]:
        """(what, day, rank, by how many): `valid` with its rank, `traced` and `sold` with 0."""
        spans, by = _spans(self.scope), self.scope.day
        arms = [
            _counted(spans.filter(starts_on__lte=by), "valid", "starts_on", 1, F("rank")),
            _counted(spans.filter(until__lte=by), "valid", "until", -1, F("rank")),
        ]
        for listing in (TRACED, SOLD):
            path = f"{listing}_until"
            listed = spans.filter(starts_on__lt=F("until"), **{f"{path}__gt": F("starts_on")})
            begun = listed.filter(starts_on__lte=by)
            ended = listed.annotate(unlisted_on=Least("until", path)).filter(unlisted_on__lte=by)
            arms += [
                _counted(begun, listing, "starts_on", 1),
                _counted(ended, listing, "unlisted_on", -1),
            ]
        first, *others = arms
        return list(first.union(*others, all=True))

    @cached_property
    def rank_changes(self) -> Counter[tuple[date, int]]:
        """(day, rank) → by how many the valid products changed."""
        changes: Counter[tuple[date, int]] = Counter()
        for what, day, rank, number in self._changes:
            if what == "valid":
                changes[day, rank] += number
        return changes

    @cached_property
    def listed_changes(self) -> dict[str, Counter[date]]:
        """By listing: day → by how many the valid products that are listed changed."""
        changes: dict[str, Counter[date]] = {TRACED: Counter(), SOLD: Counter()}
        for what, day, _rank, number in self._changes:
            if what in changes:
                changes[what][day] += number
        return changes

    @cached_property
    def valid_groups(self) -> list[ValidGroup]:
        """The products valid on the scope's day, grouped by what is certain of their future."""
        day = self.scope.day
        columns = ("certificate_ends", "rank", "traced_until", "sold_until")
        rows = _spans(self.scope).at(day).values_list(*columns).annotate(n=Count("pk"))

        def still(until: date | None) -> date | None:
            return until if until is not None and until > day else None

        return [
            ValidGroup(ends, rank, still(traced), still(sold), number)
            for ends, rank, traced, sold, number in rows
        ]


def _counted(spans: Any, what: str, edge: str, sign: int, rank: Any = None) -> Any:
    """An arm of the union: `spans` counted by the day `edge`, every column typed."""
    return (
        spans.values(
            what=Cast(Value(what), CharField(max_length=8)),
            day=F(edge),
            of_rank=Cast(rank or Value(0), IntegerField()),
        )
        .annotate(number=sign * Count("pk"))
        .values_list("what", "day", "of_rank", "number")
    )


def changed_spans(scope: Scope, listing: str, since: date) -> list[events.ValidDays]:
    """All spans of the products of which one begins, ends or changes its listing after `since`
    through the scope's day, in the order of product and day."""
    moved = Q()
    for edge in ("starts_on", "until", f"{listing}_until"):
        moved |= Q(**{f"{edge}__gt": since, f"{edge}__lte": scope.day})
    products = _spans(scope).filter(moved).values("product_id")
    rows = _spans(scope).filter(product_id__in=products, starts_on__lte=scope.day)
    columns = ("product_id", "recognition_id", "rank", "starts_on", "until", "certificate_ends")
    ordered = rows.order_by("product_id", "starts_on", "until")
    return [events.ValidDays(*row) for row in ordered.values_list(*columns, f"{listing}_until")]
