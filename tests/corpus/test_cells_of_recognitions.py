"""How the cells of lists of recognitions are read (pure)."""

from decimal import Decimal

import pytest

from ocop.lib.errors import ReadingError
from products.choices import Rank
from products.datasets.recognition_tables.list_states import PROPOSED, WITHDRAWN, state_of_titles
from products.datasets.recognition_tables.points import PointsWidget, remark_on
from products.datasets.recognition_tables.producers import producer_and_place, producer_of_groups
from products.datasets.recognition_tables.several_products import joined, products_in, split
from products.datasets.recognition_tables.surroundings import rank_of_groups, rank_of_titles
from products.datasets.spellings import is_not_rated, rank_text
from tests.support.cases import every_case

T3, F4, P5, F5 = Rank.THREE, Rank.FOUR, Rank.POTENTIAL_FIVE, Rank.FIVE


@every_case(
    "text, rank, remark, says",
    [
        ("3 sao (công nhận lại)", T3, "công nhận lại", "renewed"),
        ("3 sao - tái công nhận", T3, "tái công nhận", "renewed"),
        ("4 sao (nâng hạng)", F4, "nâng hạng", "upgraded"),
        ("Ba sao", T3, "", ""),
        ("Năm sao", F5, "", ""),
        ("Hạng 3", T3, "", ""),
        ("3 SAO OCOP", T3, "", ""),
        ("OCOP 4 sao", F4, "", ""),
        ("đạt 3 sao", T3, "", ""),
        ("03 sao", T3, "", ""),
        ("★★★", T3, "", ""),
        ("3 sao cấp huyện", T3, "cấp huyện", "other"),
        ("5 sao quốc gia", F5, "quốc gia", "other"),
        ("TN5 sao", P5, "", ""),
        ("Tiềm năng 5 sao", P5, "", ""),
        ("3 sao (năm 2022)", T3, "năm 2022", "other"),
        ("2 sao", None, "", ""),
        ("tiềm năng 4 sao", None, "", ""),
        ("3 sao, 4 sao", None, "", ""),
        ("3 hoặc 4 sao", None, "", ""),
        ("năm 2022", None, "", ""),
        ("3,5 sao", None, "", ""),
    ],
)
def test_ranks_and_what_is_said_beside_them(text, rank, remark, says) -> None:
    found = rank_text(text)
    assert (found.rank, found.remark, found.says) == (rank, remark, says)


def test_what_says_that_there_is_no_rank() -> None:
    for text in ("Không đạt", "không xếp hạng", "Chưa đạt", "Không được công nhận", "0 sao"):
        assert is_not_rated(text), text
    for text in ("đạt", "Không rõ", "3 sao", ""):
        assert not is_not_rated(text), text


@every_case(
    "written, points, remark",
    [
        ("71,00", "71.00", ""),
        ("71.00", "71.00", ""),
        ("71,00 điểm", "71.00", ""),
        ("71,5/100", "71.5", ""),
        ("71,5 /100 điểm", "71.5", ""),
        ("71,5đ", "71.5", ""),
        ("71,5 đ.", "71.5", ""),
        ("71, 5", "71.5", "points_read_as"),
        ("7,15E+01", "71.5", "points_read_as"),
        (71.00000000000001, "71", ""),
        ("71,333", "71.333", ""),
        ("71,3333333", "71.333", "rounded_points"),
        (71.33333333333333, "71.333", "rounded_points"),
        (71, "71", ""),
    ],
)
def test_points_in_all_their_spellings(written, points, remark) -> None:
    kept = PointsWidget().clean(written)
    assert (kept, remark_on(written, kept)) == (Decimal(points), remark)


@every_case(
    "written",
    ["71;5", "≥70", "69,9999", 69.99999, "89,99951", "khoảng 71", "1.250", "71,5/50", "7,15E+05"],
)  # fmt: skip
def test_points_that_are_none_or_would_cross_a_limit(written) -> None:
    with pytest.raises(ReadingError):
        PointsWidget().clean(written)


@every_case(
    "text, producer, address, clear",
    [
        (
            "Công ty TNHH Mẫu FARM, xã Phú Cần, huyện Tiểu Cần, tỉnh Trà Vinh",
            *("Công ty TNHH Mẫu FARM", "xã Phú Cần, huyện Tiểu Cần, tỉnh Trà Vinh", True),
        ),
        ("HTX Mẫu\nẤp Chợ, xã Phú Cần", "HTX Mẫu", "Ấp Chợ, xã Phú Cần", True),
        ("Hợp tác xã Mẫu – ấp 3, TT Cầu Kè", "Hợp tác xã Mẫu", "ấp 3, TT Cầu Kè", True),
        ("Tổ hợp tác Mẫu (xã Hòa Tân)", "Tổ hợp tác Mẫu", "xã Hòa Tân", True),
        ("Công ty Mẫu, Một, khóm 2, P. 3", "Công ty Mẫu, Một", "khóm 2, P. 3", True),
        ("HTX Mẫu; Địa chỉ: xã Phú Cần", "HTX Mẫu", "xã Phú Cần", True),
        ("HTX Mẫu, 12/3 đường Lê Lợi, phường 1", "HTX Mẫu", "12/3 đường Lê Lợi, phường 1", True),
        ("HTX Mẫu", "HTX Mẫu", "", True),
        ("HTX Mẫu xã Phú Cần huyện Tiểu Cần", "HTX Mẫu", "xã Phú Cần huyện Tiểu Cần", False),
        ("Cơ sở Bánh tét ấp 5, xã Phú Cần", "Cơ sở Bánh tét ấp 5", "xã Phú Cần", False),
        ("Xã Phú Cần, HTX Mẫu", "", "Xã Phú Cần, HTX Mẫu", False),
        ("Doanh nghiệp xã hội Mẫu, xã Phú Cần", "Doanh nghiệp xã hội Mẫu", "xã Phú Cần", True),
    ],
)
def test_producer_and_address_of_one_cell(text, producer, address, clear) -> None:
    found = producer_and_place(text)
    assert (found.producer, found.address, found.clear) == (producer, address, clear)
    assert not found.telephone


def test_a_telephone_number_is_left_out_and_told() -> None:
    for text in ("HTX Mẫu, xã Phú Cần, ĐT: 0912 345 678", "HTX Mẫu (0912345678), xã Phú Cần"):
        found = producer_and_place(text)
        assert (found.producer, found.address) == ("HTX Mẫu", "xã Phú Cần"), text
        assert found.telephone


@every_case(
    "text, names",
    [
        ("1. Mắm cá\n2. Mắm tôm\n3. Mắm ruốc", ["Mắm cá", "Mắm tôm", "Mắm ruốc"]),
        ("1. Kẹo dừa; 2. Mứt dừa", ["Kẹo dừa", "Mứt dừa"]),
        ("1) kẹo dừa 2) mứt dừa", ["kẹo dừa", "mứt dừa"]),
        ("- Kẹo dừa\n- Mứt dừa", ["Kẹo dừa", "Mứt dừa"]),
        ("+ kẹo dừa\n+ mứt dừa", ["kẹo dừa", "mứt dừa"]),
        ("Kẹo dừa\nMứt dừa", ["Kẹo dừa", "Mứt dừa"]),
        ("Kẹo dừa; Mứt dừa", ["Kẹo dừa", "Mứt dừa"]),
        ("Kẹo dừa + mứt dừa", ["Kẹo dừa", "mứt dừa"]),
        ("Mật ong\nhoa nhãn", ["Mật ong hoa nhãn"]),
        ("Dừa sáp tươi; loại 1", ["Dừa sáp tươi; loại 1"]),
        ("Rượu 1.5 lít", ["Rượu 1.5 lít"]),
        ("Mắm cá lóc, cá sặc", ["Mắm cá lóc, cá sặc"]),
        ("Trà sen, trà gừng", ["Trà sen", "trà gừng"]),
        ("Kẹo dừa, Mứt gừng, Trà sen", ["Kẹo dừa", "Mứt gừng", "Trà sen"]),
        ("Kẹo dừa, Bến Mẫu", ["Kẹo dừa, Bến Mẫu"]),
        ("Thảm xơ và nước cốt dừa", ["Thảm xơ", "nước cốt dừa"]),
        ("Bột rau và củ", ["Bột rau và củ"]),
        ("1. Kẹo dừa", ["1. Kẹo dừa"]),
        ("Gạo ST25", ["Gạo ST25"]),
    ],
)
def test_several_products_of_one_cell(text, names) -> None:
    assert products_in(text) == names
    assert split(joined(names)) == names


@every_case(
    "text, rank",
    [
        ("A. SẢN PHẨM 4 SAO", F4),
        ("Hạng 3 sao", T3),
        ("II. SẢN PHẨM TIỀM NĂNG 5 SAO", P5),
        ("Sản phẩm đạt ba sao", T3),
        ("Sản phẩm từ 3 sao trở lên", None),
        ("Sản phẩm 3 sao và 4 sao", None),
        ("HUYỆN CẦU KÈ", None),
    ],
)
def test_ranks_of_group_rows_and_titles(text, rank) -> None:
    assert rank_of_groups([text]) == rank
    assert rank_of_titles([("A1", "PHỤ LỤC"), ("A2", text)]) == rank
    assert rank_of_groups([text, "I. HUYỆN CẦU KÈ"]) == rank


@every_case(
    "title, state",
    [
        ("DANH SÁCH SẢN PHẨM BỊ THU HỒI GIẤY CHỨNG NHẬN", WITHDRAWN),
        ("Danh sách sản phẩm đăng ký tham gia đánh giá năm 2024", PROPOSED),
        ("SẢN PHẨM ĐỀ NGHỊ CÔNG NHẬN OCOP 4 SAO", PROPOSED),
        ("KẾT QUẢ ĐÁNH GIÁ SẢN PHẨM ĐĂNG KÝ NĂM 2024", ""),
        ("SẢN PHẨM ĐƯỢC CÔNG NHẬN THEO ĐỀ NGHỊ CỦA SỞ", ""),
        ("DANH SÁCH SẢN PHẨM OCOP ĐẠT 3 SAO", ""),
    ],
)
def test_what_a_title_says_of_its_list(title: str, state: str) -> None:
    assert state_of_titles([("A1", title)]) == state


def test_a_group_row_names_the_producer_of_the_rows_right_below_it_only() -> None:
    named = producer_of_groups(("A. SẢN PHẨM 4 SAO", "II. HTX Gốm, xã Phú Cần"))
    assert named is not None
    assert (named.producer, named.address) == ("HTX Gốm", "xã Phú Cần")
    assert producer_of_groups(("HTX Gốm", "B. SẢN PHẨM 3 SAO")) is None
    assert producer_of_groups(("NHÓM THỰC PHẨM",)) is None
    assert producer_of_groups(()) is None
