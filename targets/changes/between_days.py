"""What changed in a target between two days, record by record, so that the numbers explain it.

The figure on the later day less that on the earlier one, both as the records say now, is the sum of
the groups' effects. What was corrected meanwhile or came late is told beside it
(targets.changes.history).
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from ocop.organisation.models import Unit
from targets.choices import TargetType
from targets.figures import FigureRow, Overview, overview, wording
from targets.indicators import Scope, Window
from targets.periods import quarter_start
from targets.progress import Event, events

ORDER = (
    events.NEW,
    events.RENEWED,
    events.UPGRADED,
    events.JOINED,
    events.LAPSED,
    events.REVOKED,
    events.LEFT,
    events.ENDED,
)


@dataclass(frozen=True)
class ChangeGroup:
    """What happened for one cause: its steps in order of days, and their effect on the figure.

    A record stands in `events` as often as it happened to it. For a count `denominator` is 0.
    """

    cause: str
    events: list[Event]

    @property
    def number(self) -> int:
        return len(self.events)

    @property
    def numerator(self) -> int:
        return sum(event.numerator for event in self.events)

    @property
    def denominator(self) -> int:
        return sum(event.denominator for event in self.events)


@dataclass(frozen=True)
class Changes:
    """The groups that have anything, after `earlier` up to and including `later`."""

    earlier: date
    later: date
    groups: list[ChangeGroup]

    @property
    def numerator(self) -> int:
        """By how much the value of a count, or the numerator of a share, moved."""
        return sum(group.numerator for group in self.groups)

    @property
    def denominator(self) -> int:
        return sum(group.denominator for group in self.groups)

    def records(self, cause: str) -> list[Hashable]:
        return [
            event.record for group in self.groups if group.cause == cause for event in group.events
        ]


def default_since(as_of: date, meetings: Iterable[date] = ()) -> date:
    """The day a page compares with unless asked otherwise: that of the last meeting's figures.

    `meetings` are the days of the figures of meetings held, those of other days are passed over;
    without one before `as_of` it is the end of the quarter before.
    """
    before = [day for day in meetings if day < as_of]
    return max(before, default=quarter_start(as_of) - timedelta(days=1))


def changes_between(
    target: Any,
    window: Window,
    earlier: date,
    later: date,
    unit: Unit,
    pending: bool = False,
) -> Changes:
    """What moved `target` in `window` for `unit` between the two days, as the records say now.

    Raises ValueError where `earlier` does not lie before `later`. Access to the unit is the
    caller's to check. One or two queries.
    """
    if earlier >= later:
        raise ValueError("the earlier day must lie before the later one")
    scope = Scope(later, unit, pending)
    moved: dict[str, list[Event]] = {}
    for event in target.indicator.events(target, window, scope, earlier):
        moved.setdefault(event.cause, []).append(event)
    return Changes(
        earlier, later, [ChangeGroup(cause, moved[cause]) for cause in ORDER if cause in moved]
    )


# --- All targets at once --------------------------------------------------------------------------


@dataclass(frozen=True)
class FigureChange:
    """A target's row of the later day, and of the earlier one."""

    before: FigureRow
    after: FigureRow
    since: date

    @property
    def moved(self) -> bool:
        return _numbers(self.before) != _numbers(self.after)

    @property
    def was(self) -> str:
        return _figure(self.before)

    @property
    def now(self) -> str:
        return _figure(self.after)

    @property
    def effect(self) -> str:
        """By how much the figure moved, in words."""
        old, new = _numbers(self.before), _numbers(self.after)
        differences = [(b or 0) - (a or 0) for a, b in zip(old, new, strict=True)]
        if self.after.result.kind == TargetType.COUNT:
            return wording.signed(differences[0])
        return wording.effect_text(True, *differences[1:])

    @property
    def url(self) -> str:
        """The part of the target's page that explains the difference, record by record."""
        return f"{self.after.page_url}&{urlencode({'since': self.since.isoformat()})}#changes"


@dataclass(frozen=True)
class FigureChanges:
    """Every target's change by code, in the plan's order, and the valid products on `since`."""

    since: date
    stock_before: int
    by_code: dict[str, FigureChange]

    @property
    def moved(self) -> list[FigureChange]:
        return [one for one in self.by_code.values() if one.moved]

    @property
    def unmoved_count(self) -> int:
        return len(self.by_code) - len(self.moved)


def figure_changes(later: Overview, since: date) -> FigureChanges:
    """How the figures of `later` differ from those of the day `since`, as the records say now.

    Each target in the window that the later day lies in. As many queries as another overview's.
    """
    earlier = overview.on_another_day(later, since)
    rows = {(row.code, row.period): row for row in earlier.rows}
    current = [line.current for line in later.lines]
    changes = {row.code: FigureChange(rows[row.code, row.period], row, since) for row in current}
    return FigureChanges(since, earlier.facts.valid_products(later.unit), changes)


def _numbers(row: FigureRow) -> tuple[int | None, int | None, int | None]:
    reading = row.reading
    return reading.value, reading.numerator, reading.denominator


def _figure(row: FigureRow) -> str:
    if row.result.kind == TargetType.COUNT:
        return row.actual_text
    return wording.share_parts(row.result.numerator, row.result.denominator)
