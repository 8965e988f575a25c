"""Points of a section are lettered as drafters of Vietnamese law letter them."""

import re
from datetime import date
from typing import Any

import pytest

from targets.figures import SectionRows
from targets.reports.content.committee_report import lettered
from tests.targets.reports.reading import word

LETTERS = list("abcdđeghiklmnopqrstuvxy")


def test_after_d_comes_đ_and_there_is_no_f_j_w_z() -> None:
    assert [lettered(place) for place in range(23)] == LETTERS
    assert [lettered(place) for place in (23, 26, 27, 45, 46)] == ["aa", "dd", "đđ", "yy", "aaa"]


@pytest.mark.django_db
@pytest.mark.usefixtures("one_drawing_for_all")
def test_a_section_of_more_than_five_points_has_them_in_that_order(monkeypatch: Any) -> None:
    # The plan's longest section has five; with all targets in one there are eleven.
    monkeypatch.setattr("targets.reports.content.committee_report.by_section", all_in_one)
    found = [p.text for p in word(date(2025, 6, 30)).paragraphs]
    points = [m[1] for text in found if (m := re.match(r"(\w{1,2})\) ", text))]
    assert points == LETTERS[:11]


def all_in_one(lines: Any) -> Any:
    return [SectionRows("Thử", list(lines), "")]
