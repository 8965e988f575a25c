"""Who sees, enters and verifies which record: every page, file and command asks here.

Everybody in scope sees what was submitted or verified. Drafts and returned records are seen by
those who enter that kind of record there. What may be seen and not entered is refused with 403,
what may not be seen is not there (404).
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from ocop.organisation.choices import Role
from ocop.organisation.scope import Area, Scope
from ocop.web.errors import NotForYou
from products.choices import Status
from products.kinds import KINDS, RecordKind, verified_kinds
from products.models import Amendment
from products.models.entered import standing

OPEN_STATUSES = (Status.SUBMITTED, Status.VERIFIED)


def _enters_everywhere(scope: Scope, kind: RecordKind) -> bool:
    within = kind.field in scope.fields if kind.field else bool(scope.fields)
    return Role.PROVINCE in scope.roles and within


def may_enter_somewhere(scope: Scope, kind: RecordKind) -> bool:
    """True if there is a district (or the province) for which the person enters this kind."""
    own = kind.district_enters and bool(scope.unit_ids)
    return own or _enters_everywhere(scope, kind)


def may_enter(scope: Scope, kind: RecordKind, area: Area) -> bool:
    """True if the person enters records of this kind for that area."""
    return (kind.district_enters and scope.owns(area)) or _enters_everywhere(scope, kind)


def may_verify(scope: Scope, kind: RecordKind) -> bool:
    """Provincial officers verify in their fields of work."""
    return _enters_everywhere(scope, kind)


def visible(kind: RecordKind, scope: Scope) -> Any:
    """The records of this kind that the person may see, as a queryset; no cancelled ones."""
    return readable(kind, scope).filter(standing())


def readable(kind: RecordKind, scope: Scope) -> Any:
    """The same with those cancelled, which whoever may see them may still read."""
    records = kind.model._default_manager.visible_in(scope)  # type: ignore[attr-defined]
    return records.filter(_shown(kind, scope, kind.district_path))


def _shown(kind: RecordKind, scope: Scope, path: str) -> Q:
    """The condition that a record is open to all in scope, or the person enters it."""
    if _enters_everywhere(scope, kind):
        return Q()
    shown = Q(status__in=(*OPEN_STATUSES, Status.CANCELLED))
    if kind.district_enters and scope.unit_ids:
        shown |= scope.own(path)
    return shown


def visible_amendments(scope: Scope) -> Any:
    """Proposed changes the person may see: of kinds and districts they enter or verify."""
    allowed = Q(pk__in=[])
    for kind in KINDS.values():
        if _enters_everywhere(scope, kind):
            allowed |= Q(kind=kind.slug)
        elif kind.district_enters:
            allowed |= Q(kind=kind.slug) & scope.own("district_id")
    return Amendment.objects.visible_in(scope).filter(allowed)


def get_kind_or_404(slug: str, verifying: bool = False) -> RecordKind:
    """The kind of that slug; NotForYou where there is none. `verifying`: those of other apps that
    wait in the same queue too."""
    kinds = verified_kinds() if verifying else KINDS
    if slug not in kinds:
        raise NotForYou(_("There is no such kind of record."))
    return kinds[slug]


def get_visible_or_404(kind: RecordKind, pk: int, scope: Scope) -> Any:
    """The record, if the person may see it; NotForYou otherwise, whether it exists or not."""
    record = readable(kind, scope).filter(pk=pk).first()
    if record is None:
        raise NotForYou(_("There is no such record, or it is not in your district."))
    return record


def get_editable_or_404(kind: RecordKind, pk: int, scope: Scope) -> Any:
    """The record, if the person may change it. NotForYou (404) or PermissionDenied (403)."""
    record = get_visible_or_404(kind, pk, scope)
    require_may_enter(scope, kind, kind.area_of(record))
    return record


def require_may_enter(scope: Scope, kind: RecordKind, area: Area) -> None:
    if not may_enter(scope, kind, area):
        raise PermissionDenied(
            _("You may read these records; entering them is not part of your role.")
        )


def require_may_enter_somewhere(scope: Scope, kind: RecordKind) -> None:
    if not may_enter_somewhere(scope, kind):
        raise PermissionDenied(
            _("You may read these records; entering them is not part of your role.")
        )


def require_may_verify(scope: Scope, kind: RecordKind) -> None:
    if not may_verify(scope, kind):
        raise PermissionDenied(_("Verifying these records is not part of your role."))
