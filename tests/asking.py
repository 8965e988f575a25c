"""How often something asks the database."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from ocop.kept import Kept
from products.models import Product


def queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        act()
    return len(asked)


class Asking(NamedTuple):
    """How often a page asks: in a process that has just begun, after some record was changed
    since the page was seen, and when nothing was."""

    new: int
    changed: int
    again: int


def asked_by(act: Callable[[], Any]) -> Asking:
    """`act` counted three times; what other tests left in this process plays no part."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ocop.asked.KEPT", Kept(most=128))
        new = queries(act)
        changed = Product.objects.update(version=F("version"))
        assert changed, "a product is needed, to be changed"
        return Asking(new, queries(act), queries(act))
