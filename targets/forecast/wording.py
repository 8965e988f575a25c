"""Sentences and figures of the forecast as people read them, made once when rows are built."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor, lcm

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from targets.figures import FigureRow, wording
from targets.forecast.durations import DurationSummary
from targets.forecast.projection import Projection, ShareProjection
from targets.forecast.required_pace import STAGES, LeadTimes, RequiredPace
from targets.progress import FractionalShare, LimitLoss


def part_percent(share: FractionalShare, row: FigureRow) -> str:
    """The share as shown, never contradicting whether the target's limit is kept.

    Of fewer than wording.SMALL products the whole ones; a dash where not even one is left.
    """
    top, bottom = part_products(share)
    if not bottom or wording.is_small(share.denominator):
        return wording.share_text(top, bottom, row.result.operator, row.result.threshold)
    scale = lcm(share.numerator.denominator, share.denominator.denominator)
    top, bottom = int(share.numerator * scale), int(share.denominator * scale)
    return wording.share_text(top, bottom, row.result.operator, row.result.threshold)


def part_products(share: FractionalShare) -> tuple[int, int]:
    """Products counted, and of how many: both rounded down to whole ones."""
    return floor(share.numerator), floor(share.denominator)


def percent(value: int) -> str:
    return f"{wording.number(value)}%"


def level_text(share: ShareProjection) -> str:
    """ "52.0% (52/100)" on the day asked for; the two numbers alone where they are small."""
    numerator, denominator = part_products(share.points[0])
    result = share.row.result
    return wording.parts_behind_share(numerator, denominator, result.operator, result.threshold)


def share_sentence(share: ShareProjection, projected: Projection) -> str:
    """Whether and when the share is lost if nothing is renewed, and with the chosen renewals."""
    if not share.met_now:
        if share.met_now is None:
            return _("No valid product on that day, so there is no share.")
        return _("Not met on this day, so there is nothing to lose yet.")
    first = _("If nothing is renewed: %(what)s.") % {"what": _loss_text(share.loss_unrenewed)}
    if not projected.percent:
        return first
    second = _("With %(percent)s renewed: %(left)s.") % {
        "percent": percent(projected.percent),
        "left": _loss_text(share.loss),
    }
    return f"{first} {second}"


def _loss_text(loss: LimitLoss | None) -> str:
    if loss is None:
        return _("kept for all of the 36 months")
    words = {"day": wording.day(loss.day)}
    if loss.again is None:
        return _("met today, lost from %(day)s") % words
    words["again"] = wording.day(loss.again)
    return _("met today, lost from %(day)s to the day before %(again)s") % words


def days_left(projected: Projection) -> list[tuple[str, str, str]]:
    """(day, products left if nothing is renewed, left with the chosen renewals) on days to look
    at, from the day asked for on."""
    return [
        (wording.day(point.day), wording.number(point.unrenewed), wording.number(point.total))
        for point in projected.stock_on([projected.as_of, *projected.milestones])
    ]


# --- What targets take ----------------------------------------------------------------------------


@dataclass(frozen=True)
class RequiredPaceRow:
    """A need as its row on the page prints it; `division` is what `a_month` is rounded up from,
    `at_end` what a share is missing on the window's last day."""

    row: FigureRow
    end: date
    missing: str
    at_end: str
    months: str
    a_month: str
    division: str
    lead_time: str
    latest: str
    latest_slowest: str
    announced: str
    """How many are registered and not begun; "" where nobody says so."""
    passed: bool
    """Something is missing, and the day for half of the records has gone by."""


def required_pace_row(required: RequiredPace, projected: Projection) -> RequiredPaceRow:
    gap, pace = required.row.result.gap, required.row.pace
    missing = "–" if gap is None else wording.number(gap)
    at_end = ""
    if required.at_end is not None:
        at_end = _("on the last day: %(n)s") % {"n": wording.number(required.at_end)}
    return RequiredPaceRow(
        row=required.row,
        end=required.window.last,
        missing=missing,
        at_end=at_end,
        months=wording.number(required.months),
        a_month=wording.number(pace.a_month) if pace else "–",
        division=f"{missing} : {wording.number(pace.months)}" if pace else "",
        lead_time=_lead_time_text(required),
        latest=wording.day(required.latest) if required.latest else "",
        latest_slowest=wording.day(required.latest_slowest) if required.latest_slowest else "",
        announced=""
        if required.announced is None
        else _("%(n)s registered") % {"n": wording.number(required.announced)},
        passed=bool(gap) and required.latest is not None and required.latest < projected.as_of,
    )


def _lead_time_text(required: RequiredPace) -> str:
    if required.first_step:
        return duration_text(required.lead_time)
    return required.row.indicator.without_first_step()


def duration_text(summary: DurationSummary | None) -> str:
    """ "412 days (300–618), 38 records"; half a day is said, not rounded away."""
    if summary is None:
        return _("no record to reckon from")
    days = ngettext("%(n)s record", "%(n)s records", summary.number) % {
        "n": wording.number(summary.number)
    }
    words = {
        "median": days_text(summary.median),
        "least": wording.number(summary.minimum),
        "most": wording.number(summary.maximum),
        "records": days,
    }
    return _("%(median)s days (%(least)s–%(most)s), %(records)s") % words


def stage_durations(lead_times: LeadTimes) -> list[tuple[str, list[str]]]:
    """(kind of right, how long each of STEPS took in the records of that kind)."""
    return [
        (str(kind.label), [duration_text(lead_times.of_rights([kind], stage)) for stage in STAGES])
        for kind in lead_times.kinds
    ]


def days_text(days: Fraction) -> str:
    """A median: whole days or half a day more."""
    return wording.number(days, 0 if days.denominator == 1 else 1)
