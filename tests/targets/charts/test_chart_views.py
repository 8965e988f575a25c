"""Every chart is a line view of django-chartjs, of which only Chart.js's three keys go out."""

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from chartjs.views.lines import BaseLineOptionsChartView
from django.test import Client, RequestFactory
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views import View

from targets.charts.base import ChartView, plain
from targets.charts.registry import CHARTS, FURTHER_CHARTS, TARGET_CHARTS
from tests.support.cases import every_case

EVERY_CHART = CHARTS | TARGET_CHARTS | FURTHER_CHARTS


class Odd(ChartView):
    """A chart of values that the library would send as text or as no JSON at all."""

    def get_labels(self) -> list[Any]:
        return [gettext_lazy("Limit"), "b", "c", "d"]

    def get_providers(self) -> list[Any]:
        return [gettext_lazy("Aim")]

    def get_data(self) -> list[list[Any]]:
        return [[Decimal("2.50"), float("nan"), Fraction(6, 2), None]]

    def get_options(self) -> dict[str, Any]:
        return {"max": Decimal(70), "least": float("-inf")}


def odd_payload() -> dict[str, Any]:
    overview: Any = None
    return Odd().payload_of(overview, overview)


def leaves(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """(the key that leads to it, value) of everything in the JSON that holds nothing itself."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one, key)
    else:
        yield key, value


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for one in value.values():
            yield from keys(one)
    elif isinstance(value, list):
        for one in value:
            yield from keys(one)


@every_case("name", EVERY_CHART)
def test_every_chart_asks_the_library_to_assemble_it(name: str) -> None:
    view = EVERY_CHART[name]
    assert issubclass(view, BaseLineOptionsChartView)
    # The library's own methods make the datasets; ours only fill the contract.
    for method in ("get_labels", "get_providers", "get_data"):
        assert getattr(view, method) is not getattr(BaseLineOptionsChartView, method), method
    # Django's own answer to OPTIONS, once hidden behind a method of the charts.
    assert view.options is View.options


@pytest.mark.usefixtures("demonstration", "db")
@every_case("name", EVERY_CHART)
def test_a_charts_json_holds_three_keys_and_plain_values(name: str, signed_in: Any) -> None:
    client: Client = signed_in("committee_member")
    for query in ("unit=84", "unit=848", "unit=84&pending=1", "unit=842&renewal=50"):
        address = f"/charts/{name}.json?as_of=2024-04-05&code=ECOM-SHARE&{query}"
        text = client.get(address).content.decode()

        def refused(constant: str, address: str = address) -> None:
            raise AssertionError(f"{constant} in {address}")

        chart = json.loads(text, parse_constant=refused)
        assert set(chart) == {"type", "data", "options"}
        assert set(chart["data"]) == {"labels", "datasets"}
        assert not {"view", "name", "pointBackgroundColor"} & set(keys(chart))
        assert "rgba(" not in text
        names = [dataset["label"] for dataset in chart["data"]["datasets"]]
        assert all(names) and len(set(names)) == len(names)
        values = [one for dataset in chart["data"]["datasets"] for one in dataset["data"]]
        if chart["type"] != "matrix":
            assert {type(value) for value in values} <= {int, float, type(None)}
        for key, value in leaves(chart["options"].get("scales", {})):
            assert key == "labels" or not isinstance(value, str), (key, value)


def test_what_json_does_not_know_goes_out_as_numbers_and_null() -> None:
    payload = odd_payload()
    assert payload["data"]["datasets"] == [{"label": "Mức phấn đấu", "data": [2.5, None, 3, None]}]
    assert payload["options"]["max"] == 70
    assert payload["options"]["least"] is None
    assert isinstance(payload["data"]["labels"][0], str)
    assert not isinstance(payload["data"]["labels"][0], Promise)
    assert json.loads(json.dumps(payload, allow_nan=False)) == payload


def test_nothing_of_the_address_or_the_view_goes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("targets.charts.base.page_query", lambda request: None)
    monkeypatch.setattr("targets.charts.base.cached", lambda _part, _query, compute: compute())
    monkeypatch.setattr(Odd, "drawn_for", lambda self, query: odd_payload())
    answer = Odd.as_view()(RequestFactory().get("/charts/odd.json"), name="odd", pk=7)
    assert answer["Content-Type"] == "application/json"
    assert json.loads(answer.content) == odd_payload()


def test_a_value_that_no_chart_can_show_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        plain({"data": [object()]})
    with pytest.raises(ValueError, match="JSON"):
        Odd().convert_context_to_json({"data": [float("nan")]})
