"""What lies ahead if a share of the certificates that end is renewed."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ocop.lib.dates import add_months
from products.validity import Listing
from targets.progress import progress
from targets.progress.renewals import (
    FractionalShare,
    LimitLoss,
    days_of_change,
    limit_loss,
    meets_limit,
    renewed_shares,
    renewed_stock,
    shortfall,
)
from targets.progress.stock import SOLD, TRACED
from tests.products.validity.histories import DAYS
from tests.support.cases import every_case
from tests.targets.progress.worlds import (
    certificate,
    product,
    shares_on,
    stock_on,
    valid_groups,
    worlds,
)

DAY = timedelta(days=1)
ASKED = date(2025, 6, 30)
CLIFF = date(2025, 12, 30)
NONE, HALF, ALL = Fraction(0), Fraction(1, 2), Fraction(1)


def make_certificate(decided=date(2022, 12, 30), revoked=None, rank=30):
    return certificate(decided, None, revoked, rank)


def stock_if(world, days, asked, renewed):
    return renewed_stock(valid_groups(world, asked), days, asked, renewed)


def shares_if(world, days, asked, renewed, listing=TRACED):
    return renewed_shares(valid_groups(world, asked), listing, days, asked, renewed)


def total(counts):
    return sum(counts.values(), Fraction(0))


def test_half_of_what_ends_on_a_day_is_renewed_the_day_after_at_the_same_rank():
    world = [product(make_certificate()) for _number in range(7)]
    world.append(product(make_certificate(rank=40)))
    assert stock_if(world, [CLIFF, CLIFF + DAY], ASKED, HALF) == [
        {30: 7, 40: 1},
        {30: Fraction(7, 2), 40: HALF},
    ]


def test_a_renewed_certificate_ends_after_another_36_months_and_is_renewed_to_the_same_share():
    world = [product(make_certificate())]
    end = date(2028, 12, 30)
    assert stock_if(world, [end, end + DAY], ASKED, Fraction(1, 3)) == [
        {30: Fraction(1, 3)},
        {30: Fraction(1, 9)},
    ]


def test_what_ends_on_the_day_asked_for_is_still_to_be_renewed_and_what_ended_before_is_not():
    world = [product(make_certificate())]
    assert stock_if(world, [CLIFF + DAY], CLIFF, ALL) == [{30: 1}]
    assert stock_if(world, [CLIFF + DAY], CLIFF + DAY, ALL) == [{}]


def test_a_revoked_certificate_is_not_renewed_and_a_later_revocation_is_not_known():
    revoked = date(2025, 9, 1)
    world = [product(make_certificate(revoked=revoked))]
    days = [revoked - DAY, revoked, CLIFF + DAY]
    assert stock_if(world, days, ASKED, ALL) == [{30: 1}, {30: 1}, {30: 1}]
    assert stock_if(world, days[1:], revoked, ALL) == [{}, {}]


def test_the_rank_that_ends_last_is_the_one_renewed():
    later = make_certificate(decided=date(2024, 5, 5), rank=40)
    world = [product(make_certificate(rank=45), later)]
    days = [CLIFF + DAY, date(2027, 5, 5), date(2027, 5, 6)]
    assert stock_if(world, days, ASKED, HALF) == [{40: 1}, {40: 1}, {40: HALF}]


def test_listings_of_renewed_products_go_on_as_recorded():
    listed = [Listing(date(2023, 1, 1), date(2026, 3, 1))]
    world = [product(make_certificate(), traced=listed), product(make_certificate())]
    days = [CLIFF, CLIFF + DAY, date(2026, 3, 1)]
    assert shares_if(world, days, ASKED, HALF) == [(1, 2), (HALF, 1), (0, 1)]
    assert shares_if(world, days, ASKED, HALF, SOLD) == [(0, 2), (0, 1), (0, 1)]


def test_a_share_is_lost_on_the_day_after_the_certificates_end():
    listed = [Listing(date(2023, 1, 1))]
    traced = [product(make_certificate(), traced=listed) for _number in range(6)]
    later = [product(make_certificate(decided=date(2024, 5, 5))) for _number in range(4)]
    groups = valid_groups([*traced, *later], ASKED)
    days = days_of_change(groups, TRACED, ASKED, add_months(ASKED, 36))
    assert days == [ASKED, CLIFF + DAY, date(2027, 5, 6)]

    def found(renewed, threshold=50):
        shares = renewed_shares(groups, TRACED, days, ASKED, renewed)
        return limit_loss(list(zip(days, shares, strict=True)), ">", Fraction(threshold))

    assert found(NONE) == LimitLoss(CLIFF + DAY, None)
    # 3 of 7 after the cliff; once the four others end, all that is left is traced.
    assert found(HALF) == LimitLoss(CLIFF + DAY, date(2027, 5, 6))
    assert found(ALL) is None
    assert found(NONE, 60) is None, "6 of 10 is not above 60 percent: there is nothing to lose"


def test_a_listing_begun_on_the_day_asked_for_is_known_and_one_begun_later_is_not():
    world = [
        product(make_certificate(), traced=[Listing(ASKED)]),
        product(make_certificate(), traced=[Listing(ASKED + DAY)]),
    ]
    assert shares_if(world, [CLIFF], ASKED, NONE) == [(1, 2)]


def test_days_of_change_are_ends_of_certificates_and_listings_through_the_last_day_asked_for():
    ended = date(2025, 9, 9)
    world = [
        product(make_certificate(), traced=[Listing(ASKED)]),
        product(make_certificate(), traced=[Listing(date(2025, 1, 1), ended)]),
        # Neither is known on the day asked for: revoked by then, begun after it.
        product(make_certificate(decided=date(2022, 8, 1), revoked=ASKED)),
        product(make_certificate(), traced=[Listing(ASKED + DAY, date(2025, 10, 10))]),
    ]
    groups = valid_groups(world, ASKED)
    after = CLIFF + DAY
    assert days_of_change(groups, TRACED, ASKED, after) == [ASKED, ended, after]
    assert days_of_change(groups, TRACED, ASKED, CLIFF) == [ASKED, ended]
    assert days_of_change(groups, SOLD, ASKED, after) == [ASKED, after]


@every_case(
    "operator, numerator, gap",
    [(">", 52, 1), (">", 53, 0), (">=", 52, 0), (">=", 51, 1), (">", Fraction(103, 2), 1)],
)
def test_what_is_missing_is_the_least_whole_number(operator, numerator, gap):
    share = FractionalShare(Fraction(numerator), Fraction(104))
    assert shortfall(share, operator, Fraction(50)) == gap
    assert meets_limit(share, operator, Fraction(50)) is (gap == 0)


def test_of_nothing_nothing_can_be_missing():
    nothing = FractionalShare(Fraction(0), Fraction(0))
    assert shortfall(nothing, ">", Fraction(50)) is None
    assert not meets_limit(nothing, ">=", Fraction(0))


# --- Properties -----------------------------------------------------------------------------------

shares_renewed = st.fractions(0, 1, max_denominator=100)
ahead = st.lists(st.integers(0, 3000), min_size=1, max_size=8)
listings = st.sampled_from([TRACED, SOLD])


@given(worlds, DAYS, ahead)
def test_with_nothing_renewed_it_is_the_stock_of_what_is_known(world, day, steps):
    days = [day + step * DAY for step in steps]
    assert stock_if(world, days, day, NONE) == stock_on(world, days, day)


@given(worlds, listings, DAYS, ahead)
def test_with_nothing_renewed_shares_are_those_of_what_is_known(world, listing, day, steps):
    days = [day + step * DAY for step in steps]
    expected = shares_on(world, days, day, listing)
    assert shares_if(world, days, day, NONE, listing) == expected


@given(worlds, DAYS, ahead)
def test_with_everything_renewed_it_never_falls(world, day, steps):
    days = sorted(day + step * DAY for step in steps)
    totals = [total(counts) for counts in stock_if(world, [day, *days], day, ALL)]
    assert totals == sorted(totals)
    assert len(set(totals)) == 1, "nor does it rise: nothing is added"


@given(worlds, DAYS, ahead, shares_renewed, shares_renewed)
def test_the_total_lies_below_todays_products_and_grows_with_what_is_renewed(
    world, day, steps, one, other
):
    days = [day + step * DAY for step in steps]
    less, more = sorted([one, other])
    today = total(stock_if(world, [day], day, more)[0])
    assert today == total(stock_on(world, [day])[0])
    low, high = stock_if(world, days, day, less), stock_if(world, days, day, more)
    for few, many in zip(low, high, strict=True):
        assert total(few) <= total(many) <= today
        assert all(few[rank] <= many[rank] for rank in few)


@given(worlds, listings, DAYS, ahead, shares_renewed)
def test_shares_lie_within_the_same_stock(world, listing, day, steps, renewed):
    days = [day + step * DAY for step in steps]
    stock = stock_if(world, days, day, renewed)
    shares = shares_if(world, days, day, renewed, listing)
    for share, counts in zip(shares, stock, strict=True):
        assert share.denominator == total(counts)
        assert 0 <= share.numerator <= share.denominator


@given(worlds, listings, DAYS, shares_renewed)
def test_between_days_of_change_shares_stand_still(world, listing, day, renewed):
    horizon = add_months(day, 36)
    days = days_of_change(valid_groups(world, day), listing, day, horizon)
    shares = dict(zip(days, shares_if(world, days, day, renewed, listing), strict=True))
    every = [day + step * DAY for step in range(0, (horizon - day).days + 1, 13)]
    every = sorted({*every, *(one - DAY for one in days if one > day)})
    shown = shares_if(world, every, day, renewed, listing)
    for one, share in zip(every, shown, strict=True):
        assert share == shares[max(known for known in days if known <= one)]


@given(st.integers(0, 300), st.integers(1, 300), st.sampled_from([">", ">="]), st.integers(0, 100))
def test_of_whole_products_the_missing_ones_are_those_of_progress(have, whole, operator, limit):
    have = min(have, whole)
    goal = progress.Goal("share", operator, Fraction(limit), None, ASKED, CLIFF)
    actual = progress.Actual(numerator=have, denominator=whole)
    share = FractionalShare(Fraction(have), Fraction(whole))
    assert shortfall(share, operator, Fraction(limit)) == progress.gap(goal, actual)
