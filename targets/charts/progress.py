"""Charts of what was reached: new products, the stock by rank, intellectual property."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from targets.charts.base import WHOLE_NUMBERS, ChartView, stacked
from targets.charts.ranks import RankAreas
from targets.choices import State
from targets.figures import FigureRow, series, wording
from targets.progress import ProgressResult, stock


class NewProducts(ChartView):
    title = gettext_lazy("New products recognised each year")
    subtitle = gettext_lazy("First recognised at 3 stars or higher; the band is the yearly target")

    def _rows(self) -> list[FigureRow]:
        return [row for row in self.overview.rows if row.indicator.chart == "new-products"]

    def get_labels(self) -> list[str]:
        return [row.period for row in self._rows()]

    def get_providers(self) -> list[str]:
        return [_("New products")]

    def get_data(self) -> list[list[Any]]:
        rows = self._rows()
        return [[None if row.state == State.NOT_DUE else row.reading.value for row in rows]]

    def get_dataset_options(self, index: int, color: tuple[int, ...]) -> dict[str, Any]:
        states = [row.state.replace("_", "-") for row in self._rows()]
        return {"backgroundColor": [f"--state-{state}" for state in states]}

    def get_options(self) -> dict[str, Any]:
        options: dict[str, Any] = {
            "plugins": {"valueLabels": True},
            "scales": {"y": dict(WHOLE_NUMBERS)},
        }
        limits = [row.result for row in self._rows() if row.result.threshold is not None]
        # Limits that differ from year to year without an aim are no band; the table has them.
        if limits and (limits[0].aim or len({result.threshold for result in limits}) == 1):
            options["plugins"]["annotation"] = {"annotations": {"band": self._band(limits)}}
        return options

    def _band(self, limits: list[ProgressResult]) -> dict[str, Any]:
        """From the lowest limit to the highest aim; a line where they are one number."""
        low = float(min(result.threshold or 0 for result in limits))
        high = float(max(result.aim or result.threshold or 0 for result in limits))
        text = f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}"
        label = {"display": True, "content": text, "color": "--ink"}
        if low == high:
            flat = {"backgroundColor": "transparent", "position": "end", "yAdjust": -8}
            return {
                "type": "line",
                "yMin": low,
                "yMax": high,
                "borderColor": "--state-met",
                "borderWidth": 2,
                "label": label | flat,
            }
        return {
            "type": "box",
            "yMin": low,
            "yMax": high,
            "backgroundColor": "--state-met/25",
            "borderColor": "--state-met",
            "borderWidth": 1,
            "label": label | {"position": {"x": "end", "y": "center"}},
        }

    def data_table(self, labels: list[str], datasets: list[dict[str, Any]]) -> dict[str, Any]:
        rows = [
            [
                row.period,
                "–" if row.state == State.NOT_DUE else row.actual_text,
                row.threshold_text,
                row.state_label,
            ]
            for row in self._rows()
        ]
        return {"columns": [_("Year"), _("New products"), _("Target"), _("State")], "rows": rows}


class Stock(RankAreas):
    title = gettext_lazy("Valid products by rank")
    subtitle = gettext_lazy("Lighter part: if no certificate is renewed")

    def prepare(self) -> None:
        self.days = series.days_of(self.overview)
        counts = series.stock_on(self.overview, self.days)
        self.ranks = [series.by_rank(by_rank) for by_rank in counts]

    def get_labels(self) -> list[str]:
        return [wording.day(day) for day in self.days]

    def counts(self) -> list[dict[str, int]]:
        return self.ranks

    def get_dataset_options(self, index: int, color: tuple[int, ...]) -> dict[str, Any]:
        """Lighter from the day asked for on: of what comes later only the known ends are in it."""
        future = next((i for i, day in enumerate(self.days) if day > self.overview.as_of), None)
        lighter = {} if future is None else {"futureFrom": max(0, future - 1)}
        return super().get_dataset_options(index, color) | lighter

    def cliffs(self) -> tuple[list[date], Iterable[tuple[date, int]]]:
        return self.days, stock.shared_end_dates(series.products_ahead(self.overview), least=20)

    def data_table(self, labels: list[str], datasets: list[dict[str, Any]]) -> dict[str, Any]:
        table = super().data_table(labels, datasets)
        table["columns"] = [_("Day"), *table["columns"][1:], _("Total")]
        for row, ranks in zip(table["rows"], self.ranks, strict=True):
            row.append(wording.number(sum(ranks.values())))
        return table


class IntellectualProperty(ChartView):
    title = gettext_lazy("Intellectual property against its targets")
    subtitle = gettext_lazy("Granted, on the way, and what the plan asks for")

    def _rows(self) -> list[FigureRow]:
        return [row for row in self.overview.rows if row.indicator.chart == "ip"]

    def get_labels(self) -> list[str]:
        return [row.short_name for row in self._rows()]

    def get_providers(self) -> list[str]:
        return [_("Granted"), _("In the pipeline"), _("Target")]

    def get_data(self) -> list[list[Any]]:
        rows = self._rows()
        limits = [row.result.threshold for row in rows]
        return [
            [row.reading.value for row in rows],
            [row.pipeline for row in rows],
            [None if limit is None else float(limit) for limit in limits],
        ]

    def get_dataset_options(self, index: int, color: tuple[int, ...]) -> dict[str, Any]:
        """What is on the way stands behind what counts, the target in a bar of its own."""
        looks = (("--rank-3", "counted"), ("--rank-3/hatch", "counted"), ("--neutral/40", "target"))
        return dict(zip(("backgroundColor", "stack"), looks[index], strict=True))

    def get_options(self) -> dict[str, Any]:
        return stacked(horizontal=True)

    def first_column(self) -> str:
        return _("Kind of right")

    def data_table(self, labels: list[str], datasets: list[dict[str, Any]]) -> dict[str, Any]:
        table = super().data_table(labels, datasets)
        table["columns"].append(_("State"))
        for cells, row in zip(table["rows"], self._rows(), strict=True):
            cells.append(row.state_label)
        return table
