"""How the project's commands refuse: one plain sentence on standard error, exit 1 or 2.

1: refused because of the data, nothing written. 2: not usable (arguments, files).
"""

import functools
from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from ocop.errors import BadParameter, NotForYou

REFUSED = 1
UNUSABLE = 2


def unusable(message: str) -> CommandError:
    """Arguments or a file that cannot be used: exit 2."""
    return CommandError(message, returncode=UNUSABLE)


def refusing_plainly(handle: Callable[..., Any]) -> Callable[..., Any]:
    """Turns what pages answer with 400 or 404, and a database that is away, into exit 2."""

    @functools.wraps(handle)
    def guarded(*args: Any, **options: Any) -> Any:
        try:
            return handle(*args, **options)
        except (BadParameter, NotForYou) as error:
            raise unusable(str(error)) from None
        except DatabaseError as error:
            first_line = str(error).strip().splitlines()[0]
            raise unusable(
                _("The database cannot be used (%(reason)s). Was manage.py migrate run?")
                % {"reason": first_line}
            ) from None

    return guarded
