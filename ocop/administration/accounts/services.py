"""What is done to accounts: noted as events, and never so that nobody administers any more."""

import logging
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.organisation.choices import Role
from ocop.organisation.models import AccountEvent, Membership, User

log = logging.getLogger("ocop.accounts")
LAST_ADMINISTRATOR = _(
    "Nobody else could administer the program then. Give another person the role of administrator "
    "without a last day first, and let them set their password."
)


def note(
    account: User,
    kind: str,
    by: Any,
    reason: str = "",
    role: str = "",
    details: str = "",
) -> None:
    """One event of an account, on record and in the log. `by` None: a command, or the person."""
    AccountEvent.objects.create(
        account=account, kind=kind, by=by, reason=reason, role=role, details=details[:300]
    )
    log.info(
        "account %r: %s%s by %r",
        account.username,
        kind,
        f" {role} ({details})" if role else "",
        by.username if by else "-",
    )


def note_membership(membership: Membership, kind: str, by: Any, reason: str = "") -> None:
    """Which role was given, changed or ended, where, and from when until when."""
    details = [str(one) for one in (membership.unit, membership.agency) if one]
    details += [", ".join(membership.fields)] if membership.fields else []
    span = f"{membership.starts_on:%d/%m/%Y}–"
    span += f"{membership.ends_on:%d/%m/%Y}" if membership.ends_on else ""
    note(membership.user, kind, by, reason, membership.role, "; ".join([*details, span]))


def somebody_administers(without: User | None = None, ending: Membership | None = None) -> bool:
    """Whether an administrator who can sign in is left, from today on and without a last day,
    when `without` is disabled or `ending` ends.

    In the transaction of the change: the memberships stay locked until its end, so that of two
    administrators who disable each other the second is refused.
    """
    held = Membership.objects.filter(
        role=Role.ADMINISTRATOR, starts_on__lte=timezone.localdate(), ends_on__isnull=True
    )
    left = [one for one in held.select_for_update().order_by("pk") if one != ending]
    # Read after the rows are locked: what the one before us wrote is seen.
    people = User.objects.filter(pk__in=[one.user_id for one in left], is_active=True)
    return any(one.has_usable_password() for one in people if one != without)
