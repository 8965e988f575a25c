"""The way from a figure to its records, and to the page that explains it."""

from typing import Any

from django.urls import NoReverseMatch, reverse

from ocop.organisation.models import Unit
from products.choices import IPStage
from targets.choices import Measure
from targets.figures.measures import Facts, Window
from targets.models import Target
from targets.periods import PLAN

LISTED = {
    Measure.TRACEABILITY_SHARE: {"standing": "valid", "traced": "1"},
    Measure.ECOMMERCE_SHARE: {"standing": "valid", "sold": "1"},
}


def records_url(target: Target, window: Window, unit: Unit, facts: Facts) -> str:
    """The list that holds the counted records; of a share those of the numerator."""
    query = _base(unit, facts)
    if target.measure in LISTED:
        return reverse("product-list", query=query | LISTED[Measure(target.measure)])
    return reverse(_list_of(target), query=query | _counted(target, window))


def denominator_url(unit: Unit, facts: Facts) -> str:
    """The list of valid products, of which shares are taken."""
    return reverse("product-list", query=_base(unit, facts) | {"standing": "valid"})


def left_out_url(target: Target, window: Window, unit: Unit, facts: Facts, reason: str) -> str:
    """The list of the records left out for `reason`, a key of `Reading.left_out`."""
    query = _base(unit, facts)
    if target.measure not in LISTED:
        query |= _counted(target, window)
    if reason == "unsupported":
        return reverse("ip-list", query=query | {"supported": "0"})
    if reason == "waiting":
        query["pending"] = "1"
    return reverse(_list_of(target), query=query | {"left_out": reason})


def stage_list_url(target: Target, unit: Unit, facts: Facts, stage: IPStage) -> str:
    """The list of the target's rights in a stage on the day."""
    query = _base(unit, facts) | {"kind": list(target.ip_kinds), "stage": stage.value}
    if target.supported_only:
        query["supported"] = "1"
    return reverse("ip-list", query=query)


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


def _base(unit: Unit, facts: Facts) -> dict[str, Any]:
    query: dict[str, Any] = {"as_of": facts.day.isoformat(), "unit": unit.code}
    if facts.pending:
        query["pending"] = "1"
    return query


def _list_of(target: Target) -> str:
    lists = {Measure.IP_RIGHTS: "ip-list", Measure.SCIENCE_TASKS: "task-list"}
    return lists.get(Measure(target.measure), "product-list")


def _counted(target: Target, window: Window) -> dict[str, Any]:
    """The filter that holds what a count counts in its window."""
    span = f"{window.first.isoformat()}..{window.last.isoformat()}"
    if target.measure == Measure.SCIENCE_TASKS:
        return {"approved": span}
    if target.measure == Measure.NEW_PRODUCTS:
        return {"new_in": window.label}
    query: dict[str, Any] = {"kind": list(target.ip_kinds), f"{target.counting_event}_in": span}
    if target.supported_only:
        query["supported"] = "1"
    return query
