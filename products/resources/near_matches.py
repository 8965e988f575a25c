"""New producers and products whose names look like ones on record: said, for a person to decide."""

from collections import defaultdict

from ocop.imports.cells import Column
from ocop.imports.resource import Context, Row
from ocop.lib.text import folded
from products.models import Producer, Product
from products.near_names import NearNames
from products.resources.named_products import producer_key


def warn_of_near_producers(rows: list[Row], context: Context, column: Column) -> None:
    """Of rows whose producer is not on record in their district."""
    unknown = [row for row in rows if producer_key(row) and "producer" not in row.found]
    if not unknown:
        return
    known: dict[int, dict[str, str]] = defaultdict(dict)
    districts = {row.found["district"].pk for row in unknown}
    producers = Producer.objects.visible_in(context.scope).filter(district_id__in=districts)
    for district, key, name in producers.values_list("district_id", "name_key", "name"):
        known[district][key] = name
    if not known:
        return
    near = {district: NearNames(names) for district, names in known.items()}
    for row in unknown:
        district = row.found["district"].pk
        key = near[district].near(folded(row["producer"])) if district in near else None
        name = known[district][key] if key else ""
        if name and not context.is_settled(row, ["producer"]):
            context.warn(
                row,
                column,
                "unknown_value",
                because="near_producer",
                near_name=name,
                instead={"producer": name},
            )


def warn_of_near_products(
    rows: list[Row], context: Context, column: Column, products: dict[tuple[str, int], Product]
) -> None:
    """Of rows whose producer is on record, but not with this product."""
    of_producer: dict[int, dict[str, str]] = defaultdict(dict)
    for (key, owner), product in products.items():
        of_producer[owner][key] = product.name
    near = {owner: NearNames(names) for owner, names in of_producer.items()}
    for row in rows:
        producer = row.found.get("producer")
        if producer is None or "product" in row.found or producer.pk not in near:
            continue
        found = near[producer.pk].near(folded(row["product"] or ""))
        if found and not context.is_settled(row, ["product", "producer"]):
            name = of_producer[producer.pk][found]
            context.warn(
                row,
                column,
                "unknown_value",
                because="near_product",
                near_name=name,
                instead={"product": name, "producer": producer.name},
            )
