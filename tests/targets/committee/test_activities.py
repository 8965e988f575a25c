"""Activities: entered for the province or the own district, changed over the version seen."""

from datetime import date
from typing import Any

import pytest

from ocop.organisation.models import Unit
from targets.models import Activity, ActivityLogEntry
from tests.support.factories import district, make_product
from tests.targets.committee.made import agency, make_activity

pytestmark = pytest.mark.django_db


def fields_of(activity: Activity, **changed: Any) -> dict[str, Any]:
    return {
        "name": activity.name,
        "kind": activity.kind,
        "starts_on": activity.starts_on.isoformat(),
        "ends_on": activity.ends_on.isoformat(),
        "district": activity.district_id or "",
        "agency": activity.agency_id,
        "version": activity.version,
    } | changed


def test_a_change_leaves_a_row_with_what_was_and_what_is(signed_in: Any) -> None:
    activity = make_activity()
    product = make_product("Kẹo dừa")
    sent = fields_of(activity, ends_on="2022-11-05", value="1.250,5", products=[product.pk])
    client = signed_in("provincial_officer")
    assert client.post(f"/activities/{activity.pk}/edit/", sent).status_code == 302
    _entered, changed = ActivityLogEntry.objects.filter(activity=activity)
    assert changed.changes == {
        "ends_on": ["03/11/2022", "05/11/2022"],
        "value": ["", "1250.5"],
        "products": ["", "Kẹo dừa"],
    }


def test_the_second_of_two_who_change_it_is_told(signed_in: Any) -> None:
    activity = make_activity()
    client = signed_in("provincial_officer")
    path = f"/activities/{activity.pk}/edit/"
    assert client.post(path, fields_of(activity, name="Một")).status_code == 302
    assert client.post(path, fields_of(activity, name="Hai")).status_code == 409
    assert Activity.objects.get(pk=activity.pk).name == "Một"


def test_an_end_before_the_beginning_is_refused(signed_in: Any) -> None:
    activity = make_activity()
    sent = fields_of(activity, ends_on="2022-10-01")
    page = signed_in("provincial_officer").post(f"/activities/{activity.pk}/edit/", sent)
    assert "ends_on" in page.context["form"].errors


def test_products_of_other_districts_stay_when_an_officer_saves(signed_in: Any) -> None:
    """The officer does not see them, so cannot mean to take them away."""
    foreign, own = make_product(district=district("848")), make_product(district=district("844"))
    activity = make_activity(
        district=district("844"), agency=agency("ubnd-844"), products=[foreign, own]
    )
    path = f"/activities/{activity.pk}/edit/"
    client = signed_in("officer_of_844")
    assert foreign.name not in client.get(path).content.decode()
    assert client.post(path, fields_of(activity, products=[])).status_code == 302
    assert list(activity.products.all()) == [foreign]
    assert foreign.name not in client.get(f"/activities/{activity.pk}/").content.decode()


def test_the_list_knows_only_what_had_begun_by_the_day(signed_in: Any) -> None:
    make_activity(starts_on=date(2022, 11, 1), ends_on=date(2022, 11, 3))
    client = signed_in("committee_member")
    assert client.get("/activities/?as_of=2022-10-31").context["total"] == 0
    assert client.get("/activities/?as_of=2022-11-01").context["total"] == 1


def test_the_list_filters_in_its_address(signed_in: Any) -> None:
    make_activity(name="Hội chợ Dừa")
    make_activity(name="Tập huấn", kind="training", district=district("844"))
    client = signed_in("committee_member")
    for query, names in (
        ("q=hoi cho", ["Hội chợ Dừa"]),
        ("kind=training", ["Tập huấn"]),
        ("unit=844", ["Tập huấn"]),
        ("year=2023", []),
        ("agency=so-nnptnt&sort=-name", ["Tập huấn", "Hội chợ Dừa"]),
    ):
        page = client.get(f"/activities/?{query}")
        assert [one.name for one in page.context["page_obj"]] == names, query
    assert client.get("/activities/?sort=x").status_code == 400


def test_a_forged_id_of_a_product_is_an_error_on_the_form(signed_in: Any) -> None:
    answer = signed_in("provincial_officer").post("/activities/new/", {"products": "9" * 20})
    assert answer.status_code == 200
    assert "products" in answer.context["form"].errors


def test_an_activity_in_a_commune_is_in_its_district(signed_in: Any) -> None:
    commune = Unit.objects.get(code="29266", valid_to=None)
    activity = make_activity(district=None)
    client = signed_in("provincial_officer")
    path = f"/activities/{activity.pk}/edit/"
    assert client.post(path, fields_of(activity, commune=commune.pk)).status_code == 302
    activity.refresh_from_db()
    assert (activity.district, activity.commune) == (district("844"), commune)
    assert (
        "Xã Càng Long, Huyện Càng Long"
        in client.get(f"/activities/{activity.pk}/").content.decode()
    )
    sent = fields_of(activity, district=district("845").pk, commune=commune.pk)
    assert "commune" in client.post(path, sent).context["form"].errors
