"""Findings arranged for the page: problems by cause, questions once for equal values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from ocop.imports.columns import DayWidget
from ocop.imports.datasets import DATASETS, described
from ocop.imports.findings import (
    BY_CHOICE,
    COLUMN,
    NEAR_NAME,
    TABLE,
    TITLES,
    Question,
    questions,
    with_text,
)
from ocop.imports.models import RememberedAnswer
from ocop.lib.spreadsheets.reading import parse_cell_name

MAX_SHOWN = 10
"""Sentences of one cause shown at once; the others unfold."""
MAX_CELLS = 12
MAX_CORRECTED = 60
"""Cells under one sentence that can be corrected, or their rows left out, one by one."""
MAX_ASKED = 200
"""Questions on the page at one time: the others come once these are answered."""
KINDS: dict[str, Any] = {
    NEAR_NAME: _("Names that look alike"),
    "place": _("Places"),
    "district": _("Districts"),
    "decision": _("Number and day of the decision"),
    "rank": _("Ranks"),
    "system": _("Traceability systems"),
    "floor": _("E-commerce floors"),
    "split": _("Several records in a cell"),
    "outside": _("Outside the area"),
    "day": _("Days that are not complete"),
    "kind": _("Kinds"),
    "dataset": _("What the sheet holds"),
}
"""Kinds of questions, as headings."""
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
    def lines(self) -> list["ProblemLine"]:
        """Each sentence once with all cells it is true of, the most first."""
        found: dict[str, ProblemLine] = {}
        for problem in self.problems:
            found.setdefault(problem["text"], ProblemLine(problem["text"])).add(problem)
        return sorted(found.values(), key=lambda line: -len(line.problems))

    @property
    def first(self) -> list["ProblemLine"]:
        return self.lines[:MAX_SHOWN]

    @property
    def rest(self) -> list["ProblemLine"]:
        return self.lines[MAX_SHOWN:]


@dataclass
class ProblemLine:
    """One sentence, and the findings it is true of."""

    text: str
    problems: list[dict[str, Any]] = field(default_factory=list)

    def add(self, problem: dict[str, Any]) -> None:
        self.problems.append(problem)

    @property
    def cells(self) -> str:
        return ", ".join(ranges(filter(None, (one["cell"] for one in self.problems))))

    @property
    def of_rows(self) -> list[dict[str, Any]]:
        """The findings whose cell can be corrected and whose row can be left out, one a cell; those
        that are asked about have both beside their question."""
        plain = [one for one in self.problems if not one.get("choices") or one["kind"] in APART]
        return with_places(plain)[:MAX_CORRECTED]

    @property
    def places(self) -> str:
        """All their places, for one text that goes into all of them."""
        return ",".join(one["place"] for one in self.of_rows)

    @property
    def value(self) -> str:
        return str(self.problems[0]["value"])

    @property
    def alike(self) -> bool:
        """Whether all of them say the same, so that one text can take the place of all."""
        return len({one["value"] for one in self.problems}) == 1


def with_places(problems: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of findings those whose cell can be corrected, each place once, with it."""
    found = {place_of(one): one for one in problems}
    return [{**one, "place": place} for place, one in found.items() if place]


def place_of(problem: dict[str, Any]) -> str:
    """Where a correction of the finding's cell goes: "G17", or "17:day" where the sheet has no
    column for it; empty where nothing can be corrected there."""
    row, key = problem.get("row"), problem.get("key")
    if not problem["cell"] or not row:
        return ""
    return str(problem["cell"]) if problem.get("own", True) else f"{row}:{key}" if key else ""


def cells_to_correct(part: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Place (place_of) → the finding about it, of all that the page shows of a part."""
    outcome = part["outcome"]
    shown = [*outcome["warnings"], *outcome["errors"]]
    for row in part.get("left_out", []):
        shown += [{**one, "row": row["row"]} for one in row["problems"]]
    for draft in part.get("drafts", []):
        shown += draft.get("problems", [])
    return {place: one for one in shown if (place := place_of(one))}


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
    """A question as the page asks it, in the field `d-<number>`. `part` is the number of the part
    it is asked about, `typed` what was typed for it without being an answer yet."""

    number: int
    question: Question
    part: int = 0
    typed: dict[str, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.question, name)

    @property
    def place(self) -> str:
        return str(self.number)

    @property
    def now(self) -> str:
        return ARROW.join(self.question.given.values()) or self.question.value

    @property
    def shown_cells(self) -> str:
        drawn = ranges(self.question.cells)
        more = ", …" if len(drawn) > MAX_CELLS else ""
        return ", ".join(drawn[:MAX_CELLS]) + more

    @property
    def correct_places(self) -> str:
        """The cells that one text may take the place of; empty where there are none."""
        own = self.question.key in self.question.given
        return ",".join(self.question.cells[:MAX_CORRECTED]) if own else ""

    @property
    def present(self) -> str:
        return self.question.given.get(self.question.key, "")

    @property
    def needed(self) -> set[str]:
        """Keys of what has to be typed: the required columns, or all where none is."""
        keys = set((self.question.to_type or {}).get("typed", ()))
        columns = described(self.question.dataset).columns()
        return {key for key in keys if key in columns and columns[key].required} or keys

    @property
    def typed_fields(self) -> list[dict[str, Any]]:
        """One field for each text of the typed choice: its name, label, text, and form."""
        columns = described(self.question.dataset).columns()
        return [
            {
                "name": f"d-{self.number}-{key}",
                "label": columns[key].header if key in columns else key,
                "text": self.typed.get(key, ""),
                "is_day": key in columns and isinstance(columns[key].widget, DayWidget),
            }
            for key in (self.question.to_type or {}).get("typed", ())
        ]


def question_views(
    parts: Iterable[dict[str, Any]], typed: dict[str, dict[str, str]] | None = None
) -> list[QuestionView]:
    """Every question of the findings that is answered by a choice about cells.

    Which table and which columns are meant is chosen in forms of their own.
    """
    found: list[tuple[int, Question]] = []
    for place, part in enumerate(parts):
        for kind, must in (("errors", True), ("warnings", False)):
            problems = part["outcome"][kind]
            asked = questions(part["dataset"], part["sheet"], problems, must)
            found += [(place, one) for one in asked]
    here = [(place, one) for place, one in found if one.kind not in APART]
    return [
        QuestionView(number, one, place, (typed or {}).get(one.id, {}))
        for number, (place, one) in enumerate(here)
    ]


@dataclass
class QuestionGroup:
    """Questions of one kind."""

    kind: str
    views: list[QuestionView]

    @property
    def title(self) -> str:
        return str(KINDS.get(self.kind, KINDS[NEAR_NAME]))

    @property
    def rows(self) -> int:
        """How many rows wait for the answers."""
        return len({(one.sheet, row) for one in self.views for row in one.rows})


def question_groups(views: Iterable[QuestionView]) -> list[QuestionGroup]:
    """By kind, in the order in which the kinds come."""
    found: dict[str, QuestionGroup] = {}
    for view in views:
        found.setdefault(view.kind, QuestionGroup(view.kind, [])).views.append(view)
    return list(found.values())


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
    def draft_lines(self) -> list[dict[str, Any]]:
        """Rows kept as incomplete ones, each with the cells that can be filled in."""
        return [{**one, "shown": with_places(one["problems"])} for one in self.part["drafts"]]

    @property
    def new_drafts(self) -> int:
        return sum(not one["known"] for one in self.part.get("drafts", []))

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
    def left_lines(self) -> list[dict[str, Any]]:
        """Rows left out, each with the cells that can be corrected to bring it back."""
        lines = []
        for row in self.part.get("left_out", []):
            shown = with_places({**one, "row": row["row"]} for one in row["problems"])
            lines.append({**row, "shown": shown, "single": row["how"] == BY_CHOICE})
        return lines

    @property
    def could(self) -> dict[str, int]:
        """How many rows could be left out or kept as incomplete ones now."""
        return dict(self.part.get("could", {}))

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


def rows_apart(parts: Iterable[SheetImportView]) -> dict[str, Any]:
    """How many rows of a file are left out or kept as incomplete, and could be; and the answers
    that were taken over from what the office answered before."""
    parts = list(parts)
    could = {
        name: sum(part.could.get(name, 0) for part in parts)
        for name in ("errors", "outside", "incomplete")
    }
    before = [one["remembered"] for part in parts for one in part.part.get("as_before", [])]
    return {
        "could": could,
        "left_out": sum(len(part.part.get("left_out", [])) for part in parts),
        "drafts": sum(part.new_drafts for part in parts),
        "as_before": list({one["id"]: one for one in before}.values()),
    }


IS_ID = re.compile(r"[0-9]{1,18}").fullmatch


@dataclass
class RememberedView:
    """An answer that an office gave, in words."""

    answer: RememberedAnswer

    def __getattr__(self, name: str) -> Any:
        return getattr(self.answer, name)

    @property
    def dataset_label(self) -> str:
        return label_of(self.answer.dataset)

    @property
    def kind_label(self) -> str:
        return str(KINDS.get(self.answer.kind, KINDS[NEAR_NAME]))

    @property
    def meant(self) -> str:
        """What the words are read as."""
        if self.answer.instead is None:
            return str(_("as written"))
        return ARROW.join(filter(None, self.answer.instead.values())) or "–"
