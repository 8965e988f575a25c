"""What happened between two moments: between two days by the records of now, and what was written
after a moment by their history."""

from targets.changes.between_days import (
    ORDER,
    ChangeGroup,
    Changes,
    FigureChange,
    FigureChanges,
    changes_between,
    default_since,
    figure_changes,
)
from targets.changes.history import Revisions, counting_date, revisions, written_after
