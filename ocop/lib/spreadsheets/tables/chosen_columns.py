"""Columns that a person assigned, in place of what the header says."""

from collections.abc import Mapping
from dataclasses import replace

from ocop.lib.sandbox import FileRefused
from ocop.lib.spreadsheets.tables.headers import ColumnNames, Header


def with_chosen(header: Header, chosen: Mapping[int, str], names: ColumnNames) -> Header:
    """The header with these columns (number → key; "" is not read) before its own.

    A column whose key went to another is told as unknown; one that was decided on is not.
    Raises FileRefused `no_header`, reason `chosen`, for a key that is none of the columns' or
    that is given to two of them.
    """
    if not chosen:
        return header
    keys = [key for key in chosen.values() if key]
    if len(keys) != len(set(keys)) or not set(keys) <= names.canonical.keys():
        raise FileRefused("no_header", reason="chosen")
    shown_columns = {
        key: column
        for key, column in header.columns.items()
        if column not in chosen and key not in keys
    }
    displaced = [
        (header.last_row, column, header.written[column])
        for key, column in header.columns.items()
        if column not in chosen and key in keys
    ]
    unknown = [cell for cell in header.unknown if cell[1] not in chosen]
    return replace(
        header,
        columns=shown_columns | {key: column for column, key in chosen.items() if key},
        unknown=sorted(unknown + displaced),
        index_columns=header.index_columns - {column for column, key in chosen.items() if key},
    )
