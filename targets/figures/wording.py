"""Sentences and figures as people read them, made once when a row is built.

Every text goes through gettext; numbers take the language's form here, so that templates only
print.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ocop.web.formats import day as day
from ocop.web.formats import in_language as in_language
from ocop.web.formats import number as number
from ocop.web.formats import signed as signed
from targets.choices import Operator, State, TargetType
from targets.indicators import Indicator, Measurement
from targets.progress import Pace, ProgressResult, shown_percent

SMALL = 20
"""Below so many products a share is told by its two numbers only, and not ranked: one product
more or less would move its percentage by five points or more."""


def percent_text(result: ProgressResult) -> str:
    """The share as shown, never contradicting whether the limit is met."""
    if not result.denominator or result.numerator is None or result.threshold is None:
        return "–"
    return share_text(result.numerator, result.denominator, result.operator, result.threshold)


def is_small(denominator: int | Fraction | None) -> bool:
    """Whether a share of so many products has no percentage to show; False for none of them."""
    return bool(denominator) and denominator < SMALL  # type: ignore[operator]


def share_text(numerator: int, denominator: int, operator: str, threshold: Fraction | None) -> str:
    """A share as it is shown everywhere: "45,3%", "3/10" of fewer than SMALL products.

    A percentage never contradicts whether the limit is kept; None is no limit. A dash without data.
    """
    if not denominator:
        return "–"
    if is_small(denominator):
        return share_parts(numerator, denominator)
    shown = shown_percent(numerator, denominator, operator, threshold)
    return f"{number(shown, max(1, -int(shown.as_tuple().exponent)))}%"


def share_parts(numerator: int | None, denominator: int | None) -> str:
    """ "52/104": products counted, of how many."""
    return f"{number(numerator)}/{number(denominator)}"


def share_with_parts(result: ProgressResult) -> str:
    """ "45,3% (24/53)", since a share alone cannot be checked; "3/10" where it is small."""
    if not result.denominator or result.numerator is None:
        return percent_text(result)
    return parts_behind_share(
        result.numerator, result.denominator, result.operator, result.threshold
    )


def parts_behind_share(
    numerator: int, denominator: int, operator: str, threshold: Fraction | None
) -> str:
    """`share_with_parts` of any two numbers; a dash of nothing."""
    shown = share_text(numerator, denominator, operator, threshold)
    if not denominator or is_small(denominator):
        return shown
    return f"{shown} ({share_parts(numerator, denominator)})"


def limit_after(actual: str, limit: str, divider: str = "/") -> str:
    """The limit as it follows its figure: "/25–30", "/>50%"; " · >50%" after two numbers."""
    return f"{' · ' if '/' in actual else divider}{limit}"


def actual_text(result: ProgressResult) -> str:
    return percent_text(result) if result.kind == TargetType.SHARE else number(result.actual)


def limit_text(result: ProgressResult) -> str:
    """ "10", "25–30" where the limit has an aim above it, ">50%" for a share."""
    if result.threshold is None:
        return "–"
    threshold = number(result.threshold)
    if result.kind == TargetType.SHARE:
        sign = ">" if result.operator == Operator.ABOVE else "≥"
        return f"{sign}{threshold}%"
    return f"{threshold}–{number(result.aim)}" if result.aim is not None else threshold


def level_of(result: ProgressResult, reading: Measurement) -> tuple[int | None, int | None]:
    """A share's numerator and denominator on the day asked for, also where its window is over."""
    if reading.now_denominator is None:
        return result.numerator, result.denominator
    return reading.now_numerator, reading.now_denominator


def missing_text(indicator: Indicator, gap: int | None) -> str:
    """What is still missing, in whole units; empty when nothing is."""
    return indicator.missing(gap) if gap else ""


def status_text(indicator: Indicator, result: ProgressResult, ahead: date) -> str:
    """What follows the state's word: by how much, or what is missing.

    `ahead` is the day that a share is looked ahead to.
    """
    if result.state == State.SLIPPING:
        return _("met now; lost by %(day)s if nothing is renewed") % {"day": day(ahead)}
    if result.state == State.EXCEEDED and result.percent_of_target is not None:
        limit = result.aim if result.aim is not None else result.threshold
        return _("%(percent)s%% of %(limit)s") % {
            "percent": number(whole_percent(result)),
            "limit": number(limit),
        }
    if result.state == State.NOT_DUE:
        return ""
    return missing_text(indicator, result.gap)


def whole_percent(result: ProgressResult) -> int:
    """Actual against the aim (the limit where there is no aim) in whole percent, half up."""
    base = result.aim if result.aim is not None else result.threshold
    if not base or result.actual is None:
        return 0
    return int(Fraction(result.actual) / base * 100 + Fraction(1, 2))


def left_out_text(indicator: Indicator, reading: Measurement) -> str:
    """ "Left out: certificate expired 2, awaiting verification 1."; empty when nothing was."""
    if not reading.left_out:
        return ""
    parts = ", ".join(f"{reason} {n}" for reason, n in left_out_parts(indicator, reading))
    return _("Left out: %(parts)s.") % {"parts": parts}


def left_out_parts(indicator: Indicator, reading: Measurement) -> list[tuple[str, str]]:
    """(reason, how many) for the records found and not counted."""
    return [(str(indicator.reasons[key]), number(n)) for key, n in reading.left_out.items()]


def explanation(indicator: Indicator, result: ProgressResult, reading: Measurement) -> str:
    """The working: formula with its numbers, the comparison, what was left out and why."""
    if result.kind == TargetType.SHARE:
        if not result.denominator:
            first = _("No valid product on that day, so there is no share.")
        else:
            small = _("%(numerator)s of %(denominator)s valid products; limit %(limit)s.")
            text = _(
                "%(numerator)s of %(denominator)s valid products = %(percent)s; limit %(limit)s."
            )
            first = (small if is_small(result.denominator) else text) % {
                "numerator": number(result.numerator),
                "denominator": number(result.denominator),
                "percent": percent_text(result),
                "limit": limit_text(result),
            }
    else:
        first = _("%(formula)s: %(actual)s; limit %(limit)s.") % {
            "formula": indicator.formula,
            "actual": number(result.actual),
            "limit": limit_text(result),
        }
    parts = [
        first,
        final_text(result, reading),
        _sentence(missing_text(indicator, result.gap)),
        "" if result.closed else _expected_text(result),
        left_out_text(indicator, reading),
        str(indicator.interpretation),
    ]
    return " ".join(part for part in parts if part)


def final_text(result: ProgressResult, reading: Measurement) -> str:
    """ "Final result of 31/12/2025; now 101/231." for a window that is over, else empty."""
    if not result.closed:
        return ""
    words = {"day": day(result.counted_at)}
    if (now := now_text(reading)) == "":
        return _("Final result of %(day)s.") % words
    return _("Final result of %(day)s; now %(now)s.") % (words | {"now": now})


def closed_note(result: ProgressResult, reading: Measurement) -> str:
    """ "final result of 31/12/2025 · now 101/231" beside a row; empty while its window runs."""
    if not result.closed:
        return ""
    final = _("final result of %(day)s") % {"day": day(result.counted_at)}
    if (now := now_text(reading)) == "":
        return final
    return f"{final} · {pgettext('after a final result', 'now %(now)s') % {'now': now}}"


def earlier_years_note(labels: Iterable[str]) -> str:
    """ "2022, 2023: final results" of the closed years of a yearly target; empty without any."""
    years = ", ".join(labels)
    return _("%(years)s: final results") % {"years": years} if years else ""


def part_text(unit: str, last: date) -> str:
    """Whose figures a former province's are, since it is a part of another."""
    words = {"unit": unit, "day": day(last)}
    return (
        _(
            "The plan is that of %(unit)s (through %(day)s), now a part of a larger province: the "
            "figures are of this part alone."
        )
        % words
    )


def ended_text(ends_on: date, as_of: date) -> str:
    """What stands at the head of every page of a plan that is over."""
    return _(
        "The plan ended on %(end)s: its targets stand with their final results. The valid products "
        "are those of %(day)s."
    ) % {"end": day(ends_on), "day": day(as_of)}


def now_text(reading: Measurement) -> str:
    """The level of a share on the day asked for, where its window is over: "101/231"."""
    if reading.now_denominator is None:
        return ""
    return f"{number(reading.now_numerator)}/{number(reading.now_denominator)}"


def effect_text(share: bool, numerator: int, denominator: int) -> str:
    """By how much a group of changes moves the figure, in words."""
    if not numerator and not denominator:
        return _("does not move the figure")
    if not share:
        return signed(numerator)
    return _("numerator %(numerator)s, denominator %(denominator)s") % {
        "numerator": signed(numerator),
        "denominator": signed(denominator),
    }


def expected_basis_text(basis: str | None) -> str:
    if basis == "milestones":
        return _("by the milestones entered")
    return _("growing evenly over the period") if basis else ""


def pace_text(indicator: Indicator, pace: Pace | None) -> str:
    """ "5 a month for 6 months (28 more products needed)"; empty where nothing is needed."""
    if pace is None:
        return ""
    text = ngettext(
        "%(n)s a month for %(months)s month (%(missing)s)",
        "%(n)s a month for %(months)s months (%(missing)s)",
        pace.months,
    )
    return text % {
        "n": number(pace.a_month),
        "months": number(pace.months),
        "missing": missing_text(indicator, pace.gap),
    }


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def expected_text(result: ProgressResult) -> str:
    """ "30", or of a share "30.5% (12 products)"; empty where nothing is expected yet."""
    if result.expected is None:
        return ""
    if result.kind != TargetType.SHARE:
        return number(result.expected)
    # Cut as the share itself is, so that one number does not read as two.
    share = f"{number(Decimal(floor(result.expected * 10)) / 10, 1)}%"
    if result.needed is None:
        return share
    text = ngettext("%(share)s (%(n)s product)", "%(share)s (%(n)s products)", result.needed)
    return text % {"share": share, "n": number(result.needed)}


def _expected_text(result: ProgressResult) -> str:
    values = {"expected": expected_text(result)}
    if not values["expected"]:
        return ""
    if result.expected_basis == "milestones":
        return _("Expected by now: %(expected)s (by milestones).") % values
    return _("Expected by now: %(expected)s (evenly over the period).") % values


def period_label(window_label: str) -> str:
    if window_label == "plan":
        return pgettext("period", "whole plan")
    return window_label


def sentence_of(row: dict[str, Any]) -> str:
    """One sentence a meeting reads aloud: name, figure against limit, state, what is missing."""
    name = row["short_name"]
    if row["period"].isdigit():
        name = _("%(name)s in %(year)s") % {"name": name, "year": row["period_label"]}
    words = {
        "name": name,
        "actual": row["actual_text"],
        "limit": row["threshold_text"],
        "state": row["state_label"].lower(),
        "status": row["status_text"],
    }
    if row["status_text"]:
        return _("%(name)s: %(actual)s of %(limit)s, %(state)s, %(status)s.") % words
    return _("%(name)s: %(actual)s of %(limit)s, %(state)s.") % words
