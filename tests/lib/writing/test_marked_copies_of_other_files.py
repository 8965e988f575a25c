"""xls, ods and text files come back as an xlsx of what they hold; bad files are refused."""

import io
import subprocess
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from ocop.lib import sandbox
from ocop.lib.spreadsheets.reading.refusal import FileRefused
from ocop.lib.spreadsheets.writing import annotated
from ocop.lib.spreadsheets.writing.annotated import MARKS_SHEET, annotated_copy
from tests.lib.workbook_files import change_part, make_ods, make_xls, make_xlsx
from tests.lib.writing.test_marked_copies import TEXTS, copy, is_marked, mark, note_of, opened
from tests.support.cases import every_case

CSV = "Tên sản phẩm;Chủ thể;Ngày\n=1+1;HTX;31/02/2023\n\n'+84;'-5;@SUM(A1)\n"


def test_a_text_file_comes_back_at_the_same_places():
    after = annotated_copy(CSV.encode(), "danh sách.csv", [mark("C2", "danh sách")], TEXTS)
    workbook = opened(after)
    assert workbook.sheetnames == [MARKS_SHEET, "danh sách"]
    page = workbook["danh sách"]
    assert is_marked(page["C2"]) and "Sai ngày" in note_of(page["C2"])
    assert [page[name].value for name in ("A1", "A2", "A4", "B4", "C4")] == [
        "Tên sản phẩm", "=1+1", "+84", "-5", "@SUM(A1)",
    ]  # fmt: skip
    assert {cell.data_type for row in page for cell in row if cell.value is not None} == {"s"}


@every_case("stem", ["a[1]", "x" * 40, "a:b*c?", "'a'", " "])
def test_a_name_that_no_sheet_may_have_is_mended(stem):
    after = copy(CSV.encode(), mark("C2", stem), name=stem)
    workbook = opened(after)
    assert len(workbook.sheetnames) == 2
    assert is_marked(workbook.worksheets[1]["C2"])
    assert workbook[MARKS_SHEET]["C4"].hyperlink is not None


def test_an_xls_keeps_numbers_and_texts():
    data = make_xls({(0, 0): "Tên", (4, 2): 65.5})
    page = opened(copy(data, mark("C5", "Sheet1"), name="a.xls"))["Sheet1"]
    assert (page["A1"].value, page["C5"].value) == ("Tên", 65.5)
    assert is_marked(page["C5"])


def test_an_ods_keeps_merges_days_and_hidden_sheets():
    cells = (
        '<table:table-row><table:table-cell table:number-columns-spanned="3">'
        "<text:p>Tiêu đề</text:p></table:table-cell></table:table-row>"
        '<table:table-row><table:table-cell office:value-type="date" '
        'office:date-value="2022-08-22"><text:p>22/08/2022</text:p></table:table-cell>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true">'
        "<text:p>TRUE</text:p></table:table-cell></table:table-row>"
    )
    hidden = '<style:style style:name="h"><style:table-properties table:display="false"/>'
    data = make_ods(
        f'<table:table table:name="Một">{cells}</table:table>'
        f'<table:table table:name="Hai" table:style-name="h">{cells}</table:table>',
        f"{hidden}</style:style>",
    )
    workbook = opened(copy(data, mark("C1", "Một"), name="a.ods"))
    page = workbook["Một"]
    assert [str(each) for each in page.merged_cells.ranges] == ["A1:C1"]
    assert is_marked(page["A1"])
    assert page["A2"].value.date() == date(2022, 8, 22)
    assert page["A2"].number_format == "dd/mm/yyyy"
    assert page["B2"].value is True
    assert workbook["Hai"].sheet_state == "hidden"


def test_a_copy_made_of_a_text_file_can_be_marked_again():
    first = copy(CSV.encode(), mark("C2", "a"), name="a")
    page = opened(copy(first, mark("A2", "a")))["a"]
    assert not is_marked(page["C2"]) and is_marked(page["A2"])


def test_an_xlsx_whose_parts_do_not_hang_together_is_built_anew():
    data = make_xlsx(("A", {"B2": "x"}, ()))
    broken = change_part(data, "xl/styles.xml", lambda _: b"<styleSheet/>")
    page = load_workbook(io.BytesIO(copy(broken, mark("B2", "A"))))["A"]
    assert page["B2"].value == "x"
    assert is_marked(page["B2"])


@every_case(
    "data,code",
    [
        (b"", "unreadable"),
        (b"\x89PNG....", "unreadable"),
        (b"PK\x03\x04nonsense", "unreadable"),
        (b"x" * (6 * 1024 * 1024), "too_large"),
    ],
)
def test_what_is_no_spreadsheet_is_refused(data, code):
    with pytest.raises(FileRefused) as refusal:
        annotated_copy(data, "a.xlsx", [], TEXTS)
    assert refusal.value.code == code


def test_declarations_are_refused_before_anything_is_parsed():
    data = change_part(
        make_xlsx({"A1": "x"}),
        "xl/styles.xml",
        lambda part: b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + part,
    )
    with pytest.raises(FileRefused) as refusal:
        annotated_copy(data, "a.xlsx", [], TEXTS)
    assert refusal.value.params["reason"] == "doctype"


@pytest.mark.usefixtures("in_sandbox")
def test_the_child_may_not_take_longer_than_its_time(monkeypatch):
    monkeypatch.setattr(annotated, "LIMITS", replace(annotated.LIMITS, wall_seconds=0.001))
    with pytest.raises(FileRefused) as refusal:
        annotated_copy(make_xlsx({"A1": "x"}), "a.xlsx", [], TEXTS)
    assert refusal.value.params["reason"] == "time"


@pytest.mark.usefixtures("in_sandbox")
def test_nothing_of_the_settings_is_in_the_childs_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    given = {}

    def noted(*words, **options):
        given.update(options["env"])
        return run(*words, **options)

    run = subprocess.run
    monkeypatch.setattr(subprocess, "run", noted)
    annotated_copy(make_xlsx({"A1": "x"}), "a.xlsx", [], TEXTS)
    assert given
    assert "SECRET_KEY" not in given


def test_whatever_a_parser_throws_is_a_refusal(monkeypatch):
    def throw(*_args):
        raise RuntimeError

    monkeypatch.setattr("ocop.lib.spreadsheets.writing.marking.marked", throw)
    with sandbox.inline(), pytest.raises(FileRefused) as refusal:
        annotated_copy(make_xlsx({"A1": "x"}), "a.xlsx", [], TEXTS)
    assert refusal.value.code == "unreadable"
