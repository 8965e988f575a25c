"""The oracle against examples worked out by hand from the domain page: what counts on a day."""

from datetime import date
from typing import Any

from tests.support import oracle
from tests.support.cases import every_case
from tests.support.oracle import Listing, Product, Recognition, Right, Task
from tests.support.oracle.examples import (
    allocation,
    count_of,
    day_of,
    new,
    product,
    rights,
    row,
    sold,
    tasks,
    traced,
    world,
)
from tests.support.worlds import days_to_ask, random_world

D = date.fromisoformat


def recognitions(*given: Any) -> oracle.World:
    """One product with recognitions (day, rank, day of revocation, status)."""
    made = [
        Recognition(D(one[0]), *(one[1:2] or ("rank_3",)), *map(day_of, one[2:3]), *one[3:])
        for one in given
    ]
    return world(new(), products=(Product(recognitions=tuple(made)),))


# --- Certificates, ranks, stock -------------------------------------------------------------------

REVOKED = ("2022-08-22", "rank_3", "2023-05-10")


@every_case(
    "given,day,valid",
    [
        ([("2022-08-31",)], "2022-08-30", 0),
        ([("2022-08-31",)], "2022-08-31", 1),
        ([("2022-08-31",)], "2025-08-31", 1),
        ([("2022-08-31",)], "2025-09-01", 0),
        ([("2022-12-30",)], "2025-12-30", 1),
        ([("2022-12-30",)], "2025-12-31", 0),
        ([("2024-02-29",)], "2027-02-28", 1),
        ([("2024-02-29",)], "2027-03-01", 0),
        ([("2021-02-28",)], "2024-02-28", 1),
        ([("2021-02-28",)], "2024-02-29", 0),
        ([REVOKED], "2023-05-09", 1),
        ([REVOKED], "2023-05-10", 0),
        ([("2022-08-22", "rank_3", "2022-08-22")], "2022-08-22", 0),
        # Another certificate of the product stays.
        ([REVOKED, ("2022-12-30",)], "2023-05-10", 1),
        ([("2020-01-01",), ("2023-01-01",)], "2023-01-01", 1),
        ([("2020-01-01",), ("2023-01-02",)], "2023-01-01", 1),
        ([("2020-01-01",), ("2023-01-03",)], "2023-01-02", 0),
    ],
)
def test_a_certificate_is_valid_through_36_months_unless_revoked(
    given: Any, day: str, valid: int
) -> None:
    answer = oracle.progress(recognitions(*given), D(day), "84", False)
    assert answer["stock"]["total"] == valid


@every_case(
    "given,day,rank",
    [
        ([("2022-01-01", "rank_3"), ("2022-01-01", "rank_4")], "2022-01-01", "rank_4"),
        ([("2022-01-01", "potential_5"), ("2022-01-01", "rank_4")], "2022-01-01", "potential_5"),
        ([("2022-01-01", "potential_5"), ("2022-01-01", "rank_5")], "2022-01-01", "rank_5"),
        ([("2022-01-01", "rank_4"), ("2023-01-01", "rank_3")], "2022-12-31", "rank_4"),
        ([("2022-01-01", "rank_4"), ("2023-01-01", "rank_3")], "2023-01-01", "rank_3"),
        # The later one revoked: the one before it gives the rank again.
        (
            [("2022-01-01", "rank_3"), ("2023-01-01", "rank_4", "2023-07-01")],
            "2023-06-30",
            "rank_4",
        ),
        (
            [("2022-01-01", "rank_3"), ("2023-01-01", "rank_4", "2023-07-01")],
            "2023-07-01",
            "rank_3",
        ),
    ],
)
def test_the_latest_valid_recognition_gives_the_rank(given: Any, day: str, rank: str) -> None:
    stock = oracle.progress(recognitions(*given), D(day), "84", False)["stock"]
    assert {name: stock[name] for name in stock if stock[name] and name != "producers"} == {
        "total": 1,
        rank: 1,
    }


@every_case(
    "status,verified,with_pending",
    [("verified", 1, 1), ("submitted", 0, 1), ("returned", 0, 0), ("draft", 0, 0)],
)
def test_only_verified_records_count_and_submitted_ones_in_the_preview(
    status: str, verified: int, with_pending: int
) -> None:
    made = recognitions(("2022-08-22", "rank_3", None, status))
    for pending, wanted in ((False, verified), (True, with_pending)):
        answer = oracle.progress(made, D("2022-12-31"), "84", pending)
        assert answer["stock"]["total"] == wanted
        assert answer["targets"][0]["actual"] == str(wanted)


def test_the_stock_counts_products_by_rank_and_each_producer_once() -> None:
    one = world(
        new(),
        products=(
            product("2022-08-22", producer="A"),
            product("2022-08-22", producer="A"),
            product("2022-08-22", producer="B", district="848"),
            product("2019-01-01", producer="C"),
        ),
    )
    ranks = {"rank_4": 0, "potential_5": 0, "rank_5": 0}
    for unit, total, producers in (("84", 3, 2), ("844", 2, 1), ("848", 1, 1), ("842", 0, 0)):
        stock = oracle.progress(one, D("2022-12-31"), unit, False)["stock"]
        assert stock == {"total": total, "rank_3": total, **ranks, "producers": producers}


# --- Newly recognised -----------------------------------------------------------------------------

IN_YEAR = ("2022-03-01", "rank_3", "2022-10-01")


@every_case(
    "given,day,year,counted",
    [
        ([("2022-12-31",)], "2022-12-30", "2022", 0),
        ([("2022-12-31",)], "2022-12-31", "2022", 1),
        ([("2022-12-31",)], "2023-12-31", "2023", 0),
        ([("2022-08-22",), ("2023-08-22", "rank_4")], "2023-12-31", "2022", 1),
        ([("2022-08-22",), ("2023-08-22", "rank_4")], "2023-12-31", "2023", 0),
        ([("2022-08-22",), ("2022-08-22", "rank_4")], "2022-12-31", "2022", 1),
        # Known since before the plan, lapsed or not.
        ([("2018-12-31",), ("2022-08-22",)], "2022-12-31", "2022", 0),
        # Revoked in the year of its decision: from that day on it never made the product one.
        ([IN_YEAR], "2022-09-30", "2022", 1),
        ([IN_YEAR], "2022-10-01", "2022", 0),
        ([("2022-03-01", "rank_3", "2022-03-01")], "2022-03-01", "2022", 0),
        ([("2022-03-01", "rank_3", "2022-12-31")], "2025-12-31", "2022", 0),
        ([IN_YEAR, ("2023-02-01",)], "2023-12-31", "2022", 0),
        ([IN_YEAR, ("2023-02-01",)], "2023-12-31", "2023", 1),
        ([IN_YEAR, ("2022-11-01",)], "2022-12-31", "2022", 1),
        ([("2021-03-01", "rank_3", "2021-10-01"), ("2022-02-01",)], "2022-12-31", "2022", 1),
        (
            [IN_YEAR, ("2023-02-01", "rank_3", "2023-02-02"), ("2024-02-29",)],
            "2025-01-01",
            "2024",
            1,
        ),
        # Revoked after that year: the year stays, what follows is no first one.
        ([("2022-03-01", "rank_3", "2023-01-01"), ("2023-02-01",)], "2023-12-31", "2022", 1),
        ([("2022-03-01", "rank_3", "2023-01-01"), ("2023-02-01",)], "2023-12-31", "2023", 0),
    ],
)
def test_new_is_what_was_first_recognised_in_the_year(
    given: Any, day: str, year: str, counted: int
) -> None:
    assert row(recognitions(*given), day, period=year)["actual"] == str(counted)


def test_each_basis_has_a_first_recognition_of_its_own() -> None:
    made = recognitions(("2022-05-01", "rank_3", None, "submitted"), ("2023-05-01",))
    found = {
        (pending, year): row(made, "2023-12-31", period=year, pending=pending)["actual"]
        for pending in (False, True)
        for year in ("2022", "2023")
    }
    assert found == {
        (False, "2022"): "0",
        (False, "2023"): "1",
        (True, "2022"): "1",
        (True, "2023"): "0",
    }


# --- Listings and enrolments ----------------------------------------------------------------------

LISTED = Listing(D("2022-09-01"), D("2023-03-15"))


@every_case(
    "listings,day,counted",
    [
        ([LISTED], "2022-08-31", 0),
        ([LISTED], "2022-09-01", 1),
        ([LISTED], "2023-03-14", 1),
        ([LISTED], "2023-03-15", 0),
        ([Listing(D("2022-09-01"), D("2022-09-01"))], "2022-09-01", 0),
        ([LISTED, Listing(D("2023-03-15"), where="shopee")], "2023-03-15", 1),
        ([LISTED, Listing(D("2022-10-01"), where="shopee")], "2022-12-31", 1),
        ([Listing(D("2022-09-01"), counted=False)], "2022-12-31", 0),
        ([Listing(D("2022-09-01"), counted=False), LISTED], "2022-12-31", 1),
        ([Listing(D("2022-09-01"), status="submitted")], "2022-12-31", 0),
    ],
)
def test_a_product_is_listed_once_while_a_counted_listing_is_active(
    listings: list[Listing], day: str, counted: int
) -> None:
    recognised = (Recognition(D("2021-01-01")), Recognition(D("2022-08-22")))
    on_floors = Product(recognitions=recognised, listings=tuple(listings))
    in_systems = Product(recognitions=recognised, enrolments=tuple(listings))
    other = Product(recognitions=recognised)
    for target, first, second in (
        (sold(), on_floors, in_systems),
        (traced(), in_systems, on_floors),
    ):
        found = row(world(target, products=(first, second, other)), day)
        assert (found["numerator"], found["denominator"]) == (counted, 3)


def test_a_listing_of_a_product_without_certificate_does_not_count() -> None:
    made = world(sold(), products=(product("2019-06-01", sold="2019-06-01"), product("2021-01-01")))
    assert [row(made, "2022-06-01")[name] for name in ("numerator", "denominator")] == [1, 2]
    assert [row(made, "2022-06-02")[name] for name in ("numerator", "denominator")] == [0, 1]


# --- Rights and tasks -----------------------------------------------------------------------------


def a_right(**days: Any) -> Right:
    given = {name: D(value) if name.endswith("_on") else value for name, value in days.items()}
    return Right(**{"kind": "trademark", "filed_on": D("2021-03-01"), **given})


@every_case(
    "right,day,counted",
    [
        (a_right(), "2022-12-31", 0),
        (a_right(granted_on="2021-12-31"), "2022-12-31", 0),
        (a_right(granted_on="2022-01-01"), "2022-01-01", 1),
        (a_right(granted_on="2022-06-02"), "2022-06-01", 0),
        (a_right(granted_on="2022-06-02"), "2022-06-02", 1),
        (a_right(granted_on="2025-12-31"), "2027-01-01", 1),
        (a_right(granted_on="2026-01-01"), "2027-01-01", 0),
        (a_right(granted_on="2022-06-02", cancelled_on="2023-01-01"), "2022-12-31", 1),
        (a_right(granted_on="2022-06-02", cancelled_on="2023-01-01"), "2023-01-01", 0),
        (a_right(granted_on="2022-06-02", cancelled_on="2025-12-31"), "2027-01-01", 0),
        # A closed window is judged on its last day.
        (a_right(granted_on="2022-06-02", cancelled_on="2026-01-01"), "2027-01-01", 1),
        (a_right(granted_on="2022-06-02", refused_on="2022-06-02"), "2022-12-31", 0),
        (a_right(granted_on="2022-06-02", withdrawn_on="2022-06-02"), "2022-12-31", 0),
        (a_right(granted_on="2022-06-02", ended_on="2022-07-01"), "2022-12-31", 1),
        (a_right(granted_on="2022-06-02", supported=False), "2022-12-31", 0),
        (a_right(granted_on="2022-06-02", kind="collective_mark"), "2022-12-31", 0),
        (a_right(granted_on="2022-06-02", status="submitted"), "2022-12-31", 0),
    ],
)
def test_a_right_counts_when_granted_in_the_plan_and_not_cancelled(
    right: Right, day: str, counted: int
) -> None:
    assert row(world(rights(), rights=(right,)), day)["actual"] == str(counted)


@every_case(
    "target,right,counted",
    [
        (rights(supported_only=False), a_right(granted_on="2022-06-02", supported=False), 1),
        (rights(kinds=("invention", "trademark")), a_right(granted_on="2022-06-02"), 1),
        (rights(event="filed"), a_right(filed_on="2022-02-01"), 1),
        (rights(event="filed"), a_right(filed_on="2021-12-31", granted_on="2022-06-02"), 0),
        (rights(event="filed"), a_right(filed_on="2022-02-01", refused_on="2022-05-01"), 0),
        (rights(event="supported"), a_right(supported_on="2022-02-01"), 1),
        (rights(event="supported"), a_right(granted_on="2022-02-01"), 0),
    ],
)
def test_a_target_says_which_rights_count_and_on_which_day(
    target: oracle.Target, right: Right, counted: int
) -> None:
    assert row(world(target, rights=(right,)), "2022-12-31")["actual"] == str(counted)


@every_case(
    "task,day,counted",
    [
        (Task(D("2021-12-31")), "2022-12-31", 0),
        (Task(D("2022-01-01")), "2022-01-01", 1),
        (Task(D("2022-05-05")), "2022-05-04", 0),
        (Task(D("2026-01-01")), "2026-06-01", 0),
        (Task(D("2022-05-05"), D("2022-08-01")), "2022-07-31", 1),
        (Task(D("2022-05-05"), D("2022-08-01")), "2022-08-01", 0),
        (Task(D("2022-05-05"), D("2026-01-01")), "2026-06-01", 1),
        (Task(D("2022-05-05"), status="returned"), "2022-12-31", 0),
    ],
)
def test_a_task_counts_when_approved_in_the_plan_and_not_cancelled(
    task: Task, day: str, counted: int
) -> None:
    assert row(world(tasks(), tasks=(task,)), day)["actual"] == str(counted)


# --- Units ----------------------------------------------------------------------------------------


def test_what_belongs_to_no_district_is_the_provinces_alone() -> None:
    provincial = a_right(granted_on="2022-06-02", district=None)
    made = world(
        rights(allocations=(allocation(2),)), rights=(provincial, a_right(granted_on="2022-06-02"))
    )
    assert [count_of(made, "2022-12-31", unit) for unit in ("84", "844", "848")] == [2, 1, 0]


@every_case("seed", range(20))
def test_districts_add_up_to_the_province(seed: int) -> None:
    made = random_world(seed)
    given = [one for one in (*made.rights, *made.tasks) if one.district is None]
    for day in days_to_ask(lambda options: options[seed % len(options)], made, 2):
        for pending in (False, True):
            answers = [
                oracle.progress(made, day, unit, pending) for unit in ("84", "842", "844", "848")
            ]
            totals = [one["stock"]["total"] for one in answers]
            assert totals[0] == sum(totals[1:])
            for province, *districts in zip(*[one["targets"] for one in answers], strict=True):
                if province["kind"] == "share":
                    for name in ("numerator", "denominator"):
                        assert province[name] == sum(one[name] for one in districts)
                elif province["code"] == "OCOP-NEW" or not given:
                    counts = [int(one["actual"]) for one in districts]
                    assert int(province["actual"]) == sum(counts)
