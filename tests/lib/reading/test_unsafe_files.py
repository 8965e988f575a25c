"""Files that are unsafe, broken or no spreadsheets are refused by a reason, and quickly."""

import io
import os
import struct
import zipfile
from dataclasses import replace

import pytest

from ocop.lib import sandbox
from ocop.lib.spreadsheets.reading import child
from ocop.lib.spreadsheets.reading.reader import FileRefused, read_workbook
from ocop.lib.spreadsheets.reading.refusal import MAX_ENTRIES, MAX_FILE_SIZE
from tests.lib.workbook_files import (
    add_part,
    change_part,
    make_ods,
    make_ole,
    make_sheet_xml,
    make_xls,
    make_xlsx,
)
from tests.support.cases import every_case

pytestmark = pytest.mark.usefixtures("in_sandbox")
"""Read as the program does: in a process of its own."""
GOOD = make_xlsx({"A1": "Tên sản phẩm", "B1": "Chủ thể"})


def make_zip_bomb(true_sizes: bool) -> bytes:
    data = add_part(GOOD, "xl/media/image1.png", b"\0" * (51 * 1024 * 1024))
    if true_sizes:
        return data
    # Declare one byte where 51 MiB come out.
    real, lie = struct.pack("<I", 51 * 1024 * 1024), struct.pack("<I", 1)
    return data.replace(real, lie)


def make_many_entries() -> bytes:
    stream = io.BytesIO(GOOD)
    with zipfile.ZipFile(stream, "a") as archive:
        for number in range(MAX_ENTRIES):
            archive.writestr(f"xl/media/{number}.bin", b"")
    return stream.getvalue()


def make_twice_named() -> bytes:
    stream = io.BytesIO(GOOD)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("XL/workbook.xml", b"<workbook/>")
    return stream.getvalue()


def make_encrypted_zip() -> bytes:
    data = bytearray(GOOD)
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(data)


def with_prolog(prolog: bytes) -> bytes:
    return change_part(
        GOOD, "xl/worksheets/sheet1.xml", lambda xml: prolog + xml.split(b"?>", 1)[-1]
    )


def in_utf16(xml: bytes) -> bytes:
    return xml.decode().replace("UTF-8", "UTF-16").encode("utf-16")


def repeated_cells(rows: int, columns: int) -> str:
    return (
        f'<table:table table:name="a"><table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell office:value-type="float" office:value="1" '
        f'table:number-columns-repeated="{columns}"/></table:table-row></table:table>'
    )


REFUSALS = {
    "too many bytes": (b"x" * (MAX_FILE_SIZE + 1), "too_large", "file"),
    "zip bomb": (make_zip_bomb(True), "too_large", "unpacked"),
    "zip bomb that lies": (make_zip_bomb(False), "unreadable", "damaged"),
    "many entries": (make_many_entries(), "too_large", "entries"),
    "one name twice": (make_twice_named(), "unreadable", "damaged"),
    "doctype": (with_prolog(b"<!DOCTYPE a [<!ENTITY b 'c'>]>"), "unreadable", "doctype"),
    "entity": (with_prolog(b"<! entity b 'c'>"), "unreadable", "doctype"),
    "other encoding": (
        change_part(GOOD, "xl/workbook.xml", in_utf16),
        "unreadable",
        "damaged",
    ),
    "encoding that hides": (
        with_prolog(b'<?xml version="1.0" encoding="windows-1252"?>'),
        "unreadable",
        "damaged",
    ),
    "macro part": (add_part(GOOD, "xl/vbaProject.bin", b"x"), "unreadable", "macros"),
    "macro type": (
        change_part(
            GOOD,
            "[Content_Types].xml",
            lambda xml: xml.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"),
        ),
        "unreadable",
        "macros",
    ),
    "basic macros": (
        add_part(make_ods(""), "Basic/Standard/a.xml", b"<a/>"),
        "unreadable",
        "macros",
    ),
    "old macros": (make_ole("_VBA_PROJECT_CUR", b"x"), "unreadable", "macros"),
    "password": (make_ole("EncryptedPackage", b"x"), "unreadable", "password"),
    "zip password": (make_encrypted_zip(), "unreadable", "password"),
    "word file": (make_ole("WordDocument", b"x"), "unreadable", "not_a_spreadsheet"),
    "zip of no workbook": (
        add_part(b"PK\x05\x06" + b"\0" * 18, "word/document.xml", b"<a/>"),
        "unreadable",
        "not_a_spreadsheet",
    ),
    "truncated": (GOOD[: len(GOOD) // 2], "unreadable", "damaged"),
    "truncated old file": (make_xls({(0, 0): "a"})[:1500], "unreadable", "damaged"),
    "pdf": (b"%PDF-1.7 ...", "unreadable", "not_a_spreadsheet"),
    "web page": (b"<html><table><tr><td>a", "unreadable", "not_a_spreadsheet"),
    "binary": (os.urandom(64) + b"\0" * 64, "unreadable", "not_a_spreadsheet"),
    "broken xml": (
        change_part(GOOD, "xl/workbook.xml", lambda xml: xml[:-20]),
        "unreadable",
        "damaged",
    ),
    "cell in the last corner": (make_xlsx({"XFD1048576": "x"}), "too_large", "rows"),
    "first and last cell": (make_xlsx({"A1": 1, "XFD1048576": "x"}), "too_large", "rows"),
    "cell far right": (make_xlsx({"A1": 1, "XFD1": "x"}), "too_large", "columns"),
    "one row too many": (make_xlsx({"A20001": "x"}), "too_large", "rows"),
    "one column too many": (make_xlsx({"GS1": "x"}), "too_large", "columns"),
    "old cell in the last corner": (
        make_xls({(0, 0): 1.0, (65535, 255): 1.0}),
        "too_large",
        "memory",
    ),
    "repeated rows": (make_ods(repeated_cells(1048576, 1)), "too_large", "rows"),
    "repeated columns": (make_ods(repeated_cells(1, 16384)), "too_large", "columns"),
    "absurd repeats": (make_ods(repeated_cells(10**18, 10**18)), "too_large", "columns"),
}


@every_case("name", REFUSALS)
def test_a_bad_file_is_refused_by_its_reason(name: str) -> None:
    data, code, reason = REFUSALS[name]
    with pytest.raises(FileRefused) as refusal:
        read_workbook(data, "tệp.xlsx")
    assert (refusal.value.code, refusal.value.params.get("reason")) == (code, reason)


def test_the_last_place_inside_the_bounds_is_read() -> None:
    (sheet,) = read_workbook(make_xlsx({"GR20000": "x"}))
    assert sheet.rows == [(20000, {200: "x"})]


def test_a_hidden_reference_to_a_far_cell_is_found() -> None:
    data = make_sheet_xml('<row r="1"><c r="&#88;FD1048576"><v>1</v></c></row>')
    with pytest.raises(FileRefused):
        read_workbook(data)


def test_one_text_repeated_until_memory_ends_is_a_file_too_large() -> None:
    cells = "".join(
        f'<c r="{column}{row}" t="s"><v>0</v></c>' for row in range(1, 9001) for column in "ABCDEF"
    )
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<si><t>{'x' * 30_000}</t></si></sst>"
    )
    data = add_part(make_sheet_xml(f"<row>{cells}</row>"), "xl/sharedStrings.xml", strings.encode())
    with pytest.raises(FileRefused) as refusal:
        read_workbook(data)
    assert (refusal.value.code, refusal.value.params["reason"]) == ("too_large", "texts")


def test_a_child_that_does_not_come_back_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "LIMITS", replace(child.LIMITS, wall_seconds=0.001))
    with pytest.raises(FileRefused) as refusal:
        child.read_in_child(GOOD, "a")
    assert refusal.value.params["reason"] == "time"


def test_a_child_that_says_nonsense_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "TASK", "this:s")
    with pytest.raises(FileRefused) as refusal:
        child.read_in_child(GOOD, "a")
    assert (refusal.value.code, refusal.value.params["reason"]) == ("unreadable", "damaged")


def test_the_child_sees_no_settings_and_loads_no_framework(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECRET_KEY", "nur für den Vater")
    assert "SECRET_KEY" not in sandbox.environment()
    script = (
        "import sys; import ocop.lib.spreadsheets.reading.child, "
        "ocop.lib.spreadsheets.reading.formats, ocop.lib.spreadsheets.reading.excel; "
        "assert not {'django', 'openpyxl'} & set(sys.modules)"
    )
    import subprocess
    import sys

    assert subprocess.run([sys.executable, "-c", script], cwd=sandbox.ROOT).returncode == 0


def test_random_damage_never_gets_past_the_reader_as_another_error() -> None:
    import random

    dice = random.Random(148)
    for _ in range(25):
        damaged = bytearray(dice.choice([GOOD, make_xls({(0, 0): "a"}), make_ods("")]))
        for _ in range(dice.randrange(1, 30)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        try:
            read_workbook(bytes(damaged))
        except FileRefused as refusal:
            assert refusal.code in {"unreadable", "too_large", "legacy_encoding"}
