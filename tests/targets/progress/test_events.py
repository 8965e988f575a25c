"""Events of a figure: by which record it rose or fell, and why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from products.validity import Certificate, Listing
from targets.progress import events
from targets.progress.events import CountedRow, Event, count_events, share_events, within_days
from targets.progress.stock import SOLD, TRACED, Share, share_series
from tests.products.validity.histories import DAYS
from tests.support.cases import every_case
from tests.targets.progress.worlds import (
    LONG_AFTER,
    Product,
    World,
    certificate,
    product,
    prolonged_worlds,
    shares_on,
    valid_days,
    valid_groups,
)

EVER = date.min, date.max
DAY = timedelta(days=1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def paper(decided: str, until: str, revoked: str = "", rank: int = 30) -> Certificate:
    return certificate(day(decided), day(until), day(revoked) if revoked else None, rank)


def place(started: str, ended: str = "") -> Listing:
    return Listing(day(started), day(ended) if ended else None)


def events_of(one: Product) -> list[Event]:
    return share_events(valid_days([one]), *EVER)


def as_tuples(found: Iterable[Event]) -> list[tuple[str, str, int, int]]:
    return [(e.day.isoformat(), e.cause, e.numerator, e.denominator) for e in found]


def levels(found: Iterable[Event], days: Sequence[date]) -> list[Share]:
    """The figure on each of `days` as the events add up to it."""
    changes: Counter[tuple[date, str]] = Counter()
    for one in found:
        changes[one.day, "numerator"] += one.numerator
        changes[one.day, "denominator"] += one.denominator
    return share_series(changes, days)


# --- Counts ---------------------------------------------------------------------------------------


def test_a_counted_record_comes_on_its_day_and_goes_on_the_day_it_is_out() -> None:
    found = count_events([CountedRow(1, day("2022-03-01"), day("2022-05-01"))], *EVER)
    assert as_tuples(found) == [("2022-03-01", "new", 1, 0), ("2022-05-01", "revoked", -1, 0)]
    days = [day("2022-02-28"), day("2022-03-01"), day("2022-04-30"), day("2022-05-01")]
    assert [level.numerator for level in levels(found, days)] == [0, 1, 1, 0]


def test_a_record_that_is_out_on_the_day_it_would_count_makes_no_event() -> None:
    for until in ("2022-03-01", "2022-02-01"):
        assert count_events([CountedRow(1, day("2022-03-01"), day(until))], *EVER) == []


def test_between_takes_the_later_day_and_leaves_the_earlier_one() -> None:
    rows = [CountedRow(n, date(2022, 3, n), None) for n in (4, 3, 2, 1)]
    found = count_events(rows, date(2022, 3, 1), date(2022, 3, 3))
    assert [event.record for event in found] == [2, 3]
    assert within_days(found, date(2022, 3, 2), date(2022, 3, 3)) == found[1:]


def test_a_record_that_came_and_went_in_between_is_told_twice() -> None:
    rows = [CountedRow(1, day("2022-03-02"), day("2022-03-03"))]
    found = count_events(rows, day("2022-03-01"), day("2022-03-03"))
    assert [(event.cause, event.numerator) for event in found] == [("new", 1), ("revoked", -1)]


# --- Shares ---------------------------------------------------------------------------------------


def test_a_certificate_that_ends_lapses_on_the_day_after_its_last() -> None:
    found = events_of(product(paper("2022-03-01", "2025-03-01")))
    assert as_tuples(found) == [("2022-03-01", "new", 0, 1), ("2025-03-02", "lapsed", 0, -1)]


@every_case(
    "revoked, cause",
    [
        ("2023-01-01", "revoked"),
        ("2025-03-01", "revoked"),  # on its last day
        ("2025-03-02", "lapsed"),  # over already
    ],
)
def test_a_revoked_certificate_is_told_apart_from_one_that_ended(revoked: str, cause: str) -> None:
    found = events_of(product(paper("2022-03-01", "2025-03-01", revoked)))
    assert as_tuples(found)[1:] == [(revoked, cause, 0, -1)]


def test_one_revoked_on_the_day_of_its_decision_makes_no_event() -> None:
    one = product(paper("2022-03-01", "2025-03-01", "2022-03-01"), traced=[place("2022-01-01")])
    assert events_of(one) == []
    again = product(*one.certificates, paper("2022-06-01", "2025-06-01"))
    assert as_tuples(events_of(again))[0] == ("2022-06-01", "new", 0, 1)


def test_a_recognition_again_in_time_moves_nothing_and_is_told() -> None:
    papers = [paper("2022-03-01", "2025-03-01"), paper("2025-02-01", "2028-02-01")]
    assert as_tuples(events_of(product(*papers, traced=[place("2022-04-01")]))) == [
        ("2022-03-01", "new", 0, 1),
        ("2022-04-01", "joined", 1, 0),
        ("2025-02-01", "renewed", 0, 0),
        ("2028-02-02", "lapsed", -1, -1),
    ]


@every_case(
    "before, after, cause",
    [(30, 40, "upgraded"), (40, 45, "upgraded"), (30, 30, "renewed"), (45, 40, "renewed")],
)
def test_a_higher_rank_in_time_is_an_upgrade(before: int, after: int, cause: str) -> None:
    papers = [
        paper("2022-03-01", "2025-03-01", rank=before),
        paper("2024-02-01", "2027-02-01", rank=after),
    ]
    assert as_tuples(events_of(product(*papers)))[1] == ("2024-02-01", cause, 0, 0)


def test_a_recognition_again_after_the_end_brings_product_and_listing_back() -> None:
    papers = [paper("2022-03-01", "2025-03-01"), paper("2025-06-01", "2028-06-01")]
    assert as_tuples(events_of(product(*papers, traced=[place("2022-01-01")])))[:3] == [
        ("2022-03-01", "new", 1, 1),
        ("2025-03-02", "lapsed", -1, -1),
        ("2025-06-01", "renewed", 1, 1),
    ]


def test_a_certificate_from_the_day_after_the_last_one_is_a_renewal_without_a_gap() -> None:
    papers = [paper("2022-03-01", "2025-03-01"), paper("2025-03-02", "2028-03-02")]
    assert as_tuples(events_of(product(*papers)))[1] == ("2025-03-02", "renewed", 0, 0)


def test_a_listing_begun_on_the_day_of_a_renewal_is_told_with_it() -> None:
    papers = [paper("2022-03-01", "2025-03-01"), paper("2025-02-01", "2028-02-01")]
    found = events_of(product(*papers, traced=[place("2025-02-01")]))
    assert as_tuples(found)[1] == ("2025-02-01", "renewed", 1, 0)


def test_a_revoked_upgrade_before_an_earlier_certificate_moves_nothing() -> None:
    papers = [paper("2022-03-01", "2025-03-01"), paper("2023-03-01", "2026-03-01", "2023-06-01")]
    assert as_tuples(events_of(product(*papers))) == [
        ("2022-03-01", "new", 0, 1),
        ("2023-03-01", "renewed", 0, 0),
        ("2025-03-02", "lapsed", 0, -1),
    ]


def test_a_product_in_two_places_leaves_with_the_last_of_them() -> None:
    places = [place("2022-04-01", "2022-06-01"), place("2022-05-01", "2022-07-01")]
    found = events_of(product(paper("2022-03-01", "2025-03-01"), traced=places))
    assert as_tuples(found)[1:3] == [
        ("2022-04-01", "joined", 1, 0),
        ("2022-07-01", "left", -1, 0),
    ]


def test_a_product_that_left_and_joins_again_is_told_each_time() -> None:
    places = [place("2022-04-01", "2022-06-01"), place("2022-07-01", "2022-08-01")]
    found = events_of(product(paper("2022-03-01", "2025-03-01"), traced=places))
    assert as_tuples(found)[1:5] == [
        ("2022-04-01", "joined", 1, 0),
        ("2022-06-01", "left", -1, 0),
        ("2022-07-01", "joined", 1, 0),
        ("2022-08-01", "left", -1, 0),
    ]


def test_one_place_left_for_another_on_the_same_day_moves_nothing() -> None:
    places = [place("2022-04-01", "2022-06-01"), place("2022-06-01")]
    found = events_of(product(paper("2022-03-01", "2025-03-01"), traced=places))
    assert [event.cause for event in found] == ["new", "joined", "lapsed"]


def test_a_listing_that_ends_with_the_certificate_lapses_with_it() -> None:
    one = product(paper("2022-03-01", "2025-03-01"), traced=[place("2022-01-01", "2025-03-02")])
    assert as_tuples(events_of(one))[1:] == [("2025-03-02", "lapsed", -1, -1)]


def test_the_levels_are_the_shares_that_the_forecast_draws() -> None:
    world = [
        product(
            paper("2019-12-30", "2022-12-30"),
            paper("2022-12-30", "2025-12-30"),
            traced=[place("2020-01-01", "2023-03-01")],
        ),
        product(
            paper("2022-03-01", "2025-03-01", "2023-01-01"),
            paper("2023-06-01", "2026-06-01"),
            traced=[place("2022-01-01")],
        ),
    ]
    days = [date(year, month, 1) for year in range(2019, 2028) for month in range(1, 13)]
    expected = shares_on(world, days)
    assert levels(share_events(valid_days(world), *EVER), days) == expected
    assert Share(2, 2) in expected


# --- Events between two days are the difference of the figure on them -----------------------------


def moved(found: Iterable[Event]) -> tuple[int, int]:
    found = list(found)
    return sum(e.numerator for e in found), sum(e.denominator for e in found)


def difference(before: Share, after: Share) -> tuple[int, int]:
    return after.numerator - before.numerator, after.denominator - before.denominator


def spread(some: Sequence[date]) -> list[date]:
    """The days and those beside them, where a figure moves."""
    return sorted({one + step * DAY for one in some for step in (-1, 0, 1)})


some_days = st.lists(DAYS, min_size=2, max_size=6).map(spread)
listings = st.sampled_from([TRACED, SOLD])


@given(prolonged_worlds(), listings, some_days)
def test_the_events_of_a_share_between_any_two_days_are_its_difference(
    world: World, listing: str, days: list[date]
) -> None:
    spans = valid_days(world, listing)
    series = shares_on(world, days, LONG_AFTER, listing)
    for (earlier, before), (later, after) in pairwise(zip(days, series, strict=True)):
        assert moved(share_events(spans, earlier, later)) == difference(before, after)
    assert moved(share_events(spans, days[0], days[-1])) == difference(series[0], series[-1])


@given(prolonged_worlds(), listings, some_days)
def test_what_lies_after_the_day_asked_for_changes_none_of_its_events(
    world: World, listing: str, days: list[date]
) -> None:
    """Only spans begun by then are read (targets.indicators.validity.changed_spans)."""
    spans = valid_days(world, listing)
    earlier, asked = days[0], days[-1]
    known = [span for span in spans if span.starts_on <= asked]
    assert share_events(known, earlier, asked) == share_events(spans, earlier, asked)


@given(prolonged_worlds(), listings, some_days)
def test_the_certain_events_of_a_share_ahead_are_ends_only(
    world: World, listing: str, days: list[date]
) -> None:
    """What is ahead of the day asked for falls, and by what its groups of products say."""
    asked, later = days[0], days[-1]
    now, then = shares_on(world, [asked, later], asked, listing)
    numerator, denominator = difference(now, then)
    ended = [group for group in valid_groups(world, asked) if group.ends < later]
    assert denominator == -sum(group.number for group in ended)
    assert numerator <= 0


@given(prolonged_worlds(), listings)
def test_a_product_is_new_once_and_comes_and_goes_in_turn(world: World, listing: str) -> None:
    by_product: dict[object, list[Event]] = {}
    for event in share_events(valid_days(world, listing), *EVER):
        by_product.setdefault(event.record, []).append(event)
    for found in by_product.values():
        assert [event.cause for event in found].count(events.NEW) == 1
        assert found[0].cause == events.NEW
        turns = [event.denominator for event in found if event.denominator]
        assert turns == [1, -1] * (len(turns) // 2)
        places = [event.numerator for event in found if event.numerator]
        assert places == [1, -1] * (len(places) // 2)


@st.composite
def rows(draw: st.DrawFn) -> list[CountedRow]:
    """Records that count from a day, some until another, which may be the same or before."""
    spans = st.tuples(DAYS, st.none() | DAYS | st.integers(0, 2))
    return [
        CountedRow(n, first, first + until * DAY if isinstance(until, int) else until)
        for n, (first, until) in enumerate(draw(st.lists(spans, max_size=8)))
    ]


@given(rows(), some_days)
def test_the_events_of_a_count_between_any_two_days_are_its_difference(
    counted: list[CountedRow], days: list[date]
) -> None:
    def plainly(on: date) -> int:
        return sum(
            row.counts_from <= on and (row.counts_until is None or on < row.counts_until)
            for row in counted
        )

    series = levels(count_events(counted, *EVER), days)
    assert [level.numerator for level in series] == [plainly(on) for on in days]
    for (earlier, before), (later, after) in pairwise(zip(days, series, strict=True)):
        assert moved(count_events(counted, earlier, later)) == difference(before, after)
