"""What needs attention, written out in sentences, each with the way to its records."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.asked import Asked
from products.models import Recognition
from targets import wording
from targets.choices import State
from targets.overview import Overview, Row, district_of

MOST = 6
CLIFF = 20
"""From how many certificates ending on one day the day is worth a sentence."""
NOTICE_DAYS = 30
"""Producers are told no later than this many days before a certificate ends."""
URGENT = (State.SLIPPING, State.MISSED, State.BEHIND, State.ATTENTION)


@dataclass(frozen=True)
class Sentence:
    state: str
    text: str
    url: str


def sentences(overview: Overview, asked: Asked) -> list[Sentence]:
    """At most six: days on which many certificates end, then targets, the most urgent first."""
    rows = [line.current for line in overview.lines]
    told = [_about(row) for state in URGENT for row in rows if row.state == state]
    return [*_cliffs(overview, asked), *told][:MOST]


def _cliffs(overview: Overview, asked: Asked) -> list[Sentence]:
    latest = Recognition.objects.latest_at(overview.as_of, overview.pending)
    if (district := district_of(overview.unit)) is not None:
        latest = latest.filter(product__district_id=district)
    ends = latest.order_by("valid_until").values_list("valid_until").annotate(n=Count("pk"))
    return [
        Sentence(
            State.SLIPPING,
            ending_text(number, day),
            reverse("product-list", query=asked.query(ends_on=day.isoformat())),
        )
        for day, number in ends.filter(n__gte=CLIFF)[:2]
    ]


def ending_text(number: int, day: date) -> str:
    """How many certificates end on a day, and by when their producers are told."""
    text = ngettext(
        "%(n)s certificate ends on %(day)s; tell its producer by %(notice)s.",
        "%(n)s certificates end together on %(day)s; tell the producers by %(notice)s.",
        number,
    )
    notice = day - timedelta(days=NOTICE_DAYS)
    return text % {
        "n": wording.number(number),
        "day": wording.day(day),
        "notice": wording.day(notice),
    }


def _about(row: Row) -> Sentence:
    words = {
        "name": row.short_name,
        "actual": row.actual_text,
        "limit": row.threshold_text,
        "missing": row.status_text,
    }
    if row.state == State.SLIPPING:
        text = _("%(name)s: %(actual)s against %(limit)s, %(missing)s.")
    else:
        text = _("%(name)s: %(actual)s of %(limit)s, %(missing)s.")
    return Sentence(row.state, text % words, row.url)
