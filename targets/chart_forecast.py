"""Charts of what lies ahead: the stock by rank and both shares, 36 months on."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.asked import PageQuery, page_query
from targets import outlook, wording
from targets.chart_base import ChartView, overview_for, rank_datasets, stacked
from targets.chart_shares import SHARE_TOKENS
from targets.choices import Measure
from targets.forecast_words import part_percent, part_products
from targets.known_rows import SHARE_SOURCES
from targets.outlook import Outlook, ShareAhead


class AheadView(ChartView):
    """A chart over an outlook; the address also says the share of renewals."""

    kind = "line"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted = page_query(self.request)
        percent = outlook.read_renewal(self.request.GET.get("renewal", ""))
        return self.drawn_ahead(outlook.build(overview_for(wanted), percent), wanted)

    def drawn_ahead(self, ahead: Outlook, wanted: PageQuery) -> dict[str, Any]:
        self.ahead = ahead
        return self.drawn(ahead.overview, wanted)

    def labels(self) -> list[str]:
        return [wording.day(day) for day in self.ahead.days]

    def first_column(self) -> str:
        return _("Day")


class Forecast(AheadView):
    title = gettext_lazy("Valid products in the next 36 months")
    subtitle = gettext_lazy(
        "By rank, with what is supposed to be renewed; upright lines: many certificates end"
    )

    def datasets(self) -> list[dict[str, Any]]:
        points = self.ahead.stock
        common = {"stepped": "before", "pointRadius": 0, "borderWidth": 1}
        datasets = rank_datasets([point.ranks for point in points])
        for position, dataset in enumerate(datasets):
            dataset |= common | {"fill": "-1" if position else "origin"}
            dataset["backgroundColor"] += "/75"
        if self.ahead.percent:
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
        marks = {
            f"cliff{number}": self._mark(day, lost, number)
            for number, (day, lost) in enumerate(self.ahead.cliffs)
        }
        return {**stacked(), "plugins": {"annotation": {"annotations": marks}}}

    def _mark(self, day: date, lost: int, number: int) -> dict[str, Any]:
        """A line at the first point after the day; neighbouring labels at three heights."""
        place = next(i for i, point in enumerate(self.ahead.days) if point > day)
        return {
            "type": "line",
            "xMin": place,
            "xMax": place,
            "borderColor": "--state-slipping",
            "borderDash": [4, 3],
            "label": {
                "display": True,
                "position": ("start", "center", "end")[number % 3],
                "content": f"{wording.day(day)}: −{wording.number(lost)}",
                "backgroundColor": "--state-slipping",
            },
        }

    def twin(self, labels: list[str], datasets: list[dict[str, Any]]) -> dict[str, Any]:
        table = super().twin(labels, datasets)
        ranks = len(self.ahead.stock[0].ranks)
        table["columns"].insert(1 + ranks, _("Total"))
        for cells, point in zip(table["rows"], self.ahead.stock, strict=True):
            cells.insert(1 + ranks, wording.number(point.total))
        return table


class ForecastShares(AheadView):
    title = gettext_lazy("Both shares in the next 36 months")
    subtitle = gettext_lazy(
        "Share of valid products under the same supposition; dashed: the limit each must exceed"
    )

    def _token(self, share: ShareAhead) -> str:
        return SHARE_TOKENS[SHARE_SOURCES[Measure(share.row.measure)]]

    def datasets(self) -> list[dict[str, Any]]:
        return [
            {
                "label": share.row.short_name,
                "data": [
                    round(float(100 * point.numerator / point.denominator), 2)
                    if point.denominator
                    else None
                    for point in share.points
                ],
                "borderColor": self._token(share),
                "backgroundColor": self._token(share),
                "stepped": "before",
                "pointRadius": 0,
                "borderWidth": 2,
            }
            for share in self.ahead.shares
        ]

    def options(self) -> dict[str, Any]:
        marks: dict[str, Any] = {}
        for number, share in enumerate(self.ahead.shares):
            if share.row.result.threshold is None:
                continue
            marks[share.row.code] = self._limit(share, float(share.row.result.threshold))
            if share.loss:
                marks[f"loss-{share.row.code}"] = self._lost(share, share.loss.day, number)
        return {
            "scales": {"y": {"min": 0, "max": 100}},
            "plugins": {"twin": {"suffix": " %"}, "annotation": {"annotations": marks}},
        }

    def _limit(self, share: ShareAhead, limit: float) -> dict[str, Any]:
        return {
            "type": "line",
            "yMin": limit,
            "yMax": limit,
            "borderColor": self._token(share),
            "borderDash": [6, 4],
            "borderWidth": 1,
            "label": {"display": True, "position": "end", "content": share.row.threshold_text},
        }

    def _lost(self, share: ShareAhead, day: date, number: int) -> dict[str, Any]:
        """Labels stand one above the other at the foot, below both shares and limits."""
        place = next(i for i, point in enumerate(self.ahead.days) if point >= day)
        words = {"name": share.row.short_name, "day": wording.day(day)}
        return {
            "type": "line",
            "xMin": place,
            "xMax": place,
            "borderColor": "--state-slipping",
            "borderDash": [4, 3],
            "label": {
                "display": True,
                "position": "start",
                "yAdjust": -26 * number,
                "content": _("%(name)s: lost from %(day)s") % words,
                "backgroundColor": "--state-slipping",
            },
        }

    def twin(self, labels: list[str], datasets: list[dict[str, Any]]) -> dict[str, Any]:
        """Numerator of denominator beside each share, both rounded down."""
        columns = [_("Day")]
        cells = [[label] for label in labels]
        for share in self.ahead.shares:
            columns += [share.row.short_name, _("Products")]
            for line, point in zip(cells, share.points, strict=True):
                line += [part_percent(point, share.row), part_products(point)]
        return {"columns": columns, "rows": cells}
