"""Answers are kept by their key, a limited number of them."""

import pytest

from ocop.kept import Kept


def test_an_answer_is_worked_out_once_a_key() -> None:
    kept, asked = Kept(most=3), []

    def work_out() -> int:
        asked.append(1)
        return 7

    assert [kept.get("a", work_out), kept.get("a", work_out), kept.get("b", work_out)] == [7, 7, 7]
    assert len(asked) == 2


def test_the_answer_not_asked_for_longest_falls_out() -> None:
    kept = Kept(most=2)
    for key in ("a", "b"):
        kept.get(key, lambda: 1)
    kept.get("a", lambda: 2)
    kept.get("c", lambda: 3)
    assert len(kept) == 2
    assert kept.get("a", lambda: 4) == 1
    assert kept.get("b", lambda: 5) == 5


def test_none_is_an_answer_and_an_error_is_none() -> None:
    kept = Kept(most=2)
    assert kept.get("none", lambda: None) is None
    assert kept.get("none", lambda: 1) is None
    with pytest.raises(ZeroDivisionError):
        kept.get("error", lambda: 1 // 0)
    assert kept.get("error", lambda: 2) == 2
