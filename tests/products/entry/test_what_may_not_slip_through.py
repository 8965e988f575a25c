"""Cases that slipped through once, or could: constraints, order, versions, odd input."""

import json
import re
from datetime import date
from typing import Any

import pytest

from ocop.organisation.models import User
from products.entry.hints import kind_among
from products.kinds import KINDS
from products.models import Amendment, FormDraft, ProductSet, Rating, Recognition
from products.records import editing, workflow
from products.records.history import update_all
from products.scoring.schemes import scheme_at
from products.scoring.sheets import criteria_for, stored_result
from tests.products.entry.form_data import (
    commune,
    edit_url,
    hidden,
    named,
    product_fields,
    recognition_fields,
    return_record,
    statuses,
    submit,
    verify,
)
from tests.support.cases import every_case
from tests.support.factories import (
    make_ip_right,
    make_producer,
    make_product,
    make_recognition,
    make_task,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def rename(client: Any, product: Any, name: str, **fields: Any) -> Any:
    url = edit_url(product)
    given = product_fields(
        name=name,
        producer=product.producer_id,
        place=product.place_id,
        new_producer=None,
        new_producer_kind=None,
        version=hidden(client, url),
        change_reason="Sai tên",
    )
    return client.post(url, given | fields)


# --- Proposed changes ---------------------------------------------------------------------------


def test_a_change_that_collides_by_now_is_said_and_can_be_returned(
    officer: Any, verifier: Any
) -> None:
    product = make_product("Hai", place=commune())
    rename(officer, product, "Ba")
    amendment = Amendment.objects.get()
    submit(officer, amendment)
    make_product("Ba", producer=product.producer)
    page = verifier.get(f"/verification/amendment/{amendment.pk}/")
    assert page.status_code == 200 and "giá trị giống hệt" in page.content.decode()
    verify(verifier, amendment)
    assert statuses(amendment) == ["submitted"]
    return_record(verifier, amendment, "Trùng tên")
    assert statuses(amendment) == ["returned"]


def test_a_change_to_a_record_that_is_no_more_than_a_draft_waits_for_it(
    officer: Any, verifier: Any
) -> None:
    product = make_product("Hai", place=commune())
    draft = make_producer("Chủ thể còn nháp", status="draft")
    rename(officer, product, "Hai", producer=draft.pk)
    amendment = Amendment.objects.get()
    submit(officer, amendment)
    assert statuses(amendment) == ["draft"]
    submit(officer, draft, amendment)
    verify(verifier, amendment)
    assert statuses(amendment) == ["submitted"]
    verify(verifier, draft, amendment)
    assert statuses(amendment) == ["verified"]


def test_a_change_to_a_record_that_is_gone_is_not_written(officer: Any, verifier: Any) -> None:
    product = make_product("Hai", place=commune())
    draft = make_producer("Chủ thể còn nháp", status="draft")
    rename(officer, product, "Hai", producer=draft.pk)
    amendment = Amendment.objects.get()
    officer.post("/records/discard/", {"item": named(draft)})
    submit(officer, amendment)
    assert verifier.get(f"/verification/amendment/{amendment.pk}/").status_code == 200
    verify(verifier, amendment)
    product.refresh_from_db()
    assert product.producer.name != "Chủ thể còn nháp"


def test_a_form_opened_on_a_proposal_discarded_since_is_too_old(officer: Any) -> None:
    product = make_product("Hai", place=commune())
    rename(officer, product, "Ba")
    url = edit_url(product)
    opened = hidden(officer, url)
    officer.post("/records/discard/", {"item": named(Amendment.objects.get())})
    rename(officer, product, "Bốn")
    assert hidden(officer, url) != opened
    assert rename(officer, product, "Năm", version=opened).status_code == 409
    assert Amendment.objects.get().values["name"] == "Bốn"


def test_who_once_edited_does_not_verify_even_if_others_edited_since(
    officer: Any, verifier: Any
) -> None:
    product = make_product("Hai", place=commune(), status="draft")
    rename(verifier, product, "Ba")
    rename(officer, product, "Ba sáp")
    submit(officer, product)
    verify(verifier, product)
    assert statuses(product) == ["submitted"]


def test_the_committee_does_not_read_proposals_in_the_history(officer: Any, signed_in: Any) -> None:
    product = make_product("Hai", place=commune())
    rename(officer, product, "Ba", change_reason="Lý do chưa được duyệt")
    url = f"/records/product/{product.pk}/history/"
    assert "Lý do chưa được duyệt" in officer.get(url).content.decode()
    assert "Lý do chưa được duyệt" not in signed_in("committee_member").get(url).content.decode()


# --- Ratings and decisions ----------------------------------------------------------------------


@pytest.fixture
def rating(db: Any) -> Rating:
    """A draft with complete part totals: 25 + 20 + 24,95 under the first scheme."""
    day = date(2022, 6, 1)
    product = make_product(product_set=ProductSet.objects.get(number=5))
    made = Rating(product=product, scheme=scheme_at(day), level="district", session_on=day)
    made.sheets = [{"member": "An", "parts": {"A": "25", "B": "20", "C": "24.95"}}]
    made.total, made.stars = stored_result(criteria_for(made), made.sheets)
    made.save()
    return made


def test_a_result_that_the_sheets_no_longer_give_is_not_submitted(
    officer: Any, rating: Rating
) -> None:
    assert rating.stars == 3
    Rating.objects.filter(pk=rating.pk).update(stars=5)
    submit(officer, rating)
    assert statuses(rating) == ["draft"]
    Rating.objects.filter(pk=rating.pk).update(stars=3)
    submit(officer, rating)
    assert statuses(rating) == ["submitted"]


def test_a_difference_that_arose_later_is_explained_before_it_goes_up(
    officer: Any, rating: Rating
) -> None:
    Rating.objects.filter(pk=rating.pk).update(status="verified")
    recognition = make_recognition(
        rating.product, date(2022, 8, 22), 40, status="draft", rating=rating
    )
    submit(officer, recognition)
    assert statuses(recognition) == ["draft"]
    Recognition.objects.filter(pk=recognition.pk).update(difference_reason="Hội đồng tỉnh nâng")
    submit(officer, recognition)
    assert statuses(recognition) == ["submitted"]


def test_changed_points_are_told_one_by_one(officer: Any, rating: Rating) -> None:
    stored = Rating.objects.get(pk=rating.pk)
    stored.sheets = [{"member": "An", "parts": {"A": "20", "B": "25", "C": "24.95"}}]
    update_all([stored], ["sheets"], User.objects.get(username="huyen844"), "thử")
    page = officer.get(f"/records/rating/{rating.pk}/history/").content.decode()
    assert "An, A" in page and "An, B" in page and "An, C" not in page


def test_returned_decisions_do_not_make_the_next_one_a_renewal() -> None:
    product = make_product()
    make_recognition(product, date(2021, 1, 1), status="returned", status_reason="x")
    unsaved = Recognition(product=product, decided_on=date(2024, 4, 1), rank=30)
    assert kind_among(unsaved) == "new"


def test_a_reason_without_a_day_revokes_nothing(officer: Any) -> None:
    recognition = make_recognition(decided_on=date(2024, 4, 1), status="draft")
    url = edit_url(recognition)
    fields = recognition_fields(authority="district", revocation_reason="x")
    response = officer.post(url, fields | {"version": hidden(officer, url)})
    assert 'href="#id_revoked_on"' in response.content.decode()


# --- Numbers ------------------------------------------------------------------------------------


@every_case("language", ["vi", "en"])
@every_case("budget", ["12.345", "1250", "0.5", "90000"])
def test_a_number_on_record_goes_through_the_form_untouched(
    verifier: Any, language: str, budget: str
) -> None:
    task = make_task(date(2023, 3, 1), budget=budget, status="draft")
    verifier.cookies["django_language"] = language
    url = edit_url(task)
    shown = _input(verifier, url, "budget")
    sent = {
        "name": task.name,
        "lead": task.lead,
        "approved_on": "2023-03-01",
        "budget": shown,
        "version": hidden(verifier, url),
    }
    assert verifier.post(url, sent).status_code == 302
    before = task.budget
    task.refresh_from_db()
    assert f"{task.budget.normalize():f}" == before


def _input(client: Any, url: str, name: str) -> str:
    page = client.get(url).content.decode()
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page) or re.search(
        rf'<input[^>]*value="([^"]*)"[^>]*name="{name}"', page
    )
    assert found
    return found[1]


# --- Drafts and sessions ------------------------------------------------------------------------


def test_the_commune_typed_before_is_there_again(officer: Any) -> None:
    place = commune()
    officer.post(
        "/drafts/",
        json.dumps(
            {"place": "/records/product/new/", "content": {"place": [str(place.pk)]}, "version": 0}
        ),
        content_type="application/json",
    )
    page = officer.get("/records/product/new/").content.decode()
    assert re.search(rf'<option value="{place.pk}" selected', page)


def test_a_form_that_could_not_be_saved_is_kept(officer: Any) -> None:
    officer.post("/records/product/new/", product_fields(name="Dở dang", product_set=""))
    assert FormDraft.objects.get().content["name"] == ["Dở dang"]
    assert 'value="Dở dang"' in officer.get("/records/product/new/").content.decode()


@every_case(
    "sent",
    [
        {"version": "abc"},
        {"version": -1},
        {"version": True},
        {"version": 10**17},
        {"content": {"na\0me": ["x"]}},
        {"content": {"name": ["\ud800"]}},
    ],
)
def test_odd_drafts_are_cleaned(officer: Any, sent: dict[str, Any]) -> None:
    body = {"place": "/records/product/new/", "content": {"name": ["x"]}, "version": None} | sent
    response = officer.post("/drafts/", json.dumps(body), content_type="application/json")
    assert response.status_code == 200


@every_case("place", ["//evil.example/", "https://evil.example/", "/\\evil", "x", ""])
def test_drafts_belong_to_pages_of_this_site(officer: Any, place: str) -> None:
    body = {"place": place, "content": {"name": ["x"]}, "version": None}
    response = officer.post("/drafts/", json.dumps(body), content_type="application/json")
    assert response.status_code == 400 and not FormDraft.objects.exists()


def test_null_bytes_in_reasons_are_dropped(officer: Any, verifier: Any) -> None:
    product = make_product(status="submitted")
    return_record(verifier, product, "Sai\0 tên", name="Xem\0 lại")
    product.refresh_from_db()
    assert product.status_reason == "Sai tên"
    assert product.field_reasons == {"name": "Xem lại"}
    assert officer.post("/drafts/discard/", {"place": "/a\0b"}).status_code == 302


# --- Workflow ------------------------------------------------------------------------------------


def test_a_version_is_read_before_the_content_it_stands_for(monkeypatch: Any) -> None:
    """Of sheets too: a save in between makes the form too old, never too new."""
    from products.ratings.sheet_session import SheetSession

    order: list[str] = []
    for name in ("shown_version", "shown_content"):
        real = getattr(editing, name)
        monkeypatch.setattr(
            editing,
            name,
            lambda *given, real=real, name=name: (order.append(name), real(*given))[1],
        )
    day = date(2022, 6, 1)
    rating = Rating.objects.create(
        product=make_product(), scheme=scheme_at(day), level="district", session_on=day
    )
    SheetSession(rating, User.objects.get(username="huyen844"), 1)
    assert order[0] == "shown_version"


def test_the_order_of_kinds_is_the_order_of_dependence() -> None:
    seen: set[str] = set()
    for kind in KINDS.values():
        assert {"task" if n == "science_task" else n for n in kind.depends_on} <= seen
        seen.add(kind.slug)


def test_only_what_waits_is_discarded(verifier: Any) -> None:
    product = make_product(status="submitted")
    with pytest.raises(workflow.WorkflowError):
        workflow.discard(product, User.objects.get(username="tinh"))


def test_a_right_of_the_province_is_named_without_a_link_that_leads_nowhere(
    officer: Any, verifier: Any
) -> None:
    product = make_recognition().product
    right = make_ip_right(name="Nhãn của tỉnh")
    right.products.add(product)
    link = f"/records/ip-right/{right.pk}/"
    for client, linked in ((officer, False), (verifier, True)):
        page = client.get(f"/products/{product.pk}/").content.decode()
        assert "Nhãn của tỉnh" in page and (link in page) is linked
