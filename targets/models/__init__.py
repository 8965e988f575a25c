from targets.models.allocations import Allocation, Milestone
from targets.models.confirmations import Confirmation, DeadlineGrant
from targets.models.plans import Plan, Target, TargetValue
from targets.models.quotas import MilestoneChange, QuotaMove, QuotaMoveLine

__all__ = [
    "Allocation",
    "Confirmation",
    "DeadlineGrant",
    "Milestone",
    "MilestoneChange",
    "Plan",
    "QuotaMove",
    "QuotaMoveLine",
    "Target",
    "TargetValue",
]
