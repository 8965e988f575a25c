"""Shapes after lists and decisions that departments published: none of them is silently misread."""

from typing import Any

import pytest

from products.models import IPRight, Product, Recognition, TraceabilityEnrolment
from tests.imports.workbooks import as_user, imported, places
from tests.support.factories import district, make_producer, make_product

pytestmark = pytest.mark.django_db

HEAD = ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao"]
IP_HEAD = [
    *("TT", "Loại hình", "Tên", "Chủ sở hữu", "Số đơn", "Ngày nộp đơn", "Số văn bằng", "Ngày cấp"),
    "Hỗ trợ NQ 80",
]


def title(number: str, day: str) -> list[Any]:
    return [f"(Kèm theo Quyết định số {number}/QĐ-UBND {day})"]


IN_2024 = title("900", "ngày 12 tháng 9 năm 2024")
IN_2025 = title("1200", "ngày 12 tháng 6 năm 2025")


def annex(heading: list[Any], *names: str, producer: str = "Cơ sở Mẫu Năm") -> list[list[Any]]:
    rows = [[n, name, producer, "Càng Long", "3 sao"] for n, name in enumerate(names, 1)]
    return [heading, [], HEAD, *rows]


def test_names_that_differ_in_one_diacritic_are_asked_about_in_pairs() -> None:
    rows = annex(IN_2024, "Kẹo dừa", "Kẹo dứa", "Mắm cá", "Mắm cà")
    outcome = imported("recognitions", rows)
    assert (outcome.verdict, places(outcome.errors)) == (
        "rejected",
        [("answer_needed", "B5"), ("answer_needed", "B7")],
    )
    asked = [one.as_json() for one in outcome.questions]
    assert [(one["kind"], one["column"], one["value"], one["cells"]) for one in asked] == [
        ("near_name", "Tên sản phẩm", "Kẹo dứa", ["B5"]),
        ("near_name", "Tên sản phẩm", "Mắm cà", ["B7"]),
    ]
    assert asked[0]["choices"] == [
        {"id": "same:Kẹo dừa", "label": "Là Kẹo dừa (dòng 4)"},
        {"id": "new", "label": "Là sản phẩm khác"},
    ]
    assert asked[0]["answer"] is None
    assert not Product.objects.exists()
    assert imported("recognitions", rows, answers={"*": "new"}).created == 4
    assert Product.objects.count() == 4


def test_two_rows_answered_to_be_one_product_are_one_record_twice() -> None:
    rows = annex(IN_2024, "Kẹo dừa", "Kẹo dứa")
    (question,) = imported("recognitions", rows).questions
    outcome = imported("recognitions", rows, answers={question.id: "same:Kẹo dừa"})
    assert places(outcome.errors) == [("duplicate_row", "B5")]


def test_a_name_on_record_is_asked_about_and_never_merged_silently() -> None:
    assert imported("recognitions", annex(IN_2024, "Kẹo dừa")).created == 1
    later = annex(IN_2025, "Kẹo dứa")
    outcome = imported("recognitions", later)
    assert places(outcome.errors) == [("answer_needed", "B4")]
    (question,) = outcome.questions
    assert question.choices[0]["label"] == "Là Kẹo dừa"
    assert imported("recognitions", later, answers={question.id: "new"}).created == 1
    assert sorted(Product.objects.values_list("name", flat=True)) == ["Kẹo dứa", "Kẹo dừa"]
    again = imported("recognitions", annex(IN_2025, "KEO DUA"))
    assert [one["label"] for one in again.questions[0].choices] == [
        *("Là Kẹo dừa", "Là Kẹo dứa", "Là sản phẩm khác"),
    ]


def test_an_answer_takes_the_name_on_record_for_every_equal_cell() -> None:
    imported("recognitions", annex(IN_2024, "Kẹo dừa"))
    (question,) = imported("recognitions", annex(IN_2025, "Kẹo dứa")).questions
    answer = {question.id: "same:Kẹo dừa"}
    outcome = imported("recognitions", annex(IN_2025, "Kẹo dứa"), answers=answer)
    assert (outcome.created, [one.code for one in outcome.warnings]) == (1, ["decided"])
    assert (Product.objects.get().name, Recognition.objects.count()) == ("Kẹo dừa", 2)


def test_d_with_stroke_and_eth_are_one_product_recognised_twice() -> None:
    first = annex(IN_2024, "Đường thốt nốt mẫu", producer="HTX Đại Mẫu")
    second = annex(IN_2025, "Ðường thốt nốt mẫu", producer="HTX Ðại Mẫu")
    assert imported("recognitions", first).created == 1
    assert imported("recognitions", second).created == 1
    assert (Product.objects.count(), Recognition.objects.count()) == (1, 2)
    for words in ("duong thot", "Ðường", "đường THỐT"):
        assert Product.objects.found_by(words).count() == 1, words


def test_a_dash_for_a_system_is_no_enrolment() -> None:
    for name, producer in (("Bánh 1", "Công ty A"), ("Bánh 2", "HTX B"), ("Bánh 3", "Hộ C")):
        make_product(name, make_producer(producer))
    head = ["TT", "Tên sản phẩm", "Chủ thể", "Hệ thống truy xuất", "Mã truy xuất", "Ngày tham gia"]
    rows = [
        [1, "Bánh 1", "Công ty A", "VNPT Check", "84-1", "1/5/2024"],
        [2, "Bánh 2", "HTX B", "-", "-", "-"],
        [3, "Bánh 3", "Hộ C", "–", "–", "–"],
    ]
    outcome = imported("traceability", [head, *rows])
    counts = outcome.verdict, outcome.rows, outcome.created, outcome.skipped
    assert counts == ("accepted", 1, 1, 2), outcome.errors
    assert TraceabilityEnrolment.objects.get().product.name == "Bánh 1"


def test_a_dash_for_a_rank_is_not_the_rank_above() -> None:
    head = ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Điểm", "Hạng sao"]
    rows = [
        [1, "Gạo mẫu", "HTX Mẫu Một", "Càng Long", 72, "4 sao"],
        [2, "Rượu mẫu", "Hộ kinh doanh Mẫu Hai", "Cầu Kè", 45, "-"],
        [3, "Nhang mẫu", "Hộ kinh doanh Mẫu Ba", "Cầu Kè", "-", "-"],
    ]
    outcome = imported("recognitions", [IN_2024, [], head, *rows])
    assert places(outcome.errors) == [("required", "F5"), ("required", "F6")]
    assert imported("recognitions", [IN_2024, [], head, rows[0]]).created == 1


def test_three_spellings_of_an_application_are_one_right() -> None:
    day, grant = "05/06/2022", "10/01/2024"
    spellings = [
        ("Dừa Mẫu", "4-2022-12345", day, None, None),
        ("DỪA MẪU", "VN-4-2022-12345", "05.06.2022", "4-0412345-000", "10.01.2024"),
        ("Dừa Mẫu", "4202212345", day, "4-0412345-000", grant),
    ]
    for name, number, filed, certificate, granted in spellings:
        row = [1, "Nhãn hiệu", name, "HTX Mẫu", number, filed, certificate, granted, "x"]
        assert imported("ip_rights", [IP_HEAD, row]).verdict == "accepted"
    right = IPRight.objects.get()
    assert (right.filing_number, right.certificate_number) == ("4-2022-12345", "4-0412345-000")
    rows = [
        [n, "Nhãn hiệu", "Dừa Mẫu", "HTX Mẫu", number, day, None, None, "x"]
        for n, (_name, number, *_rest) in enumerate(spellings, 1)
    ]
    twice = imported("ip_rights", [IP_HEAD, *rows])
    assert places(twice.errors) == [("duplicate_row", "C3"), ("duplicate_row", "C4")]


@pytest.mark.parametrize("heads", [("Số QĐ", "Ngày QĐ"), ("Quyết định số", "Ngày ký QĐ")])
def test_number_and_day_of_the_row_come_before_the_titles(heads: tuple[str, str]) -> None:
    rows = [
        ["DANH SÁCH SẢN PHẨM OCOP CÒN HIỆU LỰC"],
        IN_2024,
        [],
        [*HEAD, *heads],
        [1, "Gạo mẫu", "HTX Mẫu", "Cầu Kè", "3 sao", "1693/QĐ-UBND", "22/8/2022"],
        [2, "Mật mẫu", "HTX Mẫu", "Cầu Kè", "4 sao", "2950/QĐ-UBND", "30/12/2022"],
    ]
    assert imported("recognitions", rows).created == 2
    decided = Recognition.objects.order_by("decided_on")
    assert [(one.decision_number, str(one.decided_on)) for one in decided] == [
        ("1693/QĐ-UBND", "2022-08-22"),
        ("2950/QĐ-UBND", "2022-12-30"),
    ]


@pytest.mark.parametrize("header", ["Thời điểm xét", None])
def test_a_column_of_days_that_is_not_read_is_asked_about(header: str | None) -> None:
    rows = [
        IN_2024,
        [],
        [*HEAD, header],
        [1, "Gạo mẫu", "HTX Mẫu", "Cầu Kè", "3 sao", "22/8/2022"],
        [2, "Mật mẫu", "HTX Mẫu", "Cầu Kè", "4 sao", "30/12/2022"],
    ]
    outcome = imported("recognitions", rows)
    assert places(outcome.errors) == [("answer_needed", "F3")]
    (question,) = outcome.questions
    choices = [one["id"] for one in question.choices]
    assert (question.kind, choices) == (
        "column",
        ["day", "revoked", "prolonged_on", "prolonged_until", "ignore"],
    )
    as_days = imported("recognitions", rows, answers={question.id: "day"})
    assert as_days.created == 2, as_days.errors
    assert {str(one.decided_on) for one in Recognition.objects.all()} == {
        *("2022-08-22", "2022-12-30"),
    }
    left_out = imported("recognitions", rows, answers={question.id: "ignore"}, dry_run=True)
    assert (left_out.verdict, left_out.created) == ("accepted", 2)


def test_a_column_of_decision_numbers_that_is_not_read_is_asked_about() -> None:
    head = [*HEAD, "Căn cứ"]
    row = [1, "Gạo mẫu", "HTX Mẫu", "Cầu Kè", "3 sao", "1693/QÐ‑UBND ngày 22/8/2022"]
    outcome = imported("recognitions", [IN_2024, [], head, row])
    assert [(one.kind, one.value) for one in outcome.questions] == [("column", "Căn cứ")]


def test_a_second_table_of_another_kind_is_never_read_as_rows_of_the_first() -> None:
    make_product("Kẹo", make_producer("HTX A"))
    make_product("Gạo", make_producer("HTX B"))
    rows = [
        ["TT", "Tên sản phẩm", "Chủ thể", "Hệ thống truy xuất", "Ngày tham gia"],
        [1, "Kẹo", "HTX A", "VNPT Check", "1/5/2024"],
        [],
        ["DANH SÁCH TRÊN SÀN"],
        ["TT", "Tên sản phẩm", "Chủ thể", "Sàn TMĐT", "Đường dẫn", "Ngày lên sàn"],
        ["-", "Gạo", "HTX B", "Voso", "https://voso.vn/gao", "2/5/2024"],
    ]
    outcome = imported("traceability", rows)
    assert (outcome.rows, places(outcome.errors)) == (1, [("conflict", "A5")])
    (question,) = outcome.questions
    assert (question.kind, [one["id"] for one in question.choices]) == ("table", ["row:1"])
    assert imported("traceability", rows, answers={question.id: "row:1"}).created == 1
    assert TraceabilityEnrolment.objects.get().system.name == "VNPT Check"


def test_the_same_header_on_the_next_page_is_skipped() -> None:
    rows = annex(IN_2024, "Gạo", "Mật")
    rows[4:4] = [HEAD]
    outcome = imported("recognitions", rows)
    assert (outcome.verdict, outcome.created) == ("accepted", 2)


def test_an_answer_that_is_not_offered_is_refused_by_name() -> None:
    rows = annex(IN_2024, "Kẹo dừa", "Kẹo dứa")
    (question,) = imported("recognitions", rows).questions
    outcome = imported("recognitions", rows, answers={question.id: "same:Gạo"})
    assert outcome.verdict == "unusable"
    assert "same:Kẹo dừa" in outcome.errors[0].message
    assert not Product.objects.exists()


# --- What a hostile look found --------------------------------------------------------------------


HEADS = ["Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao", "Ngày quyết định"]
DAY = "22/8/2022"


def test_one_answer_never_answers_another_question_of_equal_words() -> None:
    make_producer("HTX Mẫu Rv", district("845"))
    make_producer("HTX Mấu Rv", district("846"))
    rows = [
        HEADS,
        ["Kẹo", "HTX Mau Rv", "Huyện Cầu Kè", "3 sao", DAY],
        ["Mứt", "HTX Mau Rv", "Huyện Tiểu Cần", "3 sao", DAY],
    ]
    first, second = imported("recognitions", rows).questions
    base = "near_name:chu-the:htx mau rv"
    assert [first.id, second.id] == [f"{base}@huyện cầu kè", f"{base}@huyện tiểu cần"]
    rows[1:] = rows[:0:-1]
    assert {one.id for one in imported("recognitions", rows).questions} == {first.id, second.id}
    half = imported("recognitions", rows, answers={first.id: "new"})
    assert (half.verdict, [one.cells for one in half.questions]) == ("rejected", [["B2"]])
    whole = imported("recognitions", rows, answers={first.id: "same:HTX Mẫu Rv", second.id: "new"})
    assert whole.created == 2
    assert Product.objects.get(name="Kẹo").producer.name == "HTX Mẫu Rv"


def test_answers_about_producer_and_product_of_one_row_go_together() -> None:
    imported("recognitions", [HEADS, ["Kẹo dừa", "HTX Yên", "Huyện Cầu Kè", "3 sao", DAY]])
    rows = [HEADS, ["Kẹo dứa", "HTX Yền", "Huyện Cầu Kè", "3 sao", "1/6/2024"]]
    (producer,) = imported("recognitions", rows).questions
    answers = {producer.id: "same:HTX Yên", "near_name:ten-san-pham:kẹo dứa": "new"}
    outcome = imported("recognitions", rows, answers=answers)
    assert (outcome.verdict, outcome.created) == ("accepted", 1), outcome.errors


def test_questions_tell_an_officer_nothing_of_other_districts() -> None:
    make_producer("HTX Mẫu Rv", district("845"))
    shared = make_producer("HTX Chung", district("844"))
    make_product("Kẹo dừa mật", shared, district=district("845"), place=district("845"))
    rows = [
        HEADS,
        ["Kẹo A", "HTX Mau Rv", "Huyện Cầu Kè", "3 sao", DAY],
        ["Kẹo dứa mật", "HTX Chung", "Huyện Càng Long", "3 sao", DAY],
    ]
    outcome = imported("recognitions", rows, as_user("huyen844"))
    assert places(outcome.errors) == [("not_permitted", "C2")]
    assert outcome.questions == []
    shown_text = " ".join(one.message for one in [*outcome.errors, *outcome.warnings])
    assert "Mẫu Rv" not in shown_text
    assert "Kẹo dừa mật" not in shown_text


def test_names_that_differ_in_many_ways_are_offered_a_few() -> None:
    tones = ["a", "à", "á", "ả", "ã", "ạ"]
    names = [f"Kẹo d{x} m{y}t" for x in tones for y in tones]
    outcome = imported("recognitions", annex(IN_2024, *names))
    assert len(outcome.questions) == len(names) - 1
    assert max(len(one.choices) for one in outcome.questions) == 11


def test_a_cell_with_several_applications_is_refused() -> None:
    cells = ["4-2022-12345; 4-2022-12346", "4-2022-12345, 4-2022-12346"]
    for number in cells:
        row = [1, "Nhãn hiệu", "Dừa", "HTX", number, None, None, None, "x"]
        assert places(imported("ip_rights", [IP_HEAD, row]).errors) == [("conflict", "E2")], number
    for number in ("Số đơn 4-2022-12345", "4-2022-12345.", "4-2022-012345", "không"):
        row = [1, "Nhãn hiệu", "Dừa", "HTX", number, None, None, None, "x"]
        assert imported("ip_rights", [IP_HEAD, row]).verdict == "accepted", number
    assert IPRight.objects.count() == 1


def test_a_mark_that_is_none_is_no_mark() -> None:
    for none in ("không", "-", 0):
        row = [1, "Nhãn hiệu", none, "HTX", None, None, "4-0412345", "5/6/2023", "x"]
        assert places(imported("ip_rights", [IP_HEAD, row]).errors) == [("required", "C2")], none


def test_a_place_across_two_districts_is_asked_about_once_for_all_its_hamlets() -> None:
    heads = ["Tên sản phẩm", "Chủ thể", "Địa chỉ", "Hạng sao", "Ngày quyết định"]
    rows = [
        [f"Khô {n}", f"Hộ {n}", f"Ấp {n}, xã Ngũ Lạc, tỉnh Vĩnh Long", "3 sao", "30/12/2025"]
        for n in range(1, 6)
    ]
    outcome = imported("recognitions", [heads, *rows])
    (question,) = outcome.questions
    assert (question.id, len(question.cells)) == ("district:dia-chi:xã ngũ lạc", 5)
    answers = {question.id: "same:Huyện Duyên Hải"}
    assert imported("recognitions", [heads, *rows], answers=answers).created == 5


def test_columns_of_days_are_asked_about_one_by_one_even_where_a_column_is_missing() -> None:
    heads = [*HEADS[:4], "Thời điểm", "Thời điểm"]
    rows = [heads, ["Kẹo", "HTX", "Huyện Cầu Kè", "3 sao", "5/6/2023", "5/6/2024"]]
    outcome = imported("recognitions", rows)
    first, second, _decision = outcome.questions
    answers = {first.id: "day", second.id: "ignore"}
    done = imported("recognitions", rows, answers=answers)
    assert done.created == 1, done.errors
    assert str(Recognition.objects.get().decided_on) == "2023-06-05"


def test_texts_that_are_neither_days_nor_decisions_are_only_remarked_on() -> None:
    for text in ("12.5", "1/2", "10-12", "12/Đường Lê Lợi", "23/D3 khóm 4", "0909.123.456", "2023"):
        rows = [[*HEADS, "Khác"], ["Kẹo", "HTX", "Huyện Cầu Kè", "3 sao", DAY, text]]
        outcome = imported("recognitions", rows, dry_run=True)
        assert (outcome.verdict, places(outcome.warnings)) == (
            *("accepted", [("unknown_column", "F1")]),
        ), text
    for text in ("QĐ số 9 năm 2024", "ngày 05/06/2024 của UBND huyện", "12/QĐ-UBND"):
        rows = [[*HEADS, "Khác"], ["Kẹo", "HTX", "Huyện Cầu Kè", "3 sao", DAY, text]]
        outcome = imported("recognitions", rows, dry_run=True)
        assert places(outcome.errors) == [("answer_needed", "F1")], text


def test_the_titles_number_is_known_in_short_in_the_row() -> None:
    heads = [*HEAD, "Số QĐ"]
    for number in ("900", "Số 900/QĐ-UBND", "900/qđ-ubnd"):
        rows = [IN_2024, [], heads, [1, "Gạo", "HTX", "Cầu Kè", "3 sao", number]]
        assert imported("recognitions", rows, dry_run=True).verdict == "accepted", number
    rows = [IN_2024, [], heads, [1, "Gạo", "HTX", "Cầu Kè", "3 sao", "90"]]
    assert places(imported("recognitions", rows).errors) == [("required", "B4")]


def test_an_answer_to_no_question_is_remarked_on() -> None:
    outcome = imported("recognitions", annex(IN_2024, "Gạo"), answers={"near_name:x:y": "new"})
    assert (outcome.verdict, [one.cause for one in outcome.warnings]) == (
        *("accepted", ["not_asked"]),
    )
