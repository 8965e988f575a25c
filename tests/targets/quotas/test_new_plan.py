"""A new plan opened from the pages: a draft, checked, started; the old plan's figures stay."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from ocop.organisation.models import Agency, Unit
from targets.figures import as_json, build, plan_at
from targets.models import Document, Plan, Target, TargetValue
from targets.quotas.plans import services
from tests.support.cases import every_case
from tests.support.factories import district, make_recognition

pytestmark = pytest.mark.django_db
PROVINCE = ("84", "86")


@pytest.fixture
def client(signed_in: Any) -> Client:
    return signed_in("administrator")


def unit(code: str) -> Unit:
    """The latest of that code: 86 was another province before."""
    return Unit.objects.filter(code=code, level="province").latest("valid_from")


def plan_fields(**more: Any) -> dict[str, Any]:
    return {
        "code": "35-KH-UBND",
        "name": "Kế hoạch OCOP 2026–2030",
        "document": "Kế hoạch 35/KH-UBND",
        "document_date": "2026-01-15",
        "unit": unit("86").pk,
        "sub_unit_level": "commune",
        "starts_on": "01/01/2026",
        "ends_on": "31/12/2027",
        "attention_percent": "75",
    } | more


def target_fields(**more: Any) -> dict[str, Any]:
    return {
        "code": "OCOP-NEW",
        "name": "Sản phẩm mới",
        "short_name": "Sản phẩm mới",
        "quote": "mỗi năm thêm 40 sản phẩm",
        "section": "recognition",
        "measure": "new_products",
        "counting_event": "granted",
        "operator": ">=",
        "period": "year",
        "unit_label": "sản phẩm",
        "lead_agency": Agency.objects.get(code="so-nnptnt").pk,
        "version": Plan.everything.get(code="35-KH-UBND").version,
    } | more


def value_fields(*lines: dict[str, str]) -> dict[str, str]:
    sent = {"values-TOTAL_FORMS": str(len(lines)), "values-INITIAL_FORMS": "0"}
    for number, line in enumerate(lines):
        sent |= {f"values-{number}-{name}": text for name, text in line.items()}
    return sent


YEARS = ({"year": "2026", "threshold": "40", "aim": "50"}, {"year": "2027", "threshold": "45"})


def entered(client: Client, **more: Any) -> Plan:
    answer = client.post("/plans/new/", plan_fields(**more))
    assert answer.status_code == 302, answer.context["form"].errors
    return Plan.everything.get(code="35-KH-UBND")


def test_a_plan_is_entered_started_and_shown_on_its_days(client: Client, signed_in: Any) -> None:
    make_recognition(district=district("844"), decided_on=date(2026, 3, 1))
    plan = entered(client, documents=[Document.objects.get(code="20-ct-tu").pk])
    path = f"/plans/{plan.pk}/"
    assert len(client.get(path).context["problems"]) == 1
    sent = target_fields() | value_fields(*YEARS)
    assert client.post(f"{path}targets/new/", sent).status_code == 302
    plan.refresh_from_db()
    assert plan_at(date(2026, 6, 1)).code == "20-CT/TU"  # type: ignore[union-attr]
    assert client.post(f"{path}start/", {"version": plan.version}).status_code == 302
    assert plan_at(date(2026, 6, 1)) == plan
    assert plan.steps.get().who.username == "quantri"
    reader = signed_in("committee_member")
    shown = reader.get("/?as_of=2026-06-01").context["overview"]
    assert [row.threshold_text for row in shown.rows] == ["40–50", "45"]
    old = reader.get("/?as_of=2025-06-01")
    assert old.context["overview"].plan.code == "20-CT/TU"
    last = TargetValue.objects.get(target__plan=plan, year=2027)
    assert (last.document, last.effective_from) == (plan.document, plan.document_date)


def test_figures_of_the_old_plan_are_unchanged_by_the_new_one(client: Client) -> None:
    make_recognition(district=district("844"), decided_on=date(2022, 8, 22))
    old = Plan.objects.get()

    def figures() -> list[Any]:
        days = (date(2022, 12, 31), date(2025, 12, 31), date(2026, 12, 1))
        return [as_json(build(old, old.unit, day)) for day in days]

    before = figures()
    plan = entered(client, like=old.pk)
    services.start(plan, plan.version, None)
    assert figures() == before


def test_a_copy_has_the_targets_with_their_years_moved_on(client: Client) -> None:
    plan = entered(client, like=Plan.objects.get().pk)
    copied = Target.everything.filter(plan=plan)
    assert copied.count() == 11
    values = TargetValue.objects.filter(target__in=copied)
    assert {one.year for one in values} == {None, 2026, 2027}
    assert {one.effective_from for one in values} == {plan.document_date}
    assert not client.get(f"/plans/{plan.pk}/").context["problems"]


def test_a_draft_is_shown_nowhere_else(client: Client, signed_in: Any) -> None:
    plan = entered(client, like=Plan.objects.get().pk)
    assert Plan.objects.count() == 1
    assert Target.objects.count() == 11
    for path in ("/?as_of=2026-06-01", "/assignments/new/", "/meetings/new/", "/allocations/"):
        assert plan.document not in signed_in("committee_member").get(path).content.decode(), path
    assert client.post(f"/plans/{plan.pk}/discard/", {"version": plan.version}).status_code == 302
    assert not Plan.everything.filter(pk=plan.pk).exists()


WRONG_PLANS = [
    ("code", {"code": "20-CT/TU"}),
    ("ends_on", {"ends_on": "31/12/2025"}),
    ("starts_on", {"starts_on": "31/02/2026"}),
    ("attention_percent", {"attention_percent": "101"}),
]


@every_case("field,more", WRONG_PLANS)
def test_what_is_wrong_with_a_plan_is_said_at_its_field_and_kept(
    field: str, more: dict[str, str], client: Client
) -> None:
    answer = client.post("/plans/new/", plan_fields(**more))
    assert list(answer.context["form"].errors) == [field]
    assert "Kế hoạch OCOP 2026–2030" in answer.content.decode()


def test_a_unit_that_ended_before_takes_no_new_plan(client: Client) -> None:
    answer = client.post("/plans/new/", plan_fields(unit=unit("84").pk))
    assert list(answer.context["form"].errors) == ["unit"]


WRONG_TARGETS: list[tuple[str, dict[str, Any], list[dict[str, str]]]] = [
    ("period", {"measure": "ecommerce_share", "operator": ">"}, []),
    ("operator", {"operator": ">"}, []),
    ("ip_kinds", {"measure": "ip_rights", "period": "plan"}, []),
    ("code", {"code": "MÃ SỐ"}, []),
    ("year", {}, [{"threshold": "40"}]),
    ("year", {"period": "plan"}, [{"year": "2026", "threshold": "40"}]),
    ("threshold", {}, [{"year": "2026", "threshold": "40", "aim": "30"}]),
    ("threshold", {}, [{"year": "2026", "threshold": "40,5"}]),
    ("threshold", {}, [{"year": "2026", "aim": "50"}]),
    ("threshold", {}, [{"year": "2026", "threshold": "bốn mươi"}]),
    (
        "threshold",
        {"measure": "ecommerce_share", "operator": ">", "period": "level"},
        [{"threshold": "100"}],
    ),
    (
        "effective_from",
        {},
        [{"year": "2026", "threshold": "40"}, {"year": "2026", "threshold": "4"}],
    ),
]


@every_case("field,more,lines", WRONG_TARGETS)
def test_what_is_wrong_with_a_target_is_said_at_its_field_and_kept(
    field: str, more: dict[str, Any], lines: list[dict[str, str]], client: Client
) -> None:
    plan = entered(client)
    sent = target_fields(**more) | value_fields(*lines)
    answer = client.post(f"/plans/{plan.pk}/targets/new/", sent)
    assert answer.status_code == 200
    found = set(answer.context["form"].errors)
    found |= {name for form in answer.context["values"].forms for name in form.errors}
    assert field in found
    assert "mỗi năm thêm 40 sản phẩm" in answer.content.decode()
    assert not Target.everything.filter(plan=plan).exists()
    plan.delete()


def test_a_missing_year_or_an_overlapping_plan_keeps_a_draft_from_being_started(
    client: Client,
) -> None:
    plan = entered(client)
    path = f"/plans/{plan.pk}/"
    client.post(f"{path}targets/new/", target_fields() | value_fields(YEARS[0]))
    texts = [problem.text for problem in client.get(path).context["problems"]]
    assert len(texts) == 1 and "2027" in texts[0]
    plan.refresh_from_db()
    client.post(f"{path}start/", {"version": plan.version})
    plan.refresh_from_db()
    assert plan.draft
    Plan.objects.filter(code="20-CT/TU").update(unit=unit("86"), ends_on=date(2026, 6, 30))
    texts = [problem.text for problem in client.get(path).context["problems"]]
    assert any("20-CT/TU" in text for text in texts)


@pytest.mark.database
def test_of_two_administrators_the_second_is_told_and_loses_nothing(client: Client) -> None:
    plan = entered(client)
    first, second = (target_fields() | value_fields(*YEARS) for _ in range(2))
    path = f"/plans/{plan.pk}/targets/new/"
    assert client.post(path, first).status_code == 302
    clash = client.post(path, second | {"code": "OCOP-2", "name": "Tên của người thứ hai"})
    assert clash.status_code == 409
    assert "Tên của người thứ hai" in clash.content.decode()
    stale = {"version": plan.version}
    client.post(f"/plans/{plan.pk}/discard/", stale)
    assert Plan.everything.filter(pk=plan.pk).exists()


def test_a_plan_that_was_started_is_changed_no_more_on_these_pages(client: Client) -> None:
    old = Plan.objects.get()
    target = old.targets.first()
    for path in ("edit/", "targets/new/", f"targets/{target.pk}/"):
        assert client.get(f"/plans/{old.pk}/{path}").status_code == 302, path
    for path in ("start/", "discard/", f"targets/{target.pk}/remove/"):
        client.post(f"/plans/{old.pk}/{path}", {"version": old.version})
    assert old.targets.count() == 11


def test_of_plans_of_two_provinces_that_run_at_once_the_unit_decides() -> None:
    old = Plan.objects.get()
    new = Plan.objects.create(
        code="moi",
        name="Mới",
        document="x",
        document_date=date(2025, 7, 1),
        starts_on=date(2025, 7, 1),
        ends_on=date(2027, 12, 31),
        unit=unit("86"),
    )
    ward = Unit.objects.filter(parent=new.unit, level="commune").first()
    for day, one, plan in (
        (date(2025, 9, 1), district("844"), old),
        (date(2025, 9, 1), ward, new),
        (date(2025, 9, 1), new.unit, new),
        (date(2025, 9, 1), old.unit, old),
        # The former province keeps its own plan, which has ended.
        (date(2026, 9, 1), old.unit, old),
        (date(2026, 9, 1), district("844"), old),
        (date(2026, 9, 1), None, new),
        (date(2024, 9, 1), None, old),
    ):
        assert plan_at(day, unit=one) == plan, (day, one)
