"""Sentences and figures of the forecast as people read them, made once when rows are built."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor, lcm

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from targets.choices import Kind, Measure
from targets.figures import wording
from targets.figures.overview import Row
from targets.forecast.durations import Durations
from targets.forecast.projection import Outlook, ShareAhead
from targets.forecast.required_pace import STEPS, Lasting, Need
from targets.progress.renewals import Loss, PartShare


def part_percent(share: PartShare, row: Row) -> str:
    """The share in percent, never contradicting whether the target's limit is kept."""
    if not share.denominator:
        return "–"
    scale = lcm(share.numerator.denominator, share.denominator.denominator)
    top, bottom = int(share.numerator * scale), int(share.denominator * scale)
    return wording.share_text(top, bottom, row.result.operator, row.result.threshold)


def part_products(share: PartShare) -> str:
    """ "52/104": both rounded down to whole products."""
    return f"{wording.number(floor(share.numerator))}/{wording.number(floor(share.denominator))}"


def percent(value: int) -> str:
    return f"{wording.number(value)}%"


def share_sentence(share: ShareAhead, ahead: Outlook) -> str:
    """Whether and when the share is lost if nothing is renewed, and with the chosen renewals."""
    if not share.row.result.met:
        if share.row.result.met is None:
            return _("No valid product on that day, so there is no share.")
        return _("Not met on this day, so there is nothing to lose yet.")
    first = _("If nothing is renewed: %(what)s.") % {"what": _loss_text(share.loss_unrenewed)}
    if not ahead.percent:
        return first
    second = _("With %(percent)s renewed: %(left)s.") % {
        "percent": percent(ahead.percent),
        "left": _loss_text(share.loss),
    }
    return f"{first} {second}"


def _loss_text(loss: Loss | None) -> str:
    if loss is None:
        return _("kept for all of the 36 months")
    words = {"day": wording.day(loss.day)}
    if loss.again is None:
        return _("met today, lost from %(day)s") % words
    words["again"] = wording.day(loss.again)
    return _("met today, lost from %(day)s to the day before %(again)s") % words


def days_left(ahead: Outlook) -> list[tuple[str, str, str]]:
    """(day, products left if nothing is renewed, left with the chosen renewals) on days to look
    at, from the day asked for on."""
    return [
        (wording.day(point.day), wording.number(point.unrenewed), wording.number(point.total))
        for point in ahead.stock_on([ahead.as_of, *ahead.milestones])
    ]


# --- What targets take ----------------------------------------------------------------------------


@dataclass(frozen=True)
class NeedLine:
    """A need as its row on the page prints it; `division` is what `a_month` is rounded up from,
    `at_end` what a share is missing on the window's last day."""

    row: Row
    end: date
    missing: str
    at_end: str
    months: str
    a_month: str
    division: str
    lasts: str
    latest: str
    latest_slowest: str
    passed: bool
    """Something is missing, and the day for half of the records has gone by."""


def need_line(need: Need, ahead: Outlook) -> NeedLine:
    gap, pace = need.row.result.gap, need.row.pace
    missing = "–" if gap is None else wording.number(gap)
    at_end = ""
    if need.at_end is not None:
        at_end = _("on the last day: %(n)s") % {"n": wording.number(need.at_end)}
    return NeedLine(
        row=need.row,
        end=need.window.last,
        missing=missing,
        at_end=at_end,
        months=wording.number(need.months),
        a_month=wording.number(pace.a_month) if pace else "–",
        division=f"{missing} : {wording.number(pace.months)}" if pace else "",
        lasts=_way_text(need),
        latest=wording.day(need.latest) if need.latest else "",
        latest_slowest=wording.day(need.latest_slowest) if need.latest_slowest else "",
        passed=bool(gap) and need.latest is not None and need.latest < ahead.as_of,
    )


def _way_text(need: Need) -> str:
    if need.begins:
        return lasting_text(need.lasts)
    if need.row.measure == Measure.SCIENCE_TASKS:
        return _("only the day of approval is on record")
    if need.row.result.kind == Kind.SHARE:
        return _("counts from its first day")
    return _("counts on the day itself")


def lasting_text(lasts: Durations | None) -> str:
    """ "412 days (300–618), 38 records"; half a day is said, not rounded away."""
    if lasts is None:
        return _("no record to reckon from")
    days = ngettext("%(n)s record", "%(n)s records", lasts.number) % {
        "n": wording.number(lasts.number)
    }
    words = {
        "median": days_text(lasts.median),
        "least": wording.number(lasts.least),
        "most": wording.number(lasts.most),
        "records": days,
    }
    return _("%(median)s days (%(least)s–%(most)s), %(records)s") % words


def steps_table(lasts: Lasting) -> list[tuple[str, list[str]]]:
    """(kind of right, how long each of STEPS took in the records of that kind)."""
    return [
        (str(kind.label), [lasting_text(lasts.of_rights([kind], step)) for step in STEPS])
        for kind in lasts.kinds
    ]


def days_text(days: Fraction) -> str:
    """A median: whole days or half a day more."""
    return wording.number(days, 0 if days.denominator == 1 else 1)
