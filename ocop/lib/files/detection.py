"""What kind of file it is, told from its first bytes; and what hides after its end."""

import io
import re
import zipfile

from ocop.lib.files.refusal import JPEG, MAX_TRAILING, PDF, PNG, WEBP, FileRefused

PNG_START = b"\x89PNG\r\n\x1a\n"
HEAD = 4096
# A scanner may put a byte order mark or a line break before the PDF's own first line.
PDF_START = re.compile(rb"\A(?:\xef\xbb\xbf)?[\s\0]{0,16}%PDF-\d")
WEB = re.compile(rb"<(?:!doctype|html|head|body|script|svg|\?xml|\?php|iframe)", re.I)
HIDDEN = re.compile(rb"%PDF-|PK\x03\x04|PK\x05\x06|<(?:!doctype|html|script|svg|\?php)", re.I)
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
OTHERS = (
    ("archive", (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")),
    ("office", (b"\xd0\xcf\x11\xe0", b"{\\rtf")),
    ("program", (b"MZ", b"\x7fELF", b"#!")),
    ("other_image", (b"GIF8", b"BM", b"II*\0", b"MM\0*", b"8BPS")),
)
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"}


def content_type_of(data: bytes) -> str:
    """One of the four content types; FileRefused for anything else. The name is never asked."""
    if not data:
        raise FileRefused("empty")
    if PDF_START.match(data[:HEAD]):
        return PDF
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(PNG_START):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    raise FileRefused(_other_kind(data))


def _other_kind(data: bytes) -> str:
    head = data[:HEAD]
    if head.startswith(b"PK"):
        office = b"[Content_Types].xml" in data or b"mimetypeapplication/vnd" in head
        return "office" if office else "archive"
    for reason, starts in OTHERS:
        if head.startswith(starts):
            return reason
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return "heic"
    return "web" if WEB.search(head) else "unknown"


def check_trailing_data(data: bytes, content_type: str) -> None:
    """FileRefused where the file is cut off, or another one hides behind its end."""
    end = ENDS[content_type](data)
    rest = data[end:]
    if len(rest.strip(b"\0\r\n\t ")) > MAX_TRAILING or HIDDEN.search(rest):
        raise FileRefused("appended")
    if _opens_as_archive(data):
        raise FileRefused("appended")


def _opens_as_archive(data: bytes) -> bool:
    """An archive is read from its end and may lie anywhere before it: in a JPEG's comment, or
    ahead of one more %%EOF. Only a table of contents that holds together counts, since the bytes
    of its marks occur by chance in any large scan."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return bool(archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def _end_of_pdf(data: bytes) -> int:
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise FileRefused("damaged")
    return end + 5


def _end_of_png(data: bytes) -> int:
    place = len(PNG_START)
    while place + 12 <= len(data):
        kind = data[place + 4 : place + 8]
        place += 12 + int.from_bytes(data[place : place + 4], "big")
        if kind == b"IEND" and place <= len(data):
            return place
    raise FileRefused("damaged")


def _end_of_webp(data: bytes) -> int:
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise FileRefused("damaged")
    return end


def _end_of_jpegs(data: bytes) -> int:
    """Cameras put a second picture (a preview, a brightness map) right behind the first."""
    end = _end_of_jpeg(data, 0)
    for _second in range(4):
        start = end
        while data[start : start + 1] == b"\0":
            start += 1
        if not data.startswith(b"\xff\xd8\xff", start):
            break
        end = _end_of_jpeg(data, start)
    return end


def _end_of_jpeg(data: bytes, start: int) -> int:
    place = start + 2
    while found := MARKER.search(data, place):
        marker = data[found.start() + 1]
        if marker == 0xD9:
            return found.end()
        place = found.end()
        if marker != 0x01:
            # Skipping each segment by its length passes over the preview inside the camera's notes.
            place += int.from_bytes(data[place : place + 2], "big")
    raise FileRefused("damaged")


ENDS = {PDF: _end_of_pdf, JPEG: _end_of_jpegs, PNG: _end_of_png, WEBP: _end_of_webp}
