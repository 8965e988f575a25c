"""Findings arranged for the page: problems by cause, questions once for equal values."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from ocop.imports.datasets import DATASETS, described
from ocop.imports.findings import COLUMN, NEW, TABLE, TITLES, Question, questions, with_text
from ocop.lib.spreadsheets.reading import parse_cell_name

MAX_SHOWN = 10
"""Sentences of one cause shown at once; the others unfold."""
MAX_CELLS = 12
MAX_ASKED = 200
"""Questions on the page at one time: the others come once these are answered."""
APART = (COLUMN, TABLE)
"""Kinds of questions that have forms of their own."""
ARROW = " – "
SKIPPED: dict[str, Any] = {
    "title": _("title"),
    "group": _("group"),
    "total": _("total"),
    "signature": _("signature or footnote"),
    "blank": _("empty"),
    "repeated_header": _("repeated header"),
    "none": _("in no system and on no floor"),
}
"""Why a row is no record, in words."""


@dataclass
class ProblemGroup:
    """Problems of one cause in one column, mended alike."""

    title: str
    column: str
    problems: list[dict[str, Any]] = field(default_factory=list)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """(sentence, cells) – each sentence once with all cells it is true of, the most first."""
        cells: dict[str, list[str]] = {}
        for problem in self.problems:
            cells.setdefault(problem["text"], []).append(problem["cell"] or "")
        ordered = sorted(cells.items(), key=lambda pair: -len(pair[1]))
        return [(text, ", ".join(ranges(filter(None, places)))) for text, places in ordered]

    @property
    def first(self) -> list[tuple[str, str]]:
        return self.lines[:MAX_SHOWN]

    @property
    def rest(self) -> list[tuple[str, str]]:
        return self.lines[MAX_SHOWN:]


def groups(problems: Iterable[dict[str, Any]]) -> list[ProblemGroup]:
    """The largest first; what concerns the whole sheet before all."""
    found: dict[tuple[str, str, str], ProblemGroup] = {}
    for problem in problems:
        cause, code = problem["cause"], problem["code"]
        key = code, cause, problem["column"]
        title = TITLES.get(cause) or TITLES.get(code) or code
        found.setdefault(key, ProblemGroup(str(title), problem["column"])).problems.append(problem)
    return sorted(
        found.values(),
        key=lambda group: (group.problems[0]["cell"] is not None, -len(group.problems)),
    )


def ranges(cells: Iterable[str]) -> list[str]:
    """G17, G18, G19, H4 → G17–G19, H4: as people would point at them."""
    by_letters: dict[str, list[int]] = {}
    for cell in cells:
        letters = cell.rstrip("0123456789")
        if parse_cell_name(cell):
            by_letters.setdefault(letters, []).append(int(cell[len(letters) :]))
    drawn = []
    for letters, rows in by_letters.items():
        start = last = None
        for row in [*sorted(set(rows)), None]:
            if last is not None and row != last + 1:
                one = f"{letters}{start}"
                drawn.append(one if start == last else f"{one}–{letters}{last}")
                start = row
            start = row if start is None else start
            last = row
    return drawn


@dataclass
class QuestionView:
    """A question as the page asks it, in the field `d-<number>`."""

    number: int
    question: Question

    def __getattr__(self, name: str) -> Any:
        return getattr(self.question, name)

    @property
    def place(self) -> str:
        return str(self.number)

    @property
    def preset(self) -> str:
        """The choice ticked beforehand: what must be decided has none."""
        return "-" if self.question.must else NEW

    @property
    def now(self) -> str:
        return ARROW.join(self.question.given.values()) or self.question.value

    @property
    def shown_cells(self) -> str:
        drawn = ranges(self.question.cells)
        more = ", …" if len(drawn) > MAX_CELLS else ""
        return ", ".join(drawn[:MAX_CELLS]) + more


def question_views(parts: Iterable[dict[str, Any]]) -> list[QuestionView]:
    """Every question of the findings that is answered by a choice about cells.

    Which table and which columns are meant is chosen in forms of their own.
    """
    found: list[Question] = []
    for part in parts:
        for kind, must in (("errors", True), ("warnings", False)):
            problems = part["outcome"][kind]
            found += questions(part["dataset"], part["sheet"], problems, must)
    here = [one for one in found if one.kind not in APART]
    return [QuestionView(number, one) for number, one in enumerate(here)]


def decisions_from(
    questions_asked: list[QuestionView], posted: dict[str, str]
) -> list[dict[str, Any]]:
    """Decisions out of a form's fields d-<number>: the id of a choice, or nothing yet."""
    chosen = ((one, one.choice(posted.get(f"d-{one.number}", ""))) for one in questions_asked)
    return [one.decision(choice) for one, choice in chosen if choice is not None]


def label_of(dataset: str) -> str:
    return str(DATASETS[dataset].label) if dataset in DATASETS else ""


def dataset_choices(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, label_of(name)) for name in names]


def column_choices(dataset: str) -> list[tuple[str, str, bool]]:
    """(key, header, required) of every column of a dataset."""
    columns = described(dataset).columns()
    return [(key, column.header, column.required) for key, column in columns.items()]


def groups_of_stored(problems: Iterable[dict[str, Any]]) -> list[ProblemGroup]:
    """Groups of problems as a batch keeps them."""
    return groups(with_text(problem) for problem in problems)


class SheetImportView:
    """One part of the findings as the page shows it."""

    def __init__(self, part: dict[str, Any], index: int, findings: dict[str, Any]) -> None:
        self.part, self.index = part, index
        self.outcome = part["outcome"]
        self.sheet, self.dataset = part["sheet"], part["dataset"]
        of_sheet = [one for one in findings["sheets"] if one["name"] == self.sheet]
        self.remembered = any(one["remembered"] for one in of_sheet)
        self.several = [one["sheet"] for one in findings["parts"]].count(self.sheet) > 1

    def __getattr__(self, name: str) -> Any:
        try:
            return self.part[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def label(self) -> str:
        return label_of(self.dataset)

    @property
    def column_choices(self) -> list[tuple[str, str, bool]]:
        return column_choices(self.dataset)

    @property
    def accepted(self) -> bool:
        return bool(self.outcome["verdict"] == "accepted")

    @property
    def to_import(self) -> int:
        return int(self.outcome["created"] + self.outcome["updated"])

    @property
    def error_groups(self) -> list[ProblemGroup]:
        return groups(self.outcome["errors"])

    @property
    def warning_groups(self) -> list[ProblemGroup]:
        return groups(self.outcome["warnings"])

    @property
    def mistakes(self) -> int:
        """Errors that no answer to a question on the page mends."""
        to_answer = [p for p in self.outcome["errors"] if p["choices"] and p["kind"] not in APART]
        return int(self.errors) - len(to_answer)

    @property
    def asks_columns(self) -> bool:
        """Whether a column holds what has to be read, or left out on purpose."""
        return any(problem["kind"] == COLUMN for problem in self.outcome["errors"])

    @property
    def new_lines(self) -> list[dict[str, Any]]:
        return [line for line in self.part["lines"] if line["what"] == "new"]

    @property
    def changed_lines(self) -> list[dict[str, Any]]:
        return [line for line in self.part["lines"] if line["what"] == "changed"]

    @property
    def skipped_groups(self) -> list[tuple[str, str]]:
        """(reason in words, rows) of what was taken for no record."""
        by_reason: dict[str, list[str]] = {}
        for row, reason in self.part["skipped"]:
            by_reason.setdefault(reason, []).append(f"A{row}")
        return [
            (
                str(SKIPPED.get(reason, reason)),
                ", ".join(one.replace("A", "") for one in ranges(rows)),
            )
            for reason, rows in by_reason.items()
        ]


def sheet_import_views(findings: dict[str, Any]) -> list[SheetImportView]:
    """Every part of the findings, numbered as the form of columns numbers them."""
    return [SheetImportView(part, n, findings) for n, part in enumerate(findings.get("parts", []))]
