"""Empty workbooks to be filled in: what the import reads, with lists to choose from.

The first sheet has nothing but the header, so that an empty template imports as empty. What each
column takes, and two examples, stand on a second sheet, one line a column: no header is found
there, and no example is ever imported.
"""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from ocop.imports.columns import Column, DayWidget, NumberWidget
from ocop.imports.datasets import DATASETS, SHEET, ImportableResource
from ocop.lib.numbers import vietnamese_number
from ocop.lib.spreadsheets.writing import DAY_FORMAT, SheetToWrite, write_workbook

EXAMPLES_SHEET = "Ví dụ"
LISTED_IN_A_NOTE = 12
AS_TEXT = "@"


def template_file(dataset: str) -> tuple[str, bytes]:
    """(file name, content) of a dataset's empty workbook.

    Headers, lists and explanations are Vietnamese in every language of the pages, as the
    workbooks of the offices are.
    """
    stream = io.BytesIO()
    with override("vi"):
        resource = DATASETS[dataset]()
        write_workbook(stream, [_sheet_to_fill(dataset, resource), _examples(resource)])
    return f"mau-{dataset}.xlsx", stream.getvalue()


def _sheet_to_fill(dataset: str, resource: ImportableResource) -> SheetToWrite:
    columns = resource.columns()
    offered = resource.offered()
    return SheetToWrite(
        SHEET,
        [column.header for column in columns.values()],
        titles=[
            _("Template for %(dataset)s. Coloured columns are required. See the sheet “%(sheet)s”.")
            % {"dataset": title_of(dataset), "sheet": EXAMPLES_SHEET}
        ],
        choices={at: offered.get(key, ()) for at, key in enumerate(columns, 1)},
        notes={
            at: "\n".join(_lines(column, key, resource))
            for at, (key, column) in enumerate(columns.items(), 1)
        },
        required=frozenset(at for at, c in enumerate(columns.values(), 1) if c.required),
        formats={at: found for at, c in enumerate(columns.values(), 1) if (found := _format_of(c))},
    )


def title_of(dataset: str) -> str:
    return {
        "recognitions": _("OCOP recognitions"),
        "ip_rights": _("intellectual property rights"),
        "science_tasks": _("science and technology tasks"),
        "traceability": _("traceability enrolments"),
        "ecommerce": _("listings on e-commerce floors"),
        "allocations": _("allocations of targets"),
    }.get(dataset, dataset)


def _format_of(column: Column) -> str:
    """Days as days; texts as texts, so that "007" and "1-2" stay what was typed."""
    if isinstance(column.widget, DayWidget):
        return DAY_FORMAT
    return "" if isinstance(column.widget, NumberWidget) else AS_TEXT


# --- What a column takes --------------------------------------------------------------------------


def _lines(column: Column, key: str, resource: ImportableResource) -> Iterator[str]:
    """The note of a header: required or not, what may stand there, an example."""
    yield _needed(column, resource)
    yield from _taken(column, key, resource)
    if example := _example(key, resource, 0) or _example(key, resource, 1):
        yield _("Example: %(example)s") % {"example": _as_text(example)}


def _needed(column: Column, resource: ImportableResource) -> str:
    if column.computed:
        return _("The program fills it in where it exports. Leave it empty: nothing is taken over.")
    if column.required and column.alternatives:
        headers = [resource.columns()[key].header for key in column.alternatives]
        return _("Required, unless “%(column)s” is filled in.") % {"column": "”, “".join(headers)}
    if column.required and column.from_title:
        return _("Required, unless the title above the table names the decision and its day.")
    return _("Required.") if column.required else _("May stay empty.")


def _taken(column: Column, key: str, resource: ImportableResource) -> Iterator[str]:
    widget = column.widget
    if isinstance(widget, DayWidget):
        yield _("A full day: day/month/year, such as 22/08/2022.")
    elif isinstance(widget, NumberWidget):
        least, most = vietnamese_number(widget.least), vietnamese_number(widget.most)
        if widget.whole:
            yield _("A whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
        else:
            yield _("A number from %(least)s to %(most)s, with a decimal comma.") % {
                "least": least,
                "most": most,
            }
    values = list(resource.offered().get(key, ()))
    if values:
        shown = "; ".join(values[:LISTED_IN_A_NOTE])
        more = " …" if len(values) > LISTED_IN_A_NOTE else ""
        yield _("One of: %(choices)s") % {"choices": shown + more}
    if column.also:
        yield _("Also known as: %(names)s") % {"names": "; ".join(column.also)}


def _example(key: str, resource: ImportableResource, number: int) -> Any:
    examples = resource.examples
    return examples[number].get(key) if number < len(examples) else None


def _as_text(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value).replace(".", ",") if not isinstance(value, str) else value


# --- The second sheet -----------------------------------------------------------------------------


def _examples(resource: ImportableResource) -> SheetToWrite:
    rows = [
        [
            column.header,
            _needed(column, resource),
            " ".join(_taken(column, key, resource)),
            _as_text(_example(key, resource, 0) or ""),
            _as_text(_example(key, resource, 1) or ""),
        ]
        for key, column in resource.columns().items()
    ]
    header = [_("Column"), _("Needed"), _("What it takes"), _("Example 1"), _("Example 2")]
    title = _("Explanations and two made-up examples: this sheet is not imported.")
    return SheetToWrite(EXAMPLES_SHEET, header, rows, titles=[title], wrapped=True)
