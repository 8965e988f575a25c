"""Units and agencies out of the reference files."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from ocop.db.reference_data import ReferenceLoader, read_day, read_fixture, reading
from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Agency, Unit, UnitSuccession


def load_units(loader: ReferenceLoader) -> None:
    """The province with its districts and communes, and what became of them in 2025."""
    book = read_fixture("units")
    changes = read_fixture("units-2025")
    mergers, reform = changes["mergers"], changes["reform"]
    first = date.fromisoformat(book["valid_from"])
    eve = {
        name: date.fromisoformat(part["effective_on"]) - timedelta(days=1)
        for name, part in changes.items()
    }
    merged = {code for code, _ in mergers["into"]}

    def put(code: str, level: str, name: str, parent: Unit | None, last: date) -> Unit:
        return loader.put(
            Unit,
            {"code": code, "valid_from": first},
            {"level": level, "name": name, "parent": parent, "valid_to": last},
        )

    top = book["province"]
    province = put(top["code"], UnitLevel.PROVINCE, top["name"], None, eve["reform"])
    communes: dict[str, Unit] = {}
    for row in book["districts"]:
        district = put(row["code"], UnitLevel.DISTRICT, row["name"], province, eve["reform"])
        for code, name in row["communes"]:
            last = eve["mergers"] if code in merged else eve["reform"]
            communes[code] = put(code, UnitLevel.COMMUNE, name, district, last)
    for old, new in mergers["into"]:
        _succeed(communes[old], communes[new], date.fromisoformat(mergers["effective_on"]))
    _load_reform(loader, reform, province, communes)


def _load_reform(
    loader: ReferenceLoader, reform: dict, old: Unit, communes: dict[str, Unit]
) -> None:
    """Districts end without successor; communes become those of the merged province."""
    day = date.fromisoformat(reform["effective_on"])
    top = reform["province"]
    province = loader.put(
        Unit,
        {"code": top["code"], "valid_from": day},
        {"level": UnitLevel.PROVINCE, "name": top["name"], "parent": None, "valid_to": None},
    )
    _succeed(old, province, day)
    for row in reform["communes"]:
        commune = loader.put(
            Unit,
            {"code": row["code"], "valid_from": day},
            {
                "level": UnitLevel.COMMUNE,
                "name": row["name"],
                "parent": province,
                "valid_to": None,
            },
        )
        for code in row["from"]:
            _succeed(communes[code], commune, day)


def _succeed(predecessor: Unit, successor: Unit, day: date) -> None:
    UnitSuccession.objects.get_or_create(
        predecessor=predecessor, successor=successor, defaults={"effective_on": day}
    )


AGENCIES_AT_FIRST = ("name", "kind", "unit")
"""What the file of agencies gave before it said more of them."""


def load_agencies(loader: ReferenceLoader) -> None:
    """Agencies with their successors, which are put before what they succeed."""
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
