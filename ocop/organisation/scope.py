"""Who sees and edits what: one place, used by every page, chart, export, file and command.

A user's scope follows from the memberships active on the day of the request:
committee members, provincial officers and administrators see the whole province; a district
officer sees and edits the own district; a user without a membership sees nothing.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from ocop.organisation.choices import Role
from ocop.organisation.models import Membership


@dataclass(frozen=True)
class Scope:
    """What one person may see: `everything`, or the districts with these ids.

    `fields` are the fields of work of a provincial officer; entering and verifying follow from
    them and from the districts (products.records.permissions).
    """

    everything: bool = False
    district_ids: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()

    def sees(self, district_id: int | None) -> bool:
        """True if records of that district (None: of the province itself) are visible."""
        return self.everything or (district_id is not None and district_id in self.district_ids)

    def condition(self, path: str) -> Q:
        """The scope as a filter over the field path to a district's id."""
        return Q() if self.everything else Q(**{f"{path}__in": self.district_ids})


SYSTEM = Scope(everything=True, roles=frozenset({Role.ADMINISTRATOR}))
"""The scope of commands that run without a person."""


def memberships_of(user: Any, day: date) -> list[Membership]:
    """What `user` is on `day`; nothing for anonymous and disabled users."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    held = Membership.objects.filter(user=user).active_at(day)
    return list(held.select_related("agency", "district"))


def memberships_of_request(request: HttpRequest) -> list[Membership]:
    """What the person signed in is today; asked for once a request."""
    if not hasattr(request, "memberships"):
        request.memberships = memberships_of(  # type: ignore[attr-defined]
            request.user, timezone.localdate()
        )
    held: list[Membership] = request.memberships  # type: ignore[attr-defined]
    return held


def scope_of_request(request: HttpRequest) -> Scope:
    """What the person signed in may see today."""
    return scope_from(memberships_of_request(request))


def scope_of(user: Any, day: date) -> Scope:
    """The scope of `user` on `day`; nothing for anonymous, disabled or member-less users."""
    return scope_from(memberships_of(user, day))


def scope_from(memberships: list[Membership]) -> Scope:
    """The scope that these memberships give together."""
    roles = frozenset(membership.role for membership in memberships)
    return Scope(
        everything=bool(roles - {Role.DISTRICT}),
        district_ids=frozenset(m.district_id for m in memberships if m.district_id),
        roles=roles,
        fields=frozenset(name for m in memberships if m.role == Role.PROVINCE for name in m.fields),
    )


class ScopedQuerySet(models.QuerySet):
    """A queryset that knows the way from its records to their district.

    Set `district_path` to the field path of the district's id.
    """

    district_path = "district_id"

    def visible_in(self, scope: Scope) -> Any:
        """The records that `scope` may see."""
        return self.filter(scope.condition(self.district_path))
