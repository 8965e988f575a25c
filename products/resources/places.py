"""Commune and district of a row: from their columns, an address, or the group row above."""

from collections.abc import Callable
from typing import TypeVar

from ocop.imports.cells import Column
from ocop.imports.resource import Context, Row
from ocop.organisation.models import Unit
from ocop.organisation.unit_names import UnitNameError

Found = TypeVar("Found")


def resolve_place(row: Row, context: Context, columns: dict[str, Column]) -> None:
    """Put district and place (the commune, else the district) into row.found."""
    district = _district(row, context, columns)
    if district is None:
        return
    row.found["district"] = row.found["place"] = district
    if row["commune"]:
        commune = _looked_up(
            row,
            context,
            columns["commune"],
            lambda: context.units.commune(row["commune"], district),
        )
        row.found["place"] = commune or district
    elif row.found.get("commune"):
        row.found["place"] = row.found["commune"]


def _district(row: Row, context: Context, columns: dict[str, Column]) -> Unit | None:
    """The row's own district; its address's; that of the nearest group row above naming one."""
    if row["district"]:
        return _looked_up(
            row,
            context,
            columns["district"],
            lambda: context.units.district(row["district"], row["commune"] or ""),
        )
    if row["address"]:
        found = _looked_up(
            row, context, columns["address"], lambda: context.units.address(row["address"])
        )
        if found is None:
            return None
        row.found["commune"], district = found
        return district
    return group_district(row, context)


def group_district(row: Row, context: Context) -> Unit | None:
    groups = (context.units.group(text) for text in reversed(row.record.groups))
    return next((unit for unit in groups if unit is not None), None)


def _looked_up(
    row: Row, context: Context, column: Column, look: Callable[[], Found]
) -> Found | None:
    try:
        return look()
    except UnitNameError as error:
        context.error(
            row,
            column,
            error.code,
            choices=", ".join(str(unit) for unit in error.choices),
            near=error.near,
        )
        return None
