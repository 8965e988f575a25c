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
from targets.changes.between_days import default_since
from targets.choices import Kind
from targets.confirmations import services
from targets.confirmations.services import Standing
from targets.figures import overview, series, wording
from targets.figures.overview import Overview, Row
from targets.progress import stock
from targets.quotas import board
from targets.quotas.board import DistrictRow, Entry

MOST_ENDS = 6
"""Days on which certificates end that are listed, the next ones first."""

QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class RankLine:
    rank: str
    label: str
    number: int
    url: str


@dataclass(frozen=True)
class End:
    """So many products are valid for the last time on `day`; their renewal is announced by
    `notice_by`, which is `late` on the day asked for or not."""

    day: date
    number: int
    notice_by: date
    late: bool
    url: str


@dataclass(frozen=True)
class Moved:
    """A figure on two days. `effect` says by how much it moved; `url` explains it by records."""

    name: str
    before: str
    after: str
    effect: str
    url: str


@dataclass(frozen=True)
class Quota:
    """What the district was given of one counted target; `url` leads to the board."""

    name: str
    given: DistrictRow
    url: str


@dataclass(frozen=True)
class DistrictPage:
    """`more_ends` are further days on which certificates end. `still` targets did not move.

    `quotas` are the targets of which it was given anything, in `years`; `moves` the entries that
    moved them with their target's name, the latest first. `quarters` are those begun, by year,
    the latest year first: four places a year, None where one has not begun.
    """

    ranks: list[RankLine]
    stock_url: str
    producers_url: str
    ends: list[End]
    more_ends: int
    since: date
    stock_before: int
    moved: list[Moved]
    still: int
    years: list[int]
    quotas: list[Quota]
    moves: list[tuple[str, Entry]]
    quarters: list[tuple[int, list[Standing | None]]]
    quarter_numbers: Sequence[int] = QUARTERS


def build(built: Overview, asked: PageQuery) -> DistrictPage:
    """Stock by rank, what ends next, what moved since the end of last quarter; quotas, quarters.

    Six queries beside the overview's own.
    """
    since = default_since(built.as_of)
    before = overview.on_another_day(built, since)
    moved = _moved(built, before, since)
    ends = _ends(built, asked)
    return DistrictPage(
        ranks=_ranks(built, asked),
        stock_url=reverse("product-list", query=asked.query(standing="valid")),
        producers_url=reverse("producer-list", query=asked.query()),
        ends=ends[:MOST_ENDS],
        more_ends=max(0, len(ends) - MOST_ENDS),
        since=since,
        stock_before=before.stock["total"],
        moved=moved,
        still=len(built.lines) - len(moved),
        years=board.years_of(built.kept),
        quotas=_quotas(built, asked),
        moves=_moves(built),
        quarters=_quarters(built),
    )


def _ranks(built: Overview, asked: PageQuery) -> list[RankLine]:
    return [
        RankLine(
            rank=key,
            label=str(Rank(rank).label),
            number=built.stock[key],
            url=reverse("product-list", query=asked.query(standing="valid", rank=key)),
        )
        for rank, key in RANK_KEYS.items()
    ]


def _ends(built: Overview, asked: PageQuery) -> list[End]:
    """Every day from the one asked for on that is the last for some product; one query."""
    rows = series.certificate_rows(built)
    return [
        End(
            day=day,
            number=number,
            notice_by=legal_terms.notice_by(day),
            late=legal_terms.notice_by(day) < built.as_of,
            url=reverse("product-list", query=asked.query(ends_on=day.isoformat())),
        )
        for day, number in stock.cliffs(rows, built.as_of, least=1)
    ]


def _moved(built: Overview, before: Overview, since: date) -> list[Moved]:
    """The targets whose figures differ between the two days, in the window of the later one."""
    earlier = {(row.code, row.period): row for row in before.rows}
    pairs = [(earlier[row.code, row.period], row) for row in _current(built)]
    return [
        Moved(
            name=row.short_name,
            before=_figure(old),
            after=_figure(row),
            effect=_effect(old, row),
            url=f"{row.page_url}&{urlencode({'since': since.isoformat()})}#changes",
        )
        for old, row in pairs
        if _numbers(old) != _numbers(row)
    ]


def _current(built: Overview) -> list[Row]:
    return [line.current for line in built.lines]


def _numbers(row: Row) -> tuple[Any, ...]:
    reading = row.reading
    return reading.value, reading.numerator, reading.denominator


def _figure(row: Row) -> str:
    if row.result.kind == Kind.COUNT:
        return row.actual_text
    return f"{wording.number(row.result.numerator)}/{wording.number(row.result.denominator)}"


def _effect(old: Row, new: Row) -> str:
    if new.result.kind == Kind.COUNT:
        return wording.signed((new.reading.value or 0) - (old.reading.value or 0))
    numerator = (new.reading.numerator or 0) - (old.reading.numerator or 0)
    denominator = (new.reading.denominator or 0) - (old.reading.denominator or 0)
    return wording.effect_text(True, numerator, denominator)


# --- What it was given, and what it confirmed -----------------------------------------------------


def _quotas(built: Overview, asked: PageQuery) -> list[Quota]:
    found = []
    for target in board.counted_targets(built.kept):
        year = min(max(built.as_of.year, built.plan.starts_on.year), built.plan.ends_on.year)
        (given,) = board.board(built, target, year, [built.unit]).rows
        if given.total is not None:
            url = reverse("allocation-board", query=asked.query(target=target.code, year=year))
            found.append(Quota(wording.in_language(target, "short_name"), given, url))
    return found


def _moves(built: Overview) -> list[tuple[str, Entry]]:
    entries = board.entries_of_district(built.plan, built.as_of, built.unit)
    return [(wording.in_language(one.move.target, "short_name"), one) for one in entries]


def _quarters(built: Overview) -> list[tuple[int, list[Standing | None]]]:
    by_year: dict[int, dict[int, Standing]] = {}
    for one in services.standings(built.plan, [built.unit], built.as_of):
        by_year.setdefault(one.quarter.year, {})[one.quarter.number] = one
    return [
        (year, [of_year.get(number) for number in QUARTERS])
        for year, of_year in sorted(by_year.items(), reverse=True)
    ]
