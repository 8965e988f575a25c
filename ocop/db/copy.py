"""COPY … FROM STDIN on PostgreSQL: ready columns as the text format that COPY reads."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date, time
from decimal import Decimal
from io import BytesIO
from types import NoneType
from typing import Any
from uuid import UUID

NULL = r"\N"
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
COMPARED = (str, int, Decimal, date, time, UUID)


def copy_in(connection: Any, statement: str, columns: Sequence[Sequence[Any]]) -> None:
    """Run a COPY statement over `columns` (what fields made ready for PostgreSQL)."""
    lines = map("\t".join, zip(*map(copied, columns), strict=True))
    data = BytesIO("\n".join(lines).encode())
    with connection.cursor() as cursor:
        # A cursor's own methods are neither logged nor are their errors those of Django.
        logged = cursor.debug_sql(statement) if connection.queries_logged else nullcontext()
        with logged, connection.wrap_database_errors:
            cursor.copy_expert(statement, data)


def copied(values: Sequence[Any]) -> Sequence[str]:
    """A column's values as COPY reads them. TypeError for what it has no text for."""
    kinds = set(map(type, values))
    if kinds == {str}:
        return values if _is_plain("".join(values)) else [escaped(value) for value in values]
    kinds.discard(NoneType)
    if len(kinds) <= 1 and all(issubclass(kind, COMPARED) for kind in kinds):
        known = {value: text_of(value) for value in set(values)}
        return [known[value] for value in values]
    return [text_of(value) for value in values]


def text_of(value: Any) -> str:
    if value is None:
        return NULL
    if isinstance(value, str):
        return escaped(str.__str__(value))
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float | Decimal | UUID):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if hasattr(value, "adapted") and hasattr(value, "dumps"):
        return escaped(value.dumps(value.adapted))
    raise TypeError(f"no text for COPY of a {type(value).__name__}")


def escaped(text: str) -> str:
    return text if _is_plain(text) else text.translate(ESCAPES)


def _is_plain(text: str) -> bool:
    return text.isprintable() and "\\" not in text
