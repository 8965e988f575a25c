"""The workbook beside a report: texts are texts, and the only formulas are its own totals."""

import io
import re
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from targets.reports.writers.document import SUM, AnnexSheet, AnnexWorkbook, SheetColumn
from targets.reports.writers.excel import write
from tests.imports.export.payloads import DAY, PAYLOADS, make_records
from tests.targets.reports.reading import file_of, progress_json

pytestmark = pytest.mark.django_db
TOTAL = re.compile(r"=SUBTOTAL\(109,([A-Z]+\d+:[A-Z]+\d+)\)")


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def totals(page: Any) -> dict[str, int]:
    """The sums that a page's totals stand for, by the title of their column."""
    sums = {}
    for row in page.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                found = TOTAL.fullmatch(cell.value)
                assert found, cell.value
                left, top, right, bottom = range_boundaries(found[1])
                assert left == right == cell.column
                assert bottom == cell.row - 1
                values = [page.cell(at, left) for at in range(top, bottom + 1)]
                assert {each.data_type for each in values} <= {"n"}
                sums[page.cell(top - 1, left).value] = sum(each.value or 0 for each in values)
    return sums


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("day", [date(2022, 8, 22), date(2022, 12, 31), date(2025, 1, 15)], ids=str)
def test_totals_are_live_and_equal_the_overview(day: date) -> None:
    answer = progress_json(day)
    stock = answer["stock"]
    by_kind = [stock[key] for key in ("total", "rank_3", "rank_4", "potential_5", "rank_5")]
    shares = [t["numerator"] for t in answer["targets"] if t["kind"] == "share"]
    (new,) = [int(t["actual"]) for t in answer["targets"] if t["period"] == str(day.year)]
    _targets, districts, groups, valid, recognised = opened(file_of(day, fmt="xlsx")).worksheets
    assert list(totals(districts).values()) == [*by_kind, new, *shares]
    assert list(totals(groups).values()) == by_kind
    assert list(totals(valid).values()) == [*by_kind, *shares]
    assert next(iter(totals(recognised).values()), 0) == new


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 12, 1)], ids=str)
def test_the_sheet_of_targets_says_of_which_day_each_result_is(day: date) -> None:
    page = opened(file_of(day, fmt="xlsx")).worksheets[0]
    lines = list(page.iter_rows(values_only=True))
    head = next(at for at, row in enumerate(lines) if "Tính đến ngày" in row)
    ended = any("Kế hoạch kết thúc 31/12/2025" in str(row[0]) for row in lines[:head])
    assert ended == (day.year == 2026)
    targets = {(t["code"], t["counted_at"]): t for t in progress_json(day)["targets"]}
    for row in lines[head + 1 :]:
        if not row[0]:
            continue
        cells = dict(zip(lines[head], row, strict=True))
        target = targets.pop((cells["Mã"], f"{cells['Tính đến ngày']:%Y-%m-%d}"))
        now = target.get("now")
        assert cells["Tỷ lệ nay"] == (now and f"{now['numerator']}/{now['denominator']}")
        closed = f"{cells['Tính đến ngày']:%Y-%m-%d}" < day.isoformat()
        assert (cells["Mức cần đạt đến nay"] is None) == closed
    assert not targets


@pytest.mark.usefixtures("demonstration")
def test_the_sheet_of_targets_says_what_the_json_says() -> None:
    day = date(2022, 12, 31)
    page = opened(file_of(day, fmt="xlsx")).worksheets[0]
    rows = [row for row in page.iter_rows(min_row=6, values_only=True) if row[0]]
    targets = progress_json(day)["targets"]
    assert [row[0] for row in rows] == [target["code"] for target in targets]
    for row, target in zip(rows, targets, strict=True):
        assert row[3] == float(target["threshold"])
        assert row[6:9] == (target["numerator"], target["denominator"], target["gap"])
        if target["kind"] == "count":
            assert str(row[5]) == target["actual"]


def test_no_cell_of_data_is_a_formula_whatever_people_have_typed() -> None:
    make_records()
    found = set()
    for page in opened(file_of(DAY, fmt="xlsx")).worksheets:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n", "d", "f"}
                if cell.data_type == "f":
                    assert TOTAL.fullmatch(cell.value)
                elif cell.value is not None and str(cell.value)[:1] in "=+-@'":
                    assert cell.data_type == "s"
                    found.add(cell.value)
    assert {f"{payload} {n}" for n, payload in enumerate(PAYLOADS)} <= found


def test_even_titles_and_names_of_sheets_stay_texts() -> None:
    nasty = ["=1+1", "#N/A", "\x00x"]
    sheet = AnnexSheet(
        "=a/b:c[d]*?'", nasty, [SheetColumn("=2", 10), SheetColumn("n", 5, SUM)], [], "=3"
    )
    stream = io.BytesIO()
    write(AnnexWorkbook("vi", [sheet]), stream)
    (page,) = opened(stream.getvalue()).worksheets
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [cell.value for cell in cells] == ["=1+1", "#N/A", "x", "=2", "n", "=3", 0]


def test_what_is_no_value_of_a_cell_is_refused() -> None:
    sheet = AnnexSheet("a", [], [SheetColumn("b", 5)], [[["a list"]]])
    with pytest.raises(TypeError, match="list"):
        write(AnnexWorkbook("vi", [sheet]), io.BytesIO())
