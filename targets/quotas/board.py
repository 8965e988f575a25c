"""The board of quotas: what districts were given, against the province's number, on a day."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.organisation.models import Unit
from targets.choices import TargetType
from targets.figures import FigureRow, Overview, PlanData, part_of, wording
from targets.indicators import Window
from targets.models import Plan, QuotaMove, QuotaMoveLine, Target


@dataclass(frozen=True)
class AllocationSum:
    """What districts were given of one target in one window, against the province's number."""

    code: str
    name: str
    period: str
    period_label: str
    limit: Fraction | None
    given: int
    districts: int
    sentence: str
    over: bool

    @property
    def left(self) -> Fraction | None:
        """Units with no district yet (negative: more given than asked); None without a limit."""
        return None if self.limit is None else self.limit - self.given


@dataclass(frozen=True)
class QuotaBoardRow:
    """One district: (year, quota or None) of the plan's years, their sum, how far it is."""

    unit: Unit
    cells: list[tuple[int, int | None]]
    progress: FigureRow

    @property
    def total(self) -> int | None:
        known = [quota for _year, quota in self.cells if quota is not None]
        return sum(known) if known else None


@dataclass(frozen=True)
class QuotaBoard:
    """The quotas of one counted target as they stood on the overview's day.

    `years` are the plan's; `year` the one looked at, whose window `balance` and the rows' progress
    are about (the whole plan for a target without years).
    """

    target: Target
    years: list[int]
    year: int
    rows: list[QuotaBoardRow]
    balance: AllocationSum

    @property
    def known(self) -> bool:
        """True where a district has a quota of any year."""
        return any(row.total is not None for row in self.rows)

    @property
    def total_cells(self) -> list[tuple[int, int]]:
        """(year, sum over the districts shown)."""
        cells = [row.cells for row in self.rows]
        return [
            (year, sum(one[place][1] or 0 for one in cells))
            for place, year in enumerate(self.years)
        ]

    @property
    def total(self) -> int:
        return sum(total for _year, total in self.total_cells)


def latest(plan_data: PlanData, target: Target, unit: Unit | None, year: int) -> int | None:
    """The district's quota after every movement entered so far; None for the reserve."""
    return None if unit is None else plan_data.quota(target, unit.pk, year, date.max)


def counted_targets(plan_data: PlanData) -> list[Target]:
    """The targets that are counts: those which are divided among districts."""
    return [target for target in plan_data.targets if target.kind == TargetType.COUNT]


def years_of(plan_data: PlanData) -> list[int]:
    return list(range(plan_data.plan.starts_on.year, plan_data.plan.ends_on.year + 1))


def window_of(plan_data: PlanData, target: Target, year: int) -> Window:
    """The window that `year` lies in: that year's own, or the whole plan's."""
    return next(
        window
        for window in plan_data.windows(target)
        if window.first.year <= year <= window.last.year
    )


def allocation_sums(overview: Overview, districts: list[Unit]) -> list[AllocationSum]:
    """Every counted target in every window, in the plan's order. No query."""
    plan_data = overview.plan_data
    return [
        _allocation_sum(overview, target, window, districts)
        for target, window in plan_data.lines()
        if target.kind == TargetType.COUNT
    ]


def board(overview: Overview, target: Target, year: int, districts: list[Unit]) -> QuotaBoard:
    """The board of `target` for the districts given, out of the overview's rows. No query.

    The sum is over `districts` too: for one district alone it says nothing of the province.
    """
    plan_data, day = overview.plan_data, overview.as_of
    years, window = years_of(plan_data), window_of(plan_data, target, year)
    rows = []
    for unit in districts:
        cells = [(one, plan_data.quota(target, unit.pk, one, day)) for one in years]
        rows.append(QuotaBoardRow(unit, cells, overview.row_for(unit, target, window)))
    balance = _allocation_sum(overview, target, window, districts)
    return QuotaBoard(target, years, year, rows, balance)


def _allocation_sum(
    overview: Overview, target: Target, window: Window, districts: list[Unit]
) -> AllocationSum:
    plan_data, day = overview.plan_data, overview.as_of
    given = [plan_data.allocated(target, window, unit.pk, day) for unit in districts]
    known = [int(number) for number in given if number is not None]
    limit = plan_data.goal(target, window, day, None).threshold
    return AllocationSum(
        code=target.code,
        name=wording.in_language(target, "short_name"),
        period=window.label,
        period_label=wording.period_label(window.label),
        limit=limit,
        given=sum(known),
        districts=len(known),
        sentence=sum_in_words(limit, sum(known), len(known)),
        over=limit is not None and sum(known) > limit,
    )


def sum_in_words(limit: Fraction | None, given: int, districts: int) -> str:
    """ "25 set by the plan, 23 given to 9 districts, 2 left with the province.\""""
    words: dict[str, Any] = {"given": wording.number(given), "n": districts}
    to_whom = ngettext(
        "%(given)s given to %(n)d district", "%(given)s given to %(n)d districts", districts
    )
    parts = {"given": to_whom % words}
    if limit is None:
        return _("The plan sets no number; %(given)s.") % parts
    parts["limit"] = wording.number(limit)
    rest = limit - given
    parts["rest"] = wording.number(abs(rest))
    if not given:
        return _("%(limit)s set by the plan, nothing given to districts yet.") % parts
    if rest > 0:
        return _("%(limit)s set by the plan, %(given)s, %(rest)s left with the province.") % parts
    if rest < 0:
        return _("%(limit)s set by the plan, %(given)s: %(rest)s more than the plan asks.") % parts
    return _("%(limit)s set by the plan, %(given)s, nothing left.") % parts


# --- The book of entries ------------------------------------------------------------------------


@dataclass(frozen=True)
class QuotaMoveEntry:
    """A movement as the board shows it; `lines` are (who, signed change) the person may see."""

    move: QuotaMove
    lines: list[tuple[str, str]]
    corrected: bool
    in_force: bool


def entries(target: Target, year: int, day: date, unit: Unit) -> list[QuotaMoveEntry]:
    """The movements of one target and year, the latest first; for a district those it is in.

    `in_force`: it holds on `day`. A district sees its own lines alone. Two queries.
    """
    moves = QuotaMove.objects.filter(target=target, year=year)
    moves = moves.select_related("entered_by", "corrected_by", "corrects")
    return visible_entries(list(moves.order_by("-effective_from", "-pk")), day, unit)


def visible_entries(moves: list[QuotaMove], day: date, unit: Unit) -> list[QuotaMoveEntry]:
    """Those of the movements that the unit has a line in (the province: all). One query."""
    part = part_of(unit)
    lines = QuotaMoveLine.objects.filter(move__in=[one.pk for one in moves])
    if part is not None:
        lines = lines.filter(allocation__unit_id=part)
    by_move: dict[int, list[tuple[str, str]]] = {}
    for line in lines.select_related("allocation__unit"):
        who = line.allocation.unit.name if line.allocation else _("The province's reserve")
        by_move.setdefault(line.move_id, []).append((who, _signed(line.change)))
    return [
        QuotaMoveEntry(one, by_move[one.pk], _corrected(one), one.effective_from <= day)
        for one in moves
        if one.pk in by_move
    ]


def entries_of_district(plan: Plan, day: date, unit: Unit) -> list[QuotaMoveEntry]:
    """Every movement of the plan's quotas that the district has a line in, the latest first, with
    that line alone. One query."""
    lines = QuotaMoveLine.objects.filter(
        allocation__unit=unit, move__target__plan=plan
    ).select_related(
        "allocation__unit",
        "move__target",
        "move__entered_by",
        "move__corrects",
        "move__corrected_by",
    )
    return [
        QuotaMoveEntry(
            move=line.move,
            lines=[(unit.name, _signed(line.change))],
            corrected=_corrected(line.move),
            in_force=line.move.effective_from <= day,
        )
        for line in lines.order_by("-move__effective_from", "-move__pk")
    ]


def _signed(change: int) -> str:
    return f"{change:+d}".replace("-", "−")


def _corrected(one: QuotaMove) -> bool:
    return getattr(one, "corrected_by", None) is not None
