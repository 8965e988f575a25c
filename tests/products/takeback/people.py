"""A second person of the province, who verifies what the first proposes."""

from datetime import date

from ocop.organisation.choices import Role, WorkField
from ocop.organisation.models import Membership, User


def second_provincial_officer() -> User:
    person = User.objects.create(username="tinh2", display_name="Cán bộ tỉnh thứ hai")
    first = Membership.objects.get(user__username="tinh")
    Membership.objects.create(
        user=person,
        role=Role.PROVINCE,
        agency=first.agency,
        fields=list(WorkField.values),
        starts_on=date(2022, 1, 1),
    )
    return person
