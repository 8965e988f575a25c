"""Those who enter and verify, signed in."""

from typing import Any

import pytest


@pytest.fixture
def officer(signed_in: Any) -> Any:
    return signed_in("officer_of_844")


@pytest.fixture
def verifier(signed_in: Any) -> Any:
    return signed_in("provincial_officer")
