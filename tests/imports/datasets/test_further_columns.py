"""Certificates, revocations, statuses and the days of a right's life, as files give them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from products.choices import IPKind, Status
from products.models import IPRight, Recognition, ScienceTask
from tests.imports.workbooks import (
    DECIDED,
    IP_RIGHTS,
    RECOGNITIONS,
    SCIENCE_TASKS,
    TRACEABILITY,
    as_user,
    imported,
    places,
    product_row,
)
from tests.support.cases import every_case
from tests.support.factories import make_ip_right, make_product, make_recognition

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timedelta(days=1)
GONE = date(2024, 3, 1)


def recognitions(headers: list[str], *rows: list[Any], importer: Any = None) -> Any:
    table = [
        [*RECOGNITIONS, *headers],
        *([*product_row(f"Mật {n}"), *r] for n, r in enumerate(rows)),
    ]
    return imported("recognitions", table, importer)


@every_case("header", ["Số giấy chứng nhận", "Số GCN", "Giấy chứng nhận số", "SỐ GIẤY CN"])
def test_the_number_of_the_certificate_is_kept(header: str) -> None:
    outcome = recognitions([header], ["0012/GCN-OCOP"], ["-"], [7])
    assert (outcome.verdict, outcome.warnings) == ("accepted", [])
    numbers = Recognition.objects.order_by("product__name").values_list("certificate_number")
    assert [number for (number,) in numbers] == ["0012/GCN-OCOP", "", "7"]


def test_the_end_of_a_certificate_is_compared_and_never_kept() -> None:
    for header in ("Ngày hết hạn", "Hiệu lực đến", "Có giá trị đến"):
        outcome = recognitions([header], [date(2025, 8, 21)], [date(2025, 8, 20)], ["36 tháng"])
        assert outcome.verdict == "accepted", header
        assert places(outcome.warnings) == [("conflict", "H3"), ("conflict", "H4")]
        assert all("22/08/2025" in one.message for one in outcome.warnings)
    ends = set(Recognition.objects.values_list("valid_until", flat=True))
    assert ends == {date(2025, 8, 22)}


def test_what_cannot_be_read_where_nothing_is_taken_over_refuses_no_row() -> None:
    outcome = recognitions(["Ngày hết hạn", "Trạng thái"], ["#N/A", "x" * 400], ["12/2025", None])
    assert (outcome.verdict, outcome.created) == ("accepted", 2)
    assert places(outcome.warnings) == [("conflict", "H3")]


def test_a_revocation_comes_with_its_day_and_reason() -> None:
    outcome = recognitions(["Ngày thu hồi", "Lý do thu hồi"], [GONE, "Vi phạm"], [None, None])
    assert (outcome.verdict, outcome.warnings) == ("accepted", [])
    found = Recognition.objects.order_by("product__name")
    assert [(one.revoked_on, one.revocation_reason) for one in found] == [
        (GONE, "Vi phạm"),
        (None, ""),
    ]


@every_case(
    "cells,code,cell",
    [
        ([GONE, None], "required", "I2"),
        ([None, "Vi phạm"], "required", "H2"),
        ([date(2022, 8, 21), "Vi phạm"], "conflict", "H2"),
        ([TOMORROW, "Vi phạm"], "out_of_range", "H2"),
        (["hôm qua", "Vi phạm"], "invalid_date", "H2"),
    ],
)
def test_a_revocation_that_the_form_refuses_is_refused(cells: Any, code: str, cell: str) -> None:
    outcome = recognitions(["Ngày thu hồi", "Lý do thu hồi"], cells)
    assert (outcome.verdict, places(outcome.errors)) == ("rejected", [(code, cell)])
    assert not Recognition.objects.exists()


def test_an_empty_cell_takes_no_revocation_back_and_a_day_alone_keeps_the_reason() -> None:
    recognitions(["Ngày thu hồi", "Lý do thu hồi"], [GONE, "Vi phạm"])
    assert recognitions(["Ngày thu hồi"], [None]).unchanged == 1
    assert recognitions(["Ngày thu hồi"], [date(2024, 4, 1)]).updated == 1
    found = Recognition.objects.get()
    assert (found.revoked_on, found.revocation_reason) == (date(2024, 4, 1), "Vi phạm")


PROLONGED = ["Số văn bản gia hạn", "Ngày văn bản gia hạn", "Gia hạn đến"]
PAPER = ["9/UBND", date(2025, 8, 1), date(2026, 2, 18)]


def test_a_prolongation_moves_the_last_day_and_an_empty_cell_leaves_it() -> None:
    outcome = recognitions(
        [*PROLONGED, "Ngày hết hạn"], [*PAPER, PAPER[2]], [None, None, None, None]
    )
    assert (outcome.verdict, outcome.warnings) == ("accepted", [])
    ends = Recognition.objects.order_by("product__name").values_list("valid_until", flat=True)
    assert list(ends) == [PAPER[2], date(2025, 8, 22)]
    assert recognitions(PROLONGED, [None, None, None]).unchanged == 1


@every_case(
    "cells,code,cell",
    [
        ([None, *PAPER[1:]], "required", "H2"),
        ([PAPER[0], None, PAPER[2]], "required", "I2"),
        ([*PAPER[:2], None], "required", "J2"),
        ([*PAPER[:2], date(2025, 8, 22)], "out_of_range", "J2"),
        ([*PAPER[:2], date(2026, 2, 19)], "out_of_range", "J2"),
        ([PAPER[0], TOMORROW, PAPER[2]], "out_of_range", "I2"),
        ([*PAPER[:2], "180 ngày"], "invalid_date", "J2"),
    ],
)
def test_a_prolongation_that_the_form_refuses_is_refused(cells: Any, code: str, cell: str) -> None:
    outcome = recognitions(PROLONGED, cells)
    assert (outcome.verdict, places(outcome.errors)) == ("rejected", [(code, cell)])
    assert not Recognition.objects.exists()


def test_no_one_sets_a_status_by_a_file() -> None:
    officer = as_user("huyen844")
    outcome = recognitions(["Trạng thái"], ["Đã duyệt"], ["Đã xác minh"], importer=officer)
    assert outcome.verdict == "accepted"
    assert set(Recognition.objects.values_list("status", flat=True)) == {Status.SUBMITTED}
    for status in Status:
        words = [[str(status.label)], [status.value]]
        again = recognitions(["Trạng thái"], *words, importer=officer)
        assert (again.created, again.updated, again.unchanged) == (0, 0, 2), status
    assert set(Recognition.objects.values_list("status", flat=True)) == {Status.SUBMITTED}


def test_the_words_of_an_export_are_passed_over_and_others_named_as_not_read() -> None:
    make_product("Gạo")
    named = make_recognition().product
    tables = {
        "recognitions": ([*RECOGNITIONS], product_row()),
        "science_tasks": ([*SCIENCE_TASKS], ["Nhiệm vụ", "Sở", DECIDED, None]),
        "ip_rights": (
            [*IP_RIGHTS],
            ["Nhãn hiệu", "Tên", "Chủ", None, "4-2022-12345", DECIDED, None],
        ),
        "traceability": (
            [*TRACEABILITY],
            [named.name, named.producer.name, "iCheck", DECIDED, None],
        ),
    }
    for dataset, (header, row) in tables.items():
        rows = [[*header, "Trạng thái"], [*row, str(Status.VERIFIED.label)]]
        outcome = imported(dataset, rows)
        assert (outcome.verdict, outcome.warnings) == ("accepted", []), dataset
        outcome = imported(dataset, [rows[0], [*row, "Tốt"]])
        if dataset == "ip_rights":
            # Of a right an office's own words may say what its life came to: they are asked about.
            assert [one.kind for one in outcome.questions] == ["kind"]
        else:
            assert [one.code for one in outcome.warnings] == ["unknown_column"], dataset


LIFE = {
    "Ngày chấp nhận hợp lệ": ("accepted_on", date(2022, 9, 1)),
    "Ngày công bố": ("published_on", date(2022, 10, 1)),
    "Gia hạn đến": ("renewed_until", date(2042, 8, 22)),
    "Ngày chấm dứt": ("ended_on", date(2032, 8, 22)),
    "Ngày rút đơn": ("withdrawn_on", date(2023, 1, 1)),
    "Ngày từ chối": ("refused_on", date(2023, 2, 1)),
    "Ngày hủy bỏ": ("cancelled_on", date(2023, 3, 1)),
    "Ngày hỗ trợ": ("supported_on", date(2022, 7, 1)),
}
RIGHT = ["Nhãn hiệu", "Dừa sáp", "HTX Một", None, "4-2022-12345", DECIDED, date(2023, 5, 1)]


def test_every_day_of_a_rights_life_is_read() -> None:
    days = [day for _name, day in LIFE.values()]
    outcome = imported("ip_rights", [[*IP_RIGHTS, *LIFE], [*RIGHT, *days]])
    assert (outcome.verdict, outcome.errors, outcome.warnings) == ("accepted", [], [])
    right = IPRight.objects.get()
    assert {name: getattr(right, name) for name, _day in LIFE.values()} == dict(LIFE.values())


@every_case(
    "header,day,code",
    [
        ("Ngày chấp nhận hợp lệ", date(2022, 8, 21), "conflict"),
        ("Ngày công bố", date(2023, 5, 2), "conflict"),
        ("Ngày rút đơn", date(2022, 8, 21), "conflict"),
        ("Ngày từ chối", TOMORROW, "out_of_range"),
        ("Ngày hủy bỏ", TOMORROW, "out_of_range"),
        ("Ngày hỗ trợ", TOMORROW, "out_of_range"),
    ],
)
def test_days_of_a_life_that_the_form_refuses_are_refused(header: str, day: Any, code: str) -> None:
    outcome = imported("ip_rights", [[*IP_RIGHTS, header], [*RIGHT, day]])
    assert (outcome.verdict, [one.code for one in outcome.errors]) == ("rejected", [code])


def test_a_step_is_held_against_what_is_on_record() -> None:
    make_ip_right(
        kind=IPKind.TRADEMARK,
        name="Dừa sáp",
        owner="HTX Một",
        filing_number="4-2022-12345",
        filed_on=DECIDED,
        published_on=date(2023, 6, 1),
        status=Status.DRAFT,
    )
    outcome = imported("ip_rights", [IP_RIGHTS, RIGHT])
    assert places(outcome.errors) == [("conflict", "G2")]


def test_a_task_that_was_cancelled_comes_in_as_cancelled() -> None:
    outcome = imported(
        "science_tasks",
        [[*SCIENCE_TASKS, "Ngày hủy bỏ"], ["Nhiệm vụ", "Sở", DECIDED, None, GONE]],
    )
    assert outcome.verdict == "accepted"
    assert ScienceTask.objects.get().cancelled_on == GONE
