"""Commune and district of a row: from their columns, an address, or the group row above."""

from collections.abc import Callable
from typing import Any

from ocop.imports.cells import Column
from ocop.imports.resource import Context, Row
from ocop.lib.spreadsheets.records import Record
from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit
from ocop.organisation.unit_names import UnitNameError


def resolve_place(row: Row, context: Context, columns: dict[str, Column]) -> None:
    """Put district and place (the commune, else the district) into row.found."""
    district = _district(row, context, columns)
    if district is None:
        return
    row.found["district"] = row.found["place"] = district
    if row["commune"]:
        row.found["place"] = _commune(row, context, columns["commune"], district) or district
    elif row.found.get("commune"):
        row.found["place"] = row.found["commune"]


def _district(row: Row, context: Context, columns: dict[str, Column]) -> Unit | None:
    """The row's own district; its address's; that of the nearest group row above naming one."""
    if row["district"]:
        district = _looked_up(
            row,
            context,
            columns["district"],
            lambda: context.units.district(row["district"], row["commune"] or ""),
        )
        if district is not None and row["address"]:
            _compare_address(row, context, columns["address"], district)
        return district
    if row["address"]:
        found = _looked_up(row, context, columns["address"], lambda: _by_address(row, context))
        if found is None:
            return None
        row.found["commune"], district = found
        return district
    return _looked_up(
        row, context, columns["district"], lambda: group_district(row.record, context)
    )


def _by_address(row: Row, context: Context) -> tuple[Unit | None, Unit]:
    """An address that names its commune only lies in the district of the group row above."""
    try:
        return context.units.address(row["address"])
    except UnitNameError:
        district = group_district(row.record, context)
        commune = district and context.units.commune_at_end(row["address"], district)
        if district is None or commune is None:
            raise
        return commune, district


def _compare_address(row: Row, context: Context, column: Column, district: Unit) -> None:
    """Beside a district's column an address gives the commune, and may not contradict."""
    named = context.units.district_within(row["address"])
    if named is not None and named != district:
        context.error(row, column, "conflict", because="two_places")
    else:
        row.found["commune"] = context.units.commune_within(row["address"], district)


def _commune(row: Row, context: Context, column: Column, district: Unit) -> Unit | None:
    try:
        return context.units.commune(row["commune"], district)
    except UnitNameError as error:
        details: dict[str, Any] = {"within": str(district), **_near(error, column)}
        if error.code == "unknown_unit" and context.units.elsewhere(row["commune"], district):
            details = {"because": "commune_elsewhere", "district": str(district)}
        context.error(row, column, error.code, choices=_listed(error.choices), **details)
        return None


def group_district(record: Record, context: Context) -> Unit | None:
    """UnitNameError where the nearest group row that means a district names none for certain."""
    groups = (context.units.group(text) for text in reversed(record.groups))
    return next((unit for unit in groups if unit is not None), None)


def under_a_district(record: Record, context: Context) -> bool:
    """True where a group row stands for the record's district, be it misspelt."""
    try:
        return group_district(record, context) is not None
    except UnitNameError:
        return True


def _looked_up(row: Row, context: Context, column: Column, look: Callable[[], Any]) -> Any:
    try:
        return look()
    except UnitNameError as error:
        # In an address or a group row only a part is meant: nothing can be put in its place.
        named = not error.text and column.key != "address"
        details = _near(error, column) if named else {"near": error.near}
        if error.text:
            details["value"] = error.text
        context.error(row, column, error.code, choices=_listed(error.choices), **details)
        return None


def _near(error: UnitNameError, column: Column) -> dict[str, Any]:
    if not error.near:
        return {}
    return {"near": error.near, "instead": {column.key: error.near}}


def _listed(units: list[Unit]) -> str:
    return ", ".join(str(unit) for unit in units)


# --- Names to choose from -------------------------------------------------------------------------


def district_names() -> list[str]:
    """Full names with their kind, as the import reads them without doubt."""
    return [str(unit) for unit in Unit.objects.districts()]


def commune_names() -> list[str]:
    """Names of the districts' communes, each once: the district of the row tells which is meant."""
    communes = Unit.objects.filter(level=UnitLevel.COMMUNE, parent__level=UnitLevel.DISTRICT)
    return list(dict.fromkeys(communes.order_by("name_sort").values_list("name", flat=True)))
