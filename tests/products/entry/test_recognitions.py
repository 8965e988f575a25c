"""Decisions entered through forms: what follows is worked out, never typed."""

from datetime import date
from typing import Any

import pytest

from products.choices import Rank
from products.entry.hints import kind_among
from products.models import Amendment, Rating, Recognition
from products.scoring import schemes
from products.scoring.schemes import scheme_at
from tests.products.entry.form_data import edit_url, errors_of, hidden, recognition_fields
from tests.support.cases import every_case
from tests.support.factories import make_product, make_recognition

pytestmark = pytest.mark.django_db


def enter(client: Any, product: Any, **fields: Any) -> Any:
    url = f"/records/recognition/new/?product={product.pk}"
    return client.post(url, recognition_fields(**fields))


@every_case(
    "decided_on,rank,authority",
    [
        ("2022-08-22", Rank.THREE, "province"),
        ("2023-02-23", Rank.THREE, "province"),
        ("2023-02-24", Rank.THREE, "district"),
        ("2025-06-30", Rank.THREE, "district"),
        ("2025-07-01", Rank.THREE, "province"),
        ("2025-07-06", Rank.THREE, "province"),
        ("2024-04-01", Rank.FOUR, "province"),
        ("2024-04-01", Rank.POTENTIAL_FIVE, "province"),
        ("2024-04-01", Rank.FIVE, "ministry"),
    ],
)
def test_the_authority_is_proposed_from_star_and_day(
    officer: Any, decided_on: str, rank: int, authority: str
) -> None:
    enter(officer, make_product(), decided_on=decided_on, rank=str(int(rank)))
    recognition = Recognition.objects.get()
    assert recognition.authority == authority
    assert recognition.valid_until.year == recognition.decided_on.year + 3


def test_another_authority_is_taken_with_a_reason(officer: Any) -> None:
    product = make_product()
    response = enter(officer, product, authority="ministry")
    assert not Recognition.objects.exists() and "Huyện" in response.content.decode()
    enter(officer, product, authority="ministry", warning_reason="Quyết định ghi như vậy")
    assert Recognition.objects.get().authority == "ministry"


@every_case(
    "fields",
    [
        {"decided_on": "2027-01-01"},
        {"decided_on": "31/02/2023"},
        {"decided_on": ""},
        {"rank": "20"},
        {"rank": "x"},
        {"decision_number": ""},
        {"score": "abc"},
        {"score": "101"},
        {"score": "-1"},
        {"score": "69.955"},
        {"score": "2.4,5"},
        {"score": "1,2.3"},
        {"score": "1e1"},
        {"score": "69,95 điểm"},
        {"score": "1e9999"},
        {"score": "NaN"},
        {"rating": "999999"},
        {"authority": "commune"},
    ],
)
def test_what_cannot_be_is_refused_in_words(officer: Any, fields: dict[str, Any]) -> None:
    response = enter(officer, make_product(), **fields)
    assert response.status_code == 200 and len(errors_of(response)) > 80
    assert not Recognition.objects.exists()


@pytest.mark.parametrize("typed,stored", [("69,95", "69.95"), ("69.95", "69.95"), ("70", "70")])
def test_scores_are_read_as_they_are_written_here(officer: Any, typed: str, stored: str) -> None:
    enter(officer, make_product(), score=typed)
    assert str(Recognition.objects.get().score.normalize()) in (stored, "7E+1")


def rated(product: Any, stars: int) -> Rating:
    return Rating.objects.create(
        product=product,
        scheme=scheme_at(date(2024, 3, 15)),
        level="district",
        session_on=date(2024, 3, 15),
        stars=stars,
        total=75,
        status="verified",
    )


def test_a_star_that_differs_from_the_rating_is_explained_not_overwritten(officer: Any) -> None:
    product = make_product()
    rating = rated(product, 4)
    response = enter(officer, product, rating=rating.pk)
    assert 'href="#id_difference_reason"' in response.content.decode()
    enter(officer, product, rating=rating.pk, difference_reason="Hội đồng hạ hạng")
    recognition = Recognition.objects.get()
    rating.refresh_from_db()
    assert (recognition.rank, rating.stars) == (Rank.THREE, 4)
    page = officer.get(f"/records/recognition/{recognition.pk}/").content.decode()
    assert "Hội đồng hạ hạng" in page and "4 sao" in page


def test_a_rating_of_another_product_cannot_be_its_basis(officer: Any) -> None:
    rating = rated(make_product(), 3)
    response = enter(officer, make_product(), rating=rating.pk)
    assert response.status_code == 200 and not Recognition.objects.exists()


@every_case(
    "rank,stars,agree",
    [
        (30, 3, True),
        (40, 4, True),
        (45, 5, True),
        (50, 5, True),
        (30, 4, False),
        (45, 4, False),
        (30, None, True),
    ],
)
def test_ranks_agree_with_stars(rank: int, stars: int | None, agree: bool) -> None:
    assert schemes.agrees(rank, stars) is agree


@every_case(
    "earlier,rank,kind",
    [(None, 30, "new"), (30, 30, "renewed"), (30, 40, "upgraded"), (40, 30, "downgraded")],
)
def test_the_kind_follows_from_the_products_history(
    earlier: int | None, rank: int, kind: str
) -> None:
    product = make_product()
    if earlier:
        make_recognition(product, date(2021, 5, 4), earlier)
    unsaved = Recognition(product=product, decided_on=date(2024, 4, 1), rank=rank)
    assert kind_among(unsaved) == kind


def test_what_follows_is_shown_while_typing_and_nothing_is_written(officer: Any) -> None:
    product = make_product()
    url = f"/records/recognition/hints/?product={product.pk}"
    page = officer.post(url, recognition_fields()).content.decode()
    assert "01/04/2027" in page and "02/12/2026" in page and "Mới" in page
    assert officer.post(url, {}).status_code == 200
    assert not Recognition.objects.exists()


def test_a_revocation_is_a_change_with_reason_and_day(officer: Any) -> None:
    recognition = make_recognition(
        decided_on=date(2024, 4, 1), authority="district", status="draft", decision_number="1"
    )
    url = edit_url(recognition)
    fields = recognition_fields(authority="district", revoked_on="2025-03-01")
    response = officer.post(url, fields | {"version": hidden(officer, url)})
    assert 'href="#id_revocation_reason"' in response.content.decode()
    fields |= {"version": hidden(officer, url), "revocation_reason": "Vi phạm nhãn"}
    assert officer.post(url, fields).status_code == 302
    recognition.refresh_from_db()
    assert recognition.revoked_on == date(2025, 3, 1)


@every_case("product", ["", "x", "0", "-1", "9" * 30, "999999", "1\0"])
def test_a_decision_needs_its_product(officer: Any, product: str) -> None:
    response = officer.get("/records/recognition/new/", {"product": product})
    assert response.status_code == 404


def test_the_number_of_the_certificate_is_kept_and_its_change_waits(officer: Any) -> None:
    enter(officer, make_product(), certificate_number="0012/GCN-OCOP")
    recognition = Recognition.objects.get()
    assert recognition.certificate_number == "0012/GCN-OCOP"
    assert recognition.history.get().certificate_number == "0012/GCN-OCOP"
    verified = make_recognition(certificate_number="GCN-1")
    assert "GCN-1" in officer.get(f"/products/{verified.product_id}/").content.decode()
    fields = {"certificate_number": "2", "change_reason": "Chép sai số", "authority": "province"}
    version = hidden(officer, edit_url(verified))
    sent = recognition_fields(version=version, decided_on="2022-08-22", **fields)
    assert officer.post(edit_url(verified), sent).status_code == 302
    verified.refresh_from_db()
    assert verified.certificate_number == "GCN-1"
    (amendment,) = Amendment.objects.all()
    assert amendment.values["certificate_number"] == "2"


def test_what_nobody_sees_does_not_get_into_a_text(officer: Any) -> None:
    unseen = "\u202e\u2066\u200b\ufeff\u061c"
    note = f"Dòng một{unseen}\r\nភាសា\u200bខ្មែរ"
    enter(officer, make_product(), decision_number=f"12{unseen}/QĐ-UBND", note=note)
    recognition = Recognition.objects.get()
    assert recognition.decision_number == "12/QĐ-UBND"
    assert recognition.note == "Dòng một\r\nភាសា\u200bខ្មែរ"
    response = enter(officer, make_product(), decision_number=unseen)
    assert "Số quyết định" in errors_of(response)
    assert Recognition.objects.count() == 1
