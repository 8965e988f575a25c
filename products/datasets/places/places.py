"""Commune and district of a row: from their columns, an address, or the group row above."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ocop.imports.columns import Column
from ocop.imports.datasets import ImportContext, ImportRow
from ocop.imports.findings import kinds, same
from ocop.lib.spreadsheets.tables import Record
from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit
from ocop.organisation.unit_names import UnitNameError


@dataclass(frozen=True, slots=True)
class Around:
    """What a sheet says of all its places: `titled` the district that its title names; `own` that
    of whoever imports, and `own_commune` the commune of an officer of one, which hold only where
    nothing else says it."""

    titled: Unit | None = None
    own: Unit | None = None
    own_commune: Unit | None = None

    @property
    def district(self) -> Unit | None:
        return self.titled or self.own


def resolve_place(
    row: ImportRow,
    context: ImportContext,
    columns: dict[str, Column],
    around: Around = Around(),
) -> None:
    """Put district and place (the commune, else the district) into row.found.

    The units are those of the day of the row's decision.
    """
    district = _district(row, context, columns, around)
    if district is None:
        return
    row.resolved["district"] = row.resolved["place"] = district
    if row["commune"] and "commune" not in row.resolved:
        row.resolved["place"] = _commune(row, context, columns["commune"], district) or district
    elif row.resolved.get("commune"):
        row.resolved["place"] = row.resolved["commune"]
    elif around.own_commune is not None:
        row.resolved["place"] = around.own_commune


def _district(
    row: ImportRow, context: ImportContext, columns: dict[str, Column], around: Around
) -> Unit | None:
    """The row's own district; its address's; that of the nearest group row above naming one; the
    title's; that of its commune by succession."""
    units = context.units
    if row["district"]:
        district = _looked_up(
            row,
            context,
            columns["district"],
            lambda: units.district(row["district"], row["commune"] or ""),
        )
        if district is not None and row["address"]:
            _compare_address(row, context, columns["address"], district)
        return district
    if row["address"]:
        return _by_one_column(row, context, columns["address"], around, _by_address)
    if not row["commune"] or under_a_district(row.record, context):
        return _looked_up(
            row,
            context,
            columns["district"],
            lambda: group_district(row.record, context) or around.district,
        )
    return _by_one_column(row, context, columns["commune"], around, _by_commune)


def _by_one_column(
    row: ImportRow,
    context: ImportContext,
    column: Column,
    around: Around,
    look: Callable[[ImportRow, ImportContext, Around], tuple[Unit | None, Unit]],
) -> Unit | None:
    """The district of a place named in one column; None, with an error, where it is unknown, lies
    in another district than the title's, or outside the plan's area."""
    found = _looked_up(row, context, column, lambda: look(row, context, around))
    if found and (
        _contradicts(row, found, context, column, around)
        or _is_elsewhere(row, found, context, column)
    ):
        return None
    return _take(row, found)


def _by_commune(row: ImportRow, context: ImportContext, around: Around) -> tuple[Unit | None, Unit]:
    """(commune, district) of a commune named alone: in the title's district where that has one
    of the name, else by succession."""
    units, day, text = context.units, row["day"], row["commune"]
    if around.district is not None:
        try:
            return units.commune(text, around.district, day), around.district
        except UnitNameError as error:
            if error.code != "unknown_unit":
                raise
    return units.commune_anywhere(text, day)


def _contradicts(
    row: ImportRow,
    found: tuple[Unit | None, Unit],
    context: ImportContext,
    column: Column,
    around: Around,
) -> bool:
    """Whether a commune lies in another district than the one the sheet is said to be of; an
    address that names its district says so itself."""
    titled = around.titled
    if titled is None or found[1] == titled or found[0] is None:
        return False
    if column.key == "address" and context.units.district_within(row["address"]) is not None:
        return False
    context.error(row, column, "unknown_unit", because="commune_elsewhere", district=str(titled))
    return True


def _take(row: ImportRow, found: tuple[Unit | None, Unit] | None) -> Unit | None:
    """The district of (commune, district); the commune goes into row.found."""
    if found is None:
        return None
    if not (found[0] is None and row["commune"]):
        row.resolved["commune"] = found[0]
    return found[1]


def _by_address(row: ImportRow, context: ImportContext, around: Around) -> tuple[Unit | None, Unit]:
    """An address that names its commune only lies in the district of the group row above, or of
    the title; one that names none, in that of the commune in its own column."""
    units, day = context.units, row["day"]
    within = around.district
    if within is not None and units.district_within(row["address"]) is None:
        commune = units.commune_at_end(row["address"], within, day)
        if commune is not None:
            return commune, within
    try:
        return units.address(row["address"], day)
    except UnitNameError:
        district = group_district(row.record, context) or around.titled
        commune = district and units.commune_at_end(row["address"], district, day)
        if district is not None and commune is not None:
            return commune, district
        if not row["commune"]:
            raise
    return (None, district) if district else units.commune_anywhere(row["commune"], day)


def _compare_address(
    row: ImportRow, context: ImportContext, column: Column, district: Unit
) -> None:
    """Beside a district's column an address gives the commune, and may not contradict."""
    named = context.units.district_within(row["address"])
    if named is not None and named != district:
        context.error(row, column, "conflict", because="two_places")
    elif not row["commune"]:
        row.resolved["commune"] = context.units.commune_within(row["address"], district, row["day"])


def _commune(row: ImportRow, context: ImportContext, column: Column, district: Unit) -> Unit | None:
    try:
        return context.units.commune(row["commune"], district, row["day"])
    except UnitNameError as error:
        details: dict[str, Any] = {"within": str(district), **_near(error, column)}
        if error.code == "unknown_unit" and context.units.elsewhere(row["commune"], district):
            details = {"because": "commune_elsewhere", "district": str(district)}
        context.error(row, column, error.code, choices=_listed(error.choices), **details)
        return None


def group_district(record: Record, context: ImportContext) -> Unit | None:
    """UnitNameError where the nearest group row that means a district names none for certain."""
    groups = (context.units.group(text) for text in reversed(record.groups))
    return next((unit for unit in groups if unit is not None), None)


def under_a_district(record: Record, context: ImportContext) -> bool:
    """True where a group row stands for the record's district, be it misspelt."""
    try:
        return group_district(record, context) is not None
    except UnitNameError:
        return True


def _looked_up(
    row: ImportRow, context: ImportContext, column: Column, look: Callable[[], Any]
) -> Any:
    try:
        return look()
    except UnitNameError as error:
        # In an address or a group row only a part is meant: nothing can be put in its place.
        named = not error.text and column.key != "address"
        details = _near(error, column) if named else {"near": error.near}
        if error.text:
            details["value"] = error.text
        if error.districts:
            details |= _which_district(error, column)
        choices = error.districts if len(error.choices) == 1 else error.choices
        if error.code == "unknown_unit" and context.units.outside.named_by(row[column.key] or ""):
            details = {"because": "outside"}
        context.error(row, column, error.code, choices=_listed(choices), **details)
        return None


def _is_elsewhere(
    row: ImportRow, found: tuple[Unit | None, Unit], context: ImportContext, column: Column
) -> bool:
    """Whether a commune named alone is since the reform another one, outside the plan's area, than
    the former one of its name."""
    commune, day = found[0], row["day"]
    if commune is None or context.units.district_within(row[column.key]) is not None:
        return False
    if day is None or commune.exists_on(day):
        return False
    parts, outside = re.split(r"[,;]", row[column.key]), context.units.outside
    if not any(outside.has_commune(part, day) for part in parts):
        return False
    context.error(row, column, "unknown_unit", because="outside")
    return True


def _which_district(error: UnitNameError, column: Column) -> dict[str, Any]:
    """The question in which of the districts the place lies: each of them once."""
    names = [str(district) for district in error.districts]
    choices = [same(name, {"district": name}) for name in names]
    # Of an address only the commune is asked about: once for all the hamlets in it.
    subject = error.choices[0].name
    across = {"because": "across_districts", "value": subject} if len(error.choices) == 1 else {}
    return {"asked": choices, "subject": subject, "kind": kinds.DISTRICT, **across}


def _near(error: UnitNameError, column: Column) -> dict[str, Any]:
    if not error.near:
        return {}
    return {"near": error.near, "instead": {column.key: error.near}}


def _listed(units: list[Unit]) -> str:
    return ", ".join(str(unit) for unit in units)


# --- Names to choose from -------------------------------------------------------------------------


def district_names() -> list[str]:
    """Full names with their kind, as the import reads them without doubt."""
    return [str(unit) for unit in Unit.objects.districts_of_plans()]


def commune_names() -> list[str]:
    """Names of the communes in the plans' area, those of before the reform and since, each once:
    the district and the day of the row tell which is meant."""
    communes = Unit.objects.within_plans().filter(level=UnitLevel.COMMUNE)
    return list(dict.fromkeys(communes.order_by("name_sort").values_list("name", flat=True)))
