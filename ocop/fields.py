"""Model fields shared by the apps: names kept composed, with a key to find them by."""

import unicodedata
from typing import Any

from django.db import models

from ocop.lib.text import folded, nfc, vietnamese_sort_key

KEY_COLLATIONS = {"postgresql": "C", "sqlite": "BINARY"}


class KeyField(models.CharField):
    """Derived from a NameField beside it on every save, bulk or single; never typed.

    Collated bytewise, so that equal keys and their order are the same on both databases.
    """

    def __init__(self, source: str = "", sort: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 600)
        kwargs.setdefault("editable", False)
        super().__init__(**kwargs)
        self.source = source
        self.sort = sort

    @property
    def derive_from(self) -> str:
        return self.source

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        # A history copy lists this column itself after its NameField has already added it.
        if name not in {field.name for field in cls._meta.local_fields}:
            super().contribute_to_class(cls, name, private_only)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["source"] = self.source
        if self.sort:
            kwargs["sort"] = True
        return name, path, args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        text = getattr(model_instance, self.source) or ""
        key = (vietnamese_sort_key if self.sort else folded)(text)[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key

    def db_parameters(self, connection: Any) -> Any:
        self.db_collation = KEY_COLLATIONS.get(connection.vendor)
        try:
            return super().db_parameters(connection)
        finally:
            self.db_collation = None


class NameField(models.CharField):
    """A name in the field's own spelling, composed (NFC) and trimmed.

    Adds two columns: `<name>_key`, folded (no case, no diacritics, đ = d), for matching and
    search, and `<name>_sort`, which orders as a Vietnamese dictionary does.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 300)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        # Models rebuilt inside migrations, and history copies, list the columns themselves.
        if cls._meta.abstract or cls.__module__ == "__fake__":
            return
        present = {field.name for field in cls._meta.local_fields}
        for suffix, sort in (("key", False), ("sort", True)):
            if f"{name}_{suffix}" not in present:
                field = KeyField(source=name, sort=sort, db_index=True)
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
    """Free text kept composed (NFC), as typed otherwise."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return unicodedata.normalize("NFC", value) if isinstance(value, str) else value
