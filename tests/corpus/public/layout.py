"""Tables laid out as published ones are, each with what has to become of it.

The names are made up; the layout follows the source that stands beside it: a page found by its
address, or "practice" where only the way of writing is known and no one table was at hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Link:
    """A cell's text with the web address behind it."""

    text: str
    address: str


@dataclass(frozen=True)
class PublicLayout:
    """`found`: what the records hold after the last run (see `held` in the test); `asked`: (kind,
    cells) of every question of the first run, `answers` those given, by the question's kind;
    `errors`: (code, cell) of the last run. `of_excel_97`: as an xls file."""

    name: str
    source: str
    rows: Sequence[Sequence[Any]]
    found: Sequence[tuple[Any, ...]] = ()
    errors: Sequence[tuple[str, str | None]] = ()
    asked: Sequence[tuple[str, list[str]]] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    merged: Sequence[str] = ()
    dataset: str = "recognitions"
    of_excel_97: bool = False
