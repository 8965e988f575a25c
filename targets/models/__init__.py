from targets.models.activities import Activity, ActivityLogEntry
from targets.models.allocations import Allocation, Milestone
from targets.models.assignments import Assignment, AssignmentLogEntry
from targets.models.attention import Dismissal
from targets.models.confirmations import Confirmation, DeadlineGrant
from targets.models.documents import Document, Opinion
from targets.models.meetings import FrozenFigures, Meeting, MeetingLogEntry, Topic
from targets.models.members import CommitteeMember
from targets.models.plan_log import PlanLogEntry
from targets.models.plans import Plan, Target, TargetValue
from targets.models.published_totals import PublishedTotal, PublishedTotalLogEntry
from targets.models.quotas import MilestoneChange, QuotaMove, QuotaMoveLine
from targets.models.saved_views import SavedView

__all__ = [
    "Activity",
    "ActivityLogEntry",
    "Allocation",
    "Assignment",
    "AssignmentLogEntry",
    "CommitteeMember",
    "Confirmation",
    "DeadlineGrant",
    "Dismissal",
    "Document",
    "FrozenFigures",
    "Meeting",
    "MeetingLogEntry",
    "Milestone",
    "MilestoneChange",
    "Opinion",
    "Plan",
    "PlanLogEntry",
    "PublishedTotal",
    "PublishedTotalLogEntry",
    "QuotaMove",
    "QuotaMoveLine",
    "SavedView",
    "Target",
    "TargetValue",
    "Topic",
]
