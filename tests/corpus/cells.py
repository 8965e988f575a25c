"""Workbooks whose cells are written in the ways that offices write them, right and wrong."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.corpus.shapes import Shape, accepted, fact, rejected
from tests.imports.workbooks import DECIDED, RECOGNITIONS, make_book, product_row
from tests.lib.workbook_files import change_part, saved

NAMES = [
    "Mật ong hoa nhãn", "Dừa sáp tươi", "Tôm khô thượng hạng", "Bánh tét lá cẩm", "Gạo hữu cơ",
    "Chả hoa năm thụy", "Rượu xuân thạnh", "Cốm dẹp", "Muối ớt", "Đường thốt nốt", "Kẹo chuối",
    "Trà mãng cầu", "Nước mắm rươi", "Khô cá lóc", "Bưởi năm roi", "Xoài cát chu", "Lạp xưởng bò",
    "Mứt gừng", "Yến sào", "Tinh dầu tràm",
]  # fmt: skip
"""Far enough from each other that none looks like another misspelt."""
OWNERS = [
    "HTX Ong Vàng", "Công ty TNHH Dừa Xanh", "Cơ sở Ba Nam", "Hộ kinh doanh Hai Lý",
    "Tổ hợp tác Lúa Sạch", "Doanh nghiệp tư nhân Phước Thành", "Hộ Nguyễn Thị Mười",
]  # fmt: skip


def owner(number: int) -> str:
    again, place = divmod(number, len(OWNERS))
    return f"{OWNERS[place]} {again + 1}" if again else OWNERS[place]


def rows_with(column: str, values: list[Any]) -> list[list[Any]]:
    """One row a value, under RECOGNITIONS from row 2 on, right in every other cell."""
    return [
        product_row(NAMES[n], owner(n), **{"score": None, column: value})
        for n, value in enumerate(values)
    ]


def book_with(column: str, values: list[Any]) -> bytes:
    return make_book([RECOGNITIONS, *rows_with(column, values)])


def each(values: list[Any], **fields: Any) -> dict[str, dict[str, Any]]:
    return {NAMES[n]: fields for n in range(len(values))}


RANKS: list[tuple[Any, int]] = [
    ("3 sao", 30), ("03 sao", 30), ("3", 30), (3, 30), ("***", 30), ("4★", 40), ("★★★★", 40),
    ("4 SAO", 40), ("tiềm năng 5 sao", 45), ("5 sao (tiềm năng)", 45), ("TN 5 sao", 45),
    ("Tiềm năng 5 sao ", 45), ("5 sao", 50), ("*****", 50), ("Hạng 4 sao", 40), ("OCOP 3 sao", 30),
    ("Đạt 4 sao", 40), ("04", 40),
]  # fmt: skip
DAYS_OK: list[Any] = [
    "22/8/2022", "22/08/2022", "22-8-2022", "22.8.2022", "22.08.2022", "2022-08-22",
    "ngày 22 tháng 8 năm 2022", "Ngày 22 tháng 08 năm 2022", " 22/ 8 /2022 ", date(2022, 8, 22),
    datetime(2022, 8, 22, 7, 30), "22/08/2022 00:00:00", "22 tháng 8 năm 2022",
]  # fmt: skip
DAYS_BAD: list[tuple[Any, str]] = [
    ("5/6/22", "ambiguous_date"), ("31/02/2022", "invalid_date"), ("8/2022", "ambiguous_date"),
    ("2022", "ambiguous_date"), (2022, "ambiguous_date"), ("tháng 8 năm 2022", "ambiguous_date"),
    ("08/22/2022", "invalid_date"), ("44795", "invalid_date"), (44795, "invalid_date"),
    ("29/2/2023", "invalid_date"), ("chưa có", "invalid_date"),
    ("22/8/2022 và 23/8/2022", "invalid_date"),
]  # fmt: skip
SCORES_BAD: list[tuple[Any, str]] = [
    ("1.000", "invalid_number"), ("69.950", "invalid_number"), ("100,5", "out_of_range"),
    (-1, "out_of_range"), ("7O", "invalid_number"), ("khoảng 65", "invalid_number"),
    (165, "out_of_range"), ("sáu mươi", "invalid_number"), ("1.250,5", "out_of_range"),
]  # fmt: skip
PLACES: list[tuple[str, str]] = [
    ("TP. Trà Vinh", "842"), ("TP Trà Vinh", "842"), ("TX. Duyên Hải", "851"),
    ("H. Duyên Hải", "850"),
    ("H.Càng Long", "844"), ("HUYỆN CẦU KÈ", "845"), ("tieu can", "846"), ("Châu Thành", "847"),
    ("Huyện Cầu Ngang", "848"), ("Trà Cú", "849"), ("Tx Duyên Hải", "851"),
    (unicodedata.normalize("NFD", "Thành phố Trà Vinh"), "842"),
]  # fmt: skip
BY_ADDRESS = ["Tên sản phẩm", "Chủ thể", "Địa chỉ", "Hạng sao", "Ngày quyết định"]
ADDRESSES: list[tuple[str, str, str]] = [
    ("Ấp Chợ, xã Phú Cần, huyện Tiểu Cần, tỉnh Trà Vinh", "846", "Xã Phú Cần"),
    ("Khóm 3, P. 7, TP. Trà Vinh", "842", "Phường 7"),
    ("Ấp Cồn Cù, xã Dân Thành, thị xã Duyên Hải", "851", "Xã Dân Thành"),
    ("xã Long Hoà - huyện Châu Thành", "847", "Xã Long Hòa"),
    ("TT. Càng Long, H. Càng Long", "844", "Thị trấn Càng Long"),
    ("Ấp 1\nxã Hòa Tân, huyện Cầu Kè", "845", "Xã Hòa Tân"),
    ("xã Vĩnh Kim, huyện Cầu Ngang", "848", "Xã Vinh Kim"),
]


def by_address(addresses: list[str]) -> bytes:
    return make_book(
        [
            BY_ADDRESS,
            *([NAMES[n], OWNERS[n], text, "3 sao", DECIDED] for n, text in enumerate(addresses)),
        ]
    )


def counted_from_1904() -> bytes:
    workbook = Workbook()
    workbook.epoch = CALENDAR_MAC_1904
    page = workbook.active
    page.append(RECOGNITIONS)
    page.append(product_row(NAMES[0], OWNERS[0], day=datetime(2022, 8, 22)))
    page["G2"].number_format = "dd/mm/yyyy"
    return saved(workbook)


def with_formulas(*results: tuple[str, bytes]) -> bytes:
    """Scores that are formulas; each with what Excel kept as its result, b"" for nothing."""
    data = book_with("score", [f"={formula}" for formula, _ in results])

    def keep(part: bytes) -> bytes:
        for formula, result in results:
            head = b"<f>" + formula.encode() + b"</f>"
            start, rest = part.split(head, 1)
            for empty in (b"<v />", b"<v></v>", b"<v/>"):
                rest = rest.removeprefix(empty)
            part = start + head + (b"<v>" + result + b"</v>" if result else b"") + rest
        return part

    return change_part(data, "xl/worksheets/sheet1.xml", keep)


def failed_cells() -> bytes:
    rows = rows_with("score", [60, 61, 62])
    rows[0][4], rows[1][5], rows[2][0] = "#REF!", "#N/A", "#VALUE!"
    return make_book([RECOGNITIONS, *rows])


def spelled_both_ways() -> bytes:
    rows = [
        product_row("Bánh tráng", "HTX Hòa Bình", commune="Xã Hòa Minh", district="Châu Thành"),
        product_row("Gạo hữu cơ", "HTX Hoà Bình", commune="Xã Hoà Minh", district="Châu Thành"),
    ]
    return make_book([RECOGNITIONS, *rows])


def in_old_letters() -> bytes:
    """TCVN3 pasted into a workbook without its font: "Tôm khô" and "Hộ Bảy Muối"."""
    rows = rows_with("score", [60, 61, 62])
    rows[1][0], rows[2][1] = "T«m kh« th\xadîng h¹ng", "Hé kinh doanh B¶y Muèi"
    return make_book([RECOGNITIONS, *rows])


def missing_cells() -> bytes:
    rows = rows_with("score", [60, 61, 62, 63])
    rows[0][1], rows[1][5], rows[2][6], rows[3][3] = None, " ", "", "\u00a0"
    return make_book([RECOGNITIONS, *rows])


CELLS: tuple[Shape, ...] = (
    accepted(
        "ranks in every spelling",
        lambda: book_with("rank", [text for text, _ in RANKS]),
        rows=len(RANKS),
        facts={NAMES[n]: fact(rank) for n, (_, rank) in enumerate(RANKS)},
    ),
    rejected(
        "what is no rank",
        lambda: book_with("rank", ["1 sao", "6 sao", "tiềm năng 4 sao", "đạt", "3,5"]),
        *((f"F{n}", "unknown_value") for n in range(2, 7)),
    ),
    accepted(
        "scores with comma, point, spaces and as text",
        lambda: book_with("score", ["65,5", "65.5", " 65,5 ", 65.5, "65,50", "+65,5"]),
        rows=6,
        facts={NAMES[n]: {"score": Decimal("65.5")} for n in range(6)},
    ),
    rejected(
        "scores that are none",
        lambda: book_with("score", [value for value, _ in SCORES_BAD]),
        *((f"E{n}", code) for n, (_, code) in enumerate(SCORES_BAD, 2)),
    ),
    accepted(
        "days in every form",
        lambda: book_with("day", DAYS_OK),
        rows=len(DAYS_OK),
        facts={NAMES[n]: fact(30) for n in range(len(DAYS_OK))},
    ),
    rejected(
        "days that are none or could be several",
        lambda: book_with("day", [value for value, _ in DAYS_BAD]),
        *((f"G{n}", code) for n, (_, code) in enumerate(DAYS_BAD, 2)),
    ),
    accepted(
        "the day stands before the month",
        lambda: book_with("day", ["05/06/2022", "06/05/2022", "1/12/2022", "2022-06-05"]),
        rows=4,
        facts={
            NAMES[0]: fact(30, day=date(2022, 6, 5)),
            NAMES[1]: fact(30, day=date(2022, 5, 6)),
            NAMES[2]: fact(30, day=date(2022, 12, 1)),
            NAMES[3]: fact(30, day=date(2022, 6, 5)),
        },
    ),
    accepted(
        "days counted from 1904",
        counted_from_1904,
        rows=1,
        warnings={},
        facts={
            NAMES[0]: fact(30),
        },
    ),
    accepted(
        "districts in every abbreviation",
        lambda: book_with("district", [text for text, _ in PLACES]),
        rows=len(PLACES),
        facts={NAMES[n]: fact(30, code) for n, (_, code) in enumerate(PLACES)},
    ),
    accepted(
        "addresses in place of a district's column",
        lambda: by_address([text for text, *_ in ADDRESSES]),
        rows=len(ADDRESSES),
        facts={
            NAMES[n]: fact(30, code, product__place__name=place)
            for n, (_, code, place) in enumerate(ADDRESSES)
        },
    ),
    rejected(
        "addresses that name no place or two",
        lambda: by_address(["Ấp Chợ", "Duyên Hải", "xã Phú Cần, huyện Càng Long"]),
        ("C2", "unknown_unit"),
        ("C3", "ambiguous_unit"),
        ("C4", "unknown_unit"),
    ),
    accepted(
        "Hoà and Hòa are one word",
        spelled_both_ways,
        rows=2,
        facts={
            "Bánh tráng": fact(30, "847", product__place__name="Xã Hòa Minh"),
            "Gạo hữu cơ": fact(30, "847", product__producer__name="HTX Hòa Bình"),
        },
    ),
    rejected(
        "districts that could be two, or none",
        lambda: book_with("district", ["Duyên Hải", "Huyện Càn Long", "Vĩnh Long", "DUYÊN HẢI"]),
        ("D2", "ambiguous_unit"),
        ("D3", "unknown_unit"),
        ("D4", "unknown_unit"),
        ("D5", "ambiguous_unit"),
    ),
    accepted(
        "formulas with their results",
        lambda: with_formulas(("60+5", b"65"), ("AVERAGE(64,66)", b"65"), ("130/2", b"65.000")),
        rows=3,
        facts={NAMES[n]: {"score": 65} for n in range(3)},
    ),
    rejected(
        "a formula that was never worked out",
        lambda: with_formulas(("60+5", b"65"), ("60+6", b"")),
        ("E3", "formula_error"),
    ),
    rejected(
        "failed formulas",
        failed_cells,
        ("E2", "formula_error"),
        ("F3", "formula_error"),
        ("A4", "formula_error"),
    ),
    rejected(
        "text in an old font's letters",
        in_old_letters,
        ("A3", "legacy_encoding"),
        ("B4", "legacy_encoding"),
    ),
    rejected(
        "required cells left empty",
        missing_cells,
        ("B2", "required"),
        ("F3", "required"),
        ("G4", "required"),
        ("D5", "required"),
    ),
)
