"""Styles of cells: the same style with another fill, and which fill was there before.

A marked cell has one of many hardly different shades. Which fill a shade stands for is kept as a
cell with that fill on the sheet of marks: it goes through Excel and LibreOffice like any other
cell, and the shade travels with the marked cell when rows are moved or sorted.
"""

import copy
from typing import Any

from lxml import etree

from ocop.lib.spreadsheets.writing.marking.package import Package, child, children, main_tag

SHADES = 128
MAX_STYLES = 64_000
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
EMPTY = (
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    b"</styleSheet>"
)


def shade(is_warning: bool, number: int) -> str:
    """Light red for errors, light yellow for warnings; eyes do not tell the numbers apart."""
    down, up = number % 8, number // 8
    if is_warning:
        return f"FF{0xE9 - down:02X}{0xA3 + up:02X}"
    return f"FF{0xC4 - down:02X}{0xB9 + up:02X}"


OWN_SHADES = frozenset(shade(kind, number) for kind in (False, True) for number in range(SHADES))


class Styles:
    def __init__(self, package: Package, book: str) -> None:
        name = package.related(book, "styles")
        if name is None:
            name = package.free_name("xl/styles{}.xml")
            package.add(name, etree.fromstring(EMPTY), STYLES_TYPE)
            package.relate(book, "styles", name)
        self.root = package.tree(name)
        for kind in ("fonts", "fills", "cellXfs"):
            if child(self.root, kind) is None or not len(child(self.root, kind)):
                raise ValueError(kind)
        self.fonts, self.fills = child(self.root, "fonts"), child(self.root, "fills")
        self.xfs = child(self.root, "cellXfs")
        self._xfs = children(self.xfs, "xf")
        self._styled: dict[tuple[int, int], int] = {}
        self._solid: dict[str, int] = {}
        self._shades: dict[tuple[bool, int], str] = {}
        self.colours = {
            number: colour
            for number, fill in enumerate(children(self.fills, "fill"))
            if (colour := _solid_colour(fill)) in OWN_SHADES
        }
        """Fills in one of our own shades, from an earlier marking."""

    # --- fills ----------------------------------------------------------------------------------

    def fill_of(self, style: int) -> int:
        return int(self._xfs[style].get("fillId", "0")) if style < len(self._xfs) else 0

    def own_styles(self) -> dict[int, str]:
        """Styles whose fill is one of our shades, with the shade."""
        fills = [int(xf.get("fillId", "0")) for xf in self._xfs]
        return {
            style: self.colours[fill] for style, fill in enumerate(fills) if fill in self.colours
        }

    def marked(self, style: int, is_warning: bool) -> int:
        """The style `style` with the shade that stands for the fill it has."""
        colour = self._shade_for(is_warning, self.fill_of(style))
        return self.with_fill(style, self.solid(colour))

    def _shade_for(self, is_warning: bool, fill: int) -> str:
        if (is_warning, fill) not in self._shades:
            of_kind = sum(kind == is_warning for kind, _fill in self._shades)
            self._shades[is_warning, fill] = shade(is_warning, min(of_kind, SHADES - 1))
        return self._shades[is_warning, fill]

    def memory(self) -> list[tuple[str, int]]:
        """(shade, the fill it stands for) of every shade used, the last shade without its own."""
        found: dict[str, int] = {}
        for (_kind, fill), colour in self._shades.items():
            found[colour] = fill if colour not in found else 0
        return list(found.items())

    def solid(self, colour: str) -> int:
        """The fill of one colour."""
        if colour not in self._solid:
            fill = etree.SubElement(self.fills, main_tag("fill"))
            pattern = etree.SubElement(fill, main_tag("patternFill"), patternType="solid")
            etree.SubElement(pattern, main_tag("fgColor"), rgb=f"FF{colour}")
            etree.SubElement(pattern, main_tag("bgColor"), indexed="64")
            self._solid[colour] = self._counted(self.fills, "fill") - 1
        return self._solid[colour]

    # --- styles ---------------------------------------------------------------------------------

    def with_fill(self, style: int, fill: int) -> int:
        """The style that differs from `style` in its fill alone."""
        if (style, fill) not in self._styled:
            if len(self._xfs) >= MAX_STYLES:
                return style
            clone = copy.deepcopy(self._xfs[style if style < len(self._xfs) else 0])
            clone.set("fillId", str(fill))
            clone.set("applyFill", "1")
            self._styled[style, fill] = self.add(clone)
        return self._styled[style, fill]

    def add(self, xf: Any) -> int:
        self.xfs.append(xf)
        self._xfs.append(xf)
        self.xfs.set("count", str(len(self._xfs)))
        return len(self._xfs) - 1

    def plain(self, font: str = "", wrap: bool = False) -> int:
        """A style of our own: `font` is the inside of a <font>, of the default one if empty."""
        number = 0
        if font:
            written = etree.fromstring(f'<font xmlns="{main_tag("x")[1:-2]}">{font}</font>')
            self.fonts.append(written)
            number = self._counted(self.fonts, "font") - 1
        xf = etree.Element(main_tag("xf"))
        for name, value in (("numFmtId", 0), ("fontId", number), ("fillId", 0), ("borderId", 0)):
            xf.set(name, str(value))
        xf.set("xfId", "0")
        xf.set("applyFont", "1")
        xf.set("applyAlignment", "1")
        alignment = etree.SubElement(xf, main_tag("alignment"), vertical="top")
        if wrap:
            alignment.set("wrapText", "1")
        return self.add(xf)

    @staticmethod
    def _counted(parent: Any, name: str) -> int:
        """How many there are now; the `count` attribute has to agree."""
        number = len(children(parent, name))
        parent.set("count", str(number))
        return number


def _solid_colour(fill: Any) -> str:
    """ "FFC4B9" of a fill in one colour; empty for any other."""
    pattern = child(fill, "patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return ""
    front = child(pattern, "fgColor")
    return front.get("rgb", "")[-6:].upper() if front is not None else ""
