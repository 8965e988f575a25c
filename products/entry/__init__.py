"""Records as people enter them."""

from products.entry.hints import hints_for
