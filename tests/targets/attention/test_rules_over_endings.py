"""Rules over certificates: together on a day, within the year, past their day of notice."""

from datetime import date

import pytest

from targets.attention import MIN_SHARED_END
from tests.support.cases import every_case
from tests.support.factories import district, make_product, make_recognition
from tests.targets.attention.made import says

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = date(2024, 12, 1)


def recognised(number: int, decided_on: date, code: str = "844") -> None:
    for _each in range(number):
        make_recognition(make_product(district=district(code)), decided_on)


def test_twenty_certificates_ending_on_a_day_are_told_and_nineteen_are_not() -> None:
    recognised(MIN_SHARED_END - 1, date(2022, 8, 22))
    assert says("cliff", date(2024, 6, 30)) == []
    recognised(1, date(2022, 8, 22))
    (sentence,) = says("cliff", date(2024, 6, 30))
    assert sentence.subject == "2025-08-22"
    assert sentence.figures.startswith(f"{MIN_SHARED_END};")
    assert says("cliff", date(2024, 6, 30), "848") == []


def test_the_next_two_such_days_are_told() -> None:
    for decided in (date(2022, 8, 22), date(2023, 5, 4), date(2023, 11, 1)):
        recognised(MIN_SHARED_END, decided)
    days = [one.subject for one in says("cliff", date(2024, 6, 30))]
    assert days == ["2025-08-22", "2026-05-04"]


# --- Within the year ------------------------------------------------------------------------------


@every_case(
    "decided_on,told",
    [
        (date(2021, 11, 30), False),  # ended the day before
        (date(2021, 12, 1), True),  # the day is its last
        (date(2022, 12, 1), True),  # 12 months on
        (date(2022, 12, 2), False),
    ],
)
def test_a_certificate_is_told_from_its_last_day_back_to_twelve_months(
    decided_on: date, told: bool
) -> None:
    recognised(1, decided_on)
    recognised(1, date(2024, 6, 1))
    assert [one.figures.split(";")[0] for one in says("ending", DAY)] == ["1"] * told
    assert says("ending", DAY, "848") == []


def test_no_product_or_one_renewed_tells_nothing() -> None:
    assert says("ending", DAY) == []
    product = make_recognition(make_product(), date(2022, 8, 22)).product
    make_recognition(product, date(2024, 6, 1))
    assert says("ending", DAY) == []


def test_the_nearest_and_the_largest_month_and_the_district_with_most_are_told() -> None:
    recognised(1, date(2022, 3, 5), "848")
    recognised(3, date(2022, 8, 22), "848")
    recognised(2, date(2022, 8, 1))
    recognised(4, date(2024, 8, 1))
    (sentence,) = says("ending", DAY)
    assert sentence.text == (
        "6 trong 10 giấy chứng nhận còn hiệu lực sẽ hết hạn trong 12 tháng tới: gần nhất là tháng "
        "03/2025 (1); nhiều nhất là tháng 08/2025 (5); nơi có nhiều nhất: Huyện Cầu Ngang (4)."
    )
    assert sentence.url == "/forecast/?as_of=2024-12-01&unit=84#notices"
    assert (sentence.subject, sentence.urgency.fewer) == ("all", -6)
    (of_district,) = says("ending", DAY, "844")
    assert of_district.text == (
        "2 trong 6 giấy chứng nhận còn hiệu lực sẽ hết hạn trong 12 tháng tới: tất cả trong tháng "
        "08/2025."
    )


def test_of_months_with_equally_many_the_nearest_is_the_largest() -> None:
    recognised(2, date(2022, 3, 5))
    recognised(2, date(2022, 8, 22))
    (sentence,) = says("ending", DAY)
    assert "gần nhất và nhiều nhất là tháng 03/2025 (2)" in sentence.text


def test_another_certificate_in_the_place_of_one_changes_the_key() -> None:
    recognised(1, date(2022, 8, 22))
    before = says("ending", DAY)[0]
    recognised(1, date(2022, 8, 22))
    after = says("ending", DAY)[0]
    assert before.subject == after.subject
    assert before.key != after.key


# --- Past the day of notice -----------------------------------------------------------------------


@every_case(
    "decided_on,told",
    [
        (date(2021, 11, 30), False),  # ended
        (date(2021, 12, 1), True),  # the day is its last
        (date(2021, 12, 30), True),  # to be announced by the day before
        (date(2021, 12, 31), False),  # the day is the last to announce it
    ],
)
def test_a_certificate_past_its_day_of_notice_is_told_while_it_runs(
    decided_on: date, told: bool
) -> None:
    recognised(1, decided_on)
    assert [one.figures.split(";")[0] for one in says("past_notice", DAY)] == ["1"] * told
    assert says("past_notice", DAY, "848") == []


def test_how_many_are_past_their_day_of_notice_and_the_next_end() -> None:
    recognised(2, date(2021, 12, 20))
    recognised(1, date(2021, 12, 10), "848")
    (sentence,) = says("past_notice", DAY)
    assert sentence.text.startswith("3 giấy chứng nhận còn hiệu lực đã quá hạn cuối nộp hồ sơ")
    assert "10/12/2024" in sentence.text
    assert sentence.urgency == (0, -3, 9)
    (of_district,) = says("past_notice", DAY, "844")
    assert of_district.text.startswith("2 giấy")
    assert "20/12/2024" in of_district.text


@pytest.mark.usefixtures("demonstration")
def test_the_list_that_is_led_to_holds_what_was_counted(signed_in: object) -> None:
    client = signed_in("committee_member")  # type: ignore[operator]
    (late,) = says("past_notice", date(2024, 12, 31))
    counted = client.get(late.url).context["counted"]
    assert str(counted.late) == late.figures.split(";")[0] == "25"
