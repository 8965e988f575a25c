"""How often something asks the database; a cache of its own for what is measured."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import uuid4

from django.db import connection
from django.db.models import F
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from products.models import Product

MOST = 25
"""Queries a page asks at most, whatever it shows."""
FIRST = 28
"""The same of a process that has just begun: tables that hardly change are read once in it."""


def queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        act()
    return len(queries)


@contextmanager
def cache_of_its_own(name: str = "", entries: int = 128) -> Iterator[None]:
    """An empty cache until the block ends, as in a process that has just begun; what was cached
    under the same `name` before is there again."""
    cache = {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": name or uuid4().hex,
        "OPTIONS": {"MAX_ENTRIES": entries},
    }
    with override_settings(CACHES={"default": cache}):
        yield


class Asking(NamedTuple):
    """How often a page asks: in a process that has just begun, after some record was changed
    since the page was seen, and when nothing was."""

    new: int
    changed: int
    again: int


def asked_by(act: Callable[[], Any]) -> Asking:
    """`act` counted three times; what other tests left in this process plays no part."""
    with cache_of_its_own():
        new = queries(act)
        changed = Product.objects.update(version=F("version"))
        assert changed, "a product is needed, to be changed"
        return Asking(new, queries(act), queries(act))
