"""Reports as LibreOffice opens them: pages of a paper, totals worked out, 400 products in time."""

import cProfile
import io
import pstats
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from targets.reports.writers.document import Letterhead, Minutes, MinutesAssignment, MinutesTopic
from targets.reports.writers.minutes import write_minutes
from tests.imports.export.payloads import DAY, make_records
from tests.support import libreoffice
from tests.targets.reports.reading import file_of, progress_json
from tests.targets.reports.test_figures import DAYS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
]


@pytest.fixture(scope="module", autouse=True)
def _libreoffice() -> None:
    """Looked for, and installed, only where these tests run: not while tests are collected."""
    if not libreoffice.available():
        pytest.skip("no LibreOffice")


def pages_of(data: bytes, folder: Path) -> list[str]:
    """The text of each page, as LibreOffice prints the Word file."""
    source = folder / "report.docx"
    source.write_bytes(data)
    with pypdfium2.PdfDocument(libreoffice.resaved(source, folder / "out", "pdf")) as document:
        return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("code", ["84", "844"])
def test_a_report_opens_and_prints_with_its_figures(code: str, tmp_path: Path) -> None:
    day = date(2024, 4, 5)
    pages = pages_of(file_of(day, code), tmp_path)
    stock = progress_json(day, code)["stock"]
    assert len(pages) > 4
    assert str(stock["total"]) in pages[0]
    assert "/BC-" in pages[0]
    assert not pages[0].lstrip().startswith("1")
    assert pages[1].split()[0] == "2"


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("language", ["en", "km"])
def test_reports_in_other_languages_open_too(language: str, tmp_path: Path) -> None:
    assert len(pages_of(file_of(date(2024, 4, 5), language=language), tmp_path)) > 4


def test_a_report_without_any_record_opens_too(tmp_path: Path) -> None:
    assert len(pages_of(file_of(date(2022, 6, 30)), tmp_path)) > 4


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_libreoffice_works_the_totals_out_as_the_overview_does(day: date, tmp_path: Path) -> None:
    source = tmp_path / "annex.xlsx"
    source.write_bytes(file_of(day, fmt="xlsx"))
    book = load_workbook(libreoffice.resaved(source, tmp_path / "out"), data_only=True)
    stock = progress_json(day)["stock"]
    ranks = [stock[key] for key in ("total", "rank_3", "rank_4", "potential_5", "rank_5")]
    for sheet, first in ((1, 2), (2, 1), (3, 9)):
        *_others, last = book.worksheets[sheet].iter_rows(values_only=True)
        assert list(last[first : first + 5]) == ranks


def test_libreoffice_finds_no_formula_made_of_data(tmp_path: Path) -> None:
    make_records()
    source = tmp_path / "annex.xlsx"
    source.write_bytes(file_of(DAY, fmt="xlsx"))
    again = libreoffice.resaved(source, tmp_path / "out")
    formulas = [
        cell.value
        for page in load_workbook(again).worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert formulas
    assert all(formula.startswith("=SUBTOTAL(109,") for formula in formulas)


def test_minutes_open_and_print(tmp_path: Path) -> None:
    stream = io.BytesIO()
    head = Letterhead("CƠ QUAN", "BAN", "QUỐC HIỆU", "Tiêu ngữ", "Số:   /BB-T", "")
    topics = [
        MinutesTopic(f"Nội dung {n}", "1/2", "Chậm", "Một câu. " * 9, "Kết luận.")
        for n in range(20)
    ]
    tasks = [MinutesAssignment(f"Việc {n} " * 9, "Sở", date(2023, 1, 1), "Cao") for n in range(40)]
    minutes = Minutes("Họp", DAY, "Ở đây", "A", ["B"] * 30, DAY, topics, tasks)
    write_minutes(minutes, head, stream)
    pages = pages_of(stream.getvalue(), tmp_path)
    assert len(pages) > 3
    assert "Việc 39" in "".join(pages)


@pytest.mark.usefixtures("demonstration")
def test_a_reports_cost_grows_no_faster_than_its_products() -> None:
    """In calls of functions, which do not depend on what else the machine does."""
    spent = {}
    for day in (date(2022, 8, 22), date(2025, 1, 15)):
        file_of(day)  # The charts are drawn once; only the writing is compared.
        counted = cProfile.Profile()
        counted.runcall(file_of, day)
        spent[day] = pstats.Stats(counted).total_calls, progress_json(day)["stock"]["total"]  # type: ignore[attr-defined]
    (few_calls, few), (many_calls, many) = spent.values()
    print(f"reports of {few} and {many} products: {few_calls:,} and {many_calls:,} calls")
    assert many_calls / few_calls < many / few
