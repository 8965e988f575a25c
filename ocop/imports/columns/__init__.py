"""Columns of a dataset and how their cells are read and shown."""

from ocop.imports.columns.checks import ColumnChecks, checked_names
from ocop.imports.columns.columns import (
    EMPTY,
    MAX_NOTE_LENGTH,
    REFUSE,
    SKIP,
    Column,
    DayWidget,
    LinkWidget,
    NameWidget,
    NoteWidget,
    NumberWidget,
    SpellingWidget,
    TextWidget,
    YesNoWidget,
    is_finite,
)
from ocop.imports.columns.display_values import DisplayValues, exact, label_of
from ocop.imports.columns.new_records import NewRecord, new_record
