"""What the reading child answers line by line is the workbook whole, or a damaged file."""

from datetime import date
from typing import Any

import pytest

from ocop.lib import sandbox
from ocop.lib.spreadsheets.reading import child
from ocop.lib.spreadsheets.reading.reader import FileRefused, read_workbook
from tests.lib.workbook_files import make_xlsx

ROWS = 2 * child.ROWS_A_LINE + 1
DAY = date(2022, 8, 22)


def cells() -> dict[str, Any]:
    rows = range(1, ROWS + 1)
    return {f"A{row}": f"Dòng {row}\n\u2028tiếp" for row in rows} | {f"C{row}": DAY for row in rows}


def test_every_row_comes_whatever_ends_lines_in_its_texts(in_sandbox: None) -> None:
    (sheet,) = read_workbook(make_xlsx(cells()))
    assert [number for number, _ in sheet.rows] == list(range(1, ROWS + 1))
    assert all(row == {1: f"Dòng {n}\n\u2028tiếp", 3: DAY} for n, row in sheet.rows)


def test_equal_texts_and_days_are_kept_once(in_sandbox: None) -> None:
    (sheet,) = read_workbook(make_xlsx({f"{c}{row}": DAY for c in "AB" for row in (1, 2, 300)}))
    assert len({id(value) for _, row in sheet.rows for value in row.values()}) == 1


@pytest.mark.parametrize("cut", ["", "between", "within"])
def test_an_answer_that_ends_too_early_is_a_damaged_file(monkeypatch: Any, cut: str) -> None:
    answer = child.read(make_xlsx(cells()), "a", "")
    lines = answer.split(b"\n")
    short = {"": b"", "between": b"\n".join(lines[:-1]), "within": answer[:-3]}[cut]
    monkeypatch.setattr(sandbox, "run", lambda *args, **words: short)
    with pytest.raises(FileRefused) as refusal:
        child.read_in_child(b"", "a")
    assert (refusal.value.code, refusal.value.params["reason"]) == ("unreadable", "damaged")
    monkeypatch.setattr(sandbox, "run", lambda *args, **words: answer)
    assert len(child.read_in_child(b"", "a")[0].rows) == ROWS
