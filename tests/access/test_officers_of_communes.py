"""An officer of a commune of today: every address, for the own commune and for its neighbour.

Phường Trà Vinh (29242) was made of three wards of the town; Phường Long Đức (29263) of others of
the same town, so that the district alone never decides.
"""

from contextlib import suppress
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from ocop.organisation.models import User
from products.kinds import KINDS
from products.models import Product
from tests.access.test_matrix import ENTRIES, PAGES, PROVINCIAL, make_records, send, stored_files
from tests.support.cases import every_case
from tests.support.factories import (
    commune,
    district,
    former_commune,
    in_commune,
    make_enrolment,
    make_ip_right,
    make_listing,
    make_product,
    make_recognition,
    make_task,
)
from tests.support.shared import made_once

__all__ = ["stored_files"]

OWN, NEIGHBOUR, WARD, OTHER_WARD = "29242", "29263", "29242", "29236"
OFFICER = "officer_of_commune"
of_both = made_once(
    lambda: {code: make_records(**in_commune(former_commune(code))) for code in (WARD, OTHER_WARD)}
)


@pytest.fixture
def own(of_both: Any, db: Any) -> dict[str, Any]:
    return of_both[WARD]


@pytest.fixture
def other(of_both: Any, db: Any) -> dict[str, Any]:
    return of_both[OTHER_WARD]


def address(path: str, records: dict[str, Any], code: str) -> str:
    return path.replace("844", code).replace("848", code).format(**records)


@pytest.mark.database
@every_case("name", PAGES)
def test_an_officer_of_a_commune_sees_the_own_commune_alone(
    name: str, own: Any, other: Any, stored_files: None, one_drawing_for_all: None, clients: Any
) -> None:
    mine, theirs = PAGES[name]
    client = clients[OFFICER]
    assert client.get(address(mine, own, OWN)).status_code == 200
    assert client.get(address(theirs, other, NEIGHBOUR)).status_code == 404
    # The district that the commune lay in, and another: figures of neither.
    for code in ("842", "848", "84", "86"):
        if "844" in mine:
            assert client.get(address(mine, own, code)).status_code == 404, code


@pytest.mark.database
@every_case("name", ENTRIES)
def test_an_officer_of_a_commune_enters_for_the_own_commune_alone(
    name: str, own: Any, other: Any, clients: Any
) -> None:
    entry, client = ENTRIES[name], clients[OFFICER]
    mine = send(client, entry, own)
    if entry.writers == PROVINCIAL:
        assert mine == 403
    else:
        assert mine in (200, 302), mine
    if entry.scoped:
        decides = entry.writers == PROVINCIAL and name != "verification"
        assert send(client, entry, other) == (403 if decides else 404)


@every_case("name", PAGES)
def test_others_see_what_the_commune_entered(
    name: str, own: Any, stored_files: None, one_drawing_for_all: None, clients: Any
) -> None:
    """The province sees the commune's pages; another district's officer none of them."""
    mine = address(PAGES[name][0], own, OWN)
    assert clients["provincial_officer"].get(mine).status_code == 200
    if name != "cancelled-list":  # Everybody's own: it names no unit.
        assert clients["officer_of_844"].get(mine).status_code == 404


def test_the_officer_sees_every_former_commune_of_the_own_one(clients: Any) -> None:
    client = clients[OFFICER]
    seen = {}
    for code in ("29239", "29242", "29260", "29236", "29248", "29245"):
        product = make_product(**in_commune(former_commune(code)))
        make_recognition(product)
        seen[code] = client.get(f"/products/{product.pk}/").status_code
    nowhere = make_product(district=district("842"))
    seen["the town, no ward known"] = client.get(f"/products/{nowhere.pk}/").status_code
    assert seen == {
        "29239": 200,
        "29242": 200,
        "29260": 200,
        "29245": 200,  # Phường 2, in Phường 3 since 1/1/2025
        "29236": 404,
        "29248": 404,
        "the town, no ward known": 404,
    }


@pytest.mark.database
@every_case("kind", KINDS)
def test_every_kind_of_record_is_scoped_by_its_commune(kind: str, clients: Any) -> None:
    officer = clients[OFFICER]
    for code, seen in ((WARD, 200), (OTHER_WARD, 404)):
        record = one_of(kind, in_commune(former_commune(code)))
        page = f"/records/{kind}/{record.pk}/"
        assert officer.get(page, follow=True).status_code == seen
        assert officer.get(f"{page}history/").status_code == seen
        may = 200 if KINDS[kind].district_enters else 403
        assert officer.get(f"{page}edit/").status_code == (may if seen == 200 else 404)


def one_of(kind: str, place: dict[str, Any]) -> Any:
    if kind in ("ip-right", "task"):
        make = make_ip_right if kind == "ip-right" else lambda **f: make_task(date(2023, 1, 1), **f)
        return make(district=place["district"], commune=place["commune"])
    product = make_product(**place)
    day = date(2024, 3, 15)
    if kind == "rating":
        from tests.access.test_matrix import one_of as elsewhere

        rating = elsewhere(kind, "844")
        rating.product = product
        rating.save()
        return rating
    makers: dict[str, Any] = {
        "producer": lambda: product.producer,
        "product": lambda: product,
        "recognition": lambda: make_recognition(product),
        "traceability": lambda: make_enrolment(product, day),
        "listing": lambda: make_listing(product, day),
    }
    return makers[kind]()


def test_figures_without_a_unit_are_those_of_the_own_commune(clients: Any) -> None:
    response = clients[OFFICER].get("/")
    unit = response.context["query"].unit
    assert (unit.pk, unit.valid_to) == (commune().pk, None)


def test_a_code_leads_to_the_commune_of_today_on_every_day(clients: Any) -> None:
    """29242 was Phường 3 until 30/6/2025; its records are those of Phường Trà Vinh."""
    for day in ("2022-12-31", "2025-06-30", "2025-07-01", "2026-12-01"):
        response = clients[OFFICER].get(f"/units/29242/?as_of={day}")
        assert response.status_code == 200, day
        assert response.context["query"].unit == commune(), day


def test_neither_place_nor_status_nor_id_can_be_slipped_into_a_form(clients: Any) -> None:
    place = in_commune(former_commune(WARD))
    stranger = in_commune(former_commune(OTHER_WARD))
    draft = make_product(**place, status="draft")
    foreign = make_product(**stranger)
    page = reverse("record-edit", args=["product", draft.pk])
    form = clients[OFFICER].get(page).context["form"]
    typed = {
        name: form[name].value() or ""
        for name in form.fields
        if not isinstance(form[name].value(), list)
    }
    slipped = {
        "commune": stranger["commune"].pk,
        "district": district("848").pk,
        "status": "verified",
        "id": foreign.pk,
        "pk": foreign.pk,
        "name": "Sản phẩm đổi tên",
    }
    clients[OFFICER].post(page, typed | slipped | {"version": draft.version})
    draft.refresh_from_db()
    foreign.refresh_from_db()
    assert (draft.commune, draft.district, draft.status) == (
        place["commune"],
        place["district"],
        "draft",
    )
    assert foreign.name != "Sản phẩm đổi tên"
    # A place of another commune is refused by the form.
    answer = clients[OFFICER].post(page, typed | {"place": stranger["place"].pk})
    draft.refresh_from_db()
    assert draft.place == place["place"], answer.status_code
    assert not Product.objects.filter(name="Sản phẩm đổi tên", status="verified").exists()


def test_the_membership_counts_from_the_day_the_commune_came_into_being(db: Any) -> None:
    membership = User.objects.get(username="xa29242").memberships.get()
    assert (membership.starts_on, membership.unit) == (date(2025, 7, 1), commune())


@pytest.mark.database
def test_an_import_of_the_officer_lies_in_the_own_commune_and_nowhere_else(
    tmp_path: Any, db: Any
) -> None:
    """What a list says nothing of is the own commune; a column cannot take a row elsewhere."""
    head = "Tên sản phẩm,Chủ thể,Loại hình,Hạng sao,Số quyết định,Ngày quyết định"
    cells = "HTX,3 sao,15/QĐ-UBND,12/03/2026"
    bare = tmp_path / "bare.csv"
    bare.write_text(f"{head}\nKẹo thử,HTX Thử,{cells}\n")
    importing("recognitions", bare)
    product = Product.objects.get(name="Kẹo thử")
    assert (product.commune, product.district, product.status) == (
        commune(OWN),
        district("842"),
        "submitted",
    )
    wrong = []
    for number, (ward, town) in enumerate(
        (("Phường 1", "Thành phố Trà Vinh"), ("", "Thành phố Trà Vinh"), ("", "Huyện Càng Long"))
    ):
        placed = tmp_path / f"placed{number}.csv"
        placed.write_text(
            f"{head},Xã,Huyện\nMứt thử {number},HTX Thử {number},{cells},{ward},{town}\n"
        )
        importing("recognitions", placed)
        found = Product.objects.filter(name=f"Mứt thử {number}").first()
        if found is not None and found.commune != commune(OWN):
            wrong.append((ward, town, found.commune))
    assert wrong == []


def test_the_former_provinces_plan_stays_readable_and_says_whose_it_is(clients: Any) -> None:
    """Without a plan of its own the new province sees that of its part."""
    client = clients["administrator"]
    for code in ("86", "84"):
        page = client.get(f"/?as_of=2026-10-15&unit={code}")
        assert page.status_code == 200
        assert "nay là một phần của tỉnh mới" in page.content.decode(), code
        assert page.context["parts"]()["overview"].unit.code == "84"


def importing(dataset: str, path: Any) -> None:
    with suppress(CommandError):
        call_command(
            "import_workbook",
            str(path),
            dataset=dataset,
            user="xa29242",
            stdout=StringIO(),
            stderr=StringIO(),
        )
