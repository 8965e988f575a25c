"""A sheet checked with the answers that a command line gives to its questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ocop.imports.datasets import (
    DATASETS,
    CheckedTable,
    ImportableResource,
    RunProgress,
    all_headers,
    specs,
)
from ocop.imports.findings import EVERY, CellReference, Importer, Question, answered
from ocop.imports.pipeline.memory import Memory, as_cell_decision
from ocop.imports.pipeline.row_options import ALL_OR_NOTHING, RowOptions, check_rows
from ocop.lib.spreadsheets.reading import SheetContent
from ocop.lib.spreadsheets.tables import Table, find_table

MAX_ROUNDS = 6
"""Times that answers may lead to further questions (which table, whose producer, which product)."""


@dataclass(frozen=True)
class ReadOptions:
    """How one sheet is to be read: its name, the old font of its texts, answers by question, what
    becomes of rows that cannot go in; `office`: whose earlier answers hold, "" nobody's."""

    sheet: str | None = None
    old_font: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    rows: RowOptions = ALL_OR_NOTHING
    office: str = ""


@dataclass
class _AppliedAnswers:
    """What the answers so far came to: decisions about cells, and which table and columns."""

    answers: dict[str, str]
    unused: set[str]
    decisions: list[dict[str, Any]] = field(default_factory=list)
    part: dict[str, Any] = field(default_factory=dict)

    def take(self, question: Question, choice: Mapping[str, Any]) -> None:
        # An answer is given once: what is asked next under that id is another question.
        self.answers.pop(question.id, None)
        self.unused.discard(question.id)
        if choice["part"]:
            columns = {**self.part.get("columns", {}), **choice["part"].get("columns", {})}
            self.part |= choice["part"] | ({"columns": columns} if columns else {})
        else:
            self.decisions.append(question.decision(choice))


def checked_with_answers(
    resource: ImportableResource,
    sheets: list[SheetContent],
    importer: Importer,
    reading: ReadOptions,
    run: RunProgress,
) -> CheckedTable:
    """The sheet checked, with every question answered that has an answer, given here or by the
    office before; an answer to no question is remarked on.

    Raises FileRefused, and UnknownChoice for an answer that its question does not offer.
    """
    given = _AppliedAnswers(dict(reading.answers), set(reading.answers) - {EVERY})
    memory = Memory(reading.office, resource.dataset)
    for _round in range(MAX_ROUNDS):
        table = _table(resource, sheets, reading, given)
        header_given = "header_row" in given.part
        decisions = [as_cell_decision(one) for one in given.decisions]
        checked = check_rows(resource, table, importer, decisions, run, header_given, reading.rows)
        questions = checked.outcome.questions if checked.outcome.errors else []
        found = answered(questions, given.answers) if given.answers else []
        for question, choice in found:
            given.take(question, choice)
        here = {question.id for question, _choice in found}
        before = memory.decisions(one for one in questions if one.id not in here)
        given.decisions += before
        if not (found or before):
            break
        resource = DATASETS[resource.dataset]()
    for question_id in sorted(given.unused):
        checked.context.report.warn(
            "answer_needed", CellReference(value=question_id), because="not_asked"
        )
    checked.outcome.answers = given.decisions
    return checked


def _table(
    resource: ImportableResource,
    sheets: list[SheetContent],
    reading: ReadOptions,
    given: _AppliedAnswers,
) -> Table:
    return find_table(
        sheets,
        specs(resource),
        reading.sheet,
        header_row=given.part.get("header_row"),
        chosen=given.part.get("columns"),
        known_headers=all_headers(),
    )
