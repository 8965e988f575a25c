"""A test that loops over its cases tries each of them, apart from the others."""

from typing import Any

import pytest

from ocop.organisation.models import User
from tests.support.cases import every_case

SEEN: list[Any] = []


@every_case("number,word", [(1, "a"), (2, "b"), (3, "c")])
def in_order(number: int, word: str) -> None:
    SEEN.append((number, word))
    assert number == 2
    with pytest.raises(KeyError):
        assert word


def test_every_failing_case_is_reported_with_its_values(request: Any) -> None:
    SEEN.clear()
    with pytest.raises(BaseExceptionGroup) as failed:
        in_order(request=request)
    assert SEEN == [(1, "a"), (2, "b"), (3, "c")]
    assert "3 of 3 cases fail" in str(failed.value)
    notes = [error.__notes__ for error in failed.value.exceptions]
    assert notes[1] == ["in the case number,word = (2, 'b')"]


def test_a_failure_within_a_table_within_a_table_is_reported(request: Any) -> None:
    with pytest.raises(BaseExceptionGroup) as failed:
        every_case("other", [4, 5])(lambda other, request: in_order(request=request))(
            request=request
        )
    assert len(failed.value.exceptions) == 2


@every_case("word", ["x", "y"])
@every_case("number", [1, 2, 3])
def test_tables_are_multiplied(number: int, word: str, tmp_path: Any) -> None:
    path = tmp_path / f"{number}{word}"
    assert not path.exists()
    path.touch()
    assert len(list(tmp_path.iterdir())) == number + 3 * (word == "y")


@pytest.mark.django_db
@every_case("number", [1, 2])
def test_what_one_case_enters_is_taken_back_before_the_next(number: int) -> None:
    assert not User.objects.filter(username="mot-nguoi").exists()
    User.objects.create_user("mot-nguoi")
