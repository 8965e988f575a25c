"""Periods that a district confirmed, and which changes touch them."""

from products.confirmed_periods import later_changes, lookup
from products.confirmed_periods.later_changes import HistoryChange
from products.confirmed_periods.lookup import EFFECTIVE_DATE_FIELDS, ConfirmedPeriod
