"""The demonstration data for pages: loaded once a module and taken back after it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from targets.demonstration import loading


@pytest.fixture(scope="module")
def demonstration(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        loading.load()
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)
