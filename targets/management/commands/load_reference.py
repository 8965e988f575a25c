"""Load units, product sets, scoring schemes, the plan and its targets, agencies and floors."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ocop.command_line import PlainCommand
from targets.reference import load_everything


class Command(PlainCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            loader = load_everything()
        self.stdout.write(
            _("Reference data: %(created)d created, %(updated)d changed, %(unchanged)d as before.")
            % {
                "created": loader.created,
                "updated": loader.updated,
                "unchanged": loader.unchanged,
            }
        )
        for edited in loader.kept_edits:
            self.stdout.write(_("Edited here, left as it is: %(record)s") % {"record": edited})
