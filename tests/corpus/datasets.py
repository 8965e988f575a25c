"""Workbooks of the other datasets: rights, tasks, traceability, e-commerce, allocations."""

from datetime import date
from decimal import Decimal

from tests.corpus.shapes import Shape, accepted, rejected
from tests.imports.workbooks import make_book

RIGHTS = [
    "STT", "Loại quyền", "Tên nhãn hiệu", "Chủ đơn", "Huyện", "Số đơn", "Ngày nộp đơn",
    "Số GCN", "Ngày cấp văn bằng", "Được hỗ trợ",
]  # fmt: skip
TASKS = [
    "TT", "Tên nhiệm vụ", "Đơn vị chủ trì", "Ngày phê duyệt", "Ngày bắt đầu", "Ngày kết thúc",
    "Kinh phí\n(triệu đồng)",
]  # fmt: skip
TRACES = [
    "Tên SP", "Tên chủ thể", "Hệ thống truy xuất", "Mã truy xuất", "Ngày tham gia",
    "Ngày kết thúc",
]  # fmt: skip
SHOPS = ["Sản phẩm", "Cơ sở sản xuất", "Sàn TMĐT", "Link", "Ngày lên sàn", "Ngày gỡ"]
GIVEN = ["Mã chỉ tiêu", "Địa phương", "Năm", "Giao", "Số văn bản"]
HONEY, COCONUT = ("Mật ong hoa nhãn", "HTX Ong Vàng"), ("Dừa sáp tươi", "Công ty TNHH Dừa Xanh")


def rights() -> bytes:
    rows = [
        [1, "Nhãn hiệu", "Ong Vàng", "HTX Ong Vàng", "Càng Long", "4-2022-12345", "10/5/2022",
         "4-0456789-000", "20/9/2023", "x"],
        [2, "NHTT", "Dừa sáp Cầu Kè", "Hội Nông dân", "H. Cầu Kè", "4-2022-22222", "1/6/2022",
         None, None, "Có"],
        [3, "Chỉ dẫn địa lý", "Tôm khô Vinh Kim", "UBND tỉnh Trà Vinh", None, "6-2023-00012",
         date(2023, 2, 1), None, None, "-"],
        [4, "Madrid", "Ong Vàng", "HTX Ong Vàng", "Càng Long", None, None, None, None, "không"],
    ]  # fmt: skip
    return make_book([["DANH MỤC ĐỐI TƯỢNG SỞ HỮU TRÍ TUỆ"], [], RIGHTS, *rows])


def bad_rights() -> bytes:
    rows = [
        [1, "Bản quyền", "Ong Vàng", "HTX Ong", None, "4-2022-12345", "10/5/2022", None, None, "x"],
        [2, "NHTT", None, "Hội Nông dân", None, "4-2022-22222", "1/6/22", None, None, "Có"],
        [3, "Sáng chế", "Máy tách", "Ô. Năm", "Duyên Hải", None, "1/6/2022", None, "1/5/2022", "2"],
        [4, "Kiểu dáng", "Hũ mật", "HTX Ong", None, "3-2022-1", "10/5/2022", None, "9/5/2022", "x"],
    ]  # fmt: skip
    return make_book([RIGHTS, *rows])


def tasks() -> bytes:
    rows = [
        [1, "Tạo lập nhãn hiệu chứng nhận tôm khô", "Sở KH&CN", "14/10/2022", "1/11/2022",
         "31/10/2024", "1.250,5"],
        [2, "Xây dựng chỉ dẫn địa lý dừa sáp", "UBND huyện", date(2023, 5, 5), None, None, 850],
        [3, "Quản lý nhãn hiệu tập thể bưởi", "UBND huyện", "5.5.2023", None, None, "1.000"],
        [None, "Tổng cộng", None, None, None, None, "3.100,5"],
    ]  # fmt: skip
    return make_book([TASKS, *rows])


def bad_tasks() -> bytes:
    shrimp = "Tạo lập nhãn hiệu chứng nhận tôm khô"
    rows = [
        [1, shrimp, "Sở KH&CN", "14/10/2022", "1/11/2022", "1/10/2022", None],
        [2, "Xây dựng chỉ dẫn địa lý dừa sáp", None, "năm 2023", None, None, "850 triệu"],
        [3, shrimp.upper(), "Sở KH&CN", "5/5/2023", None, None, -5],
        [4, "Quản lý nhãn hiệu tập thể bưởi", "***", "5/5/2023", None, None, "1,250"],
    ]
    return make_book([TASKS, *rows])


def traces() -> bytes:
    rows = [
        [*HONEY, "VNPT Check", "0089385000017", "15/3/2023", None],
        [*COCONUT, "VNPT Check", 8938500000024, "15/3/2023", "14/3/2025"],
        [*COCONUT, "Hệ thống truy xuất của tỉnh", None, "ngày 1 tháng 9 năm 2022", None],
    ]
    return make_book([TRACES, *rows])


def bad_traces() -> bytes:
    rows = [
        ["Sản phẩm không có", "HTX Ong Vàng", "VNPT Check", None, "15/3/2023", None],
        [*COCONUT, None, None, "15/3/2023", None],
        [*HONEY, "VNPT Check", None, "15/3/2023", "1/1/2023"],
        [*HONEY, "iCheck", None, "15/3/2023", None],
        [*HONEY, "ICHECK", None, "15/03/2023", None],
    ]
    return make_book([TRACES, *rows])


def shops() -> bytes:
    rows = [
        [*HONEY, "shopee.vn", "https://shopee.vn/mat-ong", "1/9/2022", None],
        [*HONEY, "Fanpage", "facebook.com/ongvang", "1/9/2022", None],
        [*HONEY, "https://www.facebook.com/ongvang", None, "1/10/2022", None],
        [*COCONUT, "SHOPEE", None, "2/9/2022", "31/12/2023"],
        [*COCONUT, "Vỏ Sò", None, "2/9/2022", None],
        [*COCONUT, "Tiktok Shop", None, "2/9/2022", None],
    ]
    return make_book([SHOPS, *rows])


def bad_shops() -> bytes:
    rows = [
        [*HONEY, "Chợ Bến Thành", None, "1/9/2022", None],
        [*HONEY, "Shopee", "javascript:alert(1)", "1/9/2022", None],
        ["Dừa sáp tươi", "HTX Không Có", "Shopee", None, "1/9/2022", None],
        [*COCONUT, "Tiki", None, "9/2022", None],
    ]
    return make_book([SHOPS, *rows])


def allocations() -> bytes:
    rows = [
        ["OCOP-NEW", "Huyện Càng Long", 2023, 4, "120/KH-UBND"],
        ["ocop-new", "TX. Duyên Hải", "2023", "3", "120/KH-UBND"],
        ["OCOP-NEW", "TP Trà Vinh", 2024, 0, None],
        ["Cộng", None, None, 7, None],
    ]
    return make_book([["PHÂN BỔ CHỈ TIÊU"], [], GIVEN, *rows])


def bad_allocations() -> bytes:
    rows = [
        ["TRACE-SHARE", "Càng Long", 2023, 4, None],
        ["OCOP-NEW", "Duyên Hải", 2023, 4, None],
        ["OCOP-NEW", "Cầu Kè", 2031, "2,5", None],
        [None, "TP. Trà Vinh", 2023, 3, None],
        ["OCOP-NEW", "Trà Cú", 2023, 5, None],
        ["OCOP-NEW", "Huyện Trà Cú", "2023", 6, None],
    ]
    return make_book([GIVEN, *rows])


DATASETS: tuple[Shape, ...] = (
    accepted(
        "rights in an office's words", rights, rows=4, dataset="ip_rights",
        facts={
            "Dừa sáp Cầu Kè": {
                "kind": "collective_mark", "supported": True, "district__code": "845",
            },
            "Tôm khô Vinh Kim": {"supported": False, "filed_on": date(2023, 2, 1)},
        },
    ),
    rejected(
        "rights with mistakes", bad_rights,
        ("B2", "unknown_value"), ("C3", "required"), ("G3", "ambiguous_date"),
        ("E4", "ambiguous_unit"), ("J4", "unknown_value"), ("I5", "conflict"),
        dataset="ip_rights",
    ),
    accepted(
        "tasks with money in millions", tasks, rows=3, skipped=1, dataset="science_tasks",
        facts={
            "Tạo lập nhãn hiệu chứng nhận tôm khô": {"budget": Decimal("1250.5")},
            "Quản lý nhãn hiệu tập thể bưởi": {"budget": 1000, "approved_on": date(2023, 5, 5)},
        },
    ),
    rejected(
        "tasks with mistakes", bad_tasks,
        ("F2", "conflict"), ("C3", "required"), ("D3", "ambiguous_date"), ("G3", "invalid_number"),
        ("B4", "duplicate_row"), ("G4", "out_of_range"), ("C5", "required"),
        ("G5", "invalid_number"),
        dataset="science_tasks",
    ),
    accepted(
        "products that can be traced", traces, rows=3, dataset="traceability",
        facts={"Mật ong hoa nhãn": {"code": "0089385000017", "started_on": date(2023, 3, 15)}},
    ),
    rejected(
        "traced products with mistakes", bad_traces,
        ("A2", "unknown_product"), ("C3", "required"), ("F4", "conflict"), ("A6", "duplicate_row"),
        dataset="traceability",
    ),
    accepted("products on floors and pages", shops, rows=6, dataset="ecommerce"),
    rejected(
        "products on floors with mistakes", bad_shops,
        ("C2", "unknown_value"), ("D3", "unknown_value"), ("A4", "unknown_product"),
        ("E5", "ambiguous_date"),
        dataset="ecommerce",
    ),
    accepted(
        "targets given to districts", allocations, rows=3, skipped=1, dataset="allocations",
        facts={
            "851": {"value": 3, "year": 2023, "document": "120/KH-UBND"},
            "842": {"value": 0, "year": 2024},
        },
    ),
    rejected(
        "targets given with mistakes", bad_allocations,
        ("A2", "conflict"), ("B3", "ambiguous_unit"), ("C4", "out_of_range"),
        ("D4", "invalid_number"), ("A5", "required"), ("A7", "duplicate_row"),
        dataset="allocations",
    ),
)  # fmt: skip
