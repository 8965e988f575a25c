"""Assignments given to agencies."""

from targets.committee.assignments import services
from targets.committee.assignments.services import AssignmentRefused, NewAssignment, ProgressReport
