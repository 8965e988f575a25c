"""Reading a list of floors or systems: before its cells are read, and what is asked of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from ocop.imports.columns import Column
from ocop.imports.datasets import ImportContext, ImportRow
from ocop.imports.findings import IGNORE, CellReference, Choice, kinds, same, typed
from ocop.lib.spreadsheets.reading import parse_cell_name
from products.datasets.cells.listing_cells import (
    PlaceNames,
    host_of,
    is_damaged_code,
    is_none,
    is_tick,
    links_in,
    names_no_system,
)
from products.datasets.cells.listing_rows import (
    MAX_NAMED_BY_HEADER,
    NAMED_BY_HEADER,
    PlaceColumns,
    as_above,
    divide,
    put_addresses,
    spread,
    united,
)

NONE = "none"
NO_PLACE = "-"
"""What a person's answer that there is none puts into the cell of the place."""
MAX_CHOICES = 40


def reshape(
    columns: PlaceColumns, names: PlaceNames, context: ImportContext, own: dict[str, Column]
) -> None:
    """One record for each listing, as far as it is certain; columns that may be of a place and
    are not read are asked about."""
    _ask_about_columns(columns, context, own)
    records = context.table.records
    if columns.value == "link":
        put_addresses(records, columns.value)
        for number, record in enumerate(records):
            address = record.links.get(columns.place)
            if address and columns.value not in record.values:
                records[number] = record.having({columns.value: address})
    headers = {key: own[key].header for key in (columns.place, columns.value)}
    as_above(context, headers)
    spread(columns, context)
    records[:] = divide(columns, names, records, all_known=columns.value != "link")


def before_reading(columns: PlaceColumns, names: PlaceNames, context: ImportContext) -> None:
    """What decisions made of the cells: several places once more, and none at all; of a place
    that a row names twice the second is left out, with a remark where it says something else."""
    table = context.table
    divided = divide(columns, names, table.records, all_known=columns.value != "link")
    rows = {record.row_number for record in divided}
    listed = [one for one in divided if not _is_none(one.values.get(columns.place))]
    gone = rows - {record.row_number for record in listed}
    table.skipped.extend((row, "none") for row in gone)
    table.skipped.sort()
    kept = []
    for record, lost in united(columns, names, listed):
        kept.append(record)
        if lost is not None:
            value, row = lost.values[columns.value], lost.row_number
            where = CellReference("", lost.cell(columns.value) or None, value, row, columns.value)
            context.report.warn("conflict", where, because="twice_in_row")
    table.records[:] = kept


def _is_none(value: Any) -> bool:
    return value is not None and value != "" and is_none(value)


# --- Columns --------------------------------------------------------------------------------------


def _ask_about_columns(
    columns: PlaceColumns, context: ImportContext, own: dict[str, Column]
) -> None:
    """Of columns under "Sàn TMĐT" that no known place heads, and of those with links: what they
    are. A listing is not passed over because its floor is new."""
    table = context.table
    linked = set(table.linked) if columns.value == "link" else set()
    free = _free_key(columns, table.columns)
    for cell, text in list(table.unknown):
        place = parse_cell_name(cell)
        column = place[1] if place else 0
        upper, _slash, lower = table.header_texts.get(column, "").rpartition(" / ")
        if not (columns.is_above(upper) and lower.strip()) and column not in linked:
            continue
        table.unknown.remove((cell, text))
        choices = []
        if free:
            named = _("It is the column of “%(name)s” alone") % {"name": lower.strip()[:100]}
            choices.append(Choice("own", named, part={"columns": {column: free}}))
        if columns.value not in table.columns:
            as_value = _("It is the column “%(column)s”") % {"column": own[columns.value].header}
            part = {"columns": {column: columns.value}}
            choices.append(Choice(columns.value, as_value, part=part))
        ignored = {"columns": {column: ""}}
        choices.append(Choice(IGNORE, _("Do not read this column"), part=ignored))
        where = CellReference(text, cell, text, 0)
        context.report.error(
            "answer_needed", where, because="column_of_a_place", kind=kinds.COLUMN, asked=choices
        )


def _free_key(columns: PlaceColumns, taken: Iterable[str]) -> str:
    """The key for the next column that is named by its header; empty where all are taken."""
    used = sum(key.startswith(columns.place + NAMED_BY_HEADER) for key in taken)
    return f"{columns.place}{NAMED_BY_HEADER}{used}" if used < MAX_NAMED_BY_HEADER else ""


# --- Floors and links -----------------------------------------------------------------------------


def check_floors(
    rows: Sequence[ImportRow], context: ImportContext, columns: dict[str, Column], names: PlaceNames
) -> None:
    """Which floor a row means that names none, and whether its link is one and of that floor."""
    without = Counter(row.number for row in rows if not row["floor"])
    for row in rows:
        cell = row.text("link")
        links = links_in(cell)
        if not row["floor"] or is_tick(row["floor"]):
            _ask_which_floor(row, context, columns, names, without[row.number] > 1)
            continue
        row.values["floor"] = names.of(row["floor"]) or row["floor"]
        if cell and not links and not row.failed:
            _check_text(row, context, columns)
        elif len(links) > 1:
            _check_links(row, context, columns, names, links)
        elif links:
            row.values["link"] = links[0]
            floor, other = names.of(row["floor"]), names.of_link(links[0])
            if floor and other and floor != other:
                context.warn(
                    row, columns["link"], "conflict", because="link_elsewhere", other=other
                )


def _floor_choices(names: PlaceNames) -> list[Choice]:
    known = list(dict.fromkeys(names.names.values()))
    return [
        *(same(name, {"floor": name}) for name in known[:MAX_CHOICES]),
        Choice(NONE, _("It is no floor: there is no listing"), {"floor": NO_PLACE}),
        typed(("floor",), _("The floor's name, which I write"), known),
    ]


def _ask_which_floor(
    row: ImportRow,
    context: ImportContext,
    columns: dict[str, Column],
    names: PlaceNames,
    several: bool,
) -> None:
    """Asked once for all links of one site, or all cells with the same tick."""
    link = row.text("link")
    if row["floor"]:
        details: dict[str, Any] = {"because": "which_floor", "about": ["floor"]}
    elif link:
        details = {"because": "floor_of_link", "link": link[:100]}
        # Two links of one row are asked about by themselves: an answer is about one of them.
        details |= {"about": ["link"]} if several else {"subject": host_of(link) or link[:100]}
    else:
        return
    row.values["floor"] = None
    context.error(
        row,
        columns["floor"],
        "unknown_value",
        kind=kinds.FLOOR,
        asked=_floor_choices(names),
        **details,
    )


def _check_text(row: ImportRow, context: ImportContext, columns: dict[str, Column]) -> None:
    """A text that is no address: in a floor's own column it may say that there is a listing."""
    letters = row.record.letters
    if not letters.get("link") or letters.get("link") != letters.get("floor"):
        if not is_tick(row.record.values.get("link")):
            context.warn(row, columns["link"], "unknown_value", because="no_address")
        row.values["link"] = ""
        return
    listed = Choice("listed", _("There is a listing, without a link"), {"link": ""})
    none = Choice(NONE, _("There is no listing"), {"floor": NO_PLACE})
    context.error(
        row,
        columns["link"],
        "unknown_value",
        because="in_a_floors_column",
        floor=row["floor"],
        kind=kinds.FLOOR,
        asked=[listed, none, typed(("link",), _("The link, which I write"))],
        about=["link"],
    )


def _check_links(
    row: ImportRow,
    context: ImportContext,
    columns: dict[str, Column],
    names: PlaceNames,
    links: list[str],
) -> None:
    """Several links in the cell of one floor: of others the row may be listed there as well."""
    own = names.of(row["floor"]) or row["floor"]
    others = list(dict.fromkeys(name for one in links if (name := names.of_link(one))))
    others = [name for name in others if name != own]
    mine = next((one for one in links if names.of_link(one) == own), "")
    row.values["link"] = mine or ("" if others else links[0])
    if not others:
        context.warn(row, columns["link"], "conflict", because="one_link", kept=row.values["link"])
        return
    every = "; ".join([own, *others])
    choices = [
        Choice(
            "all",
            _("It is listed on all of them: %(floors)s") % {"floors": every},
            {"floor": every},
        ),
        Choice("own", _("It is listed on %(floor)s only") % {"floor": own}, {"link": mine}),
    ]
    context.error(
        row,
        columns["link"],
        "answer_needed",
        because="links_elsewhere",
        floor=own,
        others=", ".join(others),
        kind=kinds.FLOOR,
        asked=choices,
        about=["floor", "link"],
    )


# --- Systems and codes ----------------------------------------------------------------------------


def check_systems(
    rows: Sequence[ImportRow], context: ImportContext, columns: dict[str, Column], names: PlaceNames
) -> None:
    """Which system a row means that only says that there is one; codes that are none."""
    named = [row["system"] for row in rows if row["system"] and not names_no_system(row["system"])]
    known = list(dict.fromkeys([*names.names.values(), *named]))
    for row in rows:
        code = row.record.values.get("code")
        if is_damaged_code(code):
            context.warn(row, columns["code"], "invalid_number", because="damaged_code")
            row.values["code"] = ""
        elif code is not None and (is_tick(code) or is_none(code)) and row["code"]:
            context.warn(row, columns["code"], "unknown_value", because="no_code")
            row.values["code"] = ""
        if row["system"] and names_no_system(row["system"]):
            none = _("It is in no system: nothing to record")
            choices = [
                *(same(name, {"system": name}) for name in known[:MAX_CHOICES]),
                Choice(NONE, none, {"system": NO_PLACE}),
                typed(("system",), _("The system's name, which I write"), known),
            ]
            context.error(
                row,
                columns["system"],
                "unknown_value",
                because="no_system",
                kind=kinds.SYSTEM,
                asked=choices,
                about=["system"],
            )
            row.values["system"] = None
