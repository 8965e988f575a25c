"""Measures against records: counted, left out, and by district."""

from datetime import date
from typing import Any

import pytest

from ocop.organisation.models import Unit
from products.choices import IPKind, Rank, Status
from targets.figures import links, overview
from targets.figures.overview import FigureRow, Overview
from targets.models import Allocation, Milestone, Plan, Target, TargetValue
from tests.support.cases import every_case
from tests.support.factories import (
    district,
    make_enrolment,
    make_ip_right,
    make_listing,
    make_product,
    make_recognition,
    make_task,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
END_2022 = date(2022, 12, 31)


def built(day: date = END_2022, unit: str = "84", pending: bool = False) -> Overview:
    place = Unit.objects.get(code=unit, level__in=["province", "district"])
    return overview.build(Plan.objects.get(), place, day, pending)


def row(code: str, period: str = "plan", **asked: Any) -> FigureRow:
    return next(r for r in built(**asked).rows if (r.code, r.period) == (code, period))


# --- Stock and ranks ----------------------------------------------------------------


@every_case(
    "day,total",
    [
        (date(2022, 8, 21), 0),
        (date(2022, 8, 22), 1),
        (date(2025, 8, 22), 1),
        (date(2025, 8, 23), 0),
    ],
)
def test_a_certificate_counts_from_its_decision_through_36_months(day: date, total: int) -> None:
    make_recognition(decided_on=date(2022, 8, 22))
    assert built(day).stock["total"] == total


def test_a_31st_ends_on_the_last_day_of_a_shorter_month() -> None:
    make_recognition(decided_on=date(2022, 8, 31))
    make_recognition(decided_on=date(2021, 2, 28))
    assert built(date(2024, 2, 28)).stock["total"] == 2
    assert built(date(2024, 2, 29)).stock["total"] == 1


def test_a_revoked_certificate_stops_on_the_day_of_revocation() -> None:
    make_recognition(decided_on=date(2022, 1, 10), revoked_on=date(2022, 6, 30))
    assert built(date(2022, 6, 29)).stock["total"] == 1
    assert built(date(2022, 6, 30)).stock["total"] == 0


def test_revoking_an_upgrade_brings_the_earlier_rank_back() -> None:
    product = make_product()
    make_recognition(product, date(2021, 3, 30), Rank.FOUR)
    make_recognition(product, date(2022, 1, 12), Rank.POTENTIAL_FIVE, revoked_on=date(2022, 6, 30))
    assert built(date(2022, 2, 1)).stock["potential_5"] == 1
    stock = built(date(2022, 7, 1)).stock
    assert (stock["total"], stock["rank_4"], stock["potential_5"]) == (1, 1, 0)


def test_a_product_counts_once_with_the_rank_of_its_latest_recognition() -> None:
    product = make_product()
    make_recognition(product, date(2021, 3, 30), Rank.FOUR)
    make_recognition(product, date(2022, 8, 22), Rank.THREE)
    stock = built().stock
    assert (stock["total"], stock["rank_3"], stock["rank_4"]) == (1, 1, 0)


def test_of_two_recognitions_of_one_day_the_higher_rank_holds() -> None:
    product = make_product()
    make_recognition(product, date(2022, 8, 22), Rank.POTENTIAL_FIVE)
    make_recognition(product, date(2022, 8, 22), Rank.FOUR)
    assert built().stock["potential_5"] == 1


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.RETURNED])
def test_only_verified_records_count(status: str) -> None:
    make_recognition(status=status, status_reason="thiếu quyết định")
    assert built().stock["total"] == 0
    shown = built(pending=True).stock["total"]
    assert shown == (1 if status == Status.SUBMITTED else 0)


def test_producers_are_counted_once_however_many_products_they_have() -> None:
    product = make_product()
    make_recognition(product)
    make_recognition(make_product(producer=product.producer))
    assert built().stock["producers"] == 1


# --- Newly recognised ---------------------------------------------------------------


def test_82_of_104_recognised_are_new_where_22_were_recognised_before() -> None:
    before = [make_recognition(decided_on=date(2019, 12, 30)).product for _ in range(22)]
    for product in [*before, *(make_product() for _ in range(82))]:
        make_recognition(product, date(2022, 12, 30))
    new = row("OCOP-NEW", "2022")
    assert new.result.actual == 82
    assert new.reading.left_out == {"again": 22}
    assert built().stock["total"] == 104


def test_a_first_recognition_revoked_within_its_year_never_made_the_product_new() -> None:
    product = make_product()
    make_recognition(product, date(2022, 3, 1), revoked_on=date(2022, 5, 1))
    make_recognition(product, date(2023, 3, 1))
    assert row("OCOP-NEW", "2022", day=date(2022, 4, 30)).result.actual == 1
    revoked = row("OCOP-NEW", "2022", day=date(2022, 5, 1))
    assert (revoked.result.actual, revoked.reading.left_out) == (0, {"revoked": 1})
    # The next one is then the first.
    assert row("OCOP-NEW", "2023", day=date(2023, 2, 28)).result.actual == 0
    assert row("OCOP-NEW", "2023", day=date(2023, 3, 1)).result.actual == 1
    assert row("OCOP-NEW", "2022", day=date(2023, 12, 31)).result.actual == 0


def test_the_next_in_the_same_year_is_the_first_once_the_one_before_is_revoked() -> None:
    product = make_product()
    make_recognition(product, date(2022, 3, 1), revoked_on=date(2022, 5, 1))
    make_recognition(product, date(2022, 4, 1))
    found = [
        row("OCOP-NEW", "2022", day=day)
        for day in (date(2022, 3, 31), date(2022, 4, 30), date(2022, 5, 1), END_2022)
    ]
    assert [one.result.actual for one in found] == [1, 1, 1, 1]
    assert [one.reading.left_out for one in found] == [{}] * 4, "it is counted, once"


@every_case("revoked_on", [date(2023, 1, 1), date(2023, 6, 30), date(2025, 3, 1)])
def test_a_revocation_after_the_year_does_not_change_the_year(revoked_on: date) -> None:
    product = make_product()
    make_recognition(product, date(2022, 3, 1), revoked_on=revoked_on)
    make_recognition(product, date(2023, 8, 1))
    for day in (END_2022, date(2023, 1, 1), date(2025, 12, 31), date(2030, 1, 1)):
        assert row("OCOP-NEW", "2022", day=day).result.actual == 1
        assert row("OCOP-NEW", "2023", day=day).result.actual == 0


def test_a_revocation_on_the_years_last_day_is_still_within_it() -> None:
    make_recognition(decided_on=date(2022, 3, 1), revoked_on=END_2022)
    assert row("OCOP-NEW", "2022", day=date(2022, 12, 30)).result.actual == 1
    assert row("OCOP-NEW", "2022").result.actual == 0
    assert row("OCOP-NEW", "2022", day=date(2024, 1, 1)).result.actual == 0


def test_upgrades_and_later_years_do_not_count_as_new() -> None:
    product = make_product()
    make_recognition(product, date(2022, 3, 1), Rank.THREE)
    make_recognition(product, date(2023, 3, 1), Rank.FOUR)
    assert row("OCOP-NEW", "2022", day=date(2023, 12, 31)).result.actual == 1
    assert row("OCOP-NEW", "2023", day=date(2023, 12, 31)).result.actual == 0


def test_a_year_that_has_not_begun_is_not_due_and_recognitions_to_come_do_not_count() -> None:
    make_recognition(decided_on=date(2023, 3, 1))
    assert row("OCOP-NEW", "2023").state == "not_due"
    assert row("OCOP-NEW", "2023").result.actual == 0


# --- Shares -------------------------------------------------------------------------


def test_52_of_104_against_more_than_50_percent_is_not_met_and_lacks_one_product() -> None:
    for number in range(104):
        product = make_recognition(decided_on=date(2022, 8, 22)).product
        if number < 52:
            make_enrolment(product, date(2022, 9, 1))
    share = row("TRACE-SHARE", day=date(2022, 9, 30))
    assert (share.result.numerator, share.result.denominator) == (52, 104)
    assert share.result.met is False
    assert share.result.gap == 1
    assert share.gap_text == "còn thiếu 1 sản phẩm"


def test_a_product_on_five_floors_counts_once_and_floors_that_do_not_count_never() -> None:
    first, second = (make_recognition().product for _ in range(2))
    for floor in ("voso", "postmart", "shopee", "lazada", "tiki"):
        make_listing(first, date(2022, 9, 1), floor)
    make_listing(second, date(2022, 9, 1), "facebook")
    result = row("ECOM-SHARE").result
    assert (result.numerator, result.denominator) == (1, 2)


def test_a_listing_counts_from_its_start_until_the_day_it_ends() -> None:
    product = make_recognition().product
    make_listing(product, date(2022, 9, 1), ended_on=date(2022, 10, 1))
    counted = [
        row("ECOM-SHARE", day=day).result.numerator
        for day in (date(2022, 8, 31), date(2022, 9, 1), date(2022, 9, 30), date(2022, 10, 1))
    ]
    assert counted == [0, 1, 1, 0]


def test_listings_of_products_without_valid_certificate_do_not_count() -> None:
    make_enrolment(make_product(), date(2022, 1, 1))
    expired = make_recognition(decided_on=date(2019, 9, 1)).product
    make_enrolment(expired, date(2022, 1, 1))
    share = row("TRACE-SHARE")
    assert (share.result.numerator, share.result.denominator) == (0, 0)
    assert share.state == "no_data"
    assert share.reading.left_out == {"expired": 1}


def test_a_met_share_that_the_end_of_certificates_would_undo_is_about_to_be_lost() -> None:
    for number in range(4):
        early = make_recognition(decided_on=date(2022, 3, 1)).product
        make_enrolment(early, date(2022, 4, 1))
        if number < 2:
            make_recognition(decided_on=date(2024, 3, 1))
    share = row("TRACE-SHARE", day=date(2024, 6, 1))
    assert share.result.met is True
    assert share.state == "slipping"


# --- Rights and tasks ---------------------------------------------------------------


def test_supported_targets_count_only_supported_rights_granted_within_the_plan() -> None:
    granted = {"granted_on": date(2022, 5, 1), "supported": True}
    make_ip_right(**granted)
    make_ip_right(granted_on=date(2022, 5, 1))
    make_ip_right(**(granted | {"granted_on": date(2021, 12, 31)}))
    make_ip_right(**(granted | {"granted_on": date(2023, 1, 1)}))
    make_ip_right(**granted, cancelled_on=date(2022, 12, 31))
    make_ip_right(filed_on=date(2022, 6, 1), supported=True)
    marks = row("IP-TRADEMARK")
    assert marks.result.actual == 1
    # On the way: the one granted next year is not filed on record; the filed one is.
    assert marks.pipeline == 1
    assert marks.reading.left_out == {"unsupported": 1, "cancelled": 1}


def test_inventions_and_utility_solutions_count_together() -> None:
    for kind in (IPKind.INVENTION, IPKind.UTILITY_SOLUTION):
        make_ip_right(kind, granted_on=date(2022, 5, 1), supported=True)
    assert row("IP-PATENT").result.actual == 2


def test_certification_marks_count_without_support() -> None:
    make_ip_right(IPKind.CERTIFICATION_MARK, granted_on=date(2022, 5, 1))
    assert row("IP-CERTIFICATION").result.actual == 1


def test_a_target_can_count_rights_by_their_filing() -> None:
    Target.objects.filter(code="IP-TRADEMARK").update(counting_event="filed")
    make_ip_right(filed_on=date(2022, 6, 1), supported=True)
    assert row("IP-TRADEMARK").result.actual == 1


def test_tasks_count_when_approved_within_the_plan_and_not_cancelled() -> None:
    make_task(date(2022, 1, 1))
    make_task(date(2021, 12, 31))
    make_task(date(2022, 3, 1), cancelled_on=date(2022, 6, 1))
    assert row("ST-TASKS").result.actual == 1


# --- Districts, allocations, values -------------------------------------------------


def test_districts_add_up_to_the_province() -> None:
    for code, number in (("844", 3), ("848", 2)):
        for _ in range(number):
            make_enrolment(make_recognition(district=district(code)).product, date(2022, 9, 1))
    whole = built()
    parts = [built(unit=code) for code in ("844", "848")]
    assert [part.stock["total"] for part in parts] == [3, 2]
    for name in ("total", "rank_3", "producers"):
        assert whole.stock[name] == sum(part.stock[name] for part in parts)


def test_a_district_without_allocation_has_no_target_for_counts_and_the_plans_for_shares() -> None:
    make_recognition()
    counts = row("OCOP-NEW", "2022", unit="844")
    assert (counts.state, counts.result.met, counts.result.gap) == ("no_target", None, None)
    assert counts.result.threshold is None
    assert row("OCOP-NEW", "2023", unit="844").state == "not_due"
    assert row("TRACE-SHARE", unit="844").result.threshold == 50


def test_a_districts_whole_plan_count_is_the_sum_of_its_years() -> None:
    target = Target.objects.get(code="IP-TRADEMARK")
    for year, value in ((2022, 2), (2023, 3)):
        Allocation.objects.create(
            target=target, unit=district(), year=year, value=value, status=Status.VERIFIED
        )
    marks = row("IP-TRADEMARK", unit="844")
    assert (marks.result.threshold, marks.result.aim) == (5, None)


def test_a_later_document_supersedes_a_value_from_its_day_on() -> None:
    target = Target.objects.get(code="OCOP-NEW")
    TargetValue.objects.create(
        target=target,
        year=2024,
        effective_from=date(2023, 6, 1),
        threshold=40,
        aim=50,
        document="văn bản sau",
    )
    before = row("OCOP-NEW", "2024", day=date(2023, 5, 31)).result
    after = row("OCOP-NEW", "2024", day=date(2023, 6, 1)).result
    assert (before.threshold, before.aim, after.threshold, after.aim) == (25, 30, 40, 50)


def test_milestones_replace_the_even_expectation_and_the_working_says_so() -> None:
    target = Target.objects.get(code="OCOP-NEW")
    Milestone.objects.create(target=target, year=2022, due_on=date(2022, 8, 31), value=5)
    new = row("OCOP-NEW", "2022", day=date(2022, 8, 31))
    assert new.result.expected == 5
    assert new.result.expected_basis == "milestones"
    assert "theo mốc" in new.explanation


def test_a_product_is_left_out_once_and_its_list_holds_as_many(signed_in: Any) -> None:
    known, twice_revoked = make_product(), make_product()
    make_recognition(known, date(2021, 5, 5))
    for day in (date(2023, 3, 1), date(2023, 9, 1)):
        make_recognition(known, day)
        make_recognition(twice_revoked, day, revoked_on=date(2023, 11, 1))
        make_recognition(make_product(), day)
    waiting = make_product()
    for day in (date(2023, 4, 4), date(2023, 8, 8)):
        make_recognition(waiting, day, status=Status.SUBMITTED)
    client = signed_in("committee_member")
    for day in (date(2023, 12, 31), date(2026, 6, 30)):
        found = built(day)
        of_2023 = next(r for r in found.rows if (r.code, r.period) == ("OCOP-NEW", "2023"))
        assert of_2023.result.actual == 2
        assert of_2023.reading.left_out == {"again": 1, "revoked": 1, "waiting": 1}
        assert client.get(of_2023.url).context["total"] == 2
        for reason, number in of_2023.reading.left_out.items():
            place = (of_2023.target, of_2023.window, found.unit, found.facts)
            assert client.get(links.left_out_url(*place, reason)).context["total"] == number
