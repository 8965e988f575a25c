"""Wherever a share stands beside its limit its percentage is on the side of it that holds."""

from datetime import date
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from django.utils import translation

from targets.charts.shares import Shares
from targets.charts.target import TrajectoryChart, TrajectoryPoint
from targets.figures import wording
from targets.progress import Share
from targets.reports.content import prose
from tests.support.cases import every_case

CASES = [
    # numerator, denominator, operator, limit, text
    (232, 331, ">", 70, "70,09%"),
    (231, 330, ">", 70, "70,0%"),
    (231, 331, ">", 70, "69,7%"),
    (251, 501, ">", 50, "50,09%"),
    (52, 104, ">", 50, "50,0%"),
    (0, 0, ">", 50, "–"),
    (232, 331, ">", None, "70,0%"),
]


def row(numerator: int, denominator: int, operator: str, limit: int | None) -> Any:
    threshold = None if limit is None else Fraction(limit)
    return SimpleNamespace(
        code="ECOM-SHARE",
        short_name="Sàn",
        result=SimpleNamespace(operator=operator, threshold=threshold),
    )


@every_case("numerator,denominator,operator,limit,text", CASES)
def test_of_a_text(
    numerator: int, denominator: int, operator: str, limit: int | None, text: str
) -> None:
    threshold = None if limit is None else Fraction(limit)
    with translation.override("vi"):
        assert wording.share_text(numerator, denominator, operator, threshold) == text


@every_case("numerator,denominator,operator,limit,text", CASES)
def test_of_the_tables_under_charts_and_of_a_report(
    numerator: int, denominator: int, operator: str, limit: int | None, text: str
) -> None:
    one = row(numerator, denominator, operator, limit)
    point = TrajectoryPoint(
        date(2025, 6, 30), None, (numerator, denominator), one.result.threshold, None, None, None
    )
    course = TrajectoryChart()
    course.chosen = SimpleNamespace(row=one)  # type: ignore[assignment]
    shares = Shares()
    points = [Share(numerator, denominator)]
    shares.shares = lambda: [(one, points)]  # type: ignore[method-assign]
    with translation.override("vi"):
        assert course._reached(point) == text
        assert shares.data_table(["30/06/2025"], [])["rows"][0][1] == text
        assert f"({text})" in prose.share_at_end(one, points[0], date(2025, 12, 31))
