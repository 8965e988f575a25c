"""Lists of recognised products."""

import unicodedata
from typing import Any

from tests.corpus.public.layout import PublicLayout

TITLE = "(Kèm theo Quyết định số 1693/QĐ-UBND ngày 22 tháng 8 năm 2022 của UBND tỉnh)"
AUGUST = "1693/QĐ-UBND 2022-08-22"
VINH_LONG = "(Kèm theo Quyết định số 1898/QĐ-UBND ngày 30/12/2025 của UBND tỉnh Vĩnh Long)"
DECEMBER_2025 = "1898/QĐ-UBND 2025-12-30"


def rated(
    name: str, owner: str, rank: int, district: str, decision: str = AUGUST, score: Any = None
) -> tuple[Any, ...]:
    return name, owner, rank, district, decision, score


RECOGNITIONS = (
    PublicLayout(
        "three rows of headers",
        "github.com/frictionlessdata/tabulator-py/issues/320 (merged headers in three rows)",
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
        merged=["A3:A5", "B3:B5", "C3:E3", "C4:C5", "D4:E4", "F3:G3", "F4:F5", "G4:G5"],
    ),
    PublicLayout(
        "a title right above two rows of headers, numbers of columns right below",
        "github.com/frictionlessdata/tabulator-py/issues/320, practice",
        [
            [TITLE], ["TT", "Tên sản phẩm", "Chủ thể", None, "Hạng"],
            [None, None, "Tên", "Địa chỉ", None], ["1", "2", "3", "4", "5"],
            [1, "Mật ong", "HTX Ong", "Xã Phú Cần, huyện Tiểu Cần", "3 sao"],
        ],
        [rated("Mật ong", "HTX Ong", 30, "846")], merged=["C2:D2"],
    ),
    PublicLayout(
        "rank and district in group rows, with numbers of columns and sub-totals",
        "agrimate.vn/read-blog/1772 (104 products by district and rank), practice",
        [
            [TITLE], ["TT", "Tên sản phẩm", "Chủ thể", "Điểm"], ["(1)", "(2)", "(3)", "(4)"],
            ["A", "SẢN PHẨM ĐẠT 4 SAO", None, None], ["I", "Huyện Càng Long", None, None],
            [1, "Mật ong", "HTX Ong", 75], [None, "Cộng: 01 sản phẩm", None, None],
            ["II", "Thị xã Duyên Hải", None, None], [2, "Khô cá", "Cơ sở Khô", 72],
            ["B", "SẢN PHẨM ĐẠT 3 SAO", None, None], ["I", "Huyện Cầu Kè", None, None],
            [3, "Bánh tét", "Hộ kinh doanh Tét", 60], [None, "Tổng cộng: 03 sản phẩm", None, None],
        ],
        [rated("Bánh tét", "Hộ kinh doanh Tét", 30, "845", score=60.0),
         rated("Khô cá", "Cơ sở Khô", 40, "851", score=72.0),
         rated("Mật ong", "HTX Ong", 40, "844", score=75.0)],
    ),
    PublicLayout(
        "the ministry's list with other provinces",
        "kinhtetieudung.vn/them-22-san-pham-duoc-cong-nhan-dat-ocop-5-sao-a5526.html",
        [
            ["(Kèm theo Quyết định số 2814/QĐ-BNN-VPĐP ngày 11/7/2023)"],
            ["TT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Phân hạng"],
            [1, "Mật hoa", "Công ty Mẫu", "Xã Phú Cần, huyện Tiểu Cần, tỉnh Trà Vinh", "5 sao"],
            [2, "Nước mắm", "Công ty Khơi", "Thị trấn Dương Đông, tỉnh Kiên Giang", "5 sao"],
            [3, "Kẹo dừa", "Công ty Bến", "Xã Tân Thạch, huyện Châu Thành, tỉnh Bến Tre", "5 sao"],
        ],
        errors=[("unknown_unit", "D4"), ("unknown_unit", "D5")],
    ),
    PublicLayout(
        "the province in a column of its own",
        "github.com/flyingNgonDing/Address-Normalizer README (Xã, Huyện, Tỉnh)",
        [
            [TITLE], ["TT", "Tên sản phẩm", "Chủ thể", "Xã", "Huyện", "Tỉnh", "Hạng sao"],
            [1, "Mật ong", "HTX Ong", "Phú Cần", "Tiểu Cần", "Trà Vinh", "3 sao"],
            [2, "Kẹo dừa", "Công ty Bến", None, "Châu Thành", "Bến Tre", "4 sao"],
        ],
        errors=[("unknown_unit", "E4")],
    ),
    PublicLayout(
        "the address in brackets after the producer",
        "etime.danviet.vn/hue-cap-giay-chung-nhan-cho-11-san-pham-ocop-…-202011281043519.htm",
        [
            [TITLE], ["TT", "Tên sản phẩm", "Chủ thể (địa chỉ)", "Xếp hạng"],
            [1, "Mật ong", "HTX Ong (ấp Chợ, xã Phú Cần, huyện Tiểu Cần)", "3 sao"],
            [2, "Tôm khô", "Cơ sở Tôm (xã Vinh Kim, huyện Cầu Ngang)", "4 sao"],
        ],
        [rated("Mật ong", "HTX Ong", 30, "846"), rated("Tôm khô", "Cơ sở Tôm", 40, "848")],
    ),
    PublicLayout(
        "spaces of no width, hard spaces and decomposed letters in headers",
        "github.com/pandas-dev/pandas/issues/36343 (zero width no-break space in a header)",
        [
            [TITLE],
            ["\ufeffStt", "Tên\u00a0sản\u200b phẩm",
             unicodedata.normalize("NFD", "Tên cơ sở sản xuất"), "ÐỊA\u00a0CHỈ\u200b",
             "Số\u2060 sao"],
            [1, "Mật\u200b ong", unicodedata.normalize("NFD", "HTX Ong"), "Xã Phú Cần, Tiểu Cần",
             3],
        ],
        [rated("Mật ong", "HTX Ong", 30, "846")],
    ),
    PublicLayout(
        "headers broken over lines, empty rows below them, producers merged over rows",
        "github.com/pandas-dev/pandas/issues/40442 and github.com/awalker89/openxlsx/issues/384",
        [
            [TITLE], ["STT", "Tên\nsản phẩm", "Tên\nchủ thể", "Địa\nchỉ", "Số\nđiểm", "Xếp\nloại"],
            [], [],
            [1, "Trà sen", "HTX Ong", "Xã Phú Cần, huyện Tiểu Cần", "71,5 đ", "4 sao"],
            [2, "Trà gừng", None, None, "61.25 điểm", "3 sao"],
            [3, "Mứt dừa", None, None, "60/100", "3 sao"],
        ],
        [rated("Mứt dừa", "HTX Ong", 30, "846", score=60.0),
         rated("Trà gừng", "HTX Ong", 30, "846", score=61.25),
         rated("Trà sen", "HTX Ong", 40, "846", score=71.5)],
        merged=["C5:C7", "D5:D7"],
    ),
    PublicLayout(
        "a telephone number after the producer",
        "nongthonmoi.travinh.gov.vn/huyen-tieu-can-co-09-san-pham-ocop/ (layout), practice",
        [
            [TITLE], ["TT", "Sản phẩm", "Chủ thể", "Huyện", "Hạng"],
            [1, "Mật ong", "HTX Ong - ĐT: 0912 345 678", "Tiểu Cần", "3 sao"],
            [2, "Phấn hoa", "HTX Ong (SĐT 0294.3855.246)", "Tiểu Cần", "3 sao"],
            [3, "Sáp ong", "HTX Ong, điện thoại: 0912345678", "Tiểu Cần", "3 sao"],
        ],
        [rated(name, "HTX Ong", 30, "846") for name in ("Mật ong", "Phấn hoa", "Sáp ong")],
    ),
    PublicLayout(
        "a household, its workshop and its hamlet joined by hyphens",
        "tptv.travinh.gov.vn/…/tp-tra-vinh-trao-giay-chung-nhan-cho-12-san-pham-ocop-…-2019",
        [
            [TITLE], ["TT", "Tên sản phẩm", "Chủ thể, địa chỉ", "Đạt hạng"],
            [1, "Chả hoa", "Hộ kinh doanh Lê Thị Mẫu-cơ sở sản xuất Năm Mẫu-khóm 2, Phường 4, "
             "TP. Trà Vinh", "hạng 4 sao"],
        ],
        [rated("Chả hoa", "Hộ kinh doanh Lê Thị Mẫu-cơ sở sản xuất Năm Mẫu", 40, "842")],
    ),
    PublicLayout(
        "several products before one decision",
        "a public seed of Hanoi's traditional crafts: '…theo QĐ số 2008/QĐ/UBND ngày 07/04/2023'",
        [
            ["Tên chủ thể", "Huyện", "Tên sản phẩm OCOP", "Hạng sao", "Quyết định công nhận"],
            ["HTX Nấm", "Cầu Kè", "Nấm tươi, Nấm khô, Nấm ký chủ", "3 sao",
             "QĐ số 2008/QĐ/UBND ngày 07/04/2023"],
        ],
        asked=[("split", ["C2"])], answers={"split": "split"},
        found=[rated(name, "HTX Nấm", 30, "845", "2008/QĐ-UBND 2023-04-07")
               for name in ("Nấm khô", "Nấm ký chủ", "Nấm tươi")],
    ),
    PublicLayout(
        "days in many spellings",
        "practice",
        [
            ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao", "Số QĐ", "Ngày ký"],
            [1, "Mật ong", "HTX Ong", "Cầu Kè", "3 sao", "1693/QĐ-UBND", "22.08.2022"],
            [2, "Tôm khô", "Cơ sở Tôm", "Cầu Kè", "3 sao", "1693/QĐ-UBND", "22-Aug-2022"],
            [3, "Trà sen", "Cơ sở Trà", "Cầu Kè", "3 sao", "1693/QĐ-UBND", "Ngày 22/8/2022"],
        ],
        [rated("Mật ong", "HTX Ong", 30, "845"), rated("Trà sen", "Cơ sở Trà", 30, "845"),
         rated("Tôm khô", "Cơ sở Tôm", 30, "845")],
    ),
    PublicLayout(
        "a day with two digits of the year",
        "practice",
        [
            ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao", "Số QĐ", "Ngày ký"],
            [1, "Mật ong", "HTX Ong", "Cầu Kè", "3 sao", "1693/QĐ-UBND", "ngày 22/8/22"],
        ],
        asked=[("day", ["G2"])], answers={"day": "first"},
        found=[rated("Mật ong", "HTX Ong", 30, "845")],
    ),
    PublicLayout(
        "ranks in figures, signs and words",
        "canglong.travinh.gov.vn:443/…/cang-long-co-06-san-pham-ocop-…-hang-03-sao-cap-tinh",
        [
            [TITLE], ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Phân hạng"],
            [1, "Gạo tím", "HTX Gạo", "Càng Long", "★★★"],
            [2, "Cốm dẹp", "Hộ kinh doanh Cốm", "Càng Long", "3*"],
            [3, "Quýt đường", "HTX Quýt", "Càng Long", "Ba (3) sao"],
            [4, "Rượu sâm", "Hộ kinh doanh Rượu", "Càng Long", "hạng 03 sao cấp tỉnh"],
            [5, "Viên uống", "Công ty Viên", "Càng Long", "04 (bốn) sao"],
        ],
        [rated("Cốm dẹp", "Hộ kinh doanh Cốm", 30, "844"),
         rated("Gạo tím", "HTX Gạo", 30, "844"), rated("Quýt đường", "HTX Quýt", 30, "844"),
         rated("Rượu sâm", "Hộ kinh doanh Rượu", 30, "844"),
         rated("Viên uống", "Công ty Viên", 40, "844")],
    ),
    PublicLayout(
        "a title that names the decision, its grounds and the one it replaces",
        "proatc.vn/van-ban-quy-dinh-ve-ocop/ (grounds), practice",
        [
            ["Căn cứ Quyết định số 1048/QĐ-TTg ngày 21/8/2019 của Thủ tướng Chính phủ"],
            ["(Kèm theo Quyết định số 1693/QĐ-UBND ngày 22/8/2022, thay thế Quyết định số "
             "120/QĐ-UBND ngày 12/1/2022)"],
            ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao"],
            [1, "Mật ong", "HTX Ong", "Cầu Kè", "3 sao"],
        ],
        [rated("Mật ong", "HTX Ong", 30, "845")],
    ),
    PublicLayout(
        "a title that names two decisions of recognition",
        "data of Lâm Đồng on GitHub ('858/QĐ-UBND tỉnh … 1887/QĐ-UBND huyện …')",
        [
            ["DANH SÁCH SẢN PHẨM OCOP (theo Quyết định số 858/QĐ-UBND ngày 5/5/2023 của UBND tỉnh "
             "và Quyết định số 1887/QĐ-UBND ngày 6/6/2023 của UBND huyện Cầu Kè)"],
            ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao"],
            [1, "Mật ong", "HTX Ong", "Cầu Kè", "3 sao"],
        ],
        asked=[("decision", ["B3"])], answers={"decision": "same:1887/QĐ-UBND|06/06/2023"},
        found=[rated("Mật ong", "HTX Ong", 30, "845", "1887/QĐ-UBND 2023-06-06")],
    ),
    PublicLayout(
        "notes, totals and signatures below the table",
        "ocopbentre.girc.edu.vn (decisions of recognition), practice",
        [
            [TITLE], ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao", "Ghi chú"],
            ["01", "Mật ong", "HTX Ong", "Cầu Kè", "3 sao", "Công nhận mới"],
            ["02", "Tôm khô", "Cơ sở Tôm", "Cầu Kè", "4 sao", None],
            [None, "Tổng cộng: 02 sản phẩm", None, None, None, None], [],
            ["Ghi chú: 01 sản phẩm đạt 4 sao, 01 sản phẩm đạt 3 sao."],
            ["Danh sách này có 02 sản phẩm./."],
            ["Nơi nhận:", None, None, "TM. ỦY BAN NHÂN DÂN"],
            ["- Như trên;", None, None, "CHỦ TỊCH"],
            ["- Lưu: VT.", None, None, "(Đã ký)"], [], [None, None, None, "Nguyễn Văn Mẫu"],
        ],
        [rated("Mật ong", "HTX Ong", 30, "845"), rated("Tôm khô", "Cơ sở Tôm", 40, "845")],
    ),
    PublicLayout(
        "addresses of before and after the reform in a decision of after it",
        "github.com/flyingNgonDing/Address-Normalizer README (old and new units), practice",
        [
            [VINH_LONG], ["TT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Hạng sao"],
            [1, "Mật ong", "HTX Ong", "Ấp 1, xã Tam Ngãi, tỉnh Vĩnh Long", "3 sao"],
            [2, "Tôm khô", "Cơ sở Tôm", "Xã Cầu Kè", "3 sao"],
            [3, "Trà sen", "Cơ sở Trà", "Xã Phú Cần, huyện Tiểu Cần, tỉnh Trà Vinh", "3 sao"],
            [4, "Rượu nếp", "Cơ sở Rượu", "Xã Phú Cần, huyện Tiểu Cần, tỉnh Vĩnh Long", "3 sao"],
            [5, "Cốm dẹp", "Cơ sở Cốm", "Xã Phú Cần, huyện Tiểu Cần, tỉnh Trà Vinh (nay là xã Tiểu "
             "Cần, tỉnh Vĩnh Long)", "3 sao"],
        ],
        [rated("Cốm dẹp", "Cơ sở Cốm", 30, "846", DECEMBER_2025),
         rated("Mật ong", "HTX Ong", 30, "845", DECEMBER_2025),
         rated("Rượu nếp", "Cơ sở Rượu", 30, "846", DECEMBER_2025),
         rated("Trà sen", "Cơ sở Trà", 30, "846", DECEMBER_2025),
         rated("Tôm khô", "Cơ sở Tôm", 30, "845", DECEMBER_2025)],
    ),
)  # fmt: skip
