"""Lists of floors and of traceability systems as offices write them, each with its outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from products.models import EcommerceFloor, FloorListing, TraceabilityEnrolment
from tests.imports.workbooks import imported_file, make_book
from tests.support.cases import every_case
from tests.support.factories import make_producer, make_product
from tests.support.factories import system as make_system

pytestmark = pytest.mark.django_db

A, B = ("Mật ong hoa nhãn", "HTX Ong Vàng"), ("Dừa sáp tươi", "Công ty TNHH Dừa Xanh")
DAY, D = "1/5/2024", date(2024, 5, 1)
P, V, S = "https://postmart.vn/a", "https://voso.vn/a", "https://shopee.vn/b"
LONG = "https://shopee.vn/" + "%E1%BA%AD" * 60 + "-i.1.2"
HEAD = ["STT", "Tên sản phẩm", "Chủ thể", "Sàn TMĐT", "Link", "Ngày lên sàn"]
SYSTEMS = ["STT", "Tên sản phẩm", "Chủ thể", "Hệ thống truy xuất", "Mã truy xuất", "Ngày tham gia"]
BY_FLOOR = ["STT", "Tên sản phẩm", "Chủ thể", "Postmart", "Voso", "Shopee", "Ngày lên sàn"]
START = "day:ngay-len-san:"


@dataclass(frozen=True)
class Listed:
    """`found`: (product, floor or system, link or code, start) of every record; `asked`: ids of
    the questions of the first run, `answers` the ones given in a second; `errors` and `warnings`:
    {cell: cause or code} of the last run."""

    name: str
    rows: Sequence[Sequence[Any]]
    found: Sequence[tuple[str, str, str, date]] = ()
    asked: Sequence[str] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    warnings: Mapping[str, str] = field(default_factory=dict)
    skipped: int = 0
    dataset: str = "ecommerce"
    merged: Sequence[str] = ()
    links: Mapping[str, str] = field(default_factory=dict)

    def make(self) -> bytes:
        data = make_book(self.rows, merged=self.merged)
        if not self.links:
            return data
        book = load_workbook(BytesIO(data))
        for cell, address in self.links.items():
            book.active[cell].hyperlink = address
        stream = BytesIO()
        book.save(stream)
        return stream.getvalue()


def one(floor: str, link: str = "", start: date = D) -> tuple[str, str, str, date]:
    return A[0], floor, link, start


def two(floor: str, link: str = "", start: date = D) -> tuple[str, str, str, date]:
    return B[0], floor, link, start


FLOOR_SHAPES = (
    Listed(
        "a column for each floor, with links and ticks", [BY_FLOOR, [1, *A, P, V, None, DAY],
         [2, *B, "-", "x", S, DAY]],
        [one("Postmart", P), one("Voso", V), two("Voso"), two("Shopee", S)],
    ),
    Listed(
        "a column for each floor and no day: the title's year is offered once",
        [["DANH SÁCH SẢN PHẨM OCOP THAM GIA SÀN TMĐT NĂM 2024"], [], BY_FLOOR[:-1],
         [1, *A, P, V, None], [2, *B, None, "x", S]],
        [one("Postmart", P, date(2024, 12, 31)), one("Voso", V, date(2024, 12, 31)),
         two("Voso", "", date(2024, 12, 31)), two("Shopee", S, date(2024, 12, 31))],
        asked=[START], answers={START: "last"},
    ),
    Listed(
        "no day anywhere: it can be written", [BY_FLOOR[:-1], [1, *A, "x", None, None]],
        [one("Postmart")], asked=[START], answers={START: "typed:01/05/2024"},
    ),
    Listed(
        "floors under one upper header", [
         ["STT", "Tên sản phẩm", "Chủ thể", "Sàn thương mại điện tử", None, "Ngày lên sàn"],
         [None, None, None, "Postmart", "Vỏ Sò", None], [1, *A, "x", None, DAY],
         [2, *B, "không", "có", DAY]],
        [one("Postmart"), two("Voso")], merged=["D1:E1"],
    ),
    Listed(
        "an unknown floor under that header is asked about, and known by its header then", [
         ["STT", "Tên sản phẩm", "Chủ thể", "Đường dẫn gian hàng", None, "Ngày lên sàn"],
         [None, None, None, "Postmart", "Chợ phiên", None], [1, *A, P, "https://cho.vn/1", DAY]],
        merged=["D1:E1"], asked=["column:cho-phien:chợ phiên"],
        answers={"column:cho-phien:chợ phiên": "own"}, errors={"E3": "unknown_floor"},
    ),
    Listed(
        "link and day under each floor", [
         ["STT", "Tên sản phẩm", "Chủ thể", "Postmart", None, "Shopee", None],
         [None, None, None, "Link", "Ngày lên sàn", "Link", "Ngày lên sàn"],
         [1, *A, P, DAY, S, "2/5/2024"]],
        [one("Postmart", P), one("Shopee", S, date(2024, 5, 2))], merged=["D1:E1", "F1:G1"],
    ),
    Listed(
        "days in the floors' columns", [BY_FLOOR[:-1], [1, *A, DAY, date(2024, 5, 1), None]],
        [one("Postmart"), one("Voso")],
    ),
    Listed(
        "a row without any floor is skipped", [BY_FLOOR, [1, *A, "không", "-", None, DAY],
         [2, *B, "x", None, None, DAY]], [two("Postmart")], skipped=1,
    ),
    Listed(
        "words in a floor's column are asked about",
        [BY_FLOOR, [1, *A, "OCOP Store", "x", None, DAY],
         [2, *B, "OCOP Store", None, None, DAY]],
        [one("Postmart"), one("Voso"), two("Postmart")],
        asked=["floor:duong-dan:ocop store"], answers={"floor:duong-dan:ocop store": "listed"},
    ),
    Listed(
        "and may say that there is none",
        [BY_FLOOR, [1, *A, "tạm dừng", "x", None, DAY]], [one("Voso")],
        asked=["floor:duong-dan:tạm dừng"], answers={"floor:duong-dan:tạm dừng": "none"},
    ),
    Listed(
        "as above in floors' columns", [BY_FLOOR, [1, *A, "x", "x", None, DAY],
         [2, *B, "nt", None, "x", DAY]], [one("Postmart"), one("Voso"), two("Postmart"),
         two("Shopee")], warnings={"D3": "same_as_above"},
    ),
    Listed(
        "several floors in a cell", [HEAD, [1, *A, "Postmart, Voso", None, DAY],
         [2, *B, "Shopee/Lazada và Vỏ Sò", None, DAY]],
        [one("Postmart"), one("Voso"), two("Shopee"), two("Lazada"), two("Voso")],
    ),
    Listed(
        "as above under several floors", [HEAD, [1, *A, "Postmart\nVoso", None, DAY],
         [2, *B, "nt", None, DAY]], [one("Postmart"), one("Voso"), two("Postmart"), two("Voso")],
        warnings={"D3": "same_as_above"},
    ),
    Listed(
        "several links beside several floors", [HEAD, [1, *A, "Voso; Shopee", f"{S}\n{V}", DAY]],
        [one("Voso", V), one("Shopee", S)],
    ),
    Listed(
        "links only: the site tells the floor", [[*HEAD[:3], "Link", HEAD[5]],
         [1, *A, f"{P}\n{S}", DAY], [2, *B, V, DAY]],
        [one("Postmart", P), one("Shopee", S), two("Voso", V)],
    ),
    Listed(
        "a link of an unknown site is asked about once", [[*HEAD[:3], "Link", HEAD[5]],
         [1, *A, "https://cho.vn/1", DAY], [2, *B, "https://cho.vn/2", DAY]],
        [one("Lazada", "https://cho.vn/1"), two("Lazada", "https://cho.vn/2")],
        asked=["floor:san:cho.vn"], answers={"floor:san:cho.vn": "same:Lazada"},
    ),
    Listed(
        "a link of another floor is remarked on", [HEAD, [1, *A, "Shopee", V, DAY]],
        [one("Shopee", V)], warnings={"E2": "link_elsewhere"},
    ),
    Listed(
        "links of more floors than are named", [HEAD, [1, *A, "Shopee", f"{S} {V}", DAY]],
        [one("Shopee", S), one("Voso", V)], asked=["floor:duong-dan:https://shopee.vn/b "
         "https://voso.vn/a - shopee"],
        answers={"floor:duong-dan:https://shopee.vn/b https://voso.vn/a - shopee": "all"},
    ),
    Listed(
        "a tick for the floor with a link", [[*HEAD[:3], "Tham gia sàn TMĐT", *HEAD[4:]],
         [1, *A, "x", V, DAY]], [one("Voso", V)],
    ),
    Listed(
        "a tick for the floor without one", [[*HEAD[:3], "Tham gia sàn TMĐT", HEAD[5]],
         [1, *A, "x", DAY]], [one("Voso")],
        asked=["floor:san:x"], answers={"floor:san:x": "same:Voso"},
    ),
    Listed(
        "the same floor twice in a row", [[*BY_FLOOR[:3], "Sàn TMĐT", *BY_FLOOR[3:]],
         [1, *A, "postmart.vn", "x", None, None, DAY]], [one("Postmart")],
    ),
    Listed(
        "addresses behind texts", [HEAD, [1, *A, "Shopee", "Xem tại đây", DAY],
         [2, *B, "Voso", "Link", DAY]], [one("Shopee", S), two("Voso", V)],
        links={"E2": S, "E3": V},
    ),
    Listed(
        "addresses behind ticks", [BY_FLOOR, [1, *A, "Xem", "x", None, DAY]],
        [one("Postmart", P), one("Voso", V)], links={"D2": P, "E2": V},
    ),
    Listed(
        "no address behind the text",
        [HEAD, [1, *A, "Shopee", "Xem tại đây", DAY]], [one("Shopee")],
        warnings={"E2": "no_address"}, links={"E2": "javascript:alert(1)"},
    ),
    Listed(
        "a formula for a link", [HEAD, [1, *A, "Shopee", f'=HYPERLINK("{S}","Xem")', DAY]],
        [one("Shopee", S)],
    ),
    Listed("a long link", [HEAD, [1, *A, "Shopee", LONG, DAY]], [one("Shopee", LONG)]),
    Listed(
        "a link of 100,000 characters", [HEAD, [1, *A, "Shopee", "https://shopee.vn/" + "x" * 30000,
         DAY]], errors={"E2": "too_long"},
    ),
    Listed(
        "a script for a link", [HEAD, [1, *A, "Shopee", "javascript:alert(1)", DAY],
         [2, *B, "Shopee", "=1+1|calc", DAY]], errors={"E2": "no_link", "E3": "formula_error"},
    ),
    Listed(
        "years and months for days", [HEAD, [1, *A, "Shopee", None, 2023], [2, *B, "Shopee", None,
         "Tháng 5/2023"], [3, *A, "Voso", None, "2023"], [4, *B, "Voso", None, "1/6/23"]],
        [one("Shopee", "", date(2023, 12, 31)), two("Shopee", "", date(2023, 5, 1)),
         one("Voso", "", date(2023, 12, 31)), two("Voso", "", date(2023, 6, 1))],
        asked=[START + "2023", START + "tháng 5/2023", START + "1/6/23"],
        answers={
            START + "2023": "last", START + "tháng 5/2023": "first", START + "1/6/23": "first"},
    ),
    Listed(
        "a column of links that nothing is read from", [[*HEAD[:4], HEAD[5], "Trang chủ"],
         [1, *A, "Shopee", DAY, "https://shopee.vn/z"]], [one("Shopee", "https://shopee.vn/z")],
        asked=["column:trang-chu:trang chủ"], answers={"column:trang-chu:trang chủ": "link"},
    ),
)  # fmt: skip
TRACED = date(2024, 5, 1)
SYSTEM_SHAPES = (
    Listed(
        "none, ticks and stamps are no systems",
        [SYSTEMS, [1, *A, "VNPT Check", "8938500000017", DAY],
         [2, *B, "Không", None, DAY], [3, *B, "x", "8,9385E+12", DAY], [4, *A, "Tem QR", "Đã có",
         DAY]],
        [one("VNPT Check", "8938500000017"), two("iCheck")], skipped=2,
        asked=["system:he-thong:x", "system:he-thong:tem qr"],
        answers={"system:he-thong:x": "typed:iCheck", "system:he-thong:tem qr": "none"},
        warnings={"E4": "damaged_code"}, dataset="traceability",
    ),
    Listed(
        "dashes are none", [SYSTEMS, [1, *A, "VNPT Check", "84-1", DAY], [2, *B, "-", "-", "-"],
         [3, *B, "–", "–", "–"]], [one("VNPT Check", "84-1")], skipped=2, dataset="traceability",
    ),
    Listed(
        "a code of more digits than a number keeps", [SYSTEMS, [1, *A, "VNPT Check",
         8938500000017120, DAY]], [one("VNPT Check")], warnings={"E2": "damaged_code"},
        dataset="traceability",
    ),
    Listed(
        "columns for known systems, with ticks and codes", [[*SYSTEMS[:3], "Cổng tỉnh", "Mã iTrace",
         SYSTEMS[5]], [1, *A, "x", "007", DAY], [2, *B, None, 8938500000017, DAY]],
        [one("Cổng tỉnh"), one("iTrace", "007"), two("iTrace", "8938500000017")],
        dataset="traceability",
    ),
    Listed(
        "several known systems in a cell", [SYSTEMS, [1, *A, "Cổng tỉnh, iTrace", None, DAY]],
        [one("Cổng tỉnh"), one("iTrace")], dataset="traceability",
    ),
    Listed(
        "a cell with a system nobody knows is one name", [SYSTEMS,
         [2, *B, "Cổng tỉnh, cổng khác", None, DAY]], [two("Cổng tỉnh")],
        asked=["system:he-thong:cổng tỉnh, cổng khác"],
        answers={"system:he-thong:cổng tỉnh, cổng khác": "same:Cổng tỉnh"},
        dataset="traceability",
    ),
)  # fmt: skip


@pytest.fixture
def products(db: None) -> None:
    for name, owner in (A, B):
        make_product(name, make_producer(owner))
    for system in ("Cổng tỉnh", "iTrace"):
        TraceabilityEnrolment.objects.create(
            product=make_product(f"Sản phẩm của {system}", make_producer(f"HTX {system}")),
            system=make_system(system),
            started_on=date(2020, 1, 1),
            status="verified",
        )


def listings(dataset: str) -> list[tuple[str, str, str, date]]:
    model, fields = {
        "ecommerce": (FloorListing, ("product__name", "floor__name", "url", "started_on")),
        "traceability": (
            TraceabilityEnrolment,
            ("product__name", "system__name", "code", "started_on"),
        ),
    }[dataset]
    return list(model.objects.filter(started_on__gte=date(2021, 1, 1)).values_list(*fields))


@every_case("shape", (*FLOOR_SHAPES, *SYSTEM_SHAPES))
def test_a_list_becomes_exactly_these_listings(shape: Listed, products: None) -> None:
    data = shape.make()
    outcome = imported_file(shape.dataset, data)
    assert [question.id for question in outcome.questions] == list(shape.asked)
    if shape.answers:
        assert (outcome.verdict, listings(shape.dataset)) == ("rejected", [])
        outcome = imported_file(shape.dataset, data, answers=shape.answers)
    assert {problem.cell: problem.cause for problem in outcome.errors} == shape.errors
    # That Voso ended in 2023 is said of each listing after it.
    told = (p for p in outcome.warnings if p.code != "decided" and p.cause != "after_channel")
    warned = {p.cell: p.cause for p in told}
    assert warned == shape.warnings
    assert sorted(listings(shape.dataset)) == sorted(shape.found)
    assert outcome.verdict == ("rejected" if shape.errors else "accepted")
    assert (outcome.skipped, outcome.created) == (shape.skipped, len(shape.found))


def test_a_list_again_changes_nothing(products: None) -> None:
    data = FLOOR_SHAPES[0].make()
    assert imported_file("ecommerce", data).created == 4
    again = imported_file("ecommerce", data)
    assert (again.rows, again.created, again.updated, again.unchanged) == (2, 0, 0, 4)


def test_a_sheet_of_thousands_of_columns_is_refused_as_a_file(products: None) -> None:
    floors = [floor.name for floor in EcommerceFloor.objects.all()] * 500
    outcome = imported_file("ecommerce", make_book([[*HEAD, *floors], [1, *A, *floors]]))
    assert (outcome.verdict, outcome.errors[0].code) == ("unusable", "too_large")
