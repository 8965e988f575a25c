"""Separated text: encodings, separators, quoting."""

import codecs
import unicodedata

import pytest

from ocop.lib.fonts.legacy import is_legacy_text
from ocop.lib.spreadsheets.reading.cells import CellError
from ocop.lib.spreadsheets.reading.reader import FileRefused, read_workbook
from tests.support.cases import every_case

ROWS = [
    ["TT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Điểm"],
    ["1", "Dừa sáp", "HTX Hòa Tân", "Xã Hòa Tân, Huyện Cầu Kè; tỉnh Trà Vinh", "69,9"],
    ["2", 'Gạo "Hạt ngọc"', "Cty\tMỹ Châu", "Châu Thành", "70"],
]


def written(separator: str) -> str:
    def quoted(text: str) -> str:
        special = any(character in text for character in ',;\t"')
        return '"' + text.replace('"', '""') + '"' if special else text

    return "".join(separator.join(map(quoted, row)) + "\r\n" for row in ROWS)


def in_windows_1258(text: str) -> bytes:
    """Base letters with their shape, tones as marks of their own, as Windows types them."""
    out = b""
    for character in text:
        try:
            out += character.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", character)
            tones = [mark for mark in marks if mark in "\u0300\u0309\u0303\u0301\u0323"]
            shapes = "".join(mark for mark in marks if mark not in tones)
            letter = unicodedata.normalize("NFC", base + shapes)
            out += letter.encode("cp1258") + "".join(tones).encode("cp1258")
    return out


ENCODINGS = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with mark": lambda text: text.encode("utf-8-sig"),
    "utf-16 little": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf-16 big": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "windows-1258": in_windows_1258,
    "utf-8 decomposed": lambda text: unicodedata.normalize("NFD", text).encode(),
}


@every_case("separator", [",", ";", "\t"])
@every_case("encoding", ENCODINGS)
def test_text_is_read_in_every_encoding_with_every_separator(encoding: str, separator: str) -> None:
    (sheet,) = read_workbook(ENCODINGS[encoding](written(separator)), "Danh sách 2022.csv")
    assert sheet.name == "Danh sách 2022"
    assert [list(cells.values()) for _, cells in sheet.rows] == ROWS


def test_rows_and_columns_keep_their_numbers_and_line_breaks_stay_inside_a_cell() -> None:
    (sheet,) = read_workbook(b'\n\na;;"b\nc"\n;d;\n')
    assert sheet.rows == [(3, {1: "a", 3: "b\nc"}), (4, {2: "d"})]


def test_a_declared_separator_is_obeyed_and_is_no_row() -> None:
    (sheet,) = read_workbook(b"sep=;\r\na,b;c\r\n")
    assert sheet.rows == [(1, {1: "a,b", 2: "c"})]


def test_decimal_commas_do_not_make_the_comma_the_separator() -> None:
    lines = "Tên;Điểm\n" + "".join(f"Sản phẩm {n};{n},5\n" for n in range(50))
    assert read_workbook(lines.encode())[0].rows[1] == (2, {1: "Sản phẩm 0", 2: "0,5"})


def test_a_title_with_many_commas_does_not_mislead() -> None:
    text = "DANH SÁCH, PHỤ LỤC, BẢNG, KÊ, SẢN, PHẨM\na;b;c\n1;2;3\n4;5;6\n"
    assert read_workbook(text.encode())[0].rows[1] == (2, {1: "a", 2: "b", 3: "c"})


def test_errors_written_as_text_are_errors() -> None:
    assert read_workbook(b"a,#N/A\n")[0].rows == [(1, {1: "a", 2: CellError("#N/A")})]


# "Tên sản phẩm, Chủ thể, Địa chỉ" as typed with TCVN3 (.VnTime) and VNI fonts.
TCVN3 = b"T\xaan s\xb6n ph\xc8m,Ch\xf1 th\xd3,\xa7\xdea ch\xd8\n"
VNI = "Teân saûn phaåm,Chuû theå,Ñòa chæ\n"


@pytest.mark.parametrize("data", [TCVN3, VNI.encode("cp1252"), b"a,b\n\xd2\xd2\xd2\xff\xff,\xff\n"])
def test_text_in_an_old_font_is_refused_rather_than_garbled(data: bytes) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_workbook(data, "cũ.csv")
    assert refusal.value.code == "legacy_encoding"


@every_case(
    "text, legacy",
    [
        (VNI, True),
        (TCVN3.decode("cp1252"), True),
        ("Tên sản phẩm ® Ø 5 mm, công ty Société Générale", False),
        ("Nước mắm Ba Động", False),
        ("abc", False),
        ("", False),
    ],
)
def test_old_fonts_are_told_from_vietnamese(text: str, legacy: bool) -> None:
    assert is_legacy_text(text) is legacy


def test_broken_utf16_is_damaged() -> None:
    with pytest.raises(FileRefused) as refusal:
        read_workbook(codecs.BOM_UTF16_LE + b"a\x00b")
    assert refusal.value.params["reason"] == "damaged"


def test_text_too_long_or_too_wide_is_refused() -> None:
    for data in (b"a\n" * 20_001, b"a," * 200 + b"a\n"):
        with pytest.raises(FileRefused) as refusal:
            read_workbook(data)
        assert refusal.value.code == "too_large"
