"""An oracle of progress: what the domain page says, as plainly as it can be written down.

Independent of the program: plain Python over a small world, no speed, no shared code. The program
is held against it on random worlds.
"""

from tests.support.oracle.comparison import differences
from tests.support.oracle.counting import plus_months
from tests.support.oracle.progress import progress
from tests.support.oracle.world import (
    Allocation,
    Listing,
    Milestone,
    Product,
    Recognition,
    Right,
    Target,
    Task,
    Value,
    Window,
    World,
)

__all__ = [
    "Allocation",
    "Listing",
    "Milestone",
    "Product",
    "Recognition",
    "Right",
    "Target",
    "Task",
    "Value",
    "Window",
    "World",
    "differences",
    "plus_months",
    "progress",
]
