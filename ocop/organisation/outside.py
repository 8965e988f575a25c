"""Places on record that lie outside the area of the plans, by the names people write."""

from collections.abc import Iterable
from datetime import date

from ocop.organisation.addresses import DISTRICT_KINDS, ParsedName, parse_name, parts_of
from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit


class PlacesOutside:
    """The districts and communes outside the area; `own` are the names of the area's provinces.

    Some communes bear the name of one that lies, or lay before the reform, within the area.
    """

    def __init__(self, units: Iterable[Unit], own: Iterable[str]) -> None:
        self._units = [(unit, parse_name(unit.name)) for unit in units]
        self._names = {name for _unit, name in self._units}
        self._bare = {name.name for name in self._names if not name.name.isdigit()}
        self._own = {parse_name(name).name for name in own}

    def named_by(self, text: str) -> bool:
        """Whether a place that is none of the area's units names one of the others: by its kind
        ("Phường Long Châu", "huyện Mang Thít"), as a bare name alone, or another province."""
        named = [parse_name(part) for part in parts_of(text)]
        if len(named) == 1 and named[0].kind == "" and named[0].name in self._bare:
            return True
        return any(self._is_outside(name) for name in named)

    def _is_outside(self, name: ParsedName) -> bool:
        if name.kind == "tinh":
            # "tỉnh … (cũ)" is the province's own too.
            return not any(f"{name.name} ".startswith(f"{own} ") for own in self._own)
        numbered = name.name.isdigit() and name.kind not in DISTRICT_KINDS
        return not numbered and name.kind != "" and name in self._names

    def has_commune(self, text: str, day: date) -> bool:
        """Whether a name, with or without its kind, is that of a commune that exists on `day`."""
        wanted = parse_name(text)
        return any(
            wanted.name == name.name and wanted.kind in ("", name.kind)
            for unit, name in self._units
            if unit.level == UnitLevel.COMMUNE and unit.exists_on(day)
        )
