"""Pure: comparison, windows, expectation, stock, renewals. The day is a parameter."""

from targets.progress import renewals, stock
from targets.progress.events import (
    ENDED,
    JOINED,
    LAPSED,
    LEFT,
    NEW,
    RENEWED,
    REVOKED,
    CountedRow,
    Event,
    count_events,
    events_between,
    running_totals,
    share_events,
)
from targets.progress.progress import (
    Actual,
    Goal,
    Pace,
    ProgressResult,
    assess,
    decimal_text,
    expected,
    pace,
    shown_percent,
)
from targets.progress.renewals import FractionalShare, LimitLoss
from targets.progress.stock import ONE_DAY, CertificateRow, EnrolmentRow
