"""The only assembler: rows that page, chart, JSON, table, Word and Excel all read."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit
from targets.choices import Measure, State, TargetSection, TargetType
from targets.figures import commitments, links, measures, wording
from targets.figures.measures import Facts, Measurement, Window
from targets.models import Plan, Target
from targets.progress import Actual, Pace, ProgressResult, assess, decimal_text, pace, shown_percent


@dataclass(frozen=True)
class Bar:
    """A bullet bar in percent of its width: counted, in the pipeline, limit, expected by now.

    `over` where the counted part runs past the scale and is cut there with its figure said.
    """

    actual: float
    pipeline: float
    limit: float | None
    expected: float | None
    over: bool


@dataclass(frozen=True)
class FigureRow:
    """One target in one window for one unit, with everything a page, chart or file prints.

    `url` leads to the records counted, `page_url` to the page that explains the figure.
    """

    code: str
    period: str
    period_label: str
    section: str
    measure: str
    name: str
    short_name: str
    quote: str
    document: str
    lead_agency: str
    result: ProgressResult
    reading: Measurement
    state: str
    state_label: str
    actual_text: str
    threshold_text: str
    gap_text: str
    status_text: str
    explanation: str
    pipeline: int | None
    pace: Pace | None
    bar: Bar
    url: str
    page_url: str


@dataclass(frozen=True)
class TargetPeriods:
    """A target with its windows: one for a whole-plan target, one a year for a yearly one.

    `current` is the window that the day asked for lies in (the nearest one outside them).
    """

    code: str
    section: str
    periods: list[FigureRow]
    current: FigureRow

    @property
    def yearly(self) -> bool:
        return len(self.periods) > 1


@dataclass(frozen=True)
class Overview:
    plan: Plan
    as_of: date
    unit: Unit
    pending: bool
    stock: dict[str, int]
    facts: Facts
    plan_data: commitments.PlanData = field(repr=False)
    records: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """Rows of records that several parts of a page read, each asked for once
    (targets.figures.series); those of another day or unit are others."""
    worded_rows: dict[tuple[Any, ...], FigureRow] = field(
        default_factory=dict, repr=False, compare=False
    )
    """Rows already worded, of any unit: tables, charts and pages of one day ask for the same."""

    @cached_property
    def rows(self) -> list[FigureRow]:
        """Every target in each of its windows, in the plan's order."""
        return self.rows_for(self.unit)

    @cached_property
    def lines(self) -> list[TargetPeriods]:
        by_code: dict[str, list[FigureRow]] = {}
        for row in self.rows:
            by_code.setdefault(row.code, []).append(row)
        return [
            TargetPeriods(code, rows[0].section, rows, _current(rows, self.as_of))
            for code, rows in by_code.items()
        ]

    def rows_for(self, unit: Unit) -> list[FigureRow]:
        """The same targets for another unit, out of the same facts, without a query."""
        return [self.row_for(unit, target, window) for target, window in self.plan_data.lines()]

    def of(self, unit: Unit) -> "Overview":
        """The same facts read for another unit, without a query."""
        stock = measures.stock(self.facts, district_of(unit))
        return replace(self, unit=unit, stock=stock, records={})

    def row_for(self, unit: Unit, target: Target, window: Window) -> FigureRow:
        key = (unit.pk, target.pk, window, get_language())
        if key not in self.worded_rows:
            self.worded_rows[key] = _row(self.plan_data, self.facts, unit, target, window)
        return self.worded_rows[key]

    def results_for(self, unit: Unit) -> list[tuple[Target, Window, ProgressResult]]:
        """What stands behind `rows_for`, without the words."""
        return [
            (target, window, _assessed(self.plan_data, self.facts, unit, target, window)[1])
            for target, window in self.plan_data.lines()
        ]


def _current(rows: list[FigureRow], day: date) -> FigureRow:
    if len(rows) == 1:
        return rows[0]
    begun = [row for row in rows if row.period <= str(day.year)]
    return begun[-1] if begun else rows[0]


def current_rows(overview: Overview, unit: Unit) -> list[FigureRow]:
    """One row a target for `unit`: of a yearly one the year that the day asked for lies in."""
    current = {line.code: line.current.period for line in overview.lines}
    return [
        overview.row_for(unit, target, window)
        for target, window in overview.plan_data.lines()
        if window.label == current[target.code]
    ]


def build(
    plan: Plan,
    unit: Unit,
    as_of: date,
    pending: bool = False,
    plan_data: commitments.PlanData | None = None,
) -> Overview:
    """Progress of every target of `plan` at `as_of` for the province or one district.

    Access to `unit` is the caller's to check. The number of queries is constant in products,
    districts and targets.
    """
    plan_data = plan_data or commitments.read_plan_data(plan, pending)
    facts = measures.collect_facts(plan_data.lines(), as_of, plan.ends_on, pending)
    stock = measures.stock(facts, district_of(unit))
    return Overview(plan, as_of, unit, pending, stock, facts, plan_data)


def on_another_day(overview: Overview, day: date) -> Overview:
    """The same plan, unit and promises as of `day`, as the records say now. One query."""
    facts = measures.collect_facts(
        overview.plan_data.lines(), day, overview.plan.ends_on, overview.pending
    )
    stock = measures.stock(facts, district_of(overview.unit))
    return replace(overview, as_of=day, stock=stock, facts=facts, records={}, worded_rows={})


def district_of(unit: Unit) -> int | None:
    """The district's id that figures are read for; None stands for the whole province."""
    return unit.pk if unit.level == UnitLevel.DISTRICT else None


def _row(
    plan_data: commitments.PlanData, facts: Facts, unit: Unit, target: Target, window: Window
) -> FigureRow:
    reading, result = _assessed(plan_data, facts, unit, target, window)
    return FigureRow(
        code=target.code,
        period=window.label,
        period_label=wording.period_label(window.label),
        section=target.section,
        measure=target.measure,
        name=wording.in_language(target, "name"),
        short_name=wording.in_language(target, "short_name"),
        quote=target.quote,
        document=target.document,
        lead_agency=target.lead_agency.name,
        result=result,
        reading=reading,
        state=result.state,
        state_label=str(State(result.state).label),
        actual_text=wording.actual_text(result),
        threshold_text=wording.limit_text(result),
        gap_text=wording.missing_text(target.measure, result.gap),
        status_text=wording.status_text(target.measure, result, window.last),
        explanation=wording.explanation(target.measure, result, reading),
        pipeline=reading.pipeline,
        pace=pace(result.gap, window.first, window.last, facts.day),
        bar=_bar(result, reading),
        url=links.records_url(target, window, unit, facts),
        page_url=links.page_url(target.code, window.label, unit, facts),
    )


def _assessed(
    plan_data: commitments.PlanData, facts: Facts, unit: Unit, target: Target, window: Window
) -> tuple[Measurement, ProgressResult]:
    district = district_of(unit)
    reading = measures.MEASURES[target.measure](facts, target, window, district)
    goal = plan_data.goal(target, window, facts.day, district)
    return reading, assess(goal, _actual(reading), facts.day)


def _actual(reading: Measurement) -> Actual:
    return Actual(
        value=reading.value,
        numerator=reading.numerator,
        denominator=reading.denominator,
        end_numerator=reading.end_numerator,
        end_denominator=reading.end_denominator,
    )


# --- Bars -----------------------------------------------------------------------------------------

SCALE_OVER_LIMIT = Fraction(10, 9)
"""A count's bar is a ninth longer than its limit or aim, so that reaching it is seen."""


def _bar(result: ProgressResult, reading: Measurement) -> Bar:
    """Shares run over 0–100 %; counts over a ninth more than the limit (the aim if higher)."""
    if result.threshold is None:
        return Bar(actual=0.0, pipeline=0.0, limit=None, expected=None, over=False)
    if result.kind == TargetType.SHARE:
        scale = Fraction(100)
    else:
        scale = Fraction(result.aim or result.threshold or 1) * SCALE_OVER_LIMIT

    def part(value: Fraction | int | None) -> float | None:
        return None if value is None else round(float(min(Fraction(1), value / scale)) * 100, 1)

    actual = Fraction(result.actual or 0)
    with_pipeline = actual + (reading.pipeline or 0)
    return Bar(
        actual=part(actual) or 0.0,
        pipeline=round((part(with_pipeline) or 0.0) - (part(actual) or 0.0), 1),
        limit=part(result.threshold),
        expected=part(result.expected),
        over=actual > scale,
    )


# --- Views of the rows ----------------------------------------------------------------------------


@dataclass(frozen=True)
class SectionRows:
    """Lines under one heading; `note` is the plan's own check of their numbers, or empty."""

    title: str
    lines: list[TargetPeriods]
    note: str = ""


@dataclass(frozen=True)
class PlanSum:
    """The plan's sum: so many tasks, out of which so many rights of each kind; `note` says it."""

    tasks: FigureRow
    rights: list[FigureRow]

    @property
    def adds_up(self) -> bool:
        parts = [row.result.threshold or Fraction(0) for row in self.rights]
        return self.tasks.result.threshold == sum(parts)

    @property
    def note(self) -> str:
        words = {
            "tasks": self.tasks.threshold_text,
            "parts": " + ".join(
                f"{row.threshold_text} {row.short_name.lower()}" for row in self.rights
            ),
        }
        if self.adds_up:
            return _("The plan adds up: %(tasks)s tasks = %(parts)s.") % words
        return _("The plan does not add up: %(tasks)s tasks, but %(parts)s.") % words


def plan_sum(lines: Iterable[TargetPeriods]) -> PlanSum | None:
    """The plan's sum among the lines of one section.

    None unless they hold one target of tasks with its limit, and the rights have theirs.
    """
    rows = [line.current for line in lines]
    tasks = [row for row in rows if row.measure == Measure.SCIENCE_TASKS]
    rights = [row for row in rows if row.measure == Measure.IP_RIGHTS]
    if len(tasks) != 1 or not rights:
        return None
    if None in [row.result.threshold for row in [*tasks, *rights]]:
        return None
    return PlanSum(tasks[0], rights)


def by_section(lines: Iterable[TargetPeriods], state: str = "") -> list[SectionRows]:
    """Lines under the sections the page shows: recognition and market stand together.

    With `state` only the lines in it, and no section without any.
    """
    titles = {
        TargetSection.IP_SUPPORT: TargetSection.IP_SUPPORT.label,
        TargetSection.SCIENCE_TASKS: TargetSection.SCIENCE_TASKS.label,
    }
    grouped: dict[str, list[TargetPeriods]] = {}
    for line in lines:
        title = titles.get(TargetSection(line.section), _("Recognition and market"))
        grouped.setdefault(str(title), []).append(line)
    shown = {
        title: [line for line in found if not state or line.current.state == state]
        for title, found in grouped.items()
    }
    return [
        SectionRows(title, shown[title], check.note if (check := plan_sum(found)) else "")
        for title, found in grouped.items()
        if shown[title]
    ]


def state_counts(lines: Iterable[TargetPeriods]) -> list[tuple[str, str, int]]:
    """(state, its word, how many targets are in it), in the order of choices.State."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.current.state] = counts.get(line.current.state, 0) + 1
    return [(state.value, str(state.label), counts[state]) for state in State if state in counts]


def as_json(overview: Overview) -> dict[str, Any]:
    """The form of `progress --format json`: decimal strings, never floats."""
    return {
        "plan": overview.plan.code,
        "as_of": overview.as_of.isoformat(),
        "unit": overview.unit.code,
        "pending": overview.pending,
        "stock": overview.stock,
        "targets": [_json_row(row) for row in overview.rows],
    }


def _json_row(row: FigureRow) -> dict[str, Any]:
    result = row.result
    share = result.kind == TargetType.SHARE
    actual = decimal_text(result.actual)
    if share:
        actual = None
        if result.denominator and result.numerator is not None and result.threshold is not None:
            shown = shown_percent(
                result.numerator, result.denominator, result.operator, result.threshold
            )
            actual = format(shown, "f")
    return {
        "code": row.code,
        "period": row.period,
        "kind": result.kind,
        "operator": result.operator,
        "threshold": decimal_text(result.threshold),
        "aim": decimal_text(result.aim),
        "numerator": result.numerator if share else None,
        "denominator": result.denominator if share else None,
        "actual": actual,
        "met": result.met,
        "gap": result.gap,
        "expected": decimal_text(result.expected, 1),
        "state": result.state,
        "explanation": row.explanation,
    }
