"""Charts of shares over time, of districts and of product groups."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.organisation.models import Unit
from targets import series, wording
from targets.chart_base import ChartView, rank_datasets, stacked
from targets.choices import Kind, Measure
from targets.measures import stock
from targets.overview import Row, current_rows

SHARE_COLUMNS = {Measure.TRACEABILITY_SHARE: "traced", Measure.ECOMMERCE_SHARE: "sold"}
SHARE_TOKENS = {"traced": "--rank-3", "sold": "--rank-potential-5"}


class Shares(ChartView):
    kind = "line"
    title = gettext_lazy("Traceability and e-commerce shares")
    subtitle = gettext_lazy("Share of valid products; dashed: the limit each must exceed")

    def chart(self) -> dict[str, Any]:
        self.days = series.days_of(self.overview)
        rows = series.certificate_rows(self.overview)
        self.points = series.share_points(self.overview, rows, self.days)
        return super().chart()

    def _rows(self) -> list[Row]:
        return [row for row in self.overview.rows if row.result.kind == Kind.SHARE]

    def labels(self) -> list[str]:
        return [wording.day(day) for day in self.days]

    def datasets(self) -> list[dict[str, Any]]:
        future = max(0, self.days.index(self.overview.as_of))
        return [
            {
                "label": row.short_name,
                "data": [
                    round(100 * numerator / denominator, 2) if denominator else None
                    for numerator, denominator in self.points[SHARE_COLUMNS[Measure(row.measure)]]
                ],
                "borderColor": SHARE_TOKENS[SHARE_COLUMNS[Measure(row.measure)]],
                "backgroundColor": SHARE_TOKENS[SHARE_COLUMNS[Measure(row.measure)]],
                "pointRadius": 0,
                "borderWidth": 2,
                "futureFrom": future,
            }
            for row in self._rows()
        ]

    def options(self) -> dict[str, Any]:
        limits = {
            row.code: {
                "type": "line",
                "yMin": float(row.result.threshold),
                "yMax": float(row.result.threshold),
                "borderColor": SHARE_TOKENS[SHARE_COLUMNS[Measure(row.measure)]],
                "borderDash": [6, 4],
                "borderWidth": 1,
                "label": {"display": True, "position": "end", "content": row.threshold_text},
            }
            for row in self._rows()
            if row.result.threshold is not None
        }
        return {
            "scales": {"y": {"min": 0, "max": 100}},
            "plugins": {"twin": {"suffix": " %"}, "annotation": {"annotations": limits}},
        }

    def twin(self, labels: list[str], datasets: list[dict[str, Any]]) -> dict[str, Any]:
        """Numerator of denominator beside each share: a share alone cannot be checked."""
        columns = [_("Day")]
        cells = [[label] for label in labels]
        for row in self._rows():
            columns += [row.short_name, _("Products")]
            for line, (numerator, denominator) in zip(
                cells, self.points[SHARE_COLUMNS[Measure(row.measure)]], strict=True
            ):
                line += [
                    wording.share_text(
                        numerator, denominator, row.result.operator, row.result.threshold
                    ),
                    f"{wording.number(numerator)}/{wording.number(denominator)}",
                ]
        return {"columns": columns, "rows": cells}


class Districts(ChartView):
    title = gettext_lazy("Valid products by district and rank")
    subtitle = gettext_lazy("By the place recorded when the product was entered")

    def _units(self) -> list[Unit]:
        return [unit for unit in self.wanted.units if unit.level == "district"]

    def _counts(self) -> list[tuple[Unit, dict[str, int]]]:
        counts = [(unit, stock(self.overview.facts, unit.pk)) for unit in self._units()]
        return sorted(counts, key=lambda pair: -pair[1]["total"])

    def labels(self) -> list[str]:
        return [unit.name for unit, _counts in self._counts()]

    def datasets(self) -> list[dict[str, Any]]:
        return rank_datasets([counts for _unit, counts in self._counts()])

    def options(self) -> dict[str, Any]:
        return stacked(horizontal=True)

    def first_column(self) -> str:
        return _("District")


class Groups(ChartView):
    title = gettext_lazy("Valid products by product group")
    subtitle = gettext_lazy("The six groups of the programme")

    def chart(self) -> dict[str, Any]:
        self.groups = series.by_group(self.overview)
        return super().chart()

    def labels(self) -> list[str]:
        return [name or _("No product set recorded") for name, _counts in self.groups]

    def datasets(self) -> list[dict[str, Any]]:
        return rank_datasets([counts for _name, counts in self.groups])

    def options(self) -> dict[str, Any]:
        return stacked(horizontal=True)

    def first_column(self) -> str:
        return _("Product group")


class Heat(ChartView):
    kind = "matrix"
    title = gettext_lazy("Districts against targets")
    subtitle = gettext_lazy("State of each target by district; shares keep the plan's limit")

    def chart(self) -> dict[str, Any]:
        units = [unit for unit in self.wanted.units if unit.level == "district"]
        self.board = [(unit, current_rows(self.overview, unit)) for unit in units]
        return super().chart()

    def labels(self) -> list[str]:
        return [row.short_name for row in self.board[0][1]] if self.board else []

    def datasets(self) -> list[dict[str, Any]]:
        cells = [
            {
                "x": row.short_name,
                "y": unit.name,
                "v": row.reading.value if row.reading.value is not None else row.actual_text,
                "label": row.actual_text,
                "color": f"--state-{row.state.replace('_', '-')}",
            }
            for unit, rows in self.board
            for row in rows
        ]
        return [{"label": _("State"), "data": cells}]

    def options(self) -> dict[str, Any]:
        names = [unit.name for unit, _rows in self.board]
        return {"scales": {"x": {"labels": self.labels()}, "y": {"labels": names}}}

    def twin(self, labels: list[str], datasets: list[dict[str, Any]]) -> dict[str, Any]:
        rows = [
            [unit.name, *(self._cell(row) for row in unit_rows)] for unit, unit_rows in self.board
        ]
        return {"columns": [_("District"), *labels], "rows": rows}

    @staticmethod
    def _cell(row: Row) -> str:
        limit = f"/{row.threshold_text}" if row.result.threshold is not None else ""
        return f"{row.actual_text}{limit} · {row.state_label}"
