"""The office's own file back, with what an import found marked in its cells."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ocop.imports.findings import Problem
from ocop.lib.spreadsheets.writing import Mark, MarkTexts, annotated_copy


def marked_copy(
    data: bytes, name: str, errors: Iterable[Problem], warnings: Iterable[Problem] = ()
) -> tuple[str, bytes]:
    """(file name, xlsx). Raises FileRefused where the file cannot be opened at all."""
    marks = [_mark(problem, False) for problem in errors]
    marks += [_mark(problem, True) for problem in warnings if problem.cell]
    return marked_name(name), annotated_copy(data, name, marks, mark_texts())


def stored_problems(findings: dict[str, Any], kind: str) -> list[Problem]:
    """The errors or warnings of all parts of an upload's findings."""
    return [
        Problem(**{field: entry[field] for field in ("sheet", "cell", "column", "value", "code")},
                message=entry["message"], row=entry["row"], text=entry["text"],
                details=entry.get("details", {}))
        for part in findings.get("parts", [])
        for entry in part["outcome"][kind]
    ]  # fmt: skip


def are_all_stored(findings: dict[str, Any]) -> bool:
    """False where there are more problems than findings keep."""
    return all(
        part[kind] == len(part["outcome"][kind])
        for part in findings.get("parts", [])
        for kind in ("errors", "warnings")
    )


def marked_name(name: str) -> str:
    """ "phu-luc.xls" → "phu-luc - cần sửa.xlsx"; marked again it stays one."""
    ending = _(" - to mend")
    stem = Path(name).stem or "tep"
    return f"{stem.removesuffix(ending)}{ending}.xlsx"


def _mark(problem: Problem, is_warning: bool) -> Mark:
    """Of a cell that was corrected on the page the copy has the corrected text."""
    text = problem.text or problem.message
    corrected = problem.details.get("because") in ("corrected", "filled_in")
    now = str(problem.details.get("now", "")) if corrected else None
    value = problem.value
    return Mark(problem.sheet, problem.cell, problem.column, value, text, is_warning, now)


def mark_texts() -> MarkTexts:
    """The words of a marked copy in the active language."""
    return MarkTexts(
        title=_("What has to be mended in this workbook"),
        number=_("No."),
        sheet=_("Sheet"),
        cell=_("Cell"),
        column=_("Column"),
        value=_("Value"),
        kind=_("Sort"),
        message=_("What is wrong and how to mend it"),
        error=_("mistake"),
        warning=_("remark"),
    )
