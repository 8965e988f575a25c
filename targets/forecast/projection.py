"""Projection of an overview: stock, shares and days of loss under an assumed renewal rate.

Reads the records once; the figures are those of targets.progress.renewals, the limits and states
those of the overview's rows.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import TypeVar

from django.utils.translation import gettext as _

from ocop.lib.dates import add_months
from ocop.web.errors import BadParameter
from products.certificates import CERTIFICATE_MONTHS
from targets import attention
from targets.figures import FigureRow, Overview, series
from targets.periods import month_points
from targets.progress import ValidGroup, renewals, stock

ProjectedT = TypeVar("ProjectedT")
MONTHS_AHEAD = CERTIFICATE_MONTHS
"""As far as anything is certain: by then every certificate of the day has ended."""
WHOLE_PERCENT = re.compile(r"[0-9]{1,3}")


def read_renewal(text: str) -> int:
    """The chosen share of renewals in whole percent, 0 where nothing is written."""
    if not text.strip():
        return 0
    if not WHOLE_PERCENT.fullmatch(text.strip()) or int(text) > 100:
        raise BadParameter(
            _("The share of renewals is a whole number from 0 to 100, not “%(text)s”.")
            % {"text": text[:20]}
        )
    return int(text)


@dataclass(frozen=True)
class StockPoint:
    """Valid products on a day, rounded down: by rank, and in total under both suppositions.

    Ranks are rounded each on its own, so with renewals they may add up to less than `total`.
    """

    day: date
    ranks: dict[str, int]
    total: int
    unrenewed: int


@dataclass(frozen=True)
class ShareProjection:
    """A share's target with its points under the chosen share of renewals and without any."""

    row: FigureRow
    points: list[renewals.FractionalShare]
    loss: renewals.LimitLoss | None
    loss_unrenewed: renewals.LimitLoss | None
    at_end: renewals.FractionalShare
    """On the last day of the target's window."""

    @property
    def met_now(self) -> bool | None:
        """Whether the limit is kept on the day asked for; None of nothing and without a limit.

        The row's own verdict is that of the window's last day once it is over.
        """
        limit = self.row.result.threshold
        if not self.points[0].denominator or limit is None:
            return None
        return renewals.meets_limit(self.points[0], self.row.result.operator, limit)


@dataclass(frozen=True)
class Projection:
    """`percent`: how many of a hundred certificates that end are supposed to be renewed."""

    overview: Overview
    percent: int
    ahead: list[ValidGroup]

    @property
    def as_of(self) -> date:
        return self.overview.as_of

    @property
    def horizon(self) -> date:
        return add_months(self.as_of, MONTHS_AHEAD)

    @property
    def renewed(self) -> Fraction:
        return Fraction(self.percent, 100)

    @cached_property
    def days(self) -> list[date]:
        """The day asked for, every end of a month after it, and the day 36 months on."""
        return month_points(self.as_of, self.horizon)

    @property
    def milestones(self) -> list[date]:
        """Days worth a number in a sentence: the plan's end, and one, two, three years on."""
        end = self.overview.plan.ends_on
        years = [add_months(self.as_of, 12 * number) for number in (1, 2, 3)]
        return sorted({*years, *([end] if self.as_of < end < self.horizon else [])})

    @cached_property
    def stock(self) -> list[StockPoint]:
        return self.stock_on(self.days)

    def stock_on(self, days: list[date]) -> list[StockPoint]:
        with_renewals, without = self._under_both(
            lambda renewed: renewals.renewed_stock(self.ahead, days, self.as_of, renewed)
        )
        return [
            StockPoint(
                day,
                series.by_rank(counts),
                floor(sum(counts.values())),
                floor(sum(plain.values())),
            )
            for day, counts, plain in zip(days, with_renewals, without, strict=True)
        ]

    @cached_property
    def cliffs(self) -> list[tuple[date, int]]:
        """Days within sight on which many certificates end together.

        Many are 20; in a small stock a tenth of it, but never fewer than 5.
        """
        tenth = ceil(Fraction(self.overview.stock["total"], 10))
        least = min(attention.MIN_SHARED_END, max(5, tenth))
        found = stock.shared_end_dates(self.ahead, least)
        return [(day, number) for day, number in found if day < self.horizon]

    @cached_property
    def shares(self) -> list[ShareProjection]:
        return [
            self._share(row, row.indicator.listing)
            for row in self.overview.rows
            if row.indicator.listing
        ]

    def _under_both(
        self, compute: Callable[[Fraction], ProjectedT]
    ) -> tuple[ProjectedT, ProjectedT]:
        """Under the chosen renewal rate and under none; computed once where none is chosen."""
        chosen = compute(self.renewed)
        return chosen, compute(Fraction(0)) if self.percent else chosen

    def _share(self, row: FigureRow, listing: str) -> ShareProjection:
        ahead, by = self.ahead, self.as_of
        changing = renewals.days_of_change(ahead, listing, by, self.horizon)
        end = max(self.overview.plan.ends_on, by)
        days = sorted({*changing, *self.days, end})
        chosen, none = self._under_both(
            lambda renewed: dict(
                zip(days, renewals.renewed_shares(ahead, listing, days, by, renewed), strict=True)
            )
        )
        return ShareProjection(
            row=row,
            points=[chosen[day] for day in self.days],
            loss=_loss(row, changing, chosen),
            loss_unrenewed=_loss(row, changing, none),
            at_end=chosen[end],
        )


def _loss(
    row: FigureRow, days: list[date], shares: dict[date, renewals.FractionalShare]
) -> renewals.LimitLoss | None:
    if row.result.threshold is None:
        return None
    points = [(day, shares[day]) for day in days]
    return renewals.limit_loss(points, row.result.operator, row.result.threshold)


def build(overview: Overview, percent: int) -> Projection:
    """The projection of an overview, in one query."""
    return Projection(overview, percent, series.products_ahead(overview))
