"""The pictures of importing: handed in, looked at, refused, imported, before it is taken back."""

import re
import tempfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from playwright.sync_api import Page

HEADER = ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Điểm", "Hạng sao"]
DECISION = "(Kèm theo Quyết định số 2468/QĐ-UBND ngày 28 tháng 11 năm 2025)"
WRONG = {3: (5, "7 sao"), 5: (3, "Càng Lon"), 8: (5, "7 sao"), 9: (3, "Càng Lon"), 11: (2, "")}
WIDTHS = {"A": 6, "B": 34, "C": 40, "D": 20}


def annex(folder: Path, wrong: bool) -> str:
    """A small annex of a decision; with `wrong`, some of its cells are."""
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = "Phụ lục"
    for row in (["DANH SÁCH SẢN PHẨM OCOP (minh họa)"], [DECISION], [], HEADER):
        sheet.append(row)
    for number in range(1, 13):
        row = [
            number,
            f"Trà thảo mộc minh họa {700 + number}",
            f"Hợp tác xã minh họa {700 + number}",
        ]
        row += ["Huyện Càng Long" if number < 7 else "Huyện Cầu Kè", 60 + number, "3 sao"]
        if wrong and number in WRONG:
            place, value = WRONG[number]
            row[place] = value
        sheet.append(row)
    for letters, width in WIDTHS.items():
        sheet.column_dimensions[letters].width = width
    path = folder / ("phu-luc-can-sua.xlsx" if wrong else "phu-luc.xlsx")
    workbook.save(path)
    return str(path)


def what_administrators_see(page: Page, address: str, photograph: Any) -> None:
    """`page`: of an administrator signed in; `photograph(page, name)` keeps a picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _hand_in(page, address, annex(folder, wrong=True))
        photograph(page, "loi-trong-tep")
        _hand_in(page, address, annex(folder, wrong=False))
        photograph(page, "xem-truoc")
        page.get_by_role("button", name=re.compile("Nhập 12 hồ sơ")).click()
        page.wait_for_url(re.compile(r"/imports/\d+/$"))
        page.get_by_role("link", name="Hoàn tác lần nhập này").click()
        photograph(page, "hoan-tac", False)
        page.goto(f"{address}/imports/")
        photograph(page, "nhap-tep", False)


def _hand_in(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}/imports/")
    page.set_input_files("input[type=file]", path)
    page.wait_for_url(re.compile("/imports/files/.+/$"))
    page.wait_for_load_state()
