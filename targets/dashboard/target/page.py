"""The page of one target: its figure with its working, district by district, and what moved it.

Figures come from the overview's rows and the target's steps; nothing is counted again here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from ocop.organisation.choices import UnitLevel
from ocop.web.page_query import PageQuery
from targets.charts.registry import target_card
from targets.choices import Kind
from targets.dashboard.target import pipeline
from targets.dashboard.target.pipeline import Stage
from targets.figures import links, wording
from targets.figures.overview import Bar, Overview, Row
from targets.figures.selection import Chosen
from targets.models import TargetValue
from targets.progress.events import Step


@dataclass(frozen=True)
class Fact:
    """One line of the working: a word, its figure, what it rests on, where its records are."""

    label: str
    figure: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Part:
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
class InForce:
    """A limit that a document set from a day on; `current` where it holds on the day asked for."""

    text: str
    document: str
    effective_from: date
    current: bool


@dataclass(frozen=True)
class TargetPage:
    chosen: Chosen
    definition: str
    reading: str
    values: list[InForce]
    facts: list[Fact]
    left_out: list[Fact]
    charts: list[dict[str, Any]]
    parts: list[Part]
    stages: list[Stage]
    pace_text: str


def build(
    overview: Overview, asked: PageQuery, chosen: Chosen, steps: Sequence[Step]
) -> TargetPage:
    """Everything the page shows but the changes; four queries beside the overview's own."""
    target, row = chosen.target, chosen.row
    return TargetPage(
        chosen=chosen,
        definition=wording.definition_text(
            target.measure, target.counting_event, target.supported_only
        ),
        reading=wording.reading_text(target.measure),
        values=_values(overview, chosen),
        facts=_facts(overview, chosen),
        left_out=_left_out(overview, chosen),
        charts=[target_card(overview, asked, chosen, steps)],
        parts=_parts(overview, asked, chosen),
        stages=pipeline.stages(chosen, overview),
        pace_text=wording.pace_text(row.measure, row.pace),
    )


# --- The working ----------------------------------------------------------------------------------


def _facts(overview: Overview, chosen: Chosen) -> list[Fact]:
    row, result = chosen.row, chosen.row.result
    facts = []
    if result.kind == Kind.SHARE:
        listed = wording.number(result.numerator)
        valid = wording.number(result.denominator)
        facts += [
            Fact(_("Products counted"), listed, "", row.url),
            Fact(
                _("Of valid products"),
                valid,
                "",
                links.denominator_url(overview.unit, overview.facts),
            ),
            Fact(_("Share"), row.actual_text, f"{listed} ÷ {valid}" if result.denominator else ""),
        ]
    else:
        facts.append(Fact(_("Records counted"), row.actual_text, "", row.url))
    facts.append(Fact(_("Limit"), row.threshold_text, _limit_note(row)))
    if result.expected is not None:
        unit = "%" if result.kind == Kind.SHARE else ""
        basis = wording.expected_basis_text(result.expected_basis)
        facts.append(
            Fact(_("Expected by now"), f"{wording.number(result.expected, 1)}{unit}", basis)
        )
    if result.gap is not None:
        facts.append(Fact(_("Still missing"), wording.number(result.gap)))
    return facts


def _limit_note(row: Row) -> str:
    result = row.result
    if result.threshold is None:
        return _("nothing was allocated to this district")
    if result.kind == Kind.SHARE and result.operator == ">":
        return _("must lie above; exactly as much does not meet it")
    return _("at least; aiming at the higher number") if result.aim is not None else _("at least")


def _left_out(overview: Overview, chosen: Chosen) -> list[Fact]:
    def url(reason: str) -> str:
        return links.left_out_url(
            chosen.target, chosen.window, overview.unit, overview.facts, reason
        )

    return [
        Fact(wording.reason_text(reason), wording.number(number), "", url(reason))
        for reason, number in chosen.row.reading.left_out.items()
    ]


def _values(overview: Overview, chosen: Chosen) -> list[InForce]:
    """The limits set for the window by one document after another."""
    year = chosen.window.first.year if chosen.line.yearly else None
    found = TargetValue.objects.filter(target=chosen.target, year=year).order_by("effective_from")
    held = overview.kept.value_at(chosen.target, chosen.window, overview.as_of)
    return [
        InForce(
            text=_limit_text(Fraction(value.threshold), value.aim, chosen.target.kind),
            document=value.document,
            effective_from=value.effective_from,
            current=held is not None and held.on == value.effective_from,
        )
        for value in found
    ]


def _limit_text(threshold: Fraction, aim: Any, kind: str) -> str:
    text = wording.number(threshold)
    if kind == Kind.SHARE:
        return f"{text}%"
    return text if aim is None else f"{text}–{wording.number(Fraction(aim))}"


# --- By district ----------------------------------------------------------------------------------


def _parts(overview: Overview, asked: PageQuery, chosen: Chosen) -> list[Part]:
    """What each district that the person may see contributes, out of the same facts.

    Records of the province itself come last, so that the numbers add up; none for a person of
    one district.
    """
    districts = [unit for unit in asked.units if unit.level == UnitLevel.DISTRICT]
    if len(districts) < 2:
        return []
    rows = [(unit, overview.row_for(unit, chosen.target, chosen.window)) for unit in districts]
    longest = max([_length(one) for _unit, one in rows] + [Fraction(1)])
    parts = [
        Part(
            name=unit.name,
            url=links.unit_url(unit, overview.facts),
            figure=_small_figure(one),
            limit=one.threshold_text if one.result.kind == Kind.COUNT else "",
            state=one.state,
            state_label=one.state_label,
            bar=one.bar if one.result.kind == Kind.SHARE else _small_bar(one, longest),
            here=unit.pk == overview.unit.pk,
        )
        for unit, one in rows
    ]
    rest = _rest(overview, chosen.row, [one for _unit, one in rows])
    return [*parts, rest] if rest else parts


def _length(row: Row) -> Fraction:
    return max(Fraction(row.reading.value or 0), Fraction(row.result.threshold or 0))


def _small_bar(row: Row, longest: Fraction) -> Bar:
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


def _small_figure(row: Row) -> str:
    """A count; a share as its two numbers, with the percentage where there are enough of them."""
    result = row.result
    if result.kind == Kind.COUNT:
        return row.actual_text
    parts = f"{wording.number(result.numerator)}/{wording.number(result.denominator)}"
    return f"{parts} · {row.actual_text}" if (result.denominator or 0) >= wording.SMALL else parts


def _rest(overview: Overview, row: Row, rows: list[Row]) -> Part | None:
    """Rights and tasks of the province as a whole, which belong to no district."""
    if row.result.kind == Kind.SHARE or overview.unit.level == UnitLevel.DISTRICT:
        return None
    rest = (row.reading.value or 0) - sum(one.reading.value or 0 for one in rows)
    if not rest:
        return None
    return Part(_("The province itself"), "", wording.number(rest), "", "no_target", "", None)
