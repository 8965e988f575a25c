"""What an import found wrong or worth saying, cell by cell."""

from dataclasses import dataclass, field
from typing import Any

from ocop.imports.messages import sentence


@dataclass(frozen=True)
class Problem:
    """One error or warning. `cell` is None for what concerns the whole file or sheet."""

    sheet: str
    cell: str | None
    column: str
    value: str
    code: str
    message: str
    row: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "cell": self.cell,
            "column": self.column,
            "value": self.value,
            "code": self.code,
            "message": self.message,
        }


@dataclass
class Report:
    """Errors and warnings of one sheet, kept in the order of its rows."""

    sheet: str = ""
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def error(self, code: str, place: "Place", **details: Any) -> None:
        self.errors.append(self._problem(code, place, details))

    def warn(self, code: str, place: "Place", **details: Any) -> None:
        self.warnings.append(self._problem(code, place, details))

    def _problem(self, code: str, place: "Place", details: dict[str, Any]) -> Problem:
        shown = place.shown
        return Problem(
            sheet=self.sheet,
            cell=place.cell,
            column=place.column,
            value=shown,
            code=code,
            message=sentence(code, place.column, shown, place.cell, details),
            row=place.row,
        )

    def in_order(self) -> "Report":
        self.errors.sort(key=lambda problem: (problem.row, problem.cell or ""))
        self.warnings.sort(key=lambda problem: (problem.row, problem.cell or ""))
        return self


@dataclass(frozen=True)
class Place:
    """Where a value stands: the cell (None: the file), the column's header, the value itself."""

    column: str = ""
    cell: str | None = None
    value: Any = None
    row: int = 0

    @property
    def shown(self) -> str:
        """The value as the person sees it in the sheet, shortened where it is very long."""
        if self.value is None:
            return ""
        if hasattr(self.value, "strftime"):
            return self.value.strftime("%d/%m/%Y")
        text = str(self.value)
        return text if len(text) <= 200 else f"{text[:199]}…"
