"""xlsx: what the raw XML of worksheets and styles says and calamine leaves out.

Bytes are searched rather than parsed: on most files one look tells that there is nothing to find.
"""

import re
from collections.abc import Mapping
from xml.etree import ElementTree  # judged before: no DOCTYPE, no entities

from ocop.lib.fonts import kind_of_font
from ocop.lib.spreadsheets.reading.biff import Marks
from ocop.lib.spreadsheets.reading.cells import CellError, parse_cell_name

ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
# A1 … GR20000: columns and rows inside the bounds.
NEAR_CELL = re.compile(
    rb"<(?:\w+:)?c\s+(?:[a-z]+=\"[^\"&<]*\"\s+)*?"
    rb"r=\"(?:[A-Z]|[A-F][A-Z]|G[A-R])(?:1?[0-9]{1,4}|20000)\""
)
MARKED_CELL = re.compile(rb"<(?:\w+:)?(?:f[\s/>]|c\s[^>]*\bt=[\"']e[\"'])")
WHOLE_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*?)?(?:/>|>(.*?)</(?:\w+:)?c\s*>)", re.S)
REFERENCE = re.compile(rb"\br=[\"']([A-Z]+[0-9]+)[\"']")
TYPE = re.compile(rb"\bt=[\"'](\w+)[\"']")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
CACHED = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)</")
START_OF_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*)?>")
STYLE = re.compile(rb"\bs=[\"']([0-9]+)[\"']")
ROW = re.compile(rb"<(?:\w+:)?row(\s[^>]*)?>")
ROW_NUMBER = re.compile(rb"\sr=[\"']([0-9]+)[\"']")
HIDDEN = re.compile(rb"\shidden=[\"'](?:1|true)[\"']")
OLD_FONT = re.compile(rb"[\"'](?:\.vn|vni[- ])", re.I)
FORMULA_SIGNS = (b"<f", b":f", b't="e"', b"t='e'")
# As nearly every program writes a cell; other elements of a worksheet that begin with a c.
PLAIN_NEAR_CELL = re.compile(rb"<c r=\"(?:[A-Z]|[A-F][A-Z]|G[A-R])(?:1?[0-9]{1,4}|20000)\"")
# A number, which no reader takes for a blank, below the last row that is read.
NUMBER_TOO_FAR = re.compile(
    rb"<c r=\"[A-Z]{1,3}(?:2(?!0000)[0-9]{4}|[3-9][0-9]{4}|[1-9][0-9]{5,6})\"(?: s=\"[0-9]+\")?>"
    rb"<v>[^<\s]"
)
NO_CELLS = (b"<col", b"<cf", b"<con")


def all_near(part: bytes) -> bool:
    """Whether each cell names a place inside the bounds; if not, a dense table is no option."""
    if b":c" not in part:
        others = sum(part.count(beginning) for beginning in NO_CELLS)
        if len(PLAIN_NEAR_CELL.findall(part)) == part.count(b"<c") - others:
            return True
    return len(ANY_CELL.findall(part)) == len(NEAR_CELL.findall(part))


def goes_too_far(part: bytes) -> bool:
    """Whether it is plain, without reading on, that a sheet has more rows than are read."""
    return NUMBER_TOO_FAR.search(part) is not None


def formula_marks(part: bytes) -> Marks:
    """A CellError where a formula failed or was saved without ever being worked out."""
    marks: Marks = {}
    if not any(sign in part for sign in FORMULA_SIGNS) or not MARKED_CELL.search(part):
        return marks
    for match in WHOLE_CELL.finditer(part):
        attributes, inner = match[1] or b"", match[2] or b""
        kind = TYPE.search(attributes)
        failed = kind is not None and kind[1] == b"e"
        if not failed and not FORMULA.search(inner):
            continue
        cached = CACHED.search(inner)
        # A formula that yields "" is kept as a text without characters: a blank, not a failure.
        if not failed and (cached or (kind and kind[1] == b"str")):
            continue
        reference = REFERENCE.search(attributes)
        place = parse_cell_name(reference[1].decode()) if reference else None
        if place:
            marks[place] = CellError(cached[1].decode(errors="replace") if cached else "")
    return marks


def hidden_rows(part: bytes) -> set[int]:
    """Rows hidden by hand or by a filter; one that names no number follows the one before."""
    found: set[int] = set()
    if b"hidden=" not in part:
        return found
    number = 0
    for match in ROW.finditer(part):
        attributes = match[1] or b""
        named = ROW_NUMBER.search(attributes)
        number = int(named[1][:9]) if named else number + 1
        if HIDDEN.search(attributes):
            found.add(number)
    return found


def old_fonts(styles: bytes) -> dict[int, str]:
    """Number of a cell format → kind, where its font is of before Unicode."""
    if not OLD_FONT.search(styles):
        return {}
    try:
        root = ElementTree.fromstring(styles)
    except ElementTree.ParseError:
        return {}
    kinds: list[str] = []
    found: dict[int, str] = {}
    for group in root:
        tag = group.tag.rpartition("}")[2]
        if tag == "fonts":
            kinds = [_kind_of(font) for font in group]
        elif tag == "cellXfs":
            for place, style in enumerate(group):
                number = style.get("fontId", "0")
                kind = kinds[int(number)] if number.isdecimal() and int(number) < len(kinds) else ""
                if kind:
                    found[place] = kind
    return found


def _kind_of(font: ElementTree.Element) -> str:
    names = [each.get("val", "") for each in font if each.tag.rpartition("}")[2] == "name"]
    return kind_of_font(names[0]) if names else ""


def cells_in_fonts(part: bytes, fonts: Mapping[int, str]) -> dict[tuple[int, int], str]:
    """(row, column) → kind of the cells whose format is one of `fonts`; 0 is the default."""
    found: dict[tuple[int, int], str] = {}
    if not fonts:
        return found
    for match in START_OF_CELL.finditer(part):
        attributes = match[1] or b""
        style = STYLE.search(attributes)
        kind = fonts.get(int(style[1][:9]) if style else 0)
        reference = REFERENCE.search(attributes) if kind else None
        place = parse_cell_name(reference[1].decode()) if reference else None
        if kind and place:
            found[place] = kind
    return found
