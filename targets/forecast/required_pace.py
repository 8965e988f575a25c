"""What each target still takes: how much a month, and by when an application must be filed.

How long a step takes is read from our own records, known on the day asked for and in the
overview's unit; how many they are stands beside, because they are few.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from products.choices import IPKind
from products.models import IPRight, Recognition
from targets.choices import CountingEvent, Kind, Measure
from targets.figures.measures import Window
from targets.figures.overview import Overview, Row, district_of
from targets.forecast.durations import Durations, between, latest_start, summary
from targets.forecast.projection import Outlook
from targets.models import Target
from targets.periods import months_left
from targets.progress import renewals

STEPS = (
    ("filed_on", "accepted_on"),
    ("accepted_on", "published_on"),
    ("published_on", "granted_on"),
    ("filed_on", "granted_on"),
)
"""Steps of a right from one day to the next; the last is the whole way."""
WHOLE_WAY = STEPS[-1]
Step = tuple[str, str]


@dataclass(frozen=True)
class Lasting:
    """Days that steps took: of rights by kind and step, and from session to decision."""

    rights: dict[tuple[str, Step], list[int]]
    ratings: list[int]

    def of_rights(self, kinds: Iterable[str], step: Step = WHOLE_WAY) -> Durations | None:
        return summary(days for kind in kinds for days in self.rights.get((kind, step), []))

    @property
    def kinds(self) -> list[IPKind]:
        """Kinds with a record of any step, in their usual order."""
        known = {kind for (kind, _step), days in self.rights.items() if days}
        return [kind for kind in IPKind if kind in known]


@dataclass(frozen=True)
class Need:
    """One target in a window that has not ended.

    What is missing, and how much of it a month, are the row's own `gap` and `pace`. `at_end` is
    what a share will be missing on the window's last day under the chosen renewals; None for
    counts and where there is no limit or no data. `months` are those left. `lasts` is how long it
    takes from filing (or the council's session) to what counts; `latest` the last day to begin
    for half of the records, `latest_slowest` for the slowest of them. All None where nothing is
    known.
    """

    row: Row
    window: Window
    at_end: int | None
    months: int
    begins: str
    lasts: Durations | None
    latest: date | None
    latest_slowest: date | None


def lasting(overview: Overview) -> Lasting:
    """Reads the steps of rights and ratings in the overview's unit, in two queries."""
    day, district = overview.as_of, district_of(overview.unit)
    rights = IPRight.objects.counted(overview.pending).filter(filed_on__lte=day)
    decided = Recognition.objects.counted(overview.pending).filter(
        decided_on__lte=day, rating__isnull=False
    )
    if district is not None:
        rights = rights.filter(district_id=district)
        decided = decided.filter(product__district_id=district)
    fields = ("filed_on", "accepted_on", "published_on", "granted_on")
    steps: dict[tuple[str, Step], list[int]] = {}
    for kind, *days in rights.order_by().values_list("kind", *fields):
        on = dict(zip(fields, days, strict=True))
        for step in STEPS:
            took = between(on[step[0]], on[step[1]], day)
            if took is not None:
                steps.setdefault((kind, step), []).append(took)
    sessions = decided.order_by().values_list("rating__session_on", "decided_on")
    took_each = (between(session, decision, day) for session, decision in sessions)
    return Lasting(steps, [took for took in took_each if took is not None])


def needs(ahead: Outlook, lasts: Lasting) -> list[Need]:
    """What every target takes in its windows that have not ended, in the plan's order."""
    overview = ahead.overview
    lines = zip(overview.rows, overview.kept.lines(), strict=True)
    return [
        _need(ahead, lasts, row, target, window)
        for row, (target, window) in lines
        if window.last >= overview.as_of
    ]


def _need(ahead: Outlook, lasts: Lasting, row: Row, target: Target, window: Window) -> Need:
    begins, took = _way(lasts, target)
    return Need(
        row=row,
        window=window,
        at_end=_at_end(ahead, row),
        months=months_left(window.first, window.last, ahead.as_of),
        begins=begins,
        lasts=took,
        latest=latest_start(window.last, took.median) if took else None,
        latest_slowest=latest_start(window.last, took.most) if took else None,
    )


def _at_end(ahead: Outlook, row: Row) -> int | None:
    if row.result.kind == Kind.COUNT:
        return None
    (share,) = [one for one in ahead.shares if one.row is row]
    limit = row.result.threshold
    return None if limit is None else renewals.missing(share.at_end, row.result.operator, limit)


def _way(lasts: Lasting, target: Target) -> tuple[str, Durations | None]:
    """What begins the way to what counts ("filing", "session", "" for none), how long it takes."""
    if target.measure == Measure.NEW_PRODUCTS:
        return "session", summary(lasts.ratings)
    if target.measure == Measure.IP_RIGHTS and target.counting_event == CountingEvent.GRANTED:
        return "filing", lasts.of_rights(target.ip_kinds)
    return "", None
