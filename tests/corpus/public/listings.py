"""Lists of products on floors and in systems of traceability."""

from datetime import date

from tests.corpus.public.layout import Link, PublicLayout

HONEY, COCONUT = ("Mật ong hoa nhãn", "HTX Ong Vàng"), ("Dừa sáp tươi", "Công ty TNHH Dừa Xanh")
DAY, D = "1/5/2024", date(2024, 5, 1)
FLOORS = ["TT", "Tên sản phẩm", "Chủ thể", "Postmart", "Voso"]
ECOMMERCE = (
    PublicLayout(
        "floors and systems of traceability in one table",
        "vietnam.vnanet.vn/vietnamese/tin-tuc/dua-dac-san-quang-tri-len-quotke-hang-soquot-422178.html",
        [["TT", "Tên sản phẩm", "Chủ thể", "Sàn TMĐT", "Ngày lên sàn", "Hệ thống truy xuất",
          "Ngày tham gia"],
         [1, *HONEY, "Postmart", DAY, "VNPT Check", "15/3/2023"],
         [2, *COCONUT, "Voso", DAY, "-", None]],
        [(COCONUT[0], "Voso", "", D), (HONEY[0], "Postmart", "", D)],
        asked=[("column", ["G1"])], answers={"column": "ignore"}, dataset="ecommerce",
    ),
    PublicLayout(
        "links behind texts in a workbook of Excel 97",
        "github.com/yfedoseev/office_oxide/issues/306, …/PHPOffice/PhpSpreadsheet/issues/2769",
        [["TT", "Tên sản phẩm", "Chủ thể", "Sàn", "Đường dẫn", "Ngày lên sàn"],
         [1, *HONEY, "Postmart", Link("Xem tại đây", "https://postmart.vn/p/mat-ong-43160.html"),
          DAY],
         [2, *COCONUT, "Voso", Link("Gian hàng", "https://voso.vn/dừa-sáp?a=1&b=2"), DAY]],
        [(COCONUT[0], "Voso", "https://voso.vn/dừa-sáp?a=1&b=2", D),
         (HONEY[0], "Postmart", "https://postmart.vn/p/mat-ong-43160.html", D)],
        dataset="ecommerce", of_excel_97=True,
    ),
    PublicLayout(
        "a column for other floors beside those of known ones",
        "practice (reports on products brought to floors)",
        [[*FLOORS, "Sàn khác", "Ngày lên sàn"], [1, *HONEY, "x", "x", "Shopee, Lazada", DAY],
         [2, *COCONUT, "x", None, None, DAY]],
        [(COCONUT[0], "Postmart", "", D), (HONEY[0], "Lazada", "", D),
         (HONEY[0], "Postmart", "", D),
         (HONEY[0], "Shopee", "", D), (HONEY[0], "Voso", "", D)],
        dataset="ecommerce",
    ),
    PublicLayout(
        "the floor in the title only",
        "vietnamnet.vn/dua-san-pham-ocop-len-san-thuong-mai-dien-tu-…-2027832.html, practice",
        [["DANH SÁCH SẢN PHẨM OCOP ĐÃ LÊN SÀN POSTMART"],
         ["TT", "Tên sản phẩm", "Chủ thể", "Ngày lên sàn"], [1, *HONEY, DAY]],
        [(HONEY[0], "Postmart", "", D)], dataset="ecommerce",
    ),
    PublicLayout(
        "links without their protocol",
        "practice",
        [["TT", "Tên sản phẩm", "Chủ thể", "Link sản phẩm", "Ngày lên sàn"],
         [1, *HONEY, "www.voso.vn/mat-ong", DAY], [2, *COCONUT, "postmart.vn/dua-sap", DAY]],
        [(COCONUT[0], "Postmart", "postmart.vn/dua-sap", D),
         (HONEY[0], "Voso", "www.voso.vn/mat-ong", D)],
        dataset="ecommerce",
    ),
    PublicLayout(
        "how many are sold in a floor's column",
        "practice (statistics by floor)",
        [[*FLOORS, "Ngày lên sàn"], [1, *HONEY, 12, "x", DAY]],
        [(HONEY[0], "Voso", "", D)],
        asked=[("floor", ["D2"])], answers={"floor": "none"}, dataset="ecommerce",
    ),
    PublicLayout(
        "pages of the producer among the floors",
        "practice (Facebook, Zalo and a website of one's own)",
        [["TT", "Tên sản phẩm", "Chủ thể", "Kênh bán hàng trực tuyến", "Thời gian"],
         [1, *HONEY, "Facebook; Zalo; Shopee", DAY]],
        [(HONEY[0], "Facebook", "", D), (HONEY[0], "Shopee", "", D), (HONEY[0], "Zalo", "", D)],
        asked=[("column", ["E1"]), ("day", ["B2"])], answers={"column": "start"},
        dataset="ecommerce",
    ),
)  # fmt: skip

TRACEABILITY = (
    PublicLayout(
        "who has traceability, not for which product",
        "sohuutritue.net.vn/tra-vinh-trien-khai-cong-tac-dang-ky-bao-ho-…-d183320.html",
        [["CÁC CƠ SỞ ĐƯỢC XÂY DỰNG TRUY XUẤT NGUỒN GỐC"],
         ["TT", "Tên cơ sở", "Hệ thống", "Ngày tham gia"],
         [1, HONEY[1], "VNPT Check", DAY], [2, COCONUT[1], "VNPT Check", DAY]],
        errors=[("missing_column", None)], dataset="traceability",
    ),
    PublicLayout(
        "stamp, code and day under one header",
        "scribd.com/document/673429686/Ktum-Dao-Tao-Truy-Xuat-Nguon-Goc-2 (words), practice",
        [["TT", "Tên sản phẩm", "Chủ thể", "Truy xuất nguồn gốc", None, None],
         [None, None, None, "Tên hệ thống", "Mã", "Ngày tham gia"],
         [1, *HONEY, "VNPT-Check", 8938500000017, "15.03.2023"]],
        [(HONEY[0], "VNPT Check", "8938500000017", date(2023, 3, 15))],
        merged=["A1:A2", "B1:B2", "C1:C2", "D1:F1"], dataset="traceability",
    ),
    PublicLayout(
        "whether there is a stamp, and no system",
        "practice (reports on stamps by producer)",
        [["TT", "Tên sản phẩm", "Chủ thể", "Tem truy xuất nguồn gốc", "Ngày cấp mã"],
         [1, *HONEY, "Có", DAY], [2, *COCONUT, "Chưa có", DAY]],
        [(HONEY[0], "VNPT Check", "", D)],
        asked=[("system", ["D2"])], answers={"system": "typed:VNPT Check"}, dataset="traceability",
    ),
    PublicLayout(
        "the address that the QR code leads to",
        "practice (check.vnpt.vn and like sites)",
        [["TT", "Tên sản phẩm", "Chủ thể", "Đơn vị cung cấp tem", "Link truy xuất",
          "Ngày tham gia"],
         [1, *HONEY, "VNPT Check", "https://check.vnpt.vn/p/8938500000017", DAY]],
        [(HONEY[0], "VNPT Check", "", D)],
        dataset="traceability",
    ),
    PublicLayout(
        "a month for the day of joining",
        "practice",
        [["TT", "Tên sản phẩm", "Chủ thể", "Phần mềm", "Mã số GTIN", "Thời gian tham gia"],
         [1, *HONEY, "VNPT Check", "893 850 000 0017", "03/2023"],
         [2, *COCONUT, "VNPT Check", "8938500000024", "03/2023"]],
        [(COCONUT[0], "VNPT Check", "8938500000024", date(2023, 3, 1)),
         (HONEY[0], "VNPT Check", "893 850 000 0017", date(2023, 3, 1))],
        asked=[("day", ["F2", "F3"])], answers={"day": "first"}, dataset="traceability",
    ),
)  # fmt: skip
