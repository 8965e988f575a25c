"""The one place where a record's status changes."""

import pytest

from ocop.organisation.models import User
from products.choices import Status
from products.models import Recognition
from products.records import workflow
from products.records.history import create_all
from targets.models import Allocation, Target
from tests.support.cases import every_case
from tests.support.factories import district, make_recognition

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def author() -> User:
    return User.objects.get(username="huyen844")


@pytest.fixture
def verifier() -> User:
    return User.objects.get(username="tinh")


def test_a_draft_is_submitted_and_verified_with_one_history_row_each(
    author: User, verifier: User
) -> None:
    record = make_recognition(status=Status.DRAFT, created_by=author)
    workflow.advance(record, "submit", author)
    workflow.advance(record, "verify", verifier)
    record = Recognition.objects.get(pk=record.pk)
    assert (record.status, record.verified_by, record.version) == ("verified", verifier, 3)
    rows = record.history.order_by("history_id")
    assert [(row.status, row.history_user) for row in rows] == [
        ("draft", None),
        ("submitted", author),
        ("verified", verifier),
    ]


def test_a_record_is_returned_only_with_a_reason_and_submitted_again(
    author: User, verifier: User
) -> None:
    record = make_recognition(status=Status.SUBMITTED, created_by=author)
    with pytest.raises(workflow.WorkflowError):
        workflow.advance(record, "return", verifier, " ")
    workflow.advance(record, "return", verifier, "thiếu quyết định")
    assert (record.status, record.status_reason) == ("returned", "thiếu quyết định")
    workflow.advance(record, "submit", author)
    assert record.status == "submitted"


def test_nobody_verifies_a_record_of_their_own(author: User) -> None:
    record = make_recognition(status=Status.SUBMITTED, created_by=author)
    with pytest.raises(workflow.WorkflowError):
        workflow.advance(record, "verify", author)
    record.refresh_from_db()
    assert record.status == "submitted"


@every_case(
    "status,action",
    [
        (Status.DRAFT, "verify"),
        (Status.VERIFIED, "submit"),
        (Status.VERIFIED, "return"),
        (Status.SUBMITTED, "submit"),
    ],
)
def test_other_changes_are_refused_and_leave_no_history(
    status: str, action: str, verifier: User
) -> None:
    record = make_recognition(status=status)
    before = record.history.count()
    with pytest.raises(workflow.WorkflowError):
        workflow.advance(record, action, verifier, "vì thử")
    assert record.history.count() == before


def test_the_second_of_two_who_act_at_once_is_told(verifier: User) -> None:
    record = make_recognition(status=Status.SUBMITTED)
    stale = Recognition.objects.get(pk=record.pk)
    workflow.advance(record, "verify", verifier)
    with pytest.raises(workflow.StaleRecord):
        workflow.advance(stale, "return", verifier, "sai số")
    assert Recognition.objects.get(pk=record.pk).status == "verified"


def test_records_of_other_apps_go_the_same_way(verifier: User) -> None:
    """Allocations that an officer imported wait and are verified by somebody else."""
    allocation = Allocation(
        target=Target.objects.get(code="OCOP-NEW"),
        unit=district(),
        year=2024,
        value=3,
        status=Status.SUBMITTED,
        created_by=User.objects.get(username="quantri"),
    )
    create_all([allocation], allocation.created_by, "thử")
    workflow.advance(allocation, "verify", verifier)
    assert allocation.status == Status.VERIFIED
