"""Which cells are in a font of before Unicode, from xlsx, ods and xls."""

import io
import struct

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from ocop.lib.fonts.names import kind_of_font
from ocop.lib.spreadsheets.reading.reader import read_workbook
from tests.lib.workbook_files import change_part, make_ods, make_xls, saved, xls_record
from tests.support.cases import every_case


@every_case(
    "name, kind",
    [
        (".VnTime", "tcvn3"),
        (".vntime", "tcvn3"),
        (".VnArial Narrow", "tcvn3"),
        (".VnTimeH", "tcvn3-capitals"),
        (".VnArial NarrowH", "tcvn3-capitals"),
        ("VNI-Times", "vni"),
        ("VNI-Helve-Condense", "vni"),
        ('"VNI-Times"', "vni"),
        ("Times New Roman", ""),
        ("VnSans", ""),
        ("Univers H", ""),
        ("", ""),
    ],
)
def test_a_font_tells_its_kind_by_its_name(name: str, kind: str) -> None:
    assert kind_of_font(name) == kind


def dressed() -> Workbook:
    workbook = Workbook()
    page = workbook.active
    for place, (value, font) in enumerate(
        [("Tªn", ".VnTime"), ("trµ", ".VnTimeH"), ("Teân", "VNI-Times"), ("Tên", "Arial")], 1
    ):
        page.cell(2, place, value).font = Font(name=font)
    page["E2"], page["F2"] = 5, None
    for cell in ("E2", "F2"):
        page[cell].font = Font(name=".VnTime")
    return workbook


def test_text_cells_of_xlsx_tell_their_font() -> None:
    (sheet,) = read_workbook(saved(dressed()))
    assert sheet.fonts == {(2, 1): "tcvn3", (2, 2): "tcvn3-capitals", (2, 3): "vni"}


def test_a_workbook_whose_own_font_is_old_dresses_every_cell_without_a_style() -> None:
    data = change_part(
        saved(load_workbook(io.BytesIO(saved(dressed())))),
        "xl/styles.xml",
        lambda xml: xml.replace(b'val="Calibri"', b'val=".VnTime"'),
    )
    workbook = load_workbook(io.BytesIO(data))
    workbook.active["A9"] = "Gµ"
    (sheet,) = read_workbook(saved(workbook))
    assert sheet.fonts[9, 1] == "tcvn3"
    assert (2, 4) not in sheet.fonts


def test_without_an_old_font_nothing_is_told() -> None:
    workbook = Workbook()
    workbook.active["A1"] = "Tªn"
    assert read_workbook(saved(workbook))[0].fonts == {}


def test_damaged_styles_tell_no_fonts_but_the_cells_are_judged_by_content() -> None:
    from ocop.lib.spreadsheets.reading.worksheet_xml import old_fonts

    assert old_fonts(b'<styleSheet><fonts><font><name val=".VnTime"/>') == {}
    assert old_fonts(b'<s><cellXfs><xf fontId="9"/></cellXfs><font name=".VnTime"/></s>') == {}


def test_cells_of_ods_tell_the_font_of_their_style_or_their_columns() -> None:
    styles = (
        '<style:font-face style:name="F1" svg:font-family="VNI-Times"/>'
        '<style:style style:name="ce1" style:family="table-cell">'
        '<style:text-properties style:font-name="F1"/></style:style>'
        '<style:style style:name="ce2" style:family="table-cell">'
        '<style:text-properties fo:font-family=".VnTimeH"/></style:style>'
        '<style:style style:name="ce3" style:family="table-cell" style:parent-style-name="ce1"/>'
        '<style:style style:name="ce4" style:family="table-cell">'
        '<style:text-properties style:font-name="Arial"/></style:style>'
        '<style:style style:name="T1" style:family="text">'
        '<style:text-properties style:font-name="F1"/></style:style>'
    )

    def cell(style: str) -> str:
        named = f'table:style-name="{style}"' if style else ""
        return (
            f'<table:table-cell {named} office:value-type="string"><text:p>x</text:p>'
            "</table:table-cell>"
        )

    table = (
        '<table:table table:name="a"><table:table-column table:number-columns-repeated="4"/>'
        '<table:table-column table:default-cell-style-name="ce2"/><table:table-row>'
        + "".join(cell(style) for style in ("ce1", "ce2", "ce3", "", "", "ce4"))
        + '<table:table-cell table:style-name="ce1" office:value-type="float" office:value="1"/>'
        "</table:table-row></table:table>"
    )
    (sheet,) = read_workbook(make_ods(table, styles))
    assert sheet.fonts == {
        (1, 1): "vni",
        (1, 2): "tcvn3-capitals",
        (1, 3): "vni",
        (1, 5): "tcvn3-capitals",
    }


def test_cells_of_xls_tell_their_font() -> None:
    def font(name: str) -> bytes:
        written = name.encode("utf-16-le")
        return xls_record(0x31, b"\0" * 14 + struct.pack("<BB", len(name), 1) + written)

    def style(number: int) -> bytes:
        return xls_record(0xE0, struct.pack("<H", number) + b"\0" * 18)

    names = ["Arial", "Arial", "Arial", ".VnTime", "VNI-Times"]
    before = b"".join(map(font, names)) + b"".join(map(style, (0, 3, 5)))
    cells = {(0, 0): "a", (0, 1): "G\xb9o", (0, 2): "Teân", (0, 3): 1.0}
    data = make_xls(cells, before=before, formats={(0, 1): 1, (0, 2): 2, (0, 3): 1})
    (sheet,) = read_workbook(data)
    assert sheet.rows == [(1, {1: "a", 2: "G¹o", 3: "Teân", 4: 1})]
    assert sheet.fonts == {(1, 2): "tcvn3", (1, 3): "vni"}
