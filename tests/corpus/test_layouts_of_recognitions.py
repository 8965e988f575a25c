"""Lists of recognitions as offices lay them out: what becomes of every kind of layout."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from ocop.lib.spreadsheets.reading import MAX_HEADER_CELLS
from products.models import Product, Recognition
from tests.imports.workbooks import as_user, imported, imported_file, places
from tests.support.cases import every_case
from tests.support.factories import make_producer, make_product

pytestmark = pytest.mark.django_db

TITLE = "(Kèm theo Quyết định số 1693/QĐ-UBND ngày 22 tháng 8 năm 2022 của UBND tỉnh)"
IN_2024 = "(Kèm theo Quyết định số 15/QĐ-UBND ngày 5/1/2024 của UBND huyện Cầu Kè)"
HEAD = ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao"]
ROW = [1, "Mật ong", "HTX Ong", "Càng Long", "3 sao"]
AUGUST, DECEMBER = ("1693/QĐ-UBND", "2022-08-22"), ("2950/QĐ-UBND", "2022-12-30")


@dataclass(frozen=True)
class Layout:
    """`records`: (name, rank, code of the district, number, day, points, note) of what comes in;
    `errors` and `warnings`: (code, cell); `questions`: (kind, ids of the choices)."""

    rows: Sequence[Sequence[Any]]
    records: Sequence[tuple[Any, ...]] = ()
    errors: Sequence[tuple[str, str | None]] = ()
    warnings: Sequence[tuple[str, str | None]] = ()
    questions: Sequence[tuple[str, list[str]]] = ()
    merged: Sequence[str] = ()
    answers: dict[str, str] = field(default_factory=dict)


def stored() -> list[tuple[Any, ...]]:
    found = Recognition.objects.order_by("decided_on", "product__name")
    return [
        (
            one.product.name,
            one.rank,
            one.product.district.code,
            one.decision_number,
            str(one.decided_on),
            None if one.score is None else float(one.score),
            one.note,
        )
        for one in found.select_related("product__district")
    ]


def record(name: str, rank: int, district: str = "844", **more: Any) -> tuple[Any, ...]:
    number, day = more.get("decision", AUGUST)
    return name, rank, district, number, day, more.get("score"), more.get("note", "")


TWO_ROWS = ["A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:G3"]
TICKS = [
    [TITLE],
    [],
    ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Phân hạng"],
    [None, None, None, None, "3 sao", "4 sao", "Tiềm năng 5 sao"],
]
LEVELS = [
    [TITLE],
    [],
    ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Kết quả đánh giá"],
    [None, None, None, None, "Cấp huyện", "Cấp tỉnh", "Xếp hạng"],
]

LAYOUTS = {
    "headers that offices write": Layout(
        [
            [TITLE],
            [
                *("STT", "Tên sản phẩm/dịch vụ", "Tên cơ sở", "Huyện, thị xã, thành phố"),
                *("ĐIỂM SỐ", "Kết quả phân hạng"),
            ],
            [1, "Mật ong", "HTX Ong", "Càng Long", "65,10", "3 sao"],
        ],
        [record("Mật ong", 30, score=65.1)],
    ),
    "two-row header with stems": Layout(
        [
            ["TT", "Sản phẩm", "Chủ thể", None, "Kết quả", None, "Quyết định công nhận", None],
            [None, None, "Tên", "Địa chỉ", "Điểm", "Hạng", "Số", "Ngày"],
            [1, "Mật ong", "HTX Ong", "Xã Phú Cần, huyện Tiểu Cần", 65, "3 sao", *AUGUST],
        ],
        [record("Mật ong", 30, "846", score=65.0)],
        merged=["A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:H1"],
    ),
    "number and day in one cell": Layout(
        [
            ["DANH SÁCH SẢN PHẨM CÒN HIỆU LỰC ĐẾN NGÀY 31/12/2024"],
            [*HEAD, "Quyết định công nhận"],
            [*ROW, "1693/QÐ‑UBND ngày 22/8/2022"],
            [2, "Tôm khô", "Cơ sở Tôm", "Cầu Ngang", "4 sao", "Số 2950/QĐ-UBND, ngày 30/12/2022"],
        ],
        [record("Mật ong", 30), record("Tôm khô", 40, "848", decision=DECEMBER)],
    ),
    "number and day in the number's column": Layout(
        [[*HEAD, "Số quyết định"], [*ROW, "QĐ số 1693/QĐ-UBND, 22/8/2022"]],
        [record("Mật ong", 30)],
    ),
    "the day's own column contradicts": Layout(
        [
            [*HEAD, "Số quyết định", "Ngày quyết định"],
            [*ROW, "1693/QĐ-UBND ngày 22/8/2022", "23/8/2022"],
        ],
        errors=[("conflict", "G2")],
    ),
    "the decision below the table": Layout(
        [HEAD, ROW, [], ["(Ban hành kèm theo Quyết định số 1693/QĐ-UBND ngày 22/8/2022)"]],
        [record("Mật ong", 30)],
    ),
    "the decision below, in the product's column": Layout(
        [HEAD, ROW, [None, "(Kèm theo Quyết định số 1693/QĐ-UBND ngày 22/8/2022)"]],
        [record("Mật ong", 30)],
    ),
    "two lists under one header": Layout(
        [
            [TITLE],
            HEAD,
            ROW,
            ["(Kèm theo Quyết định số 2950/QĐ-UBND ngày 30/12/2022)"],
            HEAD,
            [1, "Tôm khô", "Cơ sở Tôm", "Cầu Ngang", "4 sao"],
        ],
        [record("Mật ong", 30), record("Tôm khô", 40, "848", decision=DECEMBER)],
    ),
    "two decisions in the titles": Layout(
        [[TITLE], ["(Kèm theo Quyết định số 2950/QĐ-UBND ngày 30/12/2022)"], HEAD, ROW],
        errors=[("required", "B4")],
        questions=[
            (
                "decision",
                ["same:1693/QĐ-UBND|22/08/2022", "same:2950/QĐ-UBND|30/12/2022", "typed:"],
            )
        ],
        answers={"decision:ngay-quyet-dinh:": "same:2950/QĐ-UBND|30/12/2022"},
        records=[record("Mật ong", 30, decision=DECEMBER)],
    ),
    "no decision anywhere": Layout(
        [HEAD, ROW, [2, "Tôm khô", "Cơ sở Tôm", "Cầu Ngang", "4 sao"]],
        errors=[("required", "B2"), ("required", "B3")],
        questions=[("decision", ["typed:"])],
        answers={"decision:ngay-quyet-dinh:": "typed:1693/QĐ-UBND|22/08/2022"},
        records=[record("Mật ong", 30), record("Tôm khô", 40, "848")],
    ),
    "a number without its day": Layout(
        [[*HEAD, "Số QĐ"], [*ROW, "1693/QĐ-UBND"]],
        errors=[("required", "B2")],
        questions=[("decision", ["typed:"])],
        answers={"decision:ngay-quyet-dinh:1693/qđ-ubnd": "typed:22/8/2022"},
        records=[record("Mật ong", 30)],
    ),
    "ticks": Layout(
        [
            *TICKS,
            [1, "Gạo", "HTX Mẫu", "Càng Long", None, "x", None],
            [2, "Mắm", "Hộ kinh doanh Mẫu", "Cầu Ngang", "✓", None, None],
            [3, "Rượu", "Cơ sở Rượu", "Cầu Kè", None, None, "X"],
        ],
        [record("Gạo", 40), record("Mắm", 30, "848"), record("Rượu", 45, "845")],
        merged=TWO_ROWS,
    ),
    "ticks that say nothing certain": Layout(
        [
            *TICKS,
            [1, "Gạo", "HTX Mẫu", "Càng Long", "x", "x", None],
            [2, "Mắm", "Hộ kinh doanh Mẫu", "Cầu Ngang", None, None, None],
            [3, "Rượu", "Cơ sở Rượu", "Cầu Kè", "?", None, None],
        ],
        errors=[("conflict", "E5"), ("required", "E6"), ("unknown_value", "E7")],
        merged=TWO_ROWS,
    ),
    "ticks under one row of headers": Layout(
        [[TITLE], [*HEAD[:4], "3 sao", "4 sao", "5 sao"], [*ROW[:4], None, "x", None]],
        [record("Mật ong", 40)],
    ),
    "ranks of group rows": Layout(
        [
            [TITLE],
            HEAD[:4],
            ["A", "SẢN PHẨM 4 SAO"],
            ROW[:4],
            ["B", "SẢN PHẨM 3 SAO"],
            [2, "Tôm khô", "Cơ sở Tôm", "Cầu Ngang"],
        ],
        [record("Mật ong", 40), record("Tôm khô", 30, "848")],
    ),
    "the rank of the title": Layout(
        [["DANH SÁCH SẢN PHẨM OCOP ĐẠT 3 SAO"], [TITLE], HEAD[:4], ROW[:4]],
        [record("Mật ong", 30)],
        warnings=[("same_as_above", None)],
    ),
    "no rank anywhere": Layout(
        [["SẢN PHẨM OCOP TỪ 3 SAO TRỞ LÊN"], [TITLE], HEAD[:4], ROW[:4]],
        errors=[("missing_column", None)],
    ),
    "points of two levels": Layout(
        [*LEVELS, [1, "Gạo", "HTX Mẫu", "Càng Long", "71,2", "70,5", "4 sao"]],
        [record("Gạo", 40, score=70.5, note="Điểm cấp huyện: 71,2")],
        warnings=[("unknown_column", "E5")],
        merged=TWO_ROWS,
    ),
    "points of the district that decided": Layout(
        [[IN_2024], *LEVELS[1:], [1, "Gạo", "HTX Mẫu", "Cầu Kè", "65,2", "66", "3 sao"]],
        [
            record(
                *("Gạo", 30, "845"),
                decision=("15/QĐ-UBND", "2024-01-05"),
                score=65.2,
                note="Điểm cấp tỉnh: 66",
            )
        ],
        warnings=[("unknown_column", "F5")],
        merged=TWO_ROWS,
    ),
    "producer and address in one cell": Layout(
        [
            [TITLE],
            ["TT", "Tên sản phẩm", "Tên chủ thể, địa chỉ", "Phân hạng"],
            [1, "Mật hoa", "Công ty Mẫu, xã Phú Cần, huyện Tiểu Cần, tỉnh Trà Vinh", "4 sao"],
        ],
        [record("Mật hoa", 40, "846")],
    ),
    "producer and address that run together": Layout(
        [
            [TITLE],
            ["TT", "Tên sản phẩm", "Chủ thể và địa chỉ", "Phân hạng"],
            [1, "Mật hoa", "HTX Mẫu xã Phú Cần huyện Tiểu Cần", "4 sao"],
        ],
        errors=[("required", "C3"), ("answer_needed", "C3")],
        questions=[("place", ["split", "new"])],
        answers={"place:chu-the:htx mẫu xã phú cần huyện tiểu cần": "split"},
        records=[record("Mật hoa", 40, "846")],
    ),
    "a remark beside the rank": Layout(
        [[TITLE], HEAD, [*ROW[:4], "3 sao (công nhận lại)"]],
        [record("Mật ong", 30, note="công nhận lại")],
        warnings=[("conflict", "E3")],
    ),
    "five stars by a province's decision": Layout(
        [[TITLE], HEAD, [*ROW[:4], "5 sao"]],
        errors=[("conflict", "E3")],
        questions=[("rank", ["potential_5", "rank_5"])],
        answers={"rank:hang-sao:5 sao": "potential_5"},
        records=[record("Mật ong", 45)],
    ),
    "five stars by the ministry's decision": Layout(
        [["(Kèm theo Quyết định số 2814/QĐ-BNN-VPĐP ngày 11/7/2023)"], HEAD, [*ROW[:4], "5 sao"]],
        [record("Mật ong", 50, decision=("2814/QĐ-BNN-VPĐP", "2023-07-11"))],
    ),
    "several products in a cell": Layout(
        [[TITLE], HEAD, [1, "1. Mắm cá\n2. Mắm tôm", *ROW[2:]]],
        errors=[("answer_needed", "B3")],
        questions=[("split", ["split", "one"])],
        answers={"split:ten-san-pham:1. mắm cá 2. mắm tôm": "split"},
        records=[record("Mắm cá", 30), record("Mắm tôm", 30)],
    ),
    "days and months perhaps swapped": Layout(
        [
            [*HEAD[1:], "Ngày quyết định"],
            [*ROW[1:], "15/01/2024"],
            ["Tôm khô", "Cơ sở Tôm", "Cầu Ngang", "4 sao", date(2024, 9, 1)],
        ],
        [
            record("Mật ong", 30, decision=("", "2024-01-15")),
            record("Tôm khô", 40, "848", decision=("", "2024-09-01")),
        ],
        warnings=[("ambiguous_date", "E3")],
    ),
    "the district of the title": Layout(
        [
            ["DANH SÁCH SẢN PHẨM OCOP HẠNG 3 SAO"],
            [IN_2024],
            ["STT", "Tên sản phẩm", "Tên chủ thể", "Xã, phường, TT", "Điểm", "Hạng sao đạt được"],
            [1, "Khô ếch", "Hộ Mẫu", "Phong Phú", 61, "3 sao"],
            [2, "Dừa sáp", "HTX Mẫu", "TT. Cầu Kè", "58,5 điểm", "3 sao"],
        ],
        [
            record("Dừa sáp", 30, "845", decision=("15/QĐ-UBND", "2024-01-05"), score=58.5),
            record("Khô ếch", 30, "845", decision=("15/QĐ-UBND", "2024-01-05"), score=61.0),
        ],
    ),
    "no place but the title's": Layout(
        [[IN_2024], ["Tên sản phẩm", "Chủ thể", "Hạng sao"], ["Khô ếch", "Hộ Mẫu", "3 sao"]],
        [record("Khô ếch", 30, "845", decision=("15/QĐ-UBND", "2024-01-05"))],
    ),
    "a commune outside the title's district": Layout(
        [[IN_2024], ["Tên sản phẩm", "Chủ thể", "Xã", "Hạng sao"], ["A", "B", "Phú Cần", "3 sao"]],
        errors=[("unknown_unit", "C3")],
    ),
    "a commune outside the plan's area": Layout(
        [
            ["(Kèm theo Quyết định số 1898/QĐ-UBND ngày 30/12/2025 của UBND tỉnh Vĩnh Long)"],
            ["Tên sản phẩm", "Chủ thể", "Xã/phường", "Hạng sao"],
            ["Khô", "Hộ Một", "Phường Long Châu", "3 sao"],
            ["Mắm", "Hộ Hai", "Xã Thạnh Phú", "3 sao"],
        ],
        errors=[("unknown_unit", "C3"), ("unknown_unit", "C4")],
    ),
    "a certificate's number and last day": Layout(
        [
            [TITLE],
            [*HEAD, "Số giấy chứng nhận", "Ngày hết hạn"],
            [*ROW, "07/GCN", "22/8/2025"],
            [2, "Tôm khô", "Cơ sở Tôm", "Cầu Ngang", "4 sao", None, "22/8/2026"],
        ],
        [record("Mật ong", 30), record("Tôm khô", 40, "848")],
        warnings=[("conflict", "G4")],
    ),
}


@every_case("name", LAYOUTS)
def test_what_becomes_of_a_layout(name: str) -> None:
    layout = LAYOUTS[name]
    outcome = imported("recognitions", layout.rows, merged=layout.merged)
    assert places(outcome.errors) == list(layout.errors), outcome.errors
    asked = [(one.kind, [choice["id"] for choice in one.choices]) for one in outcome.questions]
    assert asked == list(layout.questions)
    if layout.answers:
        assert {one.id for one in outcome.questions} == set(layout.answers)
        options = {"merged": layout.merged, "answers": layout.answers}
        outcome = imported("recognitions", layout.rows, **options)
        assert places(outcome.errors) == []
    else:
        assert places(outcome.warnings) == list(layout.warnings)
    assert stored() == list(layout.records)


def test_a_typed_decision_that_cannot_be_read_is_an_error_again() -> None:
    answers = {"decision:ngay-quyet-dinh:": "typed:1693/QĐ-UBND|tháng 8 năm 2022"}
    outcome = imported("recognitions", [HEAD, ROW], answers=answers)
    assert [(one.code, one.row) for one in outcome.errors] == [("ambiguous_date", 2)]
    assert not Product.objects.exists()


def test_an_answer_left_empty_leaves_the_question_open() -> None:
    question = "decision:ngay-quyet-dinh:"
    for empty in ("typed:", "typed:|", "typed: | "):
        outcome = imported("recognitions", [HEAD, ROW], answers={question: empty})
        assert [one.cause for one in outcome.errors] == ["unknown_choice"], empty
    outcome = imported("recognitions", [HEAD, ROW], answers={question: "typed:1693/QĐ-UBND|"})
    assert places(outcome.errors) == [("required", "B2")]
    assert not Product.objects.exists()


def test_five_stars_on_record_and_a_name_with_a_sign_are_not_asked_about_again() -> None:
    rows = [[TITLE], HEAD, [1, "Kẹo dừa + mứt", "HTX Ong", "Càng Long", "5 sao"]]
    answers = {
        "rank:hang-sao:5 sao": "rank_5",
        "split:ten-san-pham:kẹo dừa + mứt": "one",
    }
    assert imported("recognitions", rows, answers=answers).created == 1
    again = imported("recognitions", rows)
    assert (again.verdict, again.unchanged) == ("accepted", 1), again.errors


def test_a_remark_agrees_with_an_earlier_recognition() -> None:
    assert imported("recognitions", [[TITLE], HEAD, ROW]).created == 1
    later = [[IN_2024.replace("huyện Cầu Kè", "tỉnh")], HEAD, [*ROW[:4], "4 sao (nâng hạng)"]]
    outcome = imported("recognitions", later)
    assert (outcome.created, outcome.warnings) == (1, [])


def test_merged_cells_lost_in_csv_are_named_as_such() -> None:
    text = (
        "STT;Tên sản phẩm;Chủ thể;Địa chỉ;Phân hạng;Ngày ký\n"
        "1;Trà;Công ty Mẫu;Xã Phú Cần, huyện Tiểu Cần;4 sao;22/8/2022\n"
        "2;Mứt;;;3 sao;22/8/2022\n"
    )
    outcome = imported_file("recognitions", text.encode(), name="thu.csv")
    assert [(one.code, one.cell, one.cause) for one in outcome.errors] == [
        ("required", "C3", "merged_lost"),
        ("required", "D3", "merged_lost"),
    ]


def test_the_district_of_a_local_officer_stands_where_nothing_else_says_it() -> None:
    rows = [[TITLE], ["Tên sản phẩm", "Chủ thể", "Hạng sao"], ["Khô", "Hộ Mẫu", "3 sao"]]
    assert places(imported("recognitions", rows).errors) == [("missing_column", None)]
    outcome = imported("recognitions", rows, as_user("huyen845"))
    assert outcome.created == 1, outcome.errors
    assert Product.objects.get().district.code == "845"


def test_further_tables_of_a_sheet_are_told_apart() -> None:
    make_product("Mật ong", make_producer("HTX Ong"))
    summary = ["TT", "Huyện", "Số sản phẩm"]
    trace = ["TT", "Tên sản phẩm", "Chủ thể", "Hệ thống truy xuất", "Ngày tham gia"]
    other_order = ["TT", "Chủ thể", "Tên sản phẩm", "Hạng sao", "Huyện"]
    below: dict[str, list[list[Any]]] = {
        "traceability": [trace, [1, "Mật ong", "HTX Ong", "VNPT Check", "1/5/2024"]],
        "another order": [other_order, [1, "HTX Tôm", "Tôm khô", "4 sao", "Cầu Ngang"]],
    }
    for name, table in below.items():
        outcome = imported("recognitions", [[TITLE], HEAD, ROW, [], *table], dry_run=True)
        assert outcome.rows == 1, name
        assert [one.kind for one in outcome.questions] == ["table"], name
    for name, rows in {
        "above": [["TỔNG HỢP THEO HUYỆN"], summary, [1, "Càng Long", 1], [], [TITLE], HEAD, ROW],
        "below": [[TITLE], HEAD, ROW, [], ["TỔNG HỢP"], summary, [1, "Càng Long", 1]],
    }.items():
        outcome = imported("recognitions", rows, dry_run=True)
        read = outcome.created, [one.kind for one in outcome.questions]
        assert read in ((1, []), (0, ["table"])), (name, outcome.errors)


def test_many_ranks_that_read_like_headers_are_records() -> None:
    count = MAX_HEADER_CELLS // 4 + 100
    rows = [[f"Kẹo {n}", f"Hộ {n}", "Huyện Cầu Kè", "Hạng 3 sao"] for n in range(count)]
    outcome = imported("recognitions", [[TITLE], HEAD[1:], *rows], dry_run=True)
    assert (outcome.verdict, outcome.rows) == ("accepted", count), outcome.errors[:2]
