"""The oracle against examples worked out by hand from the domain page: limits by date and
district, and the table of states."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.support import oracle
from tests.support.cases import every_case
from tests.support.oracle import Listing, Product, Recognition
from tests.support.oracle.examples import (
    allocation,
    day_of,
    found_in,
    new,
    product,
    rights,
    row,
    some,
    tasks,
    traced,
    value,
    world,
)

D = date.fromisoformat


QUOTA = (allocation(2),)


def firsts(number: int) -> tuple[Product, ...]:
    return tuple(product("2022-01-01") for _ in range(number))


# --- Limits by date and district ------------------------------------------------------------------

RAISED = tuple(
    value(threshold, aim, since, year)
    for year in (2022, 2023, 2024, 2025)
    for threshold, aim, since in ((25, 30, "2022-04-13"), (40, None, "2023-06-01"))
)


@every_case(
    "day,period,threshold,aim",
    [
        ("2022-01-01", "2022", "25", "30"),
        ("2023-05-31", "2023", "25", "30"),
        ("2023-06-01", "2023", "40", None),
        ("2023-05-31", "2024", "25", "30"),
        ("2023-06-01", "2024", "40", None),
        # 2022 was closed when the limit was raised.
        ("2025-06-01", "2022", "25", "30"),
    ],
)
def test_the_limit_is_the_one_in_force_on_the_day_that_counts(
    day: str, period: str, threshold: str, aim: Any
) -> None:
    found = row(world(new(values=RAISED)), day, period=period)
    assert (found["threshold"], found["aim"]) == (threshold, aim)


LATE = allocation(2, given_from="2022-06-01")
AFTER = allocation(2, given_from="2023-01-01")


@every_case(
    "target,day,period,pending,threshold",
    [
        (new(allocations=(allocation(2),)), "2022-05-31", "2022", False, "2"),
        (new(allocations=(allocation(2),)), "2023-05-31", "2023", False, None),
        (new(allocations=(allocation(2, district="848"),)), "2022-05-31", "2022", False, None),
        (new(allocations=(LATE,)), "2022-05-31", "2022", False, None),
        (new(allocations=(LATE,)), "2022-06-01", "2022", False, "2"),
        (new(allocations=(AFTER,)), "2023-06-01", "2022", False, None),
        (tasks(allocations=(LATE, allocation(3, 2024))), "2022-05-31", "plan", False, "3"),
        (tasks(allocations=(LATE, allocation(3, 2024))), "2022-06-01", "plan", False, "5"),
        (tasks(allocations=(allocation(0),)), "2022-06-01", "plan", False, "0"),
        (
            tasks(allocations=(allocation(2, status="submitted"),)),
            "2022-06-01",
            "plan",
            False,
            None,
        ),
        (tasks(allocations=(allocation(2, status="submitted"),)), "2022-06-01", "plan", True, "2"),
        (traced(50), "2022-06-01", "plan", False, "50"),
    ],
)
def test_a_district_has_the_quota_given_by_the_day_and_the_plans_own_share(
    target: oracle.Target, day: str, period: str, pending: bool, threshold: Any
) -> None:
    found = row(world(target), day, "844", period, pending)
    assert (found["threshold"], found["aim"]) == (threshold, None)
    if threshold is None:
        none = {"met": None, "gap": None, "expected": None, "actual": "0", "state": "no_target"}
        assert found_in(found, none) == none


def test_what_is_missing_is_told_in_whole_units() -> None:
    made = world(rights(values=(value(Decimal("2.5")),)))
    assert [row(made, "2022-06-01")[name] for name in ("threshold", "gap")] == ["2.5", 3]


# --- Counts and shares ----------------------------------------------------------------------------


@every_case(
    "target,number,day,unit,period,state",
    [
        # Above the aim, or above the limit where there is no aim.
        (new(2, 3), 2, "2022-06-01", "84", "2022", "met"),
        (new(2, 3), 3, "2022-06-01", "84", "2022", "met"),
        (new(2, 3), 4, "2022-06-01", "84", "2022", "exceeded"),
        (new(2), 2, "2022-06-01", "84", "2022", "met"),
        (new(2), 3, "2022-06-01", "84", "2022", "exceeded"),
        (new(2, 2), 3, "2024-06-01", "84", "2022", "exceeded"),
        # A district has no aim.
        (new(9, 99, allocations=QUOTA), 2, "2022-06-01", "844", "2022", "met"),
        (new(9, 99, allocations=QUOTA), 3, "2022-06-01", "844", "2022", "exceeded"),
        (new(9, allocations=(allocation(0),)), 0, "2022-06-01", "844", "2022", "met"),
        (new(9, allocations=(allocation(0),)), 1, "2022-06-01", "844", "2022", "exceeded"),
        # Before the window, with a quota or without.
        (new(2), 0, "2022-12-31", "84", "2023", "not_due"),
        (new(2), 0, "2023-01-01", "84", "2023", "on_track"),
        (new(2), 0, "2022-12-31", "844", "2023", "not_due"),
        (new(2), 0, "2023-01-01", "844", "2023", "no_target"),
        (new(2), 0, "2024-01-01", "844", "2023", "no_target"),
        # On its last day.
        (new(2), 1, "2022-12-30", "84", "2022", "on_track"),  # 364 × 2/365: 1
        (new(2), 1, "2022-12-31", "84", "2022", "missed"),
        (new(2), 1, "2023-01-01", "84", "2022", "missed"),
        (new(2), 2, "2022-12-31", "84", "2022", "met"),
        # Of 8 a year, 3 are expected by the 182nd day and 4 from the 183rd on.
        (new(8), 3, "2022-07-01", "84", "2022", "on_track"),
        (new(8), 3, "2022-07-02", "84", "2022", "attention"),
        (new(8), 2, "2022-07-01", "84", "2022", "behind"),
        (new(8), 4, "2022-07-02", "84", "2022", "on_track"),
        # Nobody is behind for 0 of 0.07.
        (new(25), 0, "2022-01-14", "84", "2022", "on_track"),
        (new(25), 0, "2022-01-15", "84", "2022", "behind"),
    ],
)
def test_states_of_a_count(
    target: oracle.Target, number: int, day: str, unit: str, period: str, state: str
) -> None:
    assert row(world(target, products=firsts(number)), day, unit, period)["state"] == state


@every_case(
    "percent,number,state",
    [
        (75, 3, "attention"),
        (76, 3, "behind"),
        (50, 2, "attention"),
        (51, 2, "behind"),
        (0, 0, "attention"),
    ],
)
def test_attention_begins_at_the_plans_own_percent(percent: int, number: int, state: str) -> None:
    """4 are expected."""
    made = world(new(8), products=firsts(number), attention_percent=percent)
    assert row(made, "2022-07-02")["state"] == state


@every_case(
    "numerator,denominator,day,state",
    [
        # Expected 25 %: of 16 products 4, of 19 as well, of 3 none.
        (4, 16, "2024-01-01", "on_track"),
        (3, 16, "2024-01-01", "attention"),
        (2, 16, "2024-01-01", "behind"),
        (4, 19, "2024-01-01", "on_track"),
        (4, 20, "2024-01-01", "attention"),
        (0, 3, "2024-01-01", "on_track"),
        (0, 4, "2024-01-01", "behind"),
        (0, 0, "2024-01-01", "no_data"),
        (0, 0, "2025-12-31", "no_data"),
        (0, 4, "2021-12-31", "not_due"),
        (8, 16, "2025-12-30", "on_track"),  # 49.97 % of 16: 7
        (8, 16, "2025-12-31", "missed"),
        (8, 16, "2027-12-31", "missed"),
        (9, 16, "2025-12-31", "met"),
        (16, 16, "2024-06-01", "met"),
    ],
)
def test_states_of_a_share(numerator: int, denominator: int, day: str, state: str) -> None:
    """Certificates from 1/7/2023 to 1/7/2026; those asked before the plan are older."""
    decided = "2021-01-01" if day < "2022" else "2023-07-01"
    made = world(traced(50), products=some(numerator, denominator, decided, "2023-07-01"))
    assert row(made, day)["state"] == state


# --- Slipping -------------------------------------------------------------------------------------


def one(*decided: str, ends: str | None = None, revoked: str | None = None) -> Product:
    """A traced product with these recognitions; `revoked`: the first one's."""
    first, *others = map(D, decided)
    made = [Recognition(first, revoked_on=day_of(revoked)), *map(Recognition, others)]
    listing = Listing(D("2022-01-01"), day_of(ends))
    return Product(recognitions=tuple(made), enrolments=(listing,))


LONG = (one("2024-01-01"), product("2024-01-01"))
"""1 of 2 from 1/1/2024 on."""


@every_case(
    "products,day,state",
    [
        # 2 of 3, and 1 of 2 once the first one's certificate has ended on 1/6/2025.
        ((one("2022-06-01"), *LONG), "2024-06-01", "met"),
        ((one("2022-06-01"), *LONG), "2024-06-02", "slipping"),
        ((one("2022-06-01"), *LONG), "2025-06-01", "slipping"),
        ((one("2022-06-01"), *LONG), "2025-06-02", "on_track"),  # 42.7 % of 2: 0
        # Renewed by the day, and after it.
        ((one("2022-06-01", "2024-06-02"), *LONG), "2024-06-02", "met"),
        ((one("2022-06-01", "2024-06-03"), *LONG), "2024-06-02", "slipping"),
        # Nothing left at all.
        ((one("2022-06-01"),), "2024-06-01", "met"),
        ((one("2022-06-01"),), "2024-06-02", "slipping"),
        # An end that is on record already.
        ((one("2024-01-01", ends="2025-03-01"),), "2024-02-29", "met"),
        ((one("2024-01-01", ends="2025-03-01"),), "2024-03-01", "slipping"),
        ((one("2024-01-01", ends="2026-01-01"),), "2025-12-30", "met"),
        ((one("2024-01-01", ends="2025-12-31"),), "2025-12-30", "slipping"),
        # A year after 29/2/2024 is 28/2/2025.
        ((one("2022-02-28"),), "2024-02-29", "met"),
        ((one("2022-02-28"),), "2024-03-01", "slipping"),
        # Not beyond the plan's end.
        ((one("2022-12-31"),), "2025-06-01", "met"),
        ((one("2022-12-30"),), "2025-06-01", "slipping"),
        ((one("2022-12-30"),), "2025-12-30", "slipping"),
        ((one("2022-12-31"),), "2025-12-31", "met"),
        ((one("2022-12-31"),), "2026-12-31", "met"),
        # Three years ahead in 2022: no alarm.
        ((one("2022-06-01"),), "2022-06-01", "met"),
        # A revocation is not known before its day.
        ((one("2024-01-01", revoked="2024-09-01"),), "2024-08-31", "met"),
        ((one("2024-01-01", revoked="2024-09-01"),), "2024-09-01", "no_data"),
        ((one("2023-01-01", "2024-01-01", revoked="2024-09-01"),), "2024-09-01", "met"),
        ((one("2024-01-01", "2022-06-01", revoked="2024-09-01"),), "2024-09-01", "slipping"),
    ],
)
def test_a_share_slips_that_would_not_be_met_in_a_year(
    products: tuple[Product, ...], day: str, state: str
) -> None:
    assert row(world(traced(50), products=products), day)["state"] == state


def test_what_starts_after_the_day_does_not_keep_a_share() -> None:
    recognised = (Recognition(D("2024-01-01")),)
    listings = (Listing(D("2024-01-01"), D("2025-01-01")), Listing(D("2024-02-02")))
    made = world(traced(50), products=(Product(recognitions=recognised, enrolments=listings),))
    assert row(made, "2024-02-01")["state"] == "slipping"
    assert row(made, "2024-02-02")["state"] == "met"


@every_case("key,value", [("state", "missed"), ("gap", 15), ("met", False), ("actual", "0")])
def test_a_plan_without_any_record_is_missed(key: str, value: Any) -> None:
    assert row(world(tasks()), "2030-01-01")[key] == value
