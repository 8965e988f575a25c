"""A file of a few kilobytes that is a lot of work is refused before anything reads it."""

from collections.abc import Callable
from typing import Any

import pytest

from ocop.lib import sandbox
from ocop.lib.spreadsheets.reading import limits
from ocop.lib.spreadsheets.reading.reader import FileRefused, read_workbook
from ocop.lib.spreadsheets.reading.refusal import MAX_SHEETS, MAX_STRINGS
from ocop.lib.spreadsheets.writing.annotated import MarkTexts, annotated_copy
from tests.support import hostile_files as made

pytestmark = pytest.mark.usefixtures("in_sandbox")
"""Read as the program does: in a process of its own."""
BEFORE_ANY_READER: dict[str, tuple[Callable[[], bytes], str]] = {
    "20,000 sheets that are one part": (made.sheets_at_one_part, "sheets"),
    "one sheet too many": (lambda: made.header_rows(1, 2, MAX_SHEETS + 1), "sheets"),
    "two relationships to one part": (lambda: made.relations_to_one_part(2), "same_part"),
    "one relationship of two sheets": (lambda: made.sheets_at_one_part(2), "same_part"),
    "relationships": (lambda: made.many_relations(2_000), "relationships"),
    "defined names": (lambda: made.many_names(30_000), "names"),
    "shared strings": (lambda: made.many_shared_strings(MAX_STRINGS + 100), "strings"),
    "runs of a shared string": (lambda: made.many_runs(2_100_000), "tags"),
    "cell formats": (lambda: made.many_styles(270_000), "formats"),
    "fonts": (lambda: made.many_fonts(100_000), "formats"),
    "merged ranges": (lambda: made.many_merges(50_000), "merges"),
    "hyperlinks": (lambda: made.many_links(50_000), "links"),
    "comments": (lambda: made.many_comments(21_000), "comments"),
    "cells without a value": (lambda: made.many_empty_cells(2_100_000), "written"),
    "entries": (lambda: made.many_entries(500), "entries"),
    "tables of an ods": (lambda: made.many_tables(101), "sheets"),
    "spans of an ods": (lambda: made.many_spans(50_000), "merges"),
    "sheets of an xls": (lambda: made.old_sheets_at_one_place(101), "sheets"),
    "two sheets of an xls at one place": (lambda: made.old_sheets_at_one_place(2), "same_part"),
    "empty lines": (lambda: b"\n" * 500_000, "lines"),
    "empty lines, two bytes each": (lambda: b"\xff\xfe" + b"\n\0" * 500_000, "lines"),
    "separators": (lambda: b"," * 1_000_001, "separators"),
    "quotation marks": (lambda: b'"' * 1_000_001, "separators"),
}


@pytest.fixture
def no_reader(monkeypatch: Any) -> None:
    """Whoever begins to read the file fails."""

    def read(*_of: Any, **_more: Any) -> None:
        raise AssertionError("the file was read")

    monkeypatch.setattr(sandbox, "run", read)


def reason_of(read: Callable[[], Any]) -> str:
    try:
        read()
    except FileRefused as refusal:
        return str(refusal.params.get("reason"))
    return "none"


def test_too_much_of_anything_is_refused_before_a_reader_begins(no_reader: None) -> None:
    wrong = {}
    for name, (make, reason) in BEFORE_ANY_READER.items():
        data = make()
        if (found := reason_of(lambda data=data: read_workbook(data, "a"))) != reason:  # type: ignore[misc]
            wrong[name] = found
    assert wrong == {}


def test_marking_asks_first_as_well(no_reader: None) -> None:
    texts = MarkTexts("", "", "", "", "", "", "", "", "", "")
    data = made.sheets_at_one_part(200)
    assert reason_of(lambda: annotated_copy(data, "a.xlsx", [], texts)) == "sheets"


def test_no_more_is_unpacked_than_to_the_piece_that_is_too_much(monkeypatch: Any) -> None:
    pieces = []
    unpacked = limits._pieces
    monkeypatch.setattr(
        limits, "_pieces", lambda *of: (pieces.append(len(one)) or one for one in unpacked(*of))
    )
    data = made.many_styles()
    assert reason_of(lambda: limits.check_limits(data)) == "formats"
    # Fifty megabytes lie in it.
    assert sum(pieces) < 6 * limits.PIECE


def test_what_stands_for_a_lot_is_counted_before_it_is_made() -> None:
    for make, reason in (
        (made.many_repeats, "cells"),
        (made.one_shared_string_everywhere, "texts"),
        (made.many_rows, "rows"),
    ):
        assert reason_of(lambda make=make: read_workbook(make(), "a")) == reason  # type: ignore[misc]


def test_as_many_sheets_as_may_be_are_read() -> None:
    assert len(read_workbook(made.header_rows(1, 2, MAX_SHEETS))) == MAX_SHEETS


def test_a_far_cell_is_read_without_looking_through_the_sheet_twice() -> None:
    """As a format down to the last row makes it: the reader that goes cell by cell."""
    rows = made.row_of(1, made.HEADER) + '<row r="1048576"><c r="A1048576" t="s"><v>0</v></c></row>'
    (sheet,) = read_workbook(made.shared("<si><t> </t></si>", rows))
    assert [number for number, _cells in sheet.rows] == [1]
