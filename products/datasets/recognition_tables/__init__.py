"""How lists of recognitions are laid out, and how their cells are read."""

from products.datasets.recognition_tables.cells import authority_at, compare_score, resolve_sets
from products.datasets.recognition_tables.checks import (
    ask_about_five_stars,
    ask_about_several_products,
    keep_rank_remarks,
    say_findings,
    say_how_points_were_read,
    say_of_other_points,
    say_of_place,
    split_products,
    take_points,
    warn_of_remarks,
    warn_of_swapped_days,
)
from products.datasets.recognition_tables.decisions import SheetDecisions, take_decision
from products.datasets.recognition_tables.exports import ExportsRecognitions
from products.datasets.recognition_tables.list_states import ask_about_withdrawal
from products.datasets.recognition_tables.points import PointsWidget
from products.datasets.recognition_tables.ranks import RankWidget
from products.datasets.recognition_tables.reshape import Beside, extra_specs, reshape
from products.datasets.recognition_tables.surroundings import district_of_titles
