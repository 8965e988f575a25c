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

LOADED = "load_reference"
"""The reason in the history of what the files gave."""
FIXTURES = Path(settings.BASE_DIR) / "fixtures" / "reference"


def read_fixture(name: str) -> Any:
    return json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


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
    kept_edits: list[str] = field(default_factory=list)

    def put(self, model: type[models.Model], key: dict[str, Any], values: dict[str, Any]) -> Any:
        """The record of `key`, created or brought to `values` unless it was edited here."""
        record: Any = model._default_manager.filter(**key).first()
        if record is None:
            record = model(**key, **values)
            record.loaded_digest = self.digest_of_record(record, values)
            record._change_reason = LOADED
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
            record._change_reason = LOADED
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
