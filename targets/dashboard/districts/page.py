"""What the page of one district shows beside the overview's rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from ocop.web.page_query import PageQuery
from products.choices import RANK_KEYS, Rank
from products.scoring import window_in_words
from targets.changes import FigureChanges, default_since, figure_changes
from targets.confirmations import QuarterStatus, services
from targets.dashboard.districts.territory import Territory, territory_of
from targets.figures import Overview, series, wording
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
    """So many products are valid for the last time on `day`; `window` says when they are filed for
    again, until `notice_by`, which is `late` on the day asked for or not."""

    day: date
    number: int
    notice_by: date
    window: str
    late: bool
    url: str


@dataclass(frozen=True)
class DistrictQuota:
    """What the district was given of one counted target; `url` leads to the board."""

    name: str
    given: QuotaBoardRow
    url: str


@dataclass(frozen=True)
class DistrictPage:
    """`more_ends` are further days on which certificates end.

    `quotas` are the targets of which it was given anything, in `years`; `quota_moves` the entries
    that moved them with their target's name, the latest first. `quarters` are those begun, by year,
    the latest year first: four places a year, None where one has not begun.
    """

    ranks: list[RankCount]
    stock_url: str
    producers_url: str
    ends: list[CertificateEndRow]
    more_ends: int
    changes: FigureChanges
    years: list[int]
    quotas: list[DistrictQuota]
    quota_moves: list[tuple[str, QuotaMoveEntry]]
    quarters: list[tuple[int, list[QuarterStatus | None]]]
    territory: Territory
    quarter_numbers: Sequence[int] = QUARTERS


def build(built: Overview, query: PageQuery, meetings: Iterable[date] = ()) -> DistrictPage:
    """Stock by rank, what ends next, what moved since the last meeting; quotas, quarters.

    `meetings` are the days of the figures of meetings held; without one before the day asked for
    it is what moved since the end of last quarter. Seven queries beside the overview's own.
    """
    since = default_since(built.as_of, meetings)
    changes = figure_changes(built, since)
    ends = _ends(built, query)
    return DistrictPage(
        ranks=_ranks(built, query),
        stock_url=reverse("product-list", query=query.query(standing="valid")),
        producers_url=reverse("producer-list", query=query.query()),
        ends=ends[:MAX_ENDS],
        more_ends=max(0, len(ends) - MAX_ENDS),
        changes=changes,
        years=board.years_of(built.plan_data),
        quotas=_quotas(built, query),
        quota_moves=_moves(built),
        quarters=_quarters(built),
        territory=territory_of(built.unit),
    )


def _ranks(built: Overview, query: PageQuery) -> list[RankCount]:
    return [
        RankCount(
            rank=key,
            label=str(Rank(rank).label),
            number=built.stock[key],
            url=reverse("product-list", query=query.query(standing="valid", rank=key)),
        )
        for rank, key in RANK_KEYS.items()
    ]


def _ends(built: Overview, query: PageQuery) -> list[CertificateEndRow]:
    """Every day from the one asked for on that is the last for some product; one query."""
    ahead, terms = series.products_ahead(built), built.renewal_terms
    return [
        CertificateEndRow(
            day=day,
            number=number,
            notice_by=terms.window(day).closes,
            window=window_in_words(terms.window(day)),
            late=terms.window(day).closes < built.as_of,
            url=reverse("product-list", query=query.query(ends_on=day.isoformat())),
        )
        for day, number in stock.shared_end_dates(ahead, least=1)
    ]


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
