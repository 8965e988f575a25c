"""Who sits in the committee on a day; members entered and changed over the version seen."""

from datetime import date
from typing import Any

from django.db import transaction

from ocop.organisation.installation import steering_committee
from targets.choices import CommitteeRole
from targets.models import CommitteeMember

FIELDS = ("name", "position", "role", "starts_on", "ends_on", "source")


class MemberConflict(Exception):
    """Somebody else changed the entry since it was looked at."""


def head_at(day: date) -> CommitteeMember | None:
    """Who heads the committee on `day`; of several the one named last, None where none is known."""
    heads = CommitteeMember.objects.at(day).filter(role=CommitteeRole.HEAD)
    return heads.order_by("-starts_on", "-pk").first()  # type: ignore[no-any-return]


def enter(values: dict[str, Any]) -> CommitteeMember:
    """A member of the committee that the site's facts name; the caller has looked for it."""
    return CommitteeMember.objects.create(agency_id=steering_committee().pk, **values)  # type: ignore[union-attr]


def change(member: CommitteeMember, values: dict[str, Any], version: int) -> None:
    """Write over the version seen; MemberConflict where it is older."""
    with transaction.atomic():
        found = CommitteeMember.objects.select_for_update().filter(pk=member.pk, version=version)
        if not found.update(version=version + 1):
            raise MemberConflict
        member.refresh_from_db()
        for name, value in values.items():
            setattr(member, name, value)
        member.save()
