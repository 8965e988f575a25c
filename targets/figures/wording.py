"""Sentences and figures as people read them, made once when a row is built.

Every text goes through gettext; numbers take the language's form here, so that templates only
print.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from targets.choices import CountingEvent, Measure, Operator, State, TargetType
from targets.figures.measures import Measurement
from targets.progress import Pace, ProgressResult, shown_percent

SMALL = 20
"""Below so many products a share is told by its two numbers only, and not ranked: one product
more or less would move its percentage by five points or more."""


def number(value: int | Decimal | Fraction | None, places: int = 0) -> str:
    """A number in the language's form; an empty string for None."""
    if value is None:
        return ""
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    # Django's formatting cuts decimals off; figures are rounded half to even as in the JSON.
    value = round(Decimal(value), places)
    return str(number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True))


def in_language(record: Any, field: str) -> str:
    """A record's text in the active language where it has one, else as recorded."""
    translated = getattr(record, f"{field}_{(get_language() or '')[:2]}", "")
    return translated or getattr(record, field)


def day(value: date) -> str:
    return date_format(value, "SHORT_DATE_FORMAT")


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
    shown = percent_text(result)
    if not result.denominator or is_small(result.denominator):
        return shown
    return f"{shown} ({share_parts(result.numerator, result.denominator)})"


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


def missing_text(measure: str, gap: int | None) -> str:
    """What is still missing, in whole units; empty when nothing is."""
    if not gap:
        return ""
    if measure == Measure.IP_RIGHTS:
        text = ngettext("%(n)s more certificate needed", "%(n)s more certificates needed", gap)
    elif measure == Measure.SCIENCE_TASKS:
        text = ngettext("%(n)s more task needed", "%(n)s more tasks needed", gap)
    else:
        text = ngettext("%(n)s more product needed", "%(n)s more products needed", gap)
    return text % {"n": number(gap)}


def status_text(measure: str, result: ProgressResult, end: date) -> str:
    """What follows the state's word: by how much, or what is missing."""
    if result.state == State.SLIPPING:
        return _("met now; lost by %(day)s if nothing is renewed") % {"day": day(end)}
    if result.state == State.EXCEEDED and result.percent_of_target is not None:
        limit = result.aim if result.aim is not None else result.threshold
        return _("%(percent)s%% of %(limit)s") % {
            "percent": number(whole_percent(result)),
            "limit": number(limit),
        }
    if result.state == State.NOT_DUE:
        return ""
    return missing_text(measure, result.gap)


def whole_percent(result: ProgressResult) -> int:
    """Actual against the aim (the limit where there is no aim) in whole percent, half up."""
    base = result.aim if result.aim is not None else result.threshold
    if not base or result.actual is None:
        return 0
    return int(Fraction(result.actual) / base * 100 + Fraction(1, 2))


def _reasons(measure: str) -> dict[str, Any]:
    return {
        "again": _("recognised again"),
        "revoked": _("revoked"),
        "waiting": _("awaiting verification"),
        "expired": _("certificate expired"),
        "cancelled": _("cancelled, refused or withdrawn"),
        "unsupported": _("not supported under Resolution 80"),
    }


def left_out_text(measure: str, reading: Measurement) -> str:
    """ "Left out: certificate expired 2, awaiting verification 1."; empty when nothing was."""
    if not reading.left_out:
        return ""
    parts = ", ".join(f"{reason} {n}" for reason, n in left_out_parts(measure, reading))
    return _("Left out: %(parts)s.") % {"parts": parts}


def left_out_parts(measure: str, reading: Measurement) -> list[tuple[str, str]]:
    """(reason, how many) for the records found and not counted."""
    reasons = _reasons(measure)
    return [(reasons[key], number(n)) for key, n in reading.left_out.items()]


def explanation(measure: str, result: ProgressResult, reading: Measurement) -> str:
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
            "formula": _formula(measure),
            "actual": number(result.actual),
            "limit": limit_text(result),
        }
    parts = [
        first,
        _sentence(missing_text(measure, result.gap)),
        _expected_text(result),
        left_out_text(measure, reading),
        reading_text(measure),
    ]
    return " ".join(part for part in parts if part)


def reading_text(measure: str) -> str:
    """How an unclear clause is read for this measure; empty where the clause is clear."""
    readings = {
        Measure.IP_RIGHTS: _("Reading: a right counts once it is granted within the plan."),
        Measure.NEW_PRODUCTS: _(
            "Reading: recognition again, upgrade and downgrade do not count as new."
        ),
        Measure.ECOMMERCE_SHARE: _("Reading: a product on several floors counts once."),
        Measure.TRACEABILITY_SHARE: _("Reading: a product in several systems counts once."),
    }
    return readings.get(Measure(measure), "")


def definition_text(measure: str, event: str = "", supported_only: bool = False) -> str:
    """What exactly is counted, in plain words; `event` is that of rights (CountingEvent)."""
    if measure == Measure.IP_RIGHTS:
        counts = {
            CountingEvent.GRANTED: _("Rights granted within the plan's period"),
            CountingEvent.FILED: _("Rights filed within the plan's period"),
            CountingEvent.SUPPORTED: _("Rights supported within the plan's period"),
        }[CountingEvent(event)]
        if supported_only:
            return counts + _(
                ", whose filing was supported under Resolution 80/2019/NQ-HĐND, and that are "
                "neither cancelled nor refused nor withdrawn."
            )
        return counts + _(", and that are neither cancelled nor refused nor withdrawn.")
    return {
        Measure.SCIENCE_TASKS: _(
            "Science and technology tasks that develop intellectual property, approved within "
            "the plan's period and not cancelled."
        ),
        Measure.NEW_PRODUCTS: _(
            "Products whose first recognition ever, at 3 stars or higher, was decided in the "
            "year and is not revoked."
        ),
        Measure.TRACEABILITY_SHARE: _(
            "Of the products with a valid certificate of 3 stars or higher on the day, the share "
            "that is in at least one traceability system."
        ),
        Measure.ECOMMERCE_SHARE: _(
            "Of the products with a valid certificate of 3 stars or higher on the day, the share "
            "that is on at least one e-commerce floor that counts."
        ),
    }[Measure(measure)]


def change_label(measure: str, cause: str, event: str = "") -> str:
    """What a group of changes is called, by its cause (targets.progress.events)."""
    if measure == Measure.IP_RIGHTS:
        new = {
            CountingEvent.GRANTED: _("Newly granted"),
            CountingEvent.FILED: _("Newly filed"),
            CountingEvent.SUPPORTED: _("Newly supported"),
        }[CountingEvent(event)]
        return {
            "new": new,
            "revoked": _("Cancelled, refused or withdrawn"),
            "ended": _("Term ended"),
        }[cause]
    if measure == Measure.SCIENCE_TASKS:
        return {"new": _("Newly approved"), "revoked": _("Cancelled")}[cause]
    sold = measure == Measure.ECOMMERCE_SHARE
    return {
        "new": _("Newly recognised"),
        "renewed": _("Recognised again"),
        "joined": _("Listed on a floor") if sold else _("Joined a traceability system"),
        "lapsed": _("Certificate ended, not renewed"),
        "revoked": _("Recognition revoked"),
        "left": _("No longer on any floor") if sold else _("No longer in any system"),
    }[cause]


def reason_text(reason: str) -> str:
    """Why a record is left out, as a word; `reason` is a key of Reading.left_out."""
    return str(_reasons("")[reason])


def signed(value: int) -> str:
    """ "+3", "−2", "0"."""
    if not value:
        return "0"
    return f"{'+' if value > 0 else '−'}{number(abs(value))}"


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


def pace_text(measure: str, pace: Pace | None) -> str:
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
        "missing": missing_text(measure, pace.gap),
    }


def _formula(measure: str) -> str:
    return {
        Measure.IP_RIGHTS: _("Rights granted within the plan and standing"),
        Measure.SCIENCE_TASKS: _("Tasks approved within the plan and not cancelled"),
        Measure.NEW_PRODUCTS: _("Products first recognised at 3 stars or higher"),
    }[Measure(measure)]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _expected_text(result: ProgressResult) -> str:
    if result.expected is None or result.threshold is None:
        return ""
    unit = "%" if result.kind == TargetType.SHARE else ""
    values = {"expected": f"{number(result.expected, 1)}{unit}"}
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
