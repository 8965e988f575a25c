"""Figures over time and by group: the rows behind the charts that look along the years."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Any

from django.db.models import Count

from ocop.web.formats import in_language
from products.choices import RANK_KEYS, Rank
from products.models import ProductGroup, ValiditySpan
from targets.figures.overview import Overview
from targets.indicators import History, Scope, Window
from targets.models import Target
from targets.periods import month_ends
from targets.progress import Share, ValidGroup, stock

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


def scope_of(overview: Overview) -> Scope:
    """The day, unit and basis that an overview's figures are read for."""
    return Scope(overview.as_of, overview.unit, overview.pending)


def history_of(overview: Overview) -> History:
    """What became of the valid products up to the overview's day; asked for once."""
    history: History = overview.records.setdefault("history", History(scope_of(overview)))
    return history


def products_ahead(overview: Overview) -> list[ValidGroup]:
    """The products valid on the overview's day by when they cease to be."""
    return history_of(overview).valid_groups


def stock_on(overview: Overview, days: Sequence[date]) -> list[Counter[int]]:
    """Valid products by rank on each of `days`; ahead if nothing is renewed or added."""
    return stock.stock_series(history_of(overview).rank_changes, products_ahead(overview), days)


def values_on(
    overview: Overview, target: Target, window: Window, days: Sequence[date]
) -> list[Share]:
    """What a target counted on each of `days`: (value, 0), or a share's two numbers."""
    key = (target.pk, window)
    if key not in overview.records:
        overview.records[key] = target.indicator.daily_changes(target, window, history_of(overview))
    return stock.share_series(overview.records[key], days)


def by_rank(counts: Mapping[int, Fraction | int]) -> dict[str, int]:
    """Amounts of products by the keys of their ranks, each rounded down."""
    return {key: floor(counts.get(int(rank), 0)) for rank, key in RANK_KEYS.items()}


def by_group(overview: Overview) -> list[tuple[str, dict[str, int]]]:
    """Valid products by product group and rank; products without a set come last, unnamed."""
    spans = (
        ValiditySpan.objects.on_basis(overview.pending)
        .at(overview.as_of)
        .of_unit(overview.unit)
        .order_by()
    )
    group = "product__product_set__group_id"
    counts: dict[Any, dict[str, int]] = {}
    for pk, rank, number in spans.values_list(group, "rank").annotate(n=Count("pk")):
        counts.setdefault(pk, {})[RANK_KEYS[Rank(rank)]] = number
    groups = ProductGroup.objects.order_by("position")
    named = [(in_language(one, "name"), counts.get(one.pk, {})) for one in groups]
    return [*named, ("", counts[None])] if None in counts else named
