"""How much a month is still needed is one number, wherever it is said."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from targets.charts.base import overview_for
from targets.dashboard.target import page as target_page
from targets.figures import selection, wording
from targets.forecast import projection, required_pace
from targets.forecast import wording as forecast_wording
from targets.reports.content import prose, sheets
from tests.targets.reports.reading import asked_for

pytestmark = [pytest.mark.usefixtures("demonstration", "db")]
DAYS = [
    date(2021, 12, 31),
    date(2022, 1, 1),
    date(2022, 12, 30),
    date(2022, 12, 31),
    date(2023, 1, 1),
    date(2024, 2, 29),
    date(2025, 6, 30),
    date(2025, 7, 1),
    date(2025, 12, 31),
    date(2026, 1, 1),
]
NEEDED = re.compile(r"Cần thêm mỗi tháng ([\d.]+) ")


def first_number(text: str) -> int | None:
    """The number that a text begins with; None where it says none."""
    found = re.match(r"[\d.]+", text)
    return int(found[0].replace(".", "")) if found else None


def in_prose(text: str) -> int | None:
    found = NEEDED.search(text)
    return int(found[1].replace(".", "")) if found else None


def said_of(day: date, code: str) -> list[tuple[Any, ...]]:
    """(target, period, on its page, in the forecast, in Excel, in Word) on a day."""
    wanted = asked_for(day, code)
    overview = overview_for(wanted)
    projected = projection.build(overview, 50)
    lines = {
        (need.row.code, need.row.period): forecast_wording.required_pace_row(need, projected)
        for need in required_pace.required_paces(projected, required_pace.lead_times(overview))
    }
    sheet = sheets.workbook(wanted, "vi").sheets[0]
    column = [one.title for one in sheet.columns].index("Cần mỗi tháng")
    shown_text = []
    for row, cells in zip(overview.rows, sheet.rows, strict=True):
        page = target_page.build(
            overview, wanted, selection.select_target(overview, row.code, row.period)
        )
        line = lines.get((row.code, row.period))
        ahead_says = first_number(line.a_month) if line else None
        shown_text.append(
            (
                row.code,
                row.period,
                first_number(page.pace_text),
                ahead_says,
                cells[column],
                in_prose(prose.target(row)),
            )
        )
    return shown_text


def test_page_forecast_and_report_say_the_same_for_every_target_unit_and_day(
    monkeypatch: Any,
) -> None:
    # What the page shows beside is drawn and asked for elsewhere.
    monkeypatch.setattr(target_page, "target_card", lambda *_args: {})
    monkeypatch.setattr(target_page, "_stages", lambda *_args: [])
    wrong, numbers = [], 0
    with translation.override("vi"):
        for day in DAYS:
            for code in ("84", "844"):
                for target, period, *shown_text in said_of(day, code):
                    numbers += shown_text[0] is not None
                    if len(set(shown_text)) != 1:
                        wrong.append((day, code, target, period, shown_text))
    assert wrong == []
    assert numbers > 100, "too few to be a test"


def test_the_pages_print_that_number(signed_in: Any) -> None:
    member: Client = signed_in("committee_member")
    day = "as_of=2025-06-30"
    context = member.get(f"/targets/IP-TRADEMARK/?{day}").context
    row = context["row"]
    assert (row.pace.gap, row.pace.months) == (row.result.gap, 7)
    a_month = wording.number(row.pace.a_month)
    page = html.unescape(member.get(f"/targets/IP-TRADEMARK/?{day}").content.decode())
    assert f"<b>{a_month} mỗi tháng trong 7 tháng (" in page
    projected = html.unescape(member.get(f"/forecast/?{day}").content.decode())
    line = projected.partition(f">{row.short_name}</a>")[2].partition("</tr>")[0]
    assert f"<b>{a_month}</b><small>{row.result.gap} : 7</small>" in line


def test_of_a_share_the_forecast_says_beside_what_its_last_day_takes(signed_in: Any) -> None:
    page = signed_in("committee_member").get("/forecast/?as_of=2025-06-30").content.decode()
    table = html.unescape(page).partition('id="needs-title"')[2]
    assert table.count("<small>vào ngày cuối kỳ: ") == 2
