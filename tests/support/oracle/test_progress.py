"""The oracle against examples worked out by hand from the domain page: limits, pace and states.

The plan has 1,461 days, 2022 has 365, 2024 has 366.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.support import oracle
from tests.support.cases import every_case
from tests.support.oracle import Listing, Product, Recognition
from tests.support.oracle.examples import (
    allocation,
    found_in,
    milestone,
    new,
    product,
    row,
    sold,
    some,
    tasks,
    traced,
    world,
)

D = date.fromisoformat
WHOLE_PLAN = ("2021-12-31", "2022-01-01")
"""Decided and traced before the plan; the certificate ends on 31/12/2024."""


def firsts(number: int, decided_on: str = "2022-01-01") -> tuple[Product, ...]:
    return tuple(product(decided_on) for _ in range(number))


# --- Shape ----------------------------------------------------------------------------------------


def test_the_answer_has_the_shape_of_the_interfaces_page() -> None:
    """92 of 184 on 31/12/2022: the page's own example."""
    made = world(traced(), products=some(92, 184, "2022-12-30", "2022-12-30"))
    assert oracle.progress(made, D("2022-12-31"), "84", False) == {
        "plan": "20-CT/TU",
        "as_of": "2022-12-31",
        "unit": "84",
        "pending": False,
        "targets": [
            {
                "code": "TRACE-SHARE",
                "period": "plan",
                "kind": "share",
                "operator": ">",
                "threshold": "50",
                "aim": None,
                "numerator": 92,
                "denominator": 184,
                "actual": "50.0",
                "met": False,
                "gap": 1,
                "expected": "12.5",
                "state": "on_track",
                "counted_at": "2022-12-31",
            }
        ],
        "stock": {
            "total": 184,
            "rank_3": 184,
            "rank_4": 0,
            "potential_5": 0,
            "rank_5": 0,
            "producers": 1,
        },
    }


def test_a_yearly_count_comes_once_a_year() -> None:
    made = world(new(25, 30), products=firsts(104, "2022-08-22"))
    rows = oracle.progress(made, D("2022-12-31"), "84", False)["targets"]
    assert [one["period"] for one in rows] == ["2022", "2023", "2024", "2025"]
    assert rows[0] == {
        "code": "OCOP-NEW",
        "period": "2022",
        "kind": "count",
        "operator": ">=",
        "threshold": "25",
        "aim": "30",
        "numerator": None,
        "denominator": None,
        "actual": "104",
        "met": True,
        "gap": 0,
        "expected": "25",
        "state": "exceeded",
        "counted_at": "2022-12-31",
    }
    wanted = {"actual": "0", "met": False, "gap": 25, "expected": None, "state": "not_due"}
    assert found_in(rows[1], wanted) == wanted


# --- Met, gap, printed share ----------------------------------------------------------------------


@every_case(
    "limit,numerator,denominator,actual,met,gap",
    [
        (50, 52, 104, "50.0", False, 1),
        (50, 52, 103, "50.4", True, 0),
        (50, 51, 104, "49.0", False, 2),
        (50, 0, 3, "0.0", False, 2),
        (70, 7, 10, "70.0", False, 1),
        (70, 0, 10, "0.0", False, 8),
        (100, 2, 2, "100.0", False, 1),
        (0, 0, 2, "0.0", False, 1),
        (0, 1, 2, "50.0", True, 0),
        # 33.333… %: one decimal would read as the limit itself.
        ("33.3", 1, 3, "33.33", True, 0),
        ("33.333", 1, 3, "33.3333", True, 0),
        ("33.334", 1, 3, "33.3", False, 1),
        ("66.667", 2, 3, "66.6", False, 1),
        ("50", 501, 1001, "50.04", True, 0),
        ("50", 0, 0, None, None, None),
    ],
)
def test_a_share_is_compared_exactly_and_printed_towards_not_met(
    limit: Any, numerator: int, denominator: int, actual: Any, met: Any, gap: Any
) -> None:
    made = world(traced(limit), products=some(numerator, denominator, *WHOLE_PLAN))
    wanted = {
        "numerator": numerator,
        "denominator": denominator,
        "actual": actual,
        "met": met,
        "gap": gap,
    }
    assert found_in(row(made, "2022-01-01"), wanted) == wanted


def test_a_share_that_needs_just_its_limit_is_met_there() -> None:
    made = world(traced(operator=">="), products=some(1, 2, *WHOLE_PLAN))
    assert [row(made, "2022-01-01")[name] for name in ("actual", "met", "gap")] == ["50.0", True, 0]


@every_case(
    "limit,text",
    [("50", "50"), ("50.000", "50"), ("12.500", "12.5"), ("33.333", "33.333"), ("0", "0")],
)
def test_limits_are_printed_without_zeros_at_the_end(limit: str, text: str) -> None:
    assert row(world(traced(limit)), "2022-06-01")["threshold"] == text


# --- Closed windows -------------------------------------------------------------------------------

THEN = {"counted_at": "2025-12-31", "numerator": 1, "denominator": 2, "met": False, "gap": 1}
NOW = Product(
    # Certificates until 1/6/2026; the second listing starts after the plan.
    recognitions=(Recognition(D("2023-06-01")),),
    listings=(Listing(D("2026-02-01")),),
)


@every_case(
    "day,wanted",
    [
        (
            "2025-12-30",
            {"gap": 1, "counted_at": "2025-12-30", "now": "absent", "state": "on_track"},
        ),
        ("2025-12-31", {**THEN, "now": "absent", "state": "missed"}),
        (
            "2026-01-01",
            {
                **THEN,
                "state": "missed",
                "now": {"numerator": 1, "denominator": 2, "actual": "50.0"},
            },
        ),
        # What the level is now never changes the verdict.
        (
            "2026-02-01",
            {
                **THEN,
                "state": "missed",
                "now": {"numerator": 2, "denominator": 2, "actual": "100.0"},
            },
        ),
        (
            "2026-06-02",
            {**THEN, "state": "missed", "now": {"numerator": 0, "denominator": 0, "actual": None}},
        ),
    ],
)
def test_a_closed_level_is_judged_on_its_last_day(day: str, wanted: dict[str, Any]) -> None:
    made = world(sold(), products=(product("2023-06-01", sold="2023-06-01"), NOW))
    assert found_in(row(made, day), wanted) == wanted


def test_what_was_met_at_the_end_stays_met_and_the_stock_is_that_of_the_day() -> None:
    made = world(sold(), products=(product("2023-06-01", sold="2023-06-01"),))
    answer = oracle.progress(made, D("2028-01-01"), "84", False)
    wanted = {"numerator": 1, "denominator": 1, "state": "met", "expected": "70.0", "gap": 0}
    assert found_in(answer["targets"][0], wanted) == wanted
    assert answer["stock"]["total"] == 0


@every_case(
    "day,period,counted_at",
    [
        ("2023-05-01", "2022", "2022-12-31"),
        ("2023-05-01", "2023", "2023-05-01"),
        ("2023-05-01", "2024", "2023-05-01"),
        ("2021-05-01", "2022", "2021-05-01"),
    ],
)
def test_each_year_closes_by_itself(day: str, period: str, counted_at: str) -> None:
    found = row(world(new()), day, period=period)
    assert (found["counted_at"], "now" in found) == (counted_at, False)


# --- Expected -------------------------------------------------------------------------------------


@every_case(
    "target,day,period,expected",
    [
        (new(25), "2021-12-31", "2022", None),
        (new(25), "2022-01-01", "2022", "0"),  # 25/365
        (new(25), "2022-01-14", "2022", "0"),  # 14 × 25/365 = 0.96
        (new(25), "2022-01-15", "2022", "1"),  # 15 × 25/365 = 1.03
        (new(25), "2022-12-30", "2022", "24"),
        (new(25), "2022-12-31", "2022", "25"),
        (new(25), "2024-07-01", "2022", "25"),
        (new(366), "2024-02-29", "2024", "60"),
        (new(365), "2022-07-02", "2022", "183"),
        (tasks(15), "2022-04-07", "plan", "0"),  # day 97: 0.996
        (tasks(15), "2022-04-08", "plan", "1"),  # day 98: 1.006
        (tasks(15), "2025-12-30", "plan", "14"),
        # By 30/6/2022, the 181st day, 5; then 20 more in 184 days.
        (new(milestones=(milestone("2022-06-30", 5, 2022),)), "2022-03-31", "2022", "2"),
        (new(milestones=(milestone("2022-06-30", 5, 2022),)), "2022-06-29", "2022", "4"),
        (new(milestones=(milestone("2022-06-30", 5, 2022),)), "2022-06-30", "2022", "5"),
        (new(milestones=(milestone("2022-06-30", 5, 2022),)), "2022-09-29", "2022", "14"),
        (new(milestones=(milestone("2022-06-30", 5, 2022),)), "2022-09-30", "2022", "15"),
        (new(milestones=(milestone("2022-06-30", 5, 2022),)), "2022-12-31", "2022", "25"),
        (new(milestones=(milestone("2022-06-30", 5, 2022),)), "2023-01-15", "2023", "1"),
        # One a day from the first day on.
        (new(milestones=(milestone("2022-01-25", 25, 2022),)), "2022-01-01", "2022", "0"),
        (new(milestones=(milestone("2022-01-25", 25, 2022),)), "2022-01-12", "2022", "11"),
        (new(milestones=(milestone("2022-12-31", "20.5", 2022),)), "2022-12-31", "2022", "20"),
    ],
)
def test_a_count_is_expected_in_whole_units(
    target: oracle.Target, day: str, period: str, expected: Any
) -> None:
    assert row(world(target), day, period=period)["expected"] == expected


STONE = (milestone("2023-01-01", 60),)
HALF = some(1, 2, *WHOLE_PLAN)
SMALL = traced(milestones=(milestone("2022-01-11", "0.5"),))


@every_case(
    "target,products,day,expected",
    [
        (traced(50), (), "2021-12-31", None),
        (traced(50), (), "2022-01-01", "0.0"),
        (traced(50), (), "2022-01-02", "0.0"),  # 50 × 1/1460 = 0.034
        (traced(50), (), "2022-01-03", "0.1"),  # 50 × 2/1460 = 0.068
        (traced(50), (), "2022-12-31", "12.5"),  # 50 × 364/1460 = 12.466
        (traced(50), (), "2024-01-01", "25.0"),  # 730 days elapsed
        (traced(50), (), "2025-12-31", "50.0"),
        (traced(50), (), "2026-12-31", "50.0"),
        # From the baseline, 1 of 2, to the limit.
        (traced(70), HALF, "2021-12-31", None),
        (traced(70), HALF, "2022-01-01", "50.0"),
        (traced(70), HALF, "2024-01-01", "60.0"),
        (traced(70), HALF, "2025-12-31", "70.0"),
        # At its limit or above it from the start.
        (traced(50), HALF, "2022-01-01", "50.0"),
        (traced(50), HALF, "2024-01-01", "50.0"),
        (traced("33.333"), HALF, "2022-01-01", "33.3"),
        # The baseline is that of the first day, not of later.
        (traced(70), some(1, 2, "2022-01-01", "2022-01-01"), "2024-01-01", "60.0"),
        (traced(70), some(1, 2, "2022-01-02", "2022-01-02"), "2024-01-01", "35.0"),
        (traced(70), some(1, 2, "2021-12-31", "2022-01-02"), "2024-01-01", "35.0"),
        (traced(70), some(1, 2, "2018-12-31", "2019-01-01"), "2024-01-01", "35.0"),
        # A milestone 365 days on, then 1,095 more days.
        (traced(70, milestones=STONE), HALF, "2022-03-15", "52.0"),  # 73 days: a fifth of the way
        (traced(70, milestones=STONE), (), "2022-03-15", "12.0"),
        (traced(70, milestones=STONE), HALF, "2023-01-01", "60.0"),
        (traced(70, milestones=STONE), HALF, "2024-01-01", "63.3"),
        (traced(70, milestones=STONE), HALF, "2025-12-31", "70.0"),
        # 0.05 a day, printed half to even.
        (SMALL, (), "2022-01-02", "0.0"),
        (SMALL, (), "2022-01-04", "0.2"),
        (SMALL, (), "2022-01-06", "0.2"),
    ],
)
def test_a_share_is_expected_to_rise_from_its_baseline(
    target: oracle.Target, products: Any, day: str, expected: Any
) -> None:
    assert row(world(target, products=products), day)["expected"] == expected


def test_the_baseline_is_that_of_the_unit_and_of_the_basis() -> None:
    waiting = (Listing(D("2022-01-01"), status="submitted"),)
    made = world(
        traced(70),
        products=(
            product(*WHOLE_PLAN),
            product(WHOLE_PLAN[0], district="848"),
            replace(product(WHOLE_PLAN[0], district="842"), enrolments=waiting),
            product(WHOLE_PLAN[0], district="842"),
        ),
    )
    found = {
        (unit, pending): row(made, "2022-01-01", unit, pending=pending)["expected"]
        for unit in ("84", "844", "848", "842")
        for pending in (False, True)
    }
    assert found == {
        ("84", False): "25.0",
        ("84", True): "50.0",
        ("844", False): "70.0",
        ("844", True): "70.0",
        ("848", False): "0.0",
        ("848", True): "0.0",
        ("842", False): "0.0",
        ("842", True): "50.0",
    }


def test_milestones_of_a_count_are_the_provinces_and_those_of_a_share_everybodys() -> None:
    stones = (milestone("2022-06-30", 5, 2022),)
    made = world(new(milestones=stones, allocations=(allocation(10),)))
    assert row(made, "2022-06-30")["expected"] == "5"
    assert row(made, "2022-06-30", "844")["expected"] == "4"  # 181 × 10/365 = 4.96
    made = world(traced(70, milestones=STONE))
    assert row(made, "2023-01-01", "844")["expected"] == "60.0"
