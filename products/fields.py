"""Model fields of this app."""

from ocop.db.fields import KeyField, NameField
from ocop.lib.producer_names import producer_name_key
from products.legal_terms import filing_key


class FilingKeyField(KeyField):
    """What the application number beside it stands for, however it is written."""

    def derived(self, text: str | None) -> str:
        return filing_key(text or "")[: self.max_length]


class ProducerKeyField(KeyField):
    """The key of a producer's name: its legal form spelt out, without address and telephone."""

    def derived(self, text: str | None) -> str:
        return producer_name_key(text or "")[: self.max_length]


class ProducerNameField(NameField):
    """A producer's name, the same as another where its legal form is only written otherwise."""

    key_class = ProducerKeyField
