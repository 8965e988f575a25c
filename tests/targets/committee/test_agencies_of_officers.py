"""An officer of an agency that took others over goes on with their assignments."""

from datetime import date

import pytest

from ocop.organisation.models import Agency, Membership, User
from targets.committee import permissions

pytestmark = pytest.mark.django_db


def agencies(code: str, role: str = "province") -> set[str]:
    person = User.objects.create(username=f"nguoi-{code}-{role}")
    held = Membership.objects.create(
        user=person, role=role, agency=Agency.objects.get(code=code), starts_on=date(2022, 1, 1)
    )
    found = permissions.agencies_of([held])
    return set(Agency.objects.filter(pk__in=found).values_list("code", flat=True))


def test_what_was_given_to_a_department_is_its_successors() -> None:
    former = Agency.objects.get(code="so-nnptnt")
    heir = former.successor
    assert heir is not None
    while heir.successor is not None:
        heir = heir.successor
    assert {"so-nnptnt", heir.code} <= agencies(heir.code)
    # One who was never moved to the new department goes on as well.
    assert {"so-nnptnt", heir.code} <= agencies("so-nnptnt")
    assert "so-khcn" not in agencies(heir.code, "committee")


def test_an_administrator_reports_for_none() -> None:
    assert agencies("so-nnptnt", "administrator") == set()
