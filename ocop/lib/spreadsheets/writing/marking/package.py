"""The zip of an xlsx as parts that can be changed one by one (Open Packaging Conventions)."""

import io
import posixpath
import re
import zipfile
from typing import Any

from lxml import etree

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "[Content_Types].xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)

# An "xlsx" of the strict variant differs in its namespaces and in how DrawingML writes percent.
STRICT = b"http://purl.oclc.org/ooxml/"
STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", RELATIONSHIPS.encode()),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", MAIN.encode()),
    (
        b"http://purl.oclc.org/ooxml/drawingml/",
        b"http://schemas.openxmlformats.org/drawingml/2006/",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
)
PERCENT = re.compile(rb'="(-?\d+(?:\.\d+)?)%"')
CONFORMANCE = re.compile(rb'\sconformance="strict"')


class BrokenPackage(Exception):
    """A part that Excel's own files always have is missing or no XML."""


class Package:
    """Parts by name. `tree` parses one; trees handed out are written back by `saved`."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = {name: content for name, content in parts.items() if not name.endswith("/")}
        if any(STRICT in content for content in self.parts.values()):
            self._loosen()
        self.trees: dict[str, Any] = {}
        self.types = self.tree(TYPES)

    def _loosen(self) -> None:
        """The strict variant as the common one, which is what every program writes."""
        for name, content in self.parts.items():
            if not name.endswith((".xml", ".rels", ".vml")):
                continue
            if STRICT in content and b"drawingml" in content:
                content = PERCENT.sub(lambda m: b'="%d"' % round(float(m[1]) * 1000), content)
            for strict, common in STRICT_NAMES:
                content = content.replace(strict, common)
            self.parts[name] = CONFORMANCE.sub(b"", content)

    def tree(self, name: str) -> Any:
        """The root of a part's XML, to be read or changed."""
        if name not in self.trees:
            try:
                self.trees[name] = etree.fromstring(self.parts[name], PARSER)
            except (KeyError, etree.XMLSyntaxError) as problem:
                raise BrokenPackage(name) from problem
        return self.trees[name]

    def read(self, name: str) -> Any:
        """The root of a part's XML, only to be looked at: the part stays byte for byte."""
        return (
            self.trees[name] if name in self.trees else etree.fromstring(self.parts[name], PARSER)
        )

    def saved(self) -> bytes:
        for name, root in self.trees.items():
            self.parts[name] = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return stream.getvalue()

    # --- parts ----------------------------------------------------------------------------------

    def free_name(self, pattern: str) -> str:
        """The first of "xl/comments1.xml", "xl/comments2.xml" … that is not taken."""
        taken = {name.lower() for name in self.parts} | {name.lower() for name in self.trees}
        number = 1
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    def add(self, name: str, root: Any, content_type: str) -> None:
        """A new XML part."""
        self.trees[name] = root
        self.parts[name] = b""
        override = etree.SubElement(self.types, f"{{{PACKAGE}/content-types}}Override")
        override.set("PartName", f"/{name}")
        override.set("ContentType", content_type)

    def add_default(self, extension: str, content_type: str) -> None:
        """The content type of all parts with an extension, unless one is given already."""
        tag = f"{{{PACKAGE}/content-types}}Default"
        if any(d.get("Extension", "").lower() == extension for d in self.types.iter(tag)):
            return
        default = etree.Element(tag, Extension=extension, ContentType=content_type)
        self.types.insert(0, default)

    def remove(self, name: str) -> None:
        """A part with its relationships; whoever points to it has to be mended by the caller."""
        for gone in (name, relations_name(name)):
            self.parts.pop(gone, None)
            self.trees.pop(gone, None)
        for override in list(self.types):
            if override.get("PartName", "").lower() == f"/{name}".lower():
                self.types.remove(override)

    def retype(self, name: str, content_type: str) -> None:
        for override in self.types:
            if override.get("PartName", "").lower() == f"/{name}".lower():
                override.set("ContentType", content_type)

    # --- relationships --------------------------------------------------------------------------

    def relations(self, part: str) -> list[Any]:
        name = relations_name(part)
        return list(self.tree(name)) if name in self.parts else []

    def target(self, part: str, relation: Any) -> str:
        """The part a relationship of `part` leads to."""
        folder = posixpath.dirname(f"/{part}")
        joined = posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
        name = joined.lstrip("/")
        if name in self.parts:
            return name
        return next((own for own in self.parts if own.lower() == name.lower()), name)

    def related(self, part: str, kind: str) -> str | None:
        """The one part of a kind ("comments", "vmlDrawing") that `part` points to."""
        for relation in self.relations(part):
            if relation.get("Type", "").rpartition("/")[2] == kind:
                found = self.target(part, relation)
                return found if found in self.parts else None
        return None

    def relate(self, part: str, kind: str, target: str) -> str:
        """A new relationship; returns its id."""
        name = relations_name(part)
        if name not in self.parts:
            self.trees[name] = etree.Element(
                f"{{{PACKAGE}/relationships}}Relationships",
                nsmap={None: f"{PACKAGE}/relationships"},
            )
            self.parts[name] = b""
        root = self.tree(name)
        taken = {relation.get("Id") for relation in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        relation = etree.SubElement(root, f"{{{PACKAGE}/relationships}}Relationship")
        relation.set("Id", f"rId{number}")
        relation.set("Type", f"{RELATIONSHIPS}/{kind}")
        relation.set("Target", f"/{target}")
        return f"rId{number}"

    def unrelate(self, part: str, identifier: str) -> None:
        for relation in self.relations(part):
            if relation.get("Id") == identifier:
                relation.getparent().remove(relation)


def relations_name(part: str) -> str:
    folder, _slash, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def local(element: Any) -> str:
    """The tag without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Any, name: str) -> list[Any]:
    return [child for child in element if local(child) == name]


def child(element: Any, name: str) -> Any:
    """The first child of that name, None where there is none."""
    return next((each for each in element if local(each) == name), None)


def main_tag(name: str) -> str:
    return f"{{{MAIN}}}{name}"
