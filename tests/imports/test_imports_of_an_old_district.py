"""Somebody who moved to another district: imports and names of the old one are out of sight."""

from dataclasses import replace
from typing import Any

import pytest

from ocop.imports.datasets.importer import system_importer
from ocop.imports.models import ImportBatch
from ocop.imports.undo import services
from ocop.organisation.models import Membership, User
from products.datasets.undo.plan import touched_records
from products.models import Producer, Product, Recognition
from tests.imports.undo.test_undo import undo
from tests.imports.workbooks import as_user, product_row, recognitions
from tests.support.factories import district
from tests.support.query_counts import queries

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def moved(officer: Any) -> Any:
    return replace(officer, scope=as_user("huyen848").scope)


def listed(importer: Any) -> list[int]:
    return list(services.visible_batches(importer).values_list("pk", flat=True))


def of_both(officer: Any) -> int | None:
    """An import of which one record has come to the other district since."""
    outcome = recognitions(
        product_row("Ở LẠI", "Hộ Ở LẠI"), product_row("Đi", "Hộ Đi"), importer=officer
    )
    Product.objects.filter(name="Đi").update(district=district("848"))
    return outcome.batch


def test_the_list_is_that_of_the_present_district():
    officer = as_user("huyen844")
    old = recognitions(product_row("A"), importer=officer).batch
    both = of_both(officer)
    assert listed(officer) == [both, old]
    assert listed(moved(officer)) == [both]


def test_the_page_of_the_list_does_not_show_them(signed_in):
    officer = as_user("huyen844")
    recognitions(product_row("A"), importer=officer, name="MẬT-844.xlsx")
    client = signed_in("officer_of_844")
    assert "MẬT-844" in client.get("/imports/").content.decode()
    user = User.objects.get(username="huyen844")
    Membership.objects.filter(user=user).update(unit=district("848"))
    assert "MẬT-844" not in client.get("/imports/").content.decode()


def test_an_import_whose_records_are_gone_is_where_they_were():
    officer = as_user("huyen844")
    outcome = recognitions(product_row("A"), importer=officer)
    undone = undo(outcome.batch, officer)
    assert listed(officer) == [undone.batch.pk, outcome.batch]
    assert listed(moved(officer)) == []


def test_an_import_that_was_interrupted_stays_in_sight():
    officer = as_user("huyen844")
    batch = ImportBatch.objects.create(
        dataset="recognitions", state="interrupted", user=officer.user
    )
    assert listed(moved(officer)) == [batch.pk]


def test_records_of_the_old_district_are_not_named_among_others():
    officer = as_user("huyen844")
    changes = list(ImportBatch.objects.get(pk=of_both(officer)).changes.all())
    titles = {one.title for one in touched_records(changes, moved(officer).scope)}
    urls = [one.url for one in touched_records(changes, moved(officer).scope) if one.url]
    assert not any("Ở LẠI" in title for title in titles)
    assert any("Đi" in title for title in titles)
    assert len(urls) == 2
    assert any("Ở LẠI" in one.title for one in touched_records(changes, officer.scope))


def test_nor_are_those_that_are_gone():
    officer = as_user("huyen844")
    undone = undo(recognitions(product_row("A", "Hộ A"), importer=officer).batch, officer)
    changes = list(undone.batch.changes.all())
    assert {one.title for one in touched_records(changes, officer.scope)} >= {"A", "Hộ A"}
    titles = {one.title for one in touched_records(changes, moved(officer).scope)}
    assert len(titles) == 1
    assert not titles & {"A", "Hộ A"}


def test_the_list_asks_no_more_for_many_imports_than_for_few():
    officer = as_user("huyen844")

    def asked(size: int) -> int:
        for n in range(size):
            recognitions(product_row(f"SP {size} {n}"), importer=officer)
        return queries(lambda: listed(officer))

    assert asked(2) == asked(6) == 1


def test_the_system_and_administrators_see_all_of_them():
    batch = of_both(as_user("huyen844"))
    for importer in (system_importer(), as_user("quantri")):
        assert listed(importer) == [batch]
    assert {model.objects.count() for model in (Product, Producer, Recognition)} == {2}
