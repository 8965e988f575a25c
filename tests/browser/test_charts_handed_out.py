"""What a chart hands out: a picture that says what it shows, and a CSV equal to its table."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_overview_on_screen import NAMES, wait_for_charts

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
FURTHER = (
    "/forecast/?as_of=2025-06-30",
    "/targets/ECOM-SHARE/?as_of=2025-06-30&unit=844",
    # Fourteen products: the share is "9/14".
    "/targets/ECOM-SHARE/?as_of=2022-12-31&unit=848",
    "/?as_of=2022-12-31&unit=848",
)
PAIR = re.compile(r"(\d+)/(\d+)")
LIKE_A_DAY = re.compile(r"[\d.,]+ ?[/-] ?[\d.,]+")
TABLE = """card => [...card.querySelectorAll('[data-chart-table] tr')]
  .map(row => [...row.cells].map(cell => cell.textContent))"""


def handed_out(page: Any, card: Any, button: str) -> Path:
    with page.expect_download() as waiting:
        card.locator(f"[data-chart-{button}]").click()
    return Path(waiting.value.path())


@pytest.mark.parametrize("address", ["/?as_of=2025-06-30&unit=844&pending=1", *FURTHER])
def test_the_csv_of_every_chart_is_its_table(address: str, opened: Any) -> None:
    page = opened(address)
    wait_for_charts(page)
    page.wait_for_selector("[data-chart-table] tbody tr", state="attached")
    cards = page.locator("[data-chart-card]").all()
    assert len(cards) >= (len(NAMES) if address.startswith("/?") else 1)
    for card in cards:
        text = handed_out(page, card, "csv").read_text(encoding="utf-8-sig")
        table = card.evaluate(TABLE)
        assert len(table) > 1
        written = [row for row in csv.reader(io.StringIO(text)) if row]
        # What a spreadsheet would take for a day is worded; all else is letter for letter.
        worded = [
            [PAIR.sub(r"\1 trên \2", c) if PAIR.fullmatch(c) else c for c in r] for r in table
        ]
        assert written == worded
        assert not [cell for row in written for cell in row if LIKE_A_DAY.fullmatch(cell)]
    assert page.trouble == []


@pytest.mark.parametrize("size", [None, {"width": 390, "height": 844}], ids=["desk", "phone"])
def test_the_picture_of_every_chart_says_title_subtitle_day_and_unit(
    size: Any, opened: Any
) -> None:
    page = opened("/?as_of=2025-06-30&unit=844&pending=1", size)
    wait_for_charts(page)
    page.wait_for_selector("[data-chart-table] tbody tr", state="attached")
    for card in page.locator("[data-chart-card]").all():
        assert handed_out(page, card, "png").read_bytes().startswith(b"\x89PNG")
        written = " ".join(card.evaluate("card => card.written"))
        for words in (card.locator("h3").inner_text(), card.locator("p").first.inner_text()):
            assert words in written
        assert "30/06/2025" in written
        assert "Huyện Càng Long" in written
        assert "chờ duyệt" in written
    assert page.trouble == []
