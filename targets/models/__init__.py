from targets.models.activities import Activity, ActivityStep
from targets.models.allocations import Allocation, Milestone
from targets.models.assignments import Assignment, AssignmentStep
from targets.models.confirmations import Confirmation, DeadlineGrant
from targets.models.meetings import FrozenFigures, Meeting, MeetingStep, Topic
from targets.models.plans import Plan, Target, TargetValue
from targets.models.quotas import MilestoneChange, QuotaMove, QuotaMoveLine

__all__ = [
    "Activity",
    "ActivityStep",
    "Allocation",
    "Assignment",
    "AssignmentStep",
    "Confirmation",
    "DeadlineGrant",
    "FrozenFigures",
    "Meeting",
    "MeetingStep",
    "Milestone",
    "MilestoneChange",
    "Plan",
    "QuotaMove",
    "QuotaMoveLine",
    "Target",
    "TargetValue",
    "Topic",
]
