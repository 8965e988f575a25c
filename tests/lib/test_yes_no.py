"""Yes and no in a table."""

import pytest

from ocop.lib.errors import ReadingError
from ocop.lib.yes_no import parse_yes_no
from tests.support.cases import every_case


@every_case(
    "written", ["x", "X", "✓", "✔", "có", "Có", "co", "ĐÃ", "1", 1, 1.0, True, "true", "yes", " x "]
)
def test_yes(written: object) -> None:
    assert parse_yes_no(written) is True


@every_case(
    "written",
    ["không", "KHÔNG", "chưa", "0", 0, False, "–", "-", "—", "false", "no", "", "  ", None],
)
def test_no_and_blank(written: object) -> None:
    assert parse_yes_no(written) is False


@every_case("written", ["có thể", "2", 2, 0.5, float("nan"), "?", "xx"])
def test_anything_else_is_unknown(written: object) -> None:
    with pytest.raises(ReadingError) as refusal:
        parse_yes_no(written)
    assert refusal.value.code == "unknown_value"
