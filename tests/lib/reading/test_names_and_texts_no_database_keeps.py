"""NUL, halves of characters, and sheets of one name: gone before anything else sees them."""

import pytest

from ocop.lib.spreadsheets.reading.cells import SheetContent
from ocop.lib.spreadsheets.reading.reader import FileRefused, named_apart, read_workbook
from ocop.lib.spreadsheets.reading.values import plain_value
from ocop.lib.text import storable_data
from tests.lib.workbook_files import change_part, make_ods, make_xlsx
from tests.support.cases import every_case


@every_case(
    "given,stored",
    [
        ("A\0B", "AB"),
        ("Mật\0 ong", "Mật ong"),
        ("A\ud800B", "AB"),
        ("\ud83d\udc1d ong", " ong"),
        ("\0", None),
        ("\udc00", None),
    ],
)
def test_a_cell_without_what_no_database_keeps(given, stored):
    assert plain_value(given) == stored


def test_plain_data_without_it():
    given = {"a\0": ["x\ud800", ("y\0", 1, None, {"z": 2.5})]}
    assert storable_data(given) == {"a": ["x", ["y", 1, None, {"z": 2.5}]]}


def test_an_escaped_nul_in_a_workbook():
    data = change_part(
        make_xlsx(("S", {"A1": "QQQQ", "A2": "WWWW"}, [])),
        "xl/sharedStrings.xml",
        lambda part: part.replace(b"QQQQ", b"A_x0000_B").replace(b"WWWW", b"A_xD800_B"),
    )
    (sheet,) = read_workbook(data)
    texts = [cells[1] for _number, cells in sheet.rows]
    assert not any("\0" in text or "\ud800" in text for text in texts)


def test_two_sheets_of_one_name_in_an_xlsx_are_refused():
    data = change_part(
        make_xlsx(("AAAA", {"A1": 1}, []), ("BBBB", {"A1": 2}, [])),
        "xl/workbook.xml",
        lambda part: part.replace(b'name="BBBB"', b'name="AAAA"'),
    )
    with pytest.raises(FileRefused) as refused:
        read_workbook(data)
    assert (refused.value.code, refused.value.params) == ("unreadable", {"reason": "damaged"})


def test_two_sheets_of_one_name_elsewhere_are_told_apart():
    sheets = named_apart([SheetContent("A"), SheetContent("A"), SheetContent("A (2)")])
    assert [sheet.name for sheet in sheets] == ["A", "A (2)", "A (2) (2)"]
    assert [sheet.name for sheet in named_apart([SheetContent("\0A\ud800")])] == ["A"]
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    row = f"<table:table-row>{cell}</table:table-row>"
    table = f'<table:table table:name="{{}}">{row}</table:table>'
    found = read_workbook(make_ods(table.format("S", "một") + table.format("S", "hai")))
    assert [(s.name, s.rows[0][1][1]) for s in found] == [("S", "một"), ("S (2)", "hai")]
