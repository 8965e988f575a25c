"""What is still needed a month: whole units missing by whole months left, at every boundary."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from targets.periods import months_left
from targets.progress.progress import pace

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)


def test_months_left_and_units_a_month_at_every_boundary() -> None:
    cases = [
        # (missing, first, last, day) → (months, a month), None: nothing is said
        ((25, FIRST, LAST, date(2023, 3, 5)), (12, 3)),  # long before the window
        ((25, FIRST, LAST, date(2023, 12, 31)), (12, 3)),  # the day before it
        ((25, FIRST, LAST, FIRST), (12, 3)),
        ((25, FIRST, LAST, date(2024, 1, 31)), (12, 3)),  # a month ends: it is still the current
        ((25, FIRST, LAST, date(2024, 2, 1)), (11, 3)),
        ((25, FIRST, LAST, date(2024, 2, 28)), (11, 3)),
        ((25, FIRST, LAST, date(2024, 2, 29)), (11, 3)),  # a leap year
        ((25, FIRST, LAST, date(2024, 3, 1)), (10, 3)),
        ((25, FIRST, LAST, date(2024, 11, 30)), (2, 13)),
        ((25, FIRST, LAST, date(2024, 12, 1)), (1, 25)),  # the last month
        ((25, FIRST, LAST, date(2024, 12, 30)), (1, 25)),
        ((25, FIRST, LAST, LAST), (1, 25)),  # the last day
        ((25, FIRST, LAST, date(2025, 1, 1)), None),  # closed
        ((25, FIRST, LAST, date(2030, 1, 1)), None),
        ((12, FIRST, LAST, FIRST), (12, 1)),  # without a rest
        ((13, FIRST, LAST, FIRST), (12, 2)),
        ((1, FIRST, LAST, FIRST), (12, 1)),
        ((0, FIRST, LAST, FIRST), None),
        ((None, FIRST, LAST, FIRST), None),
        ((0, FIRST, LAST, LAST), None),
        ((7, date(2022, 1, 1), date(2025, 12, 31), date(2022, 1, 1)), (48, 1)),
        # windows that begin and end within a month: every month they touch
        ((7, date(2024, 4, 13), date(2024, 6, 10), date(2024, 4, 12)), (3, 3)),
        ((7, date(2024, 4, 13), date(2024, 6, 10), date(2024, 4, 30)), (3, 3)),
        ((7, date(2024, 4, 13), date(2024, 6, 10), date(2024, 6, 10)), (1, 7)),
        ((7, date(2024, 4, 13), date(2024, 6, 10), date(2024, 6, 11)), None),
        ((7, date(2024, 5, 5), date(2024, 5, 5), date(2024, 5, 5)), (1, 7)),
    ]
    wrong = []
    for asked, wanted in cases:
        found = pace(*asked)
        shown_text = None if found is None else (found.months, found.a_month)
        if shown_text != wanted or (found is not None and found.gap != asked[0]):
            wrong.append((asked, wanted, found))
    assert wrong == []


days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(st.integers(1, 500), days, days, days)
def test_it_is_the_least_whole_number_that_reaches_the_limit_in_time(
    missing: int, one: date, other: date, day: date
) -> None:
    start, end = min(one, other), max(one, other)
    found = pace(missing, start, end, day)
    assert (found is None) == (day > end)
    if found is not None:
        assert found.a_month * found.months >= missing > (found.a_month - 1) * found.months
        assert found.months == months_left(start, end, day) >= 1
