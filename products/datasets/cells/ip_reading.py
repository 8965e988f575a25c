"""Reading a list of rights: the owner's cell, what the title says, the state an office writes."""

from typing import Any

from django.utils.translation import gettext as _

from ocop.imports.columns import Column
from ocop.imports.datasets import ImportableResource, ImportContext, ImportRow, about_missing
from ocop.imports.findings import CellReference, Choice, kinds
from ocop.lib.spreadsheets.tables import ColumnSpec, Record
from ocop.organisation.unit_names import UnitNameError
from products import legal_terms
from products.choices import IPKind
from products.datasets.cells.ip_cells import (
    CANCELLED,
    ENDED,
    GRANTED,
    PENDING,
    REFUSED,
    STATE_WORDS,
    WITHDRAWN,
    OfTitle,
    certificate_named,
    codes_in,
    day_named,
    is_marks_only,
    kinds_in,
    of_title,
    owner_and_address,
    state,
)
from products.datasets.cells.ip_numbers import divide_numbers
from products.datasets.further_columns import is_status
from products.datasets.headers import MARK_CODES, NUMBERS_WITH_DAYS
from products.datasets.places import resolve_place
from products.datasets.spellings import IP_KIND_WORDS

CLOSED_BY = {REFUSED: "refused", WITHDRAWN: "withdrawn", CANCELLED: "cancelled", ENDED: "ended"}
"""Keys of the columns with the day on which a right came to a state."""
SPECIAL_MARKS = (IPKind.COLLECTIVE_MARK, IPKind.CERTIFICATION_MARK, IPKind.INTERNATIONAL_MARK)
NOT_GRANTED = (REFUSED, WITHDRAWN, PENDING)


class ReadsRights(ImportableResource):
    """To be inherited before the dataset's own base."""

    of_title = OfTitle()

    def extra_specs(self) -> list[ColumnSpec]:
        """Columns with a number and its day in one cell."""
        return [ColumnSpec(key, texts[0], texts[1:]) for key, texts in NUMBERS_WITH_DAYS.items()]

    def reshape(self, context: ImportContext) -> None:
        table = context.table
        texts = [text for _cell, text in table.titles]
        self.of_title = of_title(texts)
        if not self.of_title.kinds:
            kinds = kinds_in(table.sheet)
            if not kinds and codes_in(table.header_texts, table.columns.get("name")) & {
                *MARK_CODES
            }:
                kinds = (IPKind.TRADEMARK,)
            self.of_title = OfTitle(kinds, self.of_title.supported, self.of_title.support_unclear)
        for number, record in enumerate(table.records):
            values = record.values
            if "kind" not in values and (kind := self._kind_of_groups(record)):
                record = table.records[number] = record.having({"kind": IP_KIND_WORDS[kind]})
            if isinstance(text := values.get("owner"), str):
                owner, address = owner_and_address(text)
                if owner and owner != text:
                    added = {"address": address} if address and "address" not in values else {}
                    table.records[number] = record.having({"owner": owner, **added})
        divide_numbers(table)

    def _kind_of_groups(self, record: Record) -> IPKind | None:
        """The one kind that the nearest group row above names ("II. Nhãn hiệu tập thể").

        "Nhãn hiệu" alone says no more than a title that names a special kind of mark.
        """
        for text in reversed(record.groups):
            kinds = kinds_in(text)
            special = len(self.of_title.kinds) == 1 and self.of_title.kinds[0] in SPECIAL_MARKS
            if len(kinds) == 1 and not (special and is_marks_only(text)):
                return kinds[0]
        return None

    def title_value(self, key: str, context: ImportContext) -> Any:
        if key == "kind" and len(self.of_title.kinds) == 1:
            return self.of_title.kinds[0]
        return None

    def given_by_rows(self, key: str, context: ImportContext) -> bool:
        """The kind is asked about once for all rows that do not say it."""
        return key == "kind"

    def asked_if_missing(self, key: str, context: ImportContext) -> dict[str, Any]:
        if key != "kind":
            return {}
        named = self.of_title.kinds
        offered = [*named, *(kind for kind in IP_KIND_WORDS if kind not in named)]
        return {
            "kind": kinds.KIND,
            "asked": [_kind_choice(kind) for kind in offered],
            "about": ["kind"],
        }

    def read(self, context: ImportContext) -> list[ImportRow]:
        rows = super().read(context)
        columns = self.columns()
        self._say_what_the_title_gives(rows, context)
        for row in rows:
            if row["kind"] is None and (kind := self.title_value("kind", context)):
                row.values["kind"] = kind
                _compare_kinds(row, context, columns, kind)
            if self.of_title.supported and "supported" not in context.table.columns:
                row.values["supported"] = True
            if row["state"] and not is_status(row["state"]):
                _read_state(row, context, columns)
            _compare_expiry(row, context, columns)
        return rows

    def _say_what_the_title_gives(self, rows: list[ImportRow], context: ImportContext) -> None:
        table, report, columns = context.table, context.report, self.columns()
        kind = self.title_value("kind", context)
        if kind and any(row["kind"] is None for row in rows):
            words = {"column": columns["kind"].header, "value": IP_KIND_WORDS[kind]}
            report.warn("decided", CellReference(), because="of_title", **words)
        if "supported" in table.columns:
            return
        if self.of_title.supported:
            words = {"column": columns["supported"].header, "value": "x"}
            report.warn("decided", CellReference(), because="of_title", **words)
        elif self.of_title.support_unclear:
            report.warn("answer_needed", CellReference(), because="support_unclear")


def _kind_choice(kind: IPKind) -> Choice:
    return Choice(kind.value, IP_KIND_WORDS[kind], {"kind": IP_KIND_WORDS[kind]})


def _compare_kinds(
    row: ImportRow, context: ImportContext, columns: dict[str, Column], kind: IPKind
) -> None:
    """A name that says another kind than the title ("Nhãn hiệu tập thể …") is asked about."""
    others = [one for one in kinds_in(row["name"] or "") if one not in (kind, IPKind.TRADEMARK)]
    if others:
        asked = [_kind_choice(one) for one in (*others, kind)]
        context.error(
            row,
            columns["name"],
            "answer_needed",
            because="kind_differs",
            title=IP_KIND_WORDS[kind],
            kind=kinds.KIND,
            asked=asked,
            about=["name"],
        )


# --- State ----------------------------------------------------------------------------------------


def _read_state(row: ImportRow, context: ImportContext, columns: dict[str, Column]) -> None:
    """What contradicts the state or lacks the day it came to it is asked about."""
    found = state(row["state"])
    if not found:
        choices = [Choice(name, word, {"state": word}) for name, word in STATE_WORDS.items()]
        context.error(
            row,
            columns["state"],
            "unknown_value",
            choices=", ".join(STATE_WORDS.values()),
            kind=kinds.KIND,
            asked=choices,
            about=["state"],
        )
    elif found in NOT_GRANTED and row["granted"]:
        yes = Choice("granted", _("It was granted"), {"state": STATE_WORDS[GRANTED]})
        no = Choice("not_granted", _("It was not granted"), {"granted": ""})
        context.error(
            row,
            columns["state"],
            "conflict",
            because="state_and_grant",
            kind=kinds.KIND,
            asked=[yes, no],
            about=["state", "granted"],
        )
    elif found == GRANTED and not row["granted"] and "granted" not in row.record.values:
        if day := day_named(row["state"]):
            row.values["granted"] = day
            if not row["certificate"]:
                row.values["certificate"] = certificate_named(row["state"])
            return
        _ask_day(row, context, columns["granted"])
    elif found in CLOSED_BY:
        _read_ending(row, context, columns[CLOSED_BY[found]], found)


def _read_ending(row: ImportRow, context: ImportContext, column: Column, found: str) -> None:
    if row[column.key] is None and column.key not in row.record.values:
        term = row["kind"] and legal_terms.protected_until(row["kind"], row["filed"], None)
        # An end that follows from the term needs no day of its own.
        if not (found == ENDED and term and term <= context.today):
            _ask_day(row, context, column)


def _ask_day(row: ImportRow, context: ImportContext, column: Column) -> None:
    """One question for all rows of one state, with the period that the title names."""
    titles = [text for _cell, text in context.table.titles]
    details = about_missing(column.key, [*titles, context.table.sheet])
    today = f"{context.today:%d/%m/%Y}"
    if column.key in CLOSED_BY.values():
        unknown = _("Not known; it was so by today, %(day)s") % {"day": today}
        details["asked"] = [*details["asked"], Choice("today", unknown, {column.key: today})]
    else:
        word = STATE_WORDS[PENDING]
        open_still = Choice("open", _("Not known; record it as not yet granted"), {"state": word})
        details["asked"] = [*details["asked"], open_still]
        details["about"] = ["state"]
    context.error(
        row,
        column,
        "required",
        because="day_of_state",
        state=row["state"],
        subject=row["state"],
        **details,
    )


def _compare_expiry(row: ImportRow, context: ImportContext, columns: dict[str, Column]) -> None:
    if not (row["expires"] and row["kind"] and row["filed"]):
        return
    term = legal_terms.protected_until(row["kind"], row["filed"], None)
    if term is not None and term != row["expires"]:
        context.warn(
            row, columns["expires"], "conflict", because="other_expiry", term=f"{term:%d/%m/%Y}"
        )


# --- Place ----------------------------------------------------------------------------------------


def resolve_owners_place(
    row: ImportRow, context: ImportContext, columns: dict[str, Column]
) -> None:
    """The district of the row's own column, else of the owner's address; an owner elsewhere has
    none, which is said."""
    columns = {**columns, "commune": columns["district"]}
    row.values["day"] = row["granted"] or row["filed"]
    if row["district"]:
        resolve_place(row, context, columns)
    elif row["address"]:
        try:
            context.units.address(row["address"], row["day"])
        except UnitNameError as error:
            if error.code == "unknown_unit":
                context.warn(row, columns["address"], "unknown_unit", because="address_elsewhere")
                return
        resolve_place(row, context, columns)
