"""Saved views: own addresses of pages that show, under a name, shared by name and address."""

from typing import Any

import pytest
from django.utils import timezone

from targets.dashboard.saved_views import addresses
from targets.models import SavedView
from tests.support.cases import every_case

pytestmark = pytest.mark.django_db
HOST = "testserver"
GOOD = {
    "/": "/",
    "/?unit=844&as_of=2024-06-30": "/?unit=844&as_of=2024-06-30",
    "http://testserver/products/?q=d%E1%BB%ABa&page=3": "/products/?q=d%E1%BB%ABa",
    "https://testserver/targets/OCOP-NEW/#chart": "/targets/OCOP-NEW/",
    " /attention/?unit=844 ": "/attention/?unit=844",
}
BAD = (
    *("", "x", "products/", "//evil.example/", "///", "http://evil.example/", "/\\evil.example"),
    *("https://evil.example/products/", "http:/products/", "javascript:alert(1)", "/no-such/"),
    *("data:text/html,x", "/accounts/logout/", "/views/", "/my-work/", "/records/submit/"),
    *("http://testserver@evil.example/", "http://testserver:80@evil.example/", "http://[/"),
    *("/products/\n/x", "/charts/stock.json", "/reports/report.docx", "/imports/", "/dừa/"),
    "/?q=" + "x" * 1000,
)


@every_case("text,address", GOOD.items())
def test_addresses_of_pages_that_show_are_kept_as_path_and_query(text: str, address: str) -> None:
    assert addresses.read_address(text, HOST) == address


@every_case("text", BAD)
def test_other_addresses_are_refused(text: str, signed_in: Any) -> None:
    with pytest.raises(addresses.NotAnAddress):
        addresses.read_address(text, HOST)
    answer = save(signed_in("committee_member"), address=text)
    assert answer.status_code == 200
    assert "address" in answer.context["form"].errors
    assert not SavedView.objects.exists()


def save(client: Any, **fields: str) -> Any:
    given = {"name": "Cầu Ngang", "address": "/?unit=844", "day": "today", "sharing": "nobody"}
    return client.post("/views/", given | fields)


def test_a_view_is_always_of_today_or_exactly_of_its_day(signed_in: Any) -> None:
    client = signed_in("committee_member")
    dated = "/products/?as_of=2024-06-30&traced=1"
    save(client, name="a", address=dated, day="today")
    save(client, name="b", address=dated, day="day")
    save(client, name="c", address="/products/?traced=1", day="day")
    today = timezone.localdate().isoformat()
    assert list(SavedView.objects.values_list("name", "address")) == [
        ("a", "/products/?traced=1"),
        ("b", dated),
        ("c", f"/products/?as_of={today}&traced=1"),
    ]
    for line in client.get("/views/").context["own"]:
        assert client.get(line.view.address).status_code == 200
        assert line.link == f"http://testserver{line.view.address}"
        assert line.problem == ""


def test_a_day_that_cannot_be_read_is_refused(signed_in: Any) -> None:
    answer = save(signed_in("committee_member"), address="/?as_of=2024-02-31", day="day")
    assert "address" in answer.context["form"].errors


def test_a_name_stands_once_a_person(signed_in: Any) -> None:
    client = signed_in("committee_member")
    assert save(client).status_code == 302
    assert "name" in save(client).context["form"].errors
    assert save(signed_in("administrator")).status_code == 302
    assert SavedView.objects.count() == 2


def names(client: Any, which: str) -> list[str]:
    return [line.view.name for line in client.get("/views/").context[which]]


def test_views_are_shared_with_the_own_role_or_with_all(signed_in: Any) -> None:
    district = signed_in("officer_of_844")
    for sharing in ("nobody", "role", "all"):
        save(district, name=sharing, sharing=sharing)
    assert names(district, "own") == ["all", "nobody", "role"]
    assert names(district, "shared") == []
    assert names(signed_in("officer_of_848"), "shared") == ["all", "role"]
    assert names(signed_in("committee_member"), "shared") == ["all"]


def test_sharing_gives_no_scope_and_a_unit_out_of_it_is_said(signed_in: Any) -> None:
    save(signed_in("committee_member"), address="/?unit=844", sharing="all")
    other = signed_in("officer_of_848")
    (line,) = other.get("/views/").context["shared"]
    assert line.problem
    assert other.get(line.view.address).status_code == 404
    (line,) = signed_in("officer_of_844").get("/views/").context["shared"]
    assert line.problem == ""


def test_an_account_without_a_role_shares_nothing_and_gets_nothing_shared(
    outsider: Any, client: Any, signed_in: Any
) -> None:
    save(signed_in("committee_member"), sharing="all")
    client.force_login(outsider)
    assert "sharing" in save(client, sharing="all").context["form"].errors
    assert save(client).status_code == 302
    assert names(client, "shared") == []


def test_a_view_is_renamed_shared_and_deleted_by_its_owner_alone(signed_in: Any) -> None:
    owner, other = signed_in("committee_member"), signed_in("provincial_officer")
    save(owner, sharing="all")
    view = SavedView.objects.get()
    fields = {"name": "Tên mới", "sharing": "role"}
    assert other.post(f"/views/{view.pk}/", fields).status_code == 404
    assert other.post(f"/views/{view.pk}/delete/").status_code == 404
    owner.post(f"/views/{view.pk}/", fields)
    view.refresh_from_db()
    assert (view.name, view.sharing, view.role) == ("Tên mới", "role", "committee")
    owner.post(f"/views/{view.pk}/", {"name": "", "sharing": "role"})
    view.refresh_from_db()
    assert view.name == "Tên mới"
    owner.post(f"/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()


def test_a_page_that_is_gone_is_said_and_not_linked(signed_in: Any) -> None:
    client = signed_in("committee_member")
    save(client)
    SavedView.objects.update(address="/once-there-was-a-page/")
    page = client.get("/views/")
    assert page.context["own"][0].problem
    assert 'href="/once-there-was-a-page/"' not in page.content.decode()


def test_the_menu_offers_to_save_what_is_seen(signed_in: Any) -> None:
    client = signed_in("committee_member")
    text = client.get("/products/?unit=844&q=d%E1%BB%ABa").content.decode()
    start = text.split('href="/views/?address=')[1].split('"')[0]
    form = client.get(f"/views/?address={start}").context["form"]
    assert form.initial["address"] == "/products/?unit=844&q=d%E1%BB%ABa"


def test_the_list_asks_as_often_for_many_views_as_for_few(signed_in: Any) -> None:
    from tests.support.query_counts import MOST, queries

    client = signed_in("committee_member")
    save(client)
    client.get("/views/")
    few = queries(lambda: client.get("/views/"))
    for number in range(30):
        save(client, name=f"Góc nhìn {number}")
    assert queries(lambda: client.get("/views/")) == few <= MOST
