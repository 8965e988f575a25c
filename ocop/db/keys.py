"""Derived keys of stored records, recomputed after one of their rules has changed."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from ocop.db.fields import KeyField

BATCH = 500
MAX_NAMES_SHOWN = 100
"""Letters of a key that is made a record's own by its id: it fits every column."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeyConflict:
    """Records for a person to look at. `ids`: two records that the keys now make one (the second
    is stored under a key of its own), or the one record that has borne both names, which only a
    former key took for one."""

    model: str
    ids: tuple[int, ...]
    names: tuple[str, ...]

    def __str__(self) -> str:
        numbers, names = ", ".join(map(str, self.ids)), " / ".join(self.names)
        what = "two records of one name" if len(self.ids) > 1 else "one record, two names"
        return f"{self.model} {numbers}: {what}: {names}"


def rebuild_keys(apps: Any, app_label: str) -> list[KeyConflict]:
    """Work out every derived key of an app's stored records, and of what imports keep of them.

    `apps`: Django's registry, or that of a migration. No version grows and no history row is
    written: what people entered stays as it is. Returns, and logs, what a person has to decide.
    Changes nothing where all keys are right already.
    """
    doubts: list[KeyConflict] = []
    models = list(apps.get_app_config(app_label).get_models())
    for model in models:
        keys = _keys_of(model)
        if keys and not _is_history(model):
            doubts += _rebuilt(model, keys)
            _rebuild_snapshots(apps, model, keys)
        elif keys:
            doubts += _names_once_taken_for_one(model, keys)
    for doubt in doubts:
        logger.warning("Look at %s", doubt)
    return doubts


def _keys_of(model: Any) -> list[KeyField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, KeyField)]


def _is_history(model: Any) -> bool:
    return any(field.name == "history_id" for field in model._meta.concrete_fields)


def _rebuilt(model: Any, keys: list[KeyField]) -> list[KeyConflict]:
    names = [key.attname for key in keys]
    changed: list[Any] = []
    doubts: list[KeyConflict] = []
    for record in model._default_manager.order_by("pk").iterator(chunk_size=2000):
        before = [getattr(record, name) for name in names]
        for key in keys:
            key.pre_save(record, add=False)
        if before != [getattr(record, name) for name in names]:
            changed.append(record)
    for some in (changed[i : i + BATCH] for i in range(0, len(changed), BATCH)):
        try:
            with transaction.atomic():
                model._default_manager.bulk_update(some, names)
        except IntegrityError:
            doubts += _written_one_by_one(model, keys, some)
    return doubts


def _written_one_by_one(model: Any, keys: list[KeyField], records: list[Any]) -> list[KeyConflict]:
    """Where two records have one key by now, the later keeps one of its own until it is merged."""
    key_wanted = [[getattr(record, key.attname) for key in keys] for record in records]
    names = [key.attname for key in keys]
    for record in records:
        for name in names:
            setattr(record, name, f"#{record.pk}")
    model._default_manager.bulk_update(records, names)
    doubts = []
    for record, values in zip(records, key_wanted, strict=True):
        for name, value in zip(names, values, strict=True):
            setattr(record, name, value)
        if not _stored(record, names):
            doubts.append(_double_of(model, keys, record))
            _store_apart(record, keys, names)
    return doubts


def _store_apart(record: Any, keys: list[KeyField], names: list[str]) -> None:
    """Store the record with the key that another record has made its own, that one alone."""
    for key in (key for key in reversed(keys) if not (key.sort or key.search)):
        value = getattr(record, key.attname)
        setattr(record, key.attname, f"{value[:MAX_NAMES_SHOWN]} #{record.pk}")
        if _stored(record, names):
            return
        setattr(record, key.attname, value)
    raise IntegrityError(f"{record._meta.label} {record.pk}: no key of its own can be made")


def _stored(record: Any, names: list[str]) -> bool:
    try:
        with transaction.atomic():
            # A plain update: `save` would derive the keys anew.
            type(record)._default_manager.filter(pk=record.pk).update(
                **{name: getattr(record, name) for name in names}
            )
    except IntegrityError:
        return False
    return True


def _double_of(model: Any, keys: list[KeyField], record: Any) -> KeyConflict:
    source = keys[0].source
    others = model._default_manager.exclude(pk=record.pk).order_by("pk")
    same = (
        others.filter(**{key.attname: getattr(record, key.attname)}).exclude(**{key.attname: ""})
        for key in reversed(keys)
        if not (key.sort or key.search)
    )
    other = next((found[0] for found in same if found), None)
    found = [one for one in (other, record) if one is not None]
    return KeyConflict(
        model._meta.label,
        tuple(one.pk for one in found),
        tuple(getattr(one, source) for one in found),
    )


def _names_once_taken_for_one(history: Any, keys: list[KeyField]) -> list[KeyConflict]:
    """Records whose name changed to one that only diacritics tell from it, by their history."""
    doubts = []
    for key in keys:
        if key.sort or key.search or not _is_of_a_name(history, key):
            continue
        names: dict[int, dict[str, str]] = defaultdict(dict)
        rows = history._default_manager.order_by("history_id").values_list("id", key.source)
        for pk, name in rows.iterator(chunk_size=2000):
            names[pk].setdefault(key.derived(name), name)
        for pk, borne in names.items():
            if len(borne) > 1 and _differ_in_marks_only(history, key, borne.values()):
                label = history._meta.label.replace("Historical", "")
                doubts.append(KeyConflict(label, (pk,), tuple(borne.values())))
    return doubts


def _is_of_a_name(history: Any, key: KeyField) -> bool:
    """A name has a column to search it by; an application's number has none."""
    return any(field.search and field.source == key.source for field in _keys_of(history))


def _differ_in_marks_only(history: Any, key: KeyField, names: Iterable[str]) -> bool:
    search = next(
        field for field in _keys_of(history) if field.search and field.source == key.source
    )
    folded = [search.derived(name) for name in names]
    return len(set(folded)) < len(folded)


def _rebuild_snapshots(apps: Any, model: Any, keys: list[KeyField]) -> None:
    """What imports keep of records as they were, to be taken back to."""
    changes = apps.get_model("imports", "ImportedChange")._default_manager
    label = model._meta.label_lower
    changed = []
    for change in changes.filter(model=label, before__isnull=False).iterator(chunk_size=2000):
        now = {key.attname: key.derived(change.before.get(key.source) or "") for key in keys}
        if any(change.before.get(name) != value for name, value in now.items()):
            change.before = {**change.before, **now}
            changed.append(change)
    changes.bulk_update(changed, ["before"], batch_size=BATCH)
