"""The page of one target: its figure with its working, district by district, and what moved it.

Figures come from the overview's rows and the target's steps; nothing is counted again here.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from ocop.web.page_query import PageQuery
from targets.charts import target_card
from targets.choices import TargetType
from targets.figures import (
    Bar,
    FigureRow,
    Overview,
    SelectedTarget,
    by_sub_unit,
    links,
    part_of,
    series,
    sub_units,
    wording,
)
from targets.indicators import PipelineStage
from targets.models import Document, Target, TargetValue
from targets.progress import ProgressResult


@dataclass(frozen=True)
class CalculationRow:
    """One row of the calculation: its label, figure, basis and the list of its records."""

    label: str
    figure: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class DistrictContribution:
    """What one district contributes; `url` is empty for what belongs to no district."""

    name: str
    url: str
    figure: str
    limit: str
    state: str
    state_label: str
    bar: Bar | None
    here: bool = False


@dataclass(frozen=True)
class LimitInForce:
    """A limit that a document set from a day on; `current` where it holds on the day asked for."""

    text: str
    document: str
    effective_from: date
    current: bool


@dataclass(frozen=True)
class TargetPage:
    chosen: SelectedTarget
    definition: str
    reading: str
    values: list[LimitInForce]
    calculation: list[CalculationRow]
    left_out: list[CalculationRow]
    charts: list[dict[str, Any]]
    contributions: list[DistrictContribution]
    documents: list[Document]
    """What the target stands in, then what it carries out."""
    by_sub_unit: str
    stages: list[tuple[PipelineStage, str]]
    """Each with the address of its records, or ""."""
    pace_text: str


def build(overview: Overview, query: PageQuery, chosen: SelectedTarget) -> TargetPage:
    """Everything the page shows but the changes; five queries beside the overview's own."""
    target, row = chosen.target, chosen.row
    return TargetPage(
        chosen=chosen,
        definition=target.indicator.definition(target),
        reading=str(target.indicator.interpretation),
        values=_values(overview, chosen),
        calculation=_calculation(overview, chosen),
        left_out=_left_out(overview, chosen),
        charts=[target_card(overview, query, chosen)],
        contributions=_contributions(overview, query, chosen),
        documents=_documents(target),
        by_sub_unit=by_sub_unit(overview.plan),
        stages=_stages(overview, chosen),
        pace_text=wording.pace_text(row.indicator, row.pace),
    )


def _documents(target: Target) -> list[Document]:
    cited = Q(pk=target.stands_in_id) | Q(served_by=target.pk)
    found = Document.objects.filter(cited).distinct()
    return sorted(found, key=lambda one: (one.pk != target.stands_in_id, one.dated or date.max))


def _stages(overview: Overview, chosen: SelectedTarget) -> list[tuple[PipelineStage, str]]:
    """Records on their way by stage, each with the list of its records."""
    target, window, row = chosen.target, chosen.window, chosen.row
    found = target.indicator.stages(target, window, series.scope_of(overview), row.reading)
    return [
        (stage, links.list_url(stage.listed, overview.unit, overview.facts) if stage.listed else "")
        for stage in found
    ]


# --- The working ----------------------------------------------------------------------------------


def _calculation(overview: Overview, chosen: SelectedTarget) -> list[CalculationRow]:
    row, result = chosen.row, chosen.row.result
    facts = []
    if result.kind == TargetType.SHARE:
        listed = wording.number(result.numerator)
        valid = wording.number(result.denominator)
        facts += [
            CalculationRow(_("Products counted"), listed, "", row.url),
            CalculationRow(
                _("Of valid products"),
                valid,
                "",
                links.denominator_url(chosen.window, overview.unit, overview.facts),
            ),
            CalculationRow(_("Share"), row.actual_text, _share_note(result, listed, valid)),
        ]
    else:
        facts.append(CalculationRow(_("Records counted"), row.actual_text, "", row.url))
    if result.closed:
        facts.append(CalculationRow(_("Final result of"), wording.day(result.counted_at)))
    facts.append(CalculationRow(_("Limit"), row.threshold_text, _limit_note(row)))
    if result.expected is not None and not result.closed:
        basis = wording.expected_basis_text(result.expected_basis)
        facts.append(CalculationRow(_("Expected by now"), wording.expected_text(result), basis))
    if result.gap is not None:
        facts.append(CalculationRow(_("Still missing"), wording.number(result.gap)))
    if row.now_text:
        day = wording.day(overview.as_of)
        facts.append(CalculationRow(_("On %(day)s") % {"day": day}, row.now_text, _now_note()))
    return facts


def _now_note() -> str:
    return _("since the period is over; it does not change the result")


def _share_note(result: ProgressResult, listed: str, valid: str) -> str:
    if wording.is_small(result.denominator):
        return _("too few for a share")
    return f"{listed} ÷ {valid}" if result.denominator else ""


def _limit_note(row: FigureRow) -> str:
    result = row.result
    if result.threshold is None:
        return _("nothing was allocated to this district")
    if result.kind == TargetType.SHARE and result.operator == ">":
        return _("must lie above; exactly as much does not meet it")
    return _("at least; aiming at the higher number") if result.aim is not None else _("at least")


def _left_out(overview: Overview, chosen: SelectedTarget) -> list[CalculationRow]:
    def url(reason: str) -> str:
        return links.left_out_url(
            chosen.target, chosen.window, overview.unit, overview.facts, reason
        )

    reasons = chosen.target.indicator.reasons
    return [
        CalculationRow(str(reasons[reason]), wording.number(number), "", url(reason))
        for reason, number in chosen.row.reading.left_out.items()
    ]


def _values(overview: Overview, chosen: SelectedTarget) -> list[LimitInForce]:
    """The limits set for the window by one document after another."""
    year = chosen.window.first.year if chosen.line.yearly else None
    found = TargetValue.objects.filter(target=chosen.target, year=year).order_by("effective_from")
    held = overview.plan_data.value_at(chosen.target, chosen.window, overview.as_of)
    return [
        LimitInForce(
            text=_limit_text(Fraction(value.threshold), value.aim, chosen.target.kind),
            document=value.document,
            effective_from=value.effective_from,
            current=held is not None and held.on == value.effective_from,
        )
        for value in found
    ]


def _limit_text(threshold: Fraction, aim: Any, kind: str) -> str:
    text = wording.number(threshold)
    if kind == TargetType.SHARE:
        return f"{text}%"
    return text if aim is None else f"{text}–{wording.number(Fraction(aim))}"


# --- By district ----------------------------------------------------------------------------------


def _contributions(
    overview: Overview, query: PageQuery, chosen: SelectedTarget
) -> list[DistrictContribution]:
    """What each district that the person may see contributes, out of the same facts.

    Records of the province itself come last, so that the numbers add up; none for a person of
    one district.
    """
    units = sub_units(overview.plan, query.units)
    if len(units) < 2:
        return []
    rows = [(unit, overview.row_for(unit, chosen.target, chosen.window)) for unit in units]
    longest = max([_length(one) for _unit, one in rows] + [Fraction(1)])
    parts = [
        DistrictContribution(
            name=unit.name,
            url=links.unit_url(unit, overview.facts),
            figure=_small_figure(one),
            limit=one.threshold_text if one.result.kind == TargetType.COUNT else "",
            state=one.state,
            state_label=one.state_label,
            bar=one.bar if one.result.kind == TargetType.SHARE else _small_bar(one, longest),
            here=unit.pk == overview.unit.pk,
        )
        for unit, one in rows
    ]
    rest = _province_only(overview, chosen.row, [one for _unit, one in rows])
    return [*parts, rest] if rest else parts


def _length(row: FigureRow) -> Fraction:
    return max(Fraction(row.reading.value or 0), Fraction(row.result.threshold or 0))


def _small_bar(row: FigureRow, longest: Fraction) -> Bar:
    """All districts on one scale: the longest of their counts and allocations."""

    def part(value: Fraction | int | None) -> float | None:
        return None if value is None else round(float(Fraction(value) / longest) * 100, 1)

    return Bar(
        actual=part(row.reading.value or 0) or 0.0,
        pipeline=0.0,
        limit=part(row.result.threshold),
        expected=None,
        over=False,
    )


def _small_figure(row: FigureRow) -> str:
    """A count; a share as its two numbers, with the percentage where there are enough of them."""
    result = row.result
    if result.kind == TargetType.COUNT:
        return row.actual_text
    parts = wording.share_parts(result.numerator, result.denominator)
    enough = result.denominator and not wording.is_small(result.denominator)
    return f"{parts} · {row.actual_text}" if enough else parts


def _province_only(
    overview: Overview, row: FigureRow, rows: list[FigureRow]
) -> DistrictContribution | None:
    """Rights and tasks of the province as a whole, which belong to no district."""
    if row.result.kind == TargetType.SHARE or part_of(overview.unit) is not None:
        return None
    rest = (row.reading.value or 0) - sum(one.reading.value or 0 for one in rows)
    if not rest:
        return None
    return DistrictContribution(
        _("The province itself"), "", wording.number(rest), "", "no_target", "", None
    )
