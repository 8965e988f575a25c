"""Figures over time and by group: the rows behind the charts that look along the years."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from products.choices import RANK_KEYS, Rank
from products.models import ProductGroup, Recognition
from targets import forecast, known_rows, wording
from targets.overview import Overview, district_of
from targets.periods import month_ends

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
    return _known(overview).certificates


def _known(overview: Overview) -> known_rows.Known:
    if "known" not in overview.records:
        overview.records["known"] = known_rows.read(
            overview.as_of, district_of(overview.unit), overview.pending
        )
    return overview.records["known"]  # type: ignore[no-any-return]


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
    """What products are "traced" and "sold" by, known on the day asked for; asked for once,
    together with the certificates."""
    return _known(overview).enrolments


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
    of_products = latest.order_by().values_list("product__product_set__group_id", "rank")
    counts: dict[int | None, dict[str, int]] = {}
    for group, rank, number in of_products.annotate(number=Count("pk")):
        counts.setdefault(group, {})[RANK_KEYS[Rank(rank)]] = number
    named = [
        (wording.in_language(group, "name"), counts.get(group.pk, {}))
        for group in ProductGroup.objects.order_by("position")
    ]
    return [*named, ("", counts[None])] if None in counts else named
