"""Dates and numbers in the Vietnamese form, where Django's own `vi` formats are wrong."""

from datetime import date

from django import forms
from django.utils.formats import date_format, number_format
from django.utils.translation import override

from targets.figures import wording
from tests.support.cases import every_case


@every_case(
    "text,day",
    [
        ("05/06/2022", date(2022, 6, 5)),
        ("30/12/2022", date(2022, 12, 30)),
        ("5-6-2022", date(2022, 6, 5)),
        ("2022-06-05", date(2022, 6, 5)),
    ],
)
def test_a_form_reads_the_day_before_the_month(text: str, day: date) -> None:
    with override("vi"):
        assert forms.DateField(localize=True).clean(text) == day


def test_dates_and_numbers_are_shown_in_the_vietnamese_form() -> None:
    with override("vi"):
        assert date_format(date(2022, 6, 5), "SHORT_DATE_FORMAT") == "05/06/2022"
        assert number_format(1234.5, 1, use_l10n=True, force_grouping=True) == "1.234,5"


def test_shown_figures_are_rounded_half_to_even_and_not_cut_off() -> None:
    from fractions import Fraction

    with override("vi"):
        assert wording.number(Fraction(24983, 10000), 1) == "2,5"
        assert wording.number(Fraction(-1, 3), 2) == "-0,33"
        assert wording.number(12345) == "12.345"
        assert wording.number(None) == ""
