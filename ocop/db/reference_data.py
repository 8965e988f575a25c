"""Loading reference data so that a changed file updates and an edited record is left alone.

Each loaded record keeps a digest of the values it was last given. A record whose values still
match that digest has not been edited here, so a new value from the file may replace them; one
that no longer matches was edited by somebody and stays as it is.
"""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

FIXTURES = Path(settings.BASE_DIR) / "fixtures" / "reference"


class ReferenceDataError(Exception):
    """A reference file cannot be loaded; the message names the file, the line and what is wrong."""


def read_fixture(name: str) -> Any:
    """What the file of that name holds; ReferenceDataError where it is not JSON in UTF-8."""
    try:
        return json.loads(_path(name).read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise _unusable(name, error.lineno, error.msg) from None
    except UnicodeDecodeError as error:
        raise _unusable(name, None, str(error)) from None


def bad_data(name: str, about: str, what: str) -> ReferenceDataError:
    """The error to raise for a value of a file that cannot be: a code given twice, an unknown one.

    `about` is the value the file is searched for to name the line: its last occurrence, as what
    stands first is the one that counts. `what` is quoted in the message.
    """
    lines = _path(name).read_text(encoding="utf-8").splitlines()
    found = [number for number, line in enumerate(lines, start=1) if f'"{about}"' in line]
    words = _("“%(what)s” is unknown, missing or stands twice.") % {"what": what[:80]}
    return _unusable(name, found[-1] if found else None, words)


def _unusable(name: str, line: int | None, what: str) -> ReferenceDataError:
    words = {"file": _path(name).name, "line": line, "what": what}
    if line is None:
        return ReferenceDataError(_("%(file)s: %(what)s Nothing changed.") % words)
    return ReferenceDataError(_("%(file)s, line %(line)d: %(what)s Nothing changed.") % words)


def _path(name: str) -> Path:
    return FIXTURES / f"{name}.json"


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

    def put(self, model: type[models.Model], key: dict[str, Any], values: dict[str, Any]) -> Any:
        """The record of `key`, created or brought to `values` unless it was edited here."""
        record: Any = model._default_manager.filter(**key).first()
        if record is None:
            record = model(**key, **values)
            record.loaded_digest = self.digest_of_record(record, values)
            record.save()
            self.created += 1
            return record
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
            record.save()
            self.updated += 1
        else:
            record.refresh_from_db()
            self.kept_edits.append(f"{record._meta.verbose_name}: {record}")
        return record

    @staticmethod
    def digest_of_record(record: Any, values: dict[str, Any]) -> str:
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
