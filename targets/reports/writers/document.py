"""A paper as plain data: what its letterhead, sections, tables and lists say. Pure.

Every text is ready to print, in the language of the paper. Word and Excel are written from these
classes alone: whoever writes a file knows no request and no database.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

LEFT, CENTRE, RIGHT = "left", "center", "right"


@dataclass(frozen=True)
class Letterhead:
    """Who issues the paper. `superior` is empty for a body that names none above it.

    `number` and `place_and_day` hold blanks for the clerk.
    """

    superior: str
    agency: str
    state: str
    motto: str
    number: str
    place_and_day: str


@dataclass(frozen=True)
class Signature:
    """Who signs, as lines over the blank (TM. …, then the office), and who receives a copy."""

    lines: list[str]
    recipients_title: str
    recipients: list[str]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of prose; `lead` stands before it in bold."""

    text: str
    lead: str = ""
    italic: bool = False


@dataclass(frozen=True)
class TableColumn:
    """`width` in millimetres; `align` one of LEFT, CENTRE, RIGHT."""

    title: str
    width: int
    align: str = LEFT


@dataclass(frozen=True)
class DocumentTable:
    """Cells as texts; `strong` are the places (from 0) of rows in bold, such as totals."""

    caption: str
    columns: list[TableColumn]
    rows: list[list[str]]
    strong: frozenset[int] = frozenset()


@dataclass(frozen=True)
class ChartImage:
    """A chart of the overview: its payload of Chart.js, to be drawn; `alt` tells what it shows."""

    caption: str
    alt: str
    payload: dict[str, Any]


Block = Paragraph | DocumentTable | ChartImage


@dataclass(frozen=True)
class DocumentSection:
    """`level` 1: "I. …", 2: "1. …", 3: "a) …"; the heading carries its number."""

    heading: str
    level: int
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class Annex:
    """A list of records after the paper: begins on a page of its own, with pages of its own."""

    number: str
    title: str
    goes_with: str
    table: DocumentTable
    note: str = ""


@dataclass(frozen=True)
class ReportDocument:
    """`kind` is what stands over the subject (REPORT); `day` the day of the figures."""

    language: str
    day: date
    head: Letterhead
    kind: str
    subject: str
    opening: list[Paragraph]
    sections: list[DocumentSection]
    closing: Paragraph
    signature: Signature
    annexes: list[Annex] = field(default_factory=list)
    note: str = ""

    def texts(self) -> Iterator[str]:
        """Every paragraph's text in order, for whoever reads the prose alone."""
        for paragraph in [*self.opening, *self._paragraphs(), self.closing]:
            yield f"{paragraph.lead} {paragraph.text}".strip()

    def _paragraphs(self) -> Iterator[Paragraph]:
        for section in self.sections:
            yield from (block for block in section.blocks if isinstance(block, Paragraph))


# --- Workbooks ------------------------------------------------------------------------------------

SUM, NOTHING = "sum", ""


@dataclass(frozen=True)
class SheetColumn:
    """A column of values; `total` SUM adds it up under the list, over number cells only."""

    title: str
    width: int
    total: str = NOTHING


@dataclass(frozen=True)
class AnnexSheet:
    """Rows of plain values: text, whole numbers, days or None. `total_label` names the totals."""

    name: str
    titles: list[str]
    columns: list[SheetColumn]
    rows: list[list[Any]]
    total_label: str = ""
    note: str = ""


@dataclass(frozen=True)
class AnnexWorkbook:
    language: str
    sheets: list[AnnexSheet]


# --- Minutes of a meeting -------------------------------------------------------------------------


@dataclass(frozen=True)
class MinutesTopic:
    """One subject: its figure as frozen for the meeting, its state's word, what was concluded.

    `added_at`: the moment it was added while the meeting was under way, in local time.
    """

    title: str
    figure_text: str = ""
    state_label: str = ""
    sentence: str = ""
    conclusion: str = ""
    added_at: datetime | None = None


@dataclass(frozen=True)
class MinutesAssignment:
    """One task given: what, to whom, by when (None: no day set), how urgent, how it stands."""

    text: str
    agency: str
    deadline: date | None = None
    priority: str = ""
    state: str = ""


@dataclass(frozen=True)
class Minutes:
    """A meeting on `day`; `as_of` is the day of its figures, `frozen` from the opening on.

    `told`: it was held before the program was in use, without figures frozen.
    `assignments` are those the meeting gave, `carried` those it began with.
    """

    title: str
    day: date
    place: str
    chair: str
    attendees: Sequence[str]
    as_of: date
    topics: Sequence[MinutesTopic] = ()
    assignments: Sequence[MinutesAssignment] = ()
    carried: Sequence[MinutesAssignment] = ()
    frozen: bool = True
    told: bool = False
    secretary: str = ""
