"""An xlsx of the cells that were read from a file of another form, at the same places."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ocop.lib.spreadsheets.reading import (
    ERROR_TEXTS,
    CellError,
    CellValue,
    SheetContent,
    cell_name,
    read_bytes,
)
from ocop.lib.spreadsheets.writing.annotated import is_marks_sheet
from ocop.lib.spreadsheets.writing.marking.cells import range_name
from ocop.lib.spreadsheets.writing.marking.front_sheet import MEMORY_COLUMN, SIGNATURE
from ocop.lib.spreadsheets.writing.marking.package import (
    BOOK_TYPE,
    MAIN,
    PACKAGE,
    RELATIONSHIPS,
    SHEET_TYPE,
    TYPES,
)
from ocop.lib.spreadsheets.writing.marking.styles import EMPTY, STYLES_TYPE
from ocop.lib.spreadsheets.writing.marking.texts import excel_text

NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
MAX_NAME_LENGTH = 31
DAY_ONE = date(1899, 12, 30)
DAY_STYLE, TIME_STYLE = 1, 2
STYLE_SHEET = EMPTY.replace(
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    b'<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    b'<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    b'<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>',
).replace(
    b'<fonts count="1">',
    b'<numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    b'<numFmt numFmtId="165" formatCode="dd/mm/yyyy hh:mm"/></numFmts><fonts count="1">',
)
WIDEST = 60


def rebuilt(data: bytes, name: str) -> tuple[dict[str, bytes], dict[str, str]]:
    """The parts of the new workbook, and the new name of every sheet that had to get one.

    Raises FileRefused where the file cannot be read.
    """
    sheets = [sheet for sheet in read_bytes(data, name) if not _is_ours(sheet)]
    names: dict[str, str] = {}
    for sheet in sheets:
        names[sheet.name] = _fitting_name(sheet.name, set(names.values()))
    parts = _frame([(names[sheet.name], sheet.hidden) for sheet in sheets])
    for number, sheet in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(sheet).encode()
    return parts, names


def _is_ours(sheet: SheetContent) -> bool:
    return is_marks_sheet(sheet.name) and any(
        cells.get(MEMORY_COLUMN) == SIGNATURE for _number, cells in sheet.rows[:1]
    )


def _fitting_name(name: str, taken: set[str]) -> str:
    """A name that Excel allows and that no other sheet has."""
    base = NOT_IN_NAMES.sub(" ", excel_text(name)).strip().strip("'")[:MAX_NAME_LENGTH] or "Sheet"
    fitting, number = base, 2
    while fitting.lower() in {other.lower() for other in taken}:
        end = f" ({number})"
        fitting, number = base[: MAX_NAME_LENGTH - len(end)] + end, number + 1
    return fitting


def _frame(sheets: Sequence[tuple[str, bool]]) -> dict[str, bytes]:
    """All parts but the worksheets. One sheet at least is shown."""
    shown = [not hidden for _name, hidden in sheets]
    listed, relations, types = [], [], []
    for number, (name, hidden) in enumerate(sheets, 1):
        state = ' state="hidden"' if hidden and any(shown) else ""
        listed.append(
            f'<sheet name={quoteattr(name)} sheetId="{number}"{state} r:id="rId{number}"/>'
        )
        relations.append(_relation(number, "worksheet", f"worksheets/sheet{number}.xml"))
        types.append(_override(f"xl/worksheets/sheet{number}.xml", SHEET_TYPE))
    relations.append(_relation(len(sheets) + 1, "styles", "styles.xml"))
    types += [_override("xl/workbook.xml", BOOK_TYPE), _override("xl/styles.xml", STYLES_TYPE)]
    relations_type = "application/vnd.openxmlformats-package.relationships+xml"
    return {
        TYPES: (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="{relations_type}"/><Default Extension="xml" '
            f'ContentType="application/xml"/>{"".join(types)}</Types>'
        ).encode(),
        "_rels/.rels": _relations([_relation(1, "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><bookViews><workbookView/>'
            f"</bookViews><sheets>{''.join(listed)}</sheets></workbook>"
        ).encode(),
        "xl/_rels/workbook.xml.rels": _relations(relations),
        "xl/styles.xml": STYLE_SHEET,
    }


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>'


def _relations(relations: list[str]) -> bytes:
    inside = "".join(relations)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'.encode()


def _override(part: str, content_type: str) -> str:
    return f'<Override PartName="/{part}" ContentType="{content_type}"/>'


def _sheet(sheet: SheetContent) -> str:
    hidden = frozenset(getattr(sheet, "hidden_rows", ()))
    rows, widths = [], {}
    for number, cells in sheet.rows:
        inside = "".join(_cell(number, column, cells[column]) for column in sorted(cells))
        unseen = ' hidden="1"' if number in hidden else ""
        rows.append(f'<row r="{number}"{unseen}>{inside}</row>')
        for column, value in cells.items():
            widths[column] = min(WIDEST, max(widths.get(column, 8), len(str(value)) + 2))
    columns = "".join(
        f'<col min="{column}" max="{column}" width="{widths[column]}" customWidth="1"/>'
        for column in sorted(widths)
    )
    merges = "".join(
        f'<mergeCell ref="{range_name((top, left), (bottom, right))}"/>'
        for top, left, bottom, right in sheet.merged
    )
    return (
        f'<worksheet xmlns="{MAIN}">{f"<cols>{columns}</cols>" if columns else ""}'
        f"<sheetData>{''.join(rows)}</sheetData>"
        f"{f'<mergeCells>{merges}</mergeCells>' if merges else ''}</worksheet>"
    )


def _cell(row: int, column: int, value: CellValue) -> str:
    """What was text stays text, be it "=1+1"; nothing becomes a formula."""
    name = cell_name(row, column)
    if isinstance(value, CellError):
        if value.text in ERROR_TEXTS:
            return f'<c r="{name}" t="e"><v>{escape(value.text)}</v></c>'
        value = value.text
    if isinstance(value, bool):
        return f'<c r="{name}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{name}"><v>{value!r}</v></c>'
    if isinstance(value, date):
        serial, style = _serial(value)
        if serial is not None:
            return f'<c r="{name}" s="{style}"><v>{serial!r}</v></c>'
        value = value.isoformat()
    inside = escape(excel_text(value))
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{inside}</t></is></c>'


def _serial(value: date) -> tuple[Any, int]:
    """A day's number in Excel; None before 1/3/1900, where Excel's calendar is wrong."""
    day = value.date() if isinstance(value, datetime) else value
    number = (day - DAY_ONE).days
    if number <= 60:
        return None, 0
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        return number + (value.hour * 3600 + value.minute * 60 + value.second) / 86_400, TIME_STYLE
    return number, DAY_STYLE
