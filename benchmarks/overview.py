"""The overview against yardsticks of the same run: its rows against hand-written SQL for the same
numbers, cached pages against worked-out ones, the page against a view that answers "ok".

Usage: python -m benchmarks.overview [PRODUCTS]   (400, 20000, …; DATABASE_URL names the server)

Works in a database of its own: a temporary SQLite file, or whatever DATABASE_URL names, which
must be empty. Prints ratios; absolute times depend on the machine and are for looking at.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

DAY = date(2024, 6, 30)
RUNS = 5

# What an SQL author would write for the stock, both shares and the new products of each year.
HAND_WRITTEN = """
WITH valid AS (
  SELECT product_id, rank,
         ROW_NUMBER() OVER (PARTITION BY product_id ORDER BY decided_on DESC, rank DESC, id DESC)
           AS place
  FROM products_recognition
  WHERE status = 'verified' AND decided_on <= %(day)s AND valid_until >= %(day)s
    AND (revoked_on IS NULL OR revoked_on > %(day)s)
)
SELECT p.district_id, v.rank, COUNT(*),
       COUNT(CASE WHEN t.product_id IS NOT NULL THEN 1 END),
       COUNT(CASE WHEN l.product_id IS NOT NULL THEN 1 END)
FROM valid v
JOIN products_product p ON p.id = v.product_id
LEFT JOIN (SELECT DISTINCT n.product_id FROM products_traceabilityenrolment n
           JOIN products_traceabilitysystem s
             ON s.id = n.system_id AND s.counted AND s.status = 'confirmed'
           WHERE n.status = 'verified' AND n.started_on <= %(day)s
             AND (n.ended_on IS NULL OR n.ended_on > %(day)s)) t ON t.product_id = v.product_id
LEFT JOIN (SELECT DISTINCT f.product_id FROM products_floorlisting f
           JOIN products_ecommercefloor e
             ON e.id = f.floor_id AND e.counted AND e.status = 'confirmed'
           WHERE f.status = 'verified' AND f.started_on <= %(day)s
             AND (f.ended_on IS NULL OR f.ended_on > %(day)s)) l ON l.product_id = v.product_id
WHERE v.place = 1
GROUP BY p.district_id, v.rank
"""
NEW_BY_YEAR = """
SELECT p.district_id, first_on, COUNT(*)
FROM (SELECT product_id, MIN(decided_on) AS first_on FROM products_recognition
      WHERE status = 'verified' GROUP BY product_id) f
JOIN products_product p ON p.id = f.product_id
WHERE first_on <= %(day)s GROUP BY p.district_id, first_on
"""


def fill(products: int, first: int = 0) -> None:
    """Random products with one to three recognitions and some listings each, numbered from
    `first` on."""
    from products import validity

    chance = random.Random(1)
    made = make_products(products, chance, first)
    recognise(made, chance)
    list_somewhere(made, chance)
    validity.rebuild(product.pk for product in made)


def make_products(products: int, chance: random.Random, first: int) -> list[Any]:
    from ocop.organisation.models import Unit
    from products.models import Producer, Product

    units = list(Unit.objects.districts_of_plans())
    producers = Producer.objects.bulk_create(
        [
            Producer(name=f"Chủ thể {first + n}", place=unit, district=unit, status="verified")
            for n in range(products // 2)
            for unit in [chance.choice(units)]
        ]
    )
    return Product.objects.bulk_create(
        [
            Product(
                name=f"Sản phẩm {first + n}",
                producer=producer,
                place=producer.district,
                district=producer.district,
                status="verified",
            )
            for n in range(products)
            for producer in [producers[n // 2]]
        ]
    )


def recognise(made: list[Any], chance: random.Random) -> None:
    from products.choices import Rank
    from products.models import Recognition

    recognitions = []
    for product in made:
        day = date(2019, 12, 1) + timedelta(days=chance.randrange(1500))
        for _ in range(chance.choice([1, 1, 1, 2, 3])):
            rank = chance.choice([Rank.THREE, Rank.THREE, Rank.FOUR, Rank.FIVE])
            recognitions.append(
                Recognition(product=product, decided_on=day, rank=rank, status="verified")
            )
            day += timedelta(days=chance.randrange(300, 1100))
    Recognition.objects.bulk_create(recognitions, batch_size=1000)


def list_somewhere(made: list[Any], chance: random.Random) -> None:
    from products.models import (
        EcommerceFloor,
        FloorListing,
        TraceabilityEnrolment,
        TraceabilitySystem,
    )

    floors = list(EcommerceFloor.objects.all())
    system = TraceabilitySystem.objects.counting().first()
    enrolments, listings = [], []
    for product in made:
        common = {
            "product": product,
            "started_on": date(2021, 1, 1) + timedelta(days=chance.randrange(1500)),
            "status": "verified",
        }
        if chance.random() < 0.6:
            enrolments.append(TraceabilityEnrolment(system=system, **common))
        chosen = chance.sample(floors, chance.randrange(4))
        listings += [FloorListing(floor=floor, **common) for floor in chosen]
    TraceabilityEnrolment.objects.bulk_create(enrolments, batch_size=1000)
    FloorListing.objects.bulk_create(listings, batch_size=1000)


def median_seconds(act: Callable[[], Any]) -> float:
    spent = []
    for _ in range(RUNS):
        start = time.perf_counter()
        act()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def by_hand() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        # The same numbers need the stock twice: at the day, and at the plan's end.
        for day in (DAY, date(2025, 12, 31)):
            cursor.execute(HAND_WRITTEN.replace("%(day)s", f"'{day.isoformat()}'"))
            cursor.fetchall()
        cursor.execute(NEW_BY_YEAR.replace("%(day)s", f"'{DAY.isoformat()}'"))
        cursor.fetchall()


def main(products: int) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    fill(products)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{connection.vendor}, {products} products")
    rows()
    pages()


def print_ratio(what: str, ours: float, yardstick: float, of: str) -> None:
    ratio = ours / yardstick
    print(f"  {what} {ours * 1000:.1f} ms, {of} {yardstick * 1000:.1f} ms, ratio {ratio:.3f}")


def rows() -> None:
    """Rows computed, and the same rows when nothing changed."""
    from targets.figures import overview
    from targets.models import Plan

    plan = Plan.objects.select_related("unit").get()
    cold = median_seconds(lambda: overview.build(plan, plan.unit, DAY).rows)
    print_ratio("rows", cold, median_seconds(by_hand), "hand-written SQL")


def pages() -> None:
    """Whole responses through all middleware, as a signed-in user: computed, and seen again."""
    from django.conf import settings
    from django.core.cache import cache
    from django.test import Client

    from ocop.organisation.models import User
    from targets.demonstration.demo_accounts import make_accounts

    settings.ALLOWED_HOSTS = ["testserver"]
    make_accounts()
    client = Client()
    client.force_login(User.objects.get(username="bancd"))

    def anew(path: str) -> None:
        cache.clear()
        client.get(path)

    trivial = median_seconds(lambda: client.get("/healthz"))
    for path in (f"/?as_of={DAY}", f"/targets/ECOM-SHARE/?as_of={DAY}", f"/forecast/?as_of={DAY}"):
        new = median_seconds(lambda path=path: anew(path))
        again = median_seconds(lambda path=path: client.get(path))
        print_ratio(f"{path} again", again, new, "worked out")
        print_ratio(f"{path} again", again, trivial, "/healthz")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "ocop.settings"
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/benchmark.sqlite3")
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
