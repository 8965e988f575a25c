"""Pure: comparison, windows, expectation, stock, renewals. The day is a parameter."""

from targets.progress import events, renewals, stock
from targets.progress.events import Event
from targets.progress.progress import (
    LOOKAHEAD_MONTHS,
    Actual,
    Goal,
    Pace,
    ProgressResult,
    assess,
    baseline,
    counted_at,
    decimal_text,
    expected,
    lookahead_day,
    pace,
    shown_percent,
)
from targets.progress.renewals import FractionalShare, LimitLoss
from targets.progress.stock import ONE_DAY, SOLD, TRACED, Share, ValidGroup
