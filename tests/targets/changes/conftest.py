"""What the tests of changes share."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone


@pytest.fixture
def at(monkeypatch: Any) -> Any:
    """at(2024, 5, 2) makes that day's noon the time at which things are written."""

    def set_clock(year: int, month: int, day: int, hour: int = 12) -> None:
        now = timezone.make_aware(datetime(year, month, day, hour))
        monkeypatch.setattr("products.records.history.timezone.now", lambda: now)

    return set_clock
