"""What reads differently now than it did in a meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from targets.figures import wording


@dataclass(frozen=True)
class CorrectedRow:
    """One row that reads differently now than it did in the meeting."""

    period_label: str
    state: str
    was: str
    now: str


def corrected_rows(
    frozen: Iterable[dict[str, Any]], now: dict[str, list[dict[str, Any]]]
) -> dict[str, list[CorrectedRow]]:
    """By code of target: rows whose figure, limit or state is no longer the frozen one."""
    found: dict[str, list[CorrectedRow]] = {}
    for line in frozen:
        current = {row["period"]: row for row in now.get(line["code"], [])}
        for row in line["periods"]:
            other = current.get(row["period"])
            if other is not None and _read(other) != _read(row):
                label = row["period_label"] if line["yearly"] else ""
                corrected = CorrectedRow(label, other["state"], _words(row), _words(other))
                found.setdefault(line["code"], []).append(corrected)
    return found


def _read(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["actual_text"], row["threshold_text"], row["state"], row["gap_text"]


def _words(row: dict[str, Any]) -> str:
    limit = wording.limit_after(row["actual_text"], row["threshold_text"])
    return f"{row['actual_text']}{limit} · {row['state_label']}"
