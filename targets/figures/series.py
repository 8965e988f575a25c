"""Figures over time and by group: the rows behind the charts that look along the years."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from django.db.models import Count, PositiveSmallIntegerField, Value

from products.choices import RANK_KEYS, Rank
from products.models import ProductGroup, Recognition
from targets.figures import history_rows, wording
from targets.figures.overview import Overview, district_of
from targets.periods import month_ends
from targets.progress import stock

LOOK_AHEAD = timedelta(days=92)
"""How far past the plan's end a chart goes, so that what ends on its last days is seen to fall."""


def days_of(overview: Overview) -> list[date]:
    """Month ends from the plan's beginning to three months past its end or the day asked for.

    The day asked for and the plan's last days are among them, each once and in order.
    """
    plan = overview.plan
    last = max(plan.ends_on, overview.as_of) + LOOK_AHEAD
    first = min(plan.starts_on, overview.as_of)
    return sorted({*month_ends(first, last), first, overview.as_of})


def certificate_rows(overview: Overview) -> list[stock.CertificateRow]:
    """The certificates known on the day asked for, in the overview's scope; asked for once."""
    return _history_rows(overview).certificates


def _history_rows(overview: Overview) -> history_rows.HistoryRows:
    if "known" not in overview.records:
        overview.records["known"] = history_rows.read_history_rows(
            overview.as_of, district_of(overview.unit), overview.pending
        )
    return overview.records["known"]  # type: ignore[no-any-return]


def by_rank(counts: Mapping[int, Fraction | int]) -> dict[str, int]:
    """Amounts of products by the keys of their ranks, each rounded down."""
    return {key: floor(counts.get(int(rank), 0)) for rank, key in RANK_KEYS.items()}


def enrolment_rows(overview: Overview) -> dict[str, list[stock.EnrolmentRow]]:
    """What products are "traced" and "sold" by, known on the day asked for; asked for once,
    together with the certificates."""
    return _history_rows(overview).enrolments


def share_points(
    overview: Overview, rows: list[stock.CertificateRow], days: list[date]
) -> dict[str, list[stock.Share]]:
    """(numerator, denominator) per day for "traced" and "sold"."""
    return {
        name: stock.share_series(rows, spans, days)
        for name, spans in enrolment_rows(overview).items()
    }


def by_group(overview: Overview) -> list[tuple[str, dict[str, int]]]:
    """Valid products by product group and rank; products without a set come last, unnamed. One
    query: groups without a product are arms of their own."""
    latest = Recognition.objects.latest_at(overview.as_of, overview.pending)
    if (district := district_of(overview.unit)) is not None:
        latest = latest.filter(product__district_id=district)
    group = "product__product_set__group"
    names = [f"{group}__{name}" for name in ("position", "name", "name_en")]
    of_products = latest.order_by().values_list(f"{group}_id", *names, "rank")
    none = Value(0, output_field=PositiveSmallIntegerField())
    every_group = ProductGroup.objects.order_by().annotate(rank=none, n=none)
    found = of_products.annotate(n=Count("pk")).union(
        every_group.values_list("pk", "position", "name", "name_en", "rank", "n"), all=True
    )
    counts: dict[ProductGroup | None, dict[str, int]] = {}
    for pk, position, name, name_en, rank, n in found:
        of = pk and ProductGroup(pk=pk, position=position, name=name, name_en=name_en)
        counts.setdefault(of, {}).update({RANK_KEYS[Rank(rank)]: n} if n else {})
    unnamed = counts.pop(None, {})
    in_order = sorted(counts.items(), key=lambda one: one[0].position if one[0] else 0)
    named = [(wording.in_language(one, "name"), by_rank) for one, by_rank in in_order]
    return [*named, ("", unnamed)] if unnamed else named
