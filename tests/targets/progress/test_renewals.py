"""What lies ahead if a share of the certificates that end is renewed."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ocop.lib.dates import add_months
from targets.progress import progress
from targets.progress.renewals import (
    FractionalShare,
    LimitLoss,
    days_of_change,
    last_certificate_end,
    limit_loss,
    renewed_shares,
    renewed_stock,
    shortfall,
)
from targets.progress.stock import CertificateRow, EnrolmentRow, share_series, stock_series
from tests.support.cases import every_case

DAY = timedelta(days=1)
ASKED = date(2025, 6, 30)
CLIFF = date(2025, 12, 30)
NONE, HALF, ALL = Fraction(0), Fraction(1, 2), Fraction(1)


def make_certificate(product=1, decided=date(2022, 12, 30), revoked=None, rank=30):
    return CertificateRow(product, decided, add_months(decided, 36), revoked, rank)


def total(counts):
    return sum(counts.values(), Fraction(0))


def test_half_of_what_ends_on_a_day_is_renewed_the_day_after_at_the_same_rank():
    rows = [*(make_certificate(number) for number in range(7)), make_certificate(9, rank=40)]
    days = [CLIFF, CLIFF + DAY]
    assert renewed_stock(rows, days, ASKED, HALF) == [
        {30: 7, 40: 1},
        {30: Fraction(7, 2), 40: HALF},
    ]


def test_a_renewed_certificate_ends_after_another_36_months_and_is_renewed_to_the_same_share():
    rows = [make_certificate()]
    end = date(2028, 12, 30)
    assert renewed_stock(rows, [end, end + DAY], ASKED, Fraction(1, 3)) == [
        {30: Fraction(1, 3)},
        {30: Fraction(1, 9)},
    ]


def test_what_ends_on_the_day_asked_for_is_still_to_be_renewed_and_what_ended_before_is_not():
    rows = [make_certificate()]
    assert renewed_stock(rows, [CLIFF + DAY], CLIFF, ALL) == [{30: 1}]
    assert renewed_stock(rows, [CLIFF + DAY], CLIFF + DAY, ALL) == [{}]


def test_a_certificate_revoked_before_its_term_is_not_renewed():
    rows = [make_certificate(revoked=date(2025, 9, 1))]
    assert renewed_stock(rows, [date(2025, 8, 31), CLIFF + DAY], ASKED, ALL) == [{30: 1}, {}]


def test_the_rank_that_ends_last_is_the_one_renewed():
    rows = [make_certificate(rank=45), make_certificate(decided=date(2024, 5, 5), rank=40)]
    assert last_certificate_end(rows, ASKED) == (date(2027, 5, 5), 40)
    assert renewed_stock(rows, [date(2027, 5, 6)], ASKED, HALF) == [{40: HALF}]


def test_listings_of_renewed_products_go_on_as_recorded():
    rows = [make_certificate(1), make_certificate(2)]
    listed = [EnrolmentRow(1, date(2023, 1, 1), date(2026, 3, 1))]
    days = [CLIFF, CLIFF + DAY, date(2026, 3, 1)]
    assert renewed_shares(rows, listed, days, ASKED, HALF) == [(1, 2), (HALF, 1), (0, 1)]


def test_a_share_is_lost_on_the_day_after_the_certificates_end():
    traced = [make_certificate(number) for number in range(6)]
    later = [make_certificate(number, decided=date(2024, 5, 5)) for number in range(10, 14)]
    listed = [EnrolmentRow(number, date(2023, 1, 1), None) for number in range(6)]
    days = days_of_change([*traced, *later], listed, ASKED, add_months(ASKED, 36))
    assert days == [ASKED, CLIFF + DAY, date(2027, 5, 6)]

    def found(renewed, threshold=50):
        shares = renewed_shares([*traced, *later], listed, days, ASKED, renewed)
        return limit_loss(list(zip(days, shares, strict=True)), ">", Fraction(threshold))

    assert found(NONE) == LimitLoss(CLIFF + DAY, None)
    # 3 of 7 after the cliff; once the four others end, all that is left is traced.
    assert found(HALF) == LimitLoss(CLIFF + DAY, date(2027, 5, 6))
    assert found(ALL) is None
    assert found(NONE, 60) is None, "6 of 10 is not above 60 percent: there is nothing to lose"


def test_a_listing_begun_on_the_day_asked_for_is_known_and_one_begun_later_is_not():
    listed = [EnrolmentRow(1, ASKED, None), EnrolmentRow(2, ASKED + DAY, None)]
    rows = [make_certificate(1), make_certificate(2)]
    assert renewed_shares(rows, listed, [CLIFF], ASKED, NONE) == [(1, 2)]


def test_days_of_change_are_ends_of_certificates_and_listings_through_the_last_day_asked_for():
    listed = [EnrolmentRow(1, date(2025, 8, 1), date(2025, 9, 9)), EnrolmentRow(1, ASKED, None)]
    rows = [make_certificate(1), make_certificate(2, revoked=ASKED)]
    after = CLIFF + DAY
    assert days_of_change(rows, listed, ASKED, after) == [ASKED, date(2025, 9, 9), after]
    assert days_of_change(rows, listed, ASKED, CLIFF) == [ASKED, date(2025, 9, 9)]


@every_case(
    "operator, numerator, gap",
    [(">", 52, 1), (">", 53, 0), (">=", 52, 0), (">=", 51, 1), (">", Fraction(103, 2), 1)],
)
def test_what_is_missing_is_the_least_whole_number(operator, numerator, gap):
    assert (
        shortfall(FractionalShare(Fraction(numerator), Fraction(104)), operator, Fraction(50))
        == gap
    )


def test_of_nothing_nothing_can_be_missing():
    assert shortfall(FractionalShare(Fraction(0), Fraction(0)), ">", Fraction(50)) is None


# --- Properties -----------------------------------------------------------------------------------

some_days = st.dates(date(2020, 1, 1), date(2027, 12, 31))


@st.composite
def certificate_rows(draw, revoked=True):
    decided = draw(some_days)
    gone = draw(st.none() | st.integers(0, 1500)) if revoked else None
    return make_certificate(
        draw(st.integers(0, 5)),
        decided,
        None if gone is None else decided + gone * DAY,
        draw(st.sampled_from([30, 40, 45, 50])),
    )


@st.composite
def enrolment_rows(draw):
    started = draw(some_days)
    enrolled_rows = draw(st.none() | st.integers(0, 900))
    ended = None if enrolled_rows is None else started + enrolled_rows * DAY
    return EnrolmentRow(draw(st.integers(0, 6)), started, ended)


rows_of_any_kind = st.lists(certificate_rows(), max_size=12)
shares_renewed = st.fractions(0, 1, max_denominator=100)
ahead = st.lists(st.integers(0, 3000), min_size=1, max_size=8)


@given(rows_of_any_kind, some_days, ahead)
def test_with_nothing_renewed_it_is_the_stock_of_what_is_known(rows, day, steps):
    days = [day + step * DAY for step in steps]
    assert renewed_stock(rows, days, day, NONE) == stock_series(rows, days, decided_by=day)


@given(rows_of_any_kind, st.lists(enrolment_rows(), max_size=8), some_days, ahead)
def test_with_nothing_renewed_shares_are_those_of_what_is_known(rows, listed, day, steps):
    days = [day + step * DAY for step in steps]
    expected = share_series(rows, listed, days, known_by=day)
    assert renewed_shares(rows, listed, days, day, NONE) == expected


@given(st.lists(certificate_rows(revoked=False), max_size=12), some_days, ahead)
def test_with_everything_renewed_it_never_falls(rows, day, steps):
    days = sorted(day + step * DAY for step in steps)
    totals = [total(counts) for counts in renewed_stock(rows, [day, *days], day, ALL)]
    assert totals == sorted(totals)
    assert len(set(totals)) == 1, "nor does it rise: nothing is added"


@given(rows_of_any_kind, some_days, ahead, shares_renewed, shares_renewed)
def test_the_total_lies_below_todays_products_and_grows_with_what_is_renewed(
    rows, day, steps, one, other
):
    days = [day + step * DAY for step in steps]
    less, more = sorted([one, other])
    today = total(renewed_stock(rows, [day], day, more)[0])
    low, high = renewed_stock(rows, days, day, less), renewed_stock(rows, days, day, more)
    for few, many in zip(low, high, strict=True):
        assert total(few) <= total(many) <= today
        assert all(few[rank] <= many[rank] for rank in few)


@given(rows_of_any_kind, st.lists(enrolment_rows(), max_size=8), some_days, ahead, shares_renewed)
def test_shares_lie_within_the_same_stock(rows, listed, day, steps, renewed):
    days = [day + step * DAY for step in steps]
    stock = renewed_stock(rows, days, day, renewed)
    for share, counts in zip(renewed_shares(rows, listed, days, day, renewed), stock, strict=True):
        assert share.denominator == total(counts)
        assert 0 <= share.numerator <= share.denominator


@given(rows_of_any_kind, st.lists(enrolment_rows(), max_size=8), some_days, shares_renewed)
def test_between_days_of_change_shares_stand_still(rows, listed, day, renewed):
    horizon = add_months(day, 36)
    days = days_of_change(rows, listed, day, horizon)
    shares = dict(zip(days, renewed_shares(rows, listed, days, day, renewed), strict=True))
    every = [day + step * DAY for step in range(0, (horizon - day).days + 1, 13)]
    shown_text = renewed_shares(rows, listed, every, day, renewed)
    for one, share in zip(every, shown_text, strict=True):
        assert share == shares[max(known for known in days if known <= one)]


@given(st.integers(0, 300), st.integers(1, 300), st.sampled_from([">", ">="]), st.integers(0, 100))
def test_of_whole_products_the_missing_ones_are_those_of_progress(have, whole, operator, limit):
    have = min(have, whole)
    goal = progress.Goal("share", operator, Fraction(limit), None, ASKED, CLIFF)
    actual = progress.Actual(numerator=have, denominator=whole)
    share = FractionalShare(Fraction(have), Fraction(whole))
    assert shortfall(share, operator, Fraction(limit)) == progress.gap(goal, actual)
