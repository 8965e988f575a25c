"""Finding units by the names people write: "TX Duyên Hải", "xã Phú Cần", "P.9, TP Trà Vinh".

Names repeat (Phường 1 in two towns; a huyện and a thị xã Duyên Hải), so a name that fits more
than one unit is refused with the choices, never guessed.
"""

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

from ocop.lib.text import folded
from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit, UnitSuccession

KINDS = {
    "thanh pho": "thanh pho",
    "tp": "thanh pho",
    "thi xa": "thi xa",
    "tx": "thi xa",
    "huyen": "huyen",
    "h": "huyen",
    "thi tran": "thi tran",
    "tt": "thi tran",
    "phuong": "phuong",
    "p": "phuong",
    "xa": "xa",
    "x": "xa",
    "tinh": "tinh",
}
KIND_PATTERN = re.compile(rf"^({'|'.join(sorted(KINDS, key=len, reverse=True))})(?=\s|\d)\s*(.+)$")


class UnitNameError(Exception):
    """`code`: unknown_unit or ambiguous_unit; `choices` the units it could be; `near` a guess."""

    def __init__(self, code: str, choices: list[Unit] | None = None, near: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.choices = choices or []
        self.near = near


@dataclass(frozen=True)
class Written:
    """A name taken apart: its kind ("huyen", "" where not written) and the bare folded name."""

    kind: str
    name: str


def written(text: str) -> Written:
    key = folded(text)
    match = KIND_PATTERN.match(key)
    if not match:
        return Written("", _number(key))
    return Written(KINDS[match[1]], _number(match[2]))


def _number(name: str) -> str:
    """Ward numbers without leading zero: "01" is "1"."""
    return str(int(name)) if name.isdigit() else name


@dataclass
class UnitNames:
    """An index of the districts and communes, read once per import."""

    districts: list[Unit] = field(default_factory=list)
    communes: dict[int, list[Unit]] = field(default_factory=dict)
    province_name: str = ""

    @classmethod
    def read(cls) -> "UnitNames":
        """Three queries. A commune made by the 2025 reform is found in each district it came of."""
        units = {unit.pk: unit for unit in Unit.objects.all()}
        names = cls([u for u in units.values() if u.level == UnitLevel.DISTRICT])
        if names.districts:
            names.province_name = units[names.districts[0].parent_id or 0].name
        for unit in units.values():
            if unit.level == UnitLevel.COMMUNE and unit.parent_id in units:
                unit.parent = units[unit.parent_id]
                names.communes.setdefault(unit.parent_id, []).append(unit)
        own = {pk: list(found) for pk, found in names.communes.items()}
        for old, new in UnitSuccession.objects.values_list("predecessor", "successor"):
            district, successor = units[old].parent_id, units[new]
            if district in own and successor not in names.communes[district]:
                names.communes[district].append(successor)
        return names

    def district(self, text: str, commune: str = "") -> Unit:
        """The district called `text`; a commune's name decides between two of one name.

        Raises UnitNameError where none or several fit.
        """
        asked = written(text)
        fitting = [unit for unit in self.districts if _fits(unit, asked)]
        if len(fitting) > 1 and commune:
            fitting = [unit for unit in fitting if self._communes(unit, commune)] or fitting
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise UnitNameError("ambiguous_unit", fitting)
        raise UnitNameError("unknown_unit", near=_near(text, self.districts))

    def commune(self, text: str, district: Unit) -> Unit:
        """The commune called `text` in a district; UnitNameError where none or several fit.

        Of an old and a new commune of one name the one as of before the reform is taken: a
        product keeps the place as recorded.
        """
        fitting = self._communes(district, text)
        former = [unit for unit in fitting if unit.parent_id == district.pk]
        fitting = former or fitting
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise UnitNameError("ambiguous_unit", fitting)
        raise UnitNameError("unknown_unit", near=_near(text, self.communes.get(district.pk, [])))

    def _communes(self, district: Unit, text: str) -> list[Unit]:
        asked = written(text)
        return [unit for unit in self.communes.get(district.pk, []) if _fits(unit, asked)]

    def address(self, text: str) -> tuple[Unit | None, Unit]:
        """(commune, district) of an address such as "Ấp Chợ, xã Phú Cần, huyện Tiểu Cần".

        The commune is None where the address names only the district.
        """
        parts = [part.strip() for part in re.split(r"[,;]| - ", text) if part.strip()]
        parts = [part for part in parts if written(part).kind != "tinh"]
        if not parts:
            raise UnitNameError("unknown_unit")
        commune_text = parts[-2] if len(parts) > 1 else ""
        district = self.district(parts[-1], commune_text)
        return (self.commune(commune_text, district) if commune_text else None), district

    def group(self, text: str) -> Unit | None:
        """The district a group row names ("II. HUYỆN CÀNG LONG"); None where it names none."""
        bare = re.sub(r"^\s*([IVXLC]+|\d+|[A-ZĐ])\s*[.)\-–:]+\s*", "", text)
        try:
            return self.district(re.sub(r"\s*[:(].*$", "", bare))
        except UnitNameError:
            return None


def _fits(unit: Unit, asked: Written) -> bool:
    own = written(unit.name)
    return own.name == asked.name and asked.kind in ("", own.kind)


def _near(text: str, units: list[Unit]) -> str:
    names = {written(unit.name).name: unit.name for unit in units}
    close = get_close_matches(written(text).name, names, n=1, cutoff=0.75)
    return names[close[0]] if close else ""
