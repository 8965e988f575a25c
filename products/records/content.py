"""The content of a record as plain values: to keep, to compare, to show and to write back.

One form serves proposed changes, the comparison of two versions and the reading of history:
dates as ISO text, decimals as text, related records by id, many-to-many fields as sorted ids.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from products.kinds import RecordKind


def as_plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        plain = format(value.normalize(), "f")
        return "0" if plain == "-0" else plain
    if isinstance(value, date):
        return value.isoformat()
    return value


def content_of(record: models.Model, names: tuple[str, ...]) -> dict[str, Any]:
    """The plain values of the named fields as they stand on `record` (also a history row)."""
    content = {}
    for name in names:
        field = _field(record, name)
        if field is None:
            continue
        if field.many_to_many:
            content[name] = sorted(getattr(record, name).values_list("pk", flat=True))
        else:
            content[name] = as_plain(getattr(record, field.attname))
    return content


def _field(record: models.Model, name: str) -> Any:
    """The field, or None: history rows have no many-to-many fields."""
    try:
        return record._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def set_content(record: models.Model, values: dict[str, Any]) -> list[str]:
    """Write plain values onto `record` (unsaved); returns the names of columns that changed.

    Many-to-many fields are the caller's to write, with `set_related`.
    """
    changed = []
    for name, value in values.items():
        field: Any = record._meta.get_field(name)
        if field.many_to_many:
            continue
        exact = field.target_field.to_python(value) if field.is_relation else field.to_python(value)
        if getattr(record, field.attname) != exact:
            setattr(record, field.attname, exact)
            changed.append(name)
    return changed


def set_related(record: models.Model, values: dict[str, Any]) -> dict[str, Any]:
    """Write the many-to-many fields of `values`; returns {name: [before, after]} of changes."""
    details = {}
    for name, value in values.items():
        if not record._meta.get_field(name).many_to_many:
            continue
        relation: Any = getattr(record, name)
        before = sorted(relation.values_list("pk", flat=True))
        if before != sorted(value):
            relation.set(value)
            details[name] = [before, sorted(value)]
    return details


# --- For people ---------------------------------------------------------------------------------

RelatedNames = Mapping[tuple[Any, Any], str]
"""Names of records by (model, id)."""


@dataclass(frozen=True)
class Difference:
    """One field that two versions give differently, in words."""

    name: str
    label: str
    before: str
    after: str

    def __str__(self) -> str:
        """ "Decided on: 22/08/2022 → 23/08/2022"."""
        return f"{self.label}: {self.before} → {self.after}"


def label_of(kind: RecordKind, name: str) -> str:
    label = str(kind.model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def differences(
    kind: RecordKind,
    before: dict[str, Any],
    after: dict[str, Any],
    names: Iterable[str] | None = None,
    related: RelatedNames | None = None,
) -> list[Difference]:
    """Fields whose plain values differ, in the order of `names`, or of the kind's content."""
    found = []
    for name in kind.content if names is None else names:
        if name not in before or name not in after or before[name] == after[name]:
            continue
        if name == "sheets":
            found += _sheet_differences(before[name] or [], after[name] or [])
        else:
            found.append(
                Difference(
                    name,
                    label_of(kind, name),
                    in_words(kind, name, before[name], related),
                    in_words(kind, name, after[name], related),
                )
            )
    return found


def in_words(
    kind: RecordKind, name: str, value: Any, related_names: RelatedNames | None = None
) -> str:
    """A plain value as people read it; "–" for nothing.

    Names of related records are taken out of `related_names` where that is given, else queried.
    """
    field: Any = kind.model._meta.get_field(name)
    if value in (None, "", []):
        return "–"
    if field.many_to_many:
        return "; ".join(
            str(one) for one in field.related_model._default_manager.filter(pk__in=value)
        )
    if field.is_relation:
        if related_names is not None:
            return related_names.get((field.related_model, value), "–")
        related = field.related_model._default_manager.filter(pk=value).first()
        return str(related) if related else "–"
    if field.choices:
        return str(dict(field.flatchoices).get(field.to_python(value), value))
    if name == "sheets":
        return _sheets_in_words(value)
    if isinstance(field, models.BooleanField):
        return _("Yes") if value else _("No")
    if isinstance(field, models.DateField):
        return date_format(date.fromisoformat(str(value)), "SHORT_DATE_FORMAT")
    if isinstance(field, models.DecimalField):
        return number_format(Decimal(value).normalize())
    return str(value)


def _sheets_in_words(sheets: list[dict[str, Any]]) -> str:
    """Each sheet with its member and the sum of what it gives."""
    words = []
    for sheet in sheets:
        given = [*sheet.get("points", {}).values(), *sheet.get("parts", {}).values()]
        total = number_format(sum((Decimal(str(points)) for points in given), Decimal(0)))
        words.append(f"{sheet.get('member') or _('Summary sheet')}: {total}")
    return "; ".join(words)


def _sheet_differences(
    before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> list[Difference]:
    """Sheets added, removed, and every point changed, by the name of the member."""
    old = {sheet.get("member", ""): _given(sheet) for sheet in before}
    new = {sheet.get("member", ""): _given(sheet) for sheet in after}
    found = []
    for member in dict.fromkeys([*old, *new]):
        label = member or _("Summary sheet")
        if member not in old or member not in new:
            words = [_total_in_words(sheets.get(member)) for sheets in (old, new)]
            found.append(Difference("sheets", label, *words))
            continue
        for key in dict.fromkeys([*old[member], *new[member]]):
            one, other = old[member].get(key), new[member].get(key)
            if one != other:
                words = ["–" if points is None else _points(points) for points in (one, other)]
                found.append(Difference("sheets", f"{label}, {key}", *words))
    return found


def _given(sheet: dict[str, Any]) -> dict[str, Any]:
    return {**sheet.get("points", {}), **sheet.get("parts", {})}


def _points(points: Any) -> str:
    return str(number_format(Decimal(str(points)).normalize()))


def _total_in_words(given: dict[str, Any] | None) -> str:
    if given is None:
        return "–"
    return _points(sum((Decimal(str(points)) for points in given.values()), Decimal(0)))
