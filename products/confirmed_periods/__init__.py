"""Periods that a district confirmed, and which changes touch them."""

from products.confirmed_periods import lookup
from products.confirmed_periods.lookup import PLACE_COLUMNS, PRODUCT_RECORDS, ConfirmedPeriod
from products.confirmed_periods.rules import Pair, RecordPlace, RecordVersion, touches
