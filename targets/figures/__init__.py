"""Figures as of a day: the only assembler of rows, and what it is made of."""

from targets.figures import links, measures, overview, series, wording
from targets.figures.commitments import PlanData, plan_at
from targets.figures.events import events_of, within
from targets.figures.history_rows import SHARE_SOURCES
from targets.figures.measures import EVENT_DATES, Window, stock
from targets.figures.overview import (
    Bar,
    FigureRow,
    Overview,
    SectionRows,
    TargetPeriods,
    build,
    by_section,
    current_rows,
    district_of,
    plan_sum,
    state_counts,
)
from targets.figures.selection import SelectedTarget, select_target
from targets.figures.wording import in_language
