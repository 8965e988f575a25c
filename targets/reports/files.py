"""A report as a file: which kinds there are, what a file is called, how it is written."""

from typing import BinaryIO

from ocop.web.page_query import PageQuery
from targets.reports.content import report, workbook
from targets.reports.writers import excel, word

FORMATS = ("docx", "xlsx")


def file_name(query: PageQuery, language: str, fmt: str) -> str:
    """ "bao-cao-84-2022-12-31.docx"; the language where it is not Vietnamese."""
    parts = ["bao-cao", query.unit.code, query.as_of.isoformat()]
    parts += [language] if language != "vi" else []
    return f"{'-'.join(parts)}.{fmt}"


def write_file(query: PageQuery, language: str, fmt: str, target: BinaryIO) -> None:
    """Write the report to a binary stream; `fmt` is one of FORMATS."""
    if fmt == "docx":
        word.write(report(query, language), target)
    else:
        excel.write(workbook(query, language), target)
