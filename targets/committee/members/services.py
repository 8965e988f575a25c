"""Who sits in the committee on a day; members entered and changed over the version seen."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ocop.organisation.installation import steering_committee
from ocop.web.errors import BadParameter
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
    """BadParameter where the site's facts name no committee."""
    committee = steering_committee()
    if committee is None:
        raise BadParameter(_("No steering committee is on record: load the reference data first."))
    return CommitteeMember.objects.create(agency=committee, **values)


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
