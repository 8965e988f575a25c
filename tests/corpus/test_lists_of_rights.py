"""Lists of intellectual property rights as the office and the province keep them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from products.choices import IPStage
from products.datasets.cells.ip_cells import kinds_in, owner_and_address, state
from products.models import IPRight, ScienceTask
from tests.imports.workbooks import imported_file, make_book
from tests.support.cases import every_case

pytestmark = pytest.mark.django_db

OFFICE = [
    "STT", "(210) Số đơn", "(220) Ngày nộp đơn", "(540) Nhãn hiệu", "(730) Chủ đơn/Chủ bằng",
    "(111) Số bằng", "(151) Ngày cấp", "Trạng thái",
]  # fmt: skip
PROVINCE = ["STT", "Tên nhãn hiệu", "Chủ đơn", "Số đơn", "Ngày nộp đơn", "Số GCN", "Ngày cấp"]
MARKS = "DANH SÁCH NHÃN HIỆU"
CO_OP = "(VN) Hợp tác xã Mẫu : Ấp 1, xã Hòa Tân, huyện Cầu Kè"
FIRST = ["4-2021-12345", "05.06.2021", "DỪA MẪU", CO_OP, "4-0412345-000", "10.01.2023"]
SECOND = ["4-2022-23456", "07.08.2022", "MẬT MẪU", "(VN) Công ty TNHH Mẫu", None, None]
GRANTED, FILED, REFUSED, ENDED = IPStage.GRANTED, IPStage.FILED, IPStage.REFUSED, IPStage.ENDED


@dataclass(frozen=True)
class Listed:
    """`found`: name → (kind, owner, district's code, supported, stage today)."""

    name: str
    rows: Sequence[Sequence[Any]]
    found: Mapping[str, Any] = field(default_factory=dict)
    asked: Sequence[str] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    warnings: Sequence[str] = ()


def right(kind: str = "trademark", owner: str = "HTX Mẫu", **more: Any) -> tuple[Any, ...]:
    district, supported = more.get("district"), more.get("supported", False)
    return kind, owner, district, supported, more.get("stage", GRANTED)


NUMBERED = ["4-2021-12345", "5/6/2021", "412345", "10/1/2023"]
SHAPES = (
    Listed(
        "the office's columns, granted and refused",
        [[MARKS], [], OFFICE, [1, *FIRST, "Cấp bằng"], [2, *SECOND, "Từ chối"]],
        {"DỪA MẪU": right(owner="Hợp tác xã Mẫu", district="845"),
         "MẬT MẪU": right(owner="Công ty TNHH Mẫu", stage=REFUSED)},
        asked=["day:ngay-tu-choi:từ chối"],
        answers={"day:ngay-tu-choi:từ chối": "typed:01/02/2024"}, warnings=["of_title"],
    ),
    Listed(
        "codes with other words, no title: (540) is of marks",
        [["STT", "210", "(220)", "Mẫu nhãn hiệu (540)", "(730)", "(111)", "(151) Ngày cấp bằng"],
         [1, *FIRST]],
        {"DỪA MẪU": right(owner="Hợp tác xã Mẫu", district="845")}, warnings=["of_title"],
    ),
    Listed(
        "still being examined", [[MARKS], OFFICE, [1, *SECOND, "Đang giải quyết"]],
        {"MẬT MẪU": right(owner="Công ty TNHH Mẫu", stage=FILED)}, warnings=["of_title"],
    ),
    Listed(
        "refused with a day of grant", [[MARKS], OFFICE, [1, *FIRST, "Từ chối"]],
        asked=["kind:trang-thai:từ chối - 10.01.2023"], errors={"H3": "state_and_grant"},
        warnings=["of_title"],
    ),
    Listed(
        "granted without a day", [[MARKS], OFFICE, [1, *SECOND, "Cấp bằng"]],
        {"MẬT MẪU": right(owner="Công ty TNHH Mẫu", stage=FILED)},
        asked=["day:ngay-cap:cấp bằng"], answers={"day:ngay-cap:cấp bằng": "open"},
        warnings=["of_title"],
    ),
    Listed(
        "a state nobody knows", [[MARKS], OFFICE, [1, *FIRST, "Tốt"]],
        {"DỪA MẪU": right(owner="Hợp tác xã Mẫu", district="845")},
        asked=["kind:trang-thai:tốt"], answers={"kind:trang-thai:tốt": "granted"},
        warnings=["of_title"],
    ),
    Listed(
        "kind and support from the title",
        [["DANH SÁCH NHÃN HIỆU ĐƯỢC HỖ TRỢ THEO NGHỊ QUYẾT 80/2019/NQ-HĐND"],
         [*PROVINCE[:3], "Địa chỉ", *PROVINCE[3:]],
         [1, "Dừa Mẫu", "HTX Mẫu", "Xã Hòa Tân, Cầu Kè", *NUMBERED]],
        {"Dừa Mẫu": right(district="845", supported=True)}, warnings=["of_title", "of_title"],
    ),
    Listed(
        "support that is only asked for",
        [["DANH SÁCH NHÃN HIỆU TẬP THỂ ĐỀ NGHỊ HỖ TRỢ THEO NQ 80/2019"], PROVINCE,
         [1, "Dừa Mẫu", "HTX Mẫu", *NUMBERED]],
        {"Dừa Mẫu": right("collective_mark")}, warnings=["of_title", "support_unclear"],
    ),
    Listed(
        "two kinds in the title: asked once",
        [["SÁNG CHẾ, GIẢI PHÁP HỮU ÍCH"], ["TT", "Tên đối tượng", "Chủ đơn"],
         [1, "Máy A", "HTX Mẫu"], [2, "Máy B", "HTX Mẫu"]],
        {"Máy A": right("utility_solution", stage=IPStage.PREPARED),
         "Máy B": right("utility_solution", stage=IPStage.PREPARED)},
        asked=["kind:loai-hinh:"], answers={"kind:loai-hinh:": "utility_solution"},
    ),
    Listed(
        "a name of another kind than the title's",
        [[MARKS], PROVINCE, [1, "Nhãn hiệu tập thể Tôm Mẫu", "HTX Mẫu", *NUMBERED]],
        {"Nhãn hiệu tập thể Tôm Mẫu": right("collective_mark")},
        asked=["kind:ten:nhãn hiệu tập thể tôm mẫu"],
        answers={"kind:ten:nhãn hiệu tập thể tôm mẫu": "collective_mark"},
    ),
    Listed(
        "an end that the law does not give, an owner elsewhere",
        [[MARKS], [*PROVINCE[:3], "Địa chỉ", *PROVINCE[3:], "Ngày hết hạn"],
         [1, "Dừa Mẫu", "HTX Mẫu", "Quận 1, TP.HCM", *NUMBERED, "5/6/2041"]],
        {"Dừa Mẫu": right()}, warnings=["of_title", "address_elsewhere", "other_expiry"],
    ),
)  # fmt: skip


@every_case("shape", SHAPES)
def test_a_list_becomes_exactly_these_rights(shape: Listed) -> None:
    data = make_book(shape.rows)
    outcome = imported_file("ip_rights", data)
    assert [question.id for question in outcome.questions] == list(shape.asked)
    if shape.answers:
        assert (outcome.verdict, IPRight.objects.count()) == ("rejected", 0)
        outcome = imported_file("ip_rights", data, answers=shape.answers)
    assert {problem.cell: problem.cause for problem in outcome.errors} == shape.errors
    told = [
        problem.cause for problem in outcome.warnings if not problem.cause.startswith("decided")
    ]
    assert told == list(shape.warnings)
    today = timezone.localdate()
    found = {
        one.name: (one.kind, one.owner, one.district and one.district.code, one.supported,
                   one.stage_at(today))
        for one in IPRight.objects.select_related("district")
    }  # fmt: skip
    assert found == shape.found


@every_case(
    "text, meant",
    [
        ("Cấp bằng", "granted"), ("Đã được cấp bằng", "granted"), ("Đang có hiệu lực", "granted"),
        ("Từ chối", "refused"), ("Bị từ chối bảo hộ", "refused"), ("Dự định từ chối", "pending"),
        ("Chưa cấp", "pending"), ("Chờ cấp bằng", "pending"), ("Thẩm định nội dung", "pending"),
        ("Hết hạn", "ended"), ("Rút đơn", "withdrawn"), ("Huỷ bỏ hiệu lực", "cancelled"),
        ("Không rõ", ""), ("cấp 1", ""), ("", ""), ("từ" * 5000, ""),
    ],
)  # fmt: skip
def test_a_state_is_read_and_what_denies_it_first(text: str, meant: str) -> None:
    assert state(text) == meant


def test_kinds_and_owners_are_read_as_written() -> None:
    assert kinds_in("Nhãn hiệu tập thể và nhãn hiệu") == ("collective_mark", "trademark")
    assert kinds_in("Nhãn hiệu chứng nhận") == ("certification_mark",)
    assert owner_and_address("HTX: Mẫu") == ("HTX: Mẫu", "")
    assert owner_and_address("(VN) HTX Mẫu: Ấp 1") == ("HTX Mẫu", "Ấp 1")


def test_a_task_without_a_day_of_approval_is_asked_about() -> None:
    rows = [["NHIỆM VỤ KH&CN NĂM 2023"], ["TT", "Tên nhiệm vụ", "Đơn vị chủ trì"], [1, "A B", "Sở"]]
    (question,) = imported_file("science_tasks", make_book(rows)).questions
    assert question.kind == "day"
    answers = {question.id: "first"}
    assert imported_file("science_tasks", make_book(rows), answers=answers).created == 1
    assert ScienceTask.objects.get().approved_on == date(2023, 1, 1)
