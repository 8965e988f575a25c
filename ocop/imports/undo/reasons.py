"""Why an undoing leaves a record: stored as a code with its parameters, put in words when shown."""

from datetime import date
from typing import Any

from django.apps import apps
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Any] = {
    "verified": _("verified since: only an administrator can take it back"),
    "elsewhere": _("it is not in your district"),
    "rested_on": _("“%(what)s” rests on it"),
    "parent_gone": _("its %(what)s is gone"),
    "contradicts": _("with what was changed since, its old values contradict each other"),
    "place_taken": _("“%(what)s” is on record with the same %(columns)s by now"),
    "edited": _("changed on %(day)s by %(who)s (%(what)s)"),
    "changed": _("changed since"),
    "change_proposed": _("a change of it is proposed"),
    "quotas_moved": _("quotas were moved from or to it since"),
    # What stands in for a name in the others.
    "outside": _("a record outside your district"),
    "proposed_change": _("a proposed change"),
    "system": _("the system"),
}


class StoredReason(str):
    """A reason in words of the active language that knows how it is kept: see `stored_reason`."""

    stored: dict[str, Any]


def stored_reason(code: str, **about: Any) -> StoredReason:
    """The reason `code` of REASONS.

    `about`: what its words need. Texts and other reasons as they are; a day; a model for its
    name; a list of a model's fields for theirs; (field, value) for the value's label.
    """
    stored = {"code": code, "about": {name: _plain(value) for name, value in about.items()}}
    reason = StoredReason(reason_text(stored))
    reason.stored = stored
    return reason


def reason_text(stored: dict[str, Any]) -> str:
    """A kept reason in the active language."""
    return str(REASONS[stored["code"]]) % {n: _words(v) for n, v in stored["about"].items()}


def _plain(value: Any) -> Any:
    if isinstance(value, StoredReason):
        return value.stored
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, type):
        return {"model": value._meta.label_lower}  # type: ignore[attr-defined]
    if isinstance(value, list):
        return {"fields": [_path(field) for field in value]}
    if isinstance(value, tuple):
        return {"choice": [_path(value[0]), str(value[1])]}
    return str(value)


def _path(field: Any) -> list[str]:
    return [field.model._meta.label_lower, field.name]


def _field(path: list[str]) -> Any:
    return apps.get_model(path[0])._meta.get_field(path[1])


def _words(plain: Any) -> str:
    if isinstance(plain, str):
        return plain
    if "code" in plain:
        return reason_text(plain)
    if "day" in plain:
        return str(date_format(date.fromisoformat(plain["day"]), "SHORT_DATE_FORMAT"))
    if "model" in plain:
        return str(apps.get_model(plain["model"])._meta.verbose_name)
    if "fields" in plain:
        return ", ".join(str(_field(path).verbose_name) for path in plain["fields"])
    path, value = plain["choice"]
    return str(dict(_field(path).flatchoices).get(value, value))
