"""What cells say of products and producers, and which ones they may mean."""

from products.datasets.names.merged_names import kept_under
from products.datasets.names.producer_cells import compare_kind, kind_by_name, split_producers
from products.datasets.names.product_references import ProductReadings, joined, names_in, parted
from products.datasets.names.product_suggestions import SEPARATOR, ProductSuggestions
