"""The records that decide on products' validity, read for the arithmetic.

In SQL: every verified record asks these four, and building the same queries with the ORM takes
several times as long as the database takes to answer them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from products.choices import Status
from products.models.entered import counted_statuses
from products.validity.arithmetic import Certificate, Listing

PRODUCTS = """
SELECT id, district_id, commune_id, producer_id
FROM products_product WHERE id IN ({ids}) ORDER BY id
"""
OF_PRODUCTS = "product_id IN ({ids}) AND status IN ({statuses})"
CERTIFICATES = f"""
SELECT product_id, status, id, rank, decided_on, valid_until, revoked_on
FROM products_recognition WHERE {OF_PRODUCTS}
"""
COUNTING = "SELECT id FROM {table} WHERE counted AND status = 'confirmed'"
TRACED = f"""
SELECT product_id, status, started_on, ended_on
FROM products_traceabilityenrolment WHERE {OF_PRODUCTS}
  AND system_id IN ({COUNTING.format(table="products_traceabilitysystem")})
"""
SOLD = f"""
SELECT product_id, status, started_on, ended_on
FROM products_floorlisting WHERE {OF_PRODUCTS}
  AND floor_id IN ({COUNTING.format(table="products_ecommercefloor")})
"""
Row = tuple[Any, ...]


@dataclass
class Facts:
    """The records of one product that decide on one basis."""

    certificates: list[Certificate] = field(default_factory=list)
    traced: list[Listing] = field(default_factory=list)
    sold: list[Listing] = field(default_factory=list)


def locked_products(ids: Sequence[int]) -> list[Row]:
    """(id, district's, commune's, producer's id) of these products, locked in the order of their
    ids until the transaction ends; those that are gone are left out.

    Whoever commits something about a product locks its key (KEY SHARE): NO KEY leaves that be, so
    that only those wait who change its spans too. SQLite lets nobody else write anyway.
    """
    lock = ""
    if connection.features.has_select_for_update:
        lock = connection.ops.for_update_sql(no_key=True)
    with connection.cursor() as cursor:
        return _rows(cursor, PRODUCTS + lock, ids)


def facts_of(ids: Sequence[int]) -> tuple[Mapping[int, Facts], Mapping[int, Facts]]:
    """By product what counts verified; and, of products with submitted records, what counts with
    those. A product without either is in neither."""
    found = {status: defaultdict(Facts) for status in counted_statuses(pending=True)}
    with connection.cursor() as cursor:
        for product, status, *certificate in _counted(cursor, CERTIFICATES, ids):
            found[status][product].certificates.append(Certificate(*certificate))
        for product, status, started_on, ended_on in _counted(cursor, TRACED, ids):
            found[status][product].traced.append(Listing(started_on, ended_on))
        for product, status, started_on, ended_on in _counted(cursor, SOLD, ids):
            found[status][product].sold.append(Listing(started_on, ended_on))
    verified, submitted = found[Status.VERIFIED], found[Status.SUBMITTED]
    for pk, facts in submitted.items():
        facts.certificates += verified[pk].certificates
        facts.traced += verified[pk].traced
        facts.sold += verified[pk].sold
    return verified, submitted


def _counted(cursor: Any, statement: str, ids: Sequence[int]) -> list[Row]:
    statuses = counted_statuses(pending=True)
    return _rows(cursor, statement.replace("{statuses}", _marks(statuses)), ids, *statuses)


def _rows(cursor: Any, statement: str, ids: Sequence[int], *others: str) -> list[Row]:
    cursor.execute(statement.replace("{ids}", _marks(ids)), [*ids, *others])
    rows: list[Row] = cursor.fetchall()
    return rows


def _marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))
