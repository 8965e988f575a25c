from targets.models.allocations import Allocation, Milestone
from targets.models.plans import Plan, Target, TargetValue
from targets.models.quotas import MilestoneChange, QuotaMove, QuotaMoveLine

__all__ = [
    "Allocation",
    "Milestone",
    "MilestoneChange",
    "Plan",
    "QuotaMove",
    "QuotaMoveLine",
    "Target",
    "TargetValue",
]
