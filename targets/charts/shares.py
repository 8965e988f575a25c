"""Charts of shares over time, of districts and of product groups."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from targets.charts.base import ChartView
from targets.charts.ranks import RankBars
from targets.choices import TargetType
from targets.figures import FigureRow, by_communes, current_rows, series, sub_units, wording

SHARE_TOKENS = {"traced": "--rank-3", "sold": "--rank-potential-5"}


class ShareLines(ChartView):
    """Lines of shares in percent, each with its limit; the table has the two numbers as well."""

    kind = "line"

    def shares(self) -> list[tuple[FigureRow, Sequence[Any]]]:
        """(target, its pairs of numerator and denominator in the order of the labels)."""
        raise NotImplementedError

    def look(self) -> dict[str, Any]:
        raise NotImplementedError

    def percent(self, point: Any, row: FigureRow) -> str:
        raise NotImplementedError

    def products(self, point: Any) -> tuple[int, int]:
        """Products counted, and of how many."""
        raise NotImplementedError

    def get_providers(self) -> list[str]:
        return [row.short_name for row, _points in self.shares()]

    def get_data(self) -> list[list[Any]]:
        return [
            [percent_point(numerator, denominator) for numerator, denominator in points]
            for _row, points in self.shares()
        ]

    def get_dataset_options(self, index: int, color: tuple[int, ...]) -> dict[str, Any]:
        row, points = self.shares()[index]
        return {
            "borderColor": token_of(row),
            "backgroundColor": token_of(row),
            "pointRadius": 0,
            "borderWidth": 2,
            **self.look(),
            **few_words(
                [denominator for _numerator, denominator in points],
                lambda place: self.percent(points[place], row),
            ),
        }

    def marks(self) -> dict[str, Any]:
        return {
            row.code: {
                "type": "line",
                "yMin": float(row.result.threshold),
                "yMax": float(row.result.threshold),
                "borderColor": token_of(row),
                "borderDash": [6, 4],
                "borderWidth": 1,
                "label": {"display": True, "position": "end", "content": row.threshold_text},
            }
            for row, _points in self.shares()
            if row.result.threshold is not None
        }

    def get_options(self) -> dict[str, Any]:
        return {
            "scales": {"y": {"min": 0, "max": 100}},
            "plugins": {"twin": {"suffix": " %"}, "annotation": {"annotations": self.marks()}},
        }

    def data_table(self, labels: list[str], datasets: list[dict[str, Any]]) -> dict[str, Any]:
        """Numerator of denominator beside each share: a share alone cannot be checked."""
        columns = [_("Day")]
        cells = [[label] for label in labels]
        for row, points in self.shares():
            columns += [row.short_name, _("Products counted"), _("Of valid products")]
            for line, point in zip(cells, points, strict=True):
                parts = (wording.number(part) for part in self.products(point))
                line += [self.percent(point, row), *parts]
        return {"columns": columns, "rows": cells}


def percent_point(numerator: Any, denominator: Any) -> float | None:
    """A point of a line of shares; None where there is no percentage to show."""
    if not denominator or wording.is_small(denominator):
        return None
    return round(float(100 * numerator / denominator), 2)


def few_words(denominators: Sequence[Any], text: Callable[[int], str]) -> dict[str, Any]:
    """`words` of a line of shares: what stands for a point that is too small to be drawn."""
    words = {
        str(place): text(place)
        for place, denominator in enumerate(denominators)
        if wording.is_small(denominator)
    }
    return {"words": words} if words else {}


def token_of(row: FigureRow) -> str:
    return SHARE_TOKENS[row.indicator.listing]


class Shares(ShareLines):
    title = gettext_lazy("Traceability and e-commerce shares")
    subtitle = gettext_lazy("Share of valid products; dashed: the limit each must exceed")

    def prepare(self) -> None:
        self.days = series.days_of(self.overview)
        self.points: list[tuple[FigureRow, Sequence[Any]]] = [
            (row, series.values_on(self.overview, row.target, row.window, self.days))
            for row in self.overview.rows
            if row.result.kind == TargetType.SHARE
        ]

    def get_labels(self) -> list[str]:
        return [wording.day(day) for day in self.days]

    def shares(self) -> list[tuple[FigureRow, Sequence[Any]]]:
        return self.points

    def look(self) -> dict[str, Any]:
        return {"futureFrom": max(0, self.days.index(self.overview.as_of))}

    def percent(self, point: Any, row: FigureRow) -> str:
        numerator, denominator = point
        result = row.result
        return wording.share_text(numerator, denominator, result.operator, result.threshold)

    def products(self, point: Any) -> tuple[int, int]:
        numerator, denominator = point
        return numerator, denominator


class Districts(RankBars):
    title = gettext_lazy("Valid products by district and rank")
    subtitle = gettext_lazy("By the place recorded when the product was entered")

    def prepare(self) -> None:
        units = sub_units(self.overview.plan, self.query.units)
        counts = [(unit, self.overview.facts.stock(unit)) for unit in units]
        self.districts = sorted(counts, key=lambda pair: -pair[1]["total"])
        if by_communes(self.overview.plan):
            self.title = gettext_lazy("Valid products by commune and rank")

    def get_labels(self) -> list[str]:
        return [unit.name for unit, _counts in self.districts]

    def counts(self) -> list[dict[str, int]]:
        return [counts for _unit, counts in self.districts]

    def first_column(self) -> str:
        return self.overview.plan.sub_unit_label


class Groups(RankBars):
    title = gettext_lazy("Valid products by product group")
    subtitle = gettext_lazy("The six groups of the programme")

    def prepare(self) -> None:
        self.groups = series.by_group(self.overview)

    def get_labels(self) -> list[str]:
        return [name or _("No product set recorded") for name, _counts in self.groups]

    def counts(self) -> list[dict[str, int]]:
        return [counts for _name, counts in self.groups]

    def first_column(self) -> str:
        return _("Product group")


class StatusMatrixChart(ChartView):
    kind = "matrix"
    title = gettext_lazy("Districts against targets")
    subtitle = gettext_lazy("State of each target by district; shares keep the plan's limit")

    def prepare(self) -> None:
        units = sub_units(self.overview.plan, self.query.units)
        self.board = [(unit, current_rows(self.overview, unit)) for unit in units]
        if by_communes(self.overview.plan):
            self.title = gettext_lazy("Communes against targets")
            self.subtitle = gettext_lazy(
                "State of each target by commune; shares keep the plan's limit"
            )

    def get_labels(self) -> list[str]:
        return [row.short_name for row in self.board[0][1]] if self.board else []

    def get_providers(self) -> list[str]:
        return [_("State")]

    def get_data(self) -> list[list[Any]]:
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
        return [cells]

    def get_options(self) -> dict[str, Any]:
        names = [unit.name for unit, _rows in self.board]
        return {"scales": {"x": {"labels": self.get_labels()}, "y": {"labels": names}}}

    def data_table(self, labels: list[str], datasets: list[dict[str, Any]]) -> dict[str, Any]:
        rows = [
            [unit.name, *(self._cell(row) for row in unit_rows)] for unit, unit_rows in self.board
        ]
        return {"columns": [self.overview.plan.sub_unit_label, *labels], "rows": rows}

    @staticmethod
    def _cell(row: FigureRow) -> str:
        limit = ""
        if row.result.threshold is not None:
            limit = wording.limit_after(row.actual_text, row.threshold_text)
        return f"{row.actual_text}{limit} · {row.state_label}"
