"""Charts of what lies ahead: the stock by rank and both shares, 36 months on."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.web.page_query import PageQuery
from targets.charts.base import ChartView, marked_day, overview_for
from targets.charts.ranks import RankAreas
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

    def get_labels(self) -> list[str]:
        return [wording.day(day) for day in self.projected.days]

    def first_column(self) -> str:
        return _("Day")


class Forecast(ProjectionChart, RankAreas):
    title = gettext_lazy("Valid products in the next 36 months")
    subtitle = gettext_lazy(
        "By rank, with what is supposed to be renewed; upright lines: many certificates end"
    )

    def counts(self) -> list[dict[str, int]]:
        return [point.ranks for point in self.projected.stock]

    def cliffs(self) -> tuple[list[date], Iterable[tuple[date, int]]]:
        return self.projected.days, self.projected.cliffs

    def get_providers(self) -> list[str]:
        """With renewals the stock without them stands beside as one more line."""
        unrenewed = [_("Total if nothing is renewed")] if self.projected.percent else []
        return [*super().get_providers(), *unrenewed]

    def get_data(self) -> list[list[Any]]:
        points = self.projected.stock
        unrenewed = [[point.unrenewed for point in points]] if self.projected.percent else []
        return [*super().get_data(), *unrenewed]

    def get_dataset_options(self, index: int, color: tuple[int, ...]) -> dict[str, Any]:
        if index < len(super().get_providers()):
            return super().get_dataset_options(index, color)
        return {
            "borderColor": "--ink",
            "backgroundColor": "transparent",
            "borderDash": [5, 4],
            "borderWidth": 2,
            "stepped": "before",
            "pointRadius": 0,
            "stack": "alone",
        }

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

    def products(self, point: Any) -> tuple[int, int]:
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
