"""Who sees and runs meetings, gives assignments, reports on them and enters activities.

Meetings are the province's: they are seen by those who see the whole province, and run by the
committee and by provincial officers. A district officer finds no meeting there (404), only the
assignments of the own agency and district.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.organisation.agencies import AgencyNames
from ocop.organisation.choices import Role, UnitLevel
from ocop.organisation.models import Agency, Membership, Unit
from ocop.organisation.scope import Scope
from ocop.web.errors import NotForYou
from targets.models import Activity, Assignment, Meeting, Topic

MEETING_ROLES = frozenset({Role.COMMITTEE, Role.PROVINCE})
REPORTING_ROLES = MEETING_ROLES | {Role.LOCAL}
KEEPING_ROLES = frozenset({Role.PROVINCE, Role.ADMINISTRATOR})
ENTERING_ROLES = frozenset({Role.PROVINCE, Role.LOCAL})


# --- Meetings -----------------------------------------------------------------------------------


def may_run(scope: Scope) -> bool:
    """True for those who plan, open and close meetings and give assignments."""
    return bool(scope.roles & MEETING_ROLES)


def require_may_see_meetings(scope: Scope) -> None:
    if not scope.everything:
        raise NotForYou(_("There is no such meeting, or it is not for your district."))


def require_may_run(scope: Scope) -> None:
    """NotForYou (404) for those who see no meetings, PermissionDenied (403) for readers."""
    require_may_see_meetings(scope)
    if not may_run(scope):
        raise PermissionDenied(
            _("You may read meetings; the committee and provincial officers run them.")
        )


def get_meeting_or_404(pk: int, scope: Scope) -> Meeting:
    """The meeting with its frozen figures, for those who see the whole province."""
    require_may_see_meetings(scope)
    found = Meeting.objects.select_related("frozen__who", "plan__unit", "source")
    meeting = found.filter(pk=pk).first()
    if meeting is None:
        raise NotForYou(_("There is no such meeting, or it is not for your district."))
    return meeting


def get_topic_or_404(meeting: Meeting, pk: int) -> Topic:
    topic = meeting.topics.select_related("target", "concluded_by").filter(pk=pk).first()
    if topic is None:
        raise NotForYou(_("There is no such topic in this meeting."))
    return topic


# --- Assignments --------------------------------------------------------------------------------


def agencies_of(memberships: Iterable[Membership]) -> frozenset[int]:
    """The agencies that somebody reports for: those of memberships that are no administrator's,
    with those that they took over from: what was given to a department is its successor's."""
    own = [one.agency for one in memberships if one.agency and one.role in REPORTING_ROLES]
    if not own:
        return frozenset()
    today, names = timezone.localdate(), AgencyNames.read()
    bodies = {body.pk for agency in own if (body := names.body(agency, today)) is not None}
    former = [
        one
        for one in names.all.values()
        if (body := names.body(one, today)) is not None and body.pk in bodies
    ]
    return frozenset(one.pk for one in (*own, *former))


def visible_assignments(scope: Scope, agencies: frozenset[int]) -> Any:
    """All for those who see the province; else those that the own agencies, or those of the own
    districts, lead or co-operate in."""
    found = Assignment.objects.all()
    if scope.everything:
        return found
    own = Agency.objects.filter(Q(pk__in=agencies) | Q(unit__in=scope.unit_ids)).values("pk")
    return found.filter(concerning(own))


def of_unit(assignments: Any, unit: Unit) -> Any:
    """Those that agencies of a district or commune lead or co-operate in; of a province all."""
    if unit.level == UnitLevel.PROVINCE:
        return assignments
    return assignments.filter(concerning(Agency.objects.filter(unit=unit).values("pk")))


def concerning(agencies: Any) -> Q:
    """Assignments that one of `agencies` leads or co-operates in, each once."""
    through = Assignment.cooperating.through
    with_them = through.objects.filter(agency__in=agencies).values("assignment")
    return Q(agency__in=agencies) | Q(pk__in=with_them)


def get_assignment_or_404(pk: int, scope: Scope, agencies: frozenset[int]) -> Assignment:
    found = visible_assignments(scope, agencies)
    found = found.select_related("agency", "target", "topic__meeting", "cites")
    assignment: Assignment | None = found.filter(pk=pk).first()
    if assignment is None:
        raise NotForYou(_("There is no such assignment, or it is not your agency's."))
    return assignment


def may_report(assignment: Assignment, scope: Scope, agencies: frozenset[int]) -> bool:
    """True for the agency that leads, those that co-operate, and whoever gives assignments."""
    if may_run(scope) or assignment.agency_id in agencies:
        return True
    return any(agency.pk in agencies for agency in assignment.cooperating.all())


def require_may_report(assignment: Assignment, scope: Scope, agencies: frozenset[int]) -> None:
    if not may_report(assignment, scope, agencies):
        raise PermissionDenied(
            _("You may read this assignment; its agencies, the committee and the province report.")
        )


# --- Documents and members ------------------------------------------------------------------------


def may_keep_documents(scope: Scope) -> bool:
    """True for those who enter documents, opinions and the committee's members."""
    return bool(scope.roles & KEEPING_ROLES)


def require_role(scope: Scope) -> None:
    """Documents and the committee are no secret: whoever has a role reads them."""
    if not scope.roles:
        raise NotForYou(_("Your account has no unit assigned yet. Ask the administrator."))


def require_may_keep_documents(scope: Scope) -> None:
    require_role(scope)
    if not may_keep_documents(scope):
        raise PermissionDenied(
            _("You may read this page; provincial officers and administrators enter here.")
        )


# --- Activities ---------------------------------------------------------------------------------


def may_enter_activities(scope: Scope) -> bool:
    return bool(scope.roles & ENTERING_ROLES)


def require_may_enter_activities(scope: Scope) -> None:
    if not scope.roles:
        raise NotForYou(_("Your account has no unit assigned yet. Ask the administrator."))
    if not may_enter_activities(scope):
        raise PermissionDenied(
            _("You may read activities; provincial and district officers enter them.")
        )


def get_activity_or_404(pk: int, scope: Scope) -> Activity:
    found = Activity.objects.visible_in(scope).select_related("district", "commune", "agency")
    activity: Activity | None = found.filter(pk=pk).first()
    if activity is None:
        raise NotForYou(_("There is no such activity, or it is not in your district."))
    return activity
