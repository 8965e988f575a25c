"""Two transactions at one product: the spans are right after both, and neither waits for ever."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connection, connections, transaction

from products.choices import Rank, Status
from products.models import Product, Recognition, ValiditySpan
from products.records import create_record, history, update_record
from products.validity import differing_products
from tests.support.database import copied, drop, name_of
from tests.support.factories import district, make_product, make_recognition

pytestmark = [pytest.mark.django_db, pytest.mark.database]
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="whoever writes on SQLite keeps all others out"
)


@pytest.fixture
def elsewhere() -> Iterator[Callable[..., Any]]:
    """elsewhere(act) runs `act` on a connection of its own to a database where all is committed."""
    url = copied("reference")

    def run(act: Callable[[], Any]) -> Any:
        former = connections["default"]
        own = former.copy("default")
        own.settings_dict["NAME"] = name_of(url)
        connections["default"] = own
        try:
            return act()
        finally:
            own.close()
            connections["default"] = former

    yield run
    drop(url)


def at_once(run: Callable[..., Any], *acts: Callable[[], Any]) -> None:
    with ThreadPoolExecutor(len(acts)) as threads:
        for done in [threads.submit(run, act) for act in acts]:
            done.result(timeout=60)


def meet_before_rebuilding(monkeypatch: Any) -> None:
    """Both have written, and neither has looked yet at what the other wrote."""
    both = threading.Barrier(2)
    rebuild = history.validity.rebuild_touched

    def waited(product_ids: Any) -> None:
        both.wait(timeout=30)
        rebuild(product_ids)

    monkeypatch.setattr(history.validity, "rebuild_touched", waited)


def recognised(product: int, day: date) -> Callable[[], None]:
    """A transaction that gives the product a recognition."""

    def act() -> None:
        one = Recognition(
            product_id=product, decided_on=day, rank=Rank.THREE, status=Status.VERIFIED
        )
        with transaction.atomic():
            create_record(one, None, "thử")

    return act


def outcome() -> tuple[list[Any], list[date]]:
    starts = ValiditySpan.objects.order_by("starts_on").values_list("starts_on", flat=True)
    return differing_products(), list(starts)


DAYS = [date(2021, 1, 1), date(2022, 1, 1)]


@on_postgresql
def test_two_new_recognitions_of_one_product_are_both_in_its_spans(
    elsewhere: Any, monkeypatch: Any
) -> None:
    product = elsewhere(lambda: make_product().pk)
    meet_before_rebuilding(monkeypatch)
    at_once(elsewhere, *(recognised(product, day) for day in DAYS))
    assert elsewhere(outcome) == ([], DAYS)


@on_postgresql
def test_a_new_recognition_and_one_that_is_revoked_meanwhile_are_both_seen(
    elsewhere: Any, monkeypatch: Any
) -> None:
    pk = elsewhere(lambda: make_recognition(decided_on=DAYS[0]).pk)
    product = elsewhere(lambda: Recognition.objects.get(pk=pk).product_id)
    meet_before_rebuilding(monkeypatch)

    def revoke() -> None:
        with transaction.atomic():
            record = Recognition.objects.select_for_update().get(pk=pk)
            record.revoked_on, record.revocation_reason = date(2021, 6, 1), "thử"
            update_record(record, ["revoked_on", "revocation_reason"], None, "thử")

    at_once(elsewhere, revoke, recognised(product, DAYS[1]))
    assert elsewhere(outcome) == ([], DAYS)
    first = elsewhere(lambda: ValiditySpan.objects.order_by("starts_on")[0].until)
    assert first == date(2021, 6, 1)


@on_postgresql
def test_a_product_that_moves_meanwhile_gives_its_new_recognition_its_new_district(
    elsewhere: Any, monkeypatch: Any
) -> None:
    product = elsewhere(lambda: make_product().pk)
    moved = threading.Event()
    rebuild = history.validity.rebuild_touched

    def move() -> None:
        with transaction.atomic():
            one = Product.objects.select_for_update(no_key=True).get(pk=product)
            one.district = district("848")
            update_record(one, ["district"], None, "thử")
            moved.set()

    def waited(product_ids: Any) -> None:
        if threading.current_thread().name.endswith("_1"):
            moved.wait(timeout=30)
        rebuild(product_ids)

    monkeypatch.setattr(history.validity, "rebuild_touched", waited)
    at_once(elsewhere, move, recognised(product, DAYS[0]))
    assert elsewhere(outcome) == ([], DAYS[:1])
    assert elsewhere(lambda: ValiditySpan.objects.get().district.code) == "848"


def test_one_after_the_other_where_one_keeps_the_other_out(elsewhere: Any) -> None:
    """On both databases, as they come."""
    product = elsewhere(lambda: make_product().pk)
    at_once(elsewhere, *(recognised(product, day) for day in DAYS))
    assert elsewhere(outcome) == ([], DAYS)
