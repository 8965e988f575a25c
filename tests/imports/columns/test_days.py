"""Days as they are written in workbooks."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from products.models import Recognition
from tests.imports.workbooks import places, product_row, recognitions
from tests.support.cases import every_case

pytestmark = pytest.mark.django_db


@every_case(
    "written",
    [
        date(2022, 6, 5),
        datetime(2022, 6, 5, 14, 30),
        "05/06/2022",
        "5/6/2022",
        "5-6-2022",
        "5.6.2022",
        "2022-06-05",
        "ngày 5 tháng 6 năm 2022",
    ],
)
def test_the_day_comes_before_the_month(written):
    assert places(recognitions(product_row(day=written)).errors) == []
    assert Recognition.objects.get().decided_on == date(2022, 6, 5)


@every_case(
    "written, code",
    [
        ("5/6/22", "ambiguous_date"),
        ("6/2022", "ambiguous_date"),
        ("2022", "ambiguous_date"),
        (2022, "ambiguous_date"),
        ("31/02/2023", "invalid_date"),
        ("12/30/2022", "invalid_date"),
        ("hôm qua", "invalid_date"),
        (44795, "invalid_date"),
        ("5/6/1022", "invalid_date"),
        ("5/6/9999", "invalid_date"),
        (True, "invalid_date"),
    ],
)
def test_what_is_no_full_day_is_refused(written, code):
    outcome = recognitions(product_row(day=written))
    assert places(outcome.errors) == [(code, "G2")]
    assert not Recognition.objects.exists()


def test_a_day_in_the_future_is_refused():
    tomorrow = timezone.localdate() + timedelta(days=1)
    outcome = recognitions(product_row(day=tomorrow))
    assert (outcome.verdict, places(outcome.errors)) == ("rejected", [("out_of_range", "G2")])
