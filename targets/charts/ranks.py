"""Charts of valid products by rank: a series a rank, in the ranks' order and colours."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from products.choices import RANK_KEYS, Rank
from targets.charts.base import ChartView, marked_day, stacked
from targets.figures import wording

RANK_TOKENS = {
    "rank_3": "--rank-3",
    "rank_4": "--rank-4",
    "potential_5": "--rank-potential-5",
    "rank_5": "--rank-5",
}


class RankBars(ChartView):
    """Lying bars, a bar a label, the ranks one after the other in it."""

    def counts(self) -> list[dict[str, int]]:
        """The products by rank's key, in the order of the labels."""
        raise NotImplementedError

    def get_providers(self) -> list[str]:
        return [str(Rank(rank).label) for rank in RANK_KEYS]

    def get_data(self) -> list[list[Any]]:
        counts = self.counts()
        return [[row.get(key, 0) for row in counts] for key in RANK_KEYS.values()]

    def get_dataset_options(self, index: int, color: tuple[int, ...]) -> dict[str, Any]:
        token = RANK_TOKENS[list(RANK_KEYS.values())[index]]
        return {"backgroundColor": token, "borderColor": token}

    def get_options(self) -> dict[str, Any]:
        return stacked(horizontal=True)


class RankAreas(RankBars):
    """The stock by rank over time: steps that stand one above the other, the lowest on the axis."""

    kind = "line"

    def cliffs(self) -> tuple[list[date], Iterable[tuple[date, int]]]:
        """The days of the labels, and (day, certificates that end on it) for the lines to draw."""
        raise NotImplementedError

    def get_dataset_options(self, index: int, color: tuple[int, ...]) -> dict[str, Any]:
        look = super().get_dataset_options(index, color)
        return {
            **look,
            "backgroundColor": f"{look['backgroundColor']}/75",
            "stepped": "before",
            "pointRadius": 0,
            "borderWidth": 1,
            "fill": "-1" if index else "origin",
        }

    def get_options(self) -> dict[str, Any]:
        marks = cliff_marks(*self.cliffs())
        return {**stacked(), "plugins": {"annotation": {"annotations": marks}}}


def cliff_marks(days: list[date], cliffs: Iterable[tuple[date, int]]) -> dict[str, Any]:
    """A line for each day on which many certificates end together, at the first point after it.

    Labels of neighbouring lines stand at three heights, so that none covers another.
    """
    return {
        f"cliff{number}": marked_day(
            next(i for i, point in enumerate(days) if point > day),
            position=("start", "center", "end")[number % 3],
            content=f"{wording.day(day)}: −{wording.number(lost)}",
        )
        for number, (day, lost) in enumerate(cliffs)
        if day < days[-1]
    }
