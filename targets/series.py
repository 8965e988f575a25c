"""Figures over time and by group: the rows behind the charts that look along the years."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Count, Value
from django.db.models.functions import Cast

from products.choices import RANK_KEYS, Rank
from products.models import (
    FloorListing,
    ProductGroup,
    Recognition,
    TraceabilityEnrolment,
)
from targets import forecast, wording
from targets.choices import Measure
from targets.overview import Overview, district_of
from targets.periods import month_ends

SHARE_SOURCES = {Measure.TRACEABILITY_SHARE: "traced", Measure.ECOMMERCE_SHARE: "sold"}
"""From which enrolments the share of a measure is counted (names of `enrolment_rows`)."""
LOOK_AHEAD = timedelta(days=92)
"""How far past the plan's end a chart goes, so that what ends on its last days is seen to fall."""


@dataclass(frozen=True)
class StockPoint:
    """Valid products on a day by rank; `certain` where the day lies after the day asked for.

    A certain point supposes nothing: what is decided by the day asked for, with its known end.
    """

    day: date
    ranks: dict[str, int]
    certain: bool


def days_of(overview: Overview) -> list[date]:
    """Month ends from the plan's beginning to three months past its end or the day asked for.

    The day asked for and the plan's last days are among them, each once and in order.
    """
    plan = overview.plan
    last = max(plan.ends_on, overview.as_of) + LOOK_AHEAD
    first = min(plan.starts_on, overview.as_of)
    return sorted({*month_ends(first, last), first, overview.as_of})


def certificate_rows(overview: Overview) -> list[forecast.CertificateRow]:
    """The certificates known on the day asked for, in the overview's scope; asked for once."""
    if "certificates" in overview.records:
        return overview.records["certificates"]  # type: ignore[no-any-return]
    found = Recognition.objects.counted(overview.pending)
    if (district := district_of(overview.unit)) is not None:
        found = found.filter(product__district_id=district)
    columns = ("product_id", "decided_on", "valid_until", "revoked_on", "rank")
    rows = [
        forecast.CertificateRow(*row)
        for row in found.filter(decided_on__lte=overview.as_of).values_list(*columns)
    ]
    overview.records["certificates"] = rows
    return rows


def stock_points(
    overview: Overview, rows: list[forecast.CertificateRow], days: list[date]
) -> list[StockPoint]:
    series = forecast.stock_series(rows, days)
    return [
        StockPoint(
            day,
            {key: counts.get(int(rank), 0) for rank, key in RANK_KEYS.items()},
            day > overview.as_of,
        )
        for day, counts in zip(days, series, strict=True)
    ]


def enrolment_rows(overview: Overview) -> dict[str, list[forecast.EnrolmentRow]]:
    """What products are "traced" and "sold" by, known on the day asked for, for all districts;
    asked for once, in one query."""
    if "enrolments" in overview.records:
        return overview.records["enrolments"]  # type: ignore[no-any-return]
    columns = ("product_id", "started_on", "ended_on")
    sources: dict[str, Any] = {
        "traced": TraceabilityEnrolment.objects.all(),
        "sold": FloorListing.objects.filter(floor__counted=True),
    }
    first, *others = (
        listings.counted(overview.pending)
        .filter(started_on__lte=overview.as_of)
        .order_by()
        .values_list(Cast(Value(name), CharField(max_length=10)), *columns)
        for name, listings in sources.items()
    )
    rows: dict[str, list[forecast.EnrolmentRow]] = {name: [] for name in sources}
    for name, *row in first.union(*others, all=True):
        rows[name].append(forecast.EnrolmentRow(*row))
    overview.records["enrolments"] = rows
    return rows


def share_points(
    overview: Overview, rows: list[forecast.CertificateRow], days: list[date]
) -> dict[str, list[forecast.Share]]:
    """(numerator, denominator) per day for "traced" and "sold"."""
    return {
        name: forecast.share_series(rows, spans, days)
        for name, spans in enrolment_rows(overview).items()
    }


def by_group(overview: Overview) -> list[tuple[str, dict[str, int]]]:
    """Valid products by product group and rank; products without a set come last, unnamed."""
    latest = Recognition.objects.latest_at(overview.as_of, overview.pending)
    if (district := district_of(overview.unit)) is not None:
        latest = latest.filter(product__district_id=district)
    rows = latest.order_by().values_list("product__product_set__group_id", "rank")
    counts: dict[int | None, dict[str, int]] = {}
    for group, rank, n in rows.annotate(n=Count("pk")):
        counts.setdefault(group, {})[RANK_KEYS[Rank(rank)]] = n
    named = [
        (wording.in_language(group, "name"), counts.get(group.pk, {}))
        for group in ProductGroup.objects.all()
    ]
    return [*named, ("", counts[None])] if None in counts else named
