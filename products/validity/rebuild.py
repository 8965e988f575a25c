"""The stored spans and first recognitions of products, worked out anew from their records."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection, transaction

from ocop.db.bulk import insert_rows
from ocop.db.consistent_read import consistent_read
from ocop.db.statistics import MANY, bring_up_to_date
from ocop.organisation import data_version
from products.choices import Basis
from products.models import FirstRecognition, Product, ValiditySpan
from products.validity.arithmetic import First, Span, firsts_of, spans_of
from products.validity.records import Facts, Row, facts_of, locked_products

BATCH = 500
PRODUCT = ("pk", "district_id", "commune_id", "producer_id")
SPAN = (
    *("product_id", "basis", "district_id", "commune_id", "producer_id", "recognition_id", "rank"),
    *("starts_on", "until", "certificate_ends", "traced_until", "sold_until", "next_starts_on"),
)
FIRST = (
    *("product_id", "basis", "district_id", "commune_id", "recognition_id"),
    *("decided_on", "counts_from", "counts_until"),
)
TABLES = [ValiditySpan._meta.db_table, FirstRecognition._meta.db_table]


class Rows(NamedTuple):
    """What is stored about some products: values in the order of SPAN and of FIRST."""

    spans: list[Row]
    firsts: list[Row]


def rebuild(product_ids: Iterable[int]) -> None:
    """Store the spans and first recognitions of these products as their records are now.

    In the transaction that changed the records. The products stay locked until its end: of two
    who change records of one product the second reads what the first wrote. Ids of products that
    are gone are passed over.
    """
    ids = sorted(set(product_ids))
    if not ids:
        return
    with transaction.atomic(savepoint=False):
        for some in _batches(ids):
            _store(some, _worked_out(locked_products(some)))
        if len(ids) >= MANY:
            bring_up_to_date(TABLES)


def rebuild_all() -> int:
    """Store all spans and first recognitions anew; the number of products.

    One transaction for some products at a time, so that others can write meanwhile.
    """
    ids = list(Product.objects.order_by("pk").values_list("pk", flat=True))
    for some in _batches(ids):
        rebuild(some)
    bring_up_to_date(TABLES)
    # The records did not change, what is read did: nothing worked out before is true for sure.
    data_version.begin_anew()
    return len(ids)


def differing_products() -> list[Product]:
    """The products whose stored spans or first recognitions are not what their records say."""
    found: list[int] = []
    with consistent_read():
        products = list(Product.objects.order_by("pk").values_list(*PRODUCT))
        for some in _batches(products):
            fresh = _by_product(_worked_out(some))
            stored = _by_product(_stored([pk for pk, *_rest in some]))
            found += [pk for pk, *_rest in some if fresh[pk] != stored[pk]]
        return list(Product.objects.select_related("producer").filter(pk__in=found).order_by("pk"))


# --- Worked out -----------------------------------------------------------------------------------


def _worked_out(products: Sequence[Row]) -> Rows:
    """`products`: values in the order of PRODUCT."""
    if not products:
        return Rows([], [])
    verified, pending = facts_of([pk for pk, *_rest in products])
    rows = Rows([], [])
    for product in products:
        pk = product[0]
        if pk in pending:
            _add(rows, product, verified[pk], pending[pk])
        elif pk in verified:
            _add(rows, product, verified[pk], verified[pk])
    return rows


def _add(rows: Rows, product: Row, verified: Facts, pending: Facts) -> None:
    pk, district, commune, producer = product
    spans = _on_each_basis(_spans, verified, pending)
    rows.spans.extend((pk, basis, district, commune, producer, *span) for basis, span in spans)
    firsts = _on_each_basis(_firsts, verified, pending)
    rows.firsts.extend((pk, basis, district, commune, *first) for basis, first in firsts)


def _spans(facts: Facts) -> list[Span]:
    return spans_of(facts.certificates, facts.traced, facts.sold)


def _firsts(facts: Facts) -> list[First]:
    return firsts_of(facts.certificates)


def _on_each_basis(work_out: Any, verified: Facts, pending: Facts) -> Iterator[tuple[str, Row]]:
    """What is the same on both bases once."""
    ours = work_out(verified)
    theirs = ours if pending is verified else work_out(pending)
    if ours == theirs:
        yield from ((Basis.BOTH.value, row) for row in ours)
        return
    yield from ((Basis.VERIFIED.value, row) for row in ours)
    yield from ((Basis.PENDING.value, row) for row in theirs)


# --- Stored ---------------------------------------------------------------------------------------


def _store(ids: Sequence[int], rows: Rows) -> None:
    forget(ids)
    insert_rows(ValiditySpan, SPAN, rows.spans)
    insert_rows(FirstRecognition, FIRST, rows.firsts)


def forget(ids: Sequence[int]) -> None:
    """Take away the rows of these products; for good where they are deleted without Django's
    cascade."""
    with connection.cursor() as cursor:
        for table in TABLES:
            marks = ", ".join(["%s"] * len(ids))
            cursor.execute(f"DELETE FROM {table} WHERE product_id IN ({marks})", ids)


def _stored(ids: Sequence[int]) -> Rows:
    spans = ValiditySpan.objects.filter(product_id__in=ids)
    firsts = FirstRecognition.objects.filter(product_id__in=ids)
    return Rows(list(spans.values_list(*SPAN)), list(firsts.values_list(*FIRST)))


def _by_product(rows: Rows) -> Mapping[int, tuple[list[Row], list[Row]]]:
    """Of each product its rows in an order of their own, to be compared."""
    found: dict[int, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for place, some in enumerate(rows):
        for row in sorted(some, key=repr):
            found[row[0]][place].append(row)
    return found


def _batches(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[i : i + BATCH] for i in range(0, len(values), BATCH))
