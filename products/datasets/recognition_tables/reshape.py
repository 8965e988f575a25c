"""Columns of a list of recognitions that hold their values in another form than the dataset's."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ocop.imports.datasets import ImportContext
from ocop.lib.dates import parse_day
from ocop.lib.errors import ReadingError
from ocop.lib.spreadsheets.tables import ColumnSpec, Record, decision_in_cell
from ocop.lib.text import folded
from ocop.lib.yes_no import parse_yes_no
from products.choices import Authority, Rank
from products.datasets.headers import RECOGNITIONS
from products.datasets.recognition_tables.decisions import SheetDecisions
from products.datasets.recognition_tables.producers import (
    ProducerPlace,
    producer_and_place,
    producer_of_groups,
)
from products.datasets.recognition_tables.surroundings import rank_of_groups, rank_of_titles
from products.datasets.spellings import RANK_WORDS

UNDER = " > "
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
TICKED = {
    "ticked_3": Rank.THREE,
    "ticked_4": Rank.FOUR,
    "ticked_potential_5": Rank.POTENTIAL_FIVE,
    "ticked_5": Rank.FIVE,
}
LEVELS = {
    "by_district": Authority.DISTRICT,
    "by_province": Authority.PROVINCE,
    "by_ministry": Authority.MINISTRY,
}
STANDS_FOR = {
    **dict.fromkeys((*TICKED, "re_rated"), "rank"),
    "producer_place": "producer",
}
EXTRA = ("decision", "producer_place", *TICKED, *LEVELS, "province", "re_rated", "year")
PLACES = ("district", "commune", "address")

Changes = dict[str, tuple[Any, str]]
"""Key → (value, letters of the cell it comes from)."""
Step = Callable[[Record, dict[str, Any], Changes], None]


@dataclass
class Beside:
    """What was taken out of the sheet's rows beside the dataset's own columns, by row number.

    `titled_rank`: what the title gave where no row says it. `by_level`: level → (points or rank as
    written, cell); `left`: the first of each level that was not taken. `places`: of a cell with
    producer and address. `findings`: (row, key, code, details) to be said once the rows are read.
    """

    titled_rank: Rank | None = None
    by_level: dict[int, dict[str, tuple[Any, str]]] = field(default_factory=dict)
    places: dict[int, ProducerPlace] = field(default_factory=dict)
    left: dict[str, tuple[int, Any, str]] = field(default_factory=dict)
    findings: list[tuple[int, str, str, dict[str, Any]]] = field(default_factory=list)


def extra_specs() -> list[ColumnSpec]:
    """The columns that `reshape` reads, under the headers they have."""
    return [
        ColumnSpec(
            key=key,
            header=RECOGNITIONS[key][0],
            synonyms=tuple(text for text in RECOGNITIONS[key][1:] if UNDER not in text),
            one_of=STANDS_FOR.get(key, ""),
            qualified=tuple(
                (upper, lower)
                for text in RECOGNITIONS[key]
                for upper, sign, lower in (text.partition(UNDER),)
                if sign
            ),
            tick=key in TICKED,
        )
        for key in EXTRA
    ]


def reshape(context: ImportContext) -> Beside:
    """Give every record of the table the dataset's own keys only, in place."""
    return _Reshaper(context).done()


class _Reshaper:
    """Goes through the records once, with the steps that the sheet's columns ask for."""

    def __init__(self, context: ImportContext) -> None:
        self.context, self.table = context, context.table
        self.beside = Beside()
        self.columns = self.table.columns
        self.present = [key for key in EXTRA if key in self.columns]
        self.ticks = [key for key in self.present if key in TICKED]
        self._decisions: dict[str, Any] = {}
        self._places: dict[str, ProducerPlace] = {}
        self._titled_rank = rank_of_titles(self.table.titles)
        self._letters: dict[Any, tuple[Mapping[str, str], dict[str, str]]] = {}

    def done(self) -> Beside:
        steps = self._steps()
        if steps:
            records = self.table.records
            for place, record in enumerate(records):
                changes: Changes = {}
                values = record.values
                for step in steps:
                    step(record, values, changes)
                if changes or self.present:
                    records[place] = self._rebuilt(record, values, changes)
        self._name_columns()
        return self.beside

    def _steps(self) -> list[Step]:
        steps: list[Step] = []
        if "decision" in self.columns or self._holds_decisions():
            steps.append(self._decision)
        if "producer_place" in self.columns:
            steps.append(self._producer)
        elif "producer" not in self.columns:
            steps.append(self._producer_around)
        if "re_rated" in self.columns:
            steps.append(self._re_rated)
        elif self.ticks and "rank" not in self.columns:
            steps.append(self._tick)
        elif "rank" not in self.columns:
            steps.append(self._rank_around)
        if set(self.present) & LEVELS.keys():
            steps.append(self._level)
        if "year" in self.columns:
            self._titled = SheetDecisions(self.table)
            steps.append(self._year)
        if "province" in self.columns:
            own = self.context.units.province_names
            self._provinces = {folded(name).removeprefix("tinh ") for name in own}
            steps.append(self._province)
        return steps

    def _holds_decisions(self) -> bool:
        """Whether a cell for the number holds a day too, or one for the day a number."""
        for place, key in enumerate(self.columns):
            if key not in ("number", "day"):
                continue
            held = {record.held[place] for record in self.table.records}
            found = [self._decision_in(text) for text in held if isinstance(text, str)]
            if any(one is not None and (key == "day" or one[1] is not None) for one in found):
                return True
        return False

    def _name_columns(self) -> None:
        """The cells of these columns are those of the keys that they gave."""
        for key, gives in (
            ("decision", ("number", "day")),
            ("producer_place", ("producer", "address")),
            ("re_rated", ("rank",)),
            *((tick, ("rank",)) for tick in self.ticks),
        ):
            for own in gives if key in self.columns else ():
                self.columns.setdefault(own, self.columns[key])

    def _rebuilt(self, record: Record, values: dict[str, Any], changes: Changes) -> Record:
        signs = id(record.letters), tuple((key, letters) for key, (_v, letters) in changes.items())
        if signs not in self._letters:
            own = {k: where for k, where in record.letters.items() if k not in EXTRA}
            own |= {key: letters for key, (_value, letters) in changes.items()}
            # The old mapping is kept, so that its identity stays its own.
            self._letters[signs] = record.letters, own
        letters = self._letters[signs][1]
        held = tuple(changes[key][0] if key in changes else values.get(key) for key in letters)
        return replace(record, held=held, letters=letters)

    def _decision(self, record: Record, values: dict[str, Any], changes: Changes) -> None:
        """Number and day of one cell, unless the row has the other in a cell of its own."""
        for key in ("decision", "number", "day"):
            value = values.get(key)
            if value is None:
                continue
            where = record.letters[key]
            found = self._decision_in(value) if isinstance(value, str) else None
            if found is None:
                own = "day" if hasattr(value, "year") else "number"
                if key == "decision" and own not in values:
                    changes.setdefault(own, (value, where))
            elif key != "number" or found[1] is not None:
                self._put(record, values, changes, key, found)

    def _put(
        self,
        record: Record,
        values: dict[str, Any],
        changes: Changes,
        key: str,
        found: tuple[str, date | None],
    ) -> None:
        """Of a cell of column `key`; what a cell of the row's own says otherwise is an error."""
        where = record.letters[key]
        for own, value in (("number", found[0]), ("day", found[1])):
            if value is None:
                continue
            if own == key or own not in values:
                changes[own] = value, where
            elif not _same(own, values[own], value):
                said = {"because": "two_places", "value": str(values[own])}
                self.beside.findings.append((record.row_number, own, "conflict", said))

    def _decision_in(self, text: str) -> Any:
        """(number, day) where the text names a decision; a lone number stays as it is."""
        if text not in self._decisions:
            self._decisions[text] = decision_in_cell(text)
        return self._decisions[text]

    def _producer(self, record: Record, values: dict[str, Any], changes: Changes) -> None:
        text = values.get("producer_place")
        where = record.letters["producer_place"]
        if not isinstance(text, str) or "producer" in values:
            if text is not None and "producer" not in values:
                changes["producer"] = text, where
            return
        if text not in self._places:
            self._places[text] = producer_and_place(text)
        found = self._places[text]
        self.beside.places[record.row_number] = found
        if not found.clear:
            changes["producer"] = text, where
            return
        changes["producer"] = found.producer, where
        if found.address and "address" not in values:
            changes["address"] = found.address, where

    def _producer_around(self, record: Record, values: dict[str, Any], changes: Changes) -> None:
        """The producer that the group row right above names, and its place where the row has none
        of its own."""
        found = producer_of_groups(record.groups)
        if found is not None:
            changes["producer"] = found.producer, ""
            if found.address and not any(values.get(key) for key in PLACES):
                changes["address"] = found.address, ""

    def _re_rated(self, record: Record, values: dict[str, Any], changes: Changes) -> None:
        """The rank of the new rating, never the one before it."""
        changes["rank"] = values.get("re_rated"), record.letters["re_rated"]
        if values.get("re_rated") is None and len(values) > 1:
            self._say(record, "required", because="no_new_rank", cell=record.cell("re_rated"))

    def _year(self, record: Record, values: dict[str, Any], changes: Changes) -> None:
        """A year beside the day has to be the day's. In place of a day it is read as one, which
        asks what day is meant; the decision of the title gives the day where it is of that year."""
        text = values.get("year")
        found = YEAR.search(str(text)) if text is not None else None
        if found is None:
            return
        year, where = int(found[0]), record.letters["year"]
        day, _where = changes.get("day") or (values.get("day"), "")
        if day is not None:
            try:
                day = parse_day(day)
            except ReadingError:
                return
            if day.year != year:
                said = {"because": "another_year", "value": str(year), "now": f"{day:%d/%m/%Y}"}
                self.beside.findings.append((record.row_number, "day", "conflict", said))
            return
        days = [one.day for one in self._titled.of(record) if one.day]
        if self._titled.state or year not in [one.year for one in days]:
            changes["day"] = str(year), where

    def _tick(self, record: Record, values: dict[str, Any], changes: Changes) -> None:
        """The rank of the one ticked column; two, none or an unreadable tick is an error."""
        ticked = []
        for key in self.ticks:
            try:
                if parse_yes_no(values.get(key)):
                    ticked.append(key)
            except ReadingError:
                cell = record.cell(key)
                self._say(record, "unknown_value", choices="x", value=str(values[key]), cell=cell)
                return
        if len(ticked) == 1:
            changes["rank"] = RANK_WORDS[TICKED[ticked[0]]], record.letters[ticked[0]]
        elif ticked:
            cells = ", ".join(record.cell(key) for key in ticked)
            self._say(record, "conflict", because="two_ticks", cells=cells)
        elif len(values) > 1:
            self._say(record, "required", because="no_tick")

    def _say(self, record: Record, code: str, **details: Any) -> None:
        self.context.cache.setdefault(record.row_number, set()).add("rank")
        self.beside.findings.append((record.row_number, "rank", code, details))

    def _rank_around(self, record: Record, values: dict[str, Any], changes: Changes) -> None:
        """The rank of the group row above ("A. SẢN PHẨM 4 SAO"), else of the title."""
        rank = rank_of_groups(record.groups)
        if rank is None and self._titled_rank is not None:
            rank = self.beside.titled_rank = self._titled_rank
        if rank is not None:
            changes["rank"] = RANK_WORDS[rank], ""

    def _level(self, record: Record, values: dict[str, Any], changes: Changes) -> None:
        given: dict[str, tuple[Any, str]] = {
            str(level): (values[key], record.cell(key))
            for key, level in LEVELS.items()
            if key in values
        }
        if given:
            self.beside.by_level[record.row_number] = given

    def _province(self, record: Record, values: dict[str, Any], changes: Changes) -> None:
        """Another province's name goes into the row's first place, which it makes unknown: its
        "Châu Thành" is not ours."""
        province = values.get("province")
        if not isinstance(province, str) or not any(sign.isalpha() for sign in province):
            return
        bare = folded(province).removeprefix("tinh ")
        if bare in self._provinces:
            return
        key = next((key for key in PLACES if changes.get(key, (values.get(key), ""))[0]), None)
        if key:
            text, where = changes.get(key) or (values[key], record.letters[key])
            named = (
                province
                if folded(province).startswith(("tinh ", "thanh pho "))
                else f"tỉnh {province}"
            )
            changes[key] = f"{text}, {named}", where


def _same(key: str, own: Any, found: Any) -> bool:
    """Whether a row's own number or day is the one beside it; what cannot be read is said later."""
    if key == "number":
        named = decision_in_cell(str(own))
        return found.startswith(f"{named[0] if named else str(own).strip()}".upper().split(" ")[0])
    try:
        return parse_day(own) == found
    except ReadingError:
        return True
