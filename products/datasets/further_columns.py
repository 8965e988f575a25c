"""Columns after the usual ones: certificates and revocations, statuses, days of a right's life."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import override

from ocop.imports.columns import (
    EMPTY,
    MAX_NOTE_LENGTH,
    Column,
    DayWidget,
    NoteWidget,
    SpellingWidget,
    TextWidget,
)
from ocop.imports.datasets import ImportContext, ImportRow
from ocop.imports.export import ExportSelection
from ocop.imports.findings import CellReference
from ocop.lib.errors import ReadingError
from ocop.lib.spreadsheets.reading import cell_name
from ocop.lib.text import folded
from products import legal_terms
from products.certificates import (
    BEFORE_DECISION,
    NO_REASON,
    NOT_WHOLE,
    Prolongation,
    certificate_end,
    revocation_fault,
)
from products.choices import Status
from products.datasets.headers import RECOGNITIONS
from products.models import ScoringScheme
from products.scoring import schemes


@cache
def status_word(status: str) -> str:
    """The status as exports write it: in Vietnamese, as all of a workbook is."""
    with override("vi"):
        return str(Status(status).label)


def is_status(text: str) -> bool:
    """Whether it is one of the words that exports write for a record's status."""
    return any(folded(status_word(status)) == folded(text) for status in Status)


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


# --- Certificates -------------------------------------------------------------------------------


def certificate_column() -> Column:
    return Column(
        "Số giấy chứng nhận",
        key="certificate",
        also=RECOGNITIONS["certificate"],
        nothing=EMPTY,
        attribute="certificate_number",
        widget=TextWidget(60),
    )


def certificate_end_column() -> Column:
    """Worked out from the decision's day; compared with it on the way in, never kept."""
    return Column(
        "Ngày hết hạn",
        key="expires",
        also=RECOGNITIONS["expires"],
        computed=True,
        widget=ComputedDayWidget(),
    )


def compare_certificate_end(
    row: ImportRow, context: ImportContext, column: Column, months: Callable[[date], int]
) -> None:
    """The end follows from the decision's day; another one in the row is said and not kept."""
    stated, decided_on = row["expires"], row["day"]
    if not stated or not isinstance(decided_on, date):
        return
    end = row["prolonged_until"] or certificate_end(decided_on, months(decided_on))
    # Offices count the first day, or do not.
    if not isinstance(stated, date) or abs((stated - end).days) > 1:
        day = date_format(end, "d/m/Y")
        context.warn(row, column, "conflict", because="certificate_end", end=day)


def revocation_day_column() -> Column:
    return Column(
        "Ngày thu hồi", key="revoked", nothing=EMPTY, widget=DayWidget(), attribute="revoked_on"
    )


def revocation_reason_column() -> Column:
    return Column(
        "Lý do thu hồi",
        key="revocation_reason",
        attribute="revocation_reason",
        widget=NoteWidget(MAX_NOTE_LENGTH),
    )


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


def prolongation_columns() -> tuple[Column, Column, Column]:
    """Number and day of the paper by which a certificate runs on, and until when."""
    return (
        Column(
            "Số văn bản gia hạn",
            key="prolongation_number",
            nothing=EMPTY,
            attribute="prolongation_number",
            widget=TextWidget(60),
        ),
        Column(
            "Ngày văn bản gia hạn",
            key="prolonged_on",
            nothing=EMPTY,
            widget=DayWidget(),
            attribute="prolonged_on",
        ),
        Column(
            "Gia hạn đến",
            key="prolonged_until",
            nothing=EMPTY,
            widget=DayWidget(),
            attribute="prolonged_until",
        ),
    )


@dataclass(frozen=True)
class CertificateTerms:
    """What the schemes say of certificates, read once for an import."""

    months: Callable[[date], int]
    most_days: int

    @classmethod
    def read(cls) -> "CertificateTerms":
        most_days, _known = schemes.most_prolonged_days(None)
        return cls(ScoringScheme.objects.certificate_months(), most_days)


def check_prolongation(
    row: ImportRow,
    context: ImportContext,
    columns: dict[str, Column],
    recorded: Any,
    terms: "CertificateTerms",
) -> None:
    """The form's rules; what the row leaves empty is as `recorded` (or None) has it."""
    if row.failed or not isinstance(row["day"], date):
        return
    number, on, until = (
        row[key] or (getattr(recorded, key) if recorded else None)
        for key in ("prolongation_number", "prolonged_on", "prolonged_until")
    )
    ends_on = certificate_end(row["day"], terms.months(row["day"]))
    fault = Prolongation(number or "", on, until).fault(ends_on, terms.most_days)
    if fault == NOT_WHOLE:
        lacking = "prolongation_number" if not number else "prolonged_on" if not on else ""
        context.error(row, columns[lacking or "prolonged_until"], "required", because=fault)
    elif fault:
        end = date_format(ends_on, "d/m/Y")
        words = {"end": end, "days": str(terms.most_days)}
        context.error(row, columns["prolonged_until"], "out_of_range", because=fault, **words)


# --- The life of a right ------------------------------------------------------------------------

LIFE = {
    "filed": "filed_on",
    "accepted": "accepted_on",
    "published": "published_on",
    "granted": "granted_on",
    "renewed": "renewed_until",
    "ended": "ended_on",
    "withdrawn": "withdrawn_on",
    "refused": "refused_on",
    "cancelled": "cancelled_on",
    "supported_day": "supported_on",
}
"""Fields of the days of a right's life, by the keys of their columns."""
HAPPENED = tuple(key for key in LIFE if key not in ("renewed", "ended"))
"""Those that are no later than today."""


def days_of_row(row: ImportRow) -> dict[str, date | None]:
    """The row's days by the names of the record's fields."""
    return {name: row[key] for key, name in LIFE.items()}


def days_of_record(record: Any) -> dict[str, date | None]:
    return {name: getattr(record, name) for name in LIFE.values()}


def life_cells(record: Any, selection: ExportSelection) -> dict[str, date | None]:
    """The record's days by the keys of their columns, as known on the day of the export."""
    cells = {key: selection.known(getattr(record, name)) for key, name in LIFE.items()}
    # It says until when, not that something has come to pass.
    return cells | {"renewed": record.renewed_until}


def life_day(header: str, key: str, *also: str, path: str = "") -> Column:
    """An optional column for a day of a right's life."""
    attribute = path or f"{key}_on"
    return Column(header, key=key, also=also, widget=DayWidget(), attribute=attribute)


def check_life(
    row: ImportRow,
    context: ImportContext,
    columns: dict[str, Column],
    days: dict[str, date | None],
) -> None:
    """The form's rule: steps follow one another. `days` by the names of the record's fields."""
    if row.failed:
        return
    keys = {name: key for key, name in LIFE.items()}
    for earlier, later in legal_terms.out_of_order(days)[:1]:
        column = columns[keys[later] if row[keys[later]] else keys[earlier]]
        if (earlier, later) == ("filed_on", "granted_on"):
            context.error(row, column, "conflict", because="granted_before_filed")
            continue
        names = {"earlier": columns[keys[earlier]].header, "later": columns[keys[later]].header}
        context.error(row, column, "conflict", because="steps_out_of_order", **names)
    limit = legal_terms.longest(row["kind"], days["filed_on"]) if row["kind"] else None
    if limit and row["renewed"] and row["renewed"] > limit:
        day = date_format(limit, "d/m/Y")
        context.warn(row, columns["renewed"], "conflict", because="renewed_too_long", limit_day=day)
