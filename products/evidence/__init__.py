"""Files that a record rests on."""

from products.evidence import storage
from products.evidence.page_context import record_header_context
