"""Marking cells inside a workbook's own parts: nothing else of the file is written anew."""

from ocop.lib.spreadsheets.writing.marking.workbook import marked
