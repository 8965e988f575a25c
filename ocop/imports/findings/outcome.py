"""What an import found or did, and on whose behalf it runs."""

from dataclasses import dataclass, field
from typing import Any

from ocop.imports.findings.apart import IncompleteRow, LeftOutRow
from ocop.imports.findings.questions import Question, questions
from ocop.imports.findings.report import CellReference, Problem, ProblemReport
from ocop.organisation.scope import Scope

ACCEPTED, REJECTED, UNUSABLE = "accepted", "rejected", "unusable"
COUNTS = ("rows", "created", "updated", "unchanged", "skipped")


@dataclass(frozen=True)
class Importer:
    """On whose behalf records enter: their scope and the status the records get."""

    scope: Scope
    status: str
    user: Any = None


@dataclass
class ImportOutcome:
    """What an import did or found; `batch` is None where nothing was written."""

    dataset: str
    verdict: str
    sheet: str = ""
    header_row: int | None = None
    batch: int | None = None
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    left_out: list[LeftOutRow] = field(default_factory=list)
    drafts: list[IncompleteRow] = field(default_factory=list)
    corrections: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    """What the office may remember of the answers that were used."""
    listed: list[str] = field(default_factory=list)
    """Which of left_out and drafts were asked for, be they empty."""

    def reject(self, report: ProblemReport) -> None:
        """What was counted does not come to be: the report says why."""
        self.verdict, self.batch = REJECTED, None
        self.created = self.updated = self.unchanged = 0
        self.errors, self.warnings = report.errors, report.warnings

    @property
    def questions(self) -> list[Question]:
        """What has to be decided before anything is written."""
        return questions(self.dataset, self.sheet, [problem.shown() for problem in self.errors])

    @property
    def all_questions(self) -> list[Question]:
        """Those too without whose answer it would go in."""
        shown = [problem.shown() for problem in self.warnings]
        return [*self.questions, *questions(self.dataset, self.sheet, shown, False)]

    def as_json(self) -> dict[str, Any]:
        return {
            "dataset": self.dataset,
            "sheet": self.sheet,
            "header_row": self.header_row,
            "verdict": self.verdict,
            "batch": self.batch,
            **{name: getattr(self, name) for name in COUNTS},
            "errors": [problem.as_json() for problem in self.errors],
            "warnings": [problem.as_json() for problem in self.warnings],
            "questions": [question.as_json() for question in self.questions],
            **{name: [row.as_json() for row in getattr(self, name)] for name in self.listed},
        }


def unusable_outcome(
    dataset: str, code: str, place: CellReference, **details: Any
) -> ImportOutcome:
    """The verdict on a file, or a sheet of it, of which no row could be looked at."""
    report = ProblemReport()
    report.error(code, place, **details)
    return ImportOutcome(dataset, UNUSABLE, errors=report.errors)
