"""How figures of targets stand beside one another."""

from typing import Any

from django import template

from targets.figures import FigureRow, wording

register = template.Library()


@register.filter
def limit_after(row: FigureRow | dict[str, Any], divider: str = "/") -> str:
    """The limit as it follows the figure of a row, or of one kept with a meeting's figures."""
    if isinstance(row, dict):
        return wording.limit_after(row["actual_text"], row["threshold_text"], divider)
    return wording.limit_after(row.actual_text, row.threshold_text, divider)


@register.filter
def with_parts(row: FigureRow) -> str:
    """A share with the numbers that it is made of."""
    return wording.share_with_parts(row.result)
