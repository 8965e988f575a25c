"""Questions as the page asks them, and the answers that an office gave before, in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from ocop.imports.columns import DayWidget
from ocop.imports.datasets import DATASETS, described
from ocop.imports.findings import NEW, SAME, Question, kinds, questions
from ocop.imports.models import RememberedAnswer
from ocop.imports.uploads.problem_views import APART, MAX_CORRECTED, in_one_line, ranges

MAX_CELLS = 12
MAX_ASKED = 150
"""Questions on the page at one time: the others come once these are answered."""
ARROW = " – "
KINDS: dict[str, Any] = {
    kinds.NEAR_NAME: _("Names that look alike"),
    "place": _("Places"),
    "district": _("Districts"),
    "decision": _("Number and day of the decision"),
    "rank": _("Ranks"),
    "system": _("Traceability systems"),
    "floor": _("E-commerce floors"),
    "split": _("Several records in a cell"),
    "outside": _("Outside the area"),
    "day": _("Days that are not complete"),
    "kind": _("Kinds"),
    "dataset": _("What the sheet holds"),
}
"""Kinds of questions, as headings."""


@dataclass
class QuestionView:
    """A question as the page asks it, in the field `d-<number>`. `part` is the number of the part
    it is asked about, `typed` what was typed for it without being an answer yet; `in_rows`: row →
    how many records it holds, where these are several."""

    number: int
    question: Question
    part: int = 0
    typed: dict[str, str] = field(default_factory=dict)
    in_rows: dict[str, int] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.question, name)

    @property
    def place(self) -> str:
        return str(self.number)

    @property
    def records(self) -> int:
        """How many records its rows hold; 0 where each holds one."""
        rows = set(self.question.rows)
        held = sum(self.in_rows.get(str(row), 1) for row in rows)
        return held if held > len(rows) else 0

    @property
    def now(self) -> str:
        return ARROW.join(self.question.given.values()) or self.question.value

    @property
    def shown_cells(self) -> str:
        drawn = ranges(self.question.cells)
        more = ", …" if len(drawn) > MAX_CELLS else ""
        return ", ".join(drawn[:MAX_CELLS]) + more

    @property
    def correct_places(self) -> str:
        """The cells that one text may take the place of; empty where there are none."""
        own = self.question.key in self.question.given
        return ",".join(self.question.cells[:MAX_CORRECTED]) if own else ""

    @property
    def present(self) -> str:
        return in_one_line(self.question.given.get(self.question.key, ""))

    @property
    def only_suggestion(self) -> str | None:
        """The id of the one name that is suggested; None where there are several, or none."""
        suggested = [one["id"] for one in self.question.choices if one["id"].startswith(SAME)]
        return suggested[0] if len(suggested) == 1 else None

    @property
    def needed(self) -> set[str]:
        """Keys of what has to be typed: the required columns, or all where none is."""
        keys = set((self.question.to_type or {}).get("typed", ()))
        columns = described(self.question.dataset).columns()
        return {key for key in keys if key in columns and columns[key].required} or keys

    @property
    def typed_fields(self) -> list[dict[str, Any]]:
        """One field for each text of the typed choice: its name, label, text, and form."""
        columns = described(self.question.dataset).columns()
        return [
            {
                "name": f"d-{self.number}-{key}",
                "label": columns[key].header if key in columns else key,
                "text": self.typed.get(key, ""),
                "known": (self.question.to_type or {}).get("known", []),
                "is_day": key in columns and isinstance(columns[key].widget, DayWidget),
            }
            for key in (self.question.to_type or {}).get("typed", ())
        ]


def question_views(
    parts: Iterable[dict[str, Any]], typed: dict[str, dict[str, str]] | None = None
) -> list[QuestionView]:
    """Every question of the findings that is answered by a choice about cells.

    Which table and which columns are meant is chosen in forms of their own.
    """
    parts = list(parts)
    found: list[tuple[int, Question]] = []
    for place, part in enumerate(parts):
        for kind, must in (("errors", True), ("warnings", False)):
            problems = part["outcome"][kind]
            asked = questions(part["dataset"], part["sheet"], problems, must)
            found += [(place, one) for one in asked]
    here = [(place, one) for place, one in found if one.kind not in APART]
    in_rows = [part.get("records", {}) for part in parts]
    return [
        QuestionView(number, one, place, (typed or {}).get(one.id, {}), in_rows[place])
        for number, (place, one) in enumerate(here)
    ]


@dataclass
class QuestionGroup:
    """Questions of one kind."""

    kind: str
    views: list[QuestionView]

    @property
    def title(self) -> str:
        return str(KINDS.get(self.kind, KINDS[kinds.NEAR_NAME]))

    @property
    def may_be_new(self) -> int:
        """How many of them may be answered by "another one"."""
        return sum(one.choice(NEW) is not None for one in self.views)

    @property
    def may_be_same(self) -> int:
        """How many of them have one suggestion, and no second."""
        return sum(one.only_suggestion is not None for one in self.views)

    @property
    def rows(self) -> int:
        """How many rows wait for the answers."""
        return len({(one.sheet, row) for one in self.views for row in one.rows})


def question_groups(views: Iterable[QuestionView]) -> list[QuestionGroup]:
    """By kind, in the order in which the kinds come."""
    found: dict[str, QuestionGroup] = {}
    for view in views:
        found.setdefault(view.kind, QuestionGroup(view.kind, [])).views.append(view)
    return list(found.values())


IS_ID = re.compile(r"[0-9]{1,18}").fullmatch


@dataclass
class RememberedView:
    """An answer that an office gave, in words."""

    answer: RememberedAnswer

    def __getattr__(self, name: str) -> Any:
        return getattr(self.answer, name)

    @property
    def dataset_label(self) -> str:
        return str(DATASETS[self.answer.dataset].label)

    @property
    def kind_label(self) -> str:
        return str(KINDS.get(self.answer.kind, KINDS[kinds.NEAR_NAME]))

    @property
    def meant(self) -> str:
        """What the words are read as."""
        if self.answer.instead is None:
            return str(_("as written"))
        return ARROW.join(filter(None, self.answer.instead.values())) or "–"
