"""A decision's own list beside the record: compared, shown, handed to the import."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from ocop.imports.models import ImportBatch, Upload
from products.choices import Rank, Status
from products.models import Producer, Product, Recognition
from tests.imports.workbooks import RECOGNITIONS, everything, make_book, product_row
from tests.support.factories import district, make_producer, make_product, make_recognition
from tests.support.query_counts import MOST, queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("effects_untold")]

NUMBER, DAY = "1693/QĐ-UBND", date(2022, 8, 22)
HEADER = [*RECOGNITIONS, "Số quyết định", "Loại hình"]
SECTIONS = ("agreeing", "differing", "near", "missing", "extra", "uncertain")


def recorded(
    name: str, producer: str = "HTX Ong Vàng", code: str = "844", **fields: Any
) -> Recognition:
    known = Producer.objects.filter(name=producer, district=district(code)).first()
    owner = known or make_producer(producer, district(code), kind="cooperative")
    product = make_product(name, owner, district=district(code))
    rank = fields.pop("rank", Rank.THREE)
    given = {"score": 65, "decision_number": NUMBER} | fields
    return make_recognition(product, given.pop("day", DAY), rank, **given)


def row(name: str, producer: str = "HTX Ong Vàng", **cells: Any) -> list[Any]:
    more = cells.pop("number", NUMBER), cells.pop("kind", None)
    return [*product_row(name, producer, **cells), *more]


def book(*rows: list[Any]) -> bytes:
    return make_book([HEADER, *rows])


def drop(client: Any, data: bytes, name: str = "danh sách.xlsx") -> Any:
    """The page that the dropped file leads to."""
    answer = client.post("/reconciliation/lists/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer
    return client.get(answer["Location"])


def counts(page: Any) -> dict[str, int]:
    found = page.context["found"]
    return {name: len(getattr(found, name)) for name in SECTIONS if getattr(found, name)}


@pytest.fixture
def client(signed_in: Any) -> Any:
    return signed_in("provincial_officer")


# --- Compared -------------------------------------------------------------------------------------


def test_a_list_that_says_what_the_record_says_agrees(client: Any) -> None:
    recorded("Mật ong")
    recorded("Khô cá", "Hộ Tư")
    page = drop(client, book(row("Mật ong", kind="HTX"), row("Khô cá", "Hộ Tư")))
    assert counts(page) == {"agreeing": 2}
    assert page.context["found"].agrees
    assert "khớp: 2 sản phẩm" in page.content.decode()


@pytest.mark.database
def test_every_field_that_differs_is_named_with_its_cell_and_leads_to_its_form(client: Any) -> None:
    one = recorded("Mật ong")
    page = drop(
        client,
        book(
            row(
                "Mật ong",
                rank="4 sao",
                score=71.5,
                number="1694/QĐ-UBND",
                kind="Công ty",
            )
        ),
    )
    ((pair,), (line,)) = (
        page.context["found"].differing,
        {name: lines for name, _title, lines in page.context["sections"]}["differing"],
    )
    said = {each.label: (each.listed, each.recorded, each.cell) for each in pair.differences}
    assert said == {
        "Loại hình chủ thể": ("Công ty", "Hợp tác xã", "I2"),
        "Hạng sao": ("4 sao", "3 sao", "F2"),
        "Điểm": ("71,5", "65", "E2"),
        "Số quyết định": ("1694/QĐ-UBND", NUMBER, "H2"),
    }
    forms = {each.label: url for each, url in line["differences"]}
    assert forms["Hạng sao"] == f"/records/recognition/{one.pk}/edit/"
    assert forms["Loại hình chủ thể"] == f"/records/producer/{one.product.producer_id}/edit/"
    for url in forms.values():
        assert client.get(url).status_code == 200


def test_another_district_and_another_day_are_differences_of_one_product(client: Any) -> None:
    recorded("Mật ong")
    page = drop(client, book(row("Mật ong", district="Huyện Cầu Kè")))
    (pair,) = page.context["found"].differing
    assert [one.label for one in pair.differences] == ["Huyện"]
    page = drop(client, book(row("Mật ong", day=date(2022, 9, 1))))
    (pair,) = page.context["found"].differing
    assert [one.listed for one in pair.differences] == ["01/09/2022"]


@pytest.mark.database
def test_what_only_one_side_has_is_missing_or_too_many(client: Any) -> None:
    recorded("Chỉ có trong hồ sơ")
    known = recorded("Đã công nhận trước", day=date(2019, 5, 1), decision_number="9/QĐ-UBND")
    recorded("Của quyết định khác", decision_number="1694/QĐ-UBND")
    recorded("Không ghi số", decision_number="")
    page = drop(client, book(row("Chỉ có trong danh sách"), row("Đã công nhận trước")))
    found = page.context["found"]
    assert {pair.listed.product for pair in found.missing} == {
        "Chỉ có trong danh sách",
        "Đã công nhận trước",
    }
    assert {pair.recorded.product.name for pair in found.extra} == {
        "Chỉ có trong hồ sơ",
        "Không ghi số",
    }
    (pair,) = (one for one in found.missing if one.elsewhere)
    assert pair.elsewhere == [known]
    lines = {name: lines for name, _title, lines in page.context["sections"]}
    (url,) = (line["new_url"] for line in lines["missing"] if line["new_url"])
    form = client.get(url)
    assert form.status_code == 200
    assert NUMBER in form.content.decode()
    assert form.context["form"].initial["rank"] == "30"


def test_near_names_are_one_pair_and_an_open_question_is_not_decided(client: Any) -> None:
    recorded("Kẹo dừa sáp")
    page = drop(client, book(row("Kẹo dừa sap")))
    assert counts(page) == {"near": 1}
    (pair,) = page.context["found"].near
    assert pair.differences[0].listed == "Kẹo dừa sap"
    assert page.context["found"].questions == 1
    assert not page.context["found"].agrees


def test_rows_that_are_not_read_with_certainty_are_neither_missing_nor_too_many(
    client: Any,
) -> None:
    recorded("Mật ong")
    page = drop(client, book(row("Mật ong", rank="hạng nhất"), row("Tôm khô", day="31/02/2022")))
    assert counts(page) == {"uncertain": 2}
    first, second = page.context["found"].uncertain
    assert (first.recorded.product.name, second.recorded) == ("Mật ong", None)
    assert first.listed.problems
    assert first.listed.cell == "A2"


def test_answers_given_on_the_imports_page_are_read_here(client: Any) -> None:
    recorded("Kẹo dừa")
    page = drop(client, book(row("Kẹo dưa")))
    upload = page.context["upload"]
    preview = client.get(f"/imports/files/{upload.pk}/").context
    (question,) = preview["questions"]
    same = next(one["id"] for one in question.choices if one["id"].startswith("same:"))
    client.post(
        f"/imports/files/{upload.pk}/choose/",
        {
            "what": "questions",
            "preview": preview["upload"].preview,
            f"d-{question.number}": same,
        },
    )
    assert counts(client.get(f"/reconciliation/lists/{upload.pk}/")) == {"agreeing": 1}


def test_drafts_and_waiting_records_are_on_record_with_their_status(client: Any) -> None:
    recorded("Mật ong", status=Status.SUBMITTED)
    page = drop(client, book(row("Mật ong")))
    assert counts(page) == {"agreeing": 1}
    assert str(Status.SUBMITTED.label) in page.content.decode()


def test_comparing_writes_nothing_but_the_file(client: Any) -> None:
    recorded("Mật ong")
    before = everything()
    data = book(row("Mật ong", rank="4 sao"), row("Mới"))
    drop(client, data)
    page = drop(client, data)
    after = everything()
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"imports.Upload", "imports.StoredFile"}
    assert Upload.objects.count() == 1
    client.get(f"/reconciliation/lists/{page.context['upload'].pk}/")
    assert ImportBatch.objects.count() == 0


# --- Scope ----------------------------------------------------------------------------------------


def test_a_district_officer_compares_the_own_district_and_learns_of_no_other(
    signed_in: Any,
) -> None:
    recorded("Của Càng Long")
    recorded("Của Cầu Kè", "HTX Kè", "845")
    recorded("Chỉ hồ sơ Cầu Kè", "HTX Kè Hai", "845")
    rows = (
        row("Của Càng Long"),
        row("Của Cầu Kè", "HTX Kè", district="Huyện Cầu Kè"),
        row("Lạ", "HTX Lạ", district="Huyện Cầu Kè"),
    )
    page = drop(signed_in("officer_of_844"), book(*rows))
    assert counts(page) == {"agreeing": 1}
    assert page.context["found"].outside == 2
    assert "Kè" not in page.content.decode()


def test_the_province_may_compare_one_district(client: Any) -> None:
    recorded("Của Càng Long")
    recorded("Của Cầu Kè", "HTX Kè", "845")
    page = drop(client, book(row("Của Càng Long")))
    assert counts(page) == {"agreeing": 1, "extra": 1}
    address = f"/reconciliation/lists/{page.context['upload'].pk}/"
    assert counts(client.get(f"{address}?unit=844")) == {"agreeing": 1}


# --- Files ----------------------------------------------------------------------------------------


def test_missing_rows_go_to_the_import_with_what_stood_around_them(client: Any) -> None:
    """The district of a group row and the decision of the title come along."""
    recorded("Mật ong")
    data = make_book(
        [
            [f"(Kèm theo Quyết định số {NUMBER} ngày 22 tháng 8 năm 2022)"],
            ["Tên sản phẩm", "Chủ thể", "Hạng sao"],
            ["I. HUYỆN CÀNG LONG"],
            ["Mật ong", "HTX Ong Vàng", "3 sao"],
            ["Tôm khô", "=HTX Tôm".lstrip("="), "4 sao"],
            ["Chả hoa", "Hộ Năm", "3 sao"],
        ]
    )
    page = drop(client, data)
    assert counts(page) == {"agreeing": 1, "missing": 2}
    address = f"/reconciliation/lists/{page.context['upload'].pk}/missing/"
    one = page.context["found"].missing[0].listed.place
    answer = client.post(address, {"row": one}, follow=True)
    assert [part["outcome"]["created"] for part in answer.context["findings"]["parts"]] == [1]
    answer = client.post(address, follow=True)
    (part,) = answer.context["findings"]["parts"]
    assert (part["outcome"]["verdict"], part["outcome"]["created"]) == ("accepted", 2)
    assert Product.objects.count() == 1
    upload = answer.context["upload"]
    client.post(f"/imports/files/{upload.pk}/import/", {"preview": str(upload.preview)})
    assert counts(client.get(f"/reconciliation/lists/{page.context['upload'].pk}/")) == {
        "agreeing": 3
    }
    assert Recognition.objects.filter(decided_on=DAY, decision_number=NUMBER).count() == 3
    assert client.post(address)["Location"].startswith("/reconciliation/lists/")


def test_the_workbook_has_both_sides_and_no_formula(client: Any) -> None:
    recorded("Mật ong")
    recorded("Chỉ hồ sơ")
    page = drop(client, book(row("Mật ong", rank="4 sao"), row("'=1+1", "+HTX Lạ")))
    answer = client.get(f"/reconciliation/lists/{page.context['upload'].pk}/list.xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=4)]
    assert [line[0] for line in rows] == [
        "Có ở cả hai bên nhưng khác nhau",
        "Thiếu trong hồ sơ",
        "Thừa trong hồ sơ",
    ]
    assert (rows[0][5], rows[0][12]) == ("4 sao", "3 sao")
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


def test_what_is_no_list_of_recognitions_is_said_not_shown_as_agreeing(client: Any) -> None:
    for data, name in (
        (make_book([["Tên", "Số lượng"], ["a", 1]]), "khac.xlsx"),
        (make_book([["Tên sản phẩm", "Chủ thể"], ["Mật ong", "HTX"]]), "thieu-cot.xlsx"),
    ):
        page = drop(client, data, name)
        assert page.context["found"].refused, name
        assert not page.context["found"].agrees, name
    answer = client.post(
        "/reconciliation/lists/", {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04 hong")}
    )
    page = client.get(answer["Location"], follow=True)
    assert page.redirect_chain[-1][0] == "/reconciliation/"
    assert client.post("/reconciliation/lists/").status_code == 302


def test_hostile_names_are_shown_as_text(client: Any) -> None:
    page = drop(client, book(row("<script>alert(1)</script>", '"><img src=x>')))
    text = page.content.decode()
    assert "<script>alert" not in text
    assert "<img src=x" not in text


@pytest.mark.database
def test_queries_do_not_grow_with_the_list(client: Any) -> None:
    for number in range(8):
        recorded(f"Sản phẩm {number} nhất", f"Hộ {number} nhì")
    asked = []
    for size in (10, 60):
        rows = [row(f"Sản phẩm {n} nhất", f"Hộ {n} nhì", kind="Hộ kinh doanh") for n in range(size)]
        page = drop(client, book(*rows), f"{size}.xlsx")
        address = f"/reconciliation/lists/{page.context['upload'].pk}/"
        asked.append(queries(lambda address=address: client.get(address)))  # type: ignore[misc]
    # As many as a page asks, and what checking a list of recognitions reads besides.
    assert max(asked) <= MOST + 5
    assert asked[0] == asked[1]
