"""The sheet that lists the marks, and what it remembers of the fills under them."""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from ocop.lib.spreadsheets.reading import cell_name
from ocop.lib.spreadsheets.writing.annotated import SIGNATURE, Mark, MarkTexts
from ocop.lib.spreadsheets.writing.marking.cells import Cells
from ocop.lib.spreadsheets.writing.marking.package import MAIN, PARSER, child, children
from ocop.lib.spreadsheets.writing.marking.styles import OWN_SHADES, Styles, shade
from ocop.lib.spreadsheets.writing.marking.texts import excel_text

MEMORY_COLUMN = 9
WIDTHS = (6, 24, 9, 24, 30, 12, 80)
MAX_LINKS = 65_000
LINK_COLUMN = 3
BOLD = '<b/><sz val="11"/><name val="Calibri"/><family val="2"/>'
LARGE = '<b/><sz val="14"/><name val="Calibri"/><family val="2"/>'
LINK = '<u/><sz val="11"/><color rgb="FF0563C1"/><name val="Calibri"/><family val="2"/>'
HEADER_ROW = 3

Target = tuple[Mark, str | None]
"""A mark and the cell its row leads to, as "'Sheet'!G17"; None where there is none."""


def front_sheet(targets: Sequence[Target], texts: MarkTexts, styles: Styles) -> bytes:
    """The worksheet's XML: title, headings, one row a mark, those without a cell first."""
    plain, wrapped = styles.plain(), styles.plain(wrap=True)
    bold, large, link = styles.plain(BOLD), styles.plain(LARGE), styles.plain(LINK)
    coloured = {
        kind: styles.with_fill(plain, styles.solid(shade(kind, 0))) for kind in (False, True)
    }
    headings = (
        texts.number, texts.sheet, texts.cell, texts.column, texts.value, texts.kind, texts.message
    )  # fmt: skip
    rows: dict[int, list[str]] = {
        1: [_text(1, 1, texts.title, large)],
        HEADER_ROW: [_text(HEADER_ROW, at, each, bold) for at, each in enumerate(headings, 1)],
    }
    links = []
    for number, (mark, target) in enumerate(targets, 1):
        row = HEADER_ROW + number
        kind = texts.warning if mark.is_warning else texts.error
        rows[row] = [
            f'<c r="A{row}" s="{plain}"><v>{number}</v></c>',
            _text(row, 2, mark.sheet, wrapped),
            _text(row, 3, mark.cell or "", link if target else plain),
            _text(row, 4, mark.column, wrapped),
            _text(row, 5, mark.value, wrapped),
            _text(row, 6, kind, coloured[mark.is_warning]),
            _text(row, 7, mark.message, wrapped),
        ]
        if target and len(links) < MAX_LINKS:
            links.append(_link(row, target, mark.cell or ""))
    for at, (words, style) in enumerate(_memory_cells(styles), 1):
        rows.setdefault(at, []).append(_text(at, MEMORY_COLUMN, words, style))
    return _sheet(rows, links).encode()


def _memory_cells(styles: Styles) -> list[tuple[str, int]]:
    remembered = [(colour, styles.with_fill(0, fill)) for colour, fill in styles.memory()]
    return [(SIGNATURE, 0), *remembered]


def _text(row: int, column: int, text: str, style: int) -> str:
    """A string cell; whatever it begins with, it is no formula."""
    name = cell_name(row, column)
    inside = escape(excel_text(text))
    return (
        f'<c r="{name}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{inside}</t></is></c>'
    )


def _link(row: int, target: str, shown: str) -> str:
    where = quoteattr(excel_text(target))
    return f'<hyperlink ref="{cell_name(row, LINK_COLUMN)}" location={where} display="{shown}"/>'


def _sheet(rows: Mapping[int, list[str]], links: list[str]) -> str:
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(WIDTHS, 1)
    )
    columns += f'<col min="{MEMORY_COLUMN}" max="{MEMORY_COLUMN}" width="12" hidden="1"/>'
    below = HEADER_ROW + 1
    body = "".join(f'<row r="{row}">{"".join(rows[row])}</row>' for row in sorted(rows))
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        f'<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{HEADER_ROW}" topLeftCell="A{below}" activePane="bottomLeft" '
        f'state="frozen"/><selection pane="bottomLeft" activeCell="A{below}" sqref="A{below}"/>'
        '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{columns}</cols><sheetData>{body}</sheetData>{linked}"
        '<pageMargins left="0.5" right="0.5" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def parsed(sheet: bytes) -> Any:
    return etree.fromstring(sheet, PARSER)


# --- An earlier one -------------------------------------------------------------------------------


def remembered(root: Any, shared: Any, styles: Styles) -> dict[str, int] | None:
    """Shade → fill, of a sheet of marks that we wrote; None of any other sheet.

    Whatever program saved it in between, the cells are there with their texts and fills.
    `shared` is the root of the workbook's shared strings, None where it has none.
    """
    strings = children(shared, "si") if shared is not None else []
    cells = Cells(root)
    memory: dict[str, int] = {}
    signed = False
    for number in cells.numbers:
        cell = cells.of_row(number).get(MEMORY_COLUMN)
        if cell is None:
            continue
        words = _words(cell, strings)
        signed = signed or words == SIGNATURE
        if words in OWN_SHADES:
            memory[words] = styles.fill_of(int(cell.get("s", "0")))
    return memory if signed else None


def _words(cell: Any, strings: list[Any]) -> str:
    holder = child(cell, "is")
    if cell.get("t") == "s":
        value = child(cell, "v")
        place = int(value.text) if value is not None and value.text else 0
        holder = strings[place] if place < len(strings) else None
    if holder is None:
        return ""
    return "".join(text.text or "" for text in holder.iter() if str(text.tag).endswith("}t"))
