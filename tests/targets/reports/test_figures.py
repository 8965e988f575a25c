"""The numbers in a report are those of `progress --format json` of the same day."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from targets.reports.content.committee_report import report
from targets.reports.writers.document import DocumentTable, ReportDocument
from tests.support.cases import every_case
from tests.support.factories import make_recognition
from tests.targets.reports.reading import asked_for, progress_json, table_with, word

pytestmark = [
    pytest.mark.usefixtures("demonstration", "db", "one_drawing_for_all"),
]
DAYS = [
    date(2021, 12, 31),
    date(2022, 8, 21),
    date(2022, 8, 22),
    date(2022, 12, 31),
    date(2023, 6, 30),
    date(2023, 12, 31),
    date(2024, 4, 5),
    date(2025, 1, 15),
    date(2025, 12, 30),
    date(2026, 3, 31),
]


def plain(text: str) -> str:
    """A number as JSON writes it: "1.250,5%" is 1250.5."""
    return text.split(" ")[0].replace(".", "").replace(",", ".").rstrip("%")


def limit(target: dict[str, Any]) -> str:
    if target["threshold"] is None:
        return "–"
    sign = ">" if target["kind"] == "share" else ""
    aim = f"–{target['aim']}" if target["aim"] else ""
    return f"{sign}{target['threshold']}{aim}" + ("%" if target["kind"] == "share" else "")


def tables_of(document: ReportDocument) -> list[DocumentTable]:
    return [
        block
        for section in document.sections
        for block in section.blocks
        if isinstance(block, DocumentTable)
    ]


@every_case("day", DAYS)
def test_every_target_stands_in_the_table_of_targets_as_in_the_json(day: date) -> None:
    answer = progress_json(day)
    shown = table_with(word(day), 7)[1:]
    assert len(shown) == len(answer["targets"]) == 14
    for row, target in zip(shown, answer["targets"], strict=True):
        assert row[3] == limit(target)
        assert row[5] == ("–" if target["gap"] is None else str(target["gap"]))
        if target["kind"] == "share" and target["actual"] is not None:
            assert f"({target['numerator']}/{target['denominator']})" in row[4]
        if row[4] != "–":
            assert plain(row[4]) == target["actual"]
        else:
            assert target["actual"] in (None, "0")


@every_case("day", DAYS)
def test_the_prose_tells_the_stock_and_every_figure_of_the_json(day: date) -> None:
    answer = progress_json(day)
    document = report(asked_for(day), "vi")
    texts = list(document.texts())
    stock = answer["stock"]
    assert texts[1] == "Số liệu của tỉnh Trà Vinh (trước ngày 01/07/2025)."
    general = texts[2]
    if stock["total"]:
        numbers = re.findall(r"\d+(?= )", general)
        assert {str(stock["total"]), str(stock["producers"])} <= set(numbers)
    for target in answer["targets"]:
        if target["state"] == "not_due" or target["actual"] is None:
            continue
        if target["kind"] == "share":
            wanted = rf"\b{target['numerator']}\D+{target['denominator']}\b"
        else:
            wanted = rf"\b{target['actual']} .*\b{limit(target)}\b"
        assert any(re.search(wanted, text) for text in texts), (target["code"], wanted)


@every_case("day", DAYS[:4])
def test_districts_and_groups_add_up_to_the_stock(day: date) -> None:
    stock = progress_json(day)["stock"]
    _targets, groups, districts = tables_of(report(asked_for(day), "vi"))[:3]
    *parts, total = districts.rows
    whole = [stock[key] for key in ("total", "rank_3", "rank_4", "potential_5", "rank_5")]
    assert [int(cell) for cell in total[2:7]] == whole
    assert [sum(int(row[at]) for row in parts) for at in range(2, 7)] == whole
    assert [sum(int(row[at]) for row in groups.rows) for at in range(2, 7)] == whole


@pytest.mark.parametrize("day", DAYS[2:5], ids=str)
def test_the_annexes_list_as_many_products_as_are_counted(day: date) -> None:
    answer = progress_json(day)
    new, valid = report(asked_for(day), "vi").annexes
    assert len(valid.table.rows) == answer["stock"]["total"]
    year = next(t for t in answer["targets"] if t["period"] == str(day.year))
    assert str(len(new.table.rows)) == year["actual"]


def test_a_product_whose_first_recognition_was_revoked_is_in_no_annex() -> None:
    day = date(2022, 12, 31)
    before = [len(annex.table.rows) for annex in report(asked_for(day), "vi").annexes]
    make_recognition(decided_on=date(2022, 9, 1), revoked_on=date(2022, 11, 1))
    assert [len(annex.table.rows) for annex in report(asked_for(day), "vi").annexes] == before
    make_recognition(decided_on=date(2022, 9, 1), revoked_on=date(2023, 1, 1))
    after = [len(annex.table.rows) for annex in report(asked_for(day), "vi").annexes]
    assert after == [number + 1 for number in before]


def test_a_districts_report_tells_of_that_district_alone() -> None:
    day = date(2022, 12, 31)
    answer = progress_json(day, "844")
    document = report(asked_for(day, "844"), "vi")
    assert len(document.annexes[1].table.rows) == answer["stock"]["total"] > 0
    shown = tables_of(document)[0].rows
    assert [row[3] for row in shown] == [limit(target) for target in answer["targets"]]
    assert str(answer["stock"]["total"]) in list(document.texts())[1]
    assert all(len(table.columns) != 10 for table in tables_of(document))


def test_what_is_waiting_is_never_in_a_paper() -> None:
    with pytest.raises(ValueError, match="verified"):
        report(replace(asked_for(date(2022, 12, 31)), pending=True), "vi")


@every_case("day,ended", [(date(2025, 12, 31), False), (date(2026, 12, 1), True)])
def test_the_paper_of_an_ended_plan_says_of_which_day_its_results_are(
    day: date, ended: bool
) -> None:
    texts = [paragraph.text for paragraph in word(day).paragraphs]
    assert sum("Kế hoạch kết thúc 31/12/2025: kết quả cuối kỳ" in one for one in texts) == 2 * ended
    (share,) = [one for one in texts if "truy xuất nguồn gốc:" in one and "sản phẩm" in one][:1]
    assert ("Kết quả cuối kỳ 31/12/2025; nay 101/231." in share) == ended
