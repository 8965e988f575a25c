"""Spans of validity: which products are valid, traced and sold on any day, kept with the records.

Read with ValiditySpan and FirstRecognition of products.models; written here only, in the
transaction that changes a record (products.records.history).
"""

from products.validity.arithmetic import (
    NO_END,
    Certificate,
    First,
    Listing,
    Span,
    firsts_of,
    spans_of,
)
from products.validity.rebuild import differing_products, forget, rebuild, rebuild_all
from products.validity.touched import (
    rebuild_touched,
    rebuilt_together,
    touched_by,
    touched_by_new,
)
