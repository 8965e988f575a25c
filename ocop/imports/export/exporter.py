"""Exports in the import's own format: the same columns, in spellings that it reads back.

What a dataset holds is asked of its resource; here it becomes a workbook or a text file. No cell
of either is a formula.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO, Protocol, cast

from django.http import HttpRequest

from ocop.imports.columns import Column, NoteWidget, TextWidget
from ocop.imports.datasets import DATASETS
from ocop.lib.spreadsheets.tables import as_literal
from ocop.lib.spreadsheets.writing import SheetToWrite, write_csv, write_workbook
from ocop.lib.text import nfc
from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit
from ocop.organisation.scope import Scope
from ocop.web.page_query import PageQuery

FORMATS = ("xlsx", "csv")
SHEET = "Danh sách"


@dataclass(frozen=True)
class ExportSelection:
    """Which records: those `scope` sees, of one district if `unit` is one, as of a day.

    `as_of` None is everything recorded, whatever its day. `pending` adds what awaits
    verification to what is verified. `listed` are the records of a list, chosen and in order
    already: of them `scope` takes what it sees, and `as_of` says only what was known by then.
    """

    scope: Scope
    as_of: date | None = None
    pending: bool = False
    unit: Unit | None = None
    listed: Any = None

    @property
    def chosen_by_day(self) -> bool:
        """True where the day decides which records are wanted."""
        return self.as_of is not None and self.listed is None

    @property
    def district(self) -> Unit | None:
        return self.unit if self.unit and self.unit.level == UnitLevel.DISTRICT else None

    def known(self, day: date | None) -> date | None:
        """A day that has come by the day asked for; None for one that was still ahead."""
        return day if day and (self.as_of is None or day <= self.as_of) else None


class Exportable(Protocol):
    """What a dataset's resource gives to exports and templates."""

    examples: Sequence[Mapping[str, Any]]
    """Two rows by key of column, as an office would write them."""

    def columns(self) -> dict[str, Column]: ...

    def listed(self, request: HttpRequest, query: PageQuery) -> Any:
        """The records of a list that the request's address asks for; None where it asks for none.

        Raises BadParameter for what the list refuses.
        """

    def export_rows(self, selection: ExportSelection) -> Iterable[Mapping[str, Any]]:
        """One mapping a record, key of column → value; in an order that ids do not decide."""

    def offered(self) -> Mapping[str, Sequence[str]]:
        """Values that a column takes, by its key, where there are few enough to choose from."""


def exportable(dataset: str) -> Exportable:
    return cast(Exportable, DATASETS[dataset]())


def export_file(
    dataset: str,
    scope: Scope,
    as_of: date | None = None,
    pending: bool = False,
    unit: Unit | None = None,
    fmt: str = "xlsx",
    listed: Any = None,
) -> tuple[str, bytes]:
    """(file name, content) of a dataset's export; `fmt` is one of FORMATS.

    Only what `scope` sees; `listed` (or None) are the records of a list. A unit has to be judged
    by the caller. Queries do not grow with rows, but for what rights link to, which is read in
    blocks of them.
    """
    stream = io.BytesIO()
    selection = ExportSelection(scope, as_of, pending, unit, listed)
    write_export(dataset, selection, stream, fmt)
    filtered = "" if listed is None else "loc"
    parts = [dataset, filtered, unit.code if unit else "", as_of.isoformat() if as_of else ""]
    return "-".join(part for part in parts if part) + f".{fmt}", stream.getvalue()


def write_export(dataset: str, selection: ExportSelection, stream: BinaryIO, fmt: str) -> None:
    """Write the export to a binary stream, row by row."""
    resource = exportable(dataset)
    header = [column.header for column in resource.columns().values()]
    rows = _rows(resource, selection)
    if fmt == "csv":
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        cells = ([_in_csv(value) for value in row] for row in rows)
        write_csv(text, header, cells, guard_dates=False)
        text.flush()
        text.detach()
    else:
        write_workbook(stream, [SheetToWrite(SHEET, header, rows)])


def _rows(resource: Exportable, selection: ExportSelection) -> Iterator[list[Any]]:
    columns = resource.columns()
    for cells in resource.export_rows(selection):
        yield [_shown(column, cells.get(key)) for key, column in columns.items()]


def _shown(column: Column, value: Any) -> Any:
    """Text as the import would keep it; an empty one leaves the cell empty."""
    if not isinstance(value, str):
        return value
    if isinstance(column.widget, NoteWidget):
        value = column.widget.lines(value)
    elif isinstance(column.widget, TextWidget):
        value = nfc(value)
    return as_literal(value) or None


def _in_csv(value: Any) -> Any:
    """Days and numbers in the Vietnamese form, so that no number can be read two ways."""
    if isinstance(value, date):
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    if isinstance(value, Decimal):
        whole, _point, decimals = f"{value:f}".partition(".")
        decimals = decimals.rstrip("0")
        # Three decimals look like thousands: 1,125 is 1,1250.
        decimals += "0" if len(decimals) == 3 else ""
        return f"{whole},{decimals}" if decimals else int(value)
    return value
