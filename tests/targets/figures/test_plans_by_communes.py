"""A plan of the new province whose parts are communes: figures, quotas, tables and papers."""

import io
import json
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from ocop.organisation.models import Unit
from products.choices import Rank
from targets.figures import overview, plan_at, sub_units, unit_of_figures
from targets.models import Allocation, Plan, Target, TargetValue
from tests.support.cases import every_case
from tests.support.factories import (
    commune,
    district,
    former_commune,
    in_commune,
    make_product,
    make_recognition,
)
from tests.support.shared import made_once

pytestmark = pytest.mark.django_db

DAY = "2026-10-15"
CODE = "KH-VL-2030"
ALL = 124


def province() -> Unit:
    return Unit.objects.get(code="86", level="province", valid_to=None)


def make_plan() -> Plan:
    """The next plan, made up, of the new province by its 124 communes."""
    whole = province()
    old = Plan.objects.get()
    plan = Plan.objects.create(
        code=CODE,
        name="Kế hoạch thử của tỉnh Vĩnh Long",
        document="01/KH-UBND",
        document_date=date(2025, 12, 20),
        starts_on=date(2026, 1, 1),
        ends_on=date(2030, 12, 31),
        unit=whole,
        sub_unit_level="commune",
    )
    for target in Target.objects.filter(plan=old, code__in=("OCOP-NEW", "TRACE-SHARE")):
        target.pk, target.plan = None, plan
        target.save()
        years: list[int | None] = [None] if target.period == "plan" else list(range(2026, 2031))
        for year in years:
            TargetValue.objects.create(
                target=target,
                year=year,
                threshold=60,
                effective_from=date(2026, 1, 1),
                document="01/KH-UBND",
            )
    return plan


def make_world() -> int:
    plan = make_plan()
    new = Target.objects.get(plan=plan, code="OCOP-NEW")
    Allocation.objects.create(
        target=new, unit=commune("29242"), year=2026, value=2, status="verified"
    )
    for ward, rank in (("29239", Rank.THREE), ("29260", Rank.FOUR), ("29236", Rank.THREE)):
        product = make_product(f"Sản phẩm {ward}", **in_commune(former_commune(ward)))
        make_recognition(product, date(2026, 3, 2), rank)
    # In a district of the former province, in no commune that anybody knows.
    make_recognition(make_product(district=district("848")), date(2026, 3, 2))
    return plan.pk


world = made_once(make_world)


@pytest.fixture
def member(world: Any, signed_in: Any) -> Client:
    client: Client = signed_in("provincial_officer")
    return client


def numbers(unit: Unit, plan: Plan, day: date = date(2026, 10, 15)) -> dict[str, Any]:
    built = overview.build(plan, unit, day)
    new = next(row for row in built.rows if (row.code, row.period) == ("OCOP-NEW", "2026"))
    return {
        "stock": built.stock["total"],
        "producers": built.stock["producers"],
        "new": new.reading.value,
        "limit": new.result.threshold,
    }


@pytest.mark.database
def test_figures_of_communes_add_up_to_the_provinces(world: Any) -> None:
    plan = Plan.objects.get(pk=world)
    found = {code: numbers(commune(code), plan) for code in ("29242", "29263", "29266")}
    assert found == {
        "29242": {"stock": 2, "producers": 2, "new": 2, "limit": 2},
        "29263": {"stock": 1, "producers": 1, "new": 1, "limit": None},
        "29266": {"stock": 0, "producers": 0, "new": 0, "limit": None},
    }
    assert numbers(plan.unit, plan) == {"stock": 4, "producers": 4, "new": 4, "limit": 60}
    # The former province and its districts are read out of the same records.
    assert numbers(district("842"), plan)["stock"] == 3
    assert numbers(Unit.objects.get(code="84"), plan)["stock"] == 4


def test_the_plan_follows_from_the_day_and_the_unit(world: Any) -> None:
    new, old = Plan.objects.get(pk=world), Plan.objects.exclude(pk=world).get()
    ward = commune("29242")
    wrong = []
    for day, unit, plan in (
        (date(2024, 6, 30), ward, old),
        (date(2026, 1, 1), ward, new),
        (date(2026, 1, 1), province(), new),
        (date(2025, 12, 31), province(), old),
        (date(2026, 1, 1), district("844"), old),
        (date(2026, 1, 1), old.unit, old),
        (date(2026, 1, 1), None, new),
    ):
        if plan_at(day, unit=unit) != plan:
            wrong.append((day, unit, plan))
    assert wrong == []
    assert unit_of_figures(old, province()) == old.unit
    assert unit_of_figures(old, ward) == ward
    everything = list(Unit.objects.all())
    assert len(sub_units(new, everything)) == ALL
    assert len(sub_units(old, everything)) == 9


@every_case(
    "path, held",
    [
        ("/", ["Sản phẩm", "Tỉnh Vĩnh Long"]),
        ("/units/", ["Phường Trà Vinh", "Xã Phú Túc", "Thành phố Trà Vinh"]),
        ("/targets/OCOP-NEW/", ["Theo xã", "Phường Trà Vinh", "Xã Phú Túc"]),
        ("/allocations/", ["Phường Trà Vinh", "Xã Phú Túc"]),
        ("/confirmations/", ["Phường Trà Vinh", "Xã Phú Túc"]),
        ("/reports/", ["124"]),
        ("/reconciliation/", ["Phường Trà Vinh"]),
    ],
)
def test_pages_list_the_plans_communes(path: str, held: list[str], member: Client) -> None:
    response = member.get(f"{path}?as_of={DAY}")
    page = response.content.decode()
    assert response.status_code == 200
    assert [word for word in held if word not in page] == []
    # Not all of them in the choice of units at the head.
    assert page.count("<option") < 60


@pytest.mark.database
def test_a_page_of_124_communes_asks_no_more_than_one_of_nine(
    member: Client, django_assert_max_num_queries: Any
) -> None:
    for path in ("/", "/units/", "/targets/OCOP-NEW/", "/allocations/", "/confirmations/"):
        with django_assert_max_num_queries(25):
            assert member.get(f"{path}?as_of={DAY}").status_code == 200


def test_charts_and_papers_are_divided_by_communes(member: Client) -> None:
    drawn = json.loads(member.get(f"/charts/districts.json?as_of={DAY}").content)
    assert len(drawn["data"]["labels"] if "data" in drawn else drawn["labels"]) == ALL
    paper = member.get(f"/reports/report.docx?as_of={DAY}")
    text = ZipFile(io.BytesIO(paper.getvalue())).read("word/document.xml").decode()
    assert "Phường Trà Vinh" in text and "theo xã" in text


def test_a_commune_confirms_its_quarter_of_the_plan(world: Any, signed_in: Any) -> None:
    client = signed_in("officer_of_commune")
    page = client.get("/confirmations/29242/2026/3/")
    assert page.status_code == 200 and page.context["may_confirm"]
    client.post(
        "/confirmations/29242/2026/3/", {"digest": page.context["digest"], "note": "Đã đối chiếu"}
    )
    again = client.get("/confirmations/29242/2026/3/")
    assert again.context["quarter_status"].confirmation.plan_id == world
    # There was no such commune yet, and others' quarters are not theirs.
    for path in ("/confirmations/29242/2025/2/", "/confirmations/29263/2026/3/"):
        assert client.get(path).status_code == 404, path
