"""What a right is linked with: the science task it came out of, the products it covers."""

from collections import defaultdict

from ocop.imports.columns import Column
from ocop.imports.datasets import ImportContext, ImportRow
from ocop.imports.findings import same
from ocop.lib.identity import identity_key
from ocop.lib.text import folded
from products.datasets.base import in_chunks
from products.datasets.names import ProductReadings, joined, names_in, parted
from products.datasets.near_matches import ask_about_link
from products.models import Product, ScienceTask


def resolve_tasks(rows: list[ImportRow], context: ImportContext, column: Column) -> None:
    """The science tasks that rows name; what is none is left out, or asked about."""
    named = [row for row in rows if row["task"]]
    tasks: dict[str, ScienceTask] = {}
    alike: dict[str, list[str]] = defaultdict(list)
    for keys in in_chunks(folded(row["task"]) for row in named):
        visible = ScienceTask.objects.visible_in(context.scope).filter(name_search__in=keys)
        for task in visible:
            tasks[task.name_key] = task
            alike[task.name_search].append(task.name)
    for row in named:
        row.resolved["task"] = tasks.get(identity_key(row["task"]))
        if row.resolved["task"] is None:
            near = alike.get(folded(row["task"]), [])
            to_resolve = [same(name, {"task": name}) for name in near]
            ask_about_link(row, context, column, to_resolve, "unknown_task")


def resolve_covered(rows: list[ImportRow], context: ImportContext, column: Column) -> None:
    """Products the right covers, parted by semicolons; what means several is left out."""
    texts_wanted = {row.number: parted(row["products"]) for row in rows if row["products"]}
    texts = (text for listed in texts_wanted.values() for text in listed)
    products: list[Product] = []
    for keys in in_chunks(key for text in texts for key in names_in(text)):
        named = Product.objects.filter(name_search__in=keys).visible_in(context.scope)
        products += named.select_related("producer", "district")
    readings = ProductReadings(products)
    for row in rows:
        listed = texts_wanted.get(row.number, [])
        fitting = [readings.of(text) for text in listed]
        row.resolved["products"] = [one[0] for one in fitting if len(one) == 1]
        if len(row.resolved["products"]) < len(listed):
            lost = next(place for place, one in enumerate(fitting) if len(one) != 1)
            to_resolve = []
            for product in readings.alike(listed[lost]) if not fitting[lost] else ():
                meant = readings.shortest(product)
                cell = joined([*listed[:lost], meant, *listed[lost + 1 :]])
                to_resolve.append(same(meant, {"products": cell}))
            ask_about_link(row, context, column, to_resolve, "unknown_products")
