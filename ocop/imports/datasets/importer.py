"""On whose behalf an import enters records."""

from datetime import date
from typing import Any

from ocop.imports.findings import Importer
from ocop.organisation.choices import Role
from ocop.organisation.models import User
from ocop.organisation.scope import SYSTEM, Scope, scope_of

VERIFIED, SUBMITTED = "verified", "submitted"


def entry_status(scope: Scope) -> str:
    """Status that imported records enter with: verified for the system and administrators.

    Everybody else's enter the queue, so that another person verifies them.
    """
    return VERIFIED if Role.ADMINISTRATOR in scope.roles else SUBMITTED


def system_importer() -> Importer:
    return Importer(SYSTEM, entry_status(SYSTEM))


def importer_for(user: Any, day: date) -> Importer:
    """The importer for a person as of a day: what their memberships then allow."""
    scope = scope_of(user, day)
    return Importer(scope, entry_status(scope), user)


def importer_named(name: str | None, day: date) -> Importer | None:
    """The importer for an account's name, the system for None; None where there is no such one."""
    if name is None:
        return system_importer()
    user = User.objects.filter(username=name, is_active=True).first()
    return importer_for(user, day) if user is not None else None
