"""Load units, product sets, scoring schemes, plans, agencies, floors, traceability systems."""

from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.command_line import REFUSED, PlainCommand
from ocop.db.reference_data import BadReferenceData
from targets.models.reference import load_everything


class Command(PlainCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                loader = load_everything()
        except BadReferenceData as error:
            message = _("%(problem)s Nothing changed.") % {"problem": error}
            raise CommandError(message, returncode=REFUSED) from None
        except ProtectedError as error:
            used = ", ".join(sorted({str(record) for record in error.protected_objects})[:5])
            message = _("The files leave out what records still use (%(used)s). Nothing changed.")
            raise CommandError(message % {"used": used}, returncode=REFUSED) from None
        self.stdout.write(
            _("Reference data: %(created)d created, %(updated)d changed, %(unchanged)d as before.")
            % {
                "created": loader.created,
                "updated": loader.updated,
                "unchanged": loader.unchanged,
            }
        )
        if loader.followed:
            self.stdout.write(
                ngettext(
                    "The commune of today of %(n)d record was brought up to date.",
                    "The commune of today of %(n)d records was brought up to date.",
                    loader.followed,
                )
                % {"n": loader.followed}
            )
        for edited in loader.kept_edits:
            self.stdout.write(_("Edited here, left as it is: %(record)s") % {"record": edited})
