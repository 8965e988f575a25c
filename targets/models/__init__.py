from targets.models.allocations import Allocation, Milestone
from targets.models.plans import Plan, Target, TargetValue

__all__ = ["Allocation", "Milestone", "Plan", "Target", "TargetValue"]
