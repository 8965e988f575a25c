"""A file is finished on its page: answers written, rows left out, cells corrected, drafts kept."""

import io
import json
import re
from typing import Any

import pytest
from openpyxl import load_workbook

from ocop.imports.findings import typed
from ocop.imports.models import ImportBatch, IncompleteRecord, Upload
from products.datasets.recognitions import Recognitions
from products.models import Product, Recognition
from tests.imports.workbooks import (
    ECOMMERCE,
    RECOGNITIONS,
    make_book,
    make_books,
    product_row,
    recognitions,
)
from tests.support.cases import every_case
from tests.support.factories import make_producer, make_product

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("effects_untold")]

LEAVE_ERRORS, DRAFTS = {"do": "leave-errors"}, {"do": "drafts"}


def send(session: Any, upload: Upload, **fields: Any) -> Any:
    """The one form of the page, sent with the token of the latest preview."""
    upload.refresh_from_db()
    return session.choose(upload, what="questions", preview=str(upload.preview), **fields)


def errors(page: Any) -> list[tuple[str, str | None]]:
    found = page.context["parts"][0].outcome["errors"]
    return [(one["code"], one["cell"]) for one in found]


def undone(session: Any, number: int) -> None:
    page = session.client.get(f"/imports/{number}/undo/")
    digest = page.context["plan"].digest
    answer = session.client.post(f"/imports/{number}/undo/", {"digest": digest}, follow=True)
    assert answer.status_code == 200


def downloaded(session: Any, address: str) -> Any:
    answer = session.client.get(address)
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


# --- Answers that are written ---------------------------------------------------------------------


@pytest.fixture
def decision_asked(monkeypatch: Any) -> None:
    """Rows without a day are asked which decision they belong to, as a list without one is."""
    before = Recognitions._is_missing

    def ask(self: Any, row: Any, key: str, column: Any, context: Any) -> bool:
        missing = before(self, row, key, column, context)
        if missing and key == "day":
            asked = [typed(("number", "day"), "Thuộc quyết định")]
            details = {"asked": asked, "about": [], "kind": "decision", "given": {}}
            context.error(row, column, "required", **details)
        return missing and key != "day"

    monkeypatch.setattr(Recognitions, "_is_missing", ask)


def test_number_and_day_of_the_decision_are_written_once_for_all_rows(
    import_session: Any, decision_asked: None
) -> None:
    admin = import_session()
    header = [*RECOGNITIONS[:6], "Số quyết định", "Ngày quyết định"]
    rows = [[*product_row(name)[:6], None, None] for name in "ABC"]
    upload = admin.hand_in(make_book([header, *rows]))
    page = admin.page(upload)
    (question,) = page.context["questions"]
    fields = [(one["name"], one["is_day"]) for one in question.typed_fields]
    assert (question.kind, fields) == ("decision", [("d-0-number", False), ("d-0-day", True)])
    assert 'name="d-0-day"' in page.content.decode()
    page = send(admin, upload, **{"d-0": "typed:", "d-0-number": "15/QĐ-UBND", "d-0-day": ""})
    (question,) = page.context["questions"]
    assert question.typed == {"number": "15/QĐ-UBND", "day": ""}
    assert "15/QĐ-UBND" in page.content.decode()
    page = send(admin, upload, **{"d-0-number": "15/QĐ-UBND", "d-0-day": "22/08/2022"})
    assert (page.context["questions"], page.context["rows_to_import"]) == ([], 3)
    admin.confirm(upload)
    stored = Recognition.objects.values_list("decision_number", "decided_on__year")
    assert set(stored) == {("15/QĐ-UBND", 2022)}


def test_nothing_is_preset_and_all_answers_go_with_one_button(import_session: Any) -> None:
    admin = import_session()
    rows = [product_row("Kẹo dừa"), product_row("Kẹo dứa"), product_row("C", district="Cang Longg")]
    upload = admin.hand_in(make_book([RECOGNITIONS, *rows]))
    page = admin.page(upload)
    questions = page.content.decode().partition('id="questions"')[2].partition("</section>")[0]
    assert questions.count('type="radio"') >= 4
    assert "checked" not in questions
    answers = {}
    for one in page.context["questions"]:
        answers[f"d-{one.number}"] = next(c["id"] for c in one.choices if c["id"] != "same:Kẹo dừa")
    page = send(admin, upload, **answers)
    assert page.context["rows_to_import"] == 3


def test_those_not_answered_are_answered_alike_with_one_press(import_session: Any) -> None:
    admin = import_session()
    rows = [product_row(n, f"HTX {o}") for o in range(3) for n in ("Kẹo dừa", "Kẹo dứa")]
    upload = admin.hand_in(make_book([RECOGNITIONS, *rows]))
    admin.page(upload)
    page = send(admin, upload, do="rest-new:district")
    assert len(page.context["questions"]) == 3
    page = send(admin, upload, do="rest-new:near_name", **{"d-1": "leave"})
    assert (page.context["rows_to_import"], page.context["left_out"]) == (5, 1)


def test_an_answer_from_another_tab_is_taken_where_the_question_is_still_the_same(
    import_session: Any,
) -> None:
    admin = import_session()
    rows = [product_row("A", district="Cang Longg"), product_row("B", rank="7 sao")]
    upload = admin.hand_in(make_book([RECOGNITIONS, *rows]))
    (question,) = admin.page(upload).context["questions"]
    old = str(upload.preview)
    send(admin, upload, **LEAVE_ERRORS)
    fields = {"asked": json.dumps(["x", question.id]), "d-1": "same:Huyện Càng Long"}
    page = admin.choose(upload, what="questions", preview=old, **fields)
    assert page.context["rows_to_import"] == 1
    for asked in ('["near_name:khong-co:gi"]', "{", '{"a": 1}', "7", "null"):
        admin.choose(upload, what="questions", preview=old, asked=asked, **{"d-0": "new"})


# --- Rows left out --------------------------------------------------------------------------------


def test_the_rest_goes_in_with_one_press_and_what_stays_out_is_listed(import_session: Any) -> None:
    admin = import_session()
    title = ["(Kèm theo Quyết định số 15/QĐ-UBND ngày 22 tháng 8 năm 2022)"]
    header = RECOGNITIONS[:6]
    rows = [product_row("A", "HTX Một")[:6], product_row("B", "nt", rank="7 sao")[:6]]
    upload = admin.hand_in(make_book([title, header, *rows, product_row("C", score="x")[:6]]))
    page = admin.page(upload)
    assert page.context["could"] == {"errors": 2, "outside": 0, "incomplete": 0}
    page = send(admin, upload, **LEAVE_ERRORS)
    assert (page.context["rows_to_import"], page.context["left_out"]) == (1, 2)
    assert "7 sao" in page.content.decode()
    book = downloaded(admin, f"/imports/files/{upload.pk}/left-out/")
    page_of = book["Danh sách"]
    texts = [[cell.value for cell in row] for row in page_of.iter_rows()]
    assert [texts[0][0], texts[1]] == [title[0], header]
    assert [row[:2] for row in texts[2:]] == [["B", "HTX Một"], ["C", "HTX Ong Vàng"]]
    assert "7 sao" in page_of["F3"].comment.text
    admin.confirm(upload)
    batch = ImportBatch.objects.get()
    page = admin.client.get(f"/imports/{batch.pk}/")
    assert [one.row for one in page.context["left_out"]] == [4, 5]
    book = downloaded(admin, f"/imports/{batch.pk}/left-out/")
    book["Danh sách"]["F3"], book["Danh sách"]["E4"] = "4 sao", 71
    stream = io.BytesIO()
    book.save(stream)
    again = admin.hand_in(stream.getvalue(), "lai.xlsx")
    assert admin.page(again).context["rows_to_import"] == 2
    admin.confirm(again)
    assert set(Product.objects.values_list("name", flat=True)) == {"A", "B", "C"}


def test_single_rows_and_those_of_a_question_are_left_out_and_come_back(
    import_session: Any,
) -> None:
    admin = import_session()
    rows = [
        product_row("A"),
        product_row("B", rank="7 sao"),
        product_row("C", district="Cang Longg"),
    ]
    upload = admin.hand_in(make_book([RECOGNITIONS, *rows]))
    admin.page(upload)
    page = send(admin, upload, **{"x-0": ["3"], "d-0": "leave"})
    assert (page.context["rows_to_import"], page.context["left_out"]) == (1, 2)
    page = send(admin, upload, do="back:Danh sách!3")
    assert (page.context["left_out"], errors(page)) == (1, [("unknown_value", "F3")])
    page = send(admin, upload, do="back")
    assert (page.context["left_out"], len(errors(page))) == (0, 2)


def test_a_row_of_several_records_is_left_out_with_all_of_them_and_counted_once(
    import_session: Any,
) -> None:
    owner = make_producer("HTX Ong")
    for name in ("Mật ong", "Dừa sáp"):
        make_product(name, owner)
    admin = import_session()
    rows = [
        ["Mật ong", "HTX Ong", "Postmart, Voso, Shopee", None, "31/2/2024", None],
        ["Mật ong", "HTX Ong", "Postmart, Chợ A", None, "1/5/2024", None],
        ["Dừa sáp", "HTX Ong", "Postmart, Voso", None, "1/5/2024", None],
    ]
    upload = admin.hand_in(make_book([ECOMMERCE, *rows]))
    page = admin.page(upload)
    text = " ".join(page.content.decode().split())
    assert "bỏ qua dòng này (cùng cả 3 hồ sơ trong dòng)" in text
    assert "Bỏ qua 1 dòng này (cùng cả 2 hồ sơ trong đó)" in text
    page = send(admin, upload, **{"x-0": ["2"], "d-0": "leave"})
    assert (page.context["left_out"], page.context["rows_to_import"], errors(page)) == (2, 2, [])
    part = page.context["parts"][0]
    assert (part.outcome["rows"], part.outcome["created"]) == (3, 2)
    assert [line["records"] for line in part.left_lines] == [3, 2]


@every_case("posted", [["99999999"], ["-1", "x", "²"], ["1"], ["4"]])
def test_rows_that_nothing_is_wrong_with_or_that_are_not_there_stay(
    import_session: Any, posted: list[str]
) -> None:
    admin = import_session()
    upload = admin.hand_in(make_book([RECOGNITIONS, product_row("A"), product_row("B", rank="x")]))
    admin.page(upload)
    page = send(admin, upload, **{"x-0": posted, "x-9": ["3"], "c-77-F3": "y", "c-0-Z9": "y"})
    assert (page.context["left_out"], page.context["corrections"]) == (0, [])


def test_the_enter_key_leaves_nothing_out(import_session: Any) -> None:
    admin = import_session()
    page = admin.page(admin.hand_in(make_book([RECOGNITIONS, product_row("A", rank="7 sao")])))
    buttons = re.findall(r"<button[^>]*>", page.content.decode().partition('id="answers"')[2])
    assert "do" not in re.findall(r'name="(\w+)"', buttons[0])
    assert any('value="leave-errors"' in button for button in buttons[1:])


# --- Cells corrected ------------------------------------------------------------------------------


def test_a_cell_is_corrected_in_place_said_kept_and_taken_back(import_session: Any) -> None:
    admin = import_session()
    rows = [product_row("A", day="31/02/2023"), product_row("B", day="31/02/2023")]
    upload = admin.hand_in(make_book([RECOGNITIONS, *rows, product_row("C", rank=None)]))
    page = admin.page(upload)
    assert 'name="c-0-G2,G3"' in page.content.decode()
    page = send(admin, upload, **{"c-0-G2,G3": "28/02/2023", "c-0-F4": "4 sao"})
    assert page.context["rows_to_import"] == 3
    said = [w for w in page.context["parts"][0].outcome["warnings"] if w["code"] == "decided"]
    assert [(one["cell"], one["cause"]) for one in said] == [
        ("G2", "corrected"),
        ("G3", "corrected"),
        ("F4", "filled_in"),
    ]
    book = downloaded(admin, f"/imports/files/{upload.pk}/marked/")
    assert book["Danh sách"]["G2"].value == "28/02/2023"
    assert "31/02/2023" in book["Danh sách"]["G2"].comment.text
    page = send(admin, upload, do="uncorrect:Danh sách!G3")
    assert errors(page) == [("invalid_date", "G3")]
    send(admin, upload, **{"c-0-G3": "27/02/2023"})
    admin.confirm(upload)
    batch = ImportBatch.objects.get()
    kept = {one["cell"]: (one["was"], one["text"]) for one in batch.corrections}
    assert kept == {
        "G2": ("31/02/2023", "28/02/2023"),
        "G3": ("31/02/2023", "27/02/2023"),
        "F4": ("", "4 sao"),
    }
    page = admin.client.get(f"/imports/{batch.pk}/").content.decode()
    assert "27/02/2023" in page
    assert Recognition.objects.get(product__name="C").get_rank_display() == "4 sao"


def test_a_cell_of_several_lines_sent_back_by_the_browser_is_no_correction(
    import_session: Any,
) -> None:
    admin = import_session()
    rows = [product_row("1. Mắm cá\n2. Mắm tôm"), product_row("Trà sen", rank="7\nsao")]
    upload = admin.hand_in(make_book([RECOGNITIONS, *rows]))
    text = admin.page(upload).content.decode()
    # A field of one line loses the line's end: it is shown, and sent back, as one line.
    assert 'value="1. Mắm cá 2. Mắm tôm"' in text and 'value="7 sao"' in text
    for sent in ("1. Mắm cá 2. Mắm tôm", "1. Mắm cá2. Mắm tôm"):
        page = send(admin, upload, **{"d-0": "split", "c-0-A2": sent, "c-0-F3": "7 sao"})
        assert (page.context["corrections"], errors(page)) == ([], [("unknown_value", "F3")])
    page = send(admin, upload, **{"c-0-F3": "4 sao"})
    assert page.context["rows_to_import"] == 3


def test_what_was_corrected_and_a_button_pressed_go_together(import_session: Any) -> None:
    admin = import_session()
    rows = [product_row("A", rank="7 sao"), product_row("B", score="x"), product_row("C")]
    upload = admin.hand_in(make_book([RECOGNITIONS, *rows]))
    admin.page(upload)
    page = send(admin, upload, **LEAVE_ERRORS, **{"c-0-F2": "3 sao", "c-0-E3": "x"})
    assert (page.context["rows_to_import"], page.context["left_out"]) == (2, 1)
    page = send(admin, upload, **{"c-0-E3": "70"})
    assert (page.context["rows_to_import"], page.context["left_out"]) == (3, 0)


def test_a_value_for_a_column_that_the_sheet_does_not_have(import_session: Any) -> None:
    admin = import_session()
    header = [*RECOGNITIONS[:3], *RECOGNITIONS[4:]]
    row = product_row("A", commune="Xã Không Đâu")
    upload = admin.hand_in(make_book([header, [*row[:3], *row[4:]]]))
    page = admin.page(upload)
    (error,) = page.context["parts"][0].outcome["errors"]
    page = send(admin, upload, **{"c-0-C2": "Xã Mỹ Cẩm"})
    assert page.context["rows_to_import"] == 1, error


def test_a_corrected_district_goes_through_the_same_checks(import_session: Any) -> None:
    officer = import_session("officer_of_844")
    upload = officer.hand_in(make_book([RECOGNITIONS, product_row("A", district="Huyện X")]))
    officer.page(upload)
    page = send(officer, upload, **{"c-0-D2": "Huyện Cầu Kè"})
    assert errors(page) == [("not_permitted", "D2")]
    assert page.context["could"]["outside"] == 1
    officer.confirm(upload)
    assert not Product.objects.exists()


def test_a_correction_outlives_other_choices_and_one_that_is_not_read_does_nothing(
    import_session: Any,
) -> None:
    admin = import_session()
    upload = admin.hand_in(make_book([RECOGNITIONS, product_row("A", score="bảy")]))
    part = admin.page(upload).context["parts"][0]
    send(admin, upload, **{"c-0-E2": "70"})
    chosen = {f"column-0-{column['number']}": column["key"] for column in part.columns}
    given = {"what": "sheets", "sheet-0": "1", "dataset-0": "recognitions", "header-0": "1"}
    page = admin.choose(upload, **given, **chosen | {"column-0-5": ""})
    assert (page.context["rows_to_import"], len(page.context["corrections"])) == (1, 1)
    page = admin.choose(upload, **given, **chosen)
    assert page.context["rows_to_import"] == 1
    admin.confirm(upload)
    assert Recognition.objects.get().score == 70


# --- Incomplete rows ------------------------------------------------------------------------------


def test_incomplete_rows_are_kept_completed_and_taken_back(import_session: Any) -> None:
    admin = import_session()
    rows = [product_row("A"), product_row("B", day=None), product_row("C", day=2022, rank=None)]
    data = make_book([RECOGNITIONS, *rows])
    upload = admin.hand_in(data)
    page = admin.page(upload)
    assert page.context["could"] == {"errors": 1, "outside": 0, "incomplete": 2}
    page = send(admin, upload, **DRAFTS)
    assert (page.context["rows_to_import"], page.context["drafts"]) == (1, 2)
    admin.confirm(upload)
    assert Recognition.objects.count() == 1
    officer = import_session("officer_of_844")
    listed = officer.client.get("/records/incomplete/")
    assert "chưa đủ để tính" in listed.content.decode()
    assert "Hồ sơ chưa đủ" in officer.client.get("/my-work/").content.decode()
    ((_district, lines),) = listed.context["districts"]
    assert [one.missing_words for one in lines] == [
        ["Ngày quyết định"],
        ["Hạng sao", "Ngày quyết định"],
    ]
    record = IncompleteRecord.objects.order_by("id").first()
    address = f"/records/incomplete/{record.pk}/"
    form = officer.client.get(address).context["form"]
    filled = {one["name"]: one["text"] for one in form.fields}
    refused = officer.client.post(address, filled | {"f-day": "31/02/2022"})
    assert refused.context["form"].found.keys() == {"day"}
    officer.client.post(address, filled | {"f-day": "22/08/2022"})
    officer.client.post(address, filled | {"f-day": "23/08/2022"})
    new = Recognition.objects.get(product__name="B")
    record.refresh_from_db()
    found = new.status, record.state, record.completed_by.created
    assert found == ("submitted", "completed", 1)
    first = ImportBatch.objects.order_by("id").first()
    undone(admin, first.pk)
    states = IncompleteRecord.objects.order_by("id").values_list("state", flat=True)
    assert list(states) == ["completed", "taken_back"]


def test_the_same_file_twice_keeps_each_incomplete_row_once(import_session: Any) -> None:
    rows = [product_row("A"), product_row("B", day=None), product_row("B", day=None)]
    for _time in range(2):
        outcome = recognitions(*rows, drafts=True)
        assert outcome.verdict == "accepted"
    assert [one.known for one in outcome.drafts] == [True, True]
    assert IncompleteRecord.objects.count() == 1


def test_only_incomplete_rows_are_kept_and_the_undoing_is_undone(import_session: Any) -> None:
    admin = import_session()
    upload = admin.hand_in(make_book([RECOGNITIONS, product_row("B", district=None)]))
    admin.page(upload)
    page = send(admin, upload, **DRAFTS)
    assert page.context["may_apply"]
    admin.confirm(upload)
    record = IncompleteRecord.objects.get()
    batch = ImportBatch.objects.get()
    for number, state in ((batch.pk, "taken_back"), (batch.pk + 1, "open")):
        undone(admin, number)
        record.refresh_from_db()
        assert record.state == state
    officer = import_session("officer_of_844")
    assert officer.client.get(f"/records/incomplete/{record.pk}/").status_code == 404
    assert (
        import_session("provincial_officer")
        .client.get(f"/records/incomplete/{record.pk}/")
        .status_code
        == 200
    )


def test_a_row_that_is_wrong_too_is_no_draft() -> None:
    rows = [
        product_row("A"),
        product_row("B", day=None, score="x"),
        product_row("C", day="5/6/22"),
        product_row("D", day="31/02/2023"),
    ]
    outcome = recognitions(*rows, drafts=True)
    assert (outcome.verdict, outcome.drafts) == ("rejected", [])


def test_a_product_that_was_not_rated_is_no_draft_and_can_be_left_out() -> None:
    for rank in ("0 sao", "Không đạt", "-", "không", 0, "Chưa xếp hạng"):
        rows = [product_row(), product_row("Tôm", "Hộ Tôm", rank=rank)]
        outcome = recognitions(*rows, drafts=True, dry_run=True)
        assert (outcome.verdict, outcome.drafts) == ("rejected", []), rank
        outcome = recognitions(*rows, drafts=True, leave_out=["errors"], dry_run=True)
        assert [one.row for one in outcome.left_out] == [3], rank
        assert (outcome.verdict, outcome.drafts) == ("accepted", []), rank


def test_sheets_of_other_datasets_keep_no_drafts(import_session: Any) -> None:
    admin = import_session()
    data = make_books(
        {"A": [["Tên nhiệm vụ", "Cơ quan chủ trì", "Ngày phê duyệt"], ["A", "B", None]]}
    )
    upload = admin.hand_in(data)
    admin.page(upload)
    page = send(admin, upload, **DRAFTS)
    assert (page.context["drafts"], errors(page)) == (0, [("required", "C2")])
