"""One client for each character, signed in before the first address and used for all of them."""

from typing import Any

import pytest
from django.test import Client

from tests.conftest import CAST
from tests.targets.reports.conftest import one_drawing_for_all

__all__ = ["one_drawing_for_all"]


@pytest.fixture
def clients(signed_in: Any) -> dict[str, Client]:
    return {character: signed_in(character) for character in CAST}


@pytest.fixture
def outsiders_client(outsider: Any) -> Client:
    client = Client()
    client.force_login(outsider)
    return client
