"""The board of confirmations: units against the quarters of one year."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ocop.organisation.models import Unit
from products.kinds import KINDS
from targets.choices import ConfirmationState
from targets.confirmations import later_changes, services
from targets.confirmations.services import QuarterStatus, ReportingTimeliness
from targets.figures import wording
from targets.models import Plan
from targets.periods import Quarter


@dataclass(frozen=True)
class ConfirmationBoardRow:
    """`cells` are the quarters, each with how many changes came after its confirmation; None for
    one that was over before there was the unit."""

    unit: Unit
    cells: list[tuple[QuarterStatus, int] | None]
    timeliness: ReportingTimeliness

    @property
    def quarter_statuses(self) -> list[QuarterStatus]:
        return [cell[0] for cell in self.cells if cell]


@dataclass(frozen=True)
class ConfirmationBoard:
    """`counts` are (state, word, number) over all units and the quarters shown."""

    year: int
    quarters: list[Quarter]
    rows: list[ConfirmationBoardRow]
    counts: list[tuple[str, str, int]]


def years_begun(plans: Iterable[Plan], day: date) -> list[int]:
    """The years of all plans that have begun by `day`, in order."""
    return sorted(
        {quarter.year for plan in plans for quarter in services.quarters_begun(plan, day)}
    )


def board(
    plan: Plan,
    units: list[Unit],
    day: date,
    year: int,
    state: str = "",
) -> ConfirmationBoard:
    """The year's quarters begun by `day`; with `state` the units that have one in it."""
    quarters = [one for one in services.quarters_begun(plan, day) if one.year == year]
    of_all_years = services.quarter_statuses(plan, units, day)
    found = [one for one in of_all_years if one.quarter.year == year]
    timeliness = services.reporting_timeliness(units, day, plan, of_all_years)
    by_unit: dict[int, list[QuarterStatus]] = {unit.pk: [] for unit in units}
    for one in found:
        by_unit[one.unit.pk].append(one)
    late = _late(found, day)
    numbers = Counter(one.state for one in found)
    rows = [
        ConfirmationBoardRow(
            unit, [_cell(by_unit[unit.pk], one, late) for one in quarters], timeliness[unit.pk]
        )
        for unit in units
        if not state or any(one.state == state for one in by_unit[unit.pk])
    ]
    counts = [
        (one.value, str(one.label), numbers[one.value])
        for one in ConfirmationState
        if numbers[one.value]
    ]
    return ConfirmationBoard(year, quarters, rows, counts)


def _cell(
    of_unit: list[QuarterStatus], quarter: Quarter, late: dict[QuarterStatus, int]
) -> tuple[QuarterStatus, int] | None:
    found = next((one for one in of_unit if one.quarter == quarter), None)
    return (found, late.get(found, 0)) if found else None


def _late(quarter_statuses: list[QuarterStatus], day: date) -> dict[QuarterStatus, int]:
    """How many changes by `day` came after each confirmation. One query; none for none."""
    periods = {}
    for one in quarter_statuses:
        if one.confirmation is not None:
            one.confirmation.unit = one.unit
            periods[later_changes.period_of(one.confirmation)] = one
    changes = later_changes.changes_after(periods, day)
    return {periods[period]: len(its) for period, its in changes.items()}


@dataclass(frozen=True)
class ConfirmedFigure:
    """One confirmed figure as a page shows it; texts come from the stored plain values."""

    code: str
    period: str
    actual: str
    limit: str
    state: str


def shown_figures(figures: dict) -> list[ConfirmedFigure]:
    """The targets of stored figures in their order; windows not begun are left out."""
    rows = []
    for target in figures["targets"]:
        if target["state"] == "not_due":
            continue
        actual, limit = _number(target["actual"]), _number(target["threshold"])
        if target["kind"] == "share":
            of = wording.share_parts(target["numerator"], target["denominator"])
            small = target["actual"] is None or wording.is_small(target["denominator"])
            actual, limit = f"{actual}% ({of})", f"{target['operator']} {limit}%"
            if small:
                actual = of
        rows.append(
            ConfirmedFigure(target["code"], target["period"], actual, limit, target["state"])
        )
    return rows


def _number(text: str | None) -> str:
    """A stored decimal in the language's form; a dash for none."""
    if text is None:
        return "–"
    return wording.number(Decimal(text), len(text.partition(".")[2]))


def shown_records(records: dict[str, dict[str, int]]) -> list[tuple[str, dict[str, int]]]:
    """(label of the kind, its numbers) of every kind."""
    return [(str(KINDS[slug].label), numbers) for slug, numbers in records.items()]
