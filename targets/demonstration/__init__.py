"""Made-up records for showing the program. Pure and the same every time it is asked.

Totals, ranks, producers and districts follow what was published about the province; every name
says that it is made up ("minh họa"). Rows carry the column headers of the import.
"""

from targets.demonstration.allocations import allocations
from targets.demonstration.intellectual_property import (
    ip_endings,
    ip_rights,
    science_tasks,
    task_endings,
)
from targets.demonstration.markets import SYSTEM, listings, traceability
from targets.demonstration.queue import waiting
from targets.demonstration.recognitions import DemoDecision, decisions, revocations

__all__ = [
    "SYSTEM",
    "DemoDecision",
    "allocations",
    "decisions",
    "ip_endings",
    "ip_rights",
    "listings",
    "revocations",
    "science_tasks",
    "task_endings",
    "traceability",
    "waiting",
]

from targets.demonstration import loading
from targets.demonstration.demo_accounts import PASSWORD, accounts
