"""What a person must decide, asked once for all cells that say the same.

A question is made of the findings that carry choices. Its id stays from run to run: kind, column
and the identity key of what the cells say. Answers become decisions about those cells
(preparing.Decision), or say which table and which columns are read.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ocop.imports.findings.kinds import COLUMN, DISTRICT, FLOOR, NEAR_NAME, PLACE, SYSTEM
from ocop.lib.identity import identity_key
from ocop.lib.producer_names import producer_name_key
from ocop.lib.text import folded

SAME, NEW, IGNORE, TYPED = "same:", "new", "ignore", "typed:"
PRODUCER = "producer"
EVERY = "*"
"""In an answer: all questions that have the choice."""
REMEMBERED = {NEAR_NAME, DISTRICT, PLACE, FLOOR, SYSTEM}
"""Kinds whose answers hold for an office's next file: what its names mean. A day, a rank or a
decision means something in one file only; columns have a memory of their own."""
MAX_WORDS = 300
KIND_OF_COLUMN = {"district": DISTRICT, "commune": PLACE, "address": PLACE, "floor": FLOOR}
"""What a suggestion about a column's cell is a question of; of others the name is."""


def new_word(key: str) -> str:
    """The answer that the name is another one, for the column that holds it."""
    words = {
        "product": _("It is another product"),
        "producer": _("It is another producer"),
        "system": _("It is another system"),
        "task": _("It is another task"),
        "new_floor": _("It is a new floor, which counts once an administrator confirms it"),
        "new_system": _("It is a new system, which counts once an administrator confirms it"),
    }
    return words.get(key) or _("It is another one, as written")


def answer_key(given: Mapping[str, str]) -> tuple[Any, ...]:
    """By what a decision about some cells is found again: equal values are decided once.

    Of producers, names whose legal form only is written otherwise are equal.
    """
    return tuple(
        (key, producer_name_key(value) if key == PRODUCER else identity_key(value))
        for key, value in sorted(given.items())
    )


@dataclass(frozen=True)
class Choice:
    """One answer. `instead`: the texts to read in the row's cells, by column key; None where they
    mean what they say. `part`: how the sheet is to be read instead (header_row, columns). `typed`:
    keys of the columns whose texts the person types in; `known`: what may be typed, where that is
    one of a list. `in_file`: it names another row of the file rather than a record."""

    id: str
    label: str
    instead: dict[str, str] | None = None
    part: dict[str, Any] | None = None
    typed: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    in_file: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "label": self.label,
            "instead": self.instead,
            "part": self.part,
            "typed": list(self.typed),
            "known": list(self.known),
            "in_file": self.in_file,
        }


def same(name: str, instead: dict[str, str], row: int = 0) -> Choice:
    """The answer that `name` is meant, on record or, where it is given, in a row of the file."""
    words = {"name": name, "row": row}
    label = _("It is %(name)s (row %(row)s)") if row else _("It is %(name)s")
    return Choice(f"{SAME}{name}", label % words, instead, in_file=bool(row))


def new(key: str) -> Choice:
    return Choice(NEW, new_word(key))


def typed(keys: Sequence[str], label: str, known: Iterable[str] = ()) -> Choice:
    """The answer that the person writes: "typed:" and one text for each of `keys`, between "|".
    `known`: the names that are offered for it."""
    return Choice(TYPED, label, typed=tuple(keys), known=tuple(known))


def with_choices(row: Any, details: dict[str, Any], more: Iterable[Choice] = ()) -> dict[str, Any]:
    """The details of a finding about a row, with what its cells say where choices are offered.

    `instead` in them is one choice; `about` names the columns whose cells the answer is about.
    """
    instead, about = details.pop("instead", None), details.pop("about", None)
    if instead:
        details["asked"] = [same(" – ".join(instead.values()), instead), *more]
        about = about or list(instead)
    if about:
        details["given"] = {key: row.text(key) for key in about if key in row.record.values}
    return details


@dataclass
class Question:
    """`given`: what the cells say, by column key. `must`: nothing is written before an answer.
    `key`: the column that is asked about; `scope`: within what it is, in words."""

    id: str
    kind: str
    column: str
    value: str
    text: str
    given: dict[str, str]
    choices: list[dict[str, Any]]
    must: bool
    dataset: str
    sheet: str
    key: str = ""
    scope: str = ""
    cells: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    def choice(self, answer: str) -> dict[str, Any] | None:
        """The choice of that id, with what was typed for it; None where it is not offered, or too
        few or too many texts were typed, or none at all."""
        if answer.startswith(TYPED):
            offered = next((one for one in self.choices if one.get("typed")), None)
            texts = answer.removeprefix(TYPED).split("|")
            if (
                offered is None
                or len(texts) != len(offered["typed"])
                or not any(map(str.strip, texts))
            ):
                return None
            meant = zip(offered["typed"], (text.strip() for text in texts), strict=True)
            return {**offered, "instead": dict(meant)}
        return next((one for one in self.choices if one["id"] == answer), None)

    @property
    def to_type(self) -> dict[str, Any] | None:
        """The choice that the person writes; None where there is none."""
        return next((one for one in self.choices if one.get("typed")), None)

    def written(self, texts: Mapping[str, str], needed: Set[str]) -> dict[str, Any] | None:
        """The choice that the person writes, with the texts by column key; None while one of the
        columns in `needed`, or all, are empty."""
        offered = self.to_type
        given = {key: text for key, text in texts.items() if text}
        if offered is None or not given or not needed <= given.keys():
            return None
        return {**offered, "instead": given}

    def as_json(self) -> dict[str, Any]:
        choices = [
            {"id": one["id"], "label": one["label"]}
            | {name: list(one[name]) for name in ("typed", "known") if one.get(name)}
            for one in self.choices
        ]
        return {
            "id": self.id,
            "kind": self.kind,
            "column": self.column,
            "value": self.value,
            "cells": self.cells,
            "choices": choices,
            "answer": None,
        }

    def decision(self, choice: Mapping[str, Any]) -> dict[str, Any]:
        """The decision about these cells that an answer is, as it is kept."""
        return {
            "given": self.given,
            "instead": choice["instead"],
            "dataset": self.dataset,
            "sheet": self.sheet,
            "rows": self.rows,
            "question": self.id,
            "choice": choice["id"],
            "memory": self.memory(choice),
        }

    def memory(self, choice: Mapping[str, Any]) -> dict[str, Any] | None:
        """What an office remembers of such an answer; None where it means something in this file
        only: another of its rows, its decision, rows left out."""
        about_file = any(one.get("in_file") for one in self.choices)
        chosen_in_file = choice.get("in_file") or (choice["id"] == NEW and about_file)
        if self.kind not in REMEMBERED or chosen_in_file or choice.get("part"):
            return None
        typed = "|".join(choice["instead"].values()) if choice.get("typed") else ""
        return {
            **self.memory_key(),
            "choice": choice["id"] + typed,
            "instead": choice["instead"],
            "offered": [one["id"] for one in self.choices],
        }

    def memory_key(self) -> dict[str, str]:
        """By what the same question is known again in another file."""
        words = " – ".join(_own_first(self.given, self.key)) or self.value
        return {
            "kind": self.kind,
            "column": self.key or _slug(self.column),
            "words": identity_key(words)[:MAX_WORDS],
            "scope": identity_key(self.scope)[:MAX_WORDS],
            "shown": self.value[:MAX_WORDS],
        }


def questions(
    dataset: str, sheet: str, problems: Iterable[Mapping[str, Any]], must: bool = True
) -> list[Question]:
    """The questions that findings (`Problem.shown`) ask, in the order of the rows.

    Equal words that may mean different things (in another district, of another producer) are asked
    apart; their ids say which is which.
    """
    found: dict[Any, Question] = {}
    scopes: dict[str, list[tuple[Any, str]]] = {}
    for problem in problems:
        if not problem["choices"]:
            continue
        given = problem["given"] or {}
        findings_said = problem["subject"] or " – ".join(_own_first(given, problem["key"]))
        findings_said = findings_said or problem["value"]
        base = f"{problem['kind']}:{_slug(problem['column'])}:{identity_key(findings_said)}"
        scope = problem["cell"] if problem["kind"] == COLUMN else problem["scope"]
        said = (problem["kind"], problem["column"], problem["subject"], answer_key(given) or base)
        key = said, scope, tuple(one["id"] for one in problem["choices"])
        if key not in found:
            scopes.setdefault(base, []).append((key, scope or str(problem["cell"])))
            found[key] = _asked(base, problem, must, dataset, sheet)
        # Several records of one row ask about one cell.
        if problem["cell"] and found[key].cells[-1:] != [problem["cell"]]:
            found[key].cells.append(problem["cell"])
        if found[key].rows[-1:] != [problem["row"]]:
            found[key].rows.append(problem["row"])
    for base, named in scopes.items():
        for key, scope in named if len(named) > 1 else ():
            found[key].id = f"{base}@{identity_key(scope)}"
    return list(found.values())


def _asked(
    question_id: str, problem: Mapping[str, Any], must: bool, dataset: str, sheet: str
) -> Question:
    """The question that a finding asks, without its cells yet."""
    return Question(
        question_id,
        problem["kind"],
        problem["column"],
        problem["subject"] or problem["value"],
        problem["text"],
        problem["given"] or {},
        list(problem["choices"]),
        must,
        dataset,
        sheet,
        problem["key"],
        problem["scope"],
    )


def _own_first(given: Mapping[str, str], key: str) -> list[str]:
    return [given[name] for name in sorted(given, key=lambda name: (name != key, name))]


def _slug(header: str) -> str:
    return folded(header).replace(" ", "-")


# --- Answers of the command line ------------------------------------------------------------------


class UnknownChoice(Exception):
    """An answer that its question does not offer."""

    def __init__(self, question: Question, answer: str) -> None:
        super().__init__(answer)
        self.question, self.answer = question, answer


def answered(
    questions_asked: Sequence[Question], answers: Mapping[str, str]
) -> list[tuple[Question, dict[str, Any]]]:
    """The questions that have an answer, with the choice; an answer to EVERY where it is offered.

    Raises UnknownChoice for an answer that is not among its question's choices.
    """
    found = []
    for one in questions_asked:
        if one.id in answers:
            choice = one.choice(answers[one.id])
            if choice is None:
                raise UnknownChoice(one, answers[one.id])
        else:
            choice = one.choice(answers.get(EVERY, ""))
        if choice is not None:
            found.append((one, choice))
    return found
