"""What the page of one district shows beside the overview's rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from ocop.web.page_query import PageQuery
from products import legal_terms
from products.choices import RANK_KEYS, Rank
from targets.changes import default_since
from targets.choices import TargetType
from targets.confirmations import QuarterStatus, services
from targets.figures import FigureRow, Overview, overview, series, wording
from targets.progress import stock
from targets.quotas import QuotaBoardRow, QuotaMoveEntry, board

MAX_ENDS = 6
"""Days on which certificates end that are listed, the next ones first."""

QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class RankCount:
    rank: str
    label: str
    number: int
    url: str


@dataclass(frozen=True)
class CertificateEndRow:
    """So many products are valid for the last time on `day`; their renewal is announced by
    `notice_by`, which is `late` on the day asked for or not."""

    day: date
    number: int
    notice_by: date
    late: bool
    url: str


@dataclass(frozen=True)
class FigureChange:
    """A figure on two days. `effect` says by how much it moved; `url` explains it by records."""

    name: str
    before: str
    after: str
    effect: str
    url: str


@dataclass(frozen=True)
class DistrictQuota:
    """What the district was given of one counted target; `url` leads to the board."""

    name: str
    given: QuotaBoardRow
    url: str


@dataclass(frozen=True)
class DistrictPage:
    """`more_ends` are further days on which certificates end. `unchanged_count` targets did not
    move.

    `quotas` are the targets of which it was given anything, in `years`; `quota_moves` the entries
    that moved them with their target's name, the latest first. `quarters` are those begun, by year,
    the latest year first: four places a year, None where one has not begun.
    """

    ranks: list[RankCount]
    stock_url: str
    producers_url: str
    ends: list[CertificateEndRow]
    more_ends: int
    since: date
    stock_before: int
    changed_figures: list[FigureChange]
    unchanged_count: int
    years: list[int]
    quotas: list[DistrictQuota]
    quota_moves: list[tuple[str, QuotaMoveEntry]]
    quarters: list[tuple[int, list[QuarterStatus | None]]]
    quarter_numbers: Sequence[int] = QUARTERS


def build(built: Overview, query: PageQuery) -> DistrictPage:
    """Stock by rank, what ends next, what moved since the end of last quarter; quotas, quarters.

    Six queries beside the overview's own.
    """
    since = default_since(built.as_of)
    before = overview.on_another_day(built, since)
    changed = _figure_changes(built, before, since)
    ends = _ends(built, query)
    return DistrictPage(
        ranks=_ranks(built, query),
        stock_url=reverse("product-list", query=query.query(valid="valid")),
        producers_url=reverse("producer-list", query=query.query()),
        ends=ends[:MAX_ENDS],
        more_ends=max(0, len(ends) - MAX_ENDS),
        since=since,
        stock_before=before.stock["total"],
        changed_figures=changed,
        unchanged_count=len(built.lines) - len(changed),
        years=board.years_of(built.plan_data),
        quotas=_quotas(built, query),
        quota_moves=_moves(built),
        quarters=_quarters(built),
    )


def _ranks(built: Overview, query: PageQuery) -> list[RankCount]:
    return [
        RankCount(
            rank=key,
            label=str(Rank(rank).label),
            number=built.stock[key],
            url=reverse("product-list", query=query.query(valid="valid", rank=key)),
        )
        for rank, key in RANK_KEYS.items()
    ]


def _ends(built: Overview, query: PageQuery) -> list[CertificateEndRow]:
    """Every day from the one asked for on that is the last for some product; one query."""
    rows = series.certificate_rows(built)
    return [
        CertificateEndRow(
            day=day,
            number=number,
            notice_by=legal_terms.notice_by(day),
            late=legal_terms.notice_by(day) < built.as_of,
            url=reverse("product-list", query=query.query(ends_on=day.isoformat())),
        )
        for day, number in stock.shared_end_dates(rows, built.as_of, least=1)
    ]


def _figure_changes(built: Overview, before: Overview, since: date) -> list[FigureChange]:
    """The targets whose figures differ between the two days, in the window of the later one."""
    earlier = {(row.code, row.period): row for row in before.rows}
    pairs = [(earlier[row.code, row.period], row) for row in _current(built)]
    return [
        FigureChange(
            name=row.short_name,
            before=_figure(old),
            after=_figure(row),
            effect=_effect(old, row),
            url=f"{row.page_url}&{urlencode({'since': since.isoformat()})}#changes",
        )
        for old, row in pairs
        if _numbers(old) != _numbers(row)
    ]


def _current(built: Overview) -> list[FigureRow]:
    return [line.current for line in built.lines]


def _numbers(row: FigureRow) -> tuple[Any, ...]:
    reading = row.reading
    return reading.value, reading.numerator, reading.denominator


def _figure(row: FigureRow) -> str:
    if row.result.kind == TargetType.COUNT:
        return row.actual_text
    return wording.share_parts(row.result.numerator, row.result.denominator)


def _effect(old: FigureRow, new: FigureRow) -> str:
    if new.result.kind == TargetType.COUNT:
        return wording.signed((new.reading.value or 0) - (old.reading.value or 0))
    numerator = (new.reading.numerator or 0) - (old.reading.numerator or 0)
    denominator = (new.reading.denominator or 0) - (old.reading.denominator or 0)
    return wording.effect_text(True, numerator, denominator)


# --- What it was given, and what it confirmed -----------------------------------------------------


def _quotas(built: Overview, query: PageQuery) -> list[DistrictQuota]:
    found = []
    for target in board.counted_targets(built.plan_data):
        year = min(max(built.as_of.year, built.plan.starts_on.year), built.plan.ends_on.year)
        (given,) = board.board(built, target, year, [built.unit]).rows
        if given.total is not None:
            url = reverse("allocation-board", query=query.query(target=target.code, year=year))
            found.append(DistrictQuota(wording.in_language(target, "short_name"), given, url))
    return found


def _moves(built: Overview) -> list[tuple[str, QuotaMoveEntry]]:
    entries = board.entries_of_district(built.plan, built.as_of, built.unit)
    return [(wording.in_language(one.move.target, "short_name"), one) for one in entries]


def _quarters(built: Overview) -> list[tuple[int, list[QuarterStatus | None]]]:
    by_year: dict[int, dict[int, QuarterStatus]] = {}
    for one in services.quarter_statuses(built.plan, [built.unit], built.as_of):
        by_year.setdefault(one.quarter.year, {})[one.quarter.number] = one
    return [
        (year, [of_year.get(number) for number in QUARTERS])
        for year, of_year in sorted(by_year.items(), reverse=True)
    ]
