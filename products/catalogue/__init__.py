"""Lists of what exists, and a product's page."""

from products.catalogue import contradictions, lists, rows
from products.catalogue.filters import MAX_CHARACTERS, QueryFilterSet
from products.catalogue.lists import RecordList
from products.catalogue.rows import kinds_in_order
