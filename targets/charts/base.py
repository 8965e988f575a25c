"""What every chart of the overview has in common.

A chart answers exactly {type, data, options}; words that stand for functions and colours are
explained at the top of static/js/charts.js.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from chartjs.views.base import JSONView
from django.utils.translation import gettext as _

from ocop.db.consistent_read import consistent_read
from ocop.web.caching import cached
from ocop.web.errors import NotForYou
from ocop.web.page_query import PageQuery, page_query
from products.choices import RANK_KEYS, Rank
from targets.figures import Overview, build, plan_at, wording

WHOLE_NUMBERS: dict[str, Any] = {"min": 0, "suggestedMax": 5, "ticks": {"precision": 0}}
"""An axis of counts: from 0, whole steps, readable when everything is 0."""

RANK_TOKENS = {
    "rank_3": "--rank-3",
    "rank_4": "--rank-4",
    "potential_5": "--rank-potential-5",
    "rank_5": "--rank-5",
}


def overview_for(query: PageQuery) -> Overview:
    """The overview of the plan in force on the day asked for; NotForYou where there is none.

    Cached as long as no record changes, for everybody: who may see the unit was checked before.
    """
    return cached("overview", query, lambda: _overview(query), shared="all")


def _overview(query: PageQuery) -> Overview:
    with consistent_read():
        plan = plan_at(query.as_of)
        if plan is None:
            raise NotForYou(_("No plan has been loaded yet. Run: manage.py load_reference"))
        return build(plan, query.unit, query.as_of, query.pending)


class ChartView(JSONView):
    """One chart. Subclasses give `kind`, labels, datasets, options and the table under it."""

    kind = "bar"
    title: Any = ""
    subtitle: Any = ""
    http_method_names = ["get", "head"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Exactly Chart.js's three keys: nothing of the view or the address goes out."""
        query = page_query(self.request)
        return cached("chart", query, lambda: self.drawn_for(query))

    def drawn_for(self, query: PageQuery) -> dict[str, Any]:
        """The chart that the address asks for."""
        return self.payload_of(overview_for(query), query)

    def payload_of(self, overview: Overview, query: PageQuery) -> dict[str, Any]:
        """The chart of an overview that is already built: the page sends it along."""
        self.overview, self.query = overview, query
        return self.chart()

    def chart(self) -> dict[str, Any]:
        labels, datasets = self.labels(), self.datasets()
        options: dict[str, Any] = {"plugins": {"twin": self.data_table(labels, datasets)}}
        merge(options, self.options())
        data = {"labels": labels, "datasets": datasets}
        return {"type": self.kind, "data": data, "options": options}

    def labels(self) -> list[str]:
        raise NotImplementedError

    def datasets(self) -> list[dict[str, Any]]:
        raise NotImplementedError

    def options(self) -> dict[str, Any]:
        return {}

    def data_table(self, labels: list[str], datasets: list[dict[str, Any]]) -> dict[str, Any]:
        """The table under the chart: a row a label, a column a dataset, as strings."""
        columns = [self.first_column(), *(dataset["label"] for dataset in datasets)]
        rows = [
            [label, *(wording.number(dataset["data"][i]) for dataset in datasets)]
            for i, label in enumerate(labels)
        ]
        return {"columns": columns, "rows": rows}

    def first_column(self) -> str:
        return _("Period")


def merge(target: dict[str, Any], extra: dict[str, Any]) -> None:
    """Deep-merge `extra` into `target`; lists and plain values replace."""
    for key, value in extra.items():
        if isinstance(value, dict) and isinstance(target.get(key), dict):
            merge(target[key], value)
        else:
            target[key] = value


def rank_datasets(counts: list[dict[str, int]]) -> list[dict[str, Any]]:
    """One stacked dataset per rank, in the ranks' order and colours."""
    return [
        {
            "label": str(Rank(rank).label),
            "data": [row.get(key, 0) for row in counts],
            "backgroundColor": RANK_TOKENS[key],
            "borderColor": RANK_TOKENS[key],
        }
        for rank, key in RANK_KEYS.items()
    ]


def stock_areas(counts: list[dict[str, int]], **more: Any) -> list[dict[str, Any]]:
    """The stock by rank over time: steps that stand one above the other, the lowest on the axis."""
    datasets = rank_datasets(counts)
    for position, dataset in enumerate(datasets):
        dataset |= {"stepped": "before", "pointRadius": 0, "borderWidth": 1, **more}
        dataset["fill"] = "-1" if position else "origin"
        dataset["backgroundColor"] += "/75"
    return datasets


def marked_day(place: int, **label: Any) -> dict[str, Any]:
    """An upright line at the point number `place`, with its words."""
    return {
        "type": "line",
        "xMin": place,
        "xMax": place,
        "borderColor": "--state-slipping",
        "borderDash": [4, 3],
        "label": {"display": True, **label, "backgroundColor": "--state-slipping"},
    }


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


def stacked(horizontal: bool = False) -> dict[str, Any]:
    scales: dict[str, dict[str, Any]] = {"x": {"stacked": True}, "y": {"stacked": True}}
    merge(scales["x" if horizontal else "y"], WHOLE_NUMBERS)
    return {"indexAxis": "y", "scales": scales} if horizontal else {"scales": scales}
