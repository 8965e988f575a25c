"""Notes of cells: their texts in the comments part, their boxes in the VML drawing beside it.

A note of ours stands between two lines of our own, after what the office wrote: so it is found
again, and only it is taken away.
"""

import re
from typing import Any

from lxml import etree

from ocop.lib.spreadsheets.reading import cell_name
from ocop.lib.spreadsheets.writing.marking.cells import LAST_COLUMN, CellPosition, Cells, place_of
from ocop.lib.spreadsheets.writing.marking.package import (
    RELATIONSHIPS,
    Package,
    child,
    children,
    local,
    main_tag,
)
from ocop.lib.spreadsheets.writing.marking.texts import excel_text

FIRST_LINE = "── Cần sửa ──"
LAST_LINE = "─────────────"
OUR_BLOCK = re.compile(rf"(?:\r?\n)*{FIRST_LINE}\r?\n.*?(?:\r?\n{LAST_LINE}|\Z)", re.S)
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
RELATION_ID = f"{{{RELATIONSHIPS}}}id"
MAX_NOTE_LENGTH = 32_000

NEW_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" '
    b'xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout></xml>'
)
SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
SHAPE = (
    '<v:shape id="_x0000_s{identifier}" type="#_x0000_t202" style="position:absolute;'
    "margin-left:59.25pt;margin-top:1.5pt;width:240pt;height:{height}pt;z-index:{order};"
    'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
END = re.compile(rb"</(?:\w+:)?xml\s*>\s*$")
IDMAP = re.compile(rb'<o:idmap\b[^>]*?\bdata="([^"]*)"')
NOTE_PLACE = re.compile(rb"<x:(Row|Column)>\s*(\d{1,7})\s*</x:(?:Row|Column)>")


class Notes:
    """The notes of one worksheet. `finish` writes the boxes that go with them."""

    def __init__(self, package: Package, sheet: str, cells: Cells, author: str) -> None:
        self.package, self.sheet, self.cells, self.author = package, sheet, cells, author
        self.part = package.related(sheet, "comments")
        self.list: Any = None
        self.by_place: dict[CellPosition, Any] = {}
        if self.part is not None:
            self._read(package.tree(self.part))

    def _read(self, root: Any) -> None:
        self.list = child(root, "commentList")
        for comment in children(self.list, "comment") if self.list is not None else ():
            if place := place_of(comment.get("ref", "").partition(":")[0]):
                self.by_place[place] = comment

    # --- taking away ----------------------------------------------------------------------------

    def is_ours(self, place: CellPosition) -> bool:
        comment = self.by_place.get(place)
        return comment is not None and FIRST_LINE in _text(comment)

    def take_away_ours(self) -> None:
        """Every note of ours; a comment in which nothing else stood goes with its box."""
        for place, comment in list(self.by_place.items()):
            if FIRST_LINE not in _text(comment):
                continue
            _cut(comment)
            if not _text(comment).strip():
                self.list.remove(comment)
                del self.by_place[place]

    # --- adding ---------------------------------------------------------------------------------

    def add(self, place: CellPosition, text: str) -> None:
        """A note at a cell, after the one that stands there already."""
        lines = excel_text(f"{FIRST_LINE}\n{text[:MAX_NOTE_LENGTH]}\n{LAST_LINE}")
        comment = self.by_place.get(place)
        if comment is None:
            self._make_part()
            comment = etree.SubElement(self.list, main_tag("comment"), ref=cell_name(*place))
            comment.set("authorId", str(self._author_number()))
            comment.set("shapeId", "0")
            self.by_place[place] = comment
        else:
            lines = f"\n{lines}"
        holder = child(comment, "text")
        if holder is None:
            holder = etree.SubElement(comment, main_tag("text"))
        _as_runs(holder)
        run = etree.SubElement(holder, main_tag("r"))
        etree.SubElement(run, main_tag("t"), {SPACE: "preserve"}).text = lines

    def _make_part(self) -> None:
        if self.list is not None:
            return
        if self.part is None:
            self.part = self.package.free_name("xl/comments{}.xml")
            root = etree.Element(main_tag("comments"), nsmap={None: main_tag("x")[1:-2]})
            etree.SubElement(root, main_tag("authors"))
            self.package.add(self.part, root, COMMENTS_TYPE)
            self.package.relate(self.sheet, "comments", self.part)
        self.list = etree.SubElement(self.package.tree(self.part), main_tag("commentList"))

    def _author_number(self) -> int:
        root = self.list.getparent()
        authors = child(root, "authors")
        if authors is None:
            authors = etree.Element(main_tag("authors"))
            root.insert(0, authors)
        names = [author.text or "" for author in children(authors, "author")]
        if self.author not in names:
            etree.SubElement(authors, main_tag("author")).text = excel_text(self.author)
            return len(names)
        return names.index(self.author)

    # --- their boxes ----------------------------------------------------------------------------

    def finish(self, first_block: int) -> int:
        """Boxes for all notes and for no others; returns how many blocks of ids that took."""
        if self.list is None:
            return 0
        legacy = self.cells.legacy_drawing()
        name = self._drawing(legacy)
        content = self.package.parts[name] if name else b""
        content, boxed = _without(content, set(self.by_place))
        missing = sorted(set(self.by_place) - boxed)
        if not missing and (not name or content == self.package.parts[name]):
            return 0
        texts = {place: _text(self.by_place[place]) for place in missing}
        content, blocks = _with_shapes(content, texts, first_block)
        self._put(name, content, legacy)
        return blocks

    def _drawing(self, legacy: Any) -> str | None:
        """The drawing that the sheet's own element names: pictures of its header have another."""
        identifier = legacy.get(RELATION_ID) if legacy is not None else None
        for relation in self.package.relations(self.sheet) if identifier else ():
            if relation.get("Id") == identifier:
                found = self.package.target(self.sheet, relation)
                return found if found in self.package.parts else None
        return None

    def _put(self, name: str | None, content: bytes, legacy: Any) -> None:
        if name is None:
            name = self.package.free_name("xl/drawings/vmlDrawing{}.vml")
            self.package.add_default("vml", VML_TYPE)
            relation = self.package.relate(self.sheet, "vmlDrawing", name)
            if legacy is not None:
                legacy.set(RELATION_ID, relation)
            else:
                self.cells.add_legacy_drawing(relation, RELATION_ID)
        self.package.parts[name] = content


def highest_block(package: Package) -> int:
    """The highest block of shape ids (1024 each) that any drawing of the workbook claims."""
    highest = 0
    for name, content in package.parts.items():
        if name.lower().endswith(".vml"):
            for data in IDMAP.findall(content):
                blocks = [int(b) for b in data.split(b",") if b.strip().isdigit() and len(b) < 6]
                highest = max(highest, *blocks, 0)
    return highest


def _with_shapes(content: bytes, texts: dict[CellPosition, str], block: int) -> tuple[bytes, int]:
    """The drawing with a box for each note, and how many blocks of ids they took."""
    if not END.search(content):
        content = NEW_DRAWING
    if not texts:
        return content, 0
    shapes = [] if b'id="_x0000_t202"' in content else [SHAPE_TYPE]
    identifier = block * 1024
    for order, (place, text) in enumerate(texts.items(), 1):
        identifier += 1
        if identifier % 1024 == 0:
            identifier += 1
        shapes.append(_shape(identifier, order, place, text))
    blocks = identifier // 1024 - block + 1
    claimed = ",".join(str(block + number) for number in range(blocks)).encode()
    if match := IDMAP.search(content):
        listed = b",".join(part for part in (match[1], claimed) if part)
        content = content[: match.start(1)] + listed + content[match.end(1) :]
    end = END.search(content)
    at = end.start() if end else len(content)
    return content[:at] + "".join(shapes).encode() + content[at:], blocks


def _shape(identifier: int, order: int, place: CellPosition, text: str) -> str:
    row, column = place[0] - 1, place[1] - 1
    lines = min(25, sum(1 + len(line) // 42 for line in text.split("\n")) + 1)
    # The right edge of a sheet has no room beside it.
    left = column + 1 if column + 5 < LAST_COLUMN else max(0, column - 5)
    top = max(0, row - 1) if row < 1_048_540 else row - lines - 2
    anchor = f"{left}, 15, {top}, 4, {left + 4}, 15, {top + lines}, 4"
    return SHAPE.format(
        identifier=identifier,
        order=order,
        anchor=anchor,
        row=row,
        column=column,
        height=15 * lines,
    )


def _without(content: bytes, columns_wanted: set[CellPosition]) -> tuple[bytes, set[CellPosition]]:
    """The drawing without the boxes of notes that are gone, and the places of those that stay."""
    parts_kept, boxed = [], set()
    at = 0
    while (start := content.find(b"<v:shape ", at)) >= 0:
        end = content.find(b"</v:shape>", start)
        if end < 0:
            break
        end += len(b"</v:shape>")
        shape = content[start:end]
        parts_kept.append(content[at:start])
        place = _place_of_note(shape)
        if place is None or place in columns_wanted:
            parts_kept.append(shape)
        if place in columns_wanted:
            boxed.add(place)
        at = end
    parts_kept.append(content[at:])
    return b"".join(parts_kept), {place for place in boxed if place}


def _place_of_note(shape: bytes) -> CellPosition | None:
    if b'ObjectType="Note"' not in shape:
        return None
    found = {name: int(digits) for name, digits in NOTE_PLACE.findall(shape)}
    return (found.get(b"Row", 0) + 1, found.get(b"Column", 0) + 1) if len(found) == 2 else None


# --- Texts of a comment ---------------------------------------------------------------------------


def _pieces(comment: Any) -> list[Any]:
    """The <t> elements of a comment, those of phonetic guides left out."""
    holder = child(comment, "text")
    if holder is None:
        return []
    found = children(holder, "t")
    return found + [t for run in children(holder, "r") for t in children(run, "t")]


def _text(comment: Any) -> str:
    return "".join(piece.text or "" for piece in _pieces(comment))


def _cut(comment: Any) -> None:
    """Take our block out of the comment's pieces, wherever they are parted."""
    match = OUR_BLOCK.search(_text(comment))
    while match:
        at = 0
        for piece in _pieces(comment):
            text = piece.text or ""
            first, last = max(0, match.start() - at), max(0, match.end() - at)
            at += len(text)
            piece.text = text[:first] + text[last:]
            run = piece.getparent()
            if not piece.text and local(run) == "r":
                run.getparent().remove(run)
        match = OUR_BLOCK.search(_text(comment))


def _as_runs(holder: Any) -> None:
    """A plain text as the first of several runs."""
    for plain in children(holder, "t"):
        run = etree.Element(main_tag("r"))
        holder.replace(plain, run)
        plain.set(SPACE, "preserve")
        run.append(plain)
