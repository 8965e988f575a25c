"""Published totals beside the record: the figures, the states, what explains a difference."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from ocop.organisation.models import Unit
from products import validity
from products.choices import RANK_KEYS, ProducerKind, Rank, Status
from products.models import Producer
from targets.choices import TotalMeasure, TotalScope, TotalState
from targets.figures import links, overview
from targets.indicators import DayFigure, answers
from targets.models import Plan, PublishedTotal
from targets.models.reference import load_everything
from targets.periods import period_days
from targets.reconciliation import totals
from tests.support.factories import (
    district,
    make_ip_right,
    make_producer,
    make_product,
    make_recognition,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DAY = date(2022, 8, 22)
TODAY = date(2026, 6, 30)


def province() -> Unit:
    return Unit.objects.get(code="84", level="province")


def published(value: int, **fields: Any) -> PublishedTotal:
    given = {
        "period": DAY.isoformat(),
        "scope": TotalScope.VALID,
        "unit": province(),
        "measure": TotalMeasure.PRODUCTS,
        "source": "báo thử",
    } | fields
    given["day"] = period_days(given["period"])[1] if given["period"] else None
    return PublishedTotal.objects.create(value=value, **given)


def compared(*some: PublishedTotal) -> list[totals.Comparison]:
    units = set(Unit.objects.districts_of_plans().values_list("pk", flat=True))
    units.add(province().pk)
    figures = totals.Figures.read(totals.figures_asked(some, units))
    return totals.compare(some, figures, units, TODAY)


# --- Figures --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("demonstration")
def test_figures_of_many_days_are_those_that_the_pages_show() -> None:
    """Stock, producers and new products against the assembler of rows, day by day, both bases."""
    places = [province(), district("844"), district("842")]
    days = [date(2022, 8, 22), date(2022, 12, 31), date(2024, 4, 5), date(2025, 12, 31)]
    for pending in (False, True):
        asked = {
            (day, unit.code, name): DayFigure(TotalScope.VALID, name, unit, day, day)
            for day in days
            for unit in places
            for name in ("total", *RANK_KEYS.values(), "producers")
        }
        years = {
            day: DayFigure(TotalScope.PERIOD, "new", None, date(day.year, 1, 1), day)
            for day in days
        }
        found = answers([*asked.values(), *years.values()], pending)
        for day in days:
            whole = overview.build(Plan.objects.get(), province(), day, pending)
            for unit in places:
                for name, number in whole.of(unit).stock.items():
                    key = (day, unit.code, name)
                    assert found[asked[key]] == number, (key, pending)
            row = next(r for r in whole.rows if (r.code, r.period) == ("OCOP-NEW", str(day.year)))
            assert found[years[day]] == row.result.actual, day


@pytest.mark.usefixtures("demonstration")
def test_published_history_agrees_on_the_demonstration_data() -> None:
    """Every total of the dates that the data is made to reproduce, with its districts' split."""
    made_for = {"2022-08-21", "2022-08-22", "2022-12-30", "2022-12-31", "2024-04-05", "2025-01-15"}
    known = PublishedTotal.objects.filter(period__in=made_for, unit__code="84")
    known |= PublishedTotal.objects.filter(period="2022-12-30")
    known |= PublishedTotal.objects.filter(decision_number="1693/QĐ-UBND")
    known = known.exclude(code__startswith="dot-4-sao").select_related("unit")
    wrong = [
        (str(one.total), one.record)
        for one in compared(*known)
        if one.state != TotalState.MATCH and not one.total.reservation
    ]
    assert wrong == []
    assert len(known) >= 55


@pytest.mark.usefixtures("demonstration")
def test_every_figure_leads_to_as_many_records_as_it_says(signed_in: Any) -> None:
    client = signed_in("provincial_officer")
    found = compared(*PublishedTotal.objects.exclude(period="").select_related("unit"))
    # One of each sort, the latest: a page costs a quarter of a second.
    asked = {
        (one.figure.scope, one.figure.measure, one.figure.unit.level == "province"): one
        for one in found
        if one.figure is not None
    }
    wrong = []
    for one in asked.values():
        figure: Any = one.figure
        batch_of_producers = figure.scope == TotalScope.BATCH and figure.measure in {
            TotalMeasure.PRODUCERS,
            *ProducerKind.values,
        }
        if batch_of_producers:  # Their records are the products.
            continue
        answer = client.get(one.url)
        assert answer.status_code == 200, one.url
        if answer.context["total"] != one.record:
            wrong.append((one.url, answer.context["total"], one.record))
    assert wrong == []
    assert len(asked) > 25


def test_what_a_day_decided_is_told_apart_by_number_rank_and_first_time() -> None:
    old = make_product(district=district("844"))
    make_recognition(old, date(2020, 1, 15))
    make_recognition(old, DAY, Rank.FOUR, decision_number="Số 612/QĐ-UBND")
    make_recognition(make_product(district=district("848")), DAY, decision_number="612/QĐ - UBND")
    make_recognition(make_product(district=district("844")), DAY, decision_number="0611/QĐ-UBND")
    make_recognition(make_product(), DAY, status=Status.SUBMITTED, decision_number="612/QĐ-UBND")

    def count(
        measure: str, number: str = "", unit: Unit | None = None, pending: bool = False
    ) -> int:
        one = DayFigure(TotalScope.BATCH, measure, unit, DAY, DAY, number)
        return answers([one], pending)[one]

    assert count("total") == 3
    assert count("total", pending=True) == 4
    assert count("total", "612/qđ-ubnd") == 2
    assert count("total", "612/qđ-ubnd", district("848")) == 1
    assert count("rank_4", "612/qđ-ubnd") == 1
    assert (count("new"), count("again")) == (2, 1)
    assert count("total", "9/qđ-ubnd") == 0


def test_producers_count_once_in_the_province_and_by_their_kind() -> None:
    owner = make_producer("HTX Thử", district("844"), kind=ProducerKind.COOPERATIVE)
    for code in ("844", "848"):
        make_recognition(make_product(producer=owner, district=district(code)), DAY)
    make_recognition(make_product(producer=make_producer("Hộ Thử", kind="household")), DAY)
    assert Producer.objects.count() == 2
    ask = {
        (measure, code): DayFigure(
            TotalScope.VALID, measure, district(code) if code else None, DAY, DAY
        )
        for measure in ("producers", "cooperative", "household", "company")
        for code in ("", "848")
    }
    found = answers(ask.values())
    assert {key: found[one] for key, one in ask.items()} == {
        ("producers", ""): 2,
        ("producers", "848"): 1,
        ("cooperative", ""): 1,
        ("cooperative", "848"): 1,
        ("household", ""): 1,
        ("household", "848"): 0,
        ("company", ""): 0,
        ("company", "848"): 0,
    }


def test_rights_count_from_their_grant_and_not_once_cancelled() -> None:
    make_ip_right("certification_mark", granted_on=DAY)
    make_ip_right("certification_mark", granted_on=date(2021, 5, 1), cancelled_on=date(2022, 1, 1))
    make_ip_right("certification_mark", granted_on=date(2022, 9, 1))
    asked = [
        DayFigure(scope, "certification_mark", None, date(2022, 1, 1), DAY)
        for scope in (TotalScope.VALID, TotalScope.BATCH, TotalScope.PERIOD)
    ]
    assert [answers(asked)[one] for one in asked] == [1, 1, 1]


# --- States ---------------------------------------------------------------------------------------


def test_a_total_agrees_differs_or_cannot_be_compared_and_says_why() -> None:
    make_recognition(make_product(district=district("844")), DAY)
    other = Unit.objects.get(code="86", valid_to=None)
    cases = [
        (published(1), TotalState.MATCH, 0),
        (published(3), TotalState.DIFFERS, -2),
        (published(0, unit=district("844")), TotalState.DIFFERS, 1),
        (published(5, period=""), TotalState.NOT_COMPARABLE, 0),
        (published(5, unit=other), TotalState.NOT_COMPARABLE, 0),
        (published(5, measure=TotalMeasure.OTHER), TotalState.NOT_COMPARABLE, 0),
        (published(5, period="2030-01-01"), TotalState.NOT_COMPARABLE, 0),
        (
            published(5, scope=TotalScope.PERIOD, measure="rank_3", period="2022"),
            TotalState.NOT_COMPARABLE,
            0,
        ),
    ]
    for one, (total, state, difference) in zip(
        compared(*[total for total, *_rest in cases]), cases, strict=True
    ):
        assert (one.state, one.difference) == (state, difference), total
        assert bool(one.why) == (state == TotalState.NOT_COMPARABLE), total


def test_a_month_or_a_year_is_compared_on_its_last_day_and_says_so() -> None:
    make_recognition(make_product(), date(2022, 10, 31))
    (month,) = compared(published(1, period="2022-10"))
    assert month.state == TotalState.MATCH
    assert "31/10/2022" in month.notes[0]
    assert month.period_text == "10/2022"


def test_a_number_nobody_entered_is_compared_by_its_day_and_says_so() -> None:
    make_recognition(make_product(), DAY, decision_number="9001/QĐ-UBND")
    (one,) = compared(published(1, scope=TotalScope.BATCH, decision_number="1693/QĐ-UBND"))
    assert (one.state, one.record) == (TotalState.MATCH, 1)
    assert "1693" in one.notes[0]
    make_recognition(make_product(), DAY, decision_number="1693/QĐ-UBND")
    (one,) = compared(published(2, scope=TotalScope.BATCH, decision_number="1693/QĐ-UBND"))
    assert (one.record, one.notes) == (1, [])


def test_reasons_lead_to_what_explains_the_difference(signed_in: Any) -> None:
    product = make_product(district=district("844"))
    make_recognition(product, DAY, Rank.FOUR, decision_number="7/QĐ-UBND")
    make_recognition(make_product(), DAY, status=Status.SUBMITTED, decision_number="7/QĐ-UBND")
    make_recognition(make_product(), DAY, status=Status.DRAFT)
    make_recognition(make_product(), date(2019, 1, 1))
    lapsed = make_recognition(make_product(), date(2021, 1, 1))
    lapsed.revoked_on, lapsed.revocation_reason = date(2022, 1, 5), "thử"
    lapsed.save()
    validity.rebuild([lapsed.product_id])
    PublishedTotal.objects.all().delete()
    published(9)
    published(5, scope=TotalScope.BATCH, measure=TotalMeasure.RANK_3)
    client = signed_in("provincial_officer")
    shown = client.get("/reconciliation/?as_of=2022-08-22").context["built"].page.object_list
    by_scope = {one.total.scope: one for one in shown}
    valid, batch = by_scope["valid"], by_scope["batch"]
    texts = " | ".join(reason.text for reason in [*valid.reasons, *batch.reasons])
    for word in ("chờ duyệt là 2", "1 sản phẩm đã bị thu hồi", "1 giấy chứng nhận", "Hạng 4 sao"):
        assert word in texts, word
    assert f"{Status.DRAFT.label}: 1" in texts
    for reason in [*valid.reasons, *batch.reasons]:
        if "/products/" in reason.url:
            answer = client.get(reason.url)
            assert answer.context["total"] >= 1, reason


# --- Reference data -------------------------------------------------------------------------------


def test_loading_again_leaves_own_and_edited_totals_alone() -> None:
    # What the database of the tests leaves out of the files comes first.
    load_everything()
    own = published(7, source="của tôi")
    loaded = PublishedTotal.objects.exclude(code="").earliest("pk")
    PublishedTotal.objects.filter(pk=loaded.pk).update(value=loaded.value + 1)
    before = PublishedTotal.objects.count()
    loader = load_everything()
    assert (loader.created, loader.updated) == (0, 0)
    assert PublishedTotal.objects.count() == before
    assert PublishedTotal.objects.get(pk=own.pk).value == 7
    assert PublishedTotal.objects.get(pk=loaded.pk).value == loaded.value + 1


def test_a_figure_without_a_page_of_its_own_has_the_list_behind_it() -> None:
    one = DayFigure(TotalScope.EVER, "total", None, DAY, DAY)
    assert links.day_figure_url(one, province()) == reverse(
        "product-list", query={"as_of": "2022-08-22", "unit": "84", "standing": "ever"}
    )
