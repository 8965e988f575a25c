"""What is stored of a product's validity: on both bases, with its places, read by day."""

import sys
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from products.choices import Basis, Rank, Status
from products.models import EcommerceFloor, FirstRecognition, Product, ValiditySpan
from products.validity import NO_END, differing_products, rebuild, rebuild_all
from tests.support.factories import (
    district,
    make_enrolment,
    make_listing,
    make_product,
    make_recognition,
    with_spans,
)
from tests.support.query_counts import queries

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DECIDED, FIRST_AFTER = date(2022, 8, 22), date(2025, 8, 23)


def spans_on(basis: Basis) -> list[tuple[Any, ...]]:
    rows = ValiditySpan.objects.filter(basis=basis).order_by("starts_on")
    return list(rows.values_list("rank", "starts_on", "until"))


def test_a_span_carries_what_the_product_and_its_counting_recognition_say() -> None:
    product = make_product(district=district("848"))
    recognition = make_recognition(product, rank=Rank.FOUR)
    make_enrolment(product, date(2022, 1, 1), ended_on=date(2023, 1, 1))
    make_listing(product, date(2022, 1, 1))
    span = ValiditySpan.objects.get()
    assert (span.product, span.district, span.producer, span.recognition, span.rank) == (
        product,
        district("848"),
        product.producer,
        recognition,
        Rank.FOUR,
    )
    assert (span.starts_on, span.until) == (DECIDED, FIRST_AFTER)
    assert (span.certificate_ends, span.next_starts_on) == (date(2025, 8, 22), None)
    assert (span.traced_until, span.sold_until) == (date(2023, 1, 1), NO_END)
    first = FirstRecognition.objects.get()
    assert (first.product, first.district, first.recognition) == (
        product,
        district("848"),
        recognition,
    )
    assert (first.decided_on, first.counts_from, first.counts_until) == (DECIDED, DECIDED, None)


def test_what_both_bases_share_is_stored_once() -> None:
    make_recognition()
    assert set(ValiditySpan.objects.values_list("basis", flat=True)) == {Basis.BOTH}
    assert set(FirstRecognition.objects.values_list("basis", flat=True)) == {Basis.BOTH}


def test_submitted_records_count_on_the_basis_with_pending_alone() -> None:
    product = make_product()
    make_recognition(product)
    make_recognition(product, date(2023, 8, 22), Rank.FOUR, status=Status.SUBMITTED)
    assert spans_on(Basis.BOTH) == []
    assert spans_on(Basis.VERIFIED) == [(Rank.THREE, DECIDED, FIRST_AFTER)]
    assert spans_on(Basis.PENDING) == [
        (Rank.THREE, DECIDED, date(2023, 8, 22)),
        (Rank.FOUR, date(2023, 8, 22), date(2026, 8, 23)),
    ]
    # The first recognition is one and the same.
    assert [one.basis for one in FirstRecognition.objects.all()] == [Basis.BOTH]
    day = date(2024, 1, 1)
    for pending, rank in ((False, Rank.THREE), (True, Rank.FOUR)):
        assert ValiditySpan.objects.on_basis(pending).at(day).get().rank == rank
        assert FirstRecognition.objects.on_basis(pending).known_at(day).count() == 1


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETURNED])
def test_drafts_and_returned_records_count_on_no_basis(status: str) -> None:
    product = make_product()
    make_recognition(product, status=status, status_reason="thử")
    make_enrolment(product, DECIDED, status=status, status_reason="thử")
    assert not ValiditySpan.objects.exists() and not FirstRecognition.objects.exists()


def test_a_pending_listing_is_on_one_basis() -> None:
    product = make_product()
    make_recognition(product)
    make_enrolment(product, DECIDED, status=Status.SUBMITTED)
    day = DECIDED
    verified = ValiditySpan.objects.on_basis(False).at(day).get()
    assert (verified.basis, verified.traced_until) == (Basis.VERIFIED, None)
    assert ValiditySpan.objects.on_basis(True).at(day).get().traced_until == NO_END


def test_a_floor_that_does_not_count_sells_nothing() -> None:
    product = make_product()
    make_recognition(product)
    listing = make_listing(product, DECIDED)
    EcommerceFloor.objects.filter(pk=listing.floor_id).update(counted=False)
    with_spans(product)
    assert ValiditySpan.objects.get().sold_until is None


def test_days_are_read_from_the_first_through_the_last() -> None:
    make_recognition()
    for day, valid in [
        (date(2022, 8, 21), False),
        (DECIDED, True),
        (date(2025, 8, 22), True),
        (FIRST_AFTER, False),
    ]:
        assert ValiditySpan.objects.at(day).exists() == valid, day
    ahead = ValiditySpan.objects.at(DECIDED)
    assert ahead.filter(certificate_ends__gte=date(2025, 8, 22)).exists()
    assert not ahead.filter(certificate_ends__gte=FIRST_AFTER).exists()


def test_a_lapsed_product_is_told_by_one_row_until_it_is_recognised_again() -> None:
    product = make_product()
    make_recognition(product)
    make_recognition(product, date(2026, 1, 1))
    revoked = make_recognition(decided_on=DECIDED, revoked_on=DECIDED)
    for day, lapsed in [
        (date(2022, 8, 21), set()),
        (DECIDED, {revoked.product_id}),
        (FIRST_AFTER, {product.pk, revoked.product_id}),
        (date(2026, 1, 1), {revoked.product_id}),
        (date(2030, 1, 1), {product.pk, revoked.product_id}),
    ]:
        rows = ValiditySpan.objects.on_basis(False).lapsed_by(day)
        products = list(rows.values_list("product_id", flat=True))
        assert sorted(products) == sorted(lapsed), day


def test_a_first_recognition_is_known_until_it_is_revoked_within_its_year() -> None:
    product = make_product()
    make_recognition(product, revoked_on=date(2022, 10, 1))
    make_recognition(product, date(2023, 3, 1))
    for day, decided in [
        (date(2022, 8, 21), []),
        (DECIDED, [DECIDED]),
        (date(2022, 9, 30), [DECIDED]),
        (date(2022, 10, 1), []),
        (date(2023, 3, 1), [date(2023, 3, 1)]),
    ]:
        known = FirstRecognition.objects.known_at(day)
        assert list(known.values_list("decided_on", flat=True)) == decided, day


def products(number: int) -> list[int]:
    made = []
    for n in range(number):
        product = make_product()
        make_recognition(product)
        make_recognition(product, date(2023, 8, 22), status=Status.SUBMITTED)
        make_enrolment(product, date(2022, 1, 1 + n % 28))
        make_listing(product, date(2022, 1, 1 + n % 28))
        made.append(product.pk)
    return made


def test_rebuilding_asks_as_often_for_many_as_for_few() -> None:
    few, many = products(3), products(30)
    assert queries(lambda: rebuild(few)) == queries(lambda: rebuild(many)) <= 10
    assert queries(lambda: rebuild([])) == 0


def test_more_products_than_go_at_once_are_rebuilt_all(monkeypatch: Any) -> None:
    made = products(7)
    ValiditySpan.objects.all().delete()
    # The package gives a function of the module's name.
    monkeypatch.setattr(sys.modules["products.validity.rebuild"], "BATCH", 3)
    assert [one.pk for one in differing_products()] == made
    assert rebuild_all() == 7
    assert differing_products() == []
    assert ValiditySpan.objects.count() == 7 * 3


def test_rebuilding_what_is_right_changes_nothing_and_what_is_gone_is_passed_over() -> None:
    (pk,) = products(1)
    gone = make_product()
    number = gone.pk
    gone.delete()
    before = sorted(map(repr, ValiditySpan.objects.values_list("basis", "starts_on", "until")))
    rebuild([pk, number, pk])
    assert before == sorted(
        map(repr, ValiditySpan.objects.values_list("basis", "starts_on", "until"))
    )


def test_what_was_recognised_before_there_were_spans_has_some_after_the_migration() -> None:
    migration = import_module("products.migrations.0010_communes_of_today")
    migration.rebuild(apps, None)
    assert not ValiditySpan.objects.exists()
    (pk,) = products(1)
    ValiditySpan.objects.all().delete()
    migration.rebuild(apps, None)
    assert set(ValiditySpan.objects.values_list("product_id", flat=True)) == {pk}
    assert differing_products() == []


DAMAGES = {
    "a span missing": lambda: ValiditySpan.objects.all()[0].delete(),
    "a span twice": lambda: ValiditySpan(
        **(ValiditySpan.objects.values()[0] | {"id": None})
    ).save(),
    "another day": lambda: ValiditySpan.objects.update(until=date(2030, 1, 1)),
    "another district": lambda: ValiditySpan.objects.update(district=district("848")),
    "no end of being traced": lambda: ValiditySpan.objects.update(traced_until=None),
    "a first recognition missing": lambda: FirstRecognition.objects.all().delete(),
    "a first recognition of another day": lambda: FirstRecognition.objects.update(
        counts_until=date(2030, 1, 1)
    ),
    "a product moved unseen": lambda: Product.objects.update(district=district("848")),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_differs_is_found(damage: str) -> None:
    products(1)
    assert differing_products() == []
    DAMAGES[damage]()
    assert [one.pk for one in differing_products()] == [Product.objects.get().pk]
