"""Ways to spoil a good workbook so that nothing of it may be taken over.

Each damage of a table leaves at least one cell, column or header that no reading can save; those
of a file's bytes may leave all its cells (`Bad.whole`), which then have to be really the same.
"""

import io
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any
from xml.sax.saxutils import escape

from tests.campaigns.good_workbooks import COLUMNS, Sheet, good_sheet
from tests.lib.workbook_files import add_part, change_part

FORMS = ("xlsx", "xlsx", "xlsx", "csv", "csv", "ods", "xls")
WRONG: dict[str, tuple[Any, ...]] = {
    "day": (
        "31/02/2022", "30/2/2023", "00/00/0000", "13/13/2022", "5/6/22", "tháng 6/2022", "2022",
        "hôm qua", "99999999", 44795, 1e300, "32.1.2022", "٣١/٠٢/٢٠٢٢", "0001-01-01", "29/02/2023",
        "5/6/2022 hoặc 6/6/2022", -1, True, "22/8/20222", "quý II", "2022-13-01", "🎂", "1/1/1",
        "%(value)s", "=TODAY()", "#N/A", "\u202e22/08/2022x",
    ),
    "score": (
        "1.250", "69.950", "100,5", -1, 1e300, "bảy mươi", "7O", "1,2,3", "∞", "NaN", "½", "0x41",
        "1e3", True, "72,42857142", "6 5", "65 điểm", "9" * 50, "--5", "٦٥", "=A1", "#REF!",
    ),
    "money": ("1,250", "một tỷ", -5, 1e12, "12 triệu", "1.25.0", "NaN", "#VALUE!", True, "1..5"),
    "given": ("2,5", "-1", "ba", 1e9, "1,250", -3, 2.5, "#DIV/0!", "5 sản phẩm", True),
    "year": ("hai nghìn", 1999, "2022.5", 99999, "20222", -2022, "năm nay", "#N/A", 2031),
    "rank": (
        "1 sao", "6 sao", "tiềm năng 4 sao", "đạt", "0", -3, "★", 3.5, "*" * 9, "3-4 sao", "3/5",
        "không", "55", 33, "#NAME?", "3 sao 4 sao", "３ sao x",
    ),
    "ip_kind": ("bản quyền", "nhãn", "???", 7, "#REF!", "Nhãn hiệu, sáng chế", "\u200eký hiệu"),
    "floor": ("Chợ Lớn", "eBay", "12", "https://kh.example/x", "shop", "#N/A", "🛒"),
    "unit": (
        "Huyện Không Có", "Quận 1", "Duyên Hải", "😀", "Càng", "Huyện Trà Vinh", "xx" * 400,
        "Càng Long và Cầu Kè", 844, "#REF!", "'; DROP TABLE", "<b>Càng Long", "%s", "%(near)s",
    ),
    "place": ("Huyện Không Có", "Quận 1", "Duyên Hải", "tỉnh", 844, "#N/A", "%(value)s"),
    "yes_no": ("có thể", 2, "xx", "#N/A", "không biết", -1, 0.5),
    "link": ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "x" * 900, "#REF!"),
    "product": ("Không có sản phẩm này", "***", "🍯", "#N/A", "%(product)s", "x" * 400),
    "producer": ("Không có ai", "…!", "#N/A", "y" * 400),
    "new_name": ("***", "!!!", "🍯🍯", "z" * 700, "#REF!", "…"),
    "owner": ("***", "🙂", "z" * 700, "#VALUE!", "؟"),
    "system": ("***", "z" * 700, "#REF!"),
    "target": ("KHONG-CO", "TRACE-SHARE", "ECOM-SHARE", "25", "#N/A", "OCOP"),
    "filing": ("x" * 400, "#N/A"),
}  # fmt: skip
HARMLESS_HEADERS = (str.upper, str.lower, lambda text: f"  {text}\n", lambda text: f"{text} (*)")
NONSENSE = ("Cột A", "Xyz", "Zzz 1", "???", "\u202eabc", "😀", "Tổng hợp ý kiến", "1", "Sản lượng")


@dataclass(frozen=True)
class Bad:
    """`what`: the damages in words; `whole`: the file before a damage it may have survived.

    `in_child`: only to be read where memory and time are bounded.
    """

    data: bytes
    name: str
    dataset: str
    what: str
    whole: bytes | None = None
    in_child: bool = False


# --- Tables --------------------------------------------------------------------------------------


def wrong_cell(chance: random.Random, sheet: Sheet) -> None:
    places = [place for place, col in enumerate(sheet.columns) if col.sort in WRONG]
    place = chance.choice(places)
    row = chance.randrange(1, len(sheet.rows))
    sheet.rows[row][place] = chance.choice(WRONG[sheet.columns[place].sort])


def empty_cell(chance: random.Random, sheet: Sheet) -> None:
    row = chance.randrange(1, len(sheet.rows))
    sheet.rows[row][chance.choice(sheet.required())] = chance.choice(
        (None, " ", "\u00a0", "\u200b")
    )


def same_row_twice(chance: random.Random, sheet: Sheet) -> None:
    sheet.rows.append(list(chance.choice(sheet.rows[1:])))


def column_gone(chance: random.Random, sheet: Sheet) -> None:
    gone = chance.choice(sheet.required())
    for row in sheet.rows:
        del row[gone]
    del sheet.columns[gone]


def column_unknown(chance: random.Random, sheet: Sheet) -> None:
    sheet.rows[0][chance.choice(sheet.required())] = chance.choice(NONSENSE)


def headers_swapped(chance: random.Random, sheet: Sheet) -> None:
    """Dates under a name's header, names under the dates'; of allocations units and years."""
    one = chance.choice(sheet.columns_of("day", "year"))
    other = chance.choice(sheet.columns_of("new_name", "product", "unit", "target"))
    header = sheet.rows[0]
    header[one], header[other] = header[other], header[one]


def no_header(chance: random.Random, sheet: Sheet) -> None:
    del sheet.rows[0]


def no_rows(chance: random.Random, sheet: Sheet) -> None:
    del sheet.rows[1:]


def two_tables(chance: random.Random, sheet: Sheet) -> None:
    header = list(sheet.rows[0])
    moved = list(zip(header, *sheet.rows[1:], strict=True))
    moved = moved[1:] + moved[:1]
    sheet.rows += [[], *(list(row) for row in zip(*moved, strict=True))]


def side_by_side(chance: random.Random, sheet: Sheet) -> None:
    sheet.rows = [[*row, None, *row] for row in sheet.rows]


def everything_wrong(chance: random.Random, sheet: Sheet) -> None:
    for row in sheet.rows[1:]:
        for place, col in enumerate(sheet.columns):
            if col.required:
                row[place] = chance.choice(WRONG[col.sort])


TABLE_DAMAGES: tuple[Callable[[random.Random, Sheet], None], ...] = (
    *[wrong_cell] * 8,
    *[empty_cell] * 3,
    same_row_twice,
    column_gone,
    column_unknown,
    headers_swapped,
    no_header,
    no_rows,
    two_tables,
    side_by_side,
    everything_wrong,
)


def odd_but_fine(chance: random.Random, sheet: Sheet) -> str:
    """Something a sheet may well have; it does not heal what is wrong."""
    odd = chance.choice(
        ("headers", "column", "blank rows", "merges", "notes", "nothing", "nothing")
    )
    if odd == "headers":
        change = chance.choice(HARMLESS_HEADERS)
        sheet.rows[0] = [change(h) if isinstance(h, str) else h for h in sheet.rows[0]]
    elif odd == "column":
        texts = [f"ô {n} \u202e😀" for n in range(len(sheet.rows))]
        sheet.rows = [[*row, text] for row, text in zip(sheet.rows, texts, strict=True)]
    elif odd == "blank rows":
        sheet.rows[:0] = [[] for _ in range(chance.randrange(1, 9))]
    elif odd == "merges":
        sheet.merged = chance.choice((("A900:C950",), ("AA1:AB200",), ("AD2:AD40", "AE2:AE40")))
    elif odd == "notes":
        sheet.rows.append(["Ghi chú: số liệu \u0301\u0301 đến nay"])
    return odd


# --- Bytes ---------------------------------------------------------------------------------------


MAIN = r"xl/worksheets/sheet1\.xml|content\.xml"
ZIP_OF = {"xlsx", "ods"}


def in_main_part(change: Callable[[random.Random, bytes], bytes]) -> Callable[..., bytes]:
    """A damage of the part that holds the cells."""

    def damage(chance: random.Random, data: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            name = next(name for name in archive.namelist() if re.fullmatch(MAIN, name))
        return change_part(data, name, lambda part: change(chance, part))

    return damage


def cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content) * 9 // 10)]


def flipped(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 2, 5, 50))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def noise(chance: random.Random, content: bytes) -> bytes:
    start = chance.choice((b"", b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1"), b"\xff\xfe"))
    return start + chance.randbytes(chance.choice((1, 30, 2000, 20_000)))


def unclosed(chance: random.Random, part: bytes) -> bytes:
    """A tag too many, a sign that XML does not know, or the end cut off."""
    ends = [match.end() for match in re.finditer(rb"</c>|</table:table-cell>", part)]
    place = ends[len(ends) // 2]
    junk = chance.choice(
        (b"<c><v>", b"</zz>", b"&none;", b"\x01\x02", b"<!DOCTYPE x>", b"\xff\xfe")
    )
    return part[:place] + junk + part[place:] if chance.random() < 0.8 else part[:place]


def nothing_in_it(chance: random.Random, part: bytes) -> bytes:
    return chance.choice((b"", b"<a/>", b"not xml at all", b"\0" * 40, b"<?xml?>"))


def strange_strings(chance: random.Random, data: bytes) -> bytes:
    """Shared strings that are not those the cells mean, too few, or none."""
    texts = [chance.choice(NONSENSE) for _ in range(chance.randrange(60))]
    items = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<sst xmlns="{space}" count="1">{items}</sst>'.encode()
    return add_part(in_main_part(_shared)(chance, data), "xl/sharedStrings.xml", xml)


def _shared(chance: random.Random, part: bytes) -> bytes:
    """The cells' own texts replaced by indices into the shared ones."""
    places = count()
    return re.sub(
        rb't="inlineStr"><is><t[^>]*>[^<]*</t></is>',
        lambda _: b't="s"><v>%d</v>' % next(places),
        part,
    )


def numbers_without_end(chance: random.Random, part: bytes) -> bytes:
    """Every index of a text, and every number, beyond anything."""
    huge = chance.choice((b"99999999999999999999", b"-1", b"1e9", b"x", b"4294967296"))
    return re.sub(rb"<v>[^<]*</v>", b"<v>" + huge + b"</v>", part)


def far_away(chance: random.Random, part: bytes) -> bytes:
    """A cell or a merge at the end of the world, and the rows' numbers gone."""
    cell = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    merge = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    part = part.replace(b"</sheetData>", cell + b"</sheetData>" + merge)
    return re.sub(rb"<v>[^<]*</v>", b"<v>0</v>", part)


def macros(chance: random.Random, data: bytes) -> bytes:
    return add_part(data, "xl/vbaProject.bin", chance.randbytes(20))


def open_quote(chance: random.Random, data: bytes) -> bytes:
    """A quotation mark that begins a row's first field and is never closed."""
    text, encoding = text_of(data)
    lines = text.split("\r\n")
    place = chance.randrange(1, len(lines) - 1)
    lines[place] = '"' + lines[place].replace('"', "")
    return "\r\n".join(lines[: place + 1]).encode(encoding)


def other_letters(chance: random.Random, data: bytes) -> bytes:
    """The same text as bytes that no reader takes for Vietnamese letters."""
    text, _encoding = text_of(data)
    encoding = chance.choice(("utf-16-le", "utf-7", "utf-32", "cp437", "big5"))
    return text.encode(encoding, "replace").lstrip(b"\xff\xfe")


def text_of(data: bytes) -> tuple[str, str]:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return data.decode(encoding), encoding


XLSX_DAMAGES = (strange_strings, macros, in_main_part(numbers_without_end), in_main_part(far_away))
ZIP_DAMAGES = (in_main_part(unclosed), in_main_part(unclosed), in_main_part(nothing_in_it))


def bad_workbook(seed: str, number: int) -> Bad:
    """The bad workbook of this number; the same for the same seed."""
    chance = random.Random(f"{seed}/{number}")
    dataset, form = chance.choice(list(COLUMNS)), chance.choice(FORMS)
    sheet = good_sheet(chance, dataset, form)
    name = f"tep {number}.{form}"
    if chance.random() < 0.68:
        damage = chance.choice(TABLE_DAMAGES)
        damage(chance, sheet)
        what = f"{damage.__name__}, {odd_but_fine(chance, sheet)}"
        return Bad(sheet.data(chance), name, dataset, what)
    return _bad_file(chance, sheet, name)


def _bad_file(chance: random.Random, sheet: Sheet, name: str) -> Bad:
    ways: list[Callable[[random.Random, bytes], bytes]] = [cut, flipped, noise]
    if sheet.form in ZIP_OF:
        ways += [cut, *ZIP_DAMAGES]
    if sheet.form == "xlsx":
        ways += XLSX_DAMAGES
    if sheet.form == "csv":
        ways = [flipped, noise, open_quote, other_letters]
    damage = chance.choice(ways)
    # A zip knows when it was changed; other files do not: in those, what is changed is wrong too.
    knows = sheet.form in ZIP_OF
    if damage in (cut, flipped) and not knows:
        everything_wrong(chance, sheet)
    whole = sheet.data(chance)
    data = damage(chance, whole)
    survives = whole if knows and damage in (flipped, *ZIP_DAMAGES) else None
    far = damage is XLSX_DAMAGES[-1]
    return Bad(data, name, sheet.dataset, f"{damage_name(damage)} {sheet.form}", survives, far)


def damage_name(damage: Any) -> str:
    inner = damage.__closure__[0].cell_contents if damage.__closure__ else damage
    return str(inner.__name__)
