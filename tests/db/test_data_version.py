"""A version of the data names its state: it changes with every change, and with nothing else."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from ocop.organisation import data_version
from ocop.organisation.models import Membership, Unit, User
from products.models import Product, Recognition
from targets.models import Plan
from tests.support.cases import every_case
from tests.support.factories import make_product, make_recognition

pytestmark = [pytest.mark.django_db, pytest.mark.database]
APPS = set(data_version.WATCHED_APPS)


def renewed(act: Callable[[], Any]) -> set[str]:
    """The apps whose state is another one after `act`."""
    before = data_version.current()
    act()
    after = data_version.current()
    return {app for app in APPS if before[app] != after[app]}


def by_sql(statement: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def test_every_watched_app_has_a_state() -> None:
    assert set(data_version.current()) == APPS


def test_reading_changes_nothing() -> None:
    make_recognition()
    assert renewed(lambda: list(Recognition.objects.select_related("product__producer"))) == set()


def test_a_new_record_a_change_and_a_deletion_each_make_another_state_of_their_app() -> None:
    product = make_product()
    assert renewed(lambda: make_recognition(product)) == {"products"}
    rename = Product.objects.filter(pk=product.pk).update
    assert renewed(lambda: rename(name="Tên khác")) == {"products"}
    assert renewed(lambda: Recognition.objects.all().delete()) == {"products"}
    assert renewed(lambda: Plan.objects.update(attention_percent=71)) == {"targets"}
    assert renewed(lambda: Unit.objects.filter(code="844").update(name="x")) == {"organisation"}


def test_a_change_by_plain_sql_or_with_conflicts_passed_over_is_seen_too() -> None:
    product = make_product()
    rename = "UPDATE products_product SET name = %s WHERE id = %s"
    assert renewed(lambda: by_sql(rename, "Tên khác", product.pk)) == {"products"}
    person, day = User.objects.get(username="bancd"), date(2030, 1, 1)
    new = Membership(user=person, role="committee", starts_on=day)
    seen = renewed(lambda: Membership.objects.bulk_create([new], ignore_conflicts=True))
    assert seen == {"organisation"}


def test_what_is_taken_back_leaves_the_state_that_was_and_no_token_comes_twice() -> None:
    product = make_product()
    before = data_version.current()
    seen = [before["products"]]
    for name in ("a", "b", "a", "b"):
        with transaction.atomic():
            Product.objects.filter(pk=product.pk).update(name=name)
            seen.append(data_version.current()["products"])
            transaction.set_rollback(True)
        assert data_version.current() == before
    assert len(set(seen)) == 5


def test_signing_in_is_no_change_and_another_name_is_one() -> None:
    person = User.objects.get(username="bancd")
    person.last_login = None
    assert renewed(lambda: person.save(update_fields=["last_login"])) == set()
    person.display_name = "Nguyễn Thị Bưởi"
    assert renewed(lambda: person.save(update_fields=["display_name"])) == {"organisation"}


TABLES = [
    (app.label, table)
    for app in apps.get_app_configs()
    for table in data_version.watched_tables(app)
]


@every_case("label,table", TABLES)
def test_every_watched_table_has_its_triggers(label: str, table: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass "
                "AND NOT tgisinternal",
                [table],
            )
        else:
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            )
        triggers = [text for (text,) in cursor.fetchall() if f"'{label}'" in text]
    columns = data_version.COLUMNS.get(table)
    events = ("UPDATE",) if columns else ("INSERT", "UPDATE", "DELETE")
    for event in events:
        assert any(event in text for text in triggers), event


def test_tables_left_out_exist_and_say_why() -> None:
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    assert set(data_version.UNWATCHED) <= there
    assert all(data_version.UNWATCHED.values())
    assert set(data_version.COLUMNS) <= {table for _label, table in TABLES}


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="one row a topic on SQLite")
def test_rows_of_server_processes_long_gone_are_taken_away_and_make_another_state() -> None:
    gone = range(10_000_000, 10_000_050)
    for slot in gone:
        by_sql(
            "INSERT INTO organisation_dataversiontoken (topic, slot, token) VALUES (%s,%s,5)",
            "products",
            slot,
        )
    rows = data_version.DataVersionToken.objects.filter(slot__in=gone)
    seen = {data_version.current()["products"]}
    for _attempt in range(2_000):
        by_sql("SELECT renew_data_mark('products')")
        seen.add(data_version.current()["products"])
        if not rows.exists():
            break
    assert not rows.exists()
    assert len(seen) == _attempt + 2
