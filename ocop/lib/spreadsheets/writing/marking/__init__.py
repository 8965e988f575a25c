"""Marking cells inside a workbook's own parts: nothing else of the file is written anew."""
