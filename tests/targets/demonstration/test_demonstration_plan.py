"""The made-up records reproduce what was published and show every state of progress."""

import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest

from targets import demonstration
from targets.demonstration.names import districts, set_names
from targets.periods import month_ends, windows
from targets.progress import progress
from targets.progress.progress import Actual, Goal, assess
from tests.support.cases import every_case

ROOT = Path(__file__).parents[3]


class CertificateRow(NamedTuple):
    product_id: tuple
    decided_on: date
    valid_until: date
    revoked_on: date | None
    rank: int

    @property
    def last_day(self):
        before = self.revoked_on and self.revoked_on - timedelta(days=1)
        return min(self.valid_until, before or self.valid_until)


class EnrolmentRow(NamedTuple):
    product_id: tuple
    started_on: date
    ended_on: date | None


class Share(NamedTuple):
    numerator: int
    denominator: int


def stock_at(rows, day):
    """Valid products by rank, straight from the definition."""
    latest = {}
    for row in sorted(rows, key=lambda row: (row.decided_on, row.rank)):
        if row.decided_on <= day <= row.last_day:
            latest[row.product_id] = row.rank
    return Counter(latest.values())


def share_series(rows, enrolments, days, known_by=None):
    """Of the valid products those enrolled, straight from the definition."""
    found = []
    for day in days:
        known = known_by or day
        valid = {
            row.product_id
            for row in rows
            if row.decided_on <= known and row.decided_on <= day <= row.last_day
        }
        enrolled = {
            one.product_id
            for one in enrolments
            if one.started_on <= min(day, known) and (one.ended_on is None or one.ended_on > day)
        }
        found.append(Share(len(valid & enrolled), len(valid)))
    return found


RANKS = {"3 sao": 30, "4 sao": 40, "tiềm năng 5 sao": 45, "5 sao": 50}
SCORES = {30: (50, 70), 40: (70, 90), 45: (90, 100), 50: (90, 100)}
PLAN = (date(2022, 1, 1), date(2025, 12, 31))
CAU_NGANG = "Huyện Cầu Ngang"
UNCOUNTED = ("Facebook", "Zalo")
SEEN = sorted({*month_ends(date(2021, 6, 1), date(2026, 1, 31)), date(2025, 12, 30)})


def product_of(row):
    return row["Tên sản phẩm"], row["Chủ thể"]


def three_years_on(day):
    feb_29 = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 3, day=28 if feb_29 else day.day)


def rows_of(day=None):
    return [
        row
        for decision in demonstration.decisions()
        for row in decision.rows
        if day in (None, decision.decided_on)
    ]


def certificates(district=None):
    revoked = {
        (product_of(row), row["Ngày quyết định"]): row["Ngày thu hồi"]
        for row in demonstration.revocations()
    }
    return [
        CertificateRow(
            product_of(row),
            row["Ngày quyết định"],
            three_years_on(row["Ngày quyết định"]),
            revoked.get((product_of(row), row["Ngày quyết định"])),
            RANKS[row["Hạng sao"]],
        )
        for row in rows_of()
        if district in (None, row["Huyện"])
    ]


def traced():
    return [
        EnrolmentRow(product_of(row), row["Ngày tham gia"], row["Ngày kết thúc"])
        for row in demonstration.traceability()
    ]


def sold():
    return [
        EnrolmentRow(product_of(row), row["Ngày lên sàn"], row["Ngày gỡ"])
        for row in demonstration.listings()
        if row["Sàn"] not in UNCOUNTED
    ]


def producers_at(day):
    kinds = {row["Chủ thể"]: row["Loại hình"] for row in rows_of()}
    holding = {row.product_id[1] for row in certificates() if row.decided_on <= day <= row.last_day}
    return Counter(kinds[name] for name in holding)


# --- Published totals -----------------------------------------------------------------------------


@every_case(
    "day, three, four, potential, five",
    [
        (date(2022, 8, 21), 66, 9, 5, 0),
        (date(2022, 12, 31), 137, 38, 9, 0),
        (date(2024, 4, 5), 239, 42, 7, 3),
        (date(2025, 1, 15), 337, 46, 7, 3),
    ],
)
def test_valid_products_by_rank_are_those_published(day, three, four, potential, five):
    wanted = {30: three, 40: four, 45: potential, 50: five}
    assert stock_at(certificates(), day) == {rank: n for rank, n in wanted.items() if n}


@every_case(
    "day, total",
    [
        (date(2019, 12, 31), 30),
        (date(2022, 8, 21), 80),
        (date(2022, 8, 22), 104),
        (date(2022, 12, 31), 184),
        (date(2024, 4, 5), 291),
        (date(2025, 1, 15), 393),
    ],
)
def test_the_total_of_valid_products_is_that_published(day, total):
    assert stock_at(certificates(), day).total() == total


KIND_ORDER = ("Hợp tác xã", "Công ty", "Doanh nghiệp", "Hộ kinh doanh", "Tổ hợp tác")


@pytest.mark.parametrize(
    ("day", "by_kind"),
    [
        (date(2022, 8, 21), (8, 9, 2, 30, 0)),
        (date(2022, 12, 31), (19, 20, 5, 72, 2)),
        (date(2024, 4, 5), (30, 25, 6, 133, 3)),
    ],
)
def test_producers_with_a_valid_product_are_those_published_kind_by_kind(day, by_kind):
    counted = producers_at(day)
    assert tuple(counted[kind] for kind in KIND_ORDER) == by_kind


@every_case(
    "day, producers",
    [
        (date(2019, 12, 31), 23),
        (date(2022, 8, 21), 49),
        (date(2022, 12, 31), 118),
        (date(2024, 4, 5), 197),
        (date(2025, 1, 15), 250),
    ],
)
def test_the_number_of_producers_is_that_published(day, producers):
    assert producers_at(day).total() == producers


# --- The decisions --------------------------------------------------------------------------------


@every_case(
    "day, ranks, again, producers",
    [
        (date(2019, 12, 30), {30: 26, 40: 4}, 0, 23),
        (date(2021, 3, 30), {30: 16, 40: 10}, 0, 16),
        (date(2022, 1, 12), {30: 24}, 0, None),
        (date(2022, 8, 22), {30: 21, 40: 7}, 4, 25),
        (date(2022, 12, 30), {30: 76, 40: 28}, 22, None),
    ],
)
def test_the_main_decision_of_a_day_has_the_published_annex(day, ranks, again, producers):
    first = next(one for one in demonstration.decisions() if one.decided_on == day)
    assert Counter(RANKS[row["Hạng sao"]] for row in first.rows) == ranks
    earlier = {product_of(row) for row in rows_of() if row["Ngày quyết định"] < day}
    assert sum(product_of(row) in earlier for row in first.rows) == again
    if producers is not None:
        assert len({row["Chủ thể"] for row in first.rows}) == producers


DISTRICTS = {
    date(2022, 8, 22): (3, 4, 6, 3, 6, 0, 1, 1, 4),
    date(2022, 12, 30): (22, 15, 10, 8, 16, 14, 6, 5, 8),
}


@pytest.mark.parametrize("day", list(DISTRICTS))
def test_the_decisions_of_2022_have_the_published_split_by_district(day):
    counted = Counter(row["Huyện"] for row in rows_of(day))
    assert tuple(counted[place.name] for place in districts().values()) == DISTRICTS[day]


def test_the_august_decision_has_the_published_kinds_of_producers():
    kinds = {row["Chủ thể"]: row["Loại hình"] for row in rows_of(date(2022, 8, 22))}
    counted = Counter(kinds.values())
    assert tuple(counted[kind] for kind in KIND_ORDER) == (5, 5, 1, 13, 1)


def test_the_december_decision_has_the_published_product_groups():
    numbers = {name: number for number, name in set_names().items()}
    counted = Counter(numbers[row["Bộ sản phẩm"]] for row in rows_of(date(2022, 12, 30)))
    assert counted[26] == 1
    assert sum(counted[number] for number in (18, 19, 20)) == 1
    assert sum(counted[number] for number in (21, 22)) == 6
    assert sum(counted[number] for number in range(1, 18)) == 96


def test_potential_five_stars_came_as_published_and_three_reached_five():
    counted = Counter(row["Ngày quyết định"] for row in rows_of() if RANKS[row["Hạng sao"]] >= 45)
    assert counted[date(2021, 3, 30)] == 1
    assert counted[date(2022, 1, 12)] == 4
    assert counted[date(2022, 8, 17)] == 1
    assert counted[date(2022, 12, 31)] == 3
    assert counted[date(2023, 7, 1)] == 3
    (august,) = rows_of(date(2022, 8, 17))
    assert august["Điểm"] == 95


def test_new_products_by_year():
    first = {}
    for row in rows_of():
        first.setdefault(product_of(row), row["Ngày quyết định"].year)
    counted = Counter(first.values())
    assert counted[2022] == 131
    assert counted[2023] > 30 < counted[2024]
    assert counted[2025] == 27


def test_the_certificates_of_december_2022_end_together():
    ends = Counter(row.last_day for row in certificates() if row.decided_on < date(2025, 12, 1))
    assert ends[date(2025, 12, 30)] == 104


def test_every_row_is_consistent_and_reads_as_made_up():
    places = {(place.name, commune) for place in districts().values() for commune in place.communes}
    for row in rows_of():
        low, high = SCORES[RANKS[row["Hạng sao"]]]
        assert low <= row["Điểm"] < high
        assert "minh họa" in row["Tên sản phẩm"] and "minh họa" in row["Chủ thể"]
        assert (row["Huyện"], row["Xã"]) in places
        assert row["Bộ sản phẩm"] in set_names().values()
    keys = [(*product_of(row), row["Ngày quyết định"]) for row in rows_of()]
    assert len(keys) == len(set(keys))


def test_decisions_are_numbered_in_their_order_and_a_producer_stays_in_one_place():
    decisions = demonstration.decisions()
    assert [int(one.number.split("/")[0]) for one in decisions] == list(
        range(9001, 9001 + len(decisions))
    )
    assert decisions == sorted(decisions, key=lambda one: one.decided_on)
    places = {(row["Chủ thể"], row["Xã"], row["Huyện"], row["Loại hình"]) for row in rows_of()}
    assert len(places) == len({row["Chủ thể"] for row in rows_of()})


def test_three_stars_are_decided_by_districts_while_the_law_says_so():
    for decision in demonstration.decisions():
        ranks = {RANKS[row["Hạng sao"]] for row in decision.rows}
        by_district = date(2023, 2, 24) <= decision.decided_on <= date(2025, 7, 5)
        assert (decision.issuer.isdigit()) is (by_district and ranks == {30})
        assert (30 in ranks and by_district) is decision.issuer.isdigit()
        assert (decision.issuer == "ministry") is (50 in ranks)


ALL_ROWS = (
    "import django; django.setup();"
    "from targets import demonstration as d;"
    "print([make() for make in (d.decisions, d.revocations, d.traceability, d.listings,"
    " d.ip_rights, d.ip_endings, d.science_tasks, d.task_endings, d.allocations)])"
)


def test_the_story_is_the_same_in_every_process():
    shown_text = {
        subprocess.run(
            [sys.executable, "-c", ALL_ROWS],
            env={
                "DJANGO_SETTINGS_MODULE": "ocop.settings",
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": str(ROOT),
                "PYTHONIOENCODING": "utf-8",
            },
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(shown_text) == 1


# --- Shares and states ----------------------------------------------------------------------------


def test_52_of_104_products_were_traced_in_autumn_2022():
    days = [date(2022, 9, 30) + timedelta(days=step) for step in range(11)]
    assert set(share_series(certificates(), traced(), days)) == {(52, 104)}


def test_the_traced_share_falls_when_the_december_decision_adds_products():
    before, after = share_series(certificates(), traced(), [date(2022, 12, 29), date(2022, 12, 30)])
    assert 2 * before.numerator > before.denominator
    assert 2 * after.numerator < after.denominator


def test_cau_ngang_has_no_product_before_the_end_of_2022():
    own = certificates(CAU_NGANG)
    assert min(row.decided_on for row in own) == date(2022, 12, 30)


def share_states(limit, enrolments, district=None):
    """State of the share on every day of SEEN."""
    goal = Goal("share", ">", Fraction(limit), None, *PLAN)
    own = certificates(district)
    states = {}
    for day, share in zip(SEEN, share_series(own, enrolments, SEEN), strict=True):
        (end,) = share_series(own, enrolments, [PLAN[1]], known_by=day)
        states[day] = assess(goal, Actual(None, *share, *end), day).state
    return states


def new_product_states(year):
    (span,) = [one for one in windows("year", *PLAN) if one.label == str(year)]
    first = {}
    for row in sorted(certificates(), key=lambda row: row.decided_on):
        first.setdefault(row.product_id, row)
    goal = Goal("count", ">=", Fraction(25), Fraction(30), span.start, span.end)
    states = {}
    for day in (*SEEN, *month_ends(span.start, span.end)):
        value = sum(
            span.start <= row.decided_on <= min(day, span.end)
            and (row.revoked_on is None or row.revoked_on > day)
            for row in first.values()
        )
        states[day] = assess(goal, Actual(value=value), day).state
    return states


def test_traceability_is_about_to_be_lost_and_then_missed():
    states = share_states(50, traced())
    assert states[date(2025, 11, 30)] == states[date(2025, 12, 30)] == progress.SLIPPING
    assert states[date(2025, 12, 31)] == progress.MISSED


def test_e_commerce_is_about_to_be_lost_and_then_saved():
    states = share_states(70, sold())
    assert progress.SLIPPING in states.values()
    assert states[date(2025, 9, 30)] == states[date(2025, 12, 31)] == progress.MET


def test_new_products_of_2025_pass_through_the_states_and_earlier_years_are_exceeded():
    assert set(new_product_states(2025).values()) == {
        progress.NOT_DUE,
        progress.BEHIND,
        progress.ATTENTION,
        progress.ON_TRACK,
        progress.MET,
    }
    for year in (2022, 2023, 2024):
        assert new_product_states(year)[date(2025, 12, 31)] == progress.EXCEEDED


def test_every_state_occurs_on_some_day():
    seen = {state for year in (2022, 2025) for state in new_product_states(year).values()}
    for district in (None, *(place.name for place in districts().values())):
        seen |= set(share_states(50, traced(), district).values())
        seen |= set(share_states(70, sold(), district).values())
    assert seen == {
        progress.NOT_DUE,
        progress.NO_DATA,
        progress.SLIPPING,
        progress.EXCEEDED,
        progress.MET,
        progress.MISSED,
        progress.ON_TRACK,
        progress.ATTENTION,
        progress.BEHIND,
    }
    assert share_states(50, traced(), CAU_NGANG)[date(2022, 6, 30)] == progress.NO_DATA


def test_listings_belong_to_recognised_products_and_end_after_they_begin():
    known = {product_of(row) for row in rows_of()}
    for row in demonstration.traceability():
        assert product_of(row) in known
    keys = set()
    for row in demonstration.listings():
        assert product_of(row) in known
        assert row["Ngày gỡ"] is None or row["Ngày gỡ"] > row["Ngày lên sàn"]
        keys.add((*product_of(row), row["Sàn"], row["Ngày lên sàn"]))
    assert len(keys) == len(demonstration.listings())
    assert any(row["Ngày gỡ"] for row in demonstration.listings())
