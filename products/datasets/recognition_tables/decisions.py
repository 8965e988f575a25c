"""Number and day of the decision that recognised a row's product, wherever the sheet names them."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ocop.imports.columns import Column
from ocop.imports.datasets import ImportContext, ImportRow
from ocop.imports.findings import SAME, Choice, kinds, typed
from ocop.lib.spreadsheets.tables import (
    DecisionReference,
    Record,
    Table,
    decisions_in,
    find_decisions,
    plain_text,
)
from ocop.lib.text import folded
from products.choices import Authority
from products.datasets.recognition_tables.list_states import (
    PROPOSED,
    WITHDRAWN,
    state_of_titles,
)

CENTRE = re.compile(r"-BNN|-BNNMT|-BNN-|VPĐP|-HĐTW|-HĐQG")
OF_DISTRICT = re.compile(r"\b(?:ubnd|uy ban nhan dan) (?:huyen|thi xa|tx|thanh pho|tp|quan)\b")
OF_PROVINCE = re.compile(r"\b(?:ubnd|uy ban nhan dan) tinh\b")


class SheetDecisions:
    """The decisions a sheet names: above its header, between its rows, below them."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.titled = find_decisions(table.titles, table.footers)
        self._of_groups: dict[tuple[str, ...], list[DecisionReference]] = {}
        self.state = state_of_titles(table.titles)
        self._heading = folded(" ".join(text for _cell, text in table.titles))

    def of(self, record: Record) -> list[DecisionReference]:
        """Those that a record may belong to: of the nearest row above it that names any, else of
        the titles."""
        groups = record.groups
        if not groups:
            return self.titled
        if groups not in self._of_groups:
            named = (find_decisions([("A1", text)]) for text in reversed(groups))
            self._of_groups[groups] = next((found for found in named if found), self.titled)
        return self._of_groups[groups]

    @property
    def every(self) -> list[DecisionReference]:
        """All of the sheet, each once."""
        for record in self.table.records:
            self.of(record)
        every = [*self.titled, *(one for found in self._of_groups.values() for one in found)]
        return list({(one.number, one.day): one for one in every}.values())

    def authority(self, number: str) -> str:
        """Who decided, by the decision's number and what is said of it: an Authority, or empty
        where they do not tell the district from the province."""
        if CENTRE.search(plain_text(number).upper()):
            return Authority.MINISTRY
        said = [one.said for one in self.every if one.number == number]
        for text in (*map(folded, said), self._heading):
            if OF_DISTRICT.search(text):
                return Authority.DISTRICT
            if OF_PROVINCE.search(text):
                return Authority.PROVINCE
        return ""

    @staticmethod
    def is_local(number: str) -> bool:
        """Whether a People's Committee decided, be it of the province or of a district."""
        return "UBND" in number.upper()


def take_decision(
    row: ImportRow, decisions: SheetDecisions, context: ImportContext, columns: Mapping[str, Column]
) -> None:
    """Number and day of the row: its own before those of the group row or the title.

    A row whose own number or day names another decision takes nothing of the title's. What is
    missing then is asked, once for all rows that say the same. In a list of withdrawn certificates
    or of products proposed, the title's decision is none of recognition unless somebody says so.
    """
    if row["day"] is None and row.record.values.get("day") not in (None, ""):
        # It stands there and cannot be read: that has been said.
        return
    number, day = row["number"] or "", row["day"]
    found = decisions.of(row.record)
    if decisions.state and found is decisions.titled:
        if day is None:
            _ask(row, [] if decisions.state == WITHDRAWN else found, decisions, context, columns)
        return
    fitting = [one for one in found if _agrees(one, number, day)]
    if len(fitting) != 1 and number and day is None:
        fitting = [one for one in decisions.every if one.day and _agrees(one, number, day)]
    if len(fitting) == 1 and (fitting[0].day or day is None):
        row.values["number"] = _fuller(number, fitting[0].number)
        row.values["day"] = day or fitting[0].day
    if row["day"] is None:
        _ask(row, found, decisions, context, columns)


def _fuller(own: str, named: str) -> str:
    return own if own and not named.upper().startswith(f"{own}/".upper()) else named


def _agrees(one: DecisionReference, number: str, day: date | None) -> bool:
    """Whether the row's own number ("1693", "Số 1693/QĐ-UBND") and day are not another's."""
    if day not in (None, one.day):
        return False
    if not number:
        return True
    own = decisions_in(plain_text(number))
    key = folded(own[0].number if own else number).removeprefix("so ")
    return f"{folded(one.number)} ".startswith(f"{key} ")


def _ask(
    row: ImportRow,
    found: list[DecisionReference],
    decisions: SheetDecisions,
    context: ImportContext,
    columns: Mapping[str, Column],
) -> None:
    """Which decision a row belongs to: one that the sheet names, or what somebody writes."""
    own = row["number"] or ""
    named = decisions_in(plain_text(own)) if own else []
    dated = [(one.number, one.day) for one in (named if own else found) if one.day]
    choices = [
        Choice(
            f"{SAME}{number}|{day:%d/%m/%Y}",
            _("Decision %(number)s of %(day)s") % {"number": number, "day": f"{day:%d/%m/%Y}"},
            {"number": number, "day": f"{day:%d/%m/%Y}"},
        )
        for number, day in dict.fromkeys(dated)
    ]
    because = "several_decisions" if choices else "no_decision"
    if decisions.state:
        because = "title_withdraws" if decisions.state == WITHDRAWN else "title_proposes"
    details: dict[str, Any] = {"because": because}
    only_day = bool(own) and len(named) < 2
    if only_day:
        label = _("Write the day of the decision")
    else:
        label = _("Write the number and the day of the decision")
    keys = ("day",) if only_day else ("number", "day")
    if own:
        details["about"] = ["number"]
    elif len(found) == 1 and decisions.state != PROPOSED:
        details["subject"] = found[0].number
    asked = [*choices, typed(keys, label)]
    context.error(row, columns["day"], "required", kind=kinds.DECISION, asked=asked, **details)
