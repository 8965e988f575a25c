"""Undoing an import of entered records."""

from products.datasets.undo import plan
