"""A sheet checked with the answers that a command line gives to its questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ocop.imports.datasets import (
    DATASETS,
    CellDecision,
    CheckedTable,
    ImportableResource,
    RunProgress,
    TableDataset,
    all_headers,
    specs,
)
from ocop.imports.findings import EVERY, CellReference, Importer, Question, answered
from ocop.lib.spreadsheets.reading import SheetContent
from ocop.lib.spreadsheets.tables import find_table

MAX_ROUNDS = 6
"""Times that answers may lead to further questions (which table, whose producer, which product)."""


@dataclass(frozen=True)
class ReadOptions:
    """How one sheet is to be read: its name, the old font of its texts, answers by question."""

    sheet: str | None = None
    old_font: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _AppliedAnswers:
    """What the answers so far came to: decisions about cells, and which table and columns."""

    answers: dict[str, str]
    unused: set[str]
    decisions: list[CellDecision] = field(default_factory=list)
    part: dict[str, Any] = field(default_factory=dict)

    def take(self, question: Question, choice: Mapping[str, Any]) -> None:
        # An answer is given once: what is asked next under that id is another question.
        self.answers.pop(question.id, None)
        self.unused.discard(question.id)
        if choice["part"]:
            columns = {**self.part.get("columns", {}), **choice["part"].get("columns", {})}
            self.part |= choice["part"] | ({"columns": columns} if columns else {})
        else:
            decision = question.decision(choice)
            self.decisions.append(CellDecision(**{**decision, "rows": frozenset(decision["rows"])}))


def checked_with_answers(
    resource: ImportableResource,
    sheets: list[SheetContent],
    importer: Importer,
    reading: ReadOptions,
    run: RunProgress,
) -> CheckedTable:
    """The sheet checked, with every question answered that has an answer; an answer to no
    question is remarked on.

    Raises FileRefused, and UnknownChoice for an answer that its question does not offer.
    """
    given = _AppliedAnswers(dict(reading.answers), set(reading.answers) - {EVERY})
    for _round in range(MAX_ROUNDS):
        table = find_table(
            sheets,
            specs(resource),
            reading.sheet,
            header_row=given.part.get("header_row"),
            chosen=given.part.get("columns"),
            known_headers=all_headers(),
        )
        header_given = "header_row" in given.part
        options: dict[str, Any] = {"importer": importer, "decisions": given.decisions, "run": run}
        checked = resource.import_data(
            TableDataset(table), dry_run=True, header_given=header_given, **options
        ).checked
        questions = checked.outcome.questions if given.answers and checked.outcome.errors else []
        found = answered(questions, given.answers)
        if not found:
            break
        for question, choice in found:
            given.take(question, choice)
        resource = DATASETS[resource.dataset]()
    for question_id in sorted(given.unused):
        checked.context.report.warn(
            "answer_needed", CellReference(value=question_id), because="not_asked"
        )
    return checked
