"""The workbook part: which sheets there are, in which order, and what counts by their order."""

from dataclasses import dataclass
from typing import Any

from lxml import etree

from ocop.lib.spreadsheets.writing.marking.package import (
    BOOK_TYPE,
    RELATIONSHIPS,
    SHEET_TYPE,
    BrokenPackage,
    Package,
    child,
    children,
    main_tag,
)

BOOK = "xl/workbook.xml"
RELATION_ID = f"{{{RELATIONSHIPS}}}id"


@dataclass(frozen=True)
class WorkbookPart:
    """`part` is the entry that holds it; worksheets have cells, chart sheets have none."""

    name: str
    part: str
    element: Any
    is_worksheet: bool


class Book:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.root = package.tree(BOOK)
        self.holder = child(self.root, "sheets")
        if self.holder is None:
            raise BrokenPackage("sheets")
        # A template opens under the name of a workbook only if it says that it is one.
        package.retype(BOOK, BOOK_TYPE)

    def sheets(self) -> list[WorkbookPart]:
        relations = {each.get("Id"): each for each in self.package.relations(BOOK)}
        found = []
        for element in children(self.holder, "sheet"):
            relation = relations.get(element.get(RELATION_ID))
            if relation is None:
                raise BrokenPackage("sheet")
            part = self.package.target(BOOK, relation)
            kind = relation.get("Type", "").rpartition("/")[2]
            present = kind == "worksheet" and part in self.package.parts
            found.append(WorkbookPart(element.get("name", ""), part, element, present))
        return found

    def remove(self, sheet: WorkbookPart) -> None:
        """A sheet with its part, its own names and its place in the order."""
        place = children(self.holder, "sheet").index(sheet.element)
        self._renumber(place, 0)
        self.package.unrelate(BOOK, sheet.element.get(RELATION_ID))
        self.holder.remove(sheet.element)
        self.package.remove(sheet.part)
        self._drop_chain()

    def add_first(self, name: str, root: Any) -> None:
        """A new worksheet before all others, shown when the workbook opens."""
        part = self.package.free_name("xl/worksheets/sheet{}.xml")
        self.package.add(part, root, SHEET_TYPE)
        numbers = [int(e.get("sheetId", "0")) for e in children(self.holder, "sheet")]
        element = etree.Element(
            main_tag("sheet"), name=name, sheetId=str(max(numbers, default=0) + 1)
        )
        element.set(RELATION_ID, self.package.relate(BOOK, "worksheet", part))
        self._renumber(-1, 1)
        self.holder.insert(0, element)
        views = child(self.root, "bookViews")
        for view in children(views, "workbookView") if views is not None else ():
            view.set("activeTab", "0")
            view.attrib.pop("firstSheet", None)

    def _renumber(self, removed: int, added: int) -> None:
        """Names that belong to a sheet name it by its place in the order."""
        names = child(self.root, "definedNames")
        for each in children(names, "definedName") if names is not None else ():
            if (at := each.get("localSheetId")) is None:
                continue
            if int(at) == removed:
                names.remove(each)
            else:
                shift = added - (0 <= removed < int(at))
                each.set("localSheetId", str(int(at) + shift))
        if names is not None and not len(names):
            self.root.remove(names)

    def _drop_chain(self) -> None:
        """The order of calculation may name a sheet that is gone; Excel makes it anew."""
        for relation in self.package.relations(BOOK):
            if relation.get("Type", "").endswith("/calcChain"):
                self.package.remove(self.package.target(BOOK, relation))
                relation.getparent().remove(relation)
