"""xlsx: the web addresses behind cells, by hyperlink or by the formula HYPERLINK.

Only addresses of the web: nobody is led to a script or a file by what an office types in.
"""

import html
import posixpath
import re
from collections.abc import Iterator, Mapping

from ocop.lib.spreadsheets.reading.cells import parse_cell_name
from ocop.lib.spreadsheets.reading.refusal import MAX_TEXTS_SIZE, FileRefused
from ocop.lib.spreadsheets.reading.worksheet_xml import REFERENCE, WHOLE_CELL

MAX_ADDRESS_LENGTH = 4_000
"""Excel's own limit is 2,079; a longer one is none."""
WEB = re.compile(r"https?://[^\s\"<>]+", re.I)
TAG = re.compile(rb"<(?:\w+:)?(?:hyperlink|Relationship)(\s[^>]*?)/?>")
ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
FORMULA_TEXT = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>([^<]*)</")
# Its first argument alone and literal: of what is put together nobody knows the result.
HYPERLINK = re.compile(r"\s*HYPERLINK\s*\(\s*\"((?:[^\"]|\"\")*)\"\s*[,;)]", re.I)
Links = dict[tuple[int, int], str]


def web_address(text: str) -> str:
    """The text where it is an address of the web, else ""."""
    text = text.strip()
    return text if len(text) <= MAX_ADDRESS_LENGTH and WEB.fullmatch(text) else ""


def hyperlinks(part: bytes, name: str, parts: Mapping[str, bytes]) -> Links:
    """(row, column) → address behind it, of the worksheet `part` that is the entry `name`.

    How many there may be is bounded before (`limits`); FileRefused where they are too long.
    """
    found: Links = {}
    if b"HYPERLINK" in part:
        found |= _of_formulas(part)
    if b"hyperlink " in part:
        found |= _of_elements(part, _targets(name, parts))
    if sum(map(len, found.values())) > MAX_TEXTS_SIZE:
        raise FileRefused("too_large", reason="texts", limit=MAX_TEXTS_SIZE)
    return found


def _of_elements(part: bytes, targets: Mapping[str, str]) -> Links:
    found: Links = {}
    for one in _tags(part):
        address = next(
            (targets[v] for k, v in one.items() if k.endswith(":id") and v in targets), ""
        )
        # Of a range its first cell holds the text.
        place = parse_cell_name(one.get("ref", "").partition(":")[0])
        if place and address:
            found[place] = address
    return found


def _targets(name: str, parts: Mapping[str, bytes]) -> dict[str, str]:
    folder, file = posixpath.split(name)
    relations = parts.get(f"{folder}/_rels/{file}.rels", b"")
    targets = {one.get("Id", ""): web_address(one.get("Target", "")) for one in _tags(relations)}
    return {key: address for key, address in targets.items() if address}


def _tags(part: bytes) -> Iterator[dict[str, str]]:
    for tag in TAG.finditer(part):
        yield {
            match[1].decode(): html.unescape((match[2] or match[3] or b"").decode(errors="replace"))
            for match in ATTRIBUTE.finditer(tag[1])
        }


def _of_formulas(part: bytes) -> Links:
    found: Links = {}
    for cell in WHOLE_CELL.finditer(part):
        formula = FORMULA_TEXT.search(cell[2] or b"")
        if formula is None:
            continue
        literal = HYPERLINK.match(html.unescape(formula[1].decode(errors="replace")))
        reference = REFERENCE.search(cell[1] or b"")
        place = parse_cell_name(reference[1].decode()) if literal and reference else None
        if literal and place and (address := web_address(literal[1].replace('""', '"'))):
            found[place] = address
    return found
