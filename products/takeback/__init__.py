"""Taking mistakes back: records cancelled, merged, brought back, separated; probable doubles."""

from products.takeback.doubles import near_to
from products.takeback.shown_merge import ShownMerge, shown_of
