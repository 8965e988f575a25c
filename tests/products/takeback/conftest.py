"""The pages send real forms."""

from typing import Any

import pytest

from tests.products.entry.conftest import officer, verifier
from tests.products.takeback.people import second_provincial_officer

__all__ = ["officer", "verifier"]


@pytest.fixture
def second_verifier(signed_in: Any) -> Any:
    return signed_in(second_provincial_officer().username)
