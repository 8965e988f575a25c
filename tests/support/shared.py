"""Records made once for the tests of a module that only look at them, or change a few."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction


def made_once(make: Callable[[], Any]) -> Any:
    """A module's fixture with what `make` enters and answers, in a transaction around its tests.

    What a test changes is taken back after it, as ever: its own transaction lies within. Let
    `make` answer keys rather than records, which a test could change in memory for the next.
    """

    @pytest.fixture(scope="module")
    def made(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Any]:
        around = transaction.atomic()
        with django_db_blocker.unblock():
            around.__enter__()
            try:
                answer = make()
            except BaseException:
                transaction.set_rollback(True)
                around.__exit__(None, None, None)
                raise
        yield answer
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)

    return made


def untold(act: Callable[[], None], importer: Any) -> list[dict[str, Any]]:
    """An import's effects on the targets, for tests that do not look at them."""
    act()
    return []
