"""Reading a written report back: its texts, its tables, its parts."""

import io
import json
from datetime import date
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.utils import timezone
from docx import Document

from ocop.organisation import data_version
from ocop.organisation.scope import SYSTEM
from ocop.web.caching import Vary
from ocop.web.page_query import PageQuery, figures_units, read_unit
from targets.reports.files import write_file


def asked_for(day: date, code: str = "84") -> PageQuery:
    units = figures_units()
    # Each report of a day and unit is a page of its own.
    vary = Vary(data_version.current(), SYSTEM, "")
    return PageQuery(day, timezone.localdate(), read_unit(code, units, day), units, vary=vary)


def file_of(day: date, code: str = "84", fmt: str = "docx", language: str = "vi") -> bytes:
    stream = io.BytesIO()
    write_file(asked_for(day, code), language, fmt, stream)
    return stream.getvalue()


def word(day: date, code: str = "84", language: str = "vi") -> Any:
    return Document(io.BytesIO(file_of(day, code, "docx", language)))


def table_with(document: Any, columns: int, rows: int | None = None) -> list[list[str]]:
    """The first table of so many columns (and rows), as texts."""
    for table in document.tables:
        # Reading every cell of a long annex takes longer than writing it did.
        if len(table.columns) != columns or rows not in (None, len(table.rows)):
            continue
        return [[cell.text for cell in row.cells] for row in table.rows]
    raise AssertionError(f"no table of {columns} columns")


def progress_json(day: date, code: str = "84") -> dict[str, Any]:
    """What `progress --format json` says of the day."""
    out = StringIO()
    call_command(
        "progress", "--as-of", day.isoformat(), "--unit", code, "--format", "json", stdout=out
    )
    return json.loads(out.getvalue())
