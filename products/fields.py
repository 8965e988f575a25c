"""Model fields of this app."""

from ocop.db.fields import KeyField
from products.legal_terms import filing_key


class FilingKeyField(KeyField):
    """What the application number beside it stands for, however it is written."""

    def derived(self, text: str) -> str:
        return filing_key(text)[: self.max_length]
