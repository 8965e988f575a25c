"""The way from a figure to its records, and to the page that explains it."""

from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from ocop.organisation.models import Unit
from ocop.web.page_query import EARLIEST
from products.choices import RANK_KEYS, IPKind, ProducerKind
from targets.choices import TotalMeasure, TotalScope
from targets.indicators import DayFigure, Facts, RecordsList, Window
from targets.models import Target
from targets.periods import PLAN
from targets.progress import counted_at


def records_url(target: Target, window: Window, unit: Unit, facts: Facts) -> str:
    """The list that holds the counted records as of the day the window is judged on; of a share
    those of the numerator."""
    listed = target.indicator.counted(target, window)
    return list_url(listed, unit, facts, counted_at(window.last, facts.day))


def stock_url(unit: Unit, facts: Facts) -> str:
    """The list of the products valid on the day of the facts."""
    return list_url(RecordsList("product-list", {"standing": "valid"}), unit, facts)


def denominator_url(window: Window, unit: Unit, facts: Facts) -> str:
    """The list of valid products, of which shares are taken."""
    listed = RecordsList("product-list", {"standing": "valid"})
    return list_url(listed, unit, facts, counted_at(window.last, facts.day))


def left_out_url(target: Target, window: Window, unit: Unit, facts: Facts, reason: str) -> str:
    """The list of the records left out for `reason`, a key of `Measurement.left_out`."""
    listed = target.indicator.left_out(target, window, reason)
    return list_url(listed, unit, facts, counted_at(window.last, facts.day))


def list_url(listed: RecordsList, unit: Unit, facts: Facts, day: date | None = None) -> str:
    """A list of records of the unit as of `day` (that of the facts where left out)."""
    return reverse(listed.name, query=_base(unit, facts, day) | listed.query)


def day_figure_url(one: DayFigure, unit: Unit, pending: bool = False) -> str:
    """The list of the records behind a figure of any day (targets.indicators.on_days)."""
    query: dict[str, Any] = {"as_of": one.day.isoformat(), "unit": unit.code}
    if pending:
        query["pending"] = "1"
    if one.measure in IPKind.values:
        first = one.day if one.scope == TotalScope.BATCH else one.first
        first = EARLIEST if one.scope == TotalScope.VALID else first
        within = {"kind": one.measure, "granted_in": f"{first}..{one.day}"}
        return reverse("ip-list", query=query | within)
    if one.scope == TotalScope.VALID and one.measure in {"producers", *ProducerKind.values}:
        kind = {} if one.measure == TotalMeasure.PRODUCERS else {"kind": one.measure}
        return reverse("producer-list", query=query | kind | {"standing": "valid"})
    return reverse("product-list", query=query | _products_counted(one))


def _products_counted(one: DayFigure) -> dict[str, str]:
    """The filters that pick the products behind a figure."""
    ranked = {"rank": one.measure} if one.measure in RANK_KEYS.values() else {}
    year = str(one.day.year)
    if one.scope == TotalScope.PERIOD:
        return {"new_in": year}
    if one.scope == TotalScope.EVER:
        return {"standing": "ever"}
    if one.scope == TotalScope.VALID:
        return {"standing": "valid"} | ranked
    kind = {"kind": one.measure} if one.measure in ProducerKind.values else {}
    picked = {"decided_on": one.day.isoformat()} | ranked | kind
    if one.number:
        picked["decision"] = one.number
    if one.measure == TotalMeasure.NEW:
        picked["new_on"] = "1"
    if one.measure == TotalMeasure.AGAIN:
        picked["new_on"] = "0"
    return picked


def page_url(code: str, period: str, unit: Unit, facts: Facts) -> str:
    """The page of a target; the period is named where the target has several."""
    query = _base(unit, facts)
    if period != PLAN:
        query["period"] = period
    return reverse("target-detail", args=[code], query=query)


def unit_url(unit: Unit, facts: Facts) -> str:
    """The page of a unit; where the site has none, the overview for that unit."""
    query = _base(unit, facts)
    try:
        return reverse("unit-detail", args=[query.pop("unit")], query=query)
    except NoReverseMatch:
        return reverse("overview", query=_base(unit, facts))


def _base(unit: Unit, facts: Facts, day: date | None = None) -> dict[str, Any]:
    query: dict[str, Any] = {"as_of": (day or facts.day).isoformat(), "unit": unit.code}
    if facts.pending:
        query["pending"] = "1"
    return query
