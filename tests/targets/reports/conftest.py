"""What tests of reports share."""

import io

import pytest
from PIL import Image


def draw_one_for_all(patch: pytest.MonkeyPatch) -> None:
    """What charts show is tested on its own; drawing them takes most of a report's time."""
    picture = io.BytesIO()
    Image.new("1", (8, 8)).save(picture, "PNG")
    patch.setattr("targets.reports.writers.word.draw_chart", lambda payload: picture.getvalue())


@pytest.fixture
def one_drawing_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    draw_one_for_all(monkeypatch)
