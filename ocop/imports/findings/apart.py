"""Rows that do not go in with the others: left out, or kept as incomplete records."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ocop.imports.findings.report import Problem, with_text

BY_ERRORS, BY_OUTSIDE, BY_CHOICE = "errors", "outside", "chosen"
"""Why a row is left out: all with errors, all outside the area, or this one, are."""
REASON = ("sheet", "cell", "column", "value", "code", "cause", "key", "own", "details")
MAX_REASONS = 6
"""Sentences kept of one row."""


def is_outside(problem: Problem) -> bool:
    """Whether a row is not the importer's to enter, or lies outside the plan's area."""
    return problem.code == "not_permitted" or "outside" in (problem.cause, problem.kind)


def reason_of(shown: dict[str, Any]) -> dict[str, Any]:
    """A finding (Problem.shown) as the reason why its row was left out: without its words."""
    return {name: shown[name] for name in REASON}


@dataclass
class LeftOutRow:
    """`problems`: what was wrong with the row (reason_of)."""

    row: int
    how: str
    problems: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, row: int, how: str, problems: Sequence[Problem]) -> "LeftOutRow":
        return cls(row, how, [reason_of(one.shown()) for one in problems[:MAX_REASONS]])

    @property
    def cells(self) -> list[str]:
        return list(dict.fromkeys(one["cell"] for one in self.problems if one["cell"]))

    @property
    def why(self) -> str:
        """The reasons in the active language; empty where a person left a faultless row out."""
        return " ".join(dict.fromkeys(with_text(one)["text"] for one in self.problems))

    def stored(self) -> dict[str, Any]:
        return {"row": self.row, "how": self.how, "problems": self.problems}

    def as_json(self) -> dict[str, Any]:
        codes = list(dict.fromkeys(one["code"] for one in self.problems))
        return {"row": self.row, "cells": self.cells, "codes": codes, "why": self.why}


@dataclass
class IncompleteRow:
    """A row that lacks only what counting needs. `texts`: what it says, by column key; `missing`:
    keys of the columns that it lacks. `known`: one like it is kept already; `problems`: what was
    found of it (reason_of)."""

    row: int
    texts: dict[str, str]
    missing: list[str]
    district_id: int | None = None
    commune_id: int | None = None
    digest: str = ""
    known: bool = False
    problems: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "missing": self.missing,
            "texts": self.texts,
            "known": self.known,
        }
