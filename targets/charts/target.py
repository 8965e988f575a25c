"""The chart of one target: its course month by month against what was promised."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.web.page_query import PageQuery
from targets.charts.base import WHOLE_NUMBERS, ChartView, merge, overview_for
from targets.charts.shares import few_words
from targets.choices import TargetType
from targets.figures import (
    Overview,
    SelectedTarget,
    part_of,
    select_target,
    series,
    wording,
)
from targets.periods import month_points
from targets.progress import Goal, baseline, expected


@dataclass(frozen=True)
class TrajectoryPoint:
    """One day of a target's course; None is not known, not promised, or not yet.

    `reached` is a count's value or a share's exact percent; `parts` the two numbers of a share.
    """

    day: date
    reached: Fraction | None
    parts: tuple[int, int] | None
    limit: Fraction | None
    aim: Fraction | None
    expected: Fraction | None
    milestone: Fraction | None


def trajectory(overview: Overview, chosen: SelectedTarget) -> list[TrajectoryPoint]:
    """The target's course in its window, a point a month's end.

    The day asked for, the window's ends and milestones are among the days. A count is told up to
    the day asked for; a share goes on with what is certain by then.
    """
    share = chosen.target.kind == TargetType.SHARE
    part = part_of(overview.unit)
    known = overview.plan_data.goal(chosen.target, chosen.window, overview.as_of, part)
    due = dict(known.milestones)

    def goal_on(day: date) -> Goal:
        """As known then, but for the milestones: one line through those known by now."""
        if day >= overview.as_of:
            return known
        then = overview.plan_data.goal(chosen.target, chosen.window, day, part)
        return replace(then, milestones=known.milestones)

    days = _days(overview, chosen, due)
    points = []
    levels = series.values_on(overview, chosen.target, chosen.window, days)
    reading = chosen.row.reading
    first = baseline(known, reading)
    # Before the window nobody knows yet where a share will begin.
    begun = not share or reading.first_denominator is not None
    for day, level in zip(days, levels, strict=True):
        goal = goal_on(day)
        counted = share or chosen.window.first <= day <= overview.as_of
        points.append(
            TrajectoryPoint(
                day=day,
                reached=_reached(level.numerator, level.denominator, share) if counted else None,
                parts=(level.numerator, level.denominator) if share else None,
                limit=goal.threshold,
                aim=goal.aim,
                expected=expected(goal, day, first) if begun else None,
                milestone=due.get(day),
            )
        )
    return points


def _reached(numerator: int, denominator: int, share: bool) -> Fraction | None:
    """A count, or a share in percent: None of nothing."""
    if not share:
        return Fraction(numerator)
    return Fraction(100 * numerator, denominator) if denominator else None


def _days(overview: Overview, chosen: SelectedTarget, due: Iterable[date]) -> list[date]:
    window = chosen.window
    if chosen.target.kind == TargetType.SHARE:
        return sorted({*series.days_of(overview), *due})
    days = {*month_points(window.first, window.last), *due}
    if overview.as_of >= window.first:
        days.add(overview.as_of)
    return sorted(days)


@dataclass(frozen=True)
class Line:
    """A line of the chart: the field of TrajectoryPoint that it draws, its name and its look."""

    name: str
    label: str
    look: dict[str, Any]


class TrajectoryChart(ChartView):
    """`/charts/target.json?code=…&period=…`; the period is that of the day where left out."""

    kind = "line"
    title = gettext_lazy("Course over the period")

    def drawn_for(self, query: PageQuery) -> dict[str, Any]:
        overview = overview_for(query)
        get = self.request.GET
        chosen = select_target(overview, get.get("code", ""), get.get("period", ""))
        return self.of(overview, query, chosen)

    def of(self, overview: Overview, query: PageQuery, chosen: SelectedTarget) -> dict[str, Any]:
        """The chart of a target that is already picked."""
        self.chosen = chosen
        self.share = chosen.target.kind == TargetType.SHARE
        self.points = trajectory(overview, chosen)
        return self.payload_of(overview, query)

    def get_labels(self) -> list[str]:
        return [wording.day(point.day) for point in self.points]

    def prepare(self) -> None:
        self.lines = [
            line for line in self._lines() if line.name == "reached" or self._has(line.name)
        ]

    def _lines(self) -> list[Line]:
        reached: dict[str, Any] = {"borderColor": "--rank-3", "borderWidth": 3}
        # Points stay dark where the line is drawn lighter, so a share's line has none.
        reached["pointRadius"] = 0 if self.share else 2
        if self.share:
            days = [point.day for point in self.points]
            reached["futureFrom"] = max(0, days.index(self.overview.as_of))
            parts = [point.parts or (0, 0) for point in self.points]
            reached |= few_words(
                [denominator for _numerator, denominator in parts],
                lambda place: wording.share_parts(*parts[place]),
            )
        milestone = {"showLine": False, "pointRadius": 5, "pointStyle": "rectRot"}
        aim = {"borderColor": "--ink-soft", "stepped": "before", "borderDash": [2, 3]}
        return [
            Line("reached", _("Reached"), reached),
            Line("limit", _("Limit"), {"borderColor": "--ink", "stepped": "before"}),
            Line("aim", _("Aim"), aim),
            Line(
                "expected",
                _("Expected by then"),
                {"borderColor": "--state-attention", "borderDash": [6, 4]},
            ),
            Line("milestone", _("Milestone"), {"borderColor": "--state-exceeded", **milestone}),
        ]

    def get_providers(self) -> list[str]:
        return [line.label for line in self.lines]

    def get_data(self) -> list[list[Any]]:
        return [[_height(point, line.name) for point in self.points] for line in self.lines]

    def get_dataset_options(self, index: int, color: tuple[int, ...]) -> dict[str, Any]:
        look = self.lines[index].look
        return {
            "backgroundColor": look["borderColor"],
            "borderWidth": 1.5,
            "pointRadius": 0,
            **look,
        }

    def get_options(self) -> dict[str, Any]:
        marks = {f"step{place}": mark for place, mark in enumerate(self._supersessions())}
        days = [point.day for point in self.points]
        if self.overview.as_of in days[:-1]:
            marks["as_of"] = _upright(
                days.index(self.overview.as_of), wording.day(self.overview.as_of), "--ink-soft"
            )
        legend = {"labels": {"usePointStyle": True, "pointStyle": "line", "pointStyleWidth": 28}}
        options: dict[str, Any] = {
            "plugins": {"annotation": {"annotations": marks}, "legend": legend}
        }
        if self.share:
            more = {"scales": {"y": {"min": 0, "max": 100}}, "plugins": {"twin": {"suffix": " %"}}}
        else:
            more = {"scales": {"y": {**WHOLE_NUMBERS, "grace": "8%"}}}
        merge(options, more)
        return options

    def _supersessions(self) -> Iterable[dict[str, Any]]:
        """A mark where a later document set another limit or aim."""
        for place, (before, point) in enumerate(pairwise(self.points), start=1):
            if (before.limit, before.aim) != (point.limit, point.aim) and point.limit is not None:
                text = wording.number(point.limit)
                if point.aim is not None:
                    text += f"–{wording.number(point.aim)}"
                yield _upright(place, text, "--ink")

    def data_table(self, labels: list[str], datasets: list[dict[str, Any]]) -> dict[str, Any]:
        """The exact numbers; of a share with the two it is made of."""
        parts = [_("Products counted"), _("Of valid products")] if self.share else []
        columns = [_("Day"), _("Reached"), *parts]
        names = [name for name in ("limit", "aim", "expected", "milestone") if self._has(name)]
        words = {
            "limit": _("Limit"),
            "aim": _("Aim"),
            "expected": _("Expected by then"),
            "milestone": _("Milestone"),
        }
        columns += [words[name] for name in names]
        rows = []
        for label, point in zip(labels, self.points, strict=True):
            row = [label, self._reached(point)]
            if point.parts is not None:
                row += [wording.number(part) for part in point.parts]
            row += [self._cell(getattr(point, name), name) for name in names]
            rows.append(row)
        return {"columns": columns, "rows": rows}

    def _has(self, name: str) -> bool:
        return any(getattr(point, name) is not None for point in self.points)

    def _reached(self, point: TrajectoryPoint) -> str:
        if point.parts is not None:
            operator = self.chosen.row.result.operator
            return wording.share_text(*point.parts, operator, point.limit)
        return wording.number(point.reached) or "–"

    def _cell(self, value: Fraction | None, name: str) -> str:
        text = wording.number(value, 1 if name == "expected" else 0)
        return f"{text}%" if text and self.share else text or "–"


def _height(point: TrajectoryPoint, name: str) -> float | None:
    """Where a line stands at a point; a share of few products has no percentage to be drawn."""
    value = getattr(point, name)
    if value is None or (name == "reached" and point.parts and wording.is_small(point.parts[1])):
        return None
    return round(float(value), 2)


def _upright(place: int, text: str, colour: str) -> dict[str, Any]:
    return {
        "type": "line",
        "xMin": place,
        "xMax": place,
        "borderColor": colour,
        "borderWidth": 1,
        "borderDash": [4, 3],
        "label": {
            "display": True,
            "position": "start",
            "content": text,
            "color": "--card",
            "backgroundColor": colour,
        },
    }
