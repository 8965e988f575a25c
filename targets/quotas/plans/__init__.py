"""A new plan: entered as a draft, checked, started."""

from targets.quotas.plans import services
