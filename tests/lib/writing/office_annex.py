"""An annex as an office keeps it: with everything in it that a marked copy must leave alone."""

import io
from copy import copy
from datetime import date
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.lib.workbook_files import change_part, saved

THIN = Border(*[Side(style="thin")] * 4)
YELLOW = PatternFill("solid", fgColor="FFFF00")
HEADERS = ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Điểm", "Hạng sao", "Ngày quyết định"]


def make_annex(rows: int = 400) -> bytes:
    """Sheets "Phụ lục", "Bìa" and "Ẩn": styles, merges, formulas with values, print set-up …"""
    workbook = Workbook()
    page = workbook.active
    page.title = "Phụ lục"
    page["A1"] = "DANH SÁCH SẢN PHẨM"
    page["A1"].font = Font(bold=True, size=16, name="Times New Roman")
    page.merge_cells("A1:G1")
    for column, header in enumerate(HEADERS, 1):
        cell = page.cell(3, column, header)
        cell.font, cell.border = Font(bold=True), THIN
        cell.alignment = Alignment(wrap_text=True, horizontal="center")
    for number in range(1, rows + 1):
        _put_row(page, number)
    _set_up(page, rows)
    cover = workbook.create_sheet("Bìa")
    cover["C5"] = "Trang bìa"
    cover.print_area = "A1:C9"
    hidden = workbook.create_sheet("Ẩn")
    hidden["A1"] = "ẩn"
    hidden.sheet_state = "hidden"
    workbook.defined_names["Diem"] = DefinedName("Diem", attr_text="'Phụ lục'!$E$4:$E$9")
    workbook.active = 1
    data = saved(workbook)
    # Excel keeps what a formula came to; openpyxl does not.
    return change_part(
        data,
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"<f>SUM(1,2)</f><v />", b"<f>SUM(1,2)</f><v>3</v>").replace(
            b"<f>SUM(1,2)</f><v></v>", b"<f>SUM(1,2)</f><v>3</v>"
        ),
    )


def _set_up(page: Any, rows: int) -> None:
    """Widths, hidden rows, print set-up, lists, notes and links."""
    page.column_dimensions["B"].width = 41.5
    page.column_dimensions["C"].hidden = True
    page.row_dimensions[3].height = 44
    page.row_dimensions[10].hidden = True
    page.row_dimensions[11].height = 31.5
    page.freeze_panes = "A4"
    page.auto_filter.ref = f"A3:G{rows + 3}"
    page.print_title_rows = "3:3"
    page.print_area = f"A1:G{rows + 3}"
    page.page_setup.orientation = "landscape"
    page.conditional_formatting.add("E4:E9", CellIsRule("lessThan", ["50"], fill=YELLOW))
    choices = DataValidation(type="list", formula1='"3 sao,4 sao"')
    choices.add(f"F4:F{rows + 3}")
    page.add_data_validation(choices)
    page["B6"].comment = Comment("Hỏi lại xã", "Văn phòng", width=200, height=80)
    page["B7"].comment = Comment("Giữ nguyên", "Văn phòng")
    page.merge_cells("D20:D22")
    page["G8"].hyperlink = "https://example.org/"


def _put_row(page: Any, number: int) -> None:
    row = number + 3
    values = [number, f"Sản phẩm {number}", f"HTX {number}", "Càng Long", 65.25, "3 sao"]
    for column, value in enumerate([*values, date(2022, 8, 22)], 1):
        if (row, column) == (15, 5):
            continue
        cell = page.cell(row, column, value)
        cell.border = THIN
        if column == 5:
            cell.number_format, cell.fill = "0.00", YELLOW
        if column == 7:
            cell.number_format = "dd/mm/yyyy"
    if number == 2:
        page.cell(row, 9, "=SUM(1,2)")


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data), rich_text=True)


def look_of(cell: Any) -> dict[str, Any]:
    """All that makes a cell look as it does, but for the fill."""
    return {
        "value": cell.value,
        "type": cell.data_type,
        "font": copy(cell.font),
        "border": copy(cell.border),
        "format": cell.number_format,
        "alignment": copy(cell.alignment),
        "protection": copy(cell.protection),
        "link": cell.hyperlink and cell.hyperlink.target,
    }


def fill_of(cell: Any) -> tuple[Any, ...]:
    return (cell.fill.patternType, cell.fill.fgColor.rgb if cell.fill.patternType else None)


def note_of(cell: Any) -> str:
    return cell.comment.text if cell.comment else ""


def layout_of(page: Any) -> dict[str, Any]:
    """Everything of a sheet but its cells."""
    return {
        "widths": {k: (d.width, d.hidden) for k, d in page.column_dimensions.items()},
        "heights": {
            k: (d.height, d.hidden)
            for k, d in page.row_dimensions.items()
            if d.height is not None or d.hidden
        },
        "merges": sorted(str(each) for each in page.merged_cells.ranges),
        "rules": sorted(
            (str(key.sqref), [rule.type for rule in rules])
            for key, rules in page.conditional_formatting._cf_rules.items()
        ),
        "choices": [
            (str(each.sqref), each.formula1) for each in page.data_validations.dataValidation
        ],
        "filter": page.auto_filter.ref,
        "panes": page.freeze_panes,
        "print": (page.print_area, page.print_title_rows, page.page_setup.orientation),
        "state": page.sheet_state,
        "names": sorted(page.defined_names),
    }


def assert_only_these_differ(before: bytes, after: bytes, marked: dict[str, set[str]]) -> None:
    """`marked`: sheet → cells; those differ in fill and note, nothing else does in anything."""
    old, new = opened(before), opened(after)
    stored = [name for name in new.sheetnames if name in old.sheetnames]
    assert stored == old.sheetnames
    assert sorted(old.defined_names) == sorted(new.defined_names)
    for name in stored:
        assert layout_of(old[name]) == layout_of(new[name])
        places = {c.coordinate for page in (old[name], new[name]) for row in page for c in row}
        for place in places:
            was, now = old[name][place], new[name][place]
            if was.__class__.__name__ == "MergedCell":
                continue
            assert look_of(was) == look_of(now), place
            if place in marked.get(name, ()):
                assert fill_of(was) != fill_of(now), place
                assert note_of(now) != note_of(was), place
            else:
                assert fill_of(was) == fill_of(now), place
                assert note_of(was) == note_of(now), place
