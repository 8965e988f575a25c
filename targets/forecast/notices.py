"""Certificates whose holders are to file again, by the last day to do so.

Of each valid product the certificate that gives its rank. A revocation after the day is not known.
The window is that of the scheme in force when it closes (products.certificates.RenewalTerms). A
certificate that is prolonged runs on until the result of a dossier filed already: it is not among
them.
"""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any, BinaryIO

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from ocop.lib.dates import add_months
from ocop.lib.spreadsheets.writing import SheetToWrite, write_csv, write_workbook
from ocop.organisation.models import Unit
from ocop.web.errors import BadParameter
from products.certificates import RenewalTerms, Window
from products.models import Recognition, ValiditySpan
from products.scoring import window_in_words
from targets.figures import Overview, sub_unit_path, wording

MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])|2100-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month; `code` as it stands in addresses, `label` as people read it."""

    year: int
    number: int

    @property
    def code(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def label(self) -> str:
        return f"{self.number:02}/{self.year:04}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)


def read_month(text: str) -> Month | None:
    """A month written YYYY-MM, None where nothing is written; BadParameter otherwise."""
    if not text.strip():
        return None
    if not MONTH.fullmatch(text.strip()):
        raise BadParameter(
            _("The month “%(text)s” is not usable: write year-month, such as 2025-11.")
            % {"text": text[:20]}
        )
    year, number = text.strip().split("-")
    return Month(int(year), int(number))


def month_of(day: date) -> Month:
    return Month(day.year, day.month)


@dataclass(frozen=True)
class NoticeCounts:
    """How many certificates are to be told of: by month, and in the month chosen by unit
    and by day.

    `days` by the certificates' ends. `late`: those of the month (or of all) whose last day to file
    again lies before the day asked for.
    """

    months: list[tuple[Month, int]]
    units: list[tuple[Unit, int]]
    days: dict[date, int]
    total: int
    late: int


def certificates_ending(overview: Overview, terms: RenewalTerms, month: Month | None = None) -> Any:
    """The certificates as a queryset of recognitions, the soonest end first.

    With `month` those whose window closes on a day of that month.
    """
    spans = ValiditySpan.objects.on_basis(overview.pending).at(overview.as_of)
    found = spans.of_unit(overview.unit).recognitions().filter(prolonged_until=None)
    if month is not None:
        last = add_months(month.first, 1) - timedelta(days=1)
        ends = [Q(valid_until__range=one) for one in terms.ends_closing(month.first, last)]
        found = found.filter(reduce(or_, ends, Q(pk__in=[])))
    names = ("product__producer", "product__place__parent", "product__district")
    return found.select_related(*names).order_by(
        "valid_until", "product__district__code", "product__name_sort", "pk"
    )


def _unit_path(overview: Overview) -> str:
    return sub_unit_path(overview.plan, overview.unit, "product__district_id")


def counts(
    overview: Overview, terms: RenewalTerms, month: Month | None, units: list[Unit]
) -> NoticeCounts:
    """Counted over the whole list in one query; `units` are those that may be named."""
    grouped = (
        certificates_ending(overview, terms)
        .order_by()
        .select_related(None)
        .values_list("valid_until", _unit_path(overview))
        .annotate(n=Count("pk"))
    )
    by_month: dict[Month, int] = {}
    by_unit: dict[int | None, int] = {}
    by_day: dict[date, int] = {}
    for valid_until, unit_id, number in grouped:
        by = terms.window(valid_until).closes
        by_month[month_of(by)] = by_month.get(month_of(by), 0) + number
        if month is None or month_of(by) == month:
            by_unit[unit_id] = by_unit.get(unit_id, 0) + number
            by_day[valid_until] = by_day.get(valid_until, 0) + number
    return NoticeCounts(
        months=sorted(by_month.items()),
        units=[(unit, by_unit[unit.pk]) for unit in units if unit.pk in by_unit],
        days=by_day,
        total=sum(by_day.values()),
        late=sum(
            number for end, number in by_day.items() if terms.window(end).closes < overview.as_of
        ),
    )


@dataclass(frozen=True)
class NoticeGroup:
    """Certificates that end on the same day, as far as a page holds them.

    `by` is the last day to file again, `window` says when in words. `number` is how many there are
    in all; `late` where the last day has gone by; `before` how many certificates the page holds
    before these.
    """

    by: date
    window: str
    ends_on: date
    number: int
    late: bool
    recognitions: list[Recognition]
    before: int = 0


def groups(
    overview: Overview,
    terms: RenewalTerms,
    counted: NoticeCounts,
    recognitions: Iterable[Recognition],
) -> list[NoticeGroup]:
    """The certificates of a page under the days they end on, in order."""
    found: list[NoticeGroup] = []
    for place, one in enumerate(recognitions):
        end = one.valid_until
        if not found or found[-1].ends_on != end:
            window, number = terms.window(end), counted.days.get(end, 0)
            words, late = window_in_words(window), window.closes < overview.as_of
            found.append(NoticeGroup(window.closes, words, end, number, late, [], place))
        found[-1].recognitions.append(one)
    return found


def header() -> list[str]:
    """Columns of the list as a file."""
    return [
        _("File again from"),
        _("File again by"),
        _("Certificate until"),
        _("Product"),
        _("Producer"),
        _("Place"),
        _("District"),
        _("Rank"),
        _("Decision number"),
        _("Decided on"),
    ]


def cells(one: Recognition, window: Window) -> list[Any]:
    """One certificate as cells, days as dates."""
    product = one.product
    return [
        window.opens,
        window.closes,
        one.valid_until,
        product.name,
        product.producer.name,
        product.place.name,
        product.district.name,
        str(one.get_rank_display()),
        one.decision_number,
        one.decided_on,
    ]


def write_list(
    overview: Overview, terms: RenewalTerms, month: Month | None, stream: BinaryIO, fmt: str
) -> None:
    """Write the list as "xlsx" or "csv" to a binary stream; no cell of either is a formula."""
    found = certificates_ending(overview, terms, month)
    rows = (cells(one, terms.window(one.valid_until)) for one in found)
    if fmt == "xlsx":
        write_workbook(stream, [SheetToWrite(_("Certificates"), header(), rows)])
        return
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    write_csv(text, header(), (_in_text(row) for row in rows))
    text.flush()
    text.detach()


def _in_text(row: list[Any]) -> list[Any]:
    return [wording.day(value) if isinstance(value, date) else value for value in row]


def file_name(overview: Overview, month: Month | None, kind: str, ending: str) -> str:
    """Kind, unit, month or day of the figures: files of several asks lie side by side."""
    when = month.code if month else overview.as_of.isoformat()
    return f"{kind}-{overview.unit.code}-{when}.{ending}"
