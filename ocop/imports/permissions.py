"""Who imports: those whose role enters some dataset. Others may take templates and exports."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.imports.datasets import importer_for
from ocop.imports.findings import Importer
from ocop.imports.pipeline import importable
from ocop.web.errors import NotForYou


def importer_of(user: Any) -> Importer:
    """The person as an importer today; NotForYou where no role holds."""
    importer = importer_for(user, timezone.localdate())
    if not importer.scope.roles:
        raise NotForYou(_("Your account has no unit assigned yet. Ask the administrator."))
    return importer


def require_importer(user: Any) -> Importer:
    """The same; PermissionDenied where the person's roles only read."""
    importer = importer_of(user)
    if not importable(importer):
        raise PermissionDenied(_("Importing workbooks is not part of your role."))
    return importer
