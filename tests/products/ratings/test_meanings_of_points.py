"""What points mean: taken from the office's workbook, shown on the sheet beside the choice."""

from datetime import date
from typing import Any

import pytest
from tablib import Dataset

from products.models import Criterion, LevelMeaning
from products.scoring.meanings import COLUMNS, LevelMeaningResource
from products.scoring.schemes import scheme_at
from tests.products.ratings.scoring import address, make_rating
from tests.support.cases import every_case

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TEXT = "Nguyên liệu có nguồn gốc trong tỉnh từ 50% đến dưới 75%"
ROW = ("", 1, 1, "1.1", 2, TEXT)


def imported(*rows: Any, headers: Any = COLUMNS) -> Any:
    return LevelMeaningResource().import_data(Dataset(*rows, headers=headers))


def words(result: Any) -> str:
    problems = [str(error.error) for error in result.base_errors]
    problems += [str(row.error) for row in result.invalid_rows]
    return " ".join(problems + [str(e.error) for _number, es in result.row_errors() for e in es])


def test_the_workbook_of_the_office_is_taken_changed_and_taken_back() -> None:
    first = imported(ROW, ("qd-148", "Bộ 16", 1.0, 1, "3", "Theo QĐ 148"), ("", 1, 1, 2, 0, " "))
    assert not first.has_errors() and not first.has_validation_errors(), words(first)
    held = {
        (one.criterion.sheet.scheme.code, one.points): one.text
        for one in LevelMeaning.objects.all()
    }
    assert held == {("qd-26", 2): TEXT, ("qd-148", 3): "Theo QĐ 148"}
    exported = LevelMeaningResource().export()
    assert exported.headers == list(COLUMNS)
    assert exported[1] == ("qd-26", "1", "1", "1", "2", TEXT)
    again = LevelMeaningResource().import_data(exported)
    assert again.totals["skip"] == 2 and LevelMeaning.objects.count() == 2
    imported((*ROW[:5], "Viết lại"), ("qd-148", 16, 1, 1, 3, ""))
    assert [one.text for one in LevelMeaning.objects.all()] == ["Viết lại"]


@every_case(
    "rows,headers,said",
    [
        ([("", 27, 1, 1, 2, TEXT)], COLUMNS, "bộ 27"),
        ([("", 1, 1, 99, 2, TEXT)], COLUMNS, "1.99"),
        ([("qd-1048", 1, 1, 1, 2, TEXT)], COLUMNS, "qd-1048"),
        ([("", "gạo", 1, 1, 2, TEXT)], COLUMNS, "gạo"),
        ([("", 1, 1, 1, 9, TEXT)], COLUMNS, "1, 2, 3"),
        ([("", 1, 1, 1, "hai", TEXT)], COLUMNS, "“hai”"),
        ([ROW, ROW], COLUMNS, "hai lần"),
        ([ROW[:5]], COLUMNS[:5], "Nội dung"),
        ([(*ROW, "x")], [*COLUMNS, "Ghi chú"], "Ghi chú"),
    ],
)
def test_what_does_not_fit_is_refused_whole_and_in_words(
    rows: Any, headers: Any, said: str
) -> None:
    good = ("", 1, 1, 2, 1, "Đúng")
    result = imported(*([good, *rows] if len(rows[0]) == 6 else rows), headers=headers)
    assert said in words(result), words(result)
    assert not LevelMeaning.objects.exists()


def test_the_sheet_shows_what_points_mean_and_what_was_doubtful(signed_in: Any) -> None:
    day = date(2026, 9, 1)
    rating = make_rating(1, level="province", scheme=scheme_at(day), session_on=day)
    criterion = Criterion.objects.get(
        sheet__scheme__code="qd-26", sheet__product_set__number=1, number=1, leaf=1
    )
    LevelMeaning.objects.create(criterion=criterion, points=2, text=TEXT + " <b>")
    page = signed_in("officer_of_844").get(address(rating)).content.decode()
    assert f"{TEXT} &lt;b&gt;" in page
    assert 'aria-describedby=" points-1-1-2-means"' in page or "points-1-1-2-means" in page
    assert "Bản công khai chỉ in 1 điểm" in page, "the doubt of the bilingual label"
