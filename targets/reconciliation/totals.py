"""Published totals beside what the record counts for the same day, unit and measure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ocop.db.consistent_read import consistent_read
from ocop.organisation.models import Unit
from ocop.organisation.scope import Scope
from products.legal_terms import decision_key
from targets.choices import TotalMeasure, TotalScope, TotalState
from targets.figures import links, part_of, wording
from targets.indicators import DayFigure, DecidedDays, answers, days_of_batches
from targets.models import Plan, PublishedTotal
from targets.periods import period_days


@dataclass(frozen=True)
class Reason:
    """What may explain a difference; `url` empty where there is nothing to open."""

    text: str
    url: str = ""


@dataclass
class Comparison:
    """A published total and the record's own figure.

    `record` counts verified records, `pending` those awaiting verification too; both None where
    the two cannot be compared, and `why` says why. `notes`: what is to be known of the comparison
    itself. `figure` is what was asked of the record.
    """

    total: PublishedTotal
    figure: DayFigure | None = None
    record: int | None = None
    pending: int | None = None
    why: str = ""
    notes: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    @property
    def state(self) -> TotalState:
        if self.record is None:
            return TotalState.NOT_COMPARABLE
        return TotalState.MATCH if not self.difference else TotalState.DIFFERS

    @property
    def difference(self) -> int:
        """The record's figure less the published one; 0 where they cannot be compared."""
        return 0 if self.record is None else self.record - self.total.value

    @property
    def difference_text(self) -> str:
        return wording.signed(self.difference)

    @property
    def state_text(self) -> str:
        if self.state != TotalState.DIFFERS:
            return str(self.state.label)
        words = _("%(n)s too few") if self.difference < 0 else _("%(n)s too many")
        return words % {"n": wording.number(abs(self.difference))}

    @property
    def url(self) -> str:
        """The records behind the record's figure."""
        return links.day_figure_url(self.figure, self.total.unit) if self.figure else ""

    @property
    def pending_url(self) -> str:
        return links.day_figure_url(self.figure, self.total.unit, True) if self.figure else ""

    @property
    def period_text(self) -> str:
        """The day, month or year as the source has it; empty where it has none."""
        total = self.total
        if total.day is None:
            return ""
        parts = total.period.split("-")
        return wording.day(total.day) if len(parts) == 3 else "/".join(reversed(parts))


def visible_totals(scope: Scope, unit: Unit) -> Any:
    """The totals of `unit`; of the province those of its districts and others' as well.

    Withdrawn ones are left out.
    """
    found = PublishedTotal.objects.filter(withdrawn=False).select_related("unit")
    if not scope.everything:
        found = found.visible_in(scope)
    return found if part_of(unit) is None else found.filter(unit=unit)


@dataclass(frozen=True)
class Figures:
    """What the record answers on both bases, and what was decided on the days asked for."""

    verified: dict[DayFigure, int]
    pending: dict[DayFigure, int]
    decided: DecidedDays

    @classmethod
    def read(cls, asked: Iterable[DayFigure]) -> "Figures":
        asked = list(asked)
        with consistent_read():
            decided = DecidedDays(days_of_batches(asked))
            verified = answers(asked, decided=decided)
            return cls(verified, answers(asked, pending=True, decided=decided), decided)


def figure_of(total: PublishedTotal, by_number: bool = True) -> DayFigure:
    """What a dated total asks of the record; without `by_number` of the whole day."""
    first, last = period_days(total.period)
    number = decision_key(total.decision_number) if by_number else ""
    return DayFigure(total.scope, total.measure, total.unit, first, last, number)


def figures_asked(totals: Iterable[PublishedTotal], units: Collection[int]) -> set[DayFigure]:
    """Everything that comparing `totals` asks; `units` are those that the record is kept for."""
    asked = set()
    for total in totals:
        if total.day is None or total.unit_id not in units:
            continue
        asked |= {figure_of(total), figure_of(total, by_number=False)}
        if total.decision_number:
            asked |= {decided_at_all(total), decided_at_all(total, by_number=False)}
    return asked


def decided_at_all(total: PublishedTotal, by_number: bool = True) -> DayFigure:
    """What the whole province decided on the total's day, by its number or in all."""
    figure = figure_of(total, by_number)
    return figure._replace(measure=TotalMeasure.PRODUCTS.value, unit=None)


def compare(
    totals: Iterable[PublishedTotal], figures: Figures, units: Collection[int], today: date
) -> list[Comparison]:
    """Each total with the record's figure, out of `figures` that hold `figures_asked`."""
    return [_compared(total, figures, units, today) for total in totals]


def totals_of(scope: Scope, unit: Unit, units: Iterable[Unit]) -> list[PublishedTotal]:
    """`visible_totals`, each with its unit out of `units`, which know their districts."""
    by_id = {one.pk: one for one in units}
    found = list(visible_totals(scope, unit))
    for total in found:
        total.unit = by_id.get(total.unit_id, total.unit)
    return found


def kept_for(units: Iterable[Unit]) -> set[int]:
    """Those of `units` that the record is kept for: provinces with a plan, and all parts. One
    query."""
    planned = set(Plan.objects.values_list("unit", flat=True))
    return {one.pk for one in units if part_of(one) is not None or one.pk in planned}


def compare_all(scope: Scope, unit: Unit, units: Iterable[Unit], today: date) -> list[Comparison]:
    """Every total of `unit` that `scope` sees with the record's figure; `units` are those with
    figures."""
    units = list(units)
    found, known = totals_of(scope, unit, units), kept_for(units)
    return compare(found, Figures.read(figures_asked(found, known)), known, today)


def _compared(
    total: PublishedTotal, figures: Figures, units: Collection[int], today: date
) -> Comparison:
    if why := _not_comparable(total, units, today):
        return Comparison(total, why=why)
    figure, notes = figure_of(total), []
    if figure.number and _numbered_otherwise(total, figures):
        figure = figure_of(total, by_number=False)
        notes.append(
            _("No record of the day bears the number %(number)s: compared with the whole day.")
            % {"number": total.decision_number}
        )
    if figure not in figures.verified:
        return Comparison(total, why=_("The program does not count this for such a period."))
    if figure.first != figure.day and figure.scope != TotalScope.PERIOD:
        notes.append(
            _("The source names no day: compared on the last one, %(day)s.")
            % {"day": wording.day(figure.day)}
        )
    return Comparison(total, figure, figures.verified[figure], figures.pending[figure], notes=notes)


def _numbered_otherwise(total: PublishedTotal, figures: Figures) -> bool:
    """Whether the record has decisions of the day, but none of the total's number."""
    count = figures.verified
    return not count.get(decided_at_all(total)) and bool(
        count.get(decided_at_all(total, by_number=False))
    )


def _not_comparable(total: PublishedTotal, units: Collection[int], today: date) -> str:
    """Why a total cannot be compared; "" where nothing is known against it."""
    if total.measure == TotalMeasure.OTHER:
        return _("The program keeps no records of this.")
    if total.day is None:
        return _("The source gives no day.")
    if total.unit_id not in units:
        return _("The unit is not the plan's area.")
    return _("That day has not come yet.") if total.day > today else ""
