"""Charts of what lies ahead: the stock by rank and both shares, 36 months on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.web.page_query import PageQuery
from targets.charts.base import (
    ChartView,
    cliff_marks,
    marked_day,
    overview_for,
    stacked,
    stock_areas,
)
from targets.charts.shares import ShareLines
from targets.figures import FigureRow, wording
from targets.forecast import Projection, ShareProjection, part_percent, part_products, projection


class ProjectionChart(ChartView):
    """A chart over an outlook; the address also says the share of renewals."""

    kind = "line"

    def drawn_for(self, query: PageQuery) -> dict[str, Any]:
        percent = projection.read_renewal(self.request.GET.get("renewal", ""))
        return self.payload_of_projection(projection.build(overview_for(query), percent), query)

    def payload_of_projection(self, projected: Projection, query: PageQuery) -> dict[str, Any]:
        self.projected = projected
        return self.payload_of(projected.overview, query)

    def labels(self) -> list[str]:
        return [wording.day(day) for day in self.projected.days]

    def first_column(self) -> str:
        return _("Day")


class Forecast(ProjectionChart):
    title = gettext_lazy("Valid products in the next 36 months")
    subtitle = gettext_lazy(
        "By rank, with what is supposed to be renewed; upright lines: many certificates end"
    )

    def datasets(self) -> list[dict[str, Any]]:
        points = self.projected.stock
        datasets = stock_areas([point.ranks for point in points])
        if self.projected.percent:
            datasets.append(
                {
                    "label": _("Total if nothing is renewed"),
                    "data": [point.unrenewed for point in points],
                    "borderColor": "--ink",
                    "backgroundColor": "transparent",
                    "borderDash": [5, 4],
                    "borderWidth": 2,
                    "stepped": "before",
                    "pointRadius": 0,
                    "stack": "alone",
                }
            )
        return datasets

    def options(self) -> dict[str, Any]:
        marks = cliff_marks(self.projected.days, self.projected.cliffs)
        return {**stacked(), "plugins": {"annotation": {"annotations": marks}}}

    def data_table(self, labels: list[str], datasets: list[dict[str, Any]]) -> dict[str, Any]:
        table = super().data_table(labels, datasets)
        ranks = len(self.projected.stock[0].ranks)
        table["columns"].insert(1 + ranks, _("Total"))
        for cells, point in zip(table["rows"], self.projected.stock, strict=True):
            cells.insert(1 + ranks, wording.number(point.total))
        return table


class ForecastShares(ProjectionChart, ShareLines):
    title = gettext_lazy("Both shares in the next 36 months")
    subtitle = gettext_lazy(
        "Share of valid products under the same supposition; dashed: the limit each must exceed"
    )

    def shares(self) -> list[tuple[FigureRow, Sequence[Any]]]:
        return [(share.row, share.points) for share in self.projected.shares]

    def look(self) -> dict[str, Any]:
        return {"stepped": "before"}

    def percent(self, point: Any, row: FigureRow) -> str:
        """Rounded down, like the products."""
        return part_percent(point, row)

    def products(self, point: Any) -> str:
        return part_products(point)

    def marks(self) -> dict[str, Any]:
        lost = {
            f"loss-{share.row.code}": self._lost(share, share.loss.day, number)
            for number, share in enumerate(self.projected.shares)
            if share.loss
        }
        return super().marks() | lost

    def _lost(self, share: ShareProjection, day: date, number: int) -> dict[str, Any]:
        """Labels stand one above the other at the foot, below both shares and limits."""
        words = {"name": share.row.short_name, "day": wording.day(day)}
        return marked_day(
            next(i for i, point in enumerate(self.projected.days) if point >= day),
            position="start",
            yAdjust=-26 * number,
            content=_("%(name)s: lost from %(day)s") % words,
        )
