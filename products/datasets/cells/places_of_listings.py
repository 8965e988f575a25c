"""What datasets of listings have in common: a place, told by a column, by many or by links."""

from collections.abc import Sequence
from typing import Any, ClassVar

from ocop.imports.datasets import ImportableResource, ImportContext, ImportRow, about_missing
from ocop.imports.findings import CellReference
from ocop.lib.spreadsheets.tables import ColumnSpec
from products.datasets.cells.listing_cells import PlaceNames
from products.datasets.cells.listing_rows import PlaceColumns
from products.datasets.cells.place_reading import before_reading, reshape

PLACE = "place"
"""Of the columns that tell the floor or the system a sheet has at least one."""


class ReadsPlaces(ImportableResource):
    """To be inherited before the dataset's own base."""

    titled = ""
    places: ClassVar[PlaceColumns]
    """Columns of one floor or system each, beside the one that names it."""

    def spellings(self) -> dict[str, Sequence[str]]:
        """Name of each place on record → how it is written otherwise."""
        raise NotImplementedError

    def check_places(self, rows: list[ImportRow], context: ImportContext) -> None:
        """Ask about and remark on cells that say of the place less than its name."""

    def extra_specs(self) -> list[ColumnSpec]:
        return self.places.specs(self.spellings(), one_of=PLACE)

    def reshape(self, context: ImportContext) -> None:
        self.names = PlaceNames(self.spellings())
        self._take_from_title(context)
        reshape(self.places, self.names, context, self.columns())

    def _take_from_title(self, context: ImportContext) -> None:
        """The place of a list without any column for it, where a title names one alone."""
        table, key = context.table, self.places.place
        in_columns = key in table.columns or any(map(self.places.is_key, table.columns))
        found = {self.names.of_title(text) for _cell, text in table.titles} - {""}
        self.titled = found.pop() if len(found) == 1 and not in_columns else ""
        if not self.titled:
            return
        table.records[:] = [record.having({key: self.titled}) for record in table.records]
        words = {"column": self.columns()[key].header, "value": self.titled}
        context.report.warn("decided", CellReference(), because="of_title", **words)

    def given_by_rows(self, key: str, context: ImportContext) -> bool:
        """A day is asked about once for all rows; a place may have a column of its own, or be
        told by the links."""
        columns = context.table.columns
        if key == self.places.place:
            stand_in = self.places.value == "link" and "link" in columns
            return bool(self.titled) or stand_in or any(map(self.places.is_key, columns))
        return key == "start"

    def stands_elsewhere(self, row: ImportRow, key: str, context: ImportContext) -> bool:
        return key == "floor" and bool(row.text("link"))

    def asked_if_missing(self, key: str, context: ImportContext) -> dict[str, Any]:
        if key != "start":
            return {}
        titles = [text for _cell, text in context.table.titles]
        return about_missing(key, [*titles, context.table.sheet])

    def read(self, context: ImportContext) -> list[ImportRow]:
        before_reading(self.places, self.names, context)
        rows = super().read(context)
        self.check_places(rows, context)
        return rows
