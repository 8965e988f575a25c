"""An upload's findings arranged for its page, sheet by sheet."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from ocop.imports.datasets import DATASETS, described
from ocop.imports.findings import apart, kinds
from ocop.imports.uploads.problem_views import (
    APART,
    ProblemGroup,
    give_room,
    groups,
    ranges,
    with_places,
)

MAX_ROWS_WITH_FIELDS = 50
"""Rows left out, or kept as incomplete, of a sheet whose cells can be corrected in the list."""
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


def label_of(dataset: str) -> str:
    return str(DATASETS[dataset].label) if dataset in DATASETS else ""


def dataset_choices(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, label_of(name)) for name in names]


def column_choices(dataset: str) -> list[tuple[str, str, bool]]:
    """(key, header, required) of every column of a dataset."""
    columns = described(dataset).columns()
    return [(key, column.header, column.required) for key, column in columns.items()]


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
        lines = [{**one, "shown": with_places(one["problems"])} for one in self.part["drafts"]]
        return with_room(lines)

    @property
    def new_drafts(self) -> int:
        return sum(not one["known"] for one in self.part.get("drafts", []))

    @cached_property
    def error_groups(self) -> list[ProblemGroup]:
        found = groups(self._with_records(self.outcome["errors"]))
        give_room(found)
        return found

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
            lines.append({**row, "shown": shown, "single": row["how"] == apart.BY_CHOICE})
        return with_room(self._with_records(lines))

    def _with_records(self, found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each with how many records its row holds: all of them go with the row."""
        records = self.part.get("records", {})
        return [{**one, "records": records.get(str(one["row"]), 1)} for one in found]

    @property
    def could(self) -> dict[str, int]:
        """How many rows could be left out or kept as incomplete ones now."""
        return dict(self.part.get("could", {}))

    @property
    def asks_columns(self) -> bool:
        """Whether a column holds what has to be read, or left out on purpose."""
        return any(problem["kind"] == kinds.COLUMN for problem in self.outcome["errors"])

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


def with_room(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first rows set apart with fields for their cells; the others without."""
    return [{**line, "shown": line["shown"] if n < MAX_ROWS_WITH_FIELDS else []}
            for n, line in enumerate(lines)]  # fmt: skip


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
