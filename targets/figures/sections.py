"""Rows under the headings that pages show, and how many targets are in which state."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from targets.choices import State, TargetSection
from targets.figures.overview import FigureRow, TargetPeriods


@dataclass(frozen=True)
class SectionRows:
    """Lines under one heading; `note` is the plan's own check of their numbers, or empty."""

    title: str
    lines: list[TargetPeriods]
    note: str = ""


@dataclass(frozen=True)
class PlanSum:
    """The plan's sum: so many tasks, out of which so many rights of each kind; `note` says it."""

    tasks: FigureRow
    rights: list[FigureRow]

    @property
    def adds_up(self) -> bool:
        parts = [row.result.threshold or Fraction(0) for row in self.rights]
        return self.tasks.result.threshold == sum(parts)

    @property
    def note(self) -> str:
        words = {
            "tasks": self.tasks.threshold_text,
            "parts": " + ".join(
                f"{row.threshold_text} {row.short_name.lower()}" for row in self.rights
            ),
        }
        if self.adds_up:
            return _("The plan adds up: %(tasks)s tasks = %(parts)s.") % words
        return _("The plan does not add up: %(tasks)s tasks, but %(parts)s.") % words


def plan_sum(lines: Iterable[TargetPeriods]) -> PlanSum | None:
    """The plan's sum among the lines of one section.

    None unless they hold one target of tasks with its limit, and the rights have theirs.
    """
    rows = [line.current for line in lines]
    tasks = [row for row in rows if row.indicator.record_kind == "task"]
    rights = [row for row in rows if row.indicator.record_kind == "ip-right"]
    if len(tasks) != 1 or not rights:
        return None
    if None in [row.result.threshold for row in [*tasks, *rights]]:
        return None
    return PlanSum(tasks[0], rights)


def by_section(lines: Iterable[TargetPeriods], state: str = "") -> list[SectionRows]:
    """Lines under the sections the page shows: recognition and market stand together.

    With `state` only the lines in it, and no section without any.
    """
    titles = {
        TargetSection.IP_SUPPORT: TargetSection.IP_SUPPORT.label,
        TargetSection.SCIENCE_TASKS: TargetSection.SCIENCE_TASKS.label,
    }
    grouped: dict[str, list[TargetPeriods]] = {}
    for line in lines:
        title = titles.get(TargetSection(line.section), _("Recognition and market"))
        grouped.setdefault(str(title), []).append(line)
    shown = {
        title: [line for line in found if not state or line.current.state == state]
        for title, found in grouped.items()
    }
    return [
        SectionRows(title, shown[title], check.note if (check := plan_sum(found)) else "")
        for title, found in grouped.items()
        if shown[title]
    ]


def state_counts(lines: Iterable[TargetPeriods]) -> list[tuple[str, str, int]]:
    """(state, its word, how many targets are in it), in the order of choices.State."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.current.state] = counts.get(line.current.state, 0) + 1
    return [(state.value, str(state.label), counts[state]) for state in State if state in counts]
