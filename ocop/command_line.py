"""How the project's commands refuse: one plain sentence on standard error, exit 1 or 2.

1: refused because of the data, nothing written. 2: not usable (arguments, files).
"""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from ocop.web.errors import BadParameter, NotForYou

REFUSED = 1
UNUSABLE = 2


def unusable(message: str) -> CommandError:
    """Arguments or a file that cannot be used: exit 2."""
    return CommandError(message, returncode=UNUSABLE)


def refused(message: str) -> CommandError:
    """Refused because of the data, nothing written: exit 1."""
    return CommandError(message, returncode=REFUSED)


class PlainCommand(BaseCommand):
    """A command whose refusals are sentences: no traceback, no name of an exception.

    What pages answer with 400 or 404, and a database that is away, end it with exit 2.
    """

    _called_from_command_line: bool

    def execute(self, *args: Any, **options: Any) -> Any:
        try:
            return super().execute(*args, **options)
        except (BadParameter, NotForYou) as error:
            refusal = unusable(str(error))
        except DatabaseError as error:
            refusal = unusable(
                _("The database cannot be used (%(reason)s). Was manage.py migrate run?")
                % {"reason": (str(error).strip() or type(error).__name__).splitlines()[0]}
            )
        except CommandError as error:
            refusal = error
        if not self._called_from_command_line:
            raise refusal
        self.stderr.write(str(refusal))
        return sys.exit(refusal.returncode)
