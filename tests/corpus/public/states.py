"""Lists that say more of a recognition than that it was given: years, earlier ranks, withdrawals,
registrations, ends."""

from tests.corpus.public.layout import PublicLayout
from tests.corpus.public.recognitions import TITLE, rated

HEAD = ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao"]
HONEY, SHRIMP, RICE = (
    [1, "Mật ong", "HTX Ong", "Cầu Kè", "3 sao"],
    [2, "Tôm khô", "Cơ sở Tôm", "Cầu Ngang", "4 sao"],
    [3, "Gạo tím", "HTX Gạo", "Càng Long", "3 sao"],
)
FIRST_OF_2021, FIRST_OF_2022 = " 2021-01-01", " 2022-01-01"
WITHDRAWN = "QUYẾT ĐỊNH THU HỒI GIẤY CHỨNG NHẬN SẢN PHẨM OCOP"
IN_DECEMBER = "(Kèm theo Quyết định số 1700/QĐ-UBND ngày 20/12/2024 của UBND tỉnh)"
OF_2021 = "2500/QĐ-UBND ngày 30/12/2021"

STATES = (
    PublicLayout(
        "the year of recognition and nothing else of the day",
        "github.com/DATDT1810/TraVinhMaps (a product has ocopPoint and ocopYearRelease)",
        [
            ["TT", "Tên sản phẩm", "Tên cơ sở", "Huyện", "Số sao", "Năm công nhận"],
            [*HONEY, 2022], [*SHRIMP, 2021], [*RICE, "Năm 2022"],
        ],
        [rated("Gạo tím", "HTX Gạo", 30, "844", FIRST_OF_2022),
         rated("Mật ong", "HTX Ong", 30, "845", FIRST_OF_2022),
         rated("Tôm khô", "Cơ sở Tôm", 40, "848", FIRST_OF_2021)],
        asked=[("day", ["F2", "F4"]), ("day", ["F3"])], answers={"day": "first"},
    ),
    PublicLayout(
        "the year of recognition under a decision of another year",
        "nhandan.vn/ocop/quang-binh-nhieu-san-pham-ocop-bi-rut-sao-…-post755443.html",
        [[TITLE], [*HEAD, "Năm công nhận"], [*HONEY, 2022], [*SHRIMP, 2021]],
        [rated("Mật ong", "HTX Ong", 30, "845"),
         rated("Tôm khô", "Cơ sở Tôm", 40, "848", FIRST_OF_2021)],
        asked=[("day", ["F4"])], answers={"day": "first"},
    ),
    PublicLayout(
        "the rank before and the one of the new rating",
        "nguoinghe.vn/nghe-an-40-san-pham-het-thoi-han-su-dung-nhan-hieu-ocop-a264135.html",
        [
            [TITLE], [*HEAD, "Kết quả đánh giá lại"],
            [1, "Khăn dệt", "HTX Dệt", "Cầu Kè", "4 sao", "3 sao"],
            [2, "Hạt sen", "HTX Sen", "Cầu Ngang", "3 sao", "4 sao"],
        ],
        [rated("Hạt sen", "HTX Sen", 40, "848"), rated("Khăn dệt", "HTX Dệt", 30, "845")],
    ),
    PublicLayout(
        "old and new rank under one header, not every product rated again",
        "nguoinghe.vn/nghe-an-40-san-pham-het-thoi-han-su-dung-nhan-hieu-ocop-a264135.html",
        [
            [TITLE], ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao", None],
            [None, None, None, None, "Cũ", "Mới"],
            [1, "Khăn dệt", "HTX Dệt", "Cầu Kè", "4 sao", "3 sao"],
            [2, "Cam mật", "HTX Cam", "Cầu Kè", "3 sao", "Không tham gia"],
            [3, "Hương thẻ", "Hộ sản xuất Hương", "Cầu Kè", "3 sao", None],
        ],
        errors=[("required", "F5"), ("required", "F6")], merged=["E2:F2"],
    ),
    PublicLayout(
        "ranks of two years side by side",
        "nguoinghe.vn/nghe-an-40-san-pham-het-thoi-han-su-dung-nhan-hieu-ocop-a264135.html",
        [[TITLE], [*HEAD[:4], "Hạng sao năm 2019", "Hạng sao năm 2022"],
         [1, "Khăn dệt", "HTX Dệt", "Cầu Kè", "4 sao", "3 sao"]],
        errors=[("missing_column", None)],
    ),
    PublicLayout(
        "certificates withdrawn by the decision in the title",
        "thuonghieusanpham.vn/dong-thap-thu-hoi-giay-chung-nhan-doi-voi-47-san-pham-ocop-77039.html",
        [[WITHDRAWN], [IN_DECEMBER], HEAD, HONEY, SHRIMP],
        asked=[("table", ["B4", "B5"]), ("decision", ["B4", "B5"])],
        answers={"decision": "typed:2500/QĐ-UBND|30/12/2021", "table": "withdrawn"},
        found=[rated("Mật ong", "HTX Ong", 30, "845", "2500/QĐ-UBND 2021-12-30 – 2024-12-20"),
               rated("Tôm khô", "Cơ sở Tôm", 40, "848", "2500/QĐ-UBND 2021-12-30 – 2024-12-20")],
    ),
    PublicLayout(
        "certificates withdrawn, each with the decision that gave it and the reason",
        "hangthat.thuonghieucongluan.com.vn/dong-thap-thu-hoi-25-san-pham-ocop-…-a93320.html",
        [["DANH SÁCH SẢN PHẨM BỊ THU HỒI GIẤY CHỨNG NHẬN OCOP"], [IN_DECEMBER],
         [*HEAD, "Quyết định công nhận", "Lý do thu hồi"],
         [*HONEY, OF_2021, "Không tham gia đánh giá lại"],
         [*SHRIMP, OF_2021, "Đánh giá lại không đạt"]],
        asked=[("table", ["B4", "B5"])], answers={"table": "withdrawn"},
        found=[rated("Mật ong", "HTX Ong", 30, "845", "2500/QĐ-UBND 2021-12-30 – 2024-12-20"),
               rated("Tôm khô", "Cơ sở Tôm", 40, "848", "2500/QĐ-UBND 2021-12-30 – 2024-12-20")],
    ),
    PublicLayout(
        "products registered for rating with the rank aimed at",
        "thhp.vn/tin-tuc/202109/79-san-pham-dang-ky-danh-gia-phan-hang-san-pham-ocop-…-088786e/",
        [["DANH SÁCH SẢN PHẨM ĐĂNG KÝ ĐÁNH GIÁ, PHÂN HẠNG OCOP NĂM 2022"], [TITLE],
         [*HEAD[:4], "Hạng sao (đăng ký)"], HONEY],
        errors=[("missing_column", None)],
    ),
    PublicLayout(
        "products registered for rating whose title names a decision",
        "thhp.vn/tin-tuc/202109/79-san-pham-dang-ky-danh-gia-phan-hang-san-pham-ocop-…-088786e/",
        [["DANH SÁCH SẢN PHẨM ĐĂNG KÝ ĐÁNH GIÁ, PHÂN HẠNG OCOP NĂM 2022"], [TITLE], HEAD, HONEY],
        asked=[("decision", ["B4"])], answers={"decision": "same:1693/QĐ-UBND|22/08/2022"},
        found=[rated("Mật ong", "HTX Ong", 30, "845")],
    ),
    PublicLayout(
        "what was new, recognised again or upgraded, each in a column of its own",
        "baovinhlong.vn/kinh-te/202504/co-them-35-san-pham-ocop-duoc-chung-nhan-1390164/",
        [[TITLE], [*HEAD, "Công nhận mới", "Công nhận lại", "Nâng hạng"],
         [*HONEY, "x"], [*SHRIMP, None, None, "x"], [*RICE, None, "x"]],
        [rated("Gạo tím", "HTX Gạo", 30, "844"), rated("Mật ong", "HTX Ong", 30, "845"),
         rated("Tôm khô", "Cơ sở Tôm", 40, "848")],
    ),
    PublicLayout(
        "the day of the end and no day of the decision",
        "nhandan.vn/ocop/quang-binh-nhieu-san-pham-ocop-bi-rut-sao-…-post755443.html",
        [[*HEAD, "Ngày hết hạn"], [*HONEY, "22/8/2025"], [*SHRIMP, "22/8/2025"]],
        [rated("Mật ong", "HTX Ong", 30, "845"), rated("Tôm khô", "Cơ sở Tôm", 40, "848")],
        asked=[("decision", ["B2", "B3"])],
        answers={"decision": "typed:1693/QĐ-UBND|22/08/2022"},
    ),
    PublicLayout(
        "products whose term is over, with decision and end",
        "nguoinghe.vn/nghe-an-40-san-pham-… (Quyết định 303/QĐ-UBND ngày 4/2/2020 của Nghệ An)",
        [["DANH SÁCH SẢN PHẨM HẾT THỜI HẠN SỬ DỤNG NHÃN HIỆU OCOP (tính đến ngày 17/9/2023)"],
         [*HEAD, "Quyết định công nhận", "Hết hiệu lực"],
         [*HONEY, "303/QĐ-UBND ngày 4/2/2020", "4/2/2023"],
         [*SHRIMP, "303/QĐ-UBND ngày 4/2/2020", "4/2/2023"]],
        [rated("Mật ong", "HTX Ong", 30, "845", "303/QĐ-UBND 2020-02-04"),
         rated("Tôm khô", "Cơ sở Tôm", 40, "848", "303/QĐ-UBND 2020-02-04")],
    ),
)  # fmt: skip
