"""Rules over records and duties: contradictions, waiting records, quarters, quotas, assignments."""

from datetime import date, timedelta
from typing import Any

import pytest

from products.choices import Rank, Status
from products.models import Rating, Recognition
from products.scoring.schemes import scheme_at
from targets.attention import WAITING_DAYS
from targets.models import Target, TargetValue
from tests.support.cases import every_case
from tests.support.factories import district, make_listing, make_product, make_recognition
from tests.support.query_counts import queries
from tests.targets.attention.made import moment, place, says, seen_on
from tests.targets.committee.made import agency, make_assignment
from tests.targets.confirmations.made import confirmed, granted
from tests.targets.quotas.made import make_allocation
from tests.web.test_query_counts import grow

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = date(2024, 6, 30)


def rated(stars: int, rank: int, **fields: Any) -> Recognition:
    product = make_product()
    day = date(2024, 3, 1)
    rating = Rating.objects.create(
        product=product,
        scheme=scheme_at(day),
        level="district",
        session_on=day,
        stars=stars,
        status=Status.VERIFIED,
    )
    return make_recognition(product, date(2024, 4, 1), rank, rating=rating, **fields)


def contradictions(day: date = DAY, code: str = "84") -> dict[str, str]:
    return {one.subject: one.figures.split(";")[0] for one in says("contradiction", day, code)}


@every_case(
    "stars,rank,shown_text",
    [(3, 30, False), (4, 30, True), (4, 40, False), (5, 45, False), (5, 50, False), (3, 50, True)],
)
def test_a_rank_unlike_its_rating_is_told(stars: int, rank: int, shown_text: bool) -> None:
    rated(stars, rank)
    assert ("rank" in contradictions()) == shown_text


def test_a_rank_unlike_its_rating_with_a_reason_is_not_told() -> None:
    rated(4, Rank.THREE, difference_reason="Hội đồng tỉnh hạ hạng")
    assert contradictions() == {}


def test_a_revoked_product_on_a_floor_and_an_expired_one_are_told_apart() -> None:
    revoked = make_recognition(
        make_product(), date(2022, 8, 22), revoked_on=date(2024, 1, 1)
    ).product
    expired = make_recognition(make_product(), date(2020, 8, 22)).product
    valid = make_recognition(make_product(), date(2022, 8, 22)).product
    for product in (revoked, expired, valid):
        make_listing(product, date(2022, 9, 1))
    assert contradictions() == {"revoked_listed": "1", "expired_listed": "1"}
    assert contradictions(date(2023, 6, 30)) == {}
    assert contradictions(code="848") == {}


def test_a_listing_that_ended_or_a_renewed_certificate_ends_the_contradiction() -> None:
    gone = make_recognition(make_product(), date(2020, 8, 22)).product
    make_listing(gone, date(2021, 1, 1), ended_on=date(2023, 12, 31))
    renewed = make_recognition(make_product(), date(2020, 8, 22)).product
    make_recognition(renewed, date(2023, 9, 1))
    make_listing(renewed, date(2021, 1, 1))
    assert contradictions() == {}


def test_a_contradiction_leads_to_that_many_products(signed_in: Any) -> None:
    rated(4, Rank.THREE)
    rated(5, Rank.FOUR)
    for _each in range(3):
        product = make_recognition(make_product(), date(2020, 8, 22)).product
        make_listing(product, date(2022, 9, 1))
    client = signed_in("committee_member")
    shown_text = says("contradiction", DAY)
    assert [one.figures.split(";")[0] for one in shown_text] == ["2", "3"]
    for one in shown_text:
        assert client.get(one.url).context["total"] == int(one.figures.split(";")[0])


def test_records_waiting_for_more_than_thirty_days_are_told_by_district() -> None:
    late = moment(DAY - timedelta(days=WAITING_DAYS + 1))
    just = moment(DAY - timedelta(days=WAITING_DAYS))
    for code, when in (("844", late), ("844", late), ("848", late), ("845", just)):
        make_recognition(district=district(code), status=Status.SUBMITTED, submitted_at=when)
    make_recognition(status=Status.VERIFIED, submitted_at=late)
    shown_text = {one.subject: one.figures.split(";")[0] for one in says("slow", DAY)}
    assert shown_text == {"844": "2", "848": "1"}
    assert [one.subject for one in says("slow", DAY, "848")] == ["848"]


def test_districts_that_owe_the_latest_quarter_due_are_told() -> None:
    # The second quarter of 2024 ends on 30/6 and is due on 15/7.
    assert [one.subject for one in says("not_confirmed", date(2024, 7, 15))] == ["2024-1"]
    confirmed(date(2024, 7, 10), "844")
    granted(date(2024, 7, 1), None, "845")
    (sentence,) = says("not_confirmed", date(2024, 7, 16))
    assert sentence.subject == "2024-2"
    owing = sentence.figures.split(",")
    assert len(owing) == 7
    assert not {"844", "845"} & set(owing)
    assert says("not_confirmed", date(2024, 7, 16), "844") == []
    assert says("not_confirmed", date(2024, 7, 16), "848")[0].figures == "848"


def test_overdue_assignments_are_told_and_lead_to_that_many(signed_in: Any) -> None:
    make_assignment(deadline=date(2022, 12, 31))
    make_assignment(deadline=date(2022, 12, 30), agency=agency("ubnd-844"))
    client = signed_in("committee_member")
    for day, code, wanted in (
        (date(2022, 12, 31), "84", 1),
        (date(2023, 1, 1), "84", 2),
        (date(2023, 1, 1), "844", 1),
    ):
        (sentence,) = says("overdue_assignment", day, code)
        assert sentence.figures.split(";")[0] == str(wanted)
        assert client.get(sentence.url).context["total"] == wanted
    assert says("overdue_assignment", date(2022, 12, 30)) == []
    assert says("overdue_assignment", date(2023, 1, 1), "848") == []


def test_quotas_above_the_plans_number_are_told_to_the_province_alone() -> None:
    make_allocation("844", 20)
    make_allocation("848", 5)
    assert says("over_allocated", DAY) == []
    make_allocation("845", 1)
    (sentence,) = says("over_allocated", DAY)
    assert (sentence.subject, sentence.figures) == ("OCOP-NEW/2024", "26;25")
    assert says("over_allocated", DAY, "844") == []


def test_a_plan_whose_own_numbers_do_not_add_up_is_told() -> None:
    tasks = Target.objects.get(code="ST-TASKS")
    TargetValue.objects.filter(target=tasks).update(threshold=16)
    (sentence,) = says("over_allocated", DAY)
    assert sentence.subject == "plan/ST-TASKS"
    assert sentence.figures == "16;13;2"


def test_another_record_in_the_place_of_one_changes_the_key() -> None:
    first = rated(4, Rank.THREE)
    before = says("contradiction", DAY)[0]
    Recognition.objects.filter(pk=first.pk).update(difference_reason="đúng")
    rated(4, Rank.THREE)
    after = says("contradiction", DAY)[0]
    assert before.figures.split(";")[0] == after.figures.split(";")[0] == "1"
    assert before.key != after.key


def test_all_rules_ask_four_times_however_much_there_is() -> None:
    def count() -> int:
        seen = seen_on(DAY)
        return queries(lambda: [rule_says(seen, code) for code in RULES_WITHOUT_SHARES])

    few = count()
    grow(60)
    for number in range(20):
        rated(4, Rank.THREE)
        make_assignment(deadline=date(2023, 1, 1 + number))
        make_recognition(
            district=place("848"), status=Status.SUBMITTED, submitted_at=moment(date(2024, 1, 1))
        )
    # The terms of certificates besides the three of records.
    assert count() == few == 4


def rule_says(seen: Any, code: str) -> Any:
    from targets.attention import RULES

    return RULES[code].find(seen)


RULES_WITHOUT_SHARES = (
    *("cliff", "missed", "behind", "overdue_assignment", "not_confirmed", "contradiction"),
    *("slow", "over_allocated", "attention", "ending", "past_notice", "falling"),
    *("short_pipeline", "unmet"),
)
