"""Charts on paper are drawn from the payloads of the page, in the theme's colours."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from targets.charts import registry
from targets.charts.base import overview_for
from targets.reports.content.tables import describe_chart
from targets.reports.writers import chart_images
from tests.support.cases import every_case
from tests.support.factories import make_recognition
from tests.targets.reports.reading import asked_for

THEME = Path(__file__).resolve().parents[3] / "static" / "css" / "theme.css"
DRAWN = [name for name in registry.CHARTS if name != "heat"]


def test_the_colours_are_those_of_the_light_theme() -> None:
    light = re.search(r'\[data-bs-theme="light"\] \{(.*?)\n\}', THEME.read_text("utf-8"), re.S)
    assert light
    theme = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6})", light[1]))
    assert {name: theme[name] for name in chart_images.COLOURS} == chart_images.COLOURS


@pytest.mark.django_db
@every_case("name", DRAWN)
@every_case("records", [0, 1])
def test_every_chart_is_drawn_with_and_without_records(name: str, records: int) -> None:
    for _number in range(records):
        make_recognition(decided_on=date(2022, 8, 22))
    query = asked_for(date(2022, 12, 31))
    payload = registry.CHARTS[name]().payload_of(overview_for(query), query)
    picture = Image.open(io.BytesIO(chart_images.draw_chart(payload)))
    assert picture.format == "PNG"
    assert picture.width == round(chart_images.WIDTH * chart_images.DOTS)
    assert len(picture.convert("L").getcolors(256) or []) > 20


@pytest.mark.django_db
def test_what_a_chart_shows_is_told_in_words() -> None:
    for _number in range(3):
        make_recognition(decided_on=date(2022, 8, 22))
    query = asked_for(date(2022, 12, 31))
    payload = registry.CHARTS["new-products"]().payload_of(overview_for(query), query)
    assert "2022: 3" in describe_chart(payload, "Hình 1")
    assert "2023" not in describe_chart(payload, "Hình 1")


def test_a_chart_of_an_unknown_type_is_refused() -> None:
    with pytest.raises(ValueError, match="radar"):
        chart_images.draw_chart(
            {"type": "radar", "data": {"labels": [], "datasets": []}, "options": {}}
        )


def test_a_dollar_sign_in_a_name_is_a_letter() -> None:
    payload = {
        "type": "bar",
        "data": {"labels": ["$\\frac{$"], "datasets": [{"data": [3], "backgroundColor": "--ink"}]},
        "options": {"indexAxis": "y", "plugins": {}},
    }
    assert chart_images.draw_chart(payload)[:4] == b"\x89PNG"
