"""What a person decides about a file: sheets, columns, tables, spellings, old fonts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ocop.imports.models import ImportBatch, RememberedColumns, Upload
from products.models import Product, Recognition
from tests.imports.uploads.conftest import messages_of
from tests.imports.workbooks import (
    RECOGNITIONS,
    TRACEABILITY,
    make_book,
    make_books,
    product_row,
    recognitions,
)
from tests.support.cases import every_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("effects_untold")]

STRANGE = ["Tên hàng", "Người làm ra", "Nơi", "Huyện", "Chấm", "Hạng sao", "Ngày quyết định"]


def test_a_dataset_is_recognised_from_the_headers_and_said(import_session):
    admin = import_session()
    data = make_books(
        {"Bìa": [["Báo cáo"], ["Năm 2022"]], "DS": [RECOGNITIONS, product_row("A")]}, hidden=""
    )
    sheets = admin.page(admin.hand_in(data)).context["findings"]["sheets"]
    assert [(s["name"], s["dataset"], s["chosen"], s["certain"]) for s in sheets] == [
        ("Bìa", "", False, False),
        ("DS", "recognitions", True, True),
    ]
    assert sheets[0]["first_rows"][0]["cells"][0] == "Báo cáo"


def test_a_hidden_sheet_is_shown_but_not_taken_by_itself(import_session):
    admin = import_session()
    data = make_books(
        {"Cũ": [RECOGNITIONS, product_row("B")], "DS": [RECOGNITIONS, product_row("A")]},
        hidden="Cũ",
    )
    page = admin.page(admin.hand_in(data))
    assert [part.sheet for part in page.context["parts"]] == ["DS"]
    assert "trang ẩn" in page.content.decode()


def test_another_sheet_can_be_chosen(import_session):
    admin = import_session()
    data = make_books(
        {"2022": [RECOGNITIONS, product_row("A")], "2023": [RECOGNITIONS, product_row("B")]}
    )
    upload = admin.hand_in(data)
    assert [part.sheet for part in admin.page(upload).context["parts"]] == ["2022", "2023"]
    page = admin.choose(
        upload, what="sheets", **{"sheet-1": "1", "dataset-1": "recognitions", "header-1": "1"}
    )
    assert [part.sheet for part in page.context["parts"]] == ["2023"]
    admin.confirm(upload)
    assert list(Product.objects.values_list("name", flat=True)) == ["B"]


def test_columns_nobody_knows_are_assigned_once_and_remembered_for_the_office(import_session):
    admin = import_session()
    upload = admin.hand_in(make_book([STRANGE, product_row("A")]))
    part = admin.page(upload).context["parts"][0]
    assert part.missing == ["Tên sản phẩm", "Chủ thể"]
    chosen = {f"column-0-{column['number']}": column["key"] for column in part.columns}
    chosen |= {"column-0-1": "product", "column-0-2": "producer", "column-0-5": "score"}
    given = {"what": "sheets", "sheet-0": "1", "dataset-0": "recognitions", "header-0": "1"}
    page = admin.choose(upload, **given, **chosen)
    assert page.context["rows_to_import"] == 1
    admin.confirm(upload)
    assert Recognition.objects.get().score == 65
    assert RememberedColumns.objects.count() == 1

    again = admin.hand_in(make_book([["DANH SÁCH"], STRANGE, product_row("B")]), "khac.xlsx")
    page = admin.page(again)
    assert page.context["findings"]["sheets"][0]["remembered"]
    assert page.context["rows_to_import"] == 1
    admin.confirm(again)
    assert Recognition.objects.count() == 2

    elsewhere = import_session("officer_of_844")
    page = elsewhere.page(elsewhere.hand_in(make_book([STRANGE, product_row("C")])))
    assert page.context["parts"][0].missing


def test_a_header_that_is_nearly_right_is_offered(import_session):
    admin = import_session()
    header = ["Tên sản phẩn", *RECOGNITIONS[1:]]
    part = admin.page(admin.hand_in(make_book([header, product_row("A")]))).context["parts"][0]
    assert (part.columns[0]["key"], part.columns[0]["likely"]) == ("", "product")
    assert part.missing == ["Tên sản phẩm"]


def test_a_column_can_be_left_out(import_session):
    admin = import_session()
    upload = admin.hand_in(make_book([RECOGNITIONS, product_row("A", score="không rõ")]))
    part = admin.page(upload).context["parts"][0]
    assert part.errors == 1
    chosen = {f"column-0-{column['number']}": column["key"] for column in part.columns}
    given = {"what": "sheets", "sheet-0": "1", "dataset-0": "recognitions", "header-0": "1"}
    page = admin.choose(upload, **given, **chosen | {"column-0-5": ""})
    assert page.context["rows_to_import"] == 1


def test_a_header_row_can_be_given(import_session):
    admin = import_session()
    upload = admin.hand_in(make_book([STRANGE, ["a"] * 7, product_row("A")]))
    given = {"what": "sheets", "sheet-0": "1", "dataset-0": "recognitions", "header-0": "2"}
    page = admin.choose(upload, **given)
    assert page.context["parts"][0].part["part"]["header_row"] == 2


@every_case("typed", ["x", "-3", "9999999999", "²", ""])
def test_a_header_row_that_is_no_number_changes_nothing(import_session, typed):
    admin = import_session()
    upload = admin.hand_in(make_book([RECOGNITIONS, product_row("A")]))
    given = {"what": "sheets", "sheet-0": "1", "dataset-0": "recognitions", "header-0": typed}
    assert admin.choose(upload, **given).context["rows_to_import"] == 1


def test_a_dataset_that_is_not_the_persons_cannot_be_chosen(import_session):
    officer = import_session("officer_of_844")
    upload = officer.hand_in(make_book([RECOGNITIONS, product_row("A")]))
    given = {"what": "sheets", "sheet-0": "1", "dataset-0": "ip_rights", "header-0": "1"}
    assert officer.choose(upload, **given).context["parts"] == []


def two_tables():
    return make_book(
        [
            RECOGNITIONS,
            product_row("A"),
            [],
            ["Bảng 2"],
            ["STT", *RECOGNITIONS],
            [1, *product_row("B", "HTX Khác")],
        ]
    )


def test_two_tables_in_one_sheet_are_asked_about(import_session):
    admin = import_session()
    upload = admin.hand_in(two_tables())
    part = admin.page(upload).context["parts"][0]
    assert [(e["code"], e["cause"]) for e in part.outcome["errors"]] == [("conflict", "two_tables")]
    page = admin.choose(upload, what="tables", sheet="Danh sách", row=["1", "5"])
    assert [p.header_row for p in page.context["parts"]] == [1, 5]
    assert page.context["rows_to_import"] == 2
    admin.confirm(upload)
    assert (Recognition.objects.count(), ImportBatch.objects.count()) == (2, 2)


def test_one_of_two_tables_can_be_taken_alone(import_session):
    admin = import_session()
    upload = admin.hand_in(two_tables())
    admin.page(upload)
    admin.choose(upload, what="tables", sheet="Danh sách", row=["5"])
    admin.confirm(upload)
    assert Product.objects.get().name == "B"


def test_a_question_is_answered_once_for_all_equal_cells(import_session):
    admin = import_session()
    rows = [product_row(name, district="Cang Longg") for name in "ABC"]
    upload = admin.hand_in(make_book([RECOGNITIONS, *rows]))
    (question,) = admin.page(upload).context["questions"]
    assert ([one["id"] for one in question.choices], question.shown_cells, question.must) == (
        ["same:Huyện Càng Long"],
        "D2–D4",
        True,
    )
    answer = {"d-0": "same:Huyện Càng Long"}
    page = admin.choose(upload, what="questions", preview=str(upload.preview), **answer)
    assert page.context["rows_to_import"] == 3


def test_an_answer_to_an_older_preview_is_not_taken(import_session):
    admin = import_session()
    upload = admin.hand_in(make_book([RECOGNITIONS, product_row("A", district="Cang Longg")]))
    page = admin.choose(
        upload, what="questions", preview="older", **{"d-0": "same:Huyện Càng Long"}
    )
    assert page.context["errors"] == 1


def test_a_new_name_like_one_on_record_is_kept_or_taken_for_it(import_session):
    recognitions(product_row("Mật ong hoa nhãn"))
    admin = import_session()
    row = product_row("Mật ong hoa nhãnn", day="5/6/2023")
    upload = admin.hand_in(make_book([RECOGNITIONS, row]))
    (question,) = admin.page(upload).context["questions"]
    assert question.must
    page = admin.choose(upload, what="questions", preview=str(upload.preview), **{"d-0": "new"})
    assert (page.context["questions"], page.context["rows_to_import"]) == ([], 1)
    admin.confirm(upload)
    assert Product.objects.count() == 2


def test_unknown_products_of_a_listing_are_asked_about_too(import_session):
    recognitions(product_row("Mật ong hoa nhãn"))
    admin = import_session()
    row = ["Mật ong hoa nhãnn", "HTX Ong Vàng", "iCheck", "5/6/2023", None]
    upload = admin.hand_in(make_book([TRACEABILITY, row]))
    (question,) = admin.page(upload).context["questions"]
    assert question.must
    answer = {"d-0": "same:Mật ong hoa nhãn – HTX Ong Vàng"}
    admin.choose(upload, what="questions", preview=str(upload.preview), **answer)
    admin.confirm(upload)
    assert Product.objects.get().enrolments.count() == 1


def test_no_file_and_one_that_is_too_large_are_sentences(import_session):
    admin = import_session()
    response = admin.client.post("/imports/files/", follow=True)
    assert "Chưa chọn tệp" in messages_of(response)[0]
    large = SimpleUploadedFile("to.xlsx", b"x" * (5 * 1024 * 1024 + 1))
    response = admin.client.post("/imports/files/", {"file": large}, follow=True)
    assert "quá lớn" in messages_of(response)[0]
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "data,word",
    [(b"%PDF-1.7 x", "không đọc được"), (b"PK\x03\x04rubbish", "không đọc được")],
)
def test_what_is_no_workbook_is_said_on_its_page(import_session, data, word):
    admin = import_session()
    page = admin.page(admin.hand_in(data, "bao-cao.xlsx"))
    assert page.context["findings"]["verdict"] == "unusable"
    assert word in page.context["findings"]["refused"]["message"].casefold()


def test_a_name_of_a_file_is_shown_as_text(import_session):
    admin = import_session()
    upload = admin.hand_in(make_book([RECOGNITIONS]), '"><script>alert(1)</script>.xlsx')
    assert "<script>alert" not in admin.page(upload).content.decode()


def test_text_in_an_old_font_is_offered_to_be_converted(import_session):
    admin = import_session()
    rows = [RECOGNITIONS, product_row("MËt ong rõng", "Hîp t¸c x· Ong Vµng", district="CÇu KÌ")]
    upload = admin.hand_in(make_book(rows))
    page = admin.page(upload)
    font = page.context["findings"]["old_font"]
    assert (font["kind"], font["applied"]) == ("tcvn3", False)
    assert page.context["errors"] > 0
    page = admin.choose(upload, what="font", kind="tcvn3")
    assert page.context["findings"]["old_font"]["applied"]
    assert page.context["rows_to_import"] == 1, page.context["parts"][0].outcome["errors"]
    admin.confirm(upload)
    product = Product.objects.get()
    assert (product.name, product.producer.name) == ("Mật ong rừng", "Hợp tác xã Ong Vàng")


# --- What a careless or hostile look found --------------------------------------------------------


def test_a_decision_holds_for_the_rows_it_was_asked_about_and_no_other(import_session):
    """The same name may be right in another district: nobody asked about it there."""
    recognitions(product_row("Mứt dừa", "HTX Dừa Sáp Vàng"))
    recognitions(product_row("Kẹo dừa", "HTX Dừa Sáp Vanh", district="Huyện Cầu Kè"))
    admin = import_session()
    rows = [
        product_row("Kẹo dừa", "HTX Dừa Sáp Vanh", day="5/6/2023"),
        product_row("Kẹo dừa", "HTX Dừa Sáp Vanh", district="Huyện Cầu Kè", day="5/6/2023"),
    ]
    upload = admin.hand_in(make_book([RECOGNITIONS, *rows]))
    (question,) = admin.page(upload).context["questions"]
    assert (question.choices[0]["id"], question.shown_cells) == ("same:HTX Dừa Sáp Vàng", "B2")
    answer = {"d-0": "same:HTX Dừa Sáp Vàng"}
    admin.choose(upload, what="questions", preview=str(upload.preview), **answer)
    admin.confirm(upload)
    owners = Product.objects.filter(name="Kẹo dừa").values_list(
        "producer__name", "district__name", "recognitions__decided_on__year"
    )
    assert sorted(owners) == [
        ("HTX Dừa Sáp Vanh", "Huyện Cầu Kè", 2022),
        ("HTX Dừa Sáp Vanh", "Huyện Cầu Kè", 2023),
        ("HTX Dừa Sáp Vàng", "Huyện Càng Long", 2023),
    ]


def as_rendered(page):
    """The fields of the form of sheets and columns as the page shows them."""
    fields = {"what": "sheets"}
    for number, sheet in enumerate(page.context["findings"]["sheets"]):
        fields |= {f"dataset-{number}": sheet["dataset"], f"header-{number}": sheet["header_row"]}
        if sheet["chosen"]:
            fields[f"sheet-{number}"] = "1"
    for part in page.context["parts"]:
        for column in part.columns:
            undecided = "?" if column["asked"] else ""
            field = f"column-{part.index}-{column['number']}"
            fields[field] = column["key"] or column["offered"] or undecided
    return {name: value or "" for name, value in fields.items()}


def test_checking_again_with_nothing_changed_changes_nothing(import_session):
    admin = import_session()
    header = [*RECOGNITIONS[:4], "Số điểm cũ", *RECOGNITIONS[5:]]
    upload = admin.hand_in(make_book([header, product_row("A", score=51.5)]))
    page = admin.page(upload)
    assert page.context["rows_to_import"] == 1
    admin.choose(upload, **as_rendered(page))
    admin.confirm(upload)
    assert Recognition.objects.get().score is None
    assert not RememberedColumns.objects.exists()


def test_checking_again_keeps_both_tables_of_a_sheet(import_session):
    admin = import_session()
    upload = admin.hand_in(two_tables())
    admin.page(upload)
    page = admin.choose(upload, what="tables", sheet="Danh sách", row=["1", "5"])
    page = admin.choose(upload, **as_rendered(page))
    assert [part.header_row for part in page.context["parts"]] == [1, 5]


def test_a_table_ticked_many_times_is_imported_once(import_session):
    admin = import_session()
    upload = admin.hand_in(two_tables())
    admin.page(upload)
    page = admin.choose(upload, what="tables", sheet="Danh sách", row=["1"] * 50 + ["9" * 5000])
    assert [part.header_row for part in page.context["parts"]] == [1]


def test_the_use_of_a_remembered_choice_is_said_and_can_be_forgotten(import_session):
    admin = import_session()
    given = {"what": "sheets", "sheet-0": "1", "dataset-0": "recognitions", "header-0": "1"}
    upload = admin.hand_in(make_book([STRANGE, product_row("A")]))
    part = admin.page(upload).context["parts"][0]
    chosen = {f"column-0-{column['number']}": column["key"] for column in part.columns}
    admin.choose(upload, **given, **chosen | {"column-0-1": "product", "column-0-2": "producer"})
    admin.confirm(upload)
    again = admin.hand_in(make_book([STRANGE, product_row("B")]), "khac.xlsx")
    page = admin.page(again)
    assert page.context["remembered"] == ["Danh sách"]
    assert "như cơ quan bạn đã chọn" in page.content.decode()
    page = admin.choose(again, what="forget")
    assert (page.context["remembered"], RememberedColumns.objects.count()) == ([], 0)
    assert page.context["parts"][0].missing


@pytest.mark.parametrize(
    "header,merged",
    [
        ([[*STRANGE, "Ý kiến", "Ý kiến"]], ()),
        (
            [
                ["Hàng", None, "Chủ thể", None, None, "Hạng sao", "Ngày quyết định", "Ý", None],
                ["Loại gì", "Ai làm", "Xã", "Huyện", "Chấm", None, None, "Ý kiến", "Ý kiến"],
            ],
            ("A1:B1", "C1:E1", "H1:I1"),
        ),
    ],
    ids=["a header twice", "two rows"],
)
def test_doubled_and_two_row_headers_are_remembered_too(import_session, header, merged):
    admin = import_session()
    row = [*product_row("A"), "ghi nhớ", "bỏ qua"]
    upload = admin.hand_in(make_book([*header, row], merged=merged))
    page = admin.page(upload)
    print(
        [(c["number"], c["text"], c["key"], c["offered"]) for c in page.context["parts"][0].columns]
    )
    fields = as_rendered(page) | {"column-0-1": "product", "column-0-2": "producer"}
    page = admin.choose(upload, **fields | {"column-0-8": "note", "column-0-9": ""})
    assert page.context["rows_to_import"] == 1, page.context["parts"][0].outcome["errors"]
    admin.confirm(upload)
    row = [*product_row("B"), "ghi nhớ", "bỏ qua"]
    again = admin.hand_in(make_book([*header, row], merged=merged), "khac.xlsx")
    assert admin.page(again).context["rows_to_import"] == 1
    admin.confirm(again)
    assert list(Recognition.objects.values_list("note", flat=True)) == ["ghi nhớ"] * 2


def test_choosing_no_sheet_is_said_as_that(import_session):
    admin = import_session()
    upload = admin.hand_in(make_book([RECOGNITIONS, product_row("A")]))
    admin.page(upload)
    page = admin.choose(upload, what="sheets")
    assert "Chưa chọn trang" in page.content.decode()


def test_an_offices_own_sheet_of_that_name_is_read(import_session):
    admin = import_session()
    data = make_books({"Cần sửa": [RECOGNITIONS, product_row("A")], "Khác": [["x"]]})
    page = admin.page(admin.hand_in(data))
    assert [part.sheet for part in page.context["parts"]] == ["Cần sửa"]


def test_one_content_for_two_columns_is_a_sentence(import_session):
    admin = import_session()
    upload = admin.hand_in(make_book([RECOGNITIONS, product_row("A")]))
    fields = as_rendered(admin.page(upload)) | {"column-0-2": "product"}
    page = admin.choose(upload, **fields)
    (error,) = page.context["parts"][0].outcome["errors"]
    assert (error["cause"], "Hai cột" in error["message"]) == ("chosen", True)


def test_what_must_be_decided_has_no_preset_answer_and_is_no_mistake_in_the_file(import_session):
    admin = import_session()
    rows = [product_row("Kẹo dừa"), product_row("Kẹo dứa")]
    upload = admin.hand_in(make_book([RECOGNITIONS, *rows]))
    page = admin.page(upload)
    assert (page.context["to_decide"], page.context["to_mend"]) == (1, 0)
    words = page.content.decode()
    assert "1 câu hỏi cần trả lời" in words
    questions = words.partition('id="questions"')[2].partition("</section>")[0]
    assert 'type="radio"' in questions
    assert "checked" not in questions
    page = admin.choose(upload, what="questions", preview=str(upload.preview), **{"d-0": "new"})
    assert (page.context["questions"], page.context["rows_to_import"]) == ([], 2)
    admin.confirm(upload)
    assert Product.objects.count() == 2


def test_a_column_of_days_left_unread_on_purpose_is_an_answer_that_is_remembered(import_session):
    admin = import_session()
    header = [*RECOGNITIONS, "Ngày hội đồng họp"]
    book = make_book([header, [*product_row("A"), "1/8/2022"]])
    upload = admin.hand_in(book)
    page = admin.page(upload)
    assert page.context["parts"][0].asks_columns
    assert (page.context["to_mend"], page.context["rows_to_import"]) == (1, 0)
    page = admin.choose(upload, **as_rendered(page))
    assert page.context["parts"][0].asks_columns
    page = admin.choose(upload, **{**as_rendered(page), "column-0-8": ""})
    assert page.context["rows_to_import"] == 1
    admin.confirm(upload)
    later = make_book([header, [*product_row("B"), "2/8/2022"]])
    assert admin.page(admin.hand_in(later)).context["rows_to_import"] == 1
