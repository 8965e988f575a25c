"""Two people at one record, one person in two tabs: nothing is overwritten unseen."""

import re
from typing import Any

import pytest

from products.kinds import KINDS
from products.models import Product
from products.records import editing
from products.records.history import update_all
from tests.products.entry.form_data import commune, edit_url, hidden, product_fields
from tests.support.cases import every_case
from tests.support.factories import make_product, make_task

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def product(db: Any) -> Product:
    return make_product("Kẹo dừa", status="draft", place=commune())


def fields_of(product: Product, **fields: Any) -> dict[str, Any]:
    given = product_fields(
        name=product.name,
        producer=product.producer_id,
        place=product.place_id,
        new_producer=None,
        new_producer_kind=None,
    )
    return given | fields


def test_the_second_editor_sees_both_versions_and_loses_nothing(
    product: Product, signed_in: Any
) -> None:
    url = edit_url(product)
    first, second = signed_in("officer_of_844"), signed_in("provincial_officer")
    version = hidden(first, url)
    first.post(url, fields_of(product, name="Kẹo dừa sáp", version=version))
    response = second.post(url, fields_of(product, name="Kẹo dừa béo", version=version))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Kẹo dừa sáp" in page and "Kẹo dừa béo" in page
    assert page.count('name="choose-name"') == 2
    product.refresh_from_db()
    assert product.name == "Kẹo dừa sáp"


@pytest.mark.parametrize("choice,name", [("mine", "Kẹo dừa béo"), ("theirs", "Kẹo dừa sáp")])
def test_the_choice_is_saved(product: Product, signed_in: Any, choice: str, name: str) -> None:
    url = edit_url(product)
    client = signed_in("officer_of_844")
    version = hidden(client, url)
    client.post(url, fields_of(product, name="Kẹo dừa sáp", version=version))
    sent = fields_of(product, name="Kẹo dừa béo", product_set=7, version=version)
    client.post(url, sent)
    now = editing.shown_version(KINDS["product"], Product.objects.get(pk=product.pk))
    again = client.post(url, sent | {"version": now, "choose-name": choice})
    assert again.status_code == 302
    product.refresh_from_db()
    assert product.name == name


def test_what_only_one_side_changed_is_chosen_beforehand(product: Product, signed_in: Any) -> None:
    url = edit_url(product)
    client = signed_in("officer_of_844")
    version = hidden(client, url)
    client.post(url, fields_of(product, name="Kẹo dừa sáp", version=version))
    base = editing.content_at(KINDS["product"], product, int(version))
    assert base == {} or base["name"] == "Kẹo dừa"


def test_a_double_click_on_a_change_saves_once_and_is_no_conflict(
    product: Product, signed_in: Any
) -> None:
    url = edit_url(product)
    client = signed_in("officer_of_844")
    sent = fields_of(product, name="Kẹo dừa sáp", version=hidden(client, url))
    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent).status_code == 302
    assert product.history.filter(history_type="~").count() == 1


def test_another_persons_token_leads_to_nothing_of_theirs(signed_in: Any) -> None:
    client, other = signed_in("officer_of_844"), signed_in("officer_of_848")
    fields = product_fields()
    first = client.post("/records/product/new/", fields)
    theirs = fields | {"place": commune("848").pk, "name": "Tên khác"}
    second = other.post("/records/product/new/", theirs)
    assert second["Location"] != first["Location"]
    assert Product.objects.get(district__code="848").name == "Tên khác"


def test_a_form_gone_back_to_and_changed_is_not_taken_for_the_first(
    product: Product, signed_in: Any
) -> None:
    """The same token with other content is no double click: the second save is a conflict."""
    url = edit_url(product)
    client = signed_in("officer_of_844")
    sent = fields_of(product, name="Kẹo dừa sáp", version=hidden(client, url))
    client.post(url, sent)
    again = client.post(url, sent | {"name": "Kẹo dừa béo"})
    assert again.status_code == 409 and "Kẹo dừa béo" in again.content.decode()


@every_case("version", ["", "x", "-1", "9" * 30, "0"])
def test_a_forged_version_is_taken_for_an_old_one(
    product: Product, signed_in: Any, version: str
) -> None:
    client = signed_in("officer_of_844")
    sent = fields_of(product, name="Kẹo dừa sáp", version=version)
    assert client.post(edit_url(product), sent).status_code == 409


def test_saving_without_a_change_leaves_no_history_row(product: Product, signed_in: Any) -> None:
    url = edit_url(product)
    client = signed_in("officer_of_844")
    before = product.history.count()
    sent = fields_of(product, product_set="", version=hidden(client, url))
    client.post(url, sent | {"product_set": product.product_set_id or ""})
    assert product.history.count() == before


def test_a_record_verified_meanwhile_is_not_changed_in_place(signed_in: Any) -> None:
    task = make_task(__import__("datetime").date(2023, 1, 5), status="submitted")
    client = signed_in("provincial_officer")
    url = edit_url(task)
    version = hidden(client, url)
    type(task).objects.filter(pk=task.pk).update(status="verified", version=task.version + 1)
    sent = {"name": "Khác", "lead": task.lead, "approved_on": "2023-01-05", "version": version}
    response = client.post(url, sent | {"change_reason": "x"})
    task.refresh_from_db()
    assert response.status_code == 409 and task.name != "Khác"


def test_a_save_while_the_conflict_page_is_made_is_a_conflict_again(
    product: Product, signed_in: Any, monkeypatch: Any
) -> None:
    """The page of the conflict shows a version no newer than the values beside it."""
    url = edit_url(product)
    client = signed_in("officer_of_844")
    version = hidden(client, url)
    client.post(url, fields_of(product, name="Kẹo dừa sáp", version=version))
    real = editing.field_conflicts

    def overtaken(*given: Any) -> Any:
        found = real(*given)
        stored = Product.objects.get(pk=product.pk)
        stored.name = "Kẹo dừa ai đó vừa lưu"
        update_all([stored], ["name"], None, "thử")
        return found

    monkeypatch.setattr(editing, "field_conflicts", overtaken)
    sent = fields_of(product, name="Kẹo dừa béo", version=version)
    page = client.post(url, sent).content.decode()
    monkeypatch.undo()
    found = re.search(r'name="version" value="([^"]*)"', page)
    assert found
    again = client.post(url, sent | {"version": found[1], "choose-name": "mine"})
    assert again.status_code == 409
