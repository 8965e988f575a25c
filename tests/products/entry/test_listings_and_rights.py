"""Traceability and floors for several products, rights and tasks along their life."""

import uuid
from datetime import date
from typing import Any

import pytest

from products import legal_terms
from products.choices import IPKind
from products.models import (
    EcommerceFloor,
    FloorListing,
    IPRight,
    ScienceTask,
    TraceabilityEnrolment,
)
from tests.products.entry.form_data import edit_url, hidden
from tests.support.cases import every_case
from tests.support.factories import district, make_ip_right, make_product, make_recognition

pytestmark = pytest.mark.django_db
RECENT, CLOSED = date(2025, 6, 1), date(2024, 12, 31)


@pytest.fixture
def province(signed_in: Any) -> Any:
    return signed_in("provincial_officer")


def several(client: Any, kind: str, products: list[Any], **fields: Any) -> Any:
    given = {
        "token": str(uuid.uuid4()),
        "started_on": "2025-07-01",
        "product": [product.pk for product in products],
    }
    if kind == "traceability":
        given |= {"system": "new", "system_name": "Cổng truy xuất Trà Vinh"}
    else:
        given["floor"] = EcommerceFloor.objects.get(code="shopee").pk
    return client.post(f"/records/{kind}/several/", given | fields)


def test_several_products_join_a_system_at_once_with_their_own_codes(officer: Any) -> None:
    one, other = (make_recognition(decided_on=RECENT).product for _ in range(2))
    fields = {f"detail-{one.pk}": "TX-1", f"detail-{other.pk}": "TX-2"}
    assert several(officer, "traceability", [one, other], **fields).status_code == 302
    made = TraceabilityEnrolment.objects.order_by("code")
    assert [(m.code, m.status, m.product_id) for m in made] == [
        ("TX-1", "draft", one.pk),
        ("TX-2", "draft", other.pk),
    ]
    assert all(m.history.count() == 1 and m.created_by.username == "huyen844" for m in made)


def closed_floor() -> EcommerceFloor:
    return EcommerceFloor.objects.create(
        code="cho-cu", name="Sàn Chợ Cũ", counted=True, valid_from="2020-01-01", valid_to=CLOSED
    )


def test_validity_limits_what_is_offered_and_neither_refuses_nor_asks(officer: Any) -> None:
    floor = closed_floor()
    product = make_recognition(decided_on=RECENT).product
    new = f"/records/listing/new/?product={product.pk}"
    assert "Sàn Chợ Cũ" not in officer.get("/records/listing/several/").content.decode()
    version = hidden(officer, new)
    assert "Sàn Chợ Cũ" not in officer.get(new).content.decode()
    typed = {"floor": "new", "floor_name": "sàn chợ cũ"}
    for day, saved in (("01/07/2025", 1), ("01/07/2019", 2)):
        given = typed | {"started_on": day, "token": str(uuid.uuid4()), "version": version}
        response = officer.post(new, given, follow=True)
        assert FloorListing.objects.filter(floor=floor).count() == saved, response.content.decode()
        assert "Sàn Chợ Cũ" in " ".join(map(str, response.context["messages"]))
    response = several(officer, "listing", [product], floor=floor.pk, started_on="2025-07-02")
    assert response.status_code == 302
    record = FloorListing.objects.filter(floor=floor).first()
    shown = officer.get(edit_url(record)).content.decode()
    assert f'value="{floor.pk}" selected' in shown


def test_one_that_is_wrong_keeps_all_of_them_back_and_says_which(officer: Any) -> None:
    one, other = (make_recognition(decided_on=RECENT).product for _ in range(2))
    fields = {f"detail-{one.pk}": "voso.vn/a", f"detail-{other.pk}": "không phải liên kết"}
    response = several(officer, "listing", [one, other], **fields)
    assert response.status_code == 200 and not FloorListing.objects.exists()
    assert "không phải liên kết" in response.content.decode()


def test_links_get_their_scheme_and_no_other_one(officer: Any) -> None:
    product = make_recognition(decided_on=RECENT).product
    several(officer, "listing", [product], **{f"detail-{product.pk}": "javascript://voso.vn/%0a"})
    assert not FloorListing.objects.exists()
    several(officer, "listing", [product], **{f"detail-{product.pk}": "voso.vn/a"})
    assert FloorListing.objects.get().url == "https://voso.vn/a"


def test_products_of_another_district_cannot_be_ticked(officer: Any) -> None:
    mine = make_recognition(decided_on=RECENT).product
    theirs = make_recognition(decided_on=RECENT, district=district("848")).product
    response = several(officer, "traceability", [mine, theirs])
    assert response.status_code == 200 and not TraceabilityEnrolment.objects.exists()
    assert theirs.name not in officer.get("/records/traceability/several/").content.decode()


def test_the_same_listing_twice_is_refused_beside_the_product(officer: Any) -> None:
    product = make_recognition(decided_on=RECENT).product
    several(officer, "traceability", [product])
    response = several(officer, "traceability", [product], system_name="CỔNG TRUY XUẤT Trà Vinh")
    assert response.status_code == 200 and TraceabilityEnrolment.objects.count() == 1


def test_pressing_twice_makes_them_once(officer: Any) -> None:
    product = make_recognition(decided_on=RECENT).product
    token = str(uuid.uuid4())
    several(officer, "traceability", [product], token=token)
    assert several(officer, "traceability", [product], token=token).status_code == 302
    assert TraceabilityEnrolment.objects.count() == 1


@pytest.mark.parametrize("kind", ["product", "recognition", "nothing"])
def test_only_listings_are_entered_for_several(officer: Any, kind: str) -> None:
    assert officer.get(f"/records/{kind}/several/").status_code == 404


def test_the_form_is_short_with_no_product_and_holds_with_many(province: Any) -> None:
    assert province.get("/records/listing/several/").status_code == 200


# --- Rights and tasks ---------------------------------------------------------------------------


def right_fields(**fields: Any) -> dict[str, Any]:
    given = {
        "token": str(uuid.uuid4()),
        "kind": "trademark",
        "name": "Dừa Thử",
        "owner": "HTX Thử",
        "filing_number": "4-2023-12345",
        "filed_on": "2023-02-01",
    }
    return given | fields


def test_a_right_enters_with_the_products_it_covers(province: Any) -> None:
    products = [make_product(), make_product()]
    province.post(
        "/records/ip-right/new/", right_fields(products=[product.pk for product in products])
    )
    right = IPRight.objects.get()
    assert set(right.products.all()) == set(products) and right.status == "draft"
    page = province.get(f"/records/ip-right/{right.pk}/history/")
    assert page.status_code == 200
    url = edit_url(right)
    sent = right_fields(products=[products[0].pk], version=hidden(province, url))
    province.post(url, sent)
    row = right.history.latest("history_id")
    assert row.details["related"]["products"][1] == [products[0].pk]
    assert (
        products[1].name in province.get(f"/records/ip-right/{right.pk}/history/").content.decode()
    )


@every_case(
    "fields",
    [
        {"filing_number": "12345"},
        {"filing_number": "1-2023-12345"},
        {"granted_on": "2024-05-01"},
        {
            "kind": "industrial_design",
            "filing_number": "3-2023-00001",
            "renewed_until": "2040-01-01",
        },
    ],
)
def test_unusual_values_pass_with_a_reason_only(province: Any, fields: dict[str, Any]) -> None:
    response = province.post("/records/ip-right/new/", right_fields(**fields))
    assert response.status_code == 200 and not IPRight.objects.exists()
    province.post("/records/ip-right/new/", right_fields(**fields, warning_reason="Đã đối chiếu"))
    assert "Đã đối chiếu" in IPRight.objects.get().history.get().history_change_reason


@every_case(
    "fields",
    [
        {"accepted_on": "2023-01-01"},
        {"published_on": "2022-12-31"},
        {"granted_on": "2023-01-31", "certificate_number": "1"},
        {"granted_on": "2030-01-01", "certificate_number": "1"},
        {"withdrawn_on": "2020-01-01"},
        {"kind": "nothing"},
        {"name": ""},
        {"products": ["x"]},
    ],
)
def test_steps_of_a_life_that_cannot_be_are_refused(province: Any, fields: dict[str, Any]) -> None:
    response = province.post("/records/ip-right/new/", right_fields(**fields, warning_reason="x"))
    assert response.status_code == 200 and not IPRight.objects.exists()


def test_a_task_enters_and_stays_in_its_district(province: Any) -> None:
    fields = {
        "token": "",
        "name": "Xây dựng nhãn hiệu thử",
        "lead": "Sở KH&CN",
        "approved_on": "2023-03-01",
        "budget": "1.250,5",
        "district": district("844").pk,
    }
    province.post("/records/task/new/", fields)
    task = ScienceTask.objects.get()
    assert str(task.budget) == "1250.500" and task.district.code == "844"
    url = edit_url(task)
    province.post(url, fields | {"district": district("848").pk, "version": hidden(province, url)})
    task.refresh_from_db()
    assert task.district.code == "844"


def test_district_officers_read_rights_and_do_not_enter_them(officer: Any) -> None:
    right = make_ip_right(district=district("844"))
    assert officer.get(f"/records/ip-right/{right.pk}/").status_code == 200
    assert officer.get(edit_url(right)).status_code == 403
    assert officer.get("/records/ip-right/new/").status_code == 403


@every_case(
    "kind,renewed,end",
    [
        (IPKind.TRADEMARK, None, date(2033, 2, 1)),
        (IPKind.TRADEMARK, date(2043, 2, 1), date(2043, 2, 1)),
        (IPKind.INDUSTRIAL_DESIGN, None, date(2028, 2, 1)),
        (IPKind.INVENTION, None, date(2043, 2, 1)),
        (IPKind.UTILITY_SOLUTION, None, date(2033, 2, 1)),
        (IPKind.INTERNATIONAL_MARK, None, date(2033, 2, 1)),
        (IPKind.GEOGRAPHICAL_INDICATION, None, None),
    ],
)
def test_terms_of_protection(kind: str, renewed: date | None, end: date | None) -> None:
    assert legal_terms.protected_until(kind, date(2023, 2, 1), renewed) == end


@every_case(
    "day,reminder",
    [
        (date(2025, 7, 3), None),
        (date(2025, 7, 4), 180),
        (date(2025, 10, 1), 180),
        (date(2025, 10, 2), 90),
        (date(2025, 11, 30), 90),
        (date(2025, 12, 1), 30),
        (date(2025, 12, 31), 30),
        (date(2026, 1, 1), None),
    ],
)
def test_reminders_come_at_180_90_and_30_days(day: date, reminder: int | None) -> None:
    assert legal_terms.reminder(date(2025, 12, 31), day) == reminder
