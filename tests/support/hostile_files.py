"""Files and forms that nobody should send, a lot of work for little; and the largest allowed."""

import io
import json
import struct
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
HEADER = ("Tên sản phẩm", "Chủ thể", "Huyện", "Điểm", "Hạng sao", "Ngày quyết định")
LETTERS = [chr(65 + n) for n in range(26)] + [
    f"{a}{chr(65 + n)}" for a in "ABCDEFG" for n in range(26)
]


@dataclass
class Sent:
    """What is handed in: a file to the imports, or data of a `kind` to a `path`."""

    name: str = ""
    data: bytes = b""
    path: str = ""
    kind: str = ""


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def row_of(number: int, texts: Iterable[str]) -> str:
    cells = zip(LETTERS, texts, strict=False)
    inner = "".join(text_cell(f"{letters}{number}", text) for letters, text in cells if text)
    return f'<row r="{number}">{inner}</row>'


def sheet_xml(rows: str, after: str = "") -> str:
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def relation(number: int, target: str, kind: str = "worksheet") -> str:
    return f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'


def _types(parts: Iterable[str]) -> str:
    """What each part is, as its name says."""
    kinds = {"xl/workbook.xml": "sheet.main"}
    kinds |= {name: "worksheet" for name in parts if name.startswith("xl/worksheets/")}
    kinds |= {
        name: name[3:-4] for name in parts if name in ("xl/styles.xml", "xl/sharedStrings.xml")
    }
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return "".join(
        f'<Override PartName="/{name}" ContentType="{kind}.{one}+xml"/>'
        for name, one in kinds.items()
    )


def book(
    sheets: list[tuple[str, str]],
    targets: list[str],
    parts: dict[str, str],
    more: str = "",
    relations: str = "",
) -> bytes:
    """An xlsx: `sheets` (name, relationship), the `targets` of relationships, their parts."""
    named = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="{to}"/>'
        for n, (name, to) in enumerate(sheets, 1)
    )
    related = "".join(relation(n, target) for n, target in enumerate(targets, 1))
    whole = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{_types(parts)}</Types>",
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f"{relation(1, 'xl/workbook.xml', 'officeDocument')}</Relationships>",
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"<sheets>{named}</sheets>{more}</workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f"{related}{relations}</Relationships>",
        **parts,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    return stream.getvalue()


def one_sheet(
    rows: str, after: str = "", parts: dict[str, str] | None = None, **more: str
) -> bytes:
    sheet = {"xl/worksheets/sheet1.xml": sheet_xml(rows, after), **(parts or {})}
    return book([("DS", "rId1")], ["worksheets/sheet1.xml"], sheet, **more)


def sheets_at_one_part(count: int = 20_000) -> bytes:
    """A table of 100 rows, named again and again."""
    rows = "".join(row_of(n, HEADER) for n in range(1, 101))
    return book(
        [(f"S{n}", "rId1") for n in range(count)],
        ["worksheets/sheet1.xml"],
        {"xl/worksheets/sheet1.xml": sheet_xml(rows)},
    )


def relations_to_one_part(count: int = 90) -> bytes:
    """Few sheets, each by a relationship of its own, all of them to one part full of rows."""
    rows = "".join(row_of(n, HEADER) for n in range(1, 2001))
    return book(
        [(f"S{n}", f"rId{n}") for n in range(1, count + 1)],
        [("worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml")[n % 2] for n in range(count)],
        {"xl/worksheets/sheet1.xml": sheet_xml(rows)},
    )


def many_relations(count: int = 400_000) -> bytes:
    return one_sheet(
        row_of(1, HEADER), relations="".join(relation(n, "a.xml") for n in range(2, count))
    )


def many_names(count: int = 700_000) -> bytes:
    names = "".join(f'<definedName name="n{n}">DS!$A${n}</definedName>' for n in range(count))
    return one_sheet(row_of(1, HEADER), more=f"<definedNames>{names}</definedNames>")


def shared(strings: str, rows: str) -> bytes:
    sst = f'{HEAD}<sst xmlns="{MAIN}">{strings}</sst>'
    return one_sheet(
        rows,
        parts={"xl/sharedStrings.xml": sst},
        relations=relation(2, "sharedStrings.xml", "sharedStrings"),
    )


def many_shared_strings(count: int = 2_900_000) -> bytes:
    return shared("<si><t>a</t></si>" * count, row_of(1, HEADER))


def one_shared_string_everywhere() -> bytes:
    cells = "".join(
        f'<row r="{n}">'
        + "".join(f'<c r="{x}{n}" t="s"><v>0</v></c>' for x in LETTERS[:40])
        + "</row>"
        for n in range(1, 19_001)
    )
    return shared(f"<si><t>{'x' * 30_000}</t></si>", cells)


def many_runs(count: int = 3_000_000) -> bytes:
    return shared(f"<si>{'<r><t>a</t></r>' * count}</si>", row_of(1, HEADER))


def styled(styles: str) -> bytes:
    return one_sheet(
        row_of(1, HEADER),
        parts={"xl/styles.xml": f'{HEAD}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'},
        relations=relation(2, "styles.xml", "styles"),
    )


def many_styles(count: int = 2_500_000) -> bytes:
    formats = '<xf fontId="0"/>' * count
    return styled(f'<fonts><font><name val=".VnTime"/></font></fonts><cellXfs>{formats}</cellXfs>')


def many_fonts(count: int = 1_200_000) -> bytes:
    fonts = '<font><name val=".VnTime"/></font>' * count
    return styled(f"<fonts>{fonts}</fonts>")


def many_merges(count: int = 1_000_000) -> bytes:
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, count))
    return one_sheet(row_of(1, HEADER), f"<mergeCells>{merges}</mergeCells>")


def many_links(count: int = 1_200_000) -> bytes:
    links = '<hyperlink ref="A1" location="A1"/>' * count
    return one_sheet(row_of(1, HEADER), f"<hyperlinks>{links}</hyperlinks>")


def many_comments(count: int = 700_000) -> bytes:
    comments = '<comment ref="A1" authorId="0"><text><t>a</t></text></comment>' * count
    part = f'{HEAD}<comments xmlns="{MAIN}"><commentList>{comments}</commentList></comments>'
    return one_sheet(row_of(1, HEADER), parts={"xl/comments1.xml": part})


def many_rows(count: int = 900_000) -> bytes:
    return one_sheet(
        "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, count))
    )


def many_empty_cells(count: int = 4_500_000) -> bytes:
    return one_sheet('<row r="1">' + '<c r="A1"/>' * count + "</row>")


def many_entries(count: int = 45_000) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}", b"")
    return stream.getvalue()


def ods(tables: str) -> bytes:
    name = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = " ".join(f'xmlns:{one}="{name}{one}:1.0"' for one in ("office", "table", "text"))
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f"{HEAD}<office:document-content {spaces}><office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return stream.getvalue()


def ods_cells_of(texts: Iterable[str], repeat: str = "") -> list[str]:
    return [
        f"<table:table-cell{repeat}><text:p>{text}</text:p></table:table-cell>" for text in texts
    ]


def ods_cells(texts: Iterable[str]) -> str:
    return f"<table:table-row>{''.join(ods_cells_of(texts))}</table:table-row>"


def many_tables(count: int = 25_000) -> bytes:
    table = ods_cells(HEADER) * 2
    return ods(
        "".join(f'<table:table table:name="t{n}">{table}</table:table>' for n in range(count))
    )


def many_repeats() -> bytes:
    (cell,) = ods_cells_of(["Huyện"], ' table:number-columns-repeated="200"')
    row = f'<table:table-row table:number-rows-repeated="20000">{cell}</table:table-row>'
    return ods("".join(f'<table:table table:name="t{n}">{row}</table:table>' for n in range(90)))


def many_spans(count: int = 900_000) -> bytes:
    row = '<table:table-cell table:number-columns-spanned="2"/>' * count
    return ods(
        f'<table:table table:name="t"><table:table-row>{row}</table:table-row></table:table>'
    )


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def old_book(head: bytes, sheets: int, body: bytes) -> bytes:
    """A BIFF8 stream: `sheets` names, all of them of the one sheet that `body` holds."""
    begins = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 1997, 0, 6)) + record(
        0x42, b"\xb0\x04"
    )
    names = [f"{n:07}".encode() for n in range(sheets)]
    size = sum(4 + 8 + len(name) for name in names)
    start = len(begins) + len(head) + size + 4
    bounds = b"".join(
        record(0x85, struct.pack("<IBBBB", start, 0, 0, len(name), 0) + name) for name in names
    )
    sheet = (
        record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 1997, 0, 6)) + body + record(0x0A, b"")
    )
    return compound("Workbook", begins + head + bounds + record(0x0A, b"") + sheet)


def compound(name: str, content: bytes) -> bytes:
    """A compound file with one stream of any size its table's 109 sectors hold."""
    content = content.ljust(-(-max(len(content), 4096) // 512) * 512, b"\0")
    free, end, of_table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    sectors = len(content) // 512
    tables = next(n for n in range(1, 110) if n * 128 >= n + 1 + sectors)
    first = tables + 1
    table = [of_table] * tables + [end, *range(first + 1, first + sectors), end]
    table += [free] * (tables * 128 - len(table))
    header = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", *range(tables), *[free] * (109 - tables))

    def entry(title: str, kind: int, child: int, begins: int, size: int) -> bytes:
        written = (title + "\0").encode("utf-16-le") if title else b""
        stored = struct.pack("<HBBIII36xIQ", len(written), kind, 1, free, free, child, begins, size)
        return written.ljust(64, b"\0") + stored

    directory = entry("Root Entry", 5, 1, end, 0) + entry(name, 2, free, first, len(content))
    directory += entry("", 0, free, 0, 0) * 2
    return header + struct.pack(f"<{len(table)}I", *table) + directory + content


def labels(rows: int) -> bytes:
    cells = b""
    for row in range(rows):
        for column, text in enumerate(HEADER):
            place = struct.pack("<HHHHB", row, column, 0, len(text), 1)
            cells += record(0x0204, place + text.encode("utf-16-le"))
    return cells


def old_sheets_at_one_place(count: int = 20_000) -> bytes:
    return old_book(b"", count, labels(1000))


def old_strings(count: int) -> bytes:
    """A table of shared strings that claims `count` of them and holds none."""
    return old_book(record(0xFC, struct.pack("<II", count, count)), 1, labels(10))


def header_rows(rows: int, columns: int, sheets: int = 1) -> bytes:
    texts = [HEADER[n % len(HEADER)] for n in range(columns)]
    table = sheet_xml("".join(row_of(n, texts) for n in range(1, rows + 1)))
    return book(
        [(f"S{n}", f"rId{n}") for n in range(1, sheets + 1)],
        [f"worksheets/sheet{n}.xml" for n in range(1, sheets + 1)],
        {f"xl/worksheets/sheet{n}.xml": table for n in range(1, sheets + 1)},
    )


def two_headers_in_turn(rows: int) -> bytes:
    """Each row is the header of another table than the one before."""
    kinds = [HEADER, tuple(reversed(HEADER))]
    return one_sheet("".join(row_of(n, kinds[n % 2]) for n in range(1, rows + 1)))


def pages(count: int) -> bytes:
    """A header once more after every record."""
    record_row = ("Kẹo dừa", "HTX Dừa", "Càng Long", "75", "3 sao", "22/08/2022")
    rows = [
        row_of(n, HEADER if n % 2 else (f"{record_row[0]} {n}", *record_row[1:]))
        for n in range(1, count + 1)
    ]
    return one_sheet("".join(rows))


def largest(rows: int) -> bytes:
    """Records that are right, as many as may be."""
    place = ("HTX Dừa", "Huyện Càng Long", "75", "3 sao", "22/08/2022")
    rows_of = (row_of(n, (f"Kẹo dừa {n}", *place)) for n in range(2, rows + 1))
    return one_sheet(row_of(1, HEADER) + "".join(rows_of))


def pdf(count: int) -> bytes:
    """A PDF whose page tree names one page `count` times."""
    kids = b"3 0 R " * count
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj%sendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    data, begins = data + b"xref\n0 4\n0000000000 65535 f \n" + table, len(data)
    return data + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % begins


def _file(make: Callable[[], bytes], name: str) -> Callable[[], Sent]:
    return lambda: Sent(name, make())


def draft(content: dict[str, list[str]]) -> Callable[[], Sent]:
    body = {"place": "/records/recognition/new/", "version": None, "content": content}
    return lambda: Sent("", json.dumps(body).encode(), "/drafts/", "application/json")


HOSTILE: dict[str, Callable[[], Sent]] = {
    name: _file(make, ending)
    for name, ending, make in (
        ("sheets that are one part", "a.xlsx", sheets_at_one_part),
        ("relationships to one part", "a.xlsx", relations_to_one_part),
        ("relationships", "a.xlsx", many_relations),
        ("defined names", "a.xlsx", many_names),
        ("shared strings", "a.xlsx", many_shared_strings),
        ("one shared string everywhere", "a.xlsx", one_shared_string_everywhere),
        ("runs of a shared string", "a.xlsx", many_runs),
        ("cell formats", "a.xlsx", many_styles),
        ("fonts", "a.xlsx", many_fonts),
        ("merged ranges", "a.xlsx", many_merges),
        ("hyperlinks", "a.xlsx", many_links),
        ("comments", "a.xlsx", many_comments),
        ("rows", "a.xlsx", many_rows),
        ("cells without a value", "a.xlsx", many_empty_cells),
        ("entries of the archive", "a.xlsx", many_entries),
        ("tables of an ods", "a.ods", many_tables),
        ("repeated cells of an ods", "a.ods", many_repeats),
        ("spans of an ods", "a.ods", many_spans),
        ("sheets of an xls at one place", "a.xls", old_sheets_at_one_place),
        ("strings an xls claims", "a.xls", lambda: old_strings(0x7FFFFFFF)),
        ("empty lines of a text", "a.csv", lambda: b"\n" * 5_000_000),
        ("separators of a text", "a.csv", lambda: b"," * 5_000_000),
        ("separators of each line", "a.csv", lambda: (b"," * 25_000 + b"\n") * 200),
        ("quotes of a text", "a.csv", lambda: b'"' * 5_000_000),
        ("one long line of a text", "a.csv", lambda: b"a" * 5_000_000),
        ("rows of a text", "a.csv", lambda: b"a,b\n" * 1_200_000),
    )
}
HOSTILE |= {
    "names in a draft": draft({f"{n:06}" + "x" * 70: ["a"] for n in range(50_000)}),
    "long names in a draft": draft({f"{n}" + "x" * 1_000_000: ["a"] for n in range(5)}),
    "empty values in a draft": draft({"a": [""] * 1_000_000}),
}
ALLOWED: dict[str, Callable[[], Sent]] = {
    name: _file(make, "a.xlsx")
    for name, make in (
        ("header-like rows", lambda: header_rows(20_000, 6)),
        ("header-like rows, wide", lambda: header_rows(1_500, 200)),
        ("header-like rows, 90 sheets", lambda: header_rows(100, 50, 90)),
        ("two headers in turn", lambda: two_headers_in_turn(20_000)),
        ("header repeated on every page", lambda: pages(20_000)),
        ("20,000 records", lambda: largest(20_000)),
    )
}
