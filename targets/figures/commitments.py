"""A plan's commitments, read once: its targets with their values, milestones, allocations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, DateField, DecimalField, F, Value
from django.db.models.functions import Cast

from ocop.db.consistent_read import consistent_read
from ocop.organisation.agencies import AgencyNames
from ocop.organisation.models import Unit
from targets.choices import Period, TargetType
from targets.indicators import Window
from targets.models import (
    Allocation,
    Milestone,
    MilestoneChange,
    Plan,
    QuotaMoveLine,
    Target,
    TargetValue,
)
from targets.periods import windows as windows_of
from targets.progress import Goal


class _MilestoneDecision(NamedTuple):
    """What a document of one day decides about the milestone due on another; None: there is
    none."""

    due: date
    decided_on: date
    before: Decimal | None
    after: Decimal | None


class _DatedValue(NamedTuple):
    source: str
    target_id: int
    year: int | None
    on: date | None
    value: Decimal
    aim: Decimal | None = None
    unit_id: int | None = None


@dataclass
class PlanData:
    """A plan with everything that its goals are made of.

    `agencies` says what the bodies that lead are called on a day. `moves` are the lines of
    movements of quotas, by target and district, in order of their day;
    `milestone_decisions` are the changes of milestones, by target and year, in the order entered.
    """

    plan: Plan
    targets: list[Target]
    values: dict[tuple[int, int | None], list[_DatedValue]] = field(default_factory=dict)
    milestones: dict[tuple[int, int | None], list[_DatedValue]] = field(default_factory=dict)
    milestone_decisions: dict[tuple[int, int | None], list[_MilestoneDecision]] = field(
        default_factory=dict
    )
    allocations: dict[tuple[int, int], list[_DatedValue]] = field(default_factory=dict)
    moves: dict[tuple[int, int], list[_DatedValue]] = field(default_factory=dict)
    agencies: AgencyNames = field(default_factory=lambda: AgencyNames([]))

    def windows(self, target: Target) -> list[Window]:
        spans = windows_of(target.period, self.plan.starts_on, self.plan.ends_on)
        return [Window(*span) for span in spans]

    def lines(self) -> Iterator[tuple[Target, Window]]:
        """Every target with each of its windows, in the plan's order."""
        for target in self.targets:
            for window in self.windows(target):
                yield target, window

    def value_at(self, target: Target, window: Window, day: date) -> _DatedValue | None:
        """The value in force on `day`: the latest before it, or the first there is."""
        entries = self.values.get((target.pk, _year(target, window)), [])
        in_force = [entry for entry in entries if entry.on is not None and entry.on <= day]
        return in_force[-1] if in_force else (entries[0] if entries else None)

    def goal(self, target: Target, window: Window, day: date, part: int | None) -> Goal:
        """The target's goal in a window for the province (None) or the unit with this id.

        A unit's counts are its allocations as they stood on `day`, the sum of the window's
        years, none where nothing was allocated; it has no aim and no milestones of its own.
        Shares keep the plan's limit everywhere.
        """
        value = self.value_at(target, window, day)
        threshold = Fraction(value.value) if value else None
        aim = Fraction(value.aim) if value and value.aim is not None else None
        milestones = self.milestones_at(target, window, day)
        if part is not None and target.kind == TargetType.COUNT:
            threshold, aim, milestones = self.allocated(target, window, part, day), None, []
        return Goal(
            kind=target.kind,
            operator=target.operator,
            threshold=threshold,
            aim=aim,
            window_start=window.first,
            window_end=window.last,
            attention_percent=self.plan.attention_percent,
            milestones=tuple((due, Fraction(value)) for due, value in milestones),
        )

    def milestones_at(
        self, target: Target, window: Window, day: date | None
    ) -> list[tuple[date, Decimal]]:
        """(due, value) as the documents up to `day` set them, in order; None: all documents.

        Of several changes of a milestone by then the last entered holds; before the first one
        stands what it found. A milestone that was never changed has always been there.
        """
        key = (target.pk, _year(target, window))
        found: dict[date, Decimal | None] = {
            entry.on: entry.value for entry in self.milestones.get(key, []) if entry.on
        }
        if day is not None:
            first: dict[date, Decimal | None] = {}
            ruled: dict[date, Decimal | None] = {}
            for ruling in self.milestone_decisions.get(key, []):
                first.setdefault(ruling.due, ruling.before)
                if ruling.decided_on <= day:
                    ruled[ruling.due] = ruling.after
            found |= first | ruled
        return sorted((due, value) for due, value in found.items() if value is not None)

    def allocated(self, target: Target, window: Window, part: int, day: date) -> Fraction | None:
        """What the unit has been given in the window's years; None where nothing."""
        years = range(window.first.year, window.last.year + 1)
        given = [self.quota(target, part, year, day) for year in years]
        known = [Fraction(quota) for quota in given if quota is not None]
        return sum(known, Fraction(0)) if known else None

    def quota(self, target: Target, part: int, year: int, day: date) -> int | None:
        """The unit's quota of one year as it stood on `day`: today's less the later moves."""
        key = (target.pk, part)
        held = [
            entry
            for entry in self.allocations.get(key, [])
            if entry.year == year and (entry.on is None or entry.on <= day)
        ]
        if not held:
            return None
        later = (
            entry.value
            for entry in self.moves.get(key, [])
            if entry.year == year and entry.on is not None and entry.on > day
        )
        return int(held[0].value - sum(later))


def _year(target: Target, window: Window) -> int | None:
    return window.first.year if target.period == Period.YEAR else None


def _entries(targets: list[Target], pending: bool) -> Iterator[_DatedValue]:
    """Values, milestones, allocations and moves of the targets, in one query."""
    moved = QuotaMoveLine.objects.filter(allocation__isnull=False)
    allocations = Allocation.objects.counted(pending)
    of_move = {"target": "move__target_id", "year": "move__year", "on": "move__effective_from"}
    arms = [
        _arm("value", TargetValue.objects, "effective_from", "threshold", aim="aim"),
        _arm("milestone", Milestone.objects, "due_on", "value"),
        _arm("allocation", allocations, "given_from", "value", unit="unit_id"),
        _arm("move", moved, value="change", unit="allocation__unit_id", **of_move),
    ]
    first, *others = (arm.filter(a_target__in=[target.pk for target in targets]) for arm in arms)
    for row in first.union(*others, all=True):
        yield _DatedValue(*row)


def _arm(
    source: str,
    records: Any,
    on: str,
    value: str,
    aim: str | None = None,
    unit: str | None = None,
    target: str = "target_id",
    year: str = "year",
) -> Any:
    """One kind of entry as the columns of _DatedValue, every one typed: a NULL has no type."""
    number = TargetValue._meta.get_field("threshold")
    decimal = DecimalField(max_digits=number.max_digits, decimal_places=number.decimal_places)
    whole = BigIntegerField()
    columns = {
        "a_source": Value(source, output_field=CharField()),
        "a_target": F(target),
        "a_year": Cast(year, whole),
        "a_on": Cast(on, DateField()),
        "a_value": Cast(value, decimal),
        "a_aim": Cast(F(aim) if aim else Value(None), decimal),
        "a_unit": Cast(F(unit) if unit else Value(None), whole),
    }
    return records.order_by().annotate(**columns).values_list(*columns)


def read_plan_data(plan: Plan, pending: bool = False) -> PlanData:
    """The promises of `plan` as they stand at one moment."""
    with consistent_read():
        targets = list(
            Target.objects.filter(plan=plan)
            .select_related("lead_agency__successor__successor__successor")
            .order_by("position", "pk")
        )
        entries = sorted(
            _entries(targets, pending),
            key=lambda entry: (entry.on or date.min, entry.unit_id or 0),
        )
        rulings = list(MilestoneChange.objects.filter(target__in=targets).order_by("pk"))
    agencies = AgencyNames.with_successors(target.lead_agency for target in targets)
    plan_data = PlanData(plan=plan, targets=targets, agencies=agencies)
    for entry in entries:
        if entry.source == "value":
            plan_data.values.setdefault((entry.target_id, entry.year), []).append(entry)
        elif entry.source == "milestone":
            plan_data.milestones.setdefault((entry.target_id, entry.year), []).append(entry)
        elif entry.unit_id is not None:
            bucket = plan_data.moves if entry.source == "move" else plan_data.allocations
            bucket.setdefault((entry.target_id, entry.unit_id), []).append(entry)
    for one in rulings:
        ruling = _MilestoneDecision(one.due_on, one.document_date, one.before, one.after)
        plan_data.milestone_decisions.setdefault((one.target_id, one.year), []).append(ruling)
    return plan_data


def plans_unit(day: date) -> int | None:
    """The id of the unit whose plan runs on `day`, as `plan_at` says; one query."""
    plan = plan_at(day, Plan.objects.all())
    return plan.unit_id if plan else None


def plan_at(
    day: date, plans: Iterable[Plan] | None = None, unit: Unit | None = None
) -> Plan | None:
    """The plan that runs on `day`, else the next to begin, else the last that ended; one query,
    unless all plans are known.

    With `unit` (its parents known) those of its province come first: one that runs, or any where
    the province has ended; else as without.
    """
    plans = Plan.objects.select_related("unit") if plans is None else plans
    plans = sorted(plans, key=lambda plan: (plan.starts_on, plan.pk))
    if unit is not None and (own := _of_province(plans, unit, day)):
        plans = own
    running = [plan for plan in plans if plan.starts_on <= day <= plan.ends_on]
    coming = [plan for plan in plans if plan.starts_on > day]
    chosen = running[-1:] or coming[:1] or plans[-1:]
    return chosen[0] if chosen else None


def _of_province(plans: list[Plan], unit: Unit, day: date) -> list[Plan]:
    """The plans of the unit's province where they go before those of others on `day`."""
    if len({plan.unit_id for plan in plans}) < 2:
        return plans
    province = unit
    while province.parent is not None:
        province = province.parent
    own = [plan for plan in plans if plan.unit_id == province.pk]
    runs = any(plan.starts_on <= day <= plan.ends_on for plan in own)
    return own if runs or province.valid_to is not None else []
