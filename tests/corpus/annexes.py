"""Annexes of decisions as provincial offices lay them out: titles, groups, totals, signatures."""

import unicodedata
from datetime import date
from typing import Any

from tests.corpus.shapes import Shape, accepted, fact, rejected
from tests.imports.workbooks import RECOGNITIONS, make_book, make_books, product_row

NATIONAL = ["ỦY BAN NHÂN DÂN", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
MOTTO = ["TỈNH TRÀ VINH", None, None, "Độc lập - Tự do - Hạnh phúc"]
TITLE = "(Kèm theo Quyết định số 1693/QĐ-UBND ngày 22 tháng 8 năm 2022 của Chủ tịch UBND tỉnh)"
SHORT = ["STT", "Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao"]
HONEY = [1, "Mật ong hoa nhãn", "HTX Ong Vàng", "Huyện Càng Long", "3 sao"]
COCONUT = [2, "Dừa sáp tươi", "Công ty TNHH Dừa Xanh", "Huyện Cầu Kè", "4 sao"]
SHRIMP = [3, "Tôm khô thượng hạng", "Cơ sở Ba Nam", "Huyện Cầu Ngang", "3 sao"]
OF_THREE = {
    "Mật ong hoa nhãn": fact(30, "844"),
    "Dừa sáp tươi": fact(40, "845"),
    "Tôm khô thượng hạng": fact(30, "848"),
}


def decision_annex() -> bytes:
    """Cover sheet, national title, two header rows, groups, subtotals, words, signatures."""
    rows: list[list[Any]] = [
        NATIONAL,
        MOTTO,
        [],
        ["PHỤ LỤC"],
        ["DANH SÁCH SẢN PHẨM OCOP ĐƯỢC CÔNG NHẬN ĐỢT 2 NĂM 2022"],
        [TITLE],
        [],
        ["STT", "Tên sản phẩm", "Chủ thể", None, None, "Kết quả", None],
        [None, None, "Tên", "Loại hình", "Địa chỉ", "Điểm", "Hạng sao"],
        ["I", "HUYỆN CÀNG LONG"],
        [1, "Mật ong hoa nhãn", "HTX Ong Vàng", "HTX", "Xã Đại Phước", "65,5", "3 sao"],
        [2, "Dừa sáp tươi", "Công ty TNHH Dừa Xanh", "Công ty", "Ấp 5, xã Tân An", 75, "4 sao"],
        [None, "Cộng huyện Càng Long", None, None, None, None, "2 sản phẩm"],
        ["II", "THỊ XÃ DUYÊN HẢI"],
        [3, "Muối ớt tôm", "Hộ kinh doanh Bảy Muối", "Hộ", "Khóm 2, Phường 1", 91, "TN 5 sao"],
        [None, "Tổng cộng", None, None, None, None, 3],
        [],
        [None, "(Bằng chữ: Ba sản phẩm)"],
        [],
        [None, None, None, None, "Trà Vinh, ngày 22 tháng 8 năm 2022"],
        [None, "Người lập biểu", None, None, "KT. CHỦ TỊCH"],
        [None, None, None, None, "PHÓ CHỦ TỊCH"],
        [],
        [None, "Nguyễn Văn A", None, None, "Trần Thị B"],
    ]
    merged = ["A8:A9", "B8:B9", "C8:E8", "F8:G8"]
    cover = [["HỒ SƠ"], [], ["Danh sách sản phẩm OCOP"], ["Năm 2022"]]
    return make_books({"Phụ lục": rows, "Bìa": cover}, merged)


def decision_in_the_title_only() -> bytes:
    title = "(Ban hành kèm theo Quyết định số 2950/QĐ-UBND ngày 30/12/2022 của UBND tỉnh)"
    return make_book([["PHỤ LỤC I"], [title], [], SHORT, HONEY, COCONUT])


def under_title(*rows: list[Any], header: list[Any] = SHORT, **options: Any) -> bytes:
    """Title in row 1, header in row 3, rows from 4 on."""
    return make_book([[TITLE], [], header, *rows], **options)


def other_words_and_order() -> bytes:
    header = [
        "Ghi  chú", "Ngày\nban hành", "Số\nsao", "Tổng\nđiểm", "Địa  phương",
        "Đơn vị\nsản xuất", "Tên SP",
    ]  # fmt: skip
    rows = [
        [
            "tái công nhận",
            "22/8/2022",
            "3 sao",
            60,
            "Càng Long",
            "HTX Ong Vàng",
            "Mật ong hoa nhãn",
        ],
        [None, "22/8/2022", "4 sao", 71, "Cầu Kè", "Công ty TNHH Dừa Xanh", "Dừa sáp tươi"],
    ]
    return make_book([header, *rows])


def headers_written(change: Any) -> bytes:
    return under_title(HONEY, COCONUT, header=[change(text) for text in SHORT])


def without_marks(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def decomposed() -> bytes:
    rows = [[TITLE], [], SHORT, HONEY, COCONUT]
    nfd = [
        [unicodedata.normalize("NFD", v) if isinstance(v, str) else v for v in row] for row in rows
    ]
    return make_book(nfd)


def header_on_every_page() -> bytes:
    page = [None, None, None, "Trang 2/3"]
    return under_title(HONEY, page, SHORT, COCONUT, [None, None, "- 3 -"], SHORT, SHRIMP)


def column_numbers() -> bytes:
    return under_title(["(1)", "(2)", "(3)", "(4)", "(5)"], HONEY, COCONUT)


def column_letters_and_numbers() -> bytes:
    return under_title(["A", "B", 1, 2, 3], HONEY, COCONUT)


def remarks() -> bytes:
    return under_title(
        HONEY,
        [None, "Ghi chú: sản phẩm trên được tái công nhận."],
        COCONUT,
        ["(*) Số liệu do Phòng Kinh tế cung cấp"],
        [None, "Ghi chú: danh sách này thay thế danh sách cũ."],
    )


def totals_in_words() -> bytes:
    return under_title(
        HONEY,
        COCONUT,
        [None, "Tổng cộng: hai sản phẩm"],
        [None, "Bằng chữ: Hai sản phẩm./."],
        [None, "Danh sách này có 02 sản phẩm./."],
    )


def subtotals() -> bytes:
    header = ["TT", "Tên sản phẩm", "Chủ thể", "Hạng sao"]
    return under_title(
        ["I", "HUYỆN CÀNG LONG", None, 1],
        [1, "Mật ong hoa nhãn", "HTX Ong Vàng", "3 sao"],
        [None, "Cộng", None, 1],
        ["II", "H. CẦU KÈ (01 sản phẩm)"],
        [2, "Dừa sáp tươi", "Công ty TNHH Dừa Xanh", "4 sao"],
        [None, "Tổng số: 02 sản phẩm"],
        header=header,
    )


def merged_producers() -> bytes:
    rows = [
        [1, "Mật ong hoa nhãn", "HTX Ong Vàng", "Huyện Càng Long", "3 sao"],
        [2, "Sáp ong vàng", None, None, "3 sao"],
        [3, "Rượu mật", None, None, "4 sao"],
        [4, "Dừa sáp tươi", "Công ty TNHH Dừa Xanh", "Huyện Cầu Kè", "4 sao"],
    ]
    return under_title(*rows, merged=["C4:C6", "D4:D6"])


def as_above() -> bytes:
    rows = [
        [1, "Mật ong hoa nhãn", "HTX Ong Vàng", "Huyện Càng Long", "3 sao"],
        [2, "Sáp ong vàng", "nt", "nt", "″"],
        [3, "Rượu mật", "như trên", "n/t", "4 sao"],
    ]
    return under_title(*rows)


def misspelt_group() -> bytes:
    header = ["TT", "Tên sản phẩm", "Chủ thể", "Hạng sao"]
    return under_title(
        ["I", "HUYỆN CÀNG LONG"],
        [1, "Mật ong hoa nhãn", "HTX Ong Vàng", "3 sao"],
        ["II", "HUYỆN CẦU KỀU"],
        [2, "Dừa sáp tươi", "Công ty TNHH Dừa Xanh", "4 sao"],
        header=header,
    )


def two_tables() -> bytes:
    second = [["B. SẢN PHẨM KHÁC"], ["TT", "Chủ thể", "Tên sản phẩm", "Huyện", "Phân hạng"]]
    last = [1, "Cơ sở Ba Nam", "Tôm khô thượng hạng", "Cầu Ngang", "3 sao"]
    return under_title(HONEY, COCONUT, [], *second, last)


def side_by_side() -> bytes:
    return under_title([*HONEY, None, *COCONUT], header=[*SHORT, None, *SHORT])


def several_sheets() -> bytes:
    sheets = {
        "Đợt 1": [[TITLE], [], SHORT, HONEY, COCONUT],
        "Đợt 2": [[TITLE], [], SHORT, SHRIMP],
        "Tổng hợp": [["Huyện", "Số sản phẩm"], ["Càng Long", 1]],
    }
    return make_books(sheets)


def hidden_sheet() -> bytes:
    old = [RECOGNITIONS, product_row("Sản phẩm cũ", "Cơ sở cũ")]
    return make_books({"Cũ": old, "Năm 2022": [[TITLE], [], SHORT, HONEY]}, hidden="Cũ")


DAY_2 = date(2022, 12, 30)
ANNEXES: tuple[Shape, ...] = (
    accepted(
        "decision annex with cover, groups, subtotals and signatures",
        decision_annex,
        rows=3,
        skipped=12,
        sheet="Phụ lục",
        facts={
            "Mật ong hoa nhãn": fact(30, "844", product__place__name="Xã Đại Phước")
            | {"decision_number": "1693/QĐ-UBND"},
            "Dừa sáp tươi": fact(40, "844", product__place__name="Xã Tân An"),
            "Muối ớt tôm": fact(45, "851", product__place__name="Phường 1"),
        },
    ),
    accepted(
        "the decision only in the title",
        decision_in_the_title_only,
        rows=2,
        facts={
            "Mật ong hoa nhãn": fact(30, "844", DAY_2, decision_number="2950/QĐ-UBND"),
            "Dừa sáp tươi": fact(40, "845", DAY_2),
        },
    ),
    accepted(
        "columns in another order under other names with line breaks",
        other_words_and_order,
        rows=2,
        facts={
            "Mật ong hoa nhãn": fact(
                30, note="tái công nhận", product__producer__name="HTX Ong Vàng"
            ),
            "Dừa sáp tươi": fact(40, "845"),
        },
    ),
    accepted(
        "headers in lower case without diacritics",
        lambda: headers_written(lambda text: without_marks(text).lower()),
        rows=2,
        facts={"Dừa sáp tươi": fact(40, "845")},
    ),
    accepted(
        "headers in capitals",
        lambda: headers_written(str.upper),
        rows=2,
        facts={"Dừa sáp tươi": fact(40, "845")},
    ),
    accepted("all text decomposed", decomposed, rows=2, facts={"Dừa sáp tươi": fact(40, "845")}),
    accepted(
        "the header and a page number on every page",
        header_on_every_page,
        rows=3,
        skipped=4,
        facts=OF_THREE,
    ),
    accepted("a row of column numbers", column_numbers, rows=2, skipped=1),
    accepted("a row of letters and numbers", column_letters_and_numbers, rows=2, skipped=1),
    accepted("footnotes and remarks", remarks, rows=2, skipped=3),
    accepted("totals in words", totals_in_words, rows=2, skipped=3),
    accepted(
        "groups with counts and subtotals",
        subtotals,
        rows=2,
        skipped=4,
        facts={"Mật ong hoa nhãn": fact(30, "844"), "Dừa sáp tươi": fact(40, "845")},
    ),
    accepted(
        "producers merged over several products",
        merged_producers,
        rows=4,
        facts={
            "Rượu mật": fact(40, "844", product__producer__name="HTX Ong Vàng"),
            "Dừa sáp tươi": fact(40, "845"),
        },
    ),
    accepted(
        "nt, như trên and ditto marks",
        as_above,
        rows=3,
        warnings={"same_as_above": 5},
        facts={
            "Sáp ong vàng": fact(30, "844", product__producer__name="HTX Ong Vàng"),
            "Rượu mật": fact(40, "844", product__producer__name="HTX Ong Vàng"),
        },
    ),
    rejected("a group row that misspells its district", misspelt_group, ("B7", "unknown_unit")),
    rejected("two tables in one sheet", two_tables, ("A8", "conflict")),
    rejected("two tables side by side", side_by_side, ("A3", "conflict")),
    accepted(
        "several sheets of one dataset",
        several_sheets,
        rows=2,
        sheet="Đợt 1",
        warnings={"other_sheets": 1},
    ),
    accepted("a hidden sheet before the visible one", hidden_sheet, rows=1, sheet="Năm 2022"),
)
