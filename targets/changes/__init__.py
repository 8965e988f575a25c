"""What changed between two days."""

from targets.changes.between_days import ORDER, ChangeGroup, Changes, changes_between, default_since
from targets.changes.corrections import Correction, corrections_between
