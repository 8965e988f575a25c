"""From scoring sheets to stars, under the scheme of the day."""

from products.scoring import arithmetic, schemes, sheets, wording
from products.scoring.arithmetic import Leaf, ScoringError, star_by_total
from products.scoring.schemes import STAR_OF, renewal_terms
from products.scoring.sheets import Criteria, CriterionGroup, LeafRow, Merged, Sheet, SheetPart
from products.scoring.sums import LeafPoints, wrong_sums
from products.scoring.wording import format_points, window_in_words
