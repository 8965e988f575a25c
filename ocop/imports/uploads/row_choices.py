"""What a person chose for single rows and cells of an upload, as it is kept and as it is read."""

from collections.abc import Iterable
from typing import Any

from ocop.imports.findings import apart
from ocop.imports.pipeline import CellDecision, CheckedTable, Correction, memory
from ocop.imports.pipeline import row_options as options

MAX_ROWS_LISTED = 3000


def decisions_of(
    choices: dict[str, Any], findings: dict[str, Any] | None = None
) -> list[CellDecision]:
    """The decisions about cells; with `findings` those too that the preview took over from what
    the office answered before."""
    stored = list(choices.get("decisions", []))
    for part in (findings or {}).get("parts", []):
        stored += part.get("as_before", [])
    return [memory.as_cell_decision(one) for one in stored]


def corrections_of(choices: dict[str, Any]) -> list[Correction]:
    return [Correction.from_json(one) for one in choices.get("corrections", [])]


def options_of(choices: dict[str, Any], sheet: str) -> options.RowOptions:
    """What becomes of the rows of one sheet that cannot go in."""
    chosen = choices.get("chosen", {}).get(sheet, {})
    corrections = [one for one in corrections_of(choices) if one.sheet == sheet]
    return options.RowOptions(
        frozenset(choices.get("leave_out", [])),
        bool(choices.get("drafts")),
        {int(row): problems for row, problems in chosen.items()},
        corrections,
    )


def set_apart(checked: CheckedTable | None) -> dict[str, Any]:
    """The rows set apart and the cells corrected, as the findings of a part hold them."""
    if checked is None:
        return {"left_out": [], "drafts": [], "corrections": [], "could": {}, "records": {}}
    outcome = checked.outcome
    columns = checked.resource.columns()
    return {
        "left_out": [_left_out(one) for one in outcome.left_out[:MAX_ROWS_LISTED]],
        "drafts": [
            {
                **one.as_json(),
                "problems": one.problems,
                "missing_words": [columns[key].header for key in one.missing if key in columns],
                "title": " – ".join(
                    filter(None, (one.texts.get(k, "") for k in list(columns)[:2]))
                ),
            }
            for one in outcome.drafts[:MAX_ROWS_LISTED]
        ],
        "corrections": outcome.corrections,
        "could": options.rows_to_set_apart(checked),
        "records": {str(row): count for row, count in checked.records_in_row.items()},
    }


def _left_out(one: apart.LeftOutRow) -> dict[str, Any]:
    return {**one.stored(), "cells": one.cells, "why": one.why}


def marks_apart(digests: dict[int, str], checked: CheckedTable) -> dict[int, str]:
    """The digests of a part's rows, with those that do not go in: a confirmation is of them too."""
    others = {one.row: "left out" for one in checked.outcome.left_out}
    others |= {one.row: "draft" for one in checked.outcome.drafts if not one.known}
    return {**digests, **others}


def used_answers(choices: dict[str, Any], parts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The decisions about the sheets that are imported, the latest last."""
    here = {(part["dataset"], part["sheet"]) for part in parts}
    stored = choices.get("decisions", [])
    return [one for one in stored if (one["dataset"], one["sheet"]) in here]
