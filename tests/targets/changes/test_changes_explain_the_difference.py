"""What changed between two days adds up to the difference of the overview's figures."""

from datetime import date
from typing import Any

import pytest

from ocop.organisation.models import Unit
from targets.changes.between_days import Changes, changes_between, default_since
from targets.figures import overview, series
from targets.figures.overview import Overview
from targets.models import Plan
from targets.progress import Share
from tests.support.cases import every_case
from tests.targets.changes.levels import judged, level_of

pytestmark = [pytest.mark.usefixtures("demonstration", "db")]

PAIRS = [
    (date(2022, 8, 21), date(2022, 8, 22)),
    (date(2021, 12, 31), date(2022, 12, 31)),
    (date(2022, 12, 30), date(2023, 12, 31)),
    (date(2024, 3, 31), date(2025, 6, 30)),
    (date(2025, 12, 30), date(2025, 12, 31)),
    (date(2023, 1, 1), date(2027, 1, 1)),
]
_built: dict[Any, Overview] = {}


def unit_of(code: str) -> Unit:
    return Unit.objects.get(code=code, level__in=["province", "district"])


@pytest.fixture(scope="module", autouse=True)
def _forgotten_afterwards() -> Any:
    yield
    _built.clear()


def built(day: date, unit: Unit, pending: bool = False) -> Overview:
    key = day, unit.pk, pending
    if key not in _built:
        _built[key] = overview.build(Plan.objects.get(), unit, day, pending)
    return _built[key]


def changes_of_all(earlier: date, later: date, unit: Unit, pending: bool = False) -> Any:
    before, after = built(earlier, unit, pending), built(later, unit, pending)
    lines = list(after.plan_data.lines())
    for (target, window), old, new in zip(lines, before.rows, after.rows, strict=True):
        moved = changes_between(target, window, earlier, later, unit, pending)
        yield old, new, moved


def unexplained(earlier: date, later: date, unit: Unit, pending: bool = False) -> list[Any]:
    wrong = []
    for old, new, moved in changes_of_all(earlier, later, unit, pending):
        difference = tuple(b - a for a, b in zip(judged(old), judged(new), strict=True))
        if difference != (moved.numerator, moved.denominator):
            wrong.append((new.code, new.period, difference, moved))
    return wrong


@every_case("code", ["84", "844", "848"])
@every_case("pair", PAIRS)
def test_every_targets_difference_is_the_sum_of_what_happened(
    pair: tuple[date, date], code: str
) -> None:
    assert unexplained(*pair, unit_of(code)) == []


def test_the_preview_with_waiting_records_adds_up_too() -> None:
    assert unexplained(date(2025, 6, 30), date(2026, 1, 31), unit_of("84"), pending=True) == []


def found(code: str, period: str, earlier: date, later: date) -> Changes:
    for _old, new, moved in changes_of_all(earlier, later, unit_of("84")):
        if (new.code, new.period) == (code, period):
            return moved
    raise AssertionError(code)


def test_the_decision_of_30_12_2022_brings_82_new_products_and_22_again() -> None:
    moved = found("OCOP-NEW", "2022", date(2022, 12, 29), date(2022, 12, 30))
    assert [(group.cause, group.number, group.numerator) for group in moved.groups] == [
        ("new", 82, 82),
        ("renewed", 22, 0),
    ]


def test_the_104_certificates_of_30_12_2022_lapse_together_after_their_last_day() -> None:
    moved = found("ECOM-SHARE", "plan", date(2025, 12, 30), date(2025, 12, 31))
    lapsed = next(group for group in moved.groups if group.cause == "lapsed")
    assert lapsed.denominator == -lapsed.number
    assert lapsed.number == len(set(moved.records("lapsed")))


@pytest.mark.parametrize("code", ["84", "844"])
def test_the_course_of_a_figure_is_the_overviews_at_ten_days(code: str) -> None:
    unit = unit_of(code)
    days = [date(2022, 1, 31), date(2022, 8, 21), date(2022, 8, 22), date(2022, 12, 31)]
    days += [date(2023, 7, 1), date(2024, 4, 5), date(2024, 12, 31), date(2025, 6, 30)]
    days += [date(2025, 12, 31), date(2026, 3, 1)]
    last = built(days[-1], unit)
    for place, (target, window) in enumerate(last.plan_data.lines()):
        course: list[Share] = series.values_on(last, target, window, days)
        expected = [level_of(built(day, unit).rows[place]) for day in days]
        assert [tuple(level) for level in course] == expected, target.code


@pytest.mark.parametrize(
    "as_of,since",
    [
        (date(2025, 6, 30), date(2025, 3, 31)),
        (date(2025, 7, 1), date(2025, 6, 30)),
        (date(2025, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_page_compares_with_the_end_of_the_quarter_before(as_of: date, since: date) -> None:
    assert default_since(as_of) == since


def test_or_with_the_figures_of_the_last_meeting_before_it() -> None:
    meetings = [date(2022, 12, 31), date(2024, 3, 31)]
    assert default_since(date(2025, 6, 30), meetings) == date(2024, 3, 31)
    assert default_since(date(2024, 3, 31), meetings) == date(2022, 12, 31)
    assert default_since(date(2022, 12, 31), meetings) == date(2022, 9, 30)


def test_days_in_the_wrong_order_are_refused() -> None:
    unit = unit_of("84")
    target, window = next(built(date(2025, 6, 30), unit).plan_data.lines())
    with pytest.raises(ValueError, match="before"):
        changes_between(target, window, date(2025, 6, 30), date(2025, 6, 30), unit)
