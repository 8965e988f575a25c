"""Lists whose headers or group rows carry what a column carries elsewhere."""

from tests.corpus.public.layout import PublicLayout
from tests.corpus.public.recognitions import TITLE, rated

BY_THE_MINISTRY = "(Kèm theo Quyết định số 47/QĐ-BNN-VPĐP ngày 06/01/2025)"
JANUARY_2025 = "47/QĐ-BNN-VPĐP 2025-01-06"

GROUPS = (
    PublicLayout(
        "three rows of headers without merged cells",
        "github.com/frictionlessdata/frictionless-py/issues/1024, …/tidyverse/readxl/issues/379",
        [
            ["PHỤ LỤC"], [TITLE],
            ["Stt", "Tên sản phẩm", "Chủ thể", None, None, "Kết quả đánh giá", None],
            [None, None, "Tên", "Địa chỉ", None, "Điểm", "Hạng"],
            [None, None, None, "Xã", "Huyện", None, None],
            [1, "Mật ong", "HTX Ong", "Xã Phú Cần", "Tiểu Cần", "65,5", "3 sao"],
            [2, "Tôm khô", "Cơ sở Tôm", "Xã Vinh Kim", "Cầu Ngang", 71, "4 sao"],
        ],
        [rated("Mật ong", "HTX Ong", 30, "846", score=65.5),
         rated("Tôm khô", "Cơ sở Tôm", 40, "848", score=71.0)],
    ),
    PublicLayout(
        "products below a row that names their producer",
        "bidiusta.binhdinh.gov.vn/news/trong-nuoc/20-san-pham-ocop-cap-quoc-gia-5-sao-642.html",
        [
            [TITLE], ["TT", "Tên sản phẩm", "Phân hạng"],
            ["Chủ thể: Công ty TNHH Mẫu, huyện Tiểu Cần, Trà Vinh"], [1, "Bát hoa sen", "3 sao"],
            [2, "Bát hoa cúc", "4 sao"],
            ["Chủ thể: HTX Gốm, xã Phú Cần, huyện Tiểu Cần"], [3, "Bát gạo", "3 sao"],
        ],
        [rated("Bát gạo", "HTX Gốm", 30, "846"),
         rated("Bát hoa cúc", "Công ty TNHH Mẫu", 40, "846"),
         rated("Bát hoa sen", "Công ty TNHH Mẫu", 30, "846")],
    ),
    PublicLayout(
        "numbered producers below their ranks, each with its products",
        "dantocmiennui.vn/tra-vinh-cong-nhan-them-26-san-pham-ocop/301321.html",
        [
            [TITLE], ["TT", "Tên sản phẩm", "Huyện", "Điểm"],
            ["A", "10 sản phẩm đạt hạng 4 sao"], ["I", "Công ty TNHH Mẫu Farm"],
            [1, "Đường hoa", "Tiểu Cần", 75], [2, "Nước mật hoa", "Tiểu Cần", 76],
            ["II", "Hợp tác xã Dừa Mẫu"], [3, "Dừa sáp", "Cầu Kè", 72],
            ["B", "16 sản phẩm đạt hạng 3 sao"], ["I", "Hộ kinh doanh Bột Mẫu"],
            [4, "Bột nưa", "Trà Cú", 61],
        ],
        [rated("Bột nưa", "Hộ kinh doanh Bột Mẫu", 30, "849", score=61.0),
         rated("Dừa sáp", "Hợp tác xã Dừa Mẫu", 40, "845", score=72.0),
         rated("Nước mật hoa", "Công ty TNHH Mẫu Farm", 40, "846", score=76.0),
         rated("Đường hoa", "Công ty TNHH Mẫu Farm", 40, "846", score=75.0)],
    ),
    PublicLayout(
        "group rows that name no producer where no column does",
        "vietnamnews.vn/economy/1690849/28-products-receive-five-star-national-ocop-rating.html",
        [[TITLE], ["TT", "Tên sản phẩm", "Huyện", "Phân hạng"], ["I", "NHÓM THỰC PHẨM"],
         [1, "Mật ong", "Tiểu Cần", "3 sao"]],
        errors=[("missing_column", None)],
    ),
    PublicLayout(
        "products by group of goods, with their numbers",
        "vietnamnews.vn/economy/1690849/28-products-receive-five-star-national-ocop-rating.html",
        [
            [BY_THE_MINISTRY], ["TT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Hạng"],
            ["I", "NHÓM THỰC PHẨM (02 sản phẩm)"],
            [1, "Trà Đinh", "HTX Trà Mẫu", "Huyện Tiểu Cần, tỉnh Trà Vinh", "5 sao"],
            [2, "Miến sạch", "HTX Miến Mẫu", "Huyện Cầu Kè, tỉnh Trà Vinh", "5 sao"],
            ["II", "NHÓM DỊCH VỤ DU LỊCH CỘNG ĐỒNG, DU LỊCH SINH THÁI VÀ ĐIỂM DU LỊCH (01)"],
            [3, "Làng Mẫu", "Công ty TNHH Làng Mẫu", "Huyện Châu Thành, tỉnh Trà Vinh", "5 sao"],
        ],
        [rated("Làng Mẫu", "Công ty TNHH Làng Mẫu", 50, "847", JANUARY_2025),
         rated("Miến sạch", "HTX Miến Mẫu", 50, "845", JANUARY_2025),
         rated("Trà Đinh", "HTX Trà Mẫu", 50, "846", JANUARY_2025)],
    ),
    PublicLayout(
        "product, producer and place in one cell",
        "doanhnghiephoinhap.vn/ca-nuoc-vua-co-them-22-san-pham-ocop-duoc-cong-nhan-….html",
        [[TITLE], ["TT", "Tên sản phẩm - chủ thể - địa chỉ", "Hạng sao"],
         [1, "Mật hoa - Công ty TNHH Mẫu, xã Phú Cần, huyện Tiểu Cần, tỉnh Trà Vinh", "4 sao"]],
        errors=[("no_header", None)],
    ),
    PublicLayout(
        "two products joined by a word, the district behind the producer",
        "langngheviet.com.vn/tra-vinh-cong-nhan-them-28-san-pham-ocop-nam-2022-13019.html",
        [[TITLE], ["TT", "Tên sản phẩm", "Chủ thể", "Hạng sao"],
         [1, "Thảm xơ dừa và nước cốt dừa cấp đông", "Công ty cổ phần Mẫu (thành phố Trà Vinh)",
          "4 sao"]],
        asked=[("split", ["B3"])], answers={"split": "split"},
        found=[rated("Thảm xơ dừa", "Công ty cổ phần Mẫu", 40, "842"),
               rated("nước cốt dừa cấp đông", "Công ty cổ phần Mẫu", 40, "842")],
    ),
    PublicLayout(
        "the code of the national system before the name",
        "github.com/tranquangduc24011999/ommani_ocop (Mã sản phẩm: 83-829-28780-3-2022)",
        [
            [TITLE], ["Mã sản phẩm", "Tên sản phẩm", "Tên chủ thể", "Huyện", "Trạng thái", "Sao"],
            ["84-846-29326-1-2022", "Kẹo dừa", "Công ty TNHH Mẫu", "Tiểu Cần", "Hoàn thành", 4],
            ["84-845-29308-2-2022", "Mật ong", "HTX Ong", "Cầu Kè", "Hoàn thành", 3],
        ],
        [rated("Kẹo dừa", "Công ty TNHH Mẫu", 40, "846"), rated("Mật ong", "HTX Ong", 30, "845")],
    ),
)  # fmt: skip
