"""What a script exports by the library's own method."""

from datetime import date

import pytest

from ocop.imports import DATASETS
from products.models import FloorListing
from tests.support.factories import make_listing, make_product

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_some_of_the_rows_are_exported_in_their_order_and_others_in_the_exports_own() -> None:
    for name in ("B", "A", "C"):
        make_listing(make_product(name), date(2022, 8, 22))
    rows = FloorListing.objects
    for queryset, expected in (
        (rows.order_by("product__name_sort")[:2], ["A", "B"]),
        (rows.order_by("-product__name_sort"), ["C", "B", "A"]),
        (rows.order_by(), ["A", "B", "C"]),
    ):
        found = DATASETS["ecommerce"]().export(queryset)
        assert found["Tên sản phẩm"] == expected
