"""What an import found wrong or worth saying, cell by cell."""

from dataclasses import dataclass, field
from typing import Any

from ocop.imports.findings.kinds import NEAR_NAME
from ocop.imports.findings.messages import in_cell, sentence
from ocop.imports.findings.questions import KIND_OF_COLUMN, Choice

MAX_SHOWN_LENGTH = 200


@dataclass(frozen=True)
class Problem:
    """One error or warning. `cell` is None for what concerns the whole file or sheet.

    `text` is the message without the cell, `details` what it was made of. `cause` is finer than
    the code: problems of one cause and column are mended alike. `choices`: what the row's cells
    may mean, for a person to choose; `given` what they say now (by column key), `kind` what sort
    of question that is. `scope`: within what the same words are one question; `subject`: what is
    asked about where it is only a part of what the cell says. `own`: the cell is the column's, not
    one that stands in for a column that the sheet does not have.
    """

    sheet: str
    cell: str | None
    column: str
    value: str
    code: str
    message: str
    row: int = 0
    text: str = ""
    cause: str = ""
    key: str = ""
    given: dict[str, str] | None = None
    kind: str = ""
    choices: tuple[Choice, ...] = ()
    scope: str = ""
    subject: str = ""
    own: bool = True
    details: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "cell": self.cell,
            "column": self.column,
            "value": self.value,
            "code": self.code,
            "message": self.message,
        }

    @property
    def instead(self) -> dict[str, str] | None:
        """What the cells may mean, by the first choice."""
        return self.choices[0].instead if self.choices else None

    def shown(self) -> dict[str, Any]:
        """The finding as the page of the upload, and the questions, are made of it."""
        return self.as_json() | {
            "row": self.row,
            "text": self.text,
            "cause": self.cause,
            "key": self.key,
            "kind": self.kind,
            "given": self.given,
            "scope": self.scope,
            "subject": self.subject,
            "own": self.own,
            "details": self.plain_details(),
            "choices": [one.as_json() for one in self.choices],
        }

    def stored(self) -> dict[str, Any]:
        """As an import keeps it: without words, which `with_text` puts in when it is shown."""
        shown = {name: value for name, value in self.as_json().items() if name != "message"}
        return shown | {"cause": self.cause, "details": self.plain_details()}

    def plain_details(self) -> dict[str, Any]:
        return {name: plain(value) for name, value in self.details.items()}


def plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def with_text(stored: dict[str, Any]) -> dict[str, Any]:
    """A finding as it was kept, with its `text` and `cause`, in the active language.

    One of former versions has its message only, in the language of whoever imported.
    """
    if "details" not in stored:
        return {**stored, "cause": stored["code"], "text": stored["message"]}
    text = sentence(stored["code"], stored["column"], stored["value"], stored["details"])
    return {**stored, "text": text, "message": in_cell(stored["cell"], text)}


@dataclass
class ProblemReport:
    """Errors and warnings of one sheet, kept in the order of its rows."""

    sheet: str = ""
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    said: set[tuple[str, str, str]] = field(default_factory=set)
    """(cell, code, text) of what has been said of a row: several records of one row share its
    cells, and what is wrong with one of these is said once; so is what has no cell."""

    def error(self, code: str, place: "CellReference", **details: Any) -> None:
        self._add(self.errors, self._problem(code, place, details))

    def warn(self, code: str, place: "CellReference", **details: Any) -> None:
        self._add(self.warnings, self._problem(code, place, details))

    def _add(self, found: list[Problem], problem: Problem) -> None:
        told = (problem.cell or "", problem.code, problem.text)
        if not (problem.cell or problem.row) or told not in self.said:
            found.append(problem)
            self.said.add(told)

    def _problem(self, code: str, place: "CellReference", details: dict[str, Any]) -> Problem:
        shown = place.shown
        given, choices = details.pop("given", None), tuple(details.pop("asked", ()))
        scope, subject = details.pop("scope", ""), details.pop("subject", "")
        kind = details.pop("kind", "") or KIND_OF_COLUMN.get(place.key, NEAR_NAME)
        text = sentence(code, shortened(place.column), shown, details)
        return Problem(
            sheet=self.sheet,
            cell=place.cell,
            column=shortened(place.column),
            value=shown,
            code=code,
            message=in_cell(place.cell, text),
            row=place.row,
            text=text,
            cause=str(details.get("because", code)),
            key=place.key,
            given=given,
            kind=kind if choices else "",
            choices=choices,
            scope=scope,
            subject=subject,
            own=place.own,
            details=details,
        )

    def in_order(self) -> "ProblemReport":
        """Row by row, and in a row from left to right; what concerns the whole sheet first."""
        self.errors.sort(key=_in_sheet)
        self.warnings.sort(key=_in_sheet)
        return self


@dataclass(frozen=True)
class CellReference:
    """Where a value stands: the cell (None: the file), the column's header, the value itself.

    `key` is the column's key in its dataset. `own`: False where the sheet has no such column and
    the cell only stands in for it.
    """

    column: str = ""
    cell: str | None = None
    value: Any = None
    row: int = 0
    key: str = ""
    own: bool = True

    @property
    def shown(self) -> str:
        """The value as the person sees it in the sheet, shortened where it is very long."""
        if self.value is None:
            return ""
        if hasattr(self.value, "strftime"):
            return self.value.strftime("%d/%m/%Y")
        if isinstance(self.value, bool):
            return str(self.value).upper()
        return shortened(str(self.value))


def _in_sheet(problem: Problem) -> tuple[int, int, str]:
    cell = problem.cell or ""
    return problem.row, len(cell), cell


def shortened(text: str) -> str:
    """Without what no database keeps (NUL), and no longer than a message should be."""
    text = text.replace("\0", " ")
    return text if len(text) <= MAX_SHOWN_LENGTH else f"{text[: MAX_SHOWN_LENGTH - 1]}…"
