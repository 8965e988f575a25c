"""Rules over certificates: ending together, within the year, past their window to file again."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.lib.dates import add_months
from products.certificates import RenewalTerms
from products.scoring import window_in_words
from targets.attention import counting
from targets.attention.counting import RuleCount
from targets.attention.rules import (
    ENDING_MONTHS,
    MIN_SHARED_END,
    RuleContext,
    Sentence,
)
from targets.choices import State
from targets.figures import wording

CLIFFS_TOLD = 2
"""Later days on which many certificates end are told by the forecast."""


# --- On one day -----------------------------------------------------------------------------------


def cliffs(rule_context: RuleContext) -> list[Sentence]:
    """The next days on which many certificates end."""
    return [
        Sentence(
            State.SLIPPING,
            ending_text(one.number, one.day, rule_context.terms),
            reverse("product-list", query=rule_context.query.query(ends_on=one.day.isoformat())),
            counting.CLIFFS,
            one.day.isoformat(),
            counting.mark([one]),
            rule_context.urgency(one.day, one.number),
        )
        for one in rule_context.counted(counting.CLIFFS)[:CLIFFS_TOLD]
        if one.day
    ]


def ending_text(number: int, day: date, terms: RenewalTerms) -> str:
    """How many certificates end on a day, and when a dossier is filed again."""
    text = ngettext(
        "%(n)s certificate ends on %(day)s; renewal: %(window)s.",
        "%(n)s certificates end together on %(day)s; renewal: %(window)s.",
        number,
    )
    return text % {
        "n": wording.number(number),
        "day": wording.day(day),
        "window": window_in_words(terms.window(day)),
    }


def why_cliff(rule_context: RuleContext) -> str:
    return _(
        "%(cliff)d or more certificates end on one day. A dossier is filed again within the time "
        "that the law of that day gives; the next two such days are named."
    ) % {"cliff": MIN_SHARED_END}


# --- Within the year ------------------------------------------------------------------------------


def within_the_year(rule_context: RuleContext) -> list[Sentence]:
    """All certificates that end in the coming months, in one sentence."""
    found = rule_context.counted(counting.ENDING)
    if not found:
        return []
    number = sum(one.number for one in found)
    return [
        Sentence(
            State.SLIPPING,
            _within_the_year_text(rule_context, found, number),
            _notices_url(rule_context),
            counting.ENDING,
            "all",
            counting.mark(found),
            rule_context.urgency(_first_day(found), number),
        )
    ]


def _within_the_year_text(rule_context: RuleContext, found: list[RuleCount], number: int) -> str:
    total = rule_context.overview.stock["total"]
    text = ngettext(
        "%(n)s of %(total)s valid certificate will end within %(months)s months: %(parts)s.",
        "%(n)s of %(total)s valid certificates will end within %(months)s months: %(parts)s.",
        total,
    )
    parts = [*_months_text(found), *_unit_text(rule_context, found)]
    return text % {
        "n": wording.number(number),
        "total": wording.number(total),
        "months": wording.number(ENDING_MONTHS),
        "parts": "; ".join(parts),
    }


def _months_text(found: list[RuleCount]) -> list[str]:
    """The nearest month and the one with most (of several the nearest), or that it is one."""
    months: Counter[date] = Counter()
    for one in found:
        if one.day:
            months[one.day.replace(day=1)] += one.number
    nearest = min(months)
    largest = min(months, key=lambda month: (-months[month], month))

    def words(month: date) -> dict[str, str]:
        return {"month": f"{month:%m/%Y}", "n": wording.number(months[month])}

    if len(months) == 1:
        return [_("all in %(month)s") % words(nearest)]
    if nearest == largest:
        return [_("the next and most in %(month)s (%(n)s)") % words(nearest)]
    return [
        _("the next in %(month)s (%(n)s)") % words(nearest),
        _("most in %(month)s (%(n)s)") % words(largest),
    ]


def _unit_text(rule_context: RuleContext, found: list[RuleCount]) -> list[str]:
    """The unit with most, the first of several in their order; nothing for one unit."""
    if not rule_context.province:
        return []
    numbers: Counter[int | None] = Counter()
    for one in found:
        numbers[one.unit_id] += one.number
    named = [unit for unit in rule_context.units if numbers[unit.pk]]
    if not named:
        return []
    most = max(named, key=lambda unit: numbers[unit.pk])
    words = {"unit": most.name, "n": wording.number(numbers[most.pk])}
    return [_("most of all in %(unit)s (%(n)s)") % words]


def why_within_the_year(rule_context: RuleContext) -> str:
    day = rule_context.overview.as_of
    return _(
        "Valid products whose certificate ends from this day through %(day)s (%(months)s months "
        "on): how many of all, the nearest month, the month and the district with most."
    ) % {"day": wording.day(add_months(day, ENDING_MONTHS)), "months": ENDING_MONTHS}


# --- Past the window -----------------------------------------------------------------------


def past_notice(rule_context: RuleContext) -> list[Sentence]:
    """All certificates that still run and were to be announced by now, in one sentence."""
    found = rule_context.counted(counting.PAST_NOTICE)
    if not found:
        return []
    number, first = sum(one.number for one in found), _first_day(found)
    text = ngettext(
        "%(n)s certificate is past the last day to file again and still runs; it ends on %(day)s.",
        "%(n)s certificates are past the last day to file again and still run; the next end on "
        "%(day)s.",
        number,
    )
    return [
        Sentence(
            State.BEHIND,
            text % {"n": wording.number(number), "day": wording.day(first)},
            _notices_url(rule_context),
            counting.PAST_NOTICE,
            "all",
            counting.mark(found),
            rule_context.urgency(first, number),
        )
    ]


def why_past_notice(rule_context: RuleContext) -> str:
    return _(
        "Valid products whose certificate runs on while the last day to file again, by the law of "
        "that day, is over. They are told until the certificate has ended, is prolonged by a "
        "paper, or the product is recognised again."
    )


def _first_day(found: Iterable[RuleCount]) -> date:
    return min(one.day for one in found if one.day)


def _notices_url(rule_context: RuleContext) -> str:
    """The forecast's list of certificates, the soonest end first."""
    return reverse("forecast", query=rule_context.query.query(), fragment="notices")
