"""Load demonstration data through the real import and workflow. Made-up names throughout."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from ocop.command_line import REFUSED, PlainCommand
from ocop.organisation.installation import holds_demonstration_data
from products.models import Product
from targets.demonstration import loading
from targets.models import Plan


class Command(PlainCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="also outside DEBUG")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there are products already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if holds_demonstration_data():
            self.stdout.write(_("The demonstration data is already there."))
            return
        if options["if_empty"] and Product.objects.exists():
            return
        if not settings.DEBUG and not options["force"]:
            self._refuse(_("Demonstration data does not belong here (DEBUG is off). Use --force."))
        if not Plan.objects.exists():
            self._refuse(_("No plan has been loaded yet. Run: manage.py load_reference"))
        try:
            counts = loading.load()
        except loading.DemonstrationRefused as refusal:
            self._refuse(str(refusal))
        listed = ", ".join(f"{name} {number}" for name, number in counts.items())
        self.stdout.write(_("Demonstration data loaded: %(listed)s.") % {"listed": listed})

    @staticmethod
    def _refuse(message: str) -> None:
        raise CommandError(message, returncode=REFUSED)
