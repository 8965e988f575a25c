"""Figures as of a day: the only assembler of rows, and what it is made of."""

from targets.figures import links, overview, series, wording
from targets.figures.as_json import as_json
from targets.figures.commitments import PlanData, plan_at
from targets.figures.overview import (
    Bar,
    FigureRow,
    Overview,
    TargetPeriods,
    build,
    current_rows,
)
from targets.figures.sections import SectionRows, by_section, plan_sum, state_counts
from targets.figures.selection import SelectedTarget, select_target
from targets.figures.units import (
    by_communes,
    by_sub_unit,
    part_of,
    read_sub_units,
    sub_unit_path,
    sub_units,
    sub_units_shown,
    unit_of_figures,
)
from targets.figures.wording import in_language
