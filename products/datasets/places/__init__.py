"""The places that rows name, and those that lie outside the plan's area."""

from products.datasets.places.own import own_commune, own_district
from products.datasets.places.places import (
    Around,
    commune_names,
    district_names,
    resolve_place,
    under_a_district,
)
