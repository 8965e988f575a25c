"""The required pace of each target, and the last day to file an application in time.

Lead times are taken from our own records, known on the day asked for and in the overview's unit;
their number is shown beside them, because they are few.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from products.choices import IPKind
from products.models import IPRight, Recognition
from targets.choices import TargetType
from targets.figures import FigureRow, Overview
from targets.forecast.durations import DurationSummary, days_between, latest_start, summarise
from targets.forecast.projection import Projection
from targets.indicators import Scope, Window
from targets.models import Target
from targets.periods import months_left
from targets.progress import renewals

STAGES = (
    ("filed_on", "accepted_on"),
    ("accepted_on", "published_on"),
    ("published_on", "granted_on"),
    ("filed_on", "granted_on"),
)
"""Stages of a right, from one date field to the next; the last is the whole process."""
WHOLE_PROCESS = STAGES[-1]
Stage = tuple[str, str]


@dataclass(frozen=True)
class LeadTimes:
    """Lead times in days: of rights by kind and stage, and from session to decision."""

    rights: dict[tuple[str, Stage], list[int]]
    ratings: list[int]

    def of_rights(
        self, kinds: Iterable[str], stage: Stage = WHOLE_PROCESS
    ) -> DurationSummary | None:
        return summarise(days for kind in kinds for days in self.rights.get((kind, stage), []))

    @property
    def kinds(self) -> list[IPKind]:
        """Kinds with a record of any step, in their usual order."""
        known = {kind for (kind, _stage), days in self.rights.items() if days}
        return [kind for kind in IPKind if kind in known]


@dataclass(frozen=True)
class RequiredPace:
    """One target in a window that has not ended.

    What is missing, and how much of it a month, are the row's own `gap` and `pace`. `at_end` is
    what a share will be missing on the window's last day under the chosen renewals; None for counts
    and where there is no limit or no data. `months` are those left. `lead_time` is how long it
    takes from filing (or the council's session) to what counts; `latest` the last day to begin for
    half of the records, `latest_slowest` for the slowest of them. All None where nothing is known.
    """

    row: FigureRow
    window: Window
    at_end: int | None
    months: int
    first_step: str
    lead_time: DurationSummary | None
    latest: date | None
    latest_slowest: date | None
    announced: int | None = None
    """What was registered for the window and not begun yet; None where nothing is registered."""


def lead_times(overview: Overview) -> LeadTimes:
    """Read the lead times of rights and ratings in the overview's unit, in two queries."""
    day, unit = overview.as_of, overview.unit
    rights = IPRight.objects.counted(overview.pending).of_unit(unit).filter(filed_on__lte=day)
    decided = Recognition.objects.counted(overview.pending).of_unit(unit)
    decided = decided.filter(decided_on__lte=day, rating__isnull=False)
    fields = ("filed_on", "accepted_on", "published_on", "granted_on")
    stages: dict[tuple[str, Stage], list[int]] = {}
    for kind, *days in rights.order_by().values_list("kind", *fields):
        on = dict(zip(fields, days, strict=True))
        for stage in STAGES:
            duration = days_between(on[stage[0]], on[stage[1]], day)
            if duration is not None:
                stages.setdefault((kind, stage), []).append(duration)
    sessions = decided.order_by().values_list("rating__session_on", "decided_on")
    durations = (days_between(session, decision, day) for session, decision in sessions)
    return LeadTimes(stages, [duration for duration in durations if duration is not None])


def required_paces(projected: Projection, lead_times: LeadTimes) -> list[RequiredPace]:
    """The required pace of every target in its windows that have not ended, in the plan's order."""
    overview = projected.overview
    lines = zip(overview.rows, overview.plan_data.lines(), strict=True)
    return [
        _required_pace(projected, lead_times, row, target, window)
        for row, (target, window) in lines
        if window.last >= overview.as_of
    ]


def _required_pace(
    projected: Projection, lead_times: LeadTimes, row: FigureRow, target: Target, window: Window
) -> RequiredPace:
    begins, duration = _lead_time(lead_times, target)
    overview = projected.overview
    return RequiredPace(
        row=row,
        window=window,
        at_end=_at_end(projected, row),
        months=months_left(window.first, window.last, projected.as_of),
        first_step=begins,
        lead_time=duration,
        latest=latest_start(window.last, duration.median) if duration else None,
        latest_slowest=latest_start(window.last, duration.maximum) if duration else None,
        announced=_announced(target, window, overview),
    )


def _announced(target: Target, window: Window, overview: Overview) -> int | None:
    """Asked of the window that the day lies in alone: earlier years are over."""
    if not window.first <= overview.as_of <= window.last:
        return None
    scope = Scope(overview.as_of, overview.unit, overview.pending)
    return target.indicator.announced(window, scope)


def _at_end(projected: Projection, row: FigureRow) -> int | None:
    if row.result.kind == TargetType.COUNT:
        return None
    (share,) = [one for one in projected.shares if one.row is row]
    limit = row.result.threshold
    return None if limit is None else renewals.shortfall(share.at_end, row.result.operator, limit)


def _lead_time(lead_times: LeadTimes, target: Target) -> tuple[str, DurationSummary | None]:
    """The first step to what is counted ("filing", "session", "" for none), and its lead time."""
    first_step = target.indicator.first_step(target)
    if first_step == "session":
        return first_step, summarise(lead_times.ratings)
    if first_step == "filing":
        return first_step, lead_times.of_rights(target.ip_kinds)
    return "", None
