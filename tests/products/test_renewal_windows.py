"""When a certificate is filed for again: the window of the scheme in force when it closes."""

from datetime import date, timedelta

import pytest

from products.certificates import RenewalTerms, SchemeTerms
from products.scoring import renewal_terms, window_in_words
from tests.support.cases import every_case

FORMER = SchemeTerms("148", date(2023, 2, 24), date(2026, 5, 21), None, 30, "district")
PRESENT = SchemeTerms("26", date(2026, 5, 22), None, 180, 120, "commune")
TERMS = RenewalTerms([FORMER, PRESENT])


@every_case(
    "ends_on,opens,closes,document,in_transition",
    [
        (date(2019, 1, 31), None, date(2019, 1, 1), "148", False),
        (date(2025, 12, 30), None, date(2025, 11, 30), "148", False),
        (date(2026, 6, 20), None, date(2026, 5, 21), "148", False),
        (date(2026, 6, 21), None, date(2026, 5, 22), "148", True),
        (date(2026, 9, 18), None, date(2026, 8, 19), "148", True),
        (date(2026, 9, 19), date(2026, 3, 23), date(2026, 5, 22), "26", False),
        (date(2027, 2, 27), date(2026, 8, 31), date(2026, 10, 30), "26", False),
    ],
)
def test_the_window_is_that_of_the_scheme_in_force_when_it_closes(
    ends_on: date, opens: date | None, closes: date, document: str, in_transition: bool
) -> None:
    window = TERMS.window(ends_on)
    assert window[:3] == (opens, closes, document)
    assert window.in_transition is in_transition
    assert window.proposed_by == ("commune" if ends_on > date(2026, 6, 20) else "district")


def test_ends_are_found_by_the_days_on_which_their_windows_close() -> None:
    days = [date(2026, 4, 1) + timedelta(days=n) for n in range(300)]
    for first, last in ((days[0], days[40]), (days[45], days[60]), (days[100], days[250])):
        stretches = TERMS.ends_closing(first, last)
        for end in (day + timedelta(days=90) for day in days):
            inside = first <= TERMS.window(end).closes <= last
            assert any(one <= end <= other for one, other in stretches) == inside, end


def test_a_later_law_that_asks_for_less_time_leaves_no_day_to_two_laws() -> None:
    terms = RenewalTerms(
        [
            PRESENT._replace(valid_to=date(2028, 1, 1)),
            FORMER._replace(valid_from=date(2028, 1, 2), valid_to=None),
        ]
    )
    assert terms.window(date(2028, 1, 31)).document == "26"
    assert terms.window(date(2028, 2, 1)).document == "148"


@pytest.mark.django_db
def test_the_schemes_on_file_say_the_window_in_words() -> None:
    terms = renewal_terms()
    assert "từ ngày 31/08/2026 đến ngày 30/10/2026" in window_in_words(
        terms.window(date(2027, 2, 27))
    )
    assert "chậm nhất ngày 30/11/2025" in window_in_words(terms.window(date(2025, 12, 30)))
    assert "gia hạn" in window_in_words(terms.window(date(2026, 8, 1)))
