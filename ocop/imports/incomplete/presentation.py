"""Incomplete records arranged for their pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ocop.imports.columns import DayWidget
from ocop.imports.datasets import described
from ocop.imports.findings import ImportOutcome, Question
from ocop.imports.incomplete.completion import MAX_TEXT_LENGTH
from ocop.imports.models import IncompleteRecord

MAX_REASON_LENGTH = 500


@dataclass
class IncompleteView:
    """One line of the list."""

    record: IncompleteRecord

    def __getattr__(self, name: str) -> Any:
        return getattr(self.record, name)

    @property
    def missing_words(self) -> list[str]:
        columns = described(self.record.dataset).columns()
        return [columns[key].header for key in self.record.missing if key in columns]


def by_district(lines: Iterable[IncompleteView]) -> list[tuple[str, list[IncompleteView]]]:
    """(district, its lines); those of no district under words that say so."""
    found: dict[str, list[IncompleteView]] = {}
    for line in lines:
        name = str(line.record.district) if line.record.district else _("District not known")
        found.setdefault(name, []).append(line)
    return list(found.items())


@dataclass
class CompletionForm:
    """The columns of the record's dataset, what is missing first; findings stand at their field."""

    record: IncompleteRecord
    texts: Mapping[str, str]
    answers: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    found: dict[str, list[str]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    periods: list[str] = field(default_factory=list)

    @classmethod
    def posted(cls, record: IncompleteRecord, data: QueryDict) -> "CompletionForm":
        """Fields `f-KEY` for a column, `q-N` and `d-N` for the id of a question and its answer."""
        texts = {
            key: data.get(f"f-{key}", "").replace("\0", "").strip()[:MAX_TEXT_LENGTH]
            for key in described(record.dataset).columns()
        }
        answers = {
            str(data[name]): str(data[f"d-{name[2:]}"])
            for name in data
            if name.startswith("q-") and data.get(f"d-{name[2:]}")
        }
        reason = data.get("reason", "").replace("\0", "").strip()[:MAX_REASON_LENGTH]
        return cls(record, texts, answers, reason)

    def take(self, outcome: ImportOutcome, periods: list[str]) -> None:
        """What keeps it from being completed."""
        self.periods = periods
        # What has only to be written is written in its field.
        self.questions = [
            one for one in outcome.questions if any(not c["typed"] for c in one.choices)
        ]
        for problem in outcome.errors:
            if all(one.typed for one in problem.choices):
                self.found.setdefault(problem.key, []).append(problem.text)

    @property
    def general(self) -> list[str]:
        """Findings of no column."""
        return self.found.get("", [])

    @property
    def fields(self) -> list[dict[str, Any]]:
        columns = described(self.record.dataset).columns()
        missing = [key for key in self.record.missing if key in columns]
        keys = [*missing, *(key for key in columns if key not in missing)]
        return [
            {
                "name": f"f-{key}",
                "label": columns[key].header,
                "text": self.texts.get(key, ""),
                "missing": key in missing,
                "required": columns[key].required,
                "is_day": isinstance(columns[key].widget, DayWidget),
                "errors": self.found.get(key, []),
            }
            for key in keys
        ]

    @property
    def asked(self) -> list[tuple[str, Question]]:
        return [(str(number), one) for number, one in enumerate(self.questions)]
