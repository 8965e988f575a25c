"""History rows cannot be changed by SQL either, on both databases."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from ocop.db.append_only import append_only, history_models
from ocop.organisation.data_version import watched
from products.models import Producer, Product
from products.records.history import create_all
from tests.support.factories import district, make_product

HISTORIES = [model for app in apps.get_app_configs() for model in history_models(app)]
pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(params=HISTORIES, ids=lambda model: model.__name__)
def filled(request: Any) -> Iterator[type[models.Model]]:
    """Each history table, with a row in those that a test can fill."""
    yield request.param


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return "never changed or deleted" in str(error)
    return False


def test_there_are_history_tables_of_both_apps() -> None:
    assert len(HISTORIES) >= 10


def test_every_history_table_has_its_triggers(filled: type[models.Model]) -> None:
    table = filled._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
                [table],
            )
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name=%s", [table]
            )
        names = {name for (name,) in cursor.fetchall()}
    wanted = {f"{table}_no_update", f"{table}_no_delete"}
    if connection.vendor == "postgresql":
        wanted.add(f"{table}_no_truncate")
    assert wanted <= names


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE products_historicalproduct SET name = 'khác'",
        "UPDATE products_historicalproduct SET history_user_id = NULL",
        "DELETE FROM products_historicalproduct",
    ],
)
def test_rows_are_neither_changed_nor_deleted(statement: str) -> None:
    product = make_product()
    assert product.history.count() == 1
    assert refused(statement)
    assert product.history.count() == 1


def test_a_table_cannot_be_emptied_at_once() -> None:
    if connection.vendor == "postgresql":
        assert refused("TRUNCATE products_historicalproduct")


def test_new_rows_still_enter() -> None:
    unit = district()
    create_all([Producer(name="Mới", place=unit, district=unit)], None, "thử")
    assert Product.history.count() == 0 and Producer.history.count() == 1


def triggers_of(table: str) -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = (
                "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
            )
        else:
            statement = (
                "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
            )
        cursor.execute(statement, [table])
        return cursor.fetchone()[0]


def test_a_migration_that_rebuilds_tables_leaves_their_triggers_whichever_way_it_runs() -> None:
    history, record = "products_historicalproducer", "products_producer"
    before = {table: triggers_of(table) for table in (history, record)}
    assert all(before.values())
    editor = connection.schema_editor(atomic=False)
    first = append_only(history), watched("products", record)
    again = append_only(history, again=True), watched("products", record, again=True)
    for way in ("code", "reverse_code"):
        for operation in first:  # As a table that is rebuilt loses them.
            operation.reverse_code(apps, editor)
        assert {table: triggers_of(table) for table in before} == {history: 0, record: 0}
        for operation in again:
            getattr(operation, way)(apps, editor)
        assert {table: triggers_of(table) for table in before} == before
