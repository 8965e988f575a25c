"""Columns of an export that say what the program knows: an import compares or passes them over."""

from datetime import date
from functools import cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import override

from ocop.imports.columns import Column, DayWidget, SpellingWidget
from ocop.imports.datasets import ImportContext, ImportRow
from ocop.imports.findings import CellReference
from ocop.lib.errors import ReadingError
from ocop.lib.spreadsheets.reading import cell_name
from ocop.lib.text import folded
from products.certificates import BEFORE_DECISION, NO_REASON, certificate_end, revocation_fault
from products.choices import Status


@cache
def status_word(status: str) -> str:
    """The status as exports write it: in Vietnamese, as all of a workbook is."""
    with override("vi"):
        return str(Status(status).label)


class StatusWidget(SpellingWidget):
    """One of the words that exports write; any other text stays a text."""

    def __init__(self) -> None:
        super().__init__(
            lambda text: next((s for s in Status if folded(status_word(s)) == folded(text)), text),
            lambda: [status_word(status) for status in Status],
        )


def status_column() -> Column:
    """What the record is, never what an importer may set: nothing takes its value."""
    return Column("Trạng thái", key="status", computed=True, widget=StatusWidget())


def tell_other_statuses(rows: list[ImportRow], context: ImportContext) -> None:
    """A column of that name with other words than exports write is an office's own, not read."""
    if any(row["status"] and row["status"] not in Status.values for row in rows):
        header = status_column().header
        cell = cell_name(context.table.header_row, context.table.columns["status"])
        context.report.warn("unknown_column", CellReference(header, cell, header))


class ComputedDayWidget(DayWidget):
    """A day that is only compared: what is no day stays a text."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        try:
            return super().clean(value)
        except ReadingError:
            return str(value)


def compare_certificate_end(row: ImportRow, context: ImportContext, column: Column) -> None:
    """The end follows from the decision's day; another one in the row is said and not kept."""
    stated, decided_on = row["expires"], row["day"]
    if not stated or not isinstance(decided_on, date):
        return
    end = certificate_end(decided_on)
    if stated != end:
        day = date_format(end, "d/m/Y")
        context.warn(row, column, "conflict", because="certificate_end", end=day)


def check_revocation(
    row: ImportRow, context: ImportContext, columns: dict[str, Column], recorded: Any
) -> None:
    """The form's rules; what the row leaves empty is as `recorded` (or None) has it."""
    revoked_on = row["revoked"] or (recorded.revoked_on if recorded else None)
    reason = row["revocation_reason"] or (recorded.revocation_reason if recorded else "")
    fault = revocation_fault(row["day"], revoked_on, reason)
    if fault and not row.failed:
        column = columns["revocation_reason" if fault == NO_REASON else "revoked"]
        if fault == BEFORE_DECISION:
            context.error(row, column, "conflict", because="revoked_before_decision")
        else:
            context.error(row, column, "required", because=f"revocation_{fault}")
