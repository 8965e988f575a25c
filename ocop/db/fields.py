"""Model fields shared by the apps: names kept composed, with keys to find and to sort them by."""

import unicodedata
from typing import Any

from django.db import models

from ocop.lib.identity import identity_key
from ocop.lib.text import folded, nfc, vietnamese_sort_key, without_invisible

KEY_COLLATIONS = {"postgresql": "C", "sqlite": "BINARY"}


class KeyField(models.CharField):
    """Derived from the field `source` beside it on every save, bulk or single; never typed.

    The identity key of a name; `sort`: its place in a dictionary; `search`: its text without
    case and diacritics. Collated bytewise, so that equal keys and their order are the same on
    both databases.
    """

    def __init__(
        self, source: str = "", sort: bool = False, search: bool = False, **kwargs: Any
    ) -> None:
        kwargs.setdefault("max_length", 600)
        kwargs.setdefault("editable", False)
        super().__init__(**kwargs)
        self.source, self.sort, self.search = source, sort, search

    @property
    def derive_from(self) -> str:
        return self.source

    def derived(self, text: str | None) -> str:
        """The key of a text, as long as the column."""
        derive = vietnamese_sort_key if self.sort else folded if self.search else identity_key
        return derive(text or "")[: self.max_length]

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        # A history copy lists this column itself after its NameField has already added it.
        if name not in {field.name for field in cls._meta.local_fields}:
            super().contribute_to_class(cls, name, private_only)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["source"] = self.source
        if self.sort:
            kwargs["sort"] = True
        if self.search:
            kwargs["search"] = True
        return name, path, args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = self.derived(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, key)
        return key

    def db_parameters(self, connection: Any) -> Any:
        self.db_collation = KEY_COLLATIONS.get(connection.vendor)
        try:
            return super().db_parameters(connection)
        finally:
            self.db_collation = None


def sources_of(column: Any) -> tuple[str, ...]:
    """Names of the fields that a column is derived from on every save; () where it is typed."""
    source: Any = getattr(column, "derive_from", ())
    return (source,) if isinstance(source, str) else tuple(source)


class NameField(models.CharField):
    """A name in the field's own spelling, composed (NFC) and trimmed.

    Adds three columns: `<name>_key`, by which it is the same name or another (diacritics kept);
    `<name>_search`, folded (no case, no diacritics, đ = d), for search and for names that are
    nearly the same; `<name>_sort`, which orders as a Vietnamese dictionary does.
    """

    key_class = KeyField
    """The field of `<name>_key`: another where names of this kind are the same by another rule."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 300)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        # Models rebuilt inside migrations, and history copies, list the columns themselves.
        if cls._meta.abstract or cls.__module__ == "__fake__":
            return
        present = {field.name for field in cls._meta.local_fields}
        for suffix in ("key", "search", "sort"):
            if f"{name}_{suffix}" not in present:
                is_what = {suffix: True} if suffix != "key" else {}
                key_class = self.key_class if suffix == "key" else KeyField
                field = key_class(source=name, db_index=True, **is_what)
                field.creation_counter = self.creation_counter
                field.contribute_to_class(cls, f"{name}_{suffix}")

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return nfc(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return nfc(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value


class NfcTextField(models.TextField):
    """Free text kept composed (NFC) and without invisible characters, as typed otherwise."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        if not isinstance(value, str):
            return value
        return unicodedata.normalize("NFC", without_invisible(value))
