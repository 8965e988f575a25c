"""A rating follows the law of its day: scheme, council, names of sets, and what follows."""

import uuid
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from products.choices import Authority, Status
from products.models import ProductSet, Rating
from products.scoring import schemes, wording
from tests.products.entry.form_data import errors_of
from tests.support.cases import every_case
from tests.support.factories import make_product, make_recognition

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def enter(client: Client, **fields: Any) -> Any:
    """The answer to a rating sent by the form; a lawful one of August 2025 unless said."""
    given = {"token": str(uuid.uuid4()), "level": "province", "session_on": "2025-08-01"} | fields
    return client.post(f"/records/rating/new/?product={make_product().pk}", given)


@every_case(
    "session_on,lodged_on,rerating,scheme",
    [
        ("2023-02-23", "", "", "qd-1048"),
        ("2025-06-30", "", "", "qd-148"),
        ("2025-07-01", "", "", "qd-148-2025-07"),
        ("2025-07-06", "", "", "qd-148-1489"),
        ("2026-05-21", "", "", "qd-148-1489"),
        ("2026-05-22", "2026-05-21", "", "qd-148-1489"),
        ("2026-05-22", "2026-05-22", "", "qd-26"),
        ("2026-06-21", "2026-05-21", "on", "qd-148-1489"),
        ("2026-06-22", "2026-05-21", "on", "qd-26"),
        ("2026-07-21", "2026-05-21", "", "qd-148-1489"),
        ("2026-07-22", "2026-05-21", "", "qd-26"),
        ("2026-11-30", "", "", "qd-26"),
    ],
)
def test_the_scheme_follows_the_session_and_in_between_the_day_the_dossier_was_lodged(
    officer: Client, session_on: str, lodged_on: str, rerating: str, scheme: str
) -> None:
    answer = enter(officer, session_on=session_on, lodged_on=lodged_on, rerating=rerating)
    assert answer.status_code == 302, errors_of(answer)
    assert Rating.objects.get().scheme.code == scheme


def test_between_two_schemes_the_day_of_the_dossier_is_asked_for(officer: Client) -> None:
    answer = enter(officer, session_on="2026-06-10")
    assert "21/05/2026" in errors_of(answer) and not Rating.objects.exists()
    late = enter(officer, session_on="2026-06-10", lodged_on="2026-06-11")
    future = enter(officer, session_on="2026-06-10", lodged_on="2099-01-01")
    for answer in (late, future):
        assert "Ngày nộp hồ sơ" in errors_of(answer) and not Rating.objects.exists()
    # What was typed is still there, and the form says between which days it is asked.
    page = late.content.decode()
    assert 'value="11/06/2026"' in page or 'value="2026-06-11"' in page
    assert "22/05/2026" in page and "21/07/2026" in page


@every_case(
    "session_on,level,right",
    [
        ("2025-07-01", "district", "Tỉnh (3 hoặc 4 sao)"),
        ("2025-08-01", "district", "Tỉnh (3 hoặc 4 sao)"),
        ("2026-11-01", "district", "Bộ (5 sao)"),
        ("2026-11-01", "commune", "Tỉnh (3 hoặc 4 sao)"),
        ("2024-03-01", "commune", "Huyện (3 sao)"),
    ],
)
def test_a_council_that_does_not_exist_on_the_day_is_refused_and_the_right_one_named(
    officer: Client, session_on: str, level: str, right: str
) -> None:
    answer = enter(officer, session_on=session_on, level=level)
    assert right in errors_of(answer) and not Rating.objects.exists()


def test_a_council_of_a_district_sat_until_the_districts_ended(officer: Client) -> None:
    assert enter(officer, session_on="2025-06-30", level="district").status_code == 302


def test_three_stars_of_the_first_days_of_july_2025_are_the_provinces_with_a_note() -> None:
    days = [date(2025, 6, 30) + timedelta(days=n) for n in range(7)]
    authorities = [schemes.authority_for(schemes.scheme_at(day), 30) for day in days]
    assert authorities == ["district", *["province"] * 6]
    assert "không còn cấp huyện" in schemes.scheme_at(days[1]).note


def test_schemes_cover_every_day_without_gap_or_overlap() -> None:
    found = list(schemes.ScoringScheme.objects.order_by("valid_from"))
    for one, then in pairwise(found):
        assert one.valid_to + timedelta(days=1) == then.valid_from, then
    assert found[-1].code == "qd-26" and found[-1].valid_to is None
    assert (found[-1].proposed_by, found[0].proposed_by) == (Authority.COMMUNE, Authority.DISTRICT)


@every_case(
    "session_on,stars,words",
    [
        (date(2026, 9, 1), 4, "đánh giá lại"),
        (date(2026, 9, 1), 3, "đánh giá lại"),
        (date(2026, 9, 1), 5, "5 sao do cấp sau quyết định: Bộ"),
        (date(2025, 9, 1), 4, "4 sao do cấp sau quyết định: Tỉnh"),
    ],
)
def test_under_90_at_the_ministry_goes_back_to_the_province(
    session_on: date, stars: int, words: str
) -> None:
    scheme = schemes.scheme_at(session_on)
    rating = Rating(level="ministry", session_on=session_on, stars=stars, scheme=scheme)
    rating.total = {3: 60, 4: 85, 5: 95}[stars]
    assert words in wording.consequence(rating)


def test_a_set_is_called_what_the_law_of_the_day_calls_it(signed_in: Any) -> None:
    herbal = ProductSet.objects.get(number=19)
    product = make_product(product_set=herbal)
    make_recognition(product, date(2024, 4, 1))
    officer = signed_in("officer_of_844")
    old, new = "Mỹ phẩm có thành phần từ thảo dược", "Mỹ phẩm có thành phần từ dược liệu"
    assert (herbal.name_at(date(2026, 5, 21)), herbal.name_at(date(2026, 5, 22))) == (old, new)
    for day, name in (("2026-05-21", old), ("2026-05-22", new)):
        assert name in officer.get(f"/products/{product.pk}/?as_of={day}").content.decode()
        assert name in officer.get(f"/products/?as_of={day}").content.decode()
    assert new in officer.get(f"/records/product/{product.pk}/edit/").content.decode()
    for day, name in ((date(2026, 3, 1), old), (date(2026, 9, 1), new)):
        rating = Rating.objects.create(
            product=product,
            scheme=schemes.scheme_at(day),
            level="province",
            session_on=day,
            status=Status.DRAFT,
        )
        for address in (f"/ratings/{rating.pk}/", f"/ratings/{rating.pk}/sheets/1/"):
            assert name in officer.get(address).content.decode(), address
