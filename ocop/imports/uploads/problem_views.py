"""Findings arranged for the page: by cause, with the cells that can be corrected."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ocop.imports.findings import TITLES, kinds, with_text
from ocop.lib.spreadsheets.reading import parse_cell_name

MAX_SHOWN = 10
"""Sentences of one cause shown at once; the others unfold."""
MAX_FIELDS = 300
"""Fields for cells in all of a sheet's mistakes; Django takes 1000 in one form."""
MAX_CORRECTED = 60
"""Cells under one sentence that can be corrected, or their rows left out, one by one."""
APART = (kinds.COLUMN, kinds.TABLE)
"""Kinds of questions that have forms of their own."""


@dataclass
class ProblemGroup:
    """Problems of one cause in one column, mended alike."""

    title: str
    column: str
    problems: list[dict[str, Any]] = field(default_factory=list)

    @cached_property
    def lines(self) -> list["ProblemLine"]:
        """Each sentence once with all cells it is true of, the most first."""
        found: dict[str, ProblemLine] = {}
        for problem in self.problems:
            found.setdefault(problem["text"], ProblemLine(problem["text"])).add(problem)
        return sorted(found.values(), key=lambda line: -len(line.problems))

    @property
    def first(self) -> list["ProblemLine"]:
        return self.lines[:MAX_SHOWN]

    @property
    def rest(self) -> list["ProblemLine"]:
        return self.lines[MAX_SHOWN:]


@dataclass
class ProblemLine:
    """One sentence, and the findings it is true of."""

    text: str
    problems: list[dict[str, Any]] = field(default_factory=list)
    room: int = MAX_CORRECTED
    """How many of its cells have a field on the page."""

    def add(self, problem: dict[str, Any]) -> None:
        self.problems.append(problem)

    @property
    def cells(self) -> str:
        return ", ".join(ranges(filter(None, (one["cell"] for one in self.problems))))

    @property
    def of_rows(self) -> list[dict[str, Any]]:
        """The findings whose cell can be corrected and whose row can be left out, one a cell; those
        that are asked about have both beside their question."""
        return self._correctable[: self.room]

    @cached_property
    def _correctable(self) -> list[dict[str, Any]]:
        plain = [one for one in self.problems if not one.get("choices") or one["kind"] in APART]
        return with_places(plain)

    @property
    def places(self) -> str:
        """All their places, for one text that goes into all of them."""
        return ",".join(one["place"] for one in self._correctable)

    @property
    def count(self) -> int:
        return len(self._correctable)

    @property
    def value(self) -> str:
        return in_one_line(str(self.problems[0]["value"]))

    @property
    def alike(self) -> bool:
        """Whether all of them say the same, so that one text can take the place of all."""
        return len({one["value"] for one in self.problems}) == 1


def give_room(groups_shown: Iterable[ProblemGroup], fields: int = MAX_FIELDS) -> None:
    """Share out the fields of a page: a form of more than a server takes would be refused where no
    script leaves out what was not changed."""
    for group in groups_shown:
        for line in group.lines:
            line.room = min(MAX_CORRECTED, max(fields - 1, 0), line.count)
            fields -= line.room + 1 if line.room else 0


def with_places(problems: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of findings those whose cell can be corrected, each place once, with it."""
    found = {place_of(one): one for one in problems}
    shown = ((place, one, in_one_line(str(one["value"]))) for place, one in found.items() if place)
    return [{**one, "place": place, "line": line} for place, one, line in shown]


def in_one_line(text: str) -> str:
    """The text as a field of one line shows it: browsers take line ends out of such a field."""
    return " ".join(part.strip() for part in text.splitlines())


def is_unchanged(written: str, shown: str) -> bool:
    """Whether what a field of one line sends back is what it was given."""
    return written in (shown, in_one_line(shown), "".join(shown.splitlines()).strip())


def place_of(problem: dict[str, Any]) -> str:
    """Where a correction of the finding's cell goes: "G17", or "17:day" where the sheet has no
    column for it; empty where nothing can be corrected there."""
    row, key = problem.get("row"), problem.get("key")
    if not problem["cell"] or not row:
        return ""
    return str(problem["cell"]) if problem.get("own", True) else f"{row}:{key}" if key else ""


def cells_to_correct(part: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Place (place_of) → the finding about it, of all that the page shows of a part."""
    outcome = part["outcome"]
    shown = [*outcome["warnings"], *outcome["errors"]]
    for row in part.get("left_out", []):
        shown += [{**one, "row": row["row"]} for one in row["problems"]]
    for draft in part.get("drafts", []):
        shown += draft.get("problems", [])
    return {place: one for one in shown if (place := place_of(one))}


def groups(problems: Iterable[dict[str, Any]]) -> list[ProblemGroup]:
    """The largest first; what concerns the whole sheet before all."""
    found: dict[tuple[str, str, str], ProblemGroup] = {}
    for problem in problems:
        cause, code = problem["cause"], problem["code"]
        key = code, cause, problem["column"]
        title = TITLES.get(cause) or TITLES.get(code) or code
        found.setdefault(key, ProblemGroup(str(title), problem["column"])).problems.append(problem)
    return sorted(
        found.values(),
        key=lambda group: (group.problems[0]["cell"] is not None, -len(group.problems)),
    )


def ranges(cells: Iterable[str]) -> list[str]:
    """G17, G18, G19, H4 → G17–G19, H4: as people would point at them."""
    by_letters: dict[str, list[int]] = {}
    for cell in cells:
        letters = cell.rstrip("0123456789")
        if parse_cell_name(cell):
            by_letters.setdefault(letters, []).append(int(cell[len(letters) :]))
    drawn = []
    for letters, rows in by_letters.items():
        start = last = None
        for row in [*sorted(set(rows)), None]:
            if last is not None and row != last + 1:
                one = f"{letters}{start}"
                drawn.append(one if start == last else f"{one}–{letters}{last}")
                start = row
            start = row if start is None else start
            last = row
    return drawn


def groups_of_stored(problems: Iterable[dict[str, Any]]) -> list[ProblemGroup]:
    """Groups of problems as a batch keeps them."""
    return groups(with_text(problem) for problem in problems)
