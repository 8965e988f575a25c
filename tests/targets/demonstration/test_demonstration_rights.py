"""Made-up rights, tasks and allocations leave some targets met and some missed."""

from collections import Counter
from datetime import date

from targets import demonstration
from targets.demonstration.names import districts
from tests.support.cases import every_case

END = date(2025, 12, 31)
ENDED = {row["Số đơn"]: row["Ngày"] for row in demonstration.ip_endings()}


def granted(*kinds, supported=None, by=END):
    return sum(
        row["Loại hình"] in kinds
        and row["Ngày cấp"] is not None
        and date(2022, 1, 1) <= row["Ngày cấp"] <= by
        and supported in (None, row["Hỗ trợ NQ 80"])
        and ENDED.get(row["Số đơn"], date.max) > by
        for row in demonstration.ip_rights()
    )


@every_case(
    "kinds, supported, number, limit",
    [
        (["Nhãn hiệu tập thể"], "có", 12, 10),
        (["Nhãn hiệu"], "có", 41, 50),
        (["Kiểu dáng công nghiệp"], "có", 10, 10),
        (["Sáng chế", "Giải pháp hữu ích"], "có", 3, 5),
        (["Nhãn hiệu đăng ký quốc tế"], "có", 5, 5),
        (["Nhãn hiệu chứng nhận"], None, 13, 13),
        (["Chỉ dẫn địa lý"], None, 1, 2),
    ],
)
def test_rights_granted_by_the_end_of_the_plan(kinds, supported, number, limit):
    assert granted(*kinds, supported=supported) == number
    assert number != limit or granted(*kinds, supported=supported, by=date(2025, 1, 1)) < limit


def test_published_grants_are_there():
    days = {(row["Loại hình"], row["Ngày cấp"]) for row in demonstration.ip_rights()}
    assert ("Nhãn hiệu chứng nhận", date(2022, 3, 7)) in days
    assert ("Chỉ dẫn địa lý", date(2024, 8, 5)) in days


def test_rights_keep_the_keys_and_the_order_of_days_the_import_asks_for():
    rights = demonstration.ip_rights()
    numbers = [row["Số đơn"] for row in rights if row["Số đơn"]]
    assert len(numbers) == len(set(numbers))
    unnumbered = [tuple(row[key] for key in ("Loại hình", "Tên", "Chủ sở hữu")) for row in rights]
    assert len(unnumbered) == len(set(unnumbered))
    for row in rights:
        assert row["Ngày nộp đơn"] < (row["Ngày cấp"] or date.max)
        assert "minh họa" in row["Tên"] and "minh họa" in row["Chủ sở hữu"]
    waiting = Counter(row["Loại hình"] for row in rights if row["Ngày cấp"] is None)
    assert waiting["Nhãn hiệu"] == 11 and waiting["Chỉ dẫn địa lý"] == 1


def test_rights_that_ended_include_one_of_each_way():
    endings = demonstration.ip_endings()
    assert {row["Kết thúc"] for row in endings} == {"withdrawn", "refused", "cancelled"}
    rights = {row["Số đơn"]: row for row in demonstration.ip_rights() if row["Số đơn"]}
    for row in endings:
        right = rights[row["Số đơn"]]
        assert row["Ngày"] > (right["Ngày cấp"] or right["Ngày nộp đơn"])


def test_fifteen_tasks_stand_and_rights_name_tasks_approved_before_them():
    tasks = {row["Tên nhiệm vụ"]: row for row in demonstration.science_tasks()}
    assert len(tasks) == 16
    assert all(2022 <= row["Ngày phê duyệt"].year <= 2024 for row in tasks.values())
    given_up = demonstration.task_endings()
    assert [row["Tên nhiệm vụ"] in tasks for row in given_up] == [True]
    named = [row for row in demonstration.ip_rights() if row["Nhiệm vụ KH&CN"]]
    assert len(named) >= 8
    for row in named:
        assert tasks[row["Nhiệm vụ KH&CN"]]["Ngày phê duyệt"] < row["Ngày cấp"]


def test_allocations_add_up_to_the_yearly_target_but_in_2022():
    sums = Counter()
    for row in demonstration.allocations():
        if row["Mã chỉ tiêu"] == "OCOP-NEW":
            sums[row["Năm"]] += row["Chỉ tiêu giao"]
    assert sums == {2022: 23, 2023: 25, 2024: 25, 2025: 25}
    names = {place.name for place in districts().values()}
    keys = [(r["Mã chỉ tiêu"], r["Huyện"], r["Năm"]) for r in demonstration.allocations()]
    assert len(keys) == len(set(keys))
    assert {district for _code, district, _year in keys} <= names
