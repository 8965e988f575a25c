"""What may explain that the record and a published total differ, each with the way to it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.organisation.scope import Area, lies_in
from products.choices import RANK_KEYS, IPKind, Rank, Status
from products.models import Recognition
from products.models.entered import counted_statuses
from targets.choices import TotalMeasure, TotalScope, TotalState
from targets.figures import links, wording
from targets.indicators import DayFigure, DecidedDays, lapsed_by, numbers_of
from targets.reconciliation.totals import Comparison, Reason

NEAREST = 2
"""Days with decisions that are named where nothing was decided on the day itself."""


def explain(
    shown: Iterable[Comparison], compared: list[Comparison], decided: DecidedDays, works: bool
) -> None:
    """Put the likely reasons into those `shown` that differ, among all `compared`; three queries,
    however many. `decided`: what was decided on the days compared.

    `works`: the person enters records, and has a page of own work to be led to.
    """
    differing = [one for one in shown if one.state == TotalState.DIFFERS and one.figure]
    for one in differing:
        one.reasons += _awaiting(one) + _other_sources(one, compared)
    of_products = [one for one in differing if one.figure.measure not in IPKind.values]  # type: ignore[union-attr]
    if not of_products:
        return
    _explain_valid([one for one in of_products if one.total.scope == TotalScope.VALID])
    _explain_batches([one for one in of_products if one.total.scope == TotalScope.BATCH], decided)
    _explain_uncounted(of_products, works)


def _awaiting(one: Comparison) -> list[Reason]:
    if one.pending == one.record:
        return []
    words = {"n": wording.number(one.pending)}
    return [Reason(_("With records awaiting verification it is %(n)s.") % words, one.pending_url)]


def _other_sources(one: Comparison, compared: list[Comparison]) -> list[Reason]:
    """Other totals of the same figure that say something else."""
    same = [
        other.total
        for other in compared
        if other.figure == one.figure and other.total.value != one.total.value
    ]
    return [
        Reason(
            _("Another source says %(n)s: %(source)s")
            % {"n": wording.number(other.value), "source": other.source}
        )
        for other in same
    ]


# --- Valid on a day -----------------------------------------------------------------------------


def _explain_valid(differing: list[Comparison]) -> None:
    """Of what the record has too few: certificates that had ended, or were revoked."""
    too_few = [one for one in differing if one.difference < 0]
    if not too_few:
        return
    lapsed = lapsed_by({one.figure.day for one in too_few})  # type: ignore[union-attr]
    for one in too_few:
        figure: Any = one.figure
        sums = numbers_of(lapsed[figure.day], figure.unit)
        query = {"as_of": figure.day.isoformat(), "unit": one.total.unit.code}
        if sums["revoked"]:
            text = ngettext(
                "%(n)s product was revoked", "%(n)s products were revoked", sums["revoked"]
            )
            url = reverse("product-list", query=query | {"left_out": "revoked"})
            one.reasons.append(Reason(text % {"n": wording.number(sums["revoked"])}, url))
        if ended := sums["lapsed"] - sums["revoked"]:
            text = ngettext(
                "%(n)s certificate had ended by the day",
                "%(n)s certificates had ended by the day",
                ended,
            )
            url = reverse("product-list", query=query | {"left_out": "expired"})
            one.reasons.append(Reason(text % {"n": wording.number(ended)}, url))


# --- Decided on a day ---------------------------------------------------------------------------


def _explain_batches(differing: list[Comparison], decided: DecidedDays) -> None:
    """What else was decided on the day: by other numbers, at other ranks; else the nearest days."""
    days: Any = {one.figure.day for one in differing if one.figure}
    nearest = _days_with_decisions() if not all(map(decided.rows, days)) else []
    for one in differing:
        figure: Any = one.figure
        of_day = decided.rows(figure.day)
        rows = [row for row in of_day if lies_in(figure.unit, row.area)]
        one.reasons += _by_number(one, rows) + _by_rank(one, rows)
        if not of_day:
            one.reasons += _nearest(one, nearest)


def _by_number(one: Comparison, rows: list[Any]) -> list[Reason]:
    numbers = Counter(row.number for row in rows)
    if len(numbers) < 2 and not (one.figure and one.figure.number):
        return []
    return [
        Reason(
            _("By decision %(number)s of the day: %(n)s")
            % {"number": number or _("without a number"), "n": wording.number(n)},
            _url(one, measure=TotalMeasure.PRODUCTS.value, number=number),
        )
        for number, n in numbers.most_common()
    ]


def _by_rank(one: Comparison, rows: list[Any]) -> list[Reason]:
    if one.total.measure not in RANK_KEYS.values():
        return []
    ranks = Counter(row.rank for row in rows)
    return [
        Reason(
            _("At %(rank)s on the day: %(n)s") % {"rank": Rank(rank).label, "n": wording.number(n)},
            _url(one, measure=RANK_KEYS[Rank(rank)], number=""),
        )
        for rank, n in sorted(ranks.items())
        if RANK_KEYS[Rank(rank)] != one.total.measure
    ]


def _url(one: Comparison, **changed: Any) -> str:
    figure: DayFigure = one.figure  # type: ignore[assignment]
    return links.day_figure_url(figure._replace(**changed), one.total.unit)


def _days_with_decisions() -> list[tuple[date, int]]:
    decided = Recognition.objects.counted().order_by().values_list("decided_on")
    return sorted(decided.annotate(n=Count("product", distinct=True)))


def _nearest(one: Comparison, days: list[tuple[date, int]]) -> list[Reason]:
    figure: Any = one.figure
    close = sorted(days, key=lambda pair: abs((pair[0] - figure.day).days))[:NEAREST]
    return [
        Reason(
            _("Nothing was decided on the day; on %(day)s: %(n)s")
            % {"day": wording.day(day), "n": wording.number(n)},
            _url(one, measure=TotalMeasure.PRODUCTS.value, number="", first=day, day=day),
        )
        for day, n in sorted(close)
    ]


# --- What does not count ------------------------------------------------------------------------


def _explain_uncounted(differing: list[Comparison], works: bool) -> None:
    """Recognitions that are neither verified nor awaiting it: drafts, returned and the like."""
    columns = ("status", "decided_on", "valid_until")
    places = ("product__district_id", "product__commune_id")
    uncounted = list(
        Recognition.objects.exclude(status__in=counted_statuses(pending=True))
        .order_by()
        .values_list(*columns, *places)
    )
    url = reverse("my-work") if works else ""
    for one in differing:
        figure: Any = one.figure
        by_status: dict[str, int] = defaultdict(int)
        for status, decided, ends, *area in uncounted:
            batch = figure.scope == TotalScope.BATCH
            then = decided == figure.day if batch else decided <= figure.day <= ends
            if then and lies_in(figure.unit, Area(*area)):
                by_status[status] += 1
        one.reasons += [
            Reason(
                _("%(status)s: %(n)s recognitions of the day")
                % {"status": Status(status).label, "n": wording.number(n)},
                url,
            )
            for status, n in sorted(by_status.items())
        ]
