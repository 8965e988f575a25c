"""What every chart of the overview has in common.

A chart is a line view of django-chartjs (a bar chart by its `kind`) and answers exactly
{type, data, options}; words that stand for functions and colours are
explained at the top of static/js/charts.js.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import repeat
from math import isfinite
from typing import Any

from chartjs.views.lines import BaseLineOptionsChartView
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ocop.db.consistent_read import consistent_read
from ocop.web.caching import cached
from ocop.web.errors import NotForYou
from ocop.web.page_query import PageQuery, page_query
from targets.figures import Overview, build, plan_at, unit_of_figures, wording

WHOLE_NUMBERS: dict[str, Any] = {"min": 0, "suggestedMax": 5, "ticks": {"precision": 0}}
"""An axis of counts: from 0, whole steps, readable when everything is 0."""


def overview_for(query: PageQuery) -> Overview:
    """The overview of the plan in force on the day asked for; NotForYou where there is none.

    Cached as long as no record changes, for everybody: who may see the unit was checked before.
    """
    return cached("overview", query, lambda: _overview(query), shared="all")


def _overview(query: PageQuery) -> Overview:
    with consistent_read():
        plan = plan_at(query.as_of, unit=query.unit)
        if plan is None:
            raise NotForYou(_("No plan has been loaded yet. Run: manage.py load_reference"))
        unit = unit_of_figures(plan, query.unit)
        # The page's own knows its districts.
        unit = next((one for one in query.units if one == unit), unit)
        return build(plan, unit, query.as_of, query.pending)


class ChartView(BaseLineOptionsChartView):
    """One chart. Subclasses say what django-chartjs asks for: `get_labels`, `get_providers` (the
    names of the series), `get_data` (a list of values a series), `get_dataset_options` (the look
    of a series) and `get_options`; beside these `kind`, the words and the table under the chart.

    Of what the library would send besides nothing goes out: the view and what the address held,
    its own colours and the series' second name. Login is asked for by the middleware.
    """

    kind = "bar"
    title: Any = ""
    subtitle: Any = ""
    http_method_names = ["get", "head"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = page_query(self.request)
        return cached("chart", query, lambda: self.drawn_for(query))

    def convert_context_to_json(self, context: dict[str, Any]) -> str:
        """Strict: the library's encoder writes as text what it does not know, and a bare NaN."""
        return json.dumps(context, allow_nan=False)

    def drawn_for(self, query: PageQuery) -> dict[str, Any]:
        """The chart that the address asks for."""
        return self.payload_of(overview_for(query), query)

    def payload_of(self, overview: Overview, query: PageQuery) -> dict[str, Any]:
        """The chart of an overview that is already built: the page sends it along.

        Exactly Chart.js's {type, data, options}, in values that JSON knows.
        """
        self.overview, self.query = overview, query
        self.prepare()
        context = super().get_context_data()
        data, given = plain(context["data"]), plain(context["options"])
        options = {"plugins": {"twin": plain(self.data_table(data["labels"], data["datasets"]))}}
        merge(options, given)
        return {"type": self.kind, "data": data, "options": options}

    def prepare(self) -> None:
        """Reads, once a chart, what several of the methods below need."""

    def get_colors(self) -> Iterator[tuple[int, ...]]:
        """None: colours are names of custom properties, given by get_dataset_options."""
        return repeat(())

    def get_dataset_options(self, index: int, color: tuple[int, ...]) -> dict[str, Any]:
        """The look of the series number `index`; `color` is empty."""
        return {}

    def get_datasets(self) -> list[dict[str, Any]]:
        datasets: list[dict[str, Any]] = super().get_datasets()
        for dataset in datasets:
            dataset.pop("name", None)
        return datasets

    def get_options(self) -> dict[str, Any]:
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


def plain(value: Any) -> Any:
    """The value in what JSON knows: exact numbers as whole ones or floats, NaN and infinity as
    null, words that wait for their language in it. Anything else raises TypeError."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str | Promise):
        return str(value)
    if isinstance(value, float | Decimal | Fraction):
        number = float(value)
        if not isfinite(number):
            return None
        return number if isinstance(value, float) or value % 1 else int(value)
    raise TypeError(f"no chart can show {value!r}")


def subtitle_of(subtitle: Any, payload: dict[str, Any]) -> str:
    """What stands under a chart's title; of lines of shares also where there is no line."""
    if not any(dataset.get("words") for dataset in payload["data"]["datasets"]):
        return str(subtitle)
    few = _("no line for fewer than %(n)s products, whose two numbers are in the table")
    return f"{subtitle}; {few % {'n': wording.number(wording.SMALL)}}"


def merge(target: dict[str, Any], extra: dict[str, Any]) -> None:
    """Deep-merge `extra` into `target`; lists and plain values replace."""
    for key, value in extra.items():
        if isinstance(value, dict) and isinstance(target.get(key), dict):
            merge(target[key], value)
        else:
            target[key] = value


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


def stacked(horizontal: bool = False) -> dict[str, Any]:
    scales: dict[str, dict[str, Any]] = {"x": {"stacked": True}, "y": {"stacked": True}}
    merge(scales["x" if horizontal else "y"], WHOLE_NUMBERS)
    return {"indexAxis": "y", "scales": scales} if horizontal else {"scales": scales}
