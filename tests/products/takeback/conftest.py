"""The pages send real forms."""

from tests.products.entry.conftest import officer, verifier

__all__ = ["officer", "verifier"]
