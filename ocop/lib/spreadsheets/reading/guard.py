"""What a file is, judged by its content, and whether it is safe to open. Nothing is parsed."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field

from ocop.lib.spreadsheets.reading.refusal import (
    MAX_ENTRIES,
    MAX_FILE_SIZE,
    MAX_UNPACKED_SIZE,
    FileRefused,
)

OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
ZIP_MAGIC = b"PK\x03\x04"
ENTRY_MAGIC = b"PK\x01\x02"
NO_TEXT_MAGICS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"PK")
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']*)["']""")
MACRO_PARTS = re.compile(r"(?i)(?:^|/)vbaproject\.bin$|^xl/macrosheets/|^(?:Basic|Scripts)/.")
MANIFEST = "META-INF/manifest.xml"
ODS_MIME = b"application/vnd.oasis.opendocument.spreadsheet"


@dataclass(slots=True)
class JudgedFile:
    """`kind`: xlsx, ods, xls or text; `parts`: the unpacked entries of a zip by name."""

    kind: str
    parts: dict[str, bytes] = field(default_factory=dict)


def judge_size(size: int) -> None:
    if size > MAX_FILE_SIZE:
        raise FileRefused("too_large", reason="file", limit=MAX_FILE_SIZE)
    if size == 0:
        raise FileRefused("unreadable", reason="empty")


def judge(data: bytes) -> JudgedFile:
    """The kind of an upload. Raises FileRefused for what is unsafe or no spreadsheet."""
    judge_size(len(data))
    if data.startswith(ZIP_MAGIC):
        return _judge_zip(data)
    if data.startswith(OLE_MAGIC):
        return _judge_ole(data)
    _judge_text(data)
    return JudgedFile("text")


def _judge_ole(data: bytes) -> JudgedFile:
    if _utf16("EncryptedPackage") in data or _utf16("EncryptionInfo") in data:
        raise FileRefused("unreadable", reason="password")
    if _utf16("_VBA_PROJECT") in data or _utf16("_VBA_PROJECT_CUR") in data:
        raise FileRefused("unreadable", reason="macros")
    if _utf16("Workbook") not in data and _utf16("Book") not in data:
        raise FileRefused("unreadable", reason="not_a_spreadsheet")
    return JudgedFile("xls")


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _judge_text(data: bytes) -> None:
    if data.startswith(NO_TEXT_MAGICS):
        raise FileRefused("unreadable", reason="not_a_spreadsheet")
    if data.startswith(BYTE_ORDER_MARKS):
        return
    if b"\0" in data or re.match(rb"(?:\xef\xbb\xbf)?\s*<[!?a-zA-Z]", data):
        # Web pages and old XML saved as .xls open in Excel, but are no table of text.
        raise FileRefused("unreadable", reason="not_a_spreadsheet")


def _judge_zip(data: bytes) -> JudgedFile:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            judge_entries(entries)
            parts = _unpack(archive, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as problem:
        raise FileRefused("unreadable", reason="damaged") from problem
    except (ValueError, UnicodeDecodeError) as problem:
        raise FileRefused("unreadable", reason="damaged") from problem
    # An encrypted part is noise: what the manifest says of it comes first.
    if b"encryption-data" in parts.get(MANIFEST, b""):
        raise FileRefused("unreadable", reason="password")
    for name, content in parts.items():
        _judge_part(name, content)
    return JudgedFile(_kind(parts), parts)


def judge_entries(entries: list[zipfile.ZipInfo]) -> None:
    """By the archive's directory alone."""
    if len(entries) > MAX_ENTRIES:
        raise FileRefused("too_large", reason="entries", limit=MAX_ENTRIES)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_SIZE:
        raise FileRefused("too_large", reason="unpacked", limit=MAX_UNPACKED_SIZE)
    names = {entry.filename.lower() for entry in entries}
    if len(names) < len(entries):
        # Two parts of one name: what is judged need not be what is read.
        raise FileRefused("unreadable", reason="damaged")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise FileRefused("unreadable", reason="password")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FileRefused("unreadable", reason="damaged")
        if MACRO_PARTS.search(entry.filename):
            raise FileRefused("unreadable", reason="macros")


def _unpack(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Every entry inflated with a bound: what the directory declares need not be true."""
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED_SIZE
    for entry in entries:
        with archive.open(entry) as stream:
            content = stream.read(left + 1)
            left -= len(content)
            if left < 0:
                raise FileRefused("too_large", reason="unpacked", limit=MAX_UNPACKED_SIZE)
        parts[entry.filename] = content
    return parts


def _judge_part(name: str, content: bytes) -> None:
    if name == "[Content_Types].xml" and b"macroEnabled" in content:
        raise FileRefused("unreadable", reason="macros")
    is_xml = name.lower().endswith((".xml", ".rels", ".vml")) or content.lstrip()[:1] == b"<"
    if not is_xml:
        return
    encoding = XML_ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    if content.startswith(BYTE_ORDER_MARKS) or b"\0" in content[:8]:
        raise FileRefused("unreadable", reason="damaged")
    if encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
        # The checks here read bytes: another encoding would hide from them.
        raise FileRefused("unreadable", reason="damaged")
    if DECLARATION.search(content):
        raise FileRefused("unreadable", reason="doctype")


def _kind(parts: dict[str, bytes]) -> str:
    if parts.get("mimetype", b"").strip() == ODS_MIME and "content.xml" in parts:
        return "ods"
    if "xl/workbook.xml" in parts:
        return "xlsx"
    raise FileRefused("unreadable", reason="not_a_spreadsheet")
