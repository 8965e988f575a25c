"""The rows of an overview as JSON: decimal strings, never floats."""

from typing import Any

from targets.choices import TargetType
from targets.figures.overview import FigureRow, Overview
from targets.progress import ProgressResult, decimal_text, shown_percent


def as_json(overview: Overview) -> dict[str, Any]:
    """The form of `progress --format json`."""
    return {
        "plan": overview.plan.code,
        "as_of": overview.as_of.isoformat(),
        "unit": overview.unit.code,
        "pending": overview.pending,
        "stock": overview.stock,
        "targets": [_json_row(row) for row in overview.rows],
    }


def _json_row(row: FigureRow) -> dict[str, Any]:
    result = row.result
    share = result.kind == TargetType.SHARE
    actual = decimal_text(result.actual)
    if share:
        actual = _json_share(result.numerator, result.denominator, result)
    return {
        "code": row.code,
        "period": row.period,
        "kind": result.kind,
        "operator": result.operator,
        "threshold": decimal_text(result.threshold),
        "aim": decimal_text(result.aim),
        "numerator": result.numerator if share else None,
        "denominator": result.denominator if share else None,
        "actual": actual,
        "met": result.met,
        "gap": result.gap,
        "expected": decimal_text(result.expected, 1 if share else None),
        "state": result.state,
        "counted_at": result.counted_at.isoformat(),
        **_json_now(row),
        "explanation": row.explanation,
    }


def _json_now(row: FigureRow) -> dict[str, Any]:
    """The share on the day asked for, where its window is over."""
    reading, result = row.reading, row.result
    if reading.now_denominator is None:
        return {}
    numerator, denominator = reading.now_numerator, reading.now_denominator
    actual = _json_share(numerator, denominator, result)
    return {"now": {"numerator": numerator, "denominator": denominator, "actual": actual}}


def _json_share(
    numerator: int | None, denominator: int | None, result: ProgressResult
) -> str | None:
    if not denominator or numerator is None or result.threshold is None:
        return None
    return format(shown_percent(numerator, denominator, result.operator, result.threshold), "f")
