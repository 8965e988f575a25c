"""How much a file names, counted in its bytes before any parser or process of its own is begun.

A few kilobytes may name a million sheets, strings or formats, and each is work for whoever reads
them. Parts are unpacked a piece at a time, and no further than to the piece that passes a limit.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import unquote
from xml.parsers import expat

from ocop.lib.spreadsheets.reading.biff import sheet_places
from ocop.lib.spreadsheets.reading.guard import (
    BYTE_ORDER_MARKS,
    ENTRY_MAGIC,
    OLE_MAGIC,
    ZIP_MAGIC,
    judge_entries,
    judge_size,
)
from ocop.lib.spreadsheets.reading.refusal import (
    MAX_CELLS_WRITTEN,
    MAX_COMMENTS,
    MAX_ENTRIES,
    MAX_FORMATS,
    MAX_LINES,
    MAX_LINKS,
    MAX_LIST_SIZE,
    MAX_MERGES,
    MAX_NAMES,
    MAX_RELATIONSHIPS,
    MAX_SEPARATORS,
    MAX_SHEETS,
    MAX_STRINGS,
    MAX_TAGS,
    MAX_UNPACKED_SIZE,
    FileRefused,
)

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
CONTENT, STRINGS, STYLES = "content.xml", "xl/sharedstrings.xml", "xl/styles.xml"
COMMENTS = re.compile(r"xl/(?:\w+/)?comments[^/]*\.xml")
PIECE = 1024 * 1024
TAG = (b"<",)
Rule = tuple[str, tuple[bytes, ...], int, int]
"""What is counted, the signs of it, the most of it, how many signs each of it may have."""

# Counting plain bytes takes a tenth of searching patterns. A sign may stand in a text as well, and
# a tag has an ending one: limits are far above what offices' workbooks hold.
ALL_TAGS: Rule = ("tags", TAG, MAX_TAGS, 1)
OF_ANY: tuple[Rule, ...] = (("strings", (b"<si", b":si"), MAX_STRINGS, 1), ALL_TAGS)
OF_SHEETS: tuple[Rule, ...] = (
    ("merges", (b"mergeCell",), MAX_MERGES, 2),
    ("links", (b"hyperlink",), MAX_LINKS, 2),
    ("written", (b"<c", b":c"), MAX_CELLS_WRITTEN, 1),
    ALL_TAGS,
)
OF_PARTS: Mapping[str, tuple[Rule, ...]] = {
    BOOK: (("names", TAG, MAX_NAMES, 2),),
    RELATIONS: (("relationships", TAG, MAX_RELATIONSHIPS, 2),),
    STYLES: (("formats", TAG, MAX_FORMATS, 4),),
    CONTENT: (
        ("sheets", (b"<table:table ", b"<table:table>"), MAX_SHEETS, 1),
        ("written", (b"<table:table-cell", b"<table:covered-table-cell"), MAX_CELLS_WRITTEN, 1),
        ("merges", (b"-spanned=",), MAX_MERGES, 2),
        ALL_TAGS,
    ),
}
OF_COMMENTS: tuple[Rule, ...] = (("comments", (b"authorId",), MAX_COMMENTS, 1),)


def check_limits(data: bytes) -> None:
    """Raises FileRefused for a file of more than any table of an office holds, or one whose
    sheets are one part; what kind of file it is otherwise is left to `guard.judge`."""
    judge_size(len(data))
    if data.startswith(ZIP_MAGIC):
        _in_archive(data)
    elif data.startswith(OLE_MAGIC):
        _in_old_workbook(data)
    else:
        _in_text(data)


def _refused(reason: str, limit: int) -> FileRefused:
    return FileRefused("too_large", reason=reason, limit=limit)


# --- xlsx and ods ---------------------------------------------------------------------------------


def _in_archive(data: bytes) -> None:
    if data.count(ENTRY_MAGIC) > 2 * MAX_ENTRIES:
        # An archive may hold others; but opening one takes time for each of its entries.
        raise _refused("entries", MAX_ENTRIES)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _in_parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as problem:
        raise FileRefused("unreadable", reason="damaged") from problem
    except (ValueError, expat.ExpatError) as problem:
        raise FileRefused("unreadable", reason="damaged") from problem


def _in_parts(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    judge_entries(entries)
    by_name = {entry.filename.lower(): entry for entry in entries}
    sheets: set[str] = set()
    if BOOK in by_name:
        for name in (BOOK, RELATIONS):
            if name in by_name:
                _count(archive, by_name[name], OF_PARTS[name])
        sheets = _sheet_parts(archive, by_name)
    left = MAX_UNPACKED_SIZE
    for name, entry in by_name.items():
        if rules := _rules_of(name, sheets):
            left -= _count(archive, entry, rules, left)


def _rules_of(name: str, sheets: set[str]) -> tuple[Rule, ...]:
    if name in sheets:
        return OF_SHEETS
    if COMMENTS.fullmatch(name):
        return OF_COMMENTS
    return OF_PARTS.get(name, OF_ANY if name.endswith(".xml") else ())


def _count(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    rules: tuple[Rule, ...],
    most: int = MAX_UNPACKED_SIZE,
) -> int:
    """The part's bytes; FileRefused at the first piece that passes a rule's limit."""
    found: Counter[str] = Counter()
    size = 0
    for piece in _pieces(archive, entry):
        size += len(piece)
        if size > most:
            raise _refused("unpacked", MAX_UNPACKED_SIZE)
        for what, signs, limit, each in rules:
            found[what] += sum(map(piece.count, signs))
            if found[what] > limit * each:
                raise _refused(what, limit)
    return size


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        while piece := stream.read(PIECE):
            yield piece


def _sheet_parts(archive: zipfile.ZipFile, by_name: Mapping[str, zipfile.ZipInfo]) -> set[str]:
    """Names, in small letters, of the parts that the workbook's sheets stand in.

    FileRefused where there are too many, where two sheets are one part, or one is not there.
    """
    sheets = _elements(archive, by_name.get(BOOK), "sheet", "sheets", MAX_SHEETS)
    related = _elements(
        archive, by_name.get(RELATIONS), "Relationship", "relationships", MAX_RELATIONSHIPS
    )
    places = {
        one.get("Id"): _place_of(one.get("Target", ""))
        for one in related
        if one.get("TargetMode") != "External"
    }
    of_sheets = [
        value for one in sheets for name, value in one.items() if name.rpartition(":")[2] == "id"
    ]
    parts = [places[to] for to in of_sheets if to in places]
    if len(set(parts)) < len(parts) or len(set(of_sheets)) < len(of_sheets):
        raise FileRefused("unreadable", reason="same_part")
    if not set(parts) <= by_name.keys():
        raise FileRefused("unreadable", reason="damaged")
    return set(parts)


def _place_of(target: str) -> str:
    path = posixpath.join("/xl", unquote(target).replace("\\", "/"))
    return posixpath.normpath(path).lstrip("/").lower()


def _elements(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo | None, names: str, what: str, most: int
) -> list[dict[str, str]]:
    """The attributes of each element of a name in a part whose tags have been counted;
    FileRefused at the first one that is too many."""
    found: list[dict[str, str]] = []
    if entry is None:
        return found
    if entry.file_size > MAX_LIST_SIZE:
        raise _refused("names", MAX_NAMES)

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == names:
            found.append(attributes)
            if len(found) > most:
                raise _refused(what, most)

    def declared(*_of: object) -> None:
        raise FileRefused("unreadable", reason="doctype")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = start, declared
    for piece in _pieces(archive, entry):
        parser.Parse(piece, False)
    parser.Parse(b"", True)
    return found


# --- xls and text files ---------------------------------------------------------------------------


def _in_old_workbook(data: bytes) -> None:
    places = sheet_places(data, MAX_SHEETS + 1)
    if len(places) > MAX_SHEETS:
        raise _refused("sheets", MAX_SHEETS)
    if len(set(places)) < len(places):
        raise FileRefused("unreadable", reason="same_part")


def _in_text(data: bytes) -> None:
    if data.startswith(BYTE_ORDER_MARKS):
        data = data.replace(b"\0", b"")
    if max(data.count(b"\n"), data.count(b"\r")) > MAX_LINES:
        raise _refused("lines", MAX_LINES)
    if max(map(data.count, (b",", b";", b"\t", b'"'))) > MAX_SEPARATORS:
        raise _refused("separators", MAX_SEPARATORS)
