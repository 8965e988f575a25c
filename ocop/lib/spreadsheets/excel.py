"""xlsx and xls: calamine for the values, the raw XML for what calamine leaves out."""

import io
import posixpath
import re
from typing import Any
from xml.etree import ElementTree  # judged before: no DOCTYPE, no entities

import python_calamine as calamine

from ocop.lib.spreadsheets.biff import Marks, error_cells
from ocop.lib.spreadsheets.cells import CellError, SheetContent, parse_cell_name
from ocop.lib.spreadsheets.guard import JudgedFile
from ocop.lib.spreadsheets.refusal import FileRefused, check_extent
from ocop.lib.spreadsheets.values import plain_value

ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
# A1 … GR19999: columns up to 200, rows well inside the bound.
NEAR_CELL = re.compile(
    rb"<(?:\w+:)?c\s+(?:[a-z]+=\"[^\"&<]*\"\s+)*?"
    rb"r=\"(?:[A-Z]|[A-F][A-Z]|G[A-R])1?[0-9]{1,4}\""
)
MARKED_CELL = re.compile(rb"<(?:\w+:)?(?:f[\s/>]|c\s[^>]*\bt=[\"']e[\"'])")
WHOLE_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*?)?(?:/>|>(.*?)</(?:\w+:)?c\s*>)", re.S)
REFERENCE = re.compile(rb"\br=[\"']([A-Z]+[0-9]+)[\"']")
TYPE = re.compile(rb"\bt=[\"'](\w+)[\"']")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
CACHED = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)</")
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_xlsx(data: bytes, judged: JudgedFile) -> list[SheetContent]:
    """Every worksheet, in the workbook's order."""
    sources = _sheet_parts(judged.parts)
    if all(_all_near(part) for part in judged.parts.values() if b"sheetData" in part):
        sheets = read_with_calamine(data)
    else:
        from ocop.lib.spreadsheets.far_cells import read_sparse

        sheets = read_sparse(data)
    for sheet in sheets:
        _mark_formulas(sheet, judged.parts.get(sources.get(sheet.name, ""), b""))
    return sheets


def read_xls(data: bytes) -> list[SheetContent]:
    sheets = read_with_calamine(data)
    for sheet, marks in zip(sheets, error_cells(data), strict=False):
        _put_marks(sheet, marks)
    return sheets


def _all_near(part: bytes) -> bool:
    """Whether each cell names a place inside the bounds; if not, a dense table is no option."""
    return len(ANY_CELL.findall(part)) == len(NEAR_CELL.findall(part))


def read_with_calamine(data: bytes) -> list[SheetContent]:
    try:
        workbook = calamine.load_workbook(io.BytesIO(data))
    except calamine.PasswordError as problem:
        raise FileRefused("unreadable", reason="password") from problem
    sheets = []
    for about in workbook.sheets_metadata:
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        hidden = about.visible != calamine.SheetVisibleEnum.Visible
        sheets.append(_sheet(workbook.get_sheet_by_name(about.name), hidden))
    return sheets


def _sheet(source: Any, hidden: bool) -> SheetContent:
    content = SheetContent(source.name, hidden=hidden)
    content.merged = [
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in source.merged_cell_ranges or ()
    ]
    if source.end is None:
        return content
    last_row, last_column = source.end
    total, found = 0, []
    for total, row in enumerate(source.iter_rows(), 1):
        # Counted back from the last cell: where the rows begin has changed between versions.
        first = last_column + 2 - len(row)
        cells = {}
        for column, raw in enumerate(row, first):
            if raw != "" and (value := plain_value(raw)) is not None:
                cells[column] = value
        if cells:
            found.append((total, cells))
    before = last_row + 1 - total
    content.rows = [(before + number, cells) for number, cells in found]
    if found:
        widest = max(max(cells) for _, cells in found)
        check_extent(content.rows[-1][0], widest, source.name)
    return content


def _sheet_parts(parts: dict[str, bytes]) -> dict[str, str]:
    """Sheet name → entry that holds it."""
    try:
        relations = ElementTree.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
        book = ElementTree.fromstring(parts["xl/workbook.xml"])
    except ElementTree.ParseError as problem:
        raise FileRefused("unreadable", reason="damaged") from problem
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("/xl", relation.get("Target", "")))
        for relation in relations
    }
    return {
        element.get("name", ""): targets.get(element.get(RELATION_ID), "").lstrip("/")
        for element in book.iter()
        if element.tag.endswith("}sheet")
    }


def _mark_formulas(sheet: SheetContent, part: bytes) -> None:
    """Put a CellError where a formula failed or was saved without ever being worked out."""
    if not MARKED_CELL.search(part):
        return
    _put_marks(sheet, _formula_marks(part))


def _put_marks(sheet: SheetContent, marks: Marks) -> None:
    if not marks:
        return
    rows = dict(sheet.rows)
    for (row, column), mark in marks.items():
        rows.setdefault(row, {})[column] = mark
    sheet.rows = [(number, dict(sorted(rows[number].items()))) for number in sorted(rows)]
    check_extent(sheet.rows[-1][0], max(max(cells) for cells in rows.values()), sheet.name)


def _formula_marks(part: bytes) -> Marks:
    marks: Marks = {}
    for match in WHOLE_CELL.finditer(part):
        attributes, inner = match[1] or b"", match[2] or b""
        kind = TYPE.search(attributes)
        failed = kind is not None and kind[1] == b"e"
        if not failed and not FORMULA.search(inner):
            continue
        cached = CACHED.search(inner)
        # A formula that yields "" is kept as a text without characters: a blank, not a failure.
        if not failed and (cached or (kind and kind[1] == b"str")):
            continue
        reference = REFERENCE.search(attributes)
        place = parse_cell_name(reference[1].decode()) if reference else None
        if place:
            marks[place] = CellError(cached[1].decode(errors="replace") if cached else "")
    return marks
