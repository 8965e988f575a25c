"""What a membership must be, each refusal with its field and its remedy."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.organisation.choices import Role, UnitLevel
from ocop.organisation.models import Membership, Unit

Problem = tuple[str, str]
"""Name of the field, sentence."""


def membership_problems(membership: Membership) -> list[Problem]:
    """Why `membership` cannot be as it is; [] where it can. One query at most."""
    found = [*_place_problems(membership), *_field_problems(membership)]
    start, end = membership.starts_on, membership.ends_on
    if start and end and end < start:
        words = _("The last day lies before the first, %(first)s: write a later day.")
        found.append(("ends_on", words % {"first": day(start)}))
    elif start and not found and membership.user_id:
        found += _overlap_problems(membership)
    return found


def day(value: date) -> str:
    return date_format(value, "SHORT_DATE_FORMAT")


def _place_problems(membership: Membership) -> list[Problem]:
    unit, agency = membership.unit, membership.agency
    if membership.role != Role.LOCAL:
        if unit is None:
            return []
        return [("unit", _("Only a local officer has a unit: leave it empty."))]
    if unit is None:
        return [("unit", _("A local officer needs a unit: choose a district or a commune."))]
    if unit.level == UnitLevel.PROVINCE:
        return [("unit", _("Choose a district or a commune: the province has its own officers."))]
    if agency is not None and agency.unit_id not in (None, unit.pk):
        words = _("%(agency)s does not belong to %(unit)s: choose another agency, or none.")
        return [("agency", words % {"agency": agency, "unit": unit})]
    return _validity_problems(membership, unit)


def _validity_problems(membership: Membership, unit: Unit) -> list[Problem]:
    start = membership.starts_on
    if start is None:
        return []
    if unit.valid_to is not None and unit.valid_to < start:
        words = _(
            "%(unit)s ended on %(last)s, before this role begins: choose the unit that succeeded "
            "it, or a first day by then."
        )
        return [("unit", words % {"unit": unit, "last": day(unit.valid_to)})]
    if unit.valid_from > start:
        words = _("%(unit)s exists from %(first)s on: write that day or a later one.")
        return [("starts_on", words % {"unit": unit, "first": day(unit.valid_from)})]
    return []


def _field_problems(membership: Membership) -> list[Problem]:
    if membership.fields and membership.role != Role.PROVINCE:
        return [("fields", _("Only a provincial officer has fields of work: leave all unticked."))]
    return []


def _overlap_problems(membership: Membership) -> list[Problem]:
    """Two of one role in one unit at a time say nothing that one of them does not."""
    others = Membership.objects.filter(
        user=membership.user, role=membership.role, unit=membership.unit
    ).exclude(pk=membership.pk)
    for other in others:
        begins_after = membership.ends_on is not None and membership.ends_on < other.starts_on
        ended_before = other.ends_on is not None and other.ends_on < membership.starts_on
        if begins_after or ended_before:
            continue
        words = _(
            "This person has the same role from %(first)s already: end that one on %(eve)s, or "
            "change it instead."
        )
        eve = membership.starts_on - timedelta(days=1)
        return [("starts_on", words % {"first": day(other.starts_on), "eve": day(eve)})]
    return []
