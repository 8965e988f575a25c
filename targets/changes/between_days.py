"""What changed in a target between two days, record by record, so that the numbers explain it.

The figure on the later day less that on the earlier one, both as the records say now, is the sum of
the groups' effects. What was corrected meanwhile is told beside it (targets.changes.corrections).
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ocop.organisation.models import Unit
from targets.figures import Window, events_of
from targets.periods import quarter_start
from targets.progress import (
    ENDED,
    JOINED,
    LAPSED,
    LEFT,
    NEW,
    RENEWED,
    REVOKED,
    Event,
    events_between,
)

ORDER = (NEW, RENEWED, JOINED, LAPSED, REVOKED, LEFT, ENDED)


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
    events: Iterable[Event] | None = None,
) -> Changes:
    """What moved `target` in `window` for `unit` between the two days, as the records say now.

    `events` are those of `step_sources.steps_of`, known by `later`, where they are already there.
    Raises ValueError where `earlier` does not lie before `later`. The scope is the caller's to
    check. One or two queries, none with `events`.
    """
    if earlier >= later:
        raise ValueError("the earlier day must lie before the later one")
    if events is None:
        events = events_of(target, window, later, unit, pending)
    moved: dict[str, list[Event]] = {}
    for event in events_between(events, earlier, later):
        moved.setdefault(event.cause, []).append(event)
    return Changes(
        earlier, later, [ChangeGroup(cause, moved[cause]) for cause in ORDER if cause in moved]
    )
