"""Repeated views of what did not change: an ETag that stands for all a page was worked out from."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.translation import get_language
from django.views.decorators.http import etag

from ocop.asked import asked
from ocop.organisation import data_version

View = TypeVar("View", bound=Callable[..., Any])


def told_once_per_state(view: View) -> View:
    """Answer 304 where the caller holds the answer already, without working it out.

    For views whose answer follows from what is asked (`asked`: day, unit, scope, data), the
    address, the language, the person and the program alone. Browsers are told not to store pages
    (no-store); those who ask again and again, as a display or a script does, are spared.
    """
    return etag(_state)(view)


def _state(request: HttpRequest, *args: Any, **kwargs: Any) -> str | None:
    """None where a message waits to be shown, or the state of the data is not known."""
    wanted = asked(request)
    version = wanted.version or {}
    if not version.keys() >= set(data_version.WATCHED_APPS) or len(get_messages(request)):
        return None
    # What the person may see stands in the tables, from and to a day.
    person = (request.user.pk, wanted.today, get_language())
    whole = (program(), sorted(version.items()), person, wanted.address)
    return f'W/"{sha256(repr(whole).encode()).hexdigest()[:32]}"'


@cache
def program() -> str:
    """What changes with every release: names, sizes and times of the program's own files."""
    found = []
    for room in ("ocop", "products", "targets", "templates", "static"):
        for path in sorted(Path(settings.BASE_DIR, room).rglob("*")):
            if path.suffix in {".py", ".html", ".mo", ".css", ".js"}:
                state = path.stat()
                found.append((str(path), state.st_size, state.st_mtime_ns))
    return sha256(repr(found).encode()).hexdigest()
