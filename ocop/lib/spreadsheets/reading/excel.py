"""xlsx and xls: calamine for the values, the raw XML for what calamine leaves out."""

import io
import posixpath
from typing import Any
from xml.etree import ElementTree  # judged before: no DOCTYPE, no entities

import python_calamine as calamine

from ocop.lib.spreadsheets.reading.biff import Marks, is_encrypted, sheet_extras
from ocop.lib.spreadsheets.reading.cells import SheetContent
from ocop.lib.spreadsheets.reading.guard import JudgedFile
from ocop.lib.spreadsheets.reading.hyperlinks import hyperlinks, web_address
from ocop.lib.spreadsheets.reading.refusal import MAX_ROWS, FileRefused, check_extent
from ocop.lib.spreadsheets.reading.shared_strings import check_texts
from ocop.lib.spreadsheets.reading.values import plain_value
from ocop.lib.spreadsheets.reading.worksheet_xml import (
    all_near,
    cells_in_fonts,
    formula_marks,
    goes_too_far,
    hidden_rows,
    old_fonts,
)

RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_xlsx(data: bytes, judged: JudgedFile) -> list[SheetContent]:
    """Every worksheet, in the workbook's order."""
    check_texts(judged.parts)
    sources = _sheet_parts(judged.parts)
    tables = [part for part in judged.parts.values() if b"sheetData" in part]
    if any(map(goes_too_far, tables)):
        raise FileRefused("too_large", reason="rows", limit=MAX_ROWS)
    if all(map(all_near, tables)):
        sheets = read_with_calamine(data)
    else:
        from ocop.lib.spreadsheets.reading.sparse_cells import read_sparse

        sheets = read_sparse(data)
    fonts = old_fonts(judged.parts.get("xl/styles.xml", b""))
    for sheet in sheets:
        name = sources.get(sheet.name, "")
        part = judged.parts.get(name, b"")
        _put_marks(sheet, formula_marks(part))
        _put_looks(sheet, hidden_rows(part), cells_in_fonts(part, fonts))
        _put_links(sheet, hyperlinks(part, name, judged.parts))
    return sheets


def read_xls(data: bytes) -> list[SheetContent]:
    if is_encrypted(data):
        raise FileRefused("unreadable", reason="password")
    sheets = read_with_calamine(data)
    for sheet, more in zip(sheets, sheet_extras(data), strict=False):
        _put_marks(sheet, more.errors)
        _put_looks(sheet, more.hidden_rows, more.fonts)
        links = {place: web_address(target) for place, target in more.links.items()}
        _put_links(sheet, {place: address for place, address in links.items() if address})
    return sheets


def read_with_calamine(data: bytes) -> list[SheetContent]:
    try:
        workbook = calamine.load_workbook(io.BytesIO(data))
    except calamine.PasswordError as problem:
        raise FileRefused("unreadable", reason="password") from problem
    names = [about.name for about in workbook.sheets_metadata]
    if len(set(names)) < len(names):
        # No program writes two sheets of one name; by name, the first would be read twice.
        raise FileRefused("unreadable", reason="damaged")
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


def _put_looks(sheet: SheetContent, hidden: set[int], fonts: dict[tuple[int, int], str]) -> None:
    """Only for rows and texts that are there: a file may hide or dress a million empty ones."""
    if hidden:
        sheet.hidden_rows = {number for number, _ in sheet.rows if number in hidden}
    if fonts:
        rows = dict(sheet.rows)
        sheet.fonts = {
            (row, column): kind
            for (row, column), kind in fonts.items()
            if isinstance(rows.get(row, {}).get(column), str)
        }


def _put_links(sheet: SheetContent, links: dict[tuple[int, int], str]) -> None:
    """Only of cells that hold something."""
    if links:
        rows = dict(sheet.rows)
        sheet.links = {
            (row, column): address
            for (row, column), address in links.items()
            if column in rows.get(row, {})
        }


def _put_marks(sheet: SheetContent, marks: Marks) -> None:
    if not marks:
        return
    rows = dict(sheet.rows)
    for (row, column), mark in marks.items():
        rows.setdefault(row, {})[column] = mark
    sheet.rows = [(number, dict(sorted(rows[number].items()))) for number in sorted(rows)]
    check_extent(sheet.rows[-1][0], max(max(cells) for cells in rows.values()), sheet.name)
