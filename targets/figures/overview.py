"""The only assembler: rows that page, chart, JSON, table, Word and Excel all read."""

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from ocop.organisation.models import Unit
from products.certificates import RenewalTerms
from products.scoring import renewal_terms
from targets.choices import State, TargetType
from targets.figures import commitments, links, wording
from targets.figures.units import part_of
from targets.indicators import Facts, Indicator, Measurement, Window, collect_facts
from targets.models import Plan, Target
from targets.progress import (
    Pace,
    ProgressResult,
    assess,
    counted_at,
    lookahead_day,
    pace,
)


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

    `url` leads to the records counted, `page_url` to the page that explains the figure. Where the
    window is over, `final_text` says of which day the result is, `now_text` what a share is since.
    """

    target: Target = field(repr=False, compare=False)
    window: Window
    code: str
    period: str
    period_label: str
    section: str
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
    final_text: str
    now_text: str
    pipeline: int | None
    pace: Pace | None
    bar: Bar
    url: str
    page_url: str

    @property
    def measure(self) -> str:
        return self.target.measure

    @property
    def indicator(self) -> Indicator:
        return self.target.indicator

    @property
    def closed_note(self) -> str:
        """Of which day the result is, and what a share is now; empty while the window runs."""
        return wording.closed_note(self.result, self.reading)


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

    @property
    def closed_note(self) -> str:
        """That of the current window; while it runs, which earlier years have final results."""
        return self.current.closed_note or wording.earlier_years_note(
            row.period_label for row in self.periods if row.result.closed
        )


@dataclass(frozen=True)
class Overview:
    plan: Plan
    as_of: date
    unit: Unit
    pending: bool
    facts: Facts
    plan_data: commitments.PlanData = field(repr=False)
    records: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    """Rows of records that several parts of a page read, each asked for once
    (targets.figures.series); those of another day or unit are others."""
    worded_rows: dict[tuple[Any, ...], FigureRow] = field(
        default_factory=dict, repr=False, compare=False
    )
    """Rows already worded, of any unit: tables, charts and pages of one day ask for the same."""
    named_on: date | None = None
    """The day whose names agencies bear; None: the day asked for."""

    @property
    def ended(self) -> bool:
        """The plan was over before the day asked for: every window is closed."""
        return self.as_of > self.plan.ends_on

    @property
    def ended_text(self) -> str:
        """What the head of a page says of a plan that has ended; else empty."""
        return wording.ended_text(self.plan.ends_on, self.as_of) if self.ended else ""

    @property
    def part_text(self) -> str:
        """What the head of a page says of a plan whose unit has become a part of a larger one."""
        last = self.plan.unit.valid_to
        if part_of(self.unit) is not None or last is None or last >= self.as_of:
            return ""
        return wording.part_text(self.plan.unit.name, last)

    @cached_property
    def renewal_terms(self) -> RenewalTerms:
        """When certificates are filed for again."""
        return renewal_terms()

    @cached_property
    def stock(self) -> dict[str, int]:
        """Valid products on the day: `total`, one number per rank, and their `producers`."""
        return self.facts.stock(self.unit)

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
        """The same facts read for another unit; its stock asks for the producers where new."""
        return replace(self, unit=unit, records={})

    def row_for(self, unit: Unit, target: Target, window: Window) -> FigureRow:
        key = (unit.pk, target.pk, window, get_language())
        if key not in self.worded_rows:
            agency = self.plan_data.agencies.name(target.lead_agency, self.named_on or self.as_of)
            row = _row(self.plan_data, self.facts, unit, target, window)
            self.worded_rows[key] = replace(row, lead_agency=agency)
        return self.worded_rows[key]

    def with_names_of(self, day: date) -> "Overview":
        """The same figures with agencies as they are called on `day`: for what is written then."""
        return replace(self, named_on=day, worded_rows={})

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
    """Progress of every target of `plan` at `as_of` for a province, district or commune.

    Access to `unit` is the caller's to check. The number of queries is constant in products,
    units and targets.
    """
    plan_data = plan_data or commitments.read_plan_data(plan, pending)
    facts = collect_facts(plan_data.lines(), as_of, pending)
    return Overview(plan, as_of, unit, pending, facts, plan_data)


def on_another_day(overview: Overview, day: date) -> Overview:
    """The same plan, unit and promises as of `day`, as the records say now."""
    facts = collect_facts(overview.plan_data.lines(), day, overview.pending)
    return replace(overview, as_of=day, facts=facts, records={}, worded_rows={})


def _row(
    plan_data: commitments.PlanData, facts: Facts, unit: Unit, target: Target, window: Window
) -> FigureRow:
    reading, result = _assessed(plan_data, facts, unit, target, window)
    indicator = target.indicator
    return FigureRow(
        target=target,
        window=window,
        code=target.code,
        period=window.label,
        period_label=wording.period_label(window.label),
        section=target.section,
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
        gap_text=wording.missing_text(indicator, result.gap),
        status_text=wording.status_text(
            indicator, result, lookahead_day(window.last, result.counted_at)
        ),
        explanation=wording.explanation(indicator, result, reading),
        final_text=wording.final_text(result, reading),
        now_text=wording.now_text(reading),
        pipeline=reading.pipeline,
        pace=None
        if result.state == State.MISSED
        else pace(result.gap, window.first, window.last, facts.day),
        bar=_bar(result, reading),
        url=links.records_url(target, window, unit, facts),
        page_url=links.page_url(target.code, window.label, unit, facts),
    )


def _assessed(
    plan_data: commitments.PlanData, facts: Facts, unit: Unit, target: Target, window: Window
) -> tuple[Measurement, ProgressResult]:
    reading = facts.measure(target, window, unit)
    goal = plan_data.goal(target, window, counted_at(window.last, facts.day), part_of(unit))
    return reading, assess(goal, reading, facts.day)


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
    with_pipeline = actual + (0 if result.closed else reading.pipeline or 0)
    return Bar(
        actual=part(actual) or 0.0,
        pipeline=round((part(with_pipeline) or 0.0) - (part(actual) or 0.0), 1),
        limit=part(result.threshold),
        expected=None if result.closed else part(result.expected),
        over=actual > scale,
    )
