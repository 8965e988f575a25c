"""What a file would do, found out without leaving a trace, and kept for its page.

The records are really written, inside a transaction that is taken back, so that the effect on the
targets and the sheets that build on one another are what an import will make of them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import translation

from ocop.imports.datasets import (
    DATASETS,
    NO_PROGRESS,
    RunProgress,
    described,
    registry,
)
from ocop.imports.findings import (
    ACCEPTED,
    REJECTED,
    CellReference,
    Importer,
    ImportOutcome,
    Problem,
    unusable_outcome,
)
from ocop.imports.models import Upload
from ocop.imports.pipeline import (
    CHANGED_MEANWHILE,
    CellDecision,
    CheckedTable,
    Guess,
    SheetImport,
    confirmed_by,
    corrected,
    find_part,
    first_rows,
    guess,
    likely_columns,
    memory,
    message_details,
    retry_on_lock,
    row_options,
    sheets_typed,
)
from ocop.imports.uploads.row_choices import (
    corrections_of,
    decisions_of,
    marks_apart,
    options_of,
    set_apart,
)
from ocop.imports.uploads.row_effects import CreatedKeys, digests, lines, made_by
from ocop.lib.sandbox import FileRefused
from ocop.lib.spreadsheets.reading import SheetContent, column_letters
from ocop.lib.spreadsheets.tables import OldFont, Table, converted, found_in

MAX_PROBLEMS = 3000
"""Errors, and warnings, of one sheet kept for the page; the marked file has them all."""
MAX_SKIPPED = 500
MAX_ROUNDS = 6
"""Times that answers given before may lead to further questions that were answered before."""


@dataclass
class OpenedFile:
    """A file as read, with what each of its sheets was taken for."""

    sheets: list[SheetContent]
    guesses: list[Guess]
    parts: list[SheetImport]
    old_font: OldFont | None = None
    choices: dict[str, Any] = field(default_factory=dict)


@dataclass
class SheetImportResult:
    """One part looked at; `checked` None where it has no table, or waits for another sheet."""

    part: SheetImport
    outcome: ImportOutcome
    table: Table | None = None
    checked: CheckedTable | None = None
    waits_for: str = ""
    digests: dict[int, str] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    remembered: list[dict[str, Any]] = field(default_factory=list)

    @property
    def created_beside(self) -> list[str]:
        """In words, what is created besides the dataset's own records ("20 new products")."""
        if self.checked is None or self.checked.plan is None:
            return []
        return self.checked.resource.created_beside(self.checked.plan)


def opened(
    data: bytes, name: str, choices: dict[str, Any], importer: Importer, office: str
) -> OpenedFile:
    """Read the file by the person's choices, or by what it looks like. Raises FileRefused."""
    legacy = choices.get("legacy", "")
    sheets = sheets_typed(data, name, legacy)
    old_font = found_in(sheets)
    if old_font is not None and legacy:
        sheets = converted(sheets, old_font.kind)
    sheets = corrected(sheets, corrections_of(choices))
    guesses = guess(sheets, importer, office)
    if choices.get("parts") is not None:
        names = {sheet.name for sheet in sheets}
        parts = [
            SheetImport.from_json(sheets_kept)
            for sheets_kept in choices["parts"]
            if sheets_kept["sheet"] in names
        ]
    else:
        parts = default_choice(guesses)
    return OpenedFile(sheets, guesses, in_order(parts), old_font, choices)


def default_choice(guesses: Iterable[Guess]) -> list[SheetImport]:
    """The visible sheets that are certain; where there is none, the one that comes closest."""
    visible = [one for one in guesses if one.part is not None and not one.sheet.hidden]
    certain = [one.part for one in visible if one.certain and one.part is not None]
    if certain:
        return certain
    visible.sort(key=lambda one: len(one.table.columns) if one.table else 0, reverse=True)
    return [one.part for one in visible[:1] if one.part is not None]


def in_order(parts: Sequence[SheetImport]) -> list[SheetImport]:
    """Sheets whose records others build on come first."""
    return sorted(parts, key=lambda part: len(DATASETS[part.dataset].comes_after))


# --- Looking at the parts -------------------------------------------------------------------------


def results_of(
    found: OpenedFile,
    importer: Importer,
    decisions: list[CellDecision],
    save: Callable[[SheetImportResult], None],
    run: RunProgress = NO_PROGRESS,
    looked_at: SheetImportResult | None = None,
    office: str = "",
) -> list[SheetImportResult]:
    """Every part checked, and saved by `save` where it is right; in the caller's transaction.

    A part that builds on a refused one waits: its mistakes could be that one's. `looked_at`:
    the only part, where it was checked before the transaction began; what has changed since is
    refused when it is saved. `office`: whose earlier answers hold; "" where `decisions` have them.
    """
    results: list[SheetImportResult] = []
    made: CreatedKeys = frozenset()
    for part in found.parts:
        result = looked_at or _check_one(found, part, importer, decisions, results, run, office)
        results.append(result)
        if result.checked is not None and result.checked.plan is not None:
            result.digests = marks_apart(digests(result.checked, made), result.checked)
            result.lines = lines(result.checked)
            try:
                with transaction.atomic():
                    save(result)
                made |= made_by(result.checked)
            except CHANGED_MEANWHILE:
                report = result.checked.context.report
                report.error("conflict", CellReference(), because="overtaken")
                result.outcome.reject(report)
    return results


def _check_one(
    found: OpenedFile,
    part: SheetImport,
    importer: Importer,
    decisions: list[CellDecision],
    before: list[SheetImportResult],
    run: RunProgress,
    office: str = "",
) -> SheetImportResult:
    resource = DATASETS[part.dataset]()
    for other in before:
        if other.part.dataset in resource.comes_after and other.outcome.verdict != ACCEPTED:
            return SheetImportResult(
                part, ImportOutcome(part.dataset, REJECTED, part.sheet), waits_for=other.part.sheet
            )
    try:
        table = find_part(found.sheets, part)
    except FileRefused as refusal:
        outcome = unusable_outcome(
            part.dataset, refusal.code, CellReference(), **message_details(refusal, resource)
        )
        outcome.sheet = part.sheet
        return SheetImportResult(part, outcome)
    known = memory.Memory(office, part.dataset, set(found.choices.get("not_used", [])))
    options, given = options_of(found.choices, part.sheet), part.header_row is not None
    remembered: list[dict[str, Any]] = []
    for _round in range(MAX_ROUNDS):
        decided = [*decisions, *map(memory.as_cell_decision, remembered)]
        checked = row_options.check_rows(resource, table, importer, decided, run, given, options)
        before_now = known.decisions(checked.outcome.all_questions)
        if not before_now:
            break
        remembered += before_now
        resource = DATASETS[part.dataset]()
    return SheetImportResult(part, checked.outcome, table, checked, remembered=remembered)


def all_problems(
    upload: Upload, data: bytes, importer: Importer, office: str
) -> tuple[list[Problem], list[Problem]]:
    """Every error and warning of the file as it is chosen now, none left out."""
    found = opened(data, upload.name, upload.choices, importer, office)
    results, _effects = _dry_run(found, importer, decisions_of(upload.choices), office)
    errors = [problem for one in results for problem in one.outcome.errors]
    return errors, [problem for one in results for problem in one.outcome.warnings]


def preview(upload: Upload, data: bytes, importer: Importer, office: str) -> dict[str, Any]:
    """The findings for the upload's page, as plain values; nothing is written."""
    findings: dict[str, Any] = {"language": translation.get_language(), "refused": None}
    try:
        found = opened(data, upload.name, upload.choices, importer, office)
    except FileRefused as refusal:
        problem = unusable_outcome("", refusal.code, CellReference(), **_about(refusal)).errors[0]
        kind = refusal.params.get("kind", "")
        return findings | {
            "verdict": "unusable",
            "refused": problem.as_json(),
            "old_font": {"kind": kind, "samples": [], "applied": False} if kind else None,
            "sheets": [],
            "parts": [],
            "effects": [],
        }
    decisions = decisions_of(upload.choices)
    results, effects = retry_on_lock(lambda: _dry_run(found, importer, decisions, office))
    accepted = bool(results) and all(one.outcome.verdict == ACCEPTED for one in results)
    return findings | {
        "verdict": ACCEPTED if accepted else REJECTED,
        "old_font": _font(found.old_font, upload.choices.get("legacy", "")),
        "sheets": [_sheet(one, found.parts) for one in found.guesses],
        "parts": [_result(one) for one in results],
        "effects": effects if accepted else [],
        "confirmed": _confirmed(results) if accepted else [],
    }


def _confirmed(results: list[SheetImportResult]) -> list[str]:
    """Confirmed periods that the file changes: a reason is asked for."""
    return list(dict.fromkeys(name for one in results for name in one.confirmed))


def _about(refusal: FileRefused) -> dict[str, Any]:
    return message_details(refusal, next(iter(DATASETS.values()))())


def _dry_run(
    found: OpenedFile, importer: Importer, decisions: list[CellDecision], office: str
) -> tuple[list[SheetImportResult], list[dict[str, Any]]]:
    """The results and the effect on the targets, with everything taken back.

    One sheet alone is checked before the transaction begins: nobody waits for the checks.
    """
    alone = None
    if len(found.parts) == 1:
        alone = _check_one(found, found.parts[0], importer, decisions, [], NO_PROGRESS, office)
        if alone.checked is None or alone.checked.plan is None:
            return [alone], []
    results: list[SheetImportResult] = []
    with transaction.atomic():
        effects = registry.effects_of(
            lambda: results.extend(
                results_of(found, importer, decisions, _save, looked_at=alone, office=office)
            ),
            importer,
        )
        transaction.set_rollback(True)
    return results, effects


def _save(result: SheetImportResult) -> None:
    checked = result.checked
    assert checked is not None and checked.plan is not None
    result.confirmed = confirmed_by(checked)
    checked.resource.save(checked.plan, checked.context, reason="")


# --- As plain values ------------------------------------------------------------------------------


def _font(old_font: OldFont | None, chosen: str) -> dict[str, Any] | None:
    if old_font is None:
        return None
    samples = [list(sample) for sample in old_font.samples]
    return {"kind": old_font.kind, "samples": samples, "applied": bool(chosen)}


def _sheet(one: Guess, parts: list[SheetImport]) -> dict[str, Any]:
    part = next((part for part in parts if part.sheet == one.sheet.name), None)
    return {
        "name": one.sheet.name,
        "hidden": one.sheet.hidden,
        "rows": len(one.sheet.rows),
        "dataset": part.dataset if part else one.dataset,
        "chosen": part is not None,
        "certain": one.certain,
        "remembered": one.remembered,
        "first_rows": first_rows(one.sheet),
        "header_row": (part.header_row if part else None)
        or (one.table.header_row if one.table else None),
    }


def _result(one: SheetImportResult) -> dict[str, Any]:
    outcome, table = one.outcome, one.table
    return {
        "part": one.part.as_json(),
        "sheet": one.part.sheet,
        "dataset": one.part.dataset,
        "outcome": {
            **outcome.as_json(),
            "errors": _problems(outcome.errors),
            "warnings": _problems(outcome.warnings),
        },
        "errors": len(outcome.errors),
        "warnings": len(outcome.warnings),
        "waits_for": one.waits_for,
        "digests": {str(row): digest for row, digest in one.digests.items()},
        "lines": one.lines,
        "created_beside": one.created_beside,
        "columns_chosen": one.part.columns is not None,
        "columns": _columns(table, one.part) if table else [],
        "missing": _missing(outcome),
        "skipped": table.skipped[:MAX_SKIPPED] if table else [],
        "hidden_rows": list(table.hidden) if table else [],
        "other_headers": list(table.other_headers) if table else [],
        "complete": list(table.complete) if table else [],
        "header_row": table.header_row if table else one.part.header_row,
        "header_given": one.part.header_row is not None,
        "as_before": one.remembered,
        **set_apart(one.checked),
    }


def _problems(problems: list[Problem]) -> list[dict[str, Any]]:
    return [problem.shown() for problem in problems[:MAX_PROBLEMS]]


def _missing(outcome: ImportOutcome) -> list[str]:
    return [problem.column for problem in outcome.errors if problem.code == "missing_column"]


def _columns(table: Table, part: SheetImport) -> list[dict[str, Any]]:
    """Every column of the sheet with a header: what it was taken for, what it may be."""
    keys = {place: key for key, place in table.columns.items()}
    likely = likely_columns(table, described(part.dataset)) if part.columns is None else {}
    problems_by_column = {one.column for one in table.unread}
    missing = set(table.missing)
    own = described(part.dataset).columns()
    return [
        {
            "number": place,
            "letters": column_letters(place),
            "text": text,
            "key": keys.get(place, ""),
            # Read in another form, such as a column for one floor: not among the choices.
            "own_form": keys.get(place, "") not in ("", *own),
            "likely": likely.get(place, ""),
            "asked": place in problems_by_column,
            # Only what has to be looked at anyway is filled in by a guess.
            "offered": likely.get(place, "") if likely.get(place) in missing else "",
        }
        for place, text in sorted(table.header_texts.items())
    ]
