from targets.models.activities import Activity, ActivityStep
from targets.models.allocations import Allocation, Milestone
from targets.models.assignments import Assignment, AssignmentStep
from targets.models.meetings import FrozenFigures, Meeting, MeetingStep, Topic
from targets.models.plans import Plan, Target, TargetValue

__all__ = [
    "Activity",
    "ActivityStep",
    "Allocation",
    "Assignment",
    "AssignmentStep",
    "FrozenFigures",
    "Meeting",
    "MeetingStep",
    "Milestone",
    "Plan",
    "Target",
    "TargetValue",
    "Topic",
]
