"""Stock and shares on any day, past and ahead, against a plain count day by day."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.validity import Listing
from targets.progress.stock import (
    SOLD,
    TRACED,
    Share,
    ValidGroup,
    running_sums,
    share_series,
    shared_end_dates,
)
from tests.products.validity.histories import DAYS, MEETING
from tests.support.cases import every_case
from tests.targets.progress.worlds import (
    LONG_AFTER,
    certificate,
    product,
    prolonged_worlds,
    shares_on,
    stock_on,
    valid_groups,
    worlds,
)

FIRST, LAST = date(2022, 12, 30), date(2025, 12, 30)
DAY = timedelta(days=1)


def make_certificate(decided=FIRST, until=LAST, revoked=None, rank=30):
    return certificate(decided, until, revoked, rank)


@every_case("day, number", [(FIRST - DAY, 0), (FIRST, 1), (LAST, 1), (LAST + DAY, 0)])
@every_case("asked", [FIRST, date(2024, 6, 30), LAST, LAST + DAY, LONG_AFTER])
def test_a_certificate_is_valid_on_its_first_and_its_last_day(asked, day, number):
    assert stock_on([product(make_certificate())], [day], asked)[0][30] == number


@pytest.mark.parametrize(("step", "number"), [(-1, 1), (0, 0), (1, 0)])
def test_a_revoked_certificate_is_not_valid_from_that_day_on(step, number):
    revoked = date(2023, 6, 30)
    world = [product(make_certificate(revoked=revoked))]
    for asked in (revoked, revoked + 2 * DAY, LONG_AFTER):
        assert stock_on(world, [revoked + step * DAY], asked)[0][30] == number


def test_a_revocation_after_the_day_asked_for_is_not_known_on_it():
    revoked = date(2023, 6, 30)
    world = [product(make_certificate(revoked=revoked))]
    days = [revoked - DAY, revoked, LAST, LAST + DAY]
    assert stock_on(world, days, revoked - DAY) == [{30: 1}, {30: 1}, {30: 1}, {}]
    assert stock_on(world, days, revoked) == [{30: 1}, {}, {}, {}]


def test_revoked_on_the_day_of_the_decision_it_was_never_valid():
    world = [product(make_certificate(revoked=FIRST), traced=[Listing(FIRST)])]
    assert stock_on(world, [FIRST - DAY, FIRST, LAST]) == [{}, {}, {}]
    assert stock_on(world, [FIRST, LAST], FIRST) == [{}, {}]
    assert shares_on(world, [FIRST, LAST], FIRST) == [(0, 0), (0, 0)]


def test_a_product_counts_once_with_its_latest_valid_rank():
    later = make_certificate(decided=date(2024, 1, 5), until=date(2027, 1, 5), rank=30)
    world = [product(make_certificate(rank=40), later)]
    for asked in (date(2024, 1, 5), LONG_AFTER):
        assert stock_on(world, [date(2024, 1, 4), date(2024, 1, 5), LAST + DAY], asked) == [
            {40: 1},
            {30: 1},
            {30: 1},
        ]


def test_of_two_recognitions_on_one_day_the_higher_rank_holds():
    both = [make_certificate(rank=45), make_certificate(rank=40)]
    for asked in (FIRST, LONG_AFTER):
        assert stock_on([product(*both)], [FIRST], asked) == [{45: 1}]
        assert stock_on([product(*both[::-1])], [FIRST], asked) == [{45: 1}]


def test_when_the_later_recognition_is_revoked_the_earlier_one_holds_again():
    later = make_certificate(
        decided=date(2024, 1, 5), until=date(2027, 1, 5), revoked=date(2024, 6, 1), rank=45
    )
    world = [product(make_certificate(rank=40), later)]
    days = [date(2024, 5, 31), date(2024, 6, 1), LAST, LAST + DAY]
    for asked in (date(2024, 6, 1), LONG_AFTER):
        assert stock_on(world, days, asked) == [{45: 1}, {40: 1}, {40: 1}, {}]


def test_a_series_answers_in_the_order_of_the_days_asked_for():
    world = [product(make_certificate())]
    assert stock_on(world, [LAST + DAY, FIRST, FIRST]) == [{}, {30: 1}, {30: 1}]
    assert stock_on([], [FIRST]) == [{}]
    assert stock_on(world, []) == []


def test_running_sums_take_a_change_from_its_day_on():
    changes = {(FIRST, "a"): 2, (LAST, "a"): -2, (LAST, "b"): 1}
    days = [FIRST - DAY, FIRST, LAST - DAY, LAST]
    assert running_sums(changes, days, lambda level: (level["a"], level["b"])) == [
        (0, 0),
        (2, 0),
        (2, 0),
        (0, 1),
    ]


def test_of_a_count_the_series_is_its_value():
    changes = Counter({(FIRST, "numerator"): 3, (LAST, "numerator"): -1})
    assert share_series(changes, [FIRST, LAST]) == [Share(3, 0), Share(2, 0)]


def test_what_was_not_yet_decided_is_left_out():
    world = [product(make_certificate()), product(make_certificate(decided=date(2024, 1, 5)))]
    assert stock_on(world, [LAST], date(2024, 1, 4)) == [{30: 1}]
    assert stock_on(world, [LAST], date(2024, 1, 5)) == [{30: 2}]


def test_cliffs_are_days_on_which_many_products_lose_their_last_certificate():
    rows = [product(make_certificate()) for _number in range(4)]
    once = product(make_certificate())
    renewal = make_certificate(decided=date(2025, 12, 1), until=date(2028, 12, 1))
    again = product(*once.certificates, renewal)
    alone = product(make_certificate(until=date(2024, 3, 30)))

    def cliffs(world, asked, least):
        return shared_end_dates(valid_groups(world, asked), least)

    assert cliffs([*rows, again, alone], date(2025, 12, 1), 4) == [(LAST, 4)]
    assert cliffs([*rows, again, alone], date(2025, 11, 30), 4) == [(LAST, 5)]
    assert cliffs([*rows, once, alone], FIRST, 1) == [(date(2024, 3, 30), 1), (LAST, 5)]
    assert cliffs([*rows, once], LAST, 5) == [(LAST, 5)]
    assert cliffs([*rows, once], LAST + DAY, 1) == []
    assert cliffs([*rows, once], FIRST, 6) == []


def test_products_of_several_groups_fall_from_one_cliff():
    groups = [ValidGroup(LAST, rank, None, None, 2) for rank in (30, 40)]
    assert shared_end_dates(groups, 4) == [(LAST, 4)]


def test_a_listing_counts_from_its_start_until_the_day_before_its_end():
    listed = [Listing(date(2023, 1, 10), date(2023, 2, 1))]
    world = [product(make_certificate(), traced=listed), product(make_certificate())]
    days = [date(2023, 1, 9), date(2023, 1, 10), date(2023, 1, 31), date(2023, 2, 1)]
    for asked in (date(2023, 1, 10), date(2023, 2, 1), LONG_AFTER):
        assert shares_on(world, days, asked) == [(0, 2), (1, 2), (1, 2), (0, 2)]
    assert shares_on(world, days, LONG_AFTER, SOLD) == [(0, 2)] * 4


def test_a_product_in_two_places_counts_once():
    listed = [Listing(FIRST), Listing(date(2023, 1, 1), date(2023, 5, 1))]
    world = [product(make_certificate(), traced=listed)]
    for asked in (date(2023, 3, 1), LONG_AFTER):
        assert shares_on(world, [date(2023, 3, 1), LAST], asked) == [(1, 1), (1, 1)]


def test_a_product_without_a_valid_certificate_is_in_neither_number():
    always = [Listing(date(2020, 1, 1))]
    world = [product(make_certificate(), traced=always), product(traced=always)]
    days = [FIRST - DAY, FIRST, LAST, LAST + DAY]
    for asked in (FIRST, LAST, LONG_AFTER):
        assert shares_on(world, days, asked) == [(0, 0), (1, 1), (1, 1), (0, 0)]


def test_a_look_ahead_supposes_no_later_decision_and_no_later_listing():
    world = [
        product(make_certificate(), traced=[Listing(date(2024, 1, 1))]),
        product(make_certificate(decided=date(2024, 1, 1))),
    ]
    assert shares_on(world, [LAST], date(2023, 12, 31)) == [(0, 1)]
    assert shares_on(world, [LAST], date(2024, 1, 1)) == [(1, 2)]


# --- Against a plain count ------------------------------------------------------------------------


def held(one, day, asked):
    """Its certificates valid on `day`, as they are known on the day asked for."""
    return [
        paper
        for paper in one.certificates
        if paper.decided_on <= min(day, asked)
        and day <= paper.valid_until
        and not (paper.revoked_on and paper.revoked_on <= min(day, asked))
    ]


def is_active(listings, day, asked):
    return any(
        place.started_on <= min(day, asked) and not (place.ended_on and place.ended_on <= day)
        for place in listings
    )


def counted_plainly(world, day, asked):
    latest = [
        max((paper.decided_on, paper.rank) for paper in papers)[1]
        for one in world
        if (papers := held(one, day, asked))
    ]
    return {rank: latest.count(rank) for rank in set(latest)}


def shared_plainly(world, day, asked, listing):
    valid = [one for one in world if held(one, day, asked)]
    active = [one for one in valid if is_active(getattr(one, listing), day, asked)]
    return len(active), len(valid)


SPAN = sorted({*MEETING, *(day + step * DAY for day in MEETING for step in (-1, 40, 400))})
listings = st.sampled_from([TRACED, SOLD])


@given(prolonged_worlds())
def test_the_sweep_counts_what_a_plain_count_counts(world):
    assert stock_on(world, SPAN) == [counted_plainly(world, day, LONG_AFTER) for day in SPAN]


@given(prolonged_worlds(), listings)
def test_shares_are_what_a_plain_count_gives(world, listing):
    assert shares_on(world, SPAN, LONG_AFTER, listing) == [
        shared_plainly(world, day, LONG_AFTER, listing) for day in SPAN
    ]


@given(worlds, DAYS)
def test_ahead_of_the_day_asked_for_it_counts_what_is_known_on_it(world, asked):
    assert stock_on(world, SPAN, asked) == [counted_plainly(world, day, asked) for day in SPAN]


@given(prolonged_worlds(), listings, DAYS)
def test_shares_ahead_are_of_what_is_known_on_the_day_asked_for(world, listing, asked):
    assert shares_on(world, SPAN, asked, listing) == [
        shared_plainly(world, day, asked, listing) for day in SPAN
    ]
