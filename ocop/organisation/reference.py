"""Units and agencies out of the reference files."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from ocop.db.reference_data import (
    LOADED,
    ReferenceLoader,
    bad_data,
    read_day,
    read_fixture,
    reading,
)
from ocop.organisation.choices import Share, UnitLevel
from ocop.organisation.models import Agency, InstallationFact, Unit, UnitSuccession

PROVINCES = ("units", "units-83", "units-86")
"""The files of the three provinces that were merged, as they were until 30/6/2025."""
CHANGES = "units-2025"


def load_units(loader: ReferenceLoader) -> None:
    """Three provinces with their districts and communes, and what became of them in 2025.

    BadReferenceData names file and line of what cannot be: a code twice, a commune that is made
    of unknown ones, one that went nowhere.
    """
    changes = read_fixture(CHANGES)
    area = _Area(loader, changes["mergers"], changes["reform"])
    for name in PROVINCES:
        area.load_province(name)
    area.load_mergers()
    area.load_reform()
    area.drop_former()


def _recorded() -> set[tuple[int, int]]:
    return set(UnitSuccession.objects.values_list("predecessor", "successor"))


@dataclass
class _Area:
    """The communes of before the reform by their codes, while files are read."""

    loader: ReferenceLoader
    mergers: dict[str, Any]
    reform: dict[str, Any]
    provinces: dict[str, Unit] = field(default_factory=dict)
    communes: dict[str, Unit] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    written: set[tuple[int, int]] = field(default_factory=set)
    recorded: set[tuple[int, int]] = field(default_factory=_recorded)

    def load_province(self, name: str) -> None:
        book, eve = read_fixture(name), _eve(self.reform)
        first = date.fromisoformat(book["valid_from"])
        merged = {code for code, _ in self.mergers["into"]}

        def put(code: str, level: str, unit_name: str, parent: Unit | None, last: date) -> Unit:
            if code in self.codes or not (code and unit_name):
                raise bad_data(name, code, f"{code} {unit_name}")
            self.codes.add(code)
            values = {"level": level, "name": unit_name, "parent": parent, "valid_to": last}
            return self._put(code, first, values)

        top = book["province"]
        province = put(top["code"], UnitLevel.PROVINCE, top["name"], None, eve)
        self.provinces[province.code] = province
        for row in book["districts"]:
            district = put(row["code"], UnitLevel.DISTRICT, row["name"], province, eve)
            for code, commune in row["communes"]:
                last = _eve(self.mergers) if code in merged else eve
                self.communes[code] = put(code, UnitLevel.COMMUNE, commune, district, last)

    def _put(self, code: str, first: date, values: dict[str, Any]) -> Unit:
        unit: Unit = self.loader.put(Unit, {"code": code, "valid_from": first}, values)
        return unit

    def load_mergers(self) -> None:
        day = date.fromisoformat(self.mergers["effective_on"])
        for old, new in self.mergers["into"]:
            self._succeed(self._commune(old), self._commune(new), day)

    def load_reform(self) -> None:
        """Districts end without successor; communes become those of the merged province."""
        day = date.fromisoformat(self.reform["effective_on"])
        top = self.reform["province"]
        values = {"level": UnitLevel.PROVINCE, "name": top["name"]}
        province = self._put(top["code"], day, values | {"parent": None, "valid_to": None})
        for code in top["from"]:
            if code not in self.provinces:
                raise bad_data(CHANGES, code, code)
            self._succeed(self.provinces[code], province, day)
        values = {"level": UnitLevel.COMMUNE, "parent": province, "valid_to": None}
        went: set[str] = set()
        made: set[str] = set()
        for row in self.reform["communes"]:
            if row["code"] in made:
                raise bad_data(CHANGES, row["code"], row["name"])
            made.add(row["code"])
            commune = self._put(row["code"], day, values | {"name": row["name"]})
            for share, codes in ((Share.WHOLE, row["from"]), (Share.PART, row.get("part_of", ()))):
                for code in codes:
                    self._succeed(self._commune(code), commune, day, share)
                    went.add(code)
        self._check_all_went(went, _eve(self.reform))

    def _check_all_went(self, went: set[str], eve: date) -> None:
        for code, commune in self.communes.items():
            if commune.valid_to == eve and code not in went:
                raise bad_data(CHANGES, code, str(commune))

    def _commune(self, code: str) -> Unit:
        if code not in self.communes:
            raise bad_data(CHANGES, code, code)
        return self.communes[code]

    def _succeed(
        self, predecessor: Unit, successor: Unit, day: date, share: str = Share.WHOLE
    ) -> None:
        """One that an administrator took away stays away."""
        pair = {"predecessor_id": predecessor.pk, "successor_id": successor.pk}
        self.written.add((predecessor.pk, successor.pk))
        if (predecessor.pk, successor.pk) in self.recorded or not _of_the_files(pair):
            return
        succession: Any = UnitSuccession(**pair, effective_on=day, share=share)
        succession._change_reason = LOADED
        succession.save()

    def drop_former(self) -> None:
        """What the files said before of units of theirs and say no more."""
        loaded = (*self.provinces.values(), *self.communes.values())
        days = [one["effective_on"] for one in (self.mergers, self.reform)]
        found = UnitSuccession.objects.filter(predecessor__in=loaded, effective_on__in=days)
        for one in found:
            pair = (one.predecessor_id, one.successor_id)
            names = dict(zip(("predecessor_id", "successor_id"), pair, strict=True))
            if pair not in self.written and _of_the_files(names):
                one._change_reason = LOADED  # type: ignore[attr-defined]
                one.delete()


def _of_the_files(pair: dict[str, int]) -> bool:
    """Whether nobody but the files had the last word about a succession."""
    rows = UnitSuccession.history.order_by("history_id")
    known = rows.filter(**pair).last()
    # The same row may have been turned to other units since.
    return known is None or rows.filter(id=known.id).last().history_change_reason == LOADED


def _eve(change: dict[str, Any]) -> date:
    return date.fromisoformat(change["effective_on"]) - timedelta(days=1)


AGENCIES_AT_FIRST = ("name", "kind", "unit")
"""What the file of agencies gave before it said more of them."""


def load_agencies(loader: ReferenceLoader) -> None:
    """Agencies with their successors, which are put before what they succeed.

    A unit's code borne by two one after the other is that of the later one.
    """
    units = {unit.code: unit for unit in Unit.objects.exclude(level=UnitLevel.COMMUNE)}
    rows = {row["code"]: row for row in read_fixture("agencies")}
    loaded: dict[str, Agency | None] = {}

    def load(code: str) -> Agency | None:
        if code not in loaded:
            row, loaded[code] = rows[code], None
            with reading(row):
                loaded[code] = loader.put(
                    Agency, {"code": code}, _values_of_agency(row), AGENCIES_AT_FIRST
                )
        return loaded[code]

    def _values_of_agency(row: dict) -> dict[str, Any]:
        successor = load(row["successor"]) if row.get("successor") else None
        if row.get("successor") and successor is None:
            raise ValueError(_("The successors go round in a circle."))
        return {
            "name": row["name"],
            "kind": row["kind"],
            "unit": units[row["unit"]] if row.get("unit") else None,
            "valid_from": read_day(row.get("valid_from")),
            "valid_to": read_day(row.get("valid_to")),
            "successor": successor,
            "source": row.get("source", ""),
        }

    for code in rows:
        load(code)


def load_site(loader: ReferenceLoader) -> None:
    """What the site is called and whose it is."""
    for name, value in read_fixture("site").items():
        loader.put(InstallationFact, {"name": name}, {"value": value})
