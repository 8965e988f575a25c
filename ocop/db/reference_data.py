"""Loading reference data so that a changed file updates and an edited record is left alone.

Each loaded record keeps a digest of the values it was last given. A record whose values still
match that digest has not been edited here, so a new value from the file may replace them; one
that no longer matches was edited by somebody and stays as it is.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from json.decoder import JSONObject  # type: ignore[attr-defined]
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

LOADED = "load_reference"
"""The reason in the history of what the files gave."""
FIXTURES = Path(settings.BASE_DIR) / "fixtures" / "reference"


class BadReferenceData(Exception):
    """What a reference file says cannot be taken: file, line and reason in a sentence."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(
            _("fixtures/reference/%(file)s, line %(line)d: %(reason)s")
            % {"file": file, "line": line, "reason": reason}
        )


def bad_data(name: str, about: str, what: str) -> BadReferenceData:
    """The error to raise for a value of a file that cannot be: a code given twice, an unknown one.

    `about` is the value the file is searched for to name the line: its last occurrence, as what
    stands first is the one that counts. `what` is quoted in the message.
    """
    file = f"{name}.json"
    lines = (FIXTURES / file).read_text(encoding="utf-8").splitlines()
    found = [number for number, line in enumerate(lines, start=1) if f'"{about}"' in line]
    words = _("“%(what)s” is unknown, missing or stands twice.") % {"what": what[:80]}
    return BadReferenceData(file, found[-1] if found else 1, words)


class Row(dict[str, Any]):
    """An object of a reference file, which knows the file and the line where it begins."""

    file = ""
    line = 0


class _RowDecoder(json.JSONDecoder):
    """Reads objects as rows. The plain scanner of the standard library tells where one begins."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file
        self.parse_object = self._row
        self.scan_once = py_make_scanner(self)

    def _row(self, text_and_end: tuple[str, int], *how: Any) -> tuple[Row, int]:
        text, start = text_and_end
        values, end = JSONObject(text_and_end, *how)
        row = Row(values)
        row.file, row.line = self.file, text.count("\n", 0, start) + 1
        return row, end


def read_fixture(name: str) -> Any:
    """What `fixtures/reference/<name>.json` holds, its objects as rows.

    BadReferenceData where it is no JSON.
    """
    file = f"{name}.json"
    try:
        return _RowDecoder(file).decode((FIXTURES / file).read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise BadReferenceData(file, error.lineno, str(error.msg)) from None


def read_day(text: str | None) -> date | None:
    """A day as the files write it (2026-05-22), None where there is none; ValueError."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        words = _("“%(text)s” is no day; write it as 2026-05-22.")
        raise ValueError(words % {"text": text}) from None


@contextmanager
def reading(row: Row) -> Iterator[Row]:
    """While a row is read and put: what is wrong with it becomes a sentence that names its line.

    A row within it, which names a line of its own, is named instead.
    """
    try:
        yield row
    except KeyError as error:
        reason = _("“%(name)s” is missing, or refers to what is not there.")
        raise BadReferenceData(row.file, row.line, reason % {"name": error.args[0]}) from None
    except ValidationError as error:
        wrong = "; ".join(
            f"{name}: {' '.join(messages)}" if name != NON_FIELD_ERRORS else " ".join(messages)
            for name, messages in getattr(error, "message_dict", {"": error.messages}).items()
        )
        raise BadReferenceData(row.file, row.line, wrong.removeprefix(": ")) from None
    except (TypeError, ValueError, ArithmeticError) as error:
        raise BadReferenceData(row.file, row.line, str(error)) from None


def fixtures_named(prefix: str) -> list[str]:
    """Names of the reference files that begin with `prefix`, in order."""
    return sorted(path.stem for path in FIXTURES.glob(f"{prefix}*.json"))


def digest_of(values: dict[str, Any]) -> str:
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class ReferenceLoader:
    """Puts reference records and counts what became of them."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    followed: int = 0
    """Records whose commune of today changed with the units."""
    kept_edits: list[str] = field(default_factory=list)

    def put(
        self,
        model: type[models.Model],
        key: dict[str, Any],
        values: dict[str, Any],
        at_first: Sequence[str] = (),
    ) -> Any:
        """The record of `key`, created or brought to `values` unless it was edited here.

        `at_first`: the values that the file gave before it said more of each, for records that
        were loaded then.
        ValidationError where the model refuses the values.
        """
        record: Any = model._default_manager.filter(**key).first()
        if record is None:
            record = model(**key, **values)
            record.loaded_digest = self.digest_of_record(record, values)
            self._check(record, {*key, *values})
            record._change_reason = LOADED
            record.save()
            self.created += 1
            return record
        if at_first and record.loaded_digest == self.digest_of_record(record, list(at_first)):
            record.loaded_digest = self.digest_of_record(record, values)
        return self._refresh(record, values)

    def _refresh(self, record: Any, values: dict[str, Any]) -> Any:
        present = self.digest_of_record(record, values)
        untouched = present == record.loaded_digest
        for name, value in values.items():
            setattr(record, name, value)
        new_value = self.digest_of_record(record, values)
        if new_value == present and untouched:
            self.unchanged += 1
        elif new_value == present or untouched:
            record.loaded_digest = new_value
            self._check(record, values)
            record._change_reason = LOADED
            record.save()
            self.updated += 1
        else:
            record.refresh_from_db()
            self.kept_edits.append(f"{record._meta.verbose_name}: {record}")
        return record

    @staticmethod
    def _check(record: Any, given: Iterable[str]) -> None:
        """ValidationError where the model refuses what the file gives."""
        record.full_clean(exclude={one.name for one in record._meta.fields} - set(given))

    @staticmethod
    def digest_of_record(record: Any, values: Iterable[str]) -> str:
        """Digest of the fields in `values` as the record holds them, in the column's own form."""
        held = {}
        for name in values:
            column = record._meta.get_field(name)
            held[name] = column.get_prep_value(column.to_python(getattr(record, column.attname)))
        return digest_of({name: _plain(value) for name, value in held.items()})


def _plain(value: Any) -> Any:
    """Decimals without trailing zeros, so that 25 and 25.000 have one digest."""
    if hasattr(value, "normalize"):
        return format(value.normalize(), "f")
    return value
