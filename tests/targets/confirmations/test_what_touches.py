"""Which confirmed quarters a change touches: it lies in them, or counts otherwise at their end."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from ocop.organisation.models import User
from products.choices import Status
from products.confirmed_periods import lookup as asking
from products.confirmed_periods.rules import RecordPlace, RecordVersion, touches
from products.kinds import KINDS, kind_of
from products.models import Product
from products.records import history, workflow
from targets.confirmations import later_changes
from targets.models import Confirmation
from tests.support.cases import every_case
from tests.support.factories import (
    district,
    make_enrolment,
    make_ip_right,
    make_listing,
    make_product,
    make_recognition,
)
from tests.targets.confirmations.made import confirmed

FIRST, LAST = date(2024, 4, 1), date(2024, 6, 30)
LONG_BEFORE, AFTER = date(2024, 1, 5), date(2024, 7, 1)


def version(kind: str = "recognition", day: date = LONG_BEFORE, **fields: Any) -> RecordVersion:
    place = fields.pop("place", RecordPlace(1, 7))
    return RecordVersion(kind, place, day, by_year=KINDS[kind].counts_by_year, **fields)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("ip-right", True),
        ("task", True),
        ("recognition", False),
        ("listing", False),
        ("traceability", False),
    ],
)
def test_rights_and_tasks_count_in_the_window_of_their_day(kind: str, expected: bool) -> None:
    of_kind = KINDS[kind]
    columns = ("status", of_kind.effective_date, *of_kind.end_dates, *of_kind.classification)
    columns += (of_kind.prolonged,) if of_kind.prolonged else ()
    values: dict[str, Any] = dict.fromkeys(columns) | {of_kind.effective_date: LONG_BEFORE}
    assert asking.version_of(kind, values, RecordPlace(1)).by_year is expected


@every_case(
    "before,after,expected",
    [
        (None, version(day=LAST), True),
        (None, version(day=AFTER), False),
        (version(day=AFTER), version(day=LONG_BEFORE), True),
        (version(end_dates=(None,)), version(end_dates=(LAST,)), True),
        (version(end_dates=(None,)), version(end_dates=(AFTER,)), False),
        (version("listing", end_dates=(None,)), version("listing", end_dates=(LAST,)), True),
        (version("listing", end_dates=(AFTER,)), version("listing", end_dates=(None,)), False),
        (version(classification=30), version(classification=40), True),
        (version(day=AFTER, classification=30), version(day=AFTER, classification=40), False),
        # Its certificate is over: the rank counts for nothing any more, the revocation does.
        (
            version(day=date(2021, 1, 5), classification=30),
            version(day=date(2021, 1, 5), classification=40),
            False,
        ),
        (
            version(day=date(2021, 1, 5), end_dates=(None,)),
            version(day=date(2021, 1, 5), end_dates=(LAST,)),
            True,
        ),
        (
            version("ip-right", classification=("a", False)),
            version("ip-right", classification=("a", True)),
            True,
        ),
        # Another day of the same year of one that was counted on both.
        (version("task", LONG_BEFORE), version("task", date(2024, 2, 1)), False),
        (version("task", LONG_BEFORE), version("task", date(2023, 2, 1)), True),
        (version("ip-right", LONG_BEFORE), version("ip-right", date(2024, 2, 1)), False),
        (version("ip-right", LONG_BEFORE), version("ip-right", date(2023, 2, 1)), True),
        # A listing counts while it lasts, whenever it began.
        (version("listing", LONG_BEFORE), version("listing", date(2023, 2, 1)), False),
        # Recognitions stand in the order of their days: which was the first may be another.
        (version(day=LONG_BEFORE), version(day=date(2024, 2, 1)), True),
        (version(), version(place=RecordPlace(2, 7)), True),
        (version(place=RecordPlace(2, 7)), version(), True),
        (version(place=RecordPlace(2, 7)), version(place=RecordPlace(3, 7)), False),
        (version(), version(), False),
        (version(verified=False), version(), True),
    ],
)
def test_a_change_touches_what_it_lies_in_or_counts_otherwise_for(
    before: RecordVersion | None, after: RecordVersion, expected: bool
) -> None:
    assert touches([(before, after)], 1, FIRST, LAST) is expected


def labels(code: str = "844") -> list[str]:
    stored = Confirmation.objects.get(unit__code=code)
    return [
        one.reason
        for one in later_changes.told_after(stored, timezone.localdate())[0]
        if one.reason
    ]


def change(record: Any, **values: Any) -> list[str]:
    """What would be asked about, before the record is changed with a reason."""
    before = {name: getattr(record, name) for name in asking.columns_of(kind_of(record).slug)}
    for name, value in values.items():
        setattr(record, name, value)
    labels = asking.labels_text(asking.touched_periods(kind_of(record), record))
    assert ", ".join(asking.labels_of_touched([(record, before)])) == labels
    history.update_all([record], list(values), None, "sửa")
    return [labels] if labels else []


@pytest.mark.django_db
def test_ends_and_ranks_dated_back_are_asked_about_and_marked() -> None:
    product = make_product(district=district("844"))
    recognition = make_recognition(product, LONG_BEFORE)
    listing = make_listing(product, LONG_BEFORE)
    enrolment = make_enrolment(product, LONG_BEFORE)
    right = make_ip_right(granted_on=LONG_BEFORE, district=district("844"))
    confirmed()
    for record, values in (
        (recognition, {"rank": 40}),
        (recognition, {"revoked_on": LAST, "revocation_reason": "vi phạm"}),
        (listing, {"ended_on": date(2024, 5, 1)}),
        (enrolment, {"ended_on": date(2024, 6, 30)}),
        (right, {"supported": not right.supported}),
        (right, {"cancelled_on": date(2024, 6, 1)}),
    ):
        number = len(labels())
        assert change(record, **values), values
        assert len(labels()) == number + 1, values


@pytest.mark.django_db
def test_what_ends_after_the_quarter_is_neither_asked_about_nor_marked() -> None:
    product = make_product(district=district("844"))
    recognition, listing = (
        make_recognition(product, LONG_BEFORE),
        make_listing(product, LONG_BEFORE),
    )
    confirmed()
    assert not change(recognition, revoked_on=AFTER, revocation_reason="vi phạm")
    assert not change(recognition, note="ghi chú")
    assert not change(listing, ended_on=AFTER)
    assert labels() == []


@pytest.mark.django_db
def test_a_product_moved_touches_the_quarters_of_both_districts() -> None:
    product = make_product(district=district("844"))
    make_recognition(product, LONG_BEFORE)
    empty = make_product(district=district("844"))
    confirmed()
    confirmed(code="848")
    for one, expected in ((empty, 0), (product, 1)):
        before = {"district_id": one.district_id, "producer_id": one.producer_id}
        one.district = district("848")
        assert len(asking.touched_periods(KINDS["product"], one)) == 2 * expected
        assert len(asking.labels_of_touched([(one, before)])) == expected
        history.update_all([one], ["district"], None, "chuyển địa bàn")
        assert [labels(code) for code in ("844", "848")] == [["chuyển địa bàn"] * expected] * 2
    assert Product.objects.filter(district__code="848").count() == 2


@pytest.mark.django_db
def test_a_draft_that_was_there_when_confirmed_is_discarded_with_a_reason() -> None:
    draft = make_recognition(
        make_product(district=district("844")), date(2024, 5, 2), status=Status.DRAFT
    )
    confirmed(date(2100, 1, 1))
    officer = User.objects.get(username="huyen844")
    with pytest.raises(workflow.ReasonForConfirmed):
        workflow.discard(draft, officer)
    stored = draft.pk
    workflow.discard(draft, officer, "nhập trùng")
    last = type(draft).history.filter(id=stored).order_by("-history_id").first()
    assert (last.history_type, last.history_change_reason) == ("-", "nhập trùng")


def test_a_commune_that_becomes_known_touches_the_commune_and_not_its_district() -> None:
    """Districts do not ask in which of their communes a record lies; the commune gains one."""
    nowhere = version(place=RecordPlace(1, 7))
    known = version(place=RecordPlace(1, 7, 5))
    assert not touches([(nowhere, known)], 1, FIRST, LAST)
    assert touches([(nowhere, known)], 5, FIRST, LAST)
    assert touches([(nowhere, version(place=RecordPlace(1, 8, 5)))], 1, FIRST, LAST)
    assert touches([(known, None)], 1, FIRST, LAST)
