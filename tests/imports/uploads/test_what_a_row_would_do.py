"""What the preview tells of new rows, and that a row which goes elsewhere by then is stopped."""

import pytest

from ocop.imports.models import ImportBatch
from products.models import Producer, Product, Recognition, TraceabilityEnrolment
from products.records.history import update_all
from tests.imports.workbooks import (
    DECIDED,
    IP_RIGHTS,
    RECOGNITIONS,
    SCIENCE_TASKS,
    TRACEABILITY,
    make_book,
    make_books,
    product_row,
)
from tests.support.factories import district, make_producer, make_product

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("effects_untold")]


def test_new_lines_name_producer_and_place(import_session):
    admin = import_session()
    rows = [product_row("A", "HTX Một"), product_row("A", "HTX Hai", commune="An Trường")]
    page = admin.page(admin.hand_in(make_book([RECOGNITIONS, *rows])))
    part = page.context["parts"][0]
    assert [line["detail"] for line in part.new_lines] == [
        "HTX Một, Huyện Càng Long",
        "HTX Hai, Xã An Trường, Huyện Càng Long",
    ]
    assert "HTX Hai, Xã An Trường" in page.content.decode()


def test_the_count_names_new_products_and_producers(import_session):
    admin = import_session()
    make_product("A", make_producer("HTX Một", unit=district("844")))
    rows = [product_row("A", "HTX Một"), product_row("B", "HTX Một"), product_row("C", "HTX Hai")]
    page = admin.page(admin.hand_in(make_book([RECOGNITIONS, *rows])))
    beside = page.context["parts"][0].created_beside
    assert [words.split()[0] for words in beside] == ["2", "1"]
    assert all(words in page.content.decode() for words in beside)


def test_a_new_row_that_would_go_to_another_product_stops_the_import(import_session):
    one = make_product("Mật ong", make_producer("HTX Ong Vàng", unit=district("844")))
    admin = import_session()
    row = ["Mật ong", "HTX Ong Vàng", "iCheck", DECIDED, None]
    upload = admin.hand_in(make_book([TRACEABILITY, row]))
    admin.page(upload)
    one.name = "Mật ong rừng"
    update_all([one], ["name"], None, "thử")
    make_product("Mật ong", one.producer)
    admin.confirm(upload)
    assert not TraceabilityEnrolment.objects.exists()
    upload.refresh_from_db()
    assert upload.notice == {"because": "moved", "rows": {"Danh sách": [2]}}


def test_sheets_that_build_on_one_another_are_imported_as_shown(import_session):
    admin = import_session()
    rights = [*IP_RIGHTS[:6], "Nhiệm vụ KH&CN", "Sản phẩm"]
    right = ["Nhãn hiệu", "Mật ong CL", "HTX Ong Vàng", None, "4-2022-12345", DECIDED]
    book = make_books(
        {
            "Sản phẩm": [RECOGNITIONS, product_row("Mật ong")],
            "Nhiệm vụ": [SCIENCE_TASKS, ["Tạo lập nhãn hiệu", "Sở KH&CN", DECIDED, None]],
            "Quyền": [rights, [*right, "Tạo lập nhãn hiệu", "Mật ong"]],
            "Truy xuất": [TRACEABILITY, ["Mật ong", "HTX Ong Vàng", "iCheck", DECIDED, None]],
        }
    )
    upload = admin.hand_in(book)
    assert len(admin.page(upload).context["parts"]) == 4
    # Ids given in the meantime: those of the preview are not those of the import.
    make_product("Khác")
    admin.confirm(upload)
    assert ImportBatch.objects.filter(state="applied").count() == 4
    enrolled = TraceabilityEnrolment.objects.get()
    assert enrolled.product == Product.objects.get(name="Mật ong")
    assert Recognition.objects.get().product.producer == Producer.objects.get(name="HTX Ong Vàng")
