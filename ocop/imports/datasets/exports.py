"""Which records go out, and how their values stand in the cells of an export."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ocop.imports.columns import Column, NoteWidget, TextWidget
from ocop.lib.spreadsheets.tables import as_literal
from ocop.lib.text import nfc
from ocop.organisation.models import Unit
from ocop.organisation.scope import Scope

SHEET = "Danh sách"


@dataclass(frozen=True)
class ExportSelection:
    """Which records: those `scope` sees, of the `unit` if there is one, as of a day.

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

    def known(self, day: date | None) -> date | None:
        """A day that has come by the day asked for; None for one that was still ahead."""
        return day if day and (self.as_of is None or day <= self.as_of) else None


def shown(column: Column, value: Any) -> Any:
    """Text as the import would keep it; an empty one leaves the cell empty."""
    if not isinstance(value, str):
        return value
    if isinstance(column.widget, NoteWidget):
        value = column.widget.lines(value)
    elif isinstance(column.widget, TextWidget):
        value = nfc(value)
    return as_literal(value) or None


def in_csv(value: Any) -> Any:
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
