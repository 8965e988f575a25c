"""A quota that was moved away to the last is 0: not none, and nothing is a percentage of it."""

from datetime import date

import pytest

from targets.dashboard.districts.ranking import RankingCell, _figure
from targets.figures import overview
from targets.figures.overview import FigureRow
from targets.models import Allocation, Plan, Target
from targets.reports.content import prose
from tests.support.factories import district, make_product, make_recognition

pytestmark = pytest.mark.django_db


def row(products: int) -> FigureRow:
    unit = district("844")
    Allocation.objects.create(
        target=Target.objects.get(code="OCOP-NEW"),
        unit=unit,
        year=2023,
        value=0,
        status="verified",
    )
    for _number in range(products):
        make_recognition(make_product(district=unit), date(2023, 2, 1))
    built = overview.build(Plan.objects.get(), unit, date(2023, 6, 30), False)
    return next(one for one in built.rows if (one.code, one.period) == ("OCOP-NEW", "2023"))


@pytest.mark.parametrize("products,state", [(0, "met"), (3, "exceeded")])
def test_a_report_tells_no_percentage_of_it(products: int, state: str) -> None:
    one = row(products)
    assert (one.result.threshold, one.state) == (0, state)
    assert "%" not in prose.target(one)


def test_beside_other_districts_it_stands_as_0_and_is_not_compared() -> None:
    one = row(3)
    figure = _figure(one)
    assert (figure.text, figure.value) == ("3/0", None)
    assert figure.note != _figure_without_quota(one).note


def _figure_without_quota(one: FigureRow) -> RankingCell:
    Allocation.objects.all().delete()
    built = overview.build(Plan.objects.get(), district("844"), date(2023, 6, 30), False)
    return _figure(next(r for r in built.rows if (r.code, r.period) == (one.code, one.period)))
