"""Stock and shares on any day, against a plain count day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.progress.stock import (
    CertificateRow,
    EnrolmentRow,
    share_series,
    shared_end_dates,
    stock_at,
    stock_series,
)
from tests.support.cases import every_case

FIRST, LAST = date(2022, 12, 30), date(2025, 12, 30)
DAY = timedelta(days=1)


def make_certificate(product=1, decided=FIRST, until=LAST, revoked=None, rank=30):
    return CertificateRow(product, decided, until, revoked, rank)


@every_case("day, number", [(FIRST - DAY, 0), (FIRST, 1), (LAST, 1), (LAST + DAY, 0)])
def test_a_certificate_is_valid_on_its_first_and_its_last_day(day, number):
    assert stock_at([make_certificate()], day)[30] == number


@pytest.mark.parametrize(("step", "number"), [(-1, 1), (0, 0), (1, 0)])
def test_a_revoked_certificate_is_not_valid_from_that_day_on(step, number):
    revoked = date(2023, 6, 30)
    rows = [make_certificate(revoked=revoked)]
    assert stock_at(rows, revoked + step * DAY)[30] == number


def test_revoked_on_the_day_of_the_decision_it_was_never_valid():
    rows = [make_certificate(revoked=FIRST)]
    assert stock_at(rows, FIRST) == {}
    assert stock_series(rows, [FIRST, LAST]) == [{}, {}]


def test_a_product_counts_once_with_its_latest_valid_rank():
    rows = [
        make_certificate(rank=40),
        make_certificate(decided=date(2024, 1, 5), until=date(2027, 1, 5), rank=30),
    ]
    assert stock_at(rows, date(2024, 1, 4)) == {40: 1}
    assert stock_at(rows, date(2024, 1, 5)) == {30: 1}
    assert stock_at(rows, LAST + DAY) == {30: 1}


def test_of_two_recognitions_on_one_day_the_higher_rank_holds():
    rows = [make_certificate(rank=45), make_certificate(rank=40)]
    assert stock_at(rows, FIRST) == stock_at(rows[::-1], FIRST) == {45: 1}


def test_when_the_later_recognition_is_revoked_the_earlier_one_holds_again():
    later = make_certificate(
        decided=date(2024, 1, 5), until=date(2027, 1, 5), revoked=date(2024, 6, 1), rank=45
    )
    rows = [make_certificate(rank=40), later]
    days = [date(2024, 5, 31), date(2024, 6, 1), LAST, LAST + DAY]
    assert stock_series(rows, days) == [{45: 1}, {40: 1}, {40: 1}, {}]


def test_a_series_answers_in_the_order_of_the_days_asked_for():
    rows = [make_certificate()]
    assert stock_series(rows, [LAST + DAY, FIRST, FIRST]) == [{}, {30: 1}, {30: 1}]
    assert stock_series([], [FIRST]) == [{}]
    assert stock_series(rows, []) == []


def test_what_was_not_yet_decided_is_left_out():
    rows = [make_certificate(), make_certificate(2, decided=date(2024, 1, 5))]
    assert stock_series(rows, [LAST], decided_by=date(2024, 1, 4)) == [{30: 1}]
    assert stock_series(rows, [LAST], decided_by=date(2024, 1, 5)) == [{30: 2}]


def test_cliffs_are_days_on_which_many_products_lose_their_last_certificate():
    rows = [make_certificate(number) for number in range(5)]
    renewal = make_certificate(0, decided=date(2025, 12, 1), until=date(2028, 12, 1))
    alone = make_certificate(9, until=date(2024, 3, 30))
    assert shared_end_dates([*rows, renewal, alone], date(2025, 12, 1), 4) == [(LAST, 4)]
    assert shared_end_dates([*rows, renewal, alone], date(2025, 11, 30), 4) == [(LAST, 5)]
    assert shared_end_dates([*rows, alone], FIRST, 1) == [(date(2024, 3, 30), 1), (LAST, 5)]
    assert shared_end_dates(rows, LAST, 5) == [(LAST, 5)]
    assert shared_end_dates(rows, LAST + DAY, 1) == []
    assert shared_end_dates(rows, FIRST, 6) == []


def test_a_listing_counts_from_its_start_until_the_day_before_its_end():
    certificates = [make_certificate(1), make_certificate(2)]
    listed = [EnrolmentRow(1, date(2023, 1, 10), date(2023, 2, 1))]
    days = [date(2023, 1, 9), date(2023, 1, 10), date(2023, 1, 31), date(2023, 2, 1)]
    assert share_series(certificates, listed, days) == [(0, 2), (1, 2), (1, 2), (0, 2)]


def test_a_product_in_two_places_counts_once():
    listed = [EnrolmentRow(1, FIRST, None), EnrolmentRow(1, date(2023, 1, 1), date(2023, 5, 1))]
    assert share_series([make_certificate(1)], listed, [date(2023, 3, 1)]) == [(1, 1)]


def test_a_product_without_a_valid_certificate_is_in_neither_number():
    listed = [EnrolmentRow(1, date(2020, 1, 1), None), EnrolmentRow(7, date(2020, 1, 1), None)]
    days = [FIRST - DAY, FIRST, LAST, LAST + DAY]
    assert share_series([make_certificate(1)], listed, days) == [(0, 0), (1, 1), (1, 1), (0, 0)]


def test_a_look_ahead_supposes_no_later_decision_and_no_later_listing():
    certificates = [make_certificate(1), make_certificate(2, decided=date(2024, 1, 1))]
    listed = [EnrolmentRow(1, date(2024, 1, 1), None)]
    assert share_series(certificates, listed, [LAST], known_by=date(2023, 12, 31)) == [(0, 1)]
    assert share_series(certificates, listed, [LAST], known_by=date(2024, 1, 1)) == [(1, 2)]


# --- Against a plain count ------------------------------------------------------------------------

days = st.dates(date(2022, 1, 1), date(2022, 3, 1))
products = st.integers(1, 4)
ranks = st.sampled_from([30, 40, 45, 50])


@st.composite
def certificates(draw):
    decided = draw(days)
    until = decided + timedelta(days=draw(st.integers(0, 30)))
    revoked = draw(st.none() | st.integers(0, 40).map(lambda n: decided + timedelta(days=n)))
    return CertificateRow(draw(products), decided, until, revoked, draw(ranks))


@st.composite
def enrolments(draw):
    started = draw(days)
    ended = draw(st.none() | st.integers(0, 30).map(lambda n: started + timedelta(days=n)))
    return EnrolmentRow(draw(products), started, ended)


def valid(row, day):
    return row.decided_on <= day <= row.valid_until and (
        row.revoked_on is None or day < row.revoked_on
    )


def counted_plainly(rows, day):
    latest = {}
    for row in rows:
        if valid(row, day):
            latest[row.product_id] = max(
                latest.get(row.product_id, (date.min, 0)), (row.decided_on, row.rank)
            )
    held = [rank for _decided, rank in latest.values()]
    return {rank: held.count(rank) for rank in set(held)}


SPAN = [date(2021, 12, 31) + timedelta(days=step) for step in range(0, 110, 3)]


@given(st.lists(certificates(), max_size=12))
def test_the_sweep_counts_what_a_plain_count_counts(rows):
    assert stock_series(rows, SPAN) == [counted_plainly(rows, day) for day in SPAN]


@given(st.lists(certificates(), max_size=12), st.lists(enrolments(), max_size=8))
def test_shares_are_what_a_plain_count_gives(rows, listed):
    def plainly(day):
        held = {row.product_id for row in rows if valid(row, day)}
        active = {
            row.product_id
            for row in listed
            if row.started_on <= day and (row.ended_on is None or row.ended_on > day)
        }
        return len(held & active), len(held)

    assert share_series(rows, listed, SPAN) == [plainly(day) for day in SPAN]
