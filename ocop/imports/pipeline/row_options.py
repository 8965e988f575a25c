"""A table checked with some of its rows set apart: left out, or kept as incomplete records.

Rows are left out one round after the other: what is wrong with a row may come to light only when
the others are right, and a row that is out takes no part in the checks of the others.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ocop.imports.datasets import (
    DATASETS,
    CellDecision,
    CheckedTable,
    ImportableResource,
    ImportRow,
    RunProgress,
    TableDataset,
    incomplete,
)
from ocop.imports.findings import (
    REJECTED,
    CellReference,
    Importer,
    Problem,
    apart,
)
from ocop.imports.pipeline.corrections import Correction, as_decisions, say_corrections
from ocop.lib.identity import identity_key
from ocop.lib.spreadsheets.tables import Table

LEAVE_OUT = (apart.BY_ERRORS, apart.BY_OUTSIDE)
MAX_ROUNDS = 20
"""Times that rows are set apart before the file is refused for what is left: far above what the
stages of a check need."""
INCOMPLETE_DAY = 2
"""Numbers in a day that has only a month and a year, or a year."""
NOT_RATED = "not_rated"
"""Why a row has no rank that says so: nothing is missing, there is no record to make of it."""
ASKED_WHEN_MISSING = {"decision", "day"}


@dataclass(frozen=True)
class RowOptions:
    """What becomes of rows that cannot go in as they are; by default nothing: all or none.

    `leave_out`: BY_ERRORS, BY_OUTSIDE. `drafts`: rows that lack only what counting needs are kept
    as incomplete records. `chosen`: rows a person left out, with what was wrong with them then.
    """

    leave_out: frozenset[str] = frozenset()
    drafts: bool = False
    chosen: Mapping[int, Sequence[dict[str, Any]]] = field(default_factory=dict)
    corrections: Sequence[Correction] = ()


ALL_OR_NOTHING = RowOptions()


def check_rows(
    resource: ImportableResource,
    table: Table,
    importer: Importer,
    decisions: Iterable[CellDecision],
    run: RunProgress,
    header_given: bool = False,
    options: RowOptions = ALL_OR_NOTHING,
) -> CheckedTable:
    """The table checked without the rows that `options` set apart; these stand in the outcome."""
    decided = [*decisions, *as_decisions(options.corrections)]
    rows_apart = _Apart(options, {record.row_number for record in table.records})
    for _round in range(MAX_ROUNDS):
        checked = _checked(
            resource,
            table,
            importer=importer,
            decisions=decided,
            run=run,
            header_given=header_given,
            without=frozenset(rows_apart.rows),
        )
        if not rows_apart.take(checked):
            break
        resource = DATASETS[resource.dataset]()
    rows_apart.finish(checked)
    say_corrections(checked, options.corrections)
    return checked


def _checked(resource: ImportableResource, table: Table, **options: Any) -> CheckedTable:
    checked = resource.import_data(TableDataset(_copy(table)), dry_run=True, **options).checked
    assert checked is not None, "only a dataset in which no table is found goes unchecked"
    return checked


def _copy(table: Table) -> Table:
    """Checking changes records, columns and skipped rows in their place."""
    return replace(
        table,
        records=list(table.records),
        skipped=list(table.skipped),
        columns=dict(table.columns),
    )


class _Apart:
    """The rows set apart so far."""

    def __init__(self, options: RowOptions, numbers: set[int]) -> None:
        self.options, self.numbers = options, numbers
        self.left = {
            row: apart.LeftOutRow(row, apart.BY_CHOICE, list(problems))
            for row, problems in options.chosen.items()
            if row in numbers
        }
        self.drafts: dict[int, apart.IncompleteRow] = {}

    @property
    def rows(self) -> set[int]:
        return {*self.left, *self.drafts}

    def take(self, checked: CheckedTable) -> bool:
        """Set apart what the check found to be; False where that is no further row."""
        if not (self.options.leave_out or self.options.drafts):
            return False
        by_row: dict[int, list[Problem]] = defaultdict(list)
        for problem in checked.outcome.errors:
            if problem.row in self.numbers:
                by_row[problem.row].append(problem)
        rows = {row.number: row for row in checked.rows}
        # What contradicts another row does so only as long as that row stays.
        return self._sort_out(checked, rows, by_row, _own) or self._sort_out(
            checked, rows, by_row, list
        )

    def _sort_out(
        self,
        checked: CheckedTable,
        rows: Mapping[int, ImportRow],
        by_row: Mapping[int, list[Problem]],
        heeded: Callable[[list[Problem]], list[Problem]],
    ) -> bool:
        before = len(self.rows)
        for number, problems in by_row.items():
            if self.options.drafts and number in rows and is_incomplete(checked, problems):
                self.drafts[number] = incomplete_row(checked, rows[number], problems)
            elif how := self._how(heeded(problems)):
                self.left[number] = apart.LeftOutRow.of(number, how, problems)
        return len(self.rows) > before

    def _how(self, problems: Sequence[Problem]) -> str:
        if apart.BY_OUTSIDE in self.options.leave_out and any(map(apart.is_outside, problems)):
            return apart.BY_OUTSIDE
        wrong = any(not one.choices for one in problems)
        return apart.BY_ERRORS if wrong and apart.BY_ERRORS in self.options.leave_out else ""

    def finish(self, checked: CheckedTable) -> None:
        """The rows set apart into the outcome; a file of which nothing is left is refused."""
        outcome = checked.outcome
        outcome.rows += len(self.rows)
        asked = {"left_out": self.options.leave_out, "drafts": self.options.drafts}
        outcome.listed = [name for name, wanted in asked.items() if wanted]
        outcome.left_out = [self.left[row] for row in sorted(self.left)]
        outcome.drafts = [self.drafts[row] for row in sorted(self.drafts)]
        _mark_known(checked)
        if self.left and not self.drafts and self.numbers <= self.left.keys():
            checked.context.report.error("conflict", CellReference(), because="all_left_out")
            checked.plan, outcome.verdict = None, REJECTED


def _own(problems: list[Problem]) -> list[Problem]:
    """Those that are not about another row too."""
    return [one for one in problems if "other" not in one.details]


# --- Incomplete records ---------------------------------------------------------------------------


def is_incomplete(checked: CheckedTable, problems: Iterable[Problem]) -> bool:
    """Whether all that is wrong with a row is that it lacks what counting needs."""
    counting = checked.resource.counting
    return all(one.key in counting and _is_lacking(one) for one in problems)


def _is_lacking(problem: Problem) -> bool:
    if problem.cause == NOT_RATED:
        return False
    if problem.code == "required" or (not problem.value and problem.kind in ASKED_WHEN_MISSING):
        return True
    numbers = re.findall(r"\d+", problem.value)
    # "5/6/22" has all of a day and is asked about; "6/2022" and "2022" have not.
    return problem.code == "ambiguous_date" and len(numbers) <= INCOMPLETE_DAY


def incomplete_row(
    checked: CheckedTable, row: ImportRow, problems: Sequence[Problem]
) -> apart.IncompleteRow:
    columns = checked.resource.columns()
    values = {
        **{key: row.values[key] for key in columns if row.values.get(key)},
        **row.record.values,
    }
    texts = {
        key: CellReference(value=values[key]).shown
        for key in columns
        if values.get(key) is not None
    }
    missing = list(dict.fromkeys(one.key for one in problems))
    district = row.resolved.get("district")
    said = sorted((key, identity_key(text)) for key, text in texts.items())
    digest = hashlib.sha256(repr((checked.resource.dataset, said)).encode()).hexdigest()
    reasons = [{**apart.reason_of(one.shown()), "row": row.number} for one in problems]
    place = row.resolved.get("place")
    return apart.IncompleteRow(
        row.number,
        texts,
        missing,
        district_id=getattr(district, "pk", None),
        commune_id=checked.context.communes.get(place.pk) if place is not None else None,
        digest=digest,
        problems=reasons,
    )


def _mark_known(checked: CheckedTable) -> None:
    """The same row twice, in a file or by an earlier one, is kept once."""
    drafts = checked.outcome.drafts
    if not drafts:
        return
    known = incomplete.standing(one.digest for one in drafts)
    for one in drafts:
        one.known = one.digest in known
        known.add(one.digest)


def rows_to_set_apart(checked: CheckedTable) -> dict[str, int]:
    """How many rows each of the options would set apart now: errors, outside, incomplete."""
    by_row: dict[int, list[Problem]] = defaultdict(list)
    numbers = {record.row_number for record in checked.context.table.records}
    for problem in checked.outcome.errors:
        if problem.row in numbers:
            by_row[problem.row].append(problem)
    found = by_row.values()
    return {
        apart.BY_ERRORS: sum(any(not one.choices for one in problems) for problems in found),
        apart.BY_OUTSIDE: sum(any(map(apart.is_outside, problems)) for problems in found),
        "incomplete": sum(is_incomplete(checked, problems) for problems in found),
    }
