"""Print the trial's address and accounts, as far as they are there with the public password."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from ocop.organisation.models import User
from targets.demonstration import PASSWORD, accounts


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        usernames = [account.username for account in accounts()]
        there = User.objects.filter(is_active=True, username__in=usernames)
        open_to_all = {user.username for user in there if user.check_password(PASSWORD)}
        names = [name for name in usernames if name in open_to_all]
        self.stdout.write(_("Open %(address)s") % {"address": options["address"]})
        if names:
            self.stdout.write(
                _("Demonstration accounts: %(names)s – password %(password)s")
                % {"names": ", ".join(names), "password": PASSWORD}
            )
