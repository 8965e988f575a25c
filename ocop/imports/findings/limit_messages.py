"""The sentence for each way in which a file is too much: what, the limit, how to mend it."""

from typing import Any

from django.utils.translation import gettext_lazy

TOO_MUCH: dict[str, Any] = {
    "rows": gettext_lazy(
        "A sheet has more than %(limit)s rows. Delete empty rows below the table, or split the "
        "sheet."
    ),
    "columns": gettext_lazy(
        "A sheet has more than %(limit)s columns. Delete empty columns to the right of the table."
    ),
    "cells": gettext_lazy(
        "The file holds more than a million filled cells, or too many merged ones. Split it into "
        "several files."
    ),
    "entries": gettext_lazy(
        "The file consists of more than %(limit)s parts. Remove pictures and drawings, then save "
        "it again as .xlsx."
    ),
    "unpacked": gettext_lazy(
        "Unpacked, the file is larger than 50 MiB. Delete empty rows, columns and formats, or "
        "split it."
    ),
    "memory": gettext_lazy(
        "Reading the file takes more memory than is given to one. Copy the table into a new "
        "workbook and hand that in."
    ),
    "time": gettext_lazy(
        "Reading the file takes longer than is given to one. Copy the table into a new workbook "
        "and hand that in."
    ),
    "sheets": gettext_lazy(
        "The file has more than %(limit)s sheets. Hand in the sheets that are to be imported as a "
        "file of their own."
    ),
    "same_part": gettext_lazy(
        "Two sheets of the file are stored as one and the same part, as no spreadsheet program "
        "writes them. Open it in Excel and save it again as .xlsx."
    ),
    "relationships": gettext_lazy(
        "The workbook refers to more than %(limit)s other parts. Copy the table into a new "
        "workbook and hand that in."
    ),
    "names": gettext_lazy(
        "The workbook has more than %(limit)s defined names. Delete those that are not needed "
        "(Formulas, Name Manager), or copy the table into a new workbook."
    ),
    "strings": gettext_lazy(
        "The workbook holds more than %(limit)s different texts. Split it into several files."
    ),
    "texts": gettext_lazy(
        "All texts of the cells together are longer than 48 MiB. Shorten long texts that many "
        "cells repeat, or split the file."
    ),
    "formats": gettext_lazy(
        "The workbook has more cell formats than Excel allows (%(limit)s). Copy the values into a "
        "new workbook and hand that in."
    ),
    "merges": gettext_lazy(
        "The file has more than %(limit)s merged ranges. Unmerge the cells, or split the file."
    ),
    "links": gettext_lazy(
        "The file has more than %(limit)s hyperlinks in its cells. Remove the links (the "
        "addresses may stay as text), or split the file."
    ),
    "comments": gettext_lazy(
        "The file has more than %(limit)s comments. Delete them, or split the file."
    ),
    "written": gettext_lazy(
        "The file stores more than %(limit)s cells, empty ones with a format among them. Delete "
        "the rows and columns around the table, or copy it into a new workbook."
    ),
    "tags": gettext_lazy(
        "The file describes its contents at more length than a table of an office needs. Copy the "
        "table into a new workbook and hand that in."
    ),
    "lines": gettext_lazy(
        "The text file has more than %(limit)s lines. Delete empty lines, or split it."
    ),
    "separators": gettext_lazy(
        "The text file has more than %(limit)s separators or quotation marks. Delete empty "
        "columns, or split it."
    ),
    "headers": gettext_lazy(
        "In sheet “%(sheet)s”, too many rows look like a header (more than %(limit)s cells "
        "together). Delete the header rows that are repeated, or split the sheet."
    ),
    "searched": gettext_lazy(
        "The first rows of all sheets together hold more than %(limit)s cells, too many to look "
        "for headers in. Hand in fewer sheets at a time."
    ),
}
"""By FileRefused's reason."""
