"""Who reads, enters and compares: totals are the province's, lists those of who imports them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from ocop.imports.datasets import described
from ocop.imports.findings import Importer
from ocop.imports.permissions import importer_of
from ocop.imports.pipeline import may_import
from ocop.organisation.choices import Role
from ocop.organisation.scope import Scope
from ocop.web.errors import NotForYou
from targets.models import PublishedTotal

ENTERING_ROLES = frozenset({Role.PROVINCE, Role.ADMINISTRATOR})
DATASET = "recognitions"


def may_enter_totals(scope: Scope) -> bool:
    return bool(scope.roles & ENTERING_ROLES)


def require_may_enter_totals(scope: Scope) -> None:
    """NotForYou (404) for accounts without a role, PermissionDenied (403) for readers."""
    if not scope.roles:
        raise NotForYou(_("Your account has no unit assigned yet. Ask the administrator."))
    if not may_enter_totals(scope):
        raise PermissionDenied(
            _("Published totals are entered by provincial officers and administrators.")
        )


def get_total_or_404(pk: int, scope: Scope) -> PublishedTotal:
    """A total that the person may see, withdrawn or not."""
    found = PublishedTotal.objects.select_related("unit")
    total: PublishedTotal | None = (
        (found if scope.everything else found.visible_in(scope)).filter(pk=pk).first()
    )
    if total is None:
        raise NotForYou(_("There is no such published total, or it is not of your district."))
    return total


def may_compare_lists(scope: Scope) -> bool:
    return may_import(scope, described(DATASET))


def require_may_compare_lists(user: Any) -> Importer:
    """The person as an importer of recognitions; NotForYou without a role, 403 for readers."""
    importer = importer_of(user)
    if not may_compare_lists(importer.scope):
        raise PermissionDenied(_("Comparing a decision's list is for those who import such lists."))
    return importer
