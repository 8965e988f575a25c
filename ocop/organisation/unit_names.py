"""Finding units by the names people write: "TX Duyên Hải", "xã Phú Cần", "P.9, TP Sa Đéc".

Names repeat (Phường 1 in two towns; a huyện and a thị xã Duyên Hải), so a name that fits more
than one unit is refused with the choices, never guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from ocop.lib.text import folded
from ocop.organisation.addresses import (
    COMMUNE_KINDS,
    DISTRICT_KINDS,
    ParsedName,
    bare_name,
    parse_name,
    parts_of,
)
from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit
from ocop.organisation.outside import PlacesOutside
from ocop.organisation.succession import Succession


class UnitNameError(Exception):
    """`code`: unknown_unit or ambiguous_unit; `choices` the units it could be; `near` a guess.

    `text` is the group row that names it, empty for what stands in the row's own cell.
    `districts`: where communes fit, the districts of the plan that they lie in, each once; one of
    them decides.
    """

    def __init__(
        self,
        code: str,
        choices: list[Unit] | None = None,
        near: str = "",
        text: str = "",
        districts: list[Unit] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.text = text
        self.choices = choices or []
        self.near = near
        self.districts = districts or []


@dataclass
class UnitNames:
    """An index of the districts and communes of the plans' area, read once per import."""

    districts: list[Unit] = field(default_factory=list)
    communes: dict[int, list[Unit]] = field(default_factory=dict)
    province_name: str = ""
    province_names: list[str] = field(default_factory=list)
    every: Mapping[int, Unit] = field(default_factory=dict)
    outside: PlacesOutside = field(default_factory=lambda: PlacesOutside((), ()))
    _groups: dict[str, Unit | UnitNameError | None] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "UnitNames":
        """Three queries. A commune made by the 2025 reform is found in each district it came of."""
        succession = Succession.read()
        names = cls([succession.units[pk] for pk in sorted(succession.planned)])
        names.every, others = succession.units, list[Unit]()
        for unit in succession.units.values():
            within = succession.districts_of(unit)
            if unit.level == UnitLevel.COMMUNE:
                for district in within:
                    names.communes.setdefault(district.pk, []).append(unit)
            if not within and unit.level != UnitLevel.PROVINCE:
                others.append(unit)
        provinces = [one.parent for one in names.districts if one.parent is not None]
        heirs = [
            succession.units[pk] for one in provinces for pk in succession.into.get(one.pk, ())
        ]
        names.province_name = provinces[0].name if provinces else ""
        names.province_names = sorted({one.name for one in (*provinces, *heirs)})
        names.outside = PlacesOutside(others, names.province_names)
        return names

    def district(self, text: str, commune: str = "") -> Unit:
        """The district called `text`; a commune's name decides between two of one name.

        Raises UnitNameError where none or several fit.
        """
        name = parse_name(text)
        fitting = [unit for unit in self.districts if _fits(unit, name)]
        if len(fitting) > 1 and commune:
            fitting = [unit for unit in fitting if self._communes(unit, commune)] or fitting
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise UnitNameError("ambiguous_unit", fitting)
        raise UnitNameError("unknown_unit", near=_near(text, self.districts))

    def commune(self, text: str, district: Unit, day: date | None = None) -> Unit:
        """The commune called `text` in a district; UnitNameError where none or several fit.

        Of an old and a new commune of one name the one that exists on `day` is meant; a name that
        no commune has on that day means the one that has borne it. Without a day it is the one of
        before the reform.
        """
        fitting = _on(self._communes(district, text), day, district)
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise UnitNameError("ambiguous_unit", fitting)
        raise UnitNameError("unknown_unit", near=_near(text, self.communes.get(district.pk, [])))

    def commune_anywhere(self, text: str, day: date | None = None) -> tuple[Unit, Unit]:
        """(commune, district) where only a commune is named: its district by succession.

        Raises UnitNameError where no commune has the name, and with the districts to choose from
        where several have it, or where the one lies across two of them.
        """
        fitting = [(unit, near) for near in self.districts for unit in self._communes(near, text)]
        existing = [(unit, near) for unit, near in fitting if day and unit.exists_on(day)]
        former = [(unit, near) for unit, near in fitting if unit.parent_id == near.pk]
        pairs = existing or former or fitting
        if len(pairs) == 1:
            return pairs[0]
        units = list(dict.fromkeys(unit for unit, _near in pairs))
        if units:
            districts = list(dict.fromkeys(near for _unit, near in pairs))
            raise UnitNameError("ambiguous_unit", units, districts=districts)
        every = [unit for units in self.communes.values() for unit in units]
        raise UnitNameError("unknown_unit", near=_near(text, every))

    def _communes(self, district: Unit, text: str) -> list[Unit]:
        units, parsed = self.communes.get(district.pk, []), parse_name(text)
        found = [unit for unit in units if _fits(unit, parsed)]
        if not found and parsed.kind and text.isascii():
            # "Phuong Thanh" without diacritics: perhaps no ward, but the name of a commune.
            whole = bare_name(text)
            found = [unit for unit in units if _fits(unit, whole)]
        return found

    def address(self, text: str, day: date | None = None) -> tuple[Unit | None, Unit]:
        """(commune, district) of an address such as "Ấp Chợ, xã Phú Cần, huyện Tiểu Cần".

        The units are those of `day`: since the reform commune and province suffice, the district
        follows by succession. The commune is None where the address names only the district.
        """
        parts = self._without_province(parts_of(text))
        if not parts:
            raise UnitNameError("unknown_unit")
        if not self._ends_with_district(parts, day):
            found = self._anywhere(parts, day)
            if found is not None:
                return found
        commune_text = parts[-2] if len(parts) > 1 else ""
        district = self.district(parts[-1], commune_text)
        if not commune_text:
            return None, district
        before = ", ".join(parts[:-1])
        return self.commune_within(before, district, day) or self.commune(
            commune_text, district, day
        ), district

    def _ends_with_district(self, parts: list[str], day: date | None) -> bool:
        """Whether the last part names a district. A bare name of one that has ended by `day`
        ("Cầu Kè") is the commune's of that day, unless a commune of the district stands before."""
        parsed = parse_name(parts[-1])
        fitting = [unit for unit in self.districts if _fits(unit, parsed)]
        if not fitting or day is None or parsed.kind:
            return bool(fitting)
        if any(unit.exists_on(day) for unit in fitting) or self.commune_in_parts(parts, fitting):
            return True
        return not any(
            unit.exists_on(day)
            for near in self.districts
            for unit in self._communes(near, parts[-1])
        )

    def commune_in_parts(self, parts: list[str], districts: list[Unit]) -> bool:
        return any(self._communes(near, part) for near in districts for part in parts[:-1])

    def _without_province(self, parts: list[str]) -> list[str]:
        """Without "tỉnh …" at the end, or the province's bare name that is not the town's.

        It is the town's where one of the town's own communes stands before it.
        """
        parts = [part for part in parts if parse_name(part).kind != "tinh"]
        if len(parts) < 2 or parse_name(parts[-1]) not in self._provinces():
            return parts
        towns = [unit for unit in self.districts if _fits(unit, parse_name(parts[-1]))]
        if any(self._former(town, part) for town in towns for part in parts[:-1]):
            return parts
        return parts[:-1]

    def _provinces(self) -> set[ParsedName]:
        return {ParsedName("", parse_name(name).name) for name in self.province_names}

    def _former(self, district: Unit, text: str) -> list[Unit]:
        """The district's own communes of that name, from before the reform."""
        return [unit for unit in self._communes(district, text) if unit.parent_id == district.pk]

    def _anywhere(self, parts: list[str], day: date | None) -> tuple[Unit, Unit] | None:
        """(commune, district) where an address names a commune and no district.

        By its kind; since the reform the last part may be its bare name. UnitNameError where
        communes of several districts have the name; None where none has.
        """
        for part in reversed(parts):
            last = part is parts[-1] and day is not None
            if parse_name(part).kind not in COMMUNE_KINDS and not (last and self._has(part, day)):
                continue
            try:
                return self.commune_anywhere(part, day)
            except UnitNameError as error:
                if error.code == "ambiguous_unit":
                    raise
        return None

    def _has(self, text: str, day: date | None) -> bool:
        """Whether a commune that the reform made, of this name, exists on `day`."""
        made = (unit for near in self.districts for unit in self._communes(near, text))
        return any(day is not None and unit.exists_on(day) and _is_made(unit) for unit in made)

    def commune_within(self, text: str, district: Unit, day: date | None = None) -> Unit | None:
        """The one commune of a district that an address names; None for none or several."""
        found = set()
        for part in parts_of(text):
            try:
                found.add(self.commune(part, district, day))
            except UnitNameError:
                continue
        return found.pop() if len(found) == 1 else None

    def commune_at_end(self, text: str, district: Unit, day: date | None = None) -> Unit | None:
        """The district's commune that an address ends with ("Ấp 5, xã Tân An"), if it does."""
        parts = self._without_province(parts_of(text))
        return self.commune_within(parts[-1], district, day) if parts else None

    def district_within(self, text: str) -> Unit | None:
        """The district an address names with its kind ("huyện Tiểu Cần"), if it names one."""
        for part in reversed(parts_of(text)):
            parsed = parse_name(part)
            fitting = [unit for unit in self.districts if _fits(unit, parsed)]
            if parsed.kind in DISTRICT_KINDS and len(fitting) == 1:
                return fitting[0]
        return None

    def elsewhere(self, text: str, district: Unit) -> bool:
        """True where a commune of that name lies in another district."""
        return any(self._communes(other, text) for other in self.districts if other != district)

    def group(self, text: str) -> Unit | None:
        """The district a group row names ("II. HUYỆN CÀNG LONG"); None where it names none.

        Raises UnitNameError where it plainly means a district, but not which one: the rows
        under it must not fall to the district before it.
        """
        if text not in self._groups:
            self._groups[text] = self._group(text)
        found = self._groups[text]
        if isinstance(found, UnitNameError):
            raise found
        return found

    def _group(self, text: str) -> Unit | UnitNameError | None:
        bare = re.sub(r"^\s*([IVXLC]+|\d+|[A-ZĐ])\s*[.)\-–:]+\s*", "", text)
        bare = re.sub(r"\s*[:(].*$", "", bare)
        parsed = parse_name(bare)
        try:
            return self.district(bare)
        except UnitNameError as error:
            key = f" {folded(text)} "
            named = [unit for unit in self.districts if f" {folded(unit.name)} " in key]
            if len(named) == 1:
                return named[0]
            near = error.near if not parsed.kind else ""
            if error.code == "ambiguous_unit" or parsed.kind in DISTRICT_KINDS or near:
                return UnitNameError(error.code, error.choices, near, text)
            return None


def _is_made(unit: Unit) -> bool:
    """Whether a commune came with the reform: it lies in a province, not in a district."""
    return unit.parent is None or unit.parent.level != UnitLevel.DISTRICT


def _on(units: list[Unit], day: date | None, district: Unit) -> list[Unit]:
    """Of communes of one name those that exist on `day`, else the district's own, else all."""
    existing = [unit for unit in units if day and unit.exists_on(day)]
    return existing or [unit for unit in units if unit.parent_id == district.pk] or units


def _fits(unit: Unit, parsed: ParsedName) -> bool:
    own = parse_name(unit.name)
    return own.name == parsed.name and parsed.kind in ("", own.kind)


def _near(text: str, units: list[Unit]) -> str:
    names = {parse_name(unit.name).name: unit.name for unit in units}
    close = get_close_matches(parse_name(text).name, names, n=1, cutoff=0.75)
    return names[close[0]] if close else ""
