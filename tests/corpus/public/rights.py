"""Lists of intellectual property rights."""

from datetime import date
from typing import Any

from tests.corpus.public.layout import PublicLayout


def right(
    kind: str, name: str, owner: str, number: str = "", certificate: str = "", **days: date
) -> tuple[Any, ...]:
    """`days`: filed and granted."""
    return kind, name, owner, number, certificate, days.get("filed"), days.get("granted")


NUMBERED, FILED, GRANTED = "4-2021-12345", date(2021, 6, 5), date(2023, 1, 10)
RIGHTS = (
    PublicLayout(
        "geographical indications with the decisions that granted them",
        "www.most.gov.vn/vn/tag/1500/chi-dan-dia-ly.aspx (Quyết định số 4927/QĐ-SHTT, số 00101)",
        [["DANH SÁCH CHỈ DẪN ĐỊA LÝ ĐƯỢC CẤP GIẤY CHỨNG NHẬN"],
         ["STT", "Chỉ dẫn địa lý", "Quyết định cấp", None, "Số giấy chứng nhận",
          "Tổ chức quản lý"],
         [None, None, "Số", "Ngày", None, None],
         [1, "Mẫu Giang", "4927/QĐ-SHTT", "29/12/2020", "00101", "UBND huyện Cầu Kè"],
         [2, "Mẫu Hải", "4926/QĐ-SHTT", "29/12/2020", "00100", "UBND huyện Trà Cú"]],
        [right("geographical_indication", "Mẫu Giang", "UBND huyện Cầu Kè", certificate="00101",
               granted=date(2020, 12, 29)),
         right("geographical_indication", "Mẫu Hải", "UBND huyện Trà Cú", certificate="00100",
               granted=date(2020, 12, 29))],
        asked=[("column", ["C3"])], answers={"column": "ignore"},
        merged=["C2:D2"], dataset="ip_rights",
    ),
    PublicLayout(
        "geographical indications with their register",
        "most.gov.vn/vn/tag/1500/chi-dan-dia-ly.aspx (register's number, managing body)",
        [["DANH SÁCH CHỈ DẪN ĐỊA LÝ ĐÃ ĐƯỢC BẢO HỘ"],
         ["STT", "Chỉ dẫn địa lý", "Sản phẩm", "Số đăng bạ", "Ngày cấp", "Tổ chức quản lý"],
         [1, "Mẫu Giang", "Gạo nếp", "00098", "25/12/2020", "Sở Khoa học và Công nghệ tỉnh"]],
        [right("geographical_indication", "Mẫu Giang", "Sở Khoa học và Công nghệ tỉnh",
               certificate="00098", granted=date(2020, 12, 25))],
        dataset="ip_rights",
    ),
    PublicLayout(
        "kinds in group rows below a title of marks",
        "practice (provinces' lists of marks by kind)",
        [["DANH SÁCH NHÃN HIỆU CỦA TỈNH"],
         ["TT", "Tên nhãn hiệu", "Chủ sở hữu", "Đơn", None, "Văn bằng", None],
         [None, None, None, "Số", "Ngày nộp", "Số", "Ngày cấp"],
         ["I", "NHÃN HIỆU CHỨNG NHẬN"],
         [1, "Dừa Mẫu", "UBND huyện Cầu Kè", NUMBERED, "5/6/2021", "412345", "10/1/2023"],
         ["II", "NHÃN HIỆU TẬP THỂ"],
         [2, "Tôm Mẫu", "Hội Nông dân", "4-2021-12399", "5/6/2021", "412399", "10/1/2023"],
         ["III", "NHÃN HIỆU THÔNG THƯỜNG"],
         [3, "Mật Mẫu", "HTX Mẫu", "4-2021-12400", "5/6/2021", "412400", "10/1/2023"]],
        [right("certification_mark", "Dừa Mẫu", "UBND huyện Cầu Kè", NUMBERED, "412345",
               filed=FILED, granted=GRANTED),
         right("collective_mark", "Tôm Mẫu", "Hội Nông dân", "4-2021-12399", "412399", filed=FILED,
               granted=GRANTED),
         right("trademark", "Mật Mẫu", "HTX Mẫu", "4-2021-12400", "412400", filed=FILED,
               granted=GRANTED)],
        merged=["D2:E2", "F2:G2"], dataset="ip_rights",
    ),
    PublicLayout(
        "number and day of application and certificate in one cell each",
        "practice (lists of who got support under the resolution)",
        [["DANH SÁCH TỔ CHỨC ĐƯỢC HỖ TRỢ ĐĂNG KÝ NHÃN HIỆU THEO NGHỊ QUYẾT 80/2019/NQ-HĐND"],
         ["TT", "Tên nhãn hiệu", "Tên tổ chức, cá nhân", "Số đơn, ngày nộp đơn", "Số GCN, ngày cấp",
          "Số tiền hỗ trợ"],
         [1, "Dừa Mẫu", "HTX Mẫu", "4-2021-12345 ngày 05/6/2021", "412345, ngày 10/01/2023",
          "10.000.000"]],
        [right("trademark", "Dừa Mẫu", "HTX Mẫu", NUMBERED, "412345", filed=FILED,
               granted=GRANTED)],
        dataset="ip_rights",
    ),
    PublicLayout(
        "number and day with more words beside them, and none",
        "practice",
        [["DANH SÁCH NHÃN HIỆU"],
         ["TT", "Tên nhãn hiệu", "Chủ đơn", "Số đơn/ngày nộp đơn", "Số GCN/ngày cấp"],
         [1, "Dừa Mẫu", "HTX Mẫu", "Số: 4-2021-12345 (nộp ngày 05/6/2021)", "Chưa cấp"],
         [2, "Mật Mẫu", "HTX Mật", "4-2021-12400", "QĐ 55 số 412345 ngày 10/01/2023"]],
        errors=[("invalid_date", "E4")], dataset="ip_rights",
    ),
    PublicLayout(
        "a group row of marks under a title of collective marks",
        "practice",
        [["DANH SÁCH NHÃN HIỆU TẬP THỂ"], ["TT", "Tên nhãn hiệu", "Chủ sở hữu", "Số đơn"],
         ["I", "Nhãn hiệu của huyện Cầu Kè"], [1, "Dừa Mẫu", "Hội Dừa", NUMBERED]],
        [right("collective_mark", "Dừa Mẫu", "Hội Dừa", NUMBERED)], dataset="ip_rights",
    ),
    PublicLayout(
        "the certificate in the state's column",
        "practice",
        [["DANH SÁCH NHÃN HIỆU"],
         ["TT", "Nhãn hiệu", "Chủ đơn", "Số đơn", "Ngày nộp đơn", "Tình trạng"],
         [1, "Dừa Mẫu", "HTX Mẫu", NUMBERED, "5/6/2021", "Đã cấp GCN số 412345 ngày 10/01/2023"]],
        [right("trademark", "Dừa Mẫu", "HTX Mẫu", NUMBERED, "412345", filed=FILED,
               granted=GRANTED)],
        dataset="ip_rights",
    ),
    PublicLayout(
        "kinds by their short names",
        "practice",
        [["TT", "Loại", "Tên đối tượng", "Chủ sở hữu", "Số đơn", "Ngày nộp đơn", "Ngày cấp"],
         [1, "NHTT", "Tôm Mẫu", "Hội Nông dân", NUMBERED, "5/6/2021", "10/1/2023"],
         [2, "KDCN", "Hộp Mẫu", "HTX Mẫu", "3-2021-00123", "5/6/2021", None],
         [3, "CDĐL", "Mẫu Giang", "UBND tỉnh", "6-2021-00001", "5/6/2021", None],
         [4, "GPHI", "Máy Mẫu", "HTX Máy", "2-2021-00007", "5/6/2021", None]],
        [right("collective_mark", "Tôm Mẫu", "Hội Nông dân", NUMBERED, filed=FILED,
               granted=GRANTED),
         right("geographical_indication", "Mẫu Giang", "UBND tỉnh", "6-2021-00001", filed=FILED),
         right("industrial_design", "Hộp Mẫu", "HTX Mẫu", "3-2021-00123", filed=FILED),
         right("utility_solution", "Máy Mẫu", "HTX Máy", "2-2021-00007", filed=FILED)],
        dataset="ip_rights",
    ),
)  # fmt: skip

TASKS = (
    PublicLayout(
        "from when until when a task is carried out in one cell, money in thousands of millions",
        "congthuong.vn/bao-ho-chi-dan-dia-ly-cho-dua-sap-tra-vinh-272206.html",
        [["TT", "Tên nhiệm vụ", "Tổ chức chủ trì", "Ngày phê duyệt", "Thời gian thực hiện",
          "Kinh phí (triệu đồng)"],
         [1, "Đăng ký chỉ dẫn địa lý cho dừa Mẫu", "Trung tâm Mẫu", "15/8/2023",
          "29/8/2023 - 28/8/2025 (24 tháng)", "1.600"]],
        [("Đăng ký chỉ dẫn địa lý cho dừa Mẫu", "Trung tâm Mẫu", date(2023, 8, 15), None, None,
          1600)],
        asked=[("column", ["E1"])], answers={"column": "ignore"}, dataset="science_tasks",
    ),
    PublicLayout(
        "money in another unit than the column's",
        "congthuong.vn/bao-ho-chi-dan-dia-ly-cho-dua-sap-tra-vinh-272206.html (gần 1,6 tỷ đồng)",
        [["TT", "Tên nhiệm vụ", "Tổ chức chủ trì", "Ngày phê duyệt", "Kinh phí"],
         [1, "Đăng ký chỉ dẫn địa lý dừa Mẫu", "Trung tâm Mẫu", "15/8/2023", "gần 1,6 tỷ đồng"]],
        errors=[("invalid_number", "E2")], dataset="science_tasks",
    ),
)  # fmt: skip
