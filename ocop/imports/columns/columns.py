"""Columns of a dataset and how their cells are read.

import-export's own widgets read "Có" as False, "12,5" as 12 and 05/06/2022 as 6 May; these
read what Vietnamese offices write, and raise ReadingError with a code instead of guessing.
"""

import math
import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils.translation import override
from import_export.fields import Field
from import_export.widgets import Widget

from ocop.lib.dates import parse_day
from ocop.lib.errors import ReadingError
from ocop.lib.numbers import parse_number
from ocop.lib.text import folded, nfc
from ocop.lib.yes_no import parse_yes_no

MAX_KEY_LENGTH = 600
MAX_NOTE_LENGTH = 32_767
"""What one cell of a workbook can hold."""
OTHER_SCHEME = re.compile(r"(?!https?://)[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
LINE_END = re.compile(r"\r\n|\r|\n")

_positions = count()


def is_finite(value: Any) -> bool:
    """False for the NaN and the infinities that a crafted number cell can hold."""
    return not isinstance(value, float) or math.isfinite(value)


class TextWidget(Widget):
    """Composed text without stray spaces; numbers as they were typed (12, not 12.0)."""

    def __init__(self, longest: int = 300) -> None:
        super().__init__()
        self.longest = longest

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        if isinstance(value, bool):
            value = str(value).upper()
        elif isinstance(value, date):
            value = value.strftime("%d/%m/%Y")
        elif isinstance(value, float | Decimal) and value == int(value):
            value = int(value)
        text = nfc(str(value)) if value is not None else ""
        if len(text) > self.longest:
            raise ReadingError("out_of_range", reason="too_long", least=0, most=self.longest)
        return text

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return "" if value is None else str(value)


class NoteWidget(TextWidget):
    """Free text: its line breaks stay, whatever program wrote them."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        if not isinstance(value, str):
            return super().clean(value)
        text = self.lines(value)
        if len(text) > self.longest:
            raise ReadingError("out_of_range", reason="too_long", least=0, most=self.longest)
        return text

    @staticmethod
    def lines(text: str) -> str:
        return "\n".join(nfc(line) for line in LINE_END.split(text)).strip("\n")


class NameWidget(TextWidget):
    """A name records are found again by: of "***" nothing is left to find it by."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = super().clean(value)
        key = folded(text)
        if text and not key:
            raise ReadingError("required", reason="no_letters")
        if len(key) > MAX_KEY_LENGTH:
            # Some single signs fold to whole words.
            raise ReadingError("out_of_range", reason="too_long", least=0, most=self.longest)
        return text


class LinkWidget(TextWidget):
    """An address of the web, with or without its https://; never a script or a file."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = super().clean(value)
        if OTHER_SCHEME.match(text):
            raise ReadingError("unknown_value", reason="no_link")
        return text


class DayWidget(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        if value is None or value == "":
            return None
        day = parse_day(value)
        if not 1900 <= day.year <= 2100:
            raise ReadingError("out_of_range", least="1900", most="2100")
        return day

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value


class NumberWidget(Widget):
    """A number from `least` to `most`. `grouped`: a dot before three digits groups thousands."""

    def __init__(
        self, least: int, most: int, whole: bool = False, grouped: bool = False, places: int = 3
    ) -> None:
        super().__init__()
        self.least, self.most = least, most
        self.whole, self.grouped, self.places = whole, grouped, places

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal | int | None:
        if value is None or value == "":
            return None
        number = parse_number(value, whole=self.whole, grouped=self.grouped)
        if not self.least <= number <= self.most:
            raise ReadingError("out_of_range", least=self.least, most=self.most)
        if number != round(number, self.places):
            raise ReadingError("invalid_number", reason="too_many_decimals", places=self.places)
        if self.whole:
            return int(number)
        # "1,1250" is written so that nobody takes it for thousands: its last zero is no decimal.
        return round(number, self.places) if self.places < _decimals(number) else number

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


class YesNoWidget(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        try:
            return parse_yes_no(value)
        except ReadingError as error:
            raise ReadingError(error.code, choices="x, có, không") from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return "x" if value else ""


class SpellingWidget(Widget):
    """A choice written in one of its spellings; `read` gives the choice or None if unknown."""

    def __init__(self, read: Callable[[str], Any], shown: Callable[[], Iterable[Any]]) -> None:
        super().__init__()
        self.read, self.shown = read, shown

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = TextWidget().clean(value)
        if not text:
            return None
        choice = self.read(text)
        if choice is None:
            # In whatever language the page is read, workbooks are written in Vietnamese.
            with override("vi"):
                choices = ", ".join(str(shown) for shown in self.shown())
            raise ReadingError("unknown_value", choices=choices)
        return choice

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return "" if value is None else str(value)


EMPTY, SKIP, REFUSE = "empty", "skip", "refuse"


class Column(Field):
    """A column of a workbook: canonical header, the other headers it is known by, its reading.

    `alternatives` name other columns that may stand for a required one (an address for the
    district); `from_title` says that the sheet's title line may give the value instead.
    `nothing`: what a cell that says "none" (a dash, không, 0) does: EMPTY, SKIP the row, which then
    carries no record, or REFUSE it; where it is not given only a dash is read, as an empty cell.
    `computed`: the program says it where it exports; an import takes nothing from it.
    `one_of`: columns of one such group stand in for each other, one of them has to be there.
    `codes`: codes of data elements ("540") that name it in a header, whatever stands beside them.
    """

    def __init__(
        self,
        header: str,
        *,
        key: str,
        also: Iterable[str] = (),
        required: bool = False,
        alternatives: tuple[str, ...] = (),
        from_title: bool = False,
        nothing: str = "",
        computed: bool = False,
        one_of: str = "",
        codes: tuple[str, ...] = (),
        widget: Widget | None = None,
        attribute: str | None = None,
    ) -> None:
        super().__init__(attribute=attribute, column_name=header, widget=widget or TextWidget())
        self.key = key
        self.header = header
        self.also = tuple(also)
        self.required = required
        self.alternatives = alternatives
        self.from_title = from_title
        self.nothing = nothing
        self.computed = computed
        self.one_of = one_of
        self.codes = codes
        self.position = next(_positions)
