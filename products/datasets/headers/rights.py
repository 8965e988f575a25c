"""Headers of lists of intellectual property rights: key of the column → how offices write it.

`CODES` are those of the data elements (WIPO ST.9, ST.60, ST.80) that the office's lists carry.
"""

IP_RIGHTS: dict[str, tuple[str, ...]] = {
    "kind": (
        *("Loại quyền", "Đối tượng sở hữu", "Loại đối tượng", "Đối tượng SHTT", "Loại hình SHTT"),
        *("Đối tượng sở hữu trí tuệ", "Loại hình sở hữu trí tuệ", "Loại đơn", "Loại văn bằng"),
        *("Đối tượng sở hữu công nghiệp", "Đối tượng bảo hộ", "Loại hình bảo hộ"),
        *("Loại", "Loại nhãn hiệu", "Đối tượng đăng ký", "Hình thức bảo hộ"),
    ),
    "name": (
        *("Tên nhãn hiệu", "Tên đối tượng", "Nhãn hiệu", "Mẫu nhãn hiệu", "Tên tài sản trí tuệ"),
        *("Tên sáng chế", "Tên kiểu dáng", "Tên kiểu dáng công nghiệp", "Tên giải pháp hữu ích"),
        *("Tên chỉ dẫn địa lý", "Tên đối tượng SHTT", "Tên nhãn hiệu tập thể", "Tên sáng chế/GPHI"),
        *("Tên nhãn hiệu chứng nhận", "Nhãn hiệu > Tên", "Tên đối tượng bảo hộ"),
        *("Chỉ dẫn địa lý", "Tên CDĐL"),
    ),
    "owner": (
        *("Chủ đơn", "Chủ văn bằng", "Chủ đơn/Chủ bằng", "Chủ bằng", "Chủ sở hữu văn bằng"),
        *("Người nộp đơn", "Tên chủ đơn", "Chủ sở hữu nhãn hiệu", "Chủ giấy chứng nhận", "Chủ thể"),
        *("Tên chủ sở hữu", "Tổ chức, cá nhân", "Tổ chức/cá nhân", "Đơn vị/cá nhân", "Tên đơn vị"),
        *("Chủ đơn > Tên", "Chủ sở hữu > Tên", "Đơn vị được hỗ trợ", "Tên tổ chức, cá nhân"),
        *("Tổ chức quản lý", "Tổ chức quản lý chỉ dẫn địa lý", "Tổ chức quản lý CDĐL"),
    ),
    "district": (
        *("Huyện/thị xã/thành phố", "Địa phương", "Huyện, thị xã, thành phố", "Huyện/TX/TP"),
    ),
    "address": (
        *("Địa chỉ chủ đơn", "Địa chỉ chủ sở hữu", "Địa chỉ chủ đơn/Chủ bằng", "Nơi ở"),
        *("Chủ đơn > Địa chỉ", "Chủ sở hữu > Địa chỉ", "Địa chỉ đơn vị"),
    ),
    "filing": (
        "Số đơn đăng ký",
        "Đơn số",
        "Số đơn gốc",
        "Đơn > Số",
        "Đơn đăng ký > Số",
        "Số ĐK đơn",
    ),
    "filed": (
        *("Ngày nộp", "Ngày nộp đơn đăng ký", "Ngày đơn", "Ngày đăng ký", "Đơn > Ngày"),
        *("Đơn > Ngày nộp", "Đơn đăng ký > Ngày", "Ngày nhận đơn"),
    ),
    "certificate": (
        *("Số GCN", "Số giấy chứng nhận", "Số bằng", "Số VB", "Số đăng bạ", "Giấy chứng nhận số"),
        *("Số GCNĐKNH", "Số GCN ĐKNH", "Văn bằng > Số", "Giấy chứng nhận > Số", "Văn bằng số"),
        *("Số giấy chứng nhận đăng ký", "Số bằng độc quyền", "Số văn bằng bảo hộ", "GCN > Số"),
    ),
    "granted": (
        *("Ngày cấp văn bằng", "Ngày cấp bằng", "Ngày cấp GCN", "Ngày cấp giấy chứng nhận"),
        *("Văn bằng > Ngày cấp", "Giấy chứng nhận > Ngày cấp", "Ngày cấp văn bằng bảo hộ"),
        *("GCN > Ngày cấp", "Văn bằng > Ngày", "Ngày được cấp", "Ngày quyết định cấp"),
        *("Quyết định cấp > Ngày", "Quyết định cấp GCN > Ngày", "Ngày QĐ cấp"),
    ),
    "expires": (
        *("Ngày hết hiệu lực", "Hiệu lực đến", "Có hiệu lực đến", "Thời hạn bảo hộ đến"),
        *("Ngày hết hạn hiệu lực", "Hiệu lực đến ngày", "Hạn hiệu lực", "Có giá trị đến"),
    ),
    "state": (
        *("Tình trạng", "Tình trạng pháp lý", "Tình trạng đơn", "Kết quả", "Trạng thái đơn"),
        *("Tình trạng bảo hộ", "Kết quả xử lý", "Kết quả thẩm định", "Trạng thái pháp lý"),
    ),
    "ended": ("Ngày chấm dứt hiệu lực",),
    "refused": ("Ngày từ chối cấp", "Ngày bị từ chối", "Ngày quyết định từ chối"),
    "cancelled": ("Ngày hủy bỏ hiệu lực", "Ngày hủy", "Ngày huỷ bỏ hiệu lực"),
    "supported": (
        *("Hỗ trợ theo NQ 80/2019", "Được hỗ trợ", "Hỗ trợ theo NQ 80", "Hỗ trợ NQ80"),
        *("Hỗ trợ theo Nghị quyết 80", "Hỗ trợ theo Nghị quyết 80/2019/NQ-HĐND"),
        *("Được hỗ trợ theo NQ 80", "Hỗ trợ theo NQ 80/2019/NQ-HĐND"),
    ),
    "task": ("Nhiệm vụ KHCN", "Nhiệm vụ", "Tên nhiệm vụ KH&CN", "Thuộc nhiệm vụ"),
    "products": ("Sản phẩm mang nhãn hiệu", "Sản phẩm OCOP", "Sản phẩm bảo hộ"),
}
NUMBERS_WITH_DAYS: dict[str, tuple[str, ...]] = {
    "filing_and_day": (
        *("Số đơn, ngày nộp đơn", "Số đơn, ngày nộp", "Số đơn/ngày nộp đơn", "Số, ngày nộp đơn"),
        *("Số đơn và ngày nộp đơn", "Số đơn, ngày đơn", "Số đơn/ngày nộp", "Đơn số, ngày"),
        *("Số và ngày nộp đơn", "Số đơn - ngày nộp đơn", "Số đơn, ngày"),
    ),
    "certificate_and_day": (
        *("Số GCN, ngày cấp", "Số giấy chứng nhận, ngày cấp", "Số văn bằng, ngày cấp"),
        *("Số bằng, ngày cấp", "Số văn bằng/ngày cấp", "Số GCN/ngày cấp", "Số, ngày cấp"),
        *("Số, ngày cấp văn bằng", "Số, ngày cấp GCN", "Số GCN và ngày cấp", "Số VB, ngày cấp"),
        *("Văn bằng số, ngày cấp", "Giấy chứng nhận số, ngày cấp", "GCN số, ngày cấp"),
    ),
}
"""Columns with a number and its day in one cell."""
CODES: dict[str, tuple[str, ...]] = {
    "filing": ("210", "21"),
    "filed": ("220", "22"),
    "certificate": ("111", "110", "11"),
    "granted": ("151", "15", "45"),
    "name": ("540", "541", "54"),
    "owner": ("730", "731", "732", "73", "71"),
    "expires": ("141", "180", "181", "18"),
}
MARK_CODES = ("540", "541")
"""Codes that only lists of marks carry."""
SCIENCE_TASKS: dict[str, tuple[str, ...]] = {
    "task": (
        *("Tên nhiệm vụ KH&CN", "Tên đề tài", "Tên dự án", "Tên đề tài/dự án", "Nhiệm vụ KH&CN"),
        *("Tên nhiệm vụ khoa học và công nghệ", "Tên nhiệm vụ, đề tài, dự án", "Nhiệm vụ > Tên"),
    ),
    "lead": (
        *("Đơn vị chủ trì", "Tổ chức chủ trì", "Cơ quan chủ trì thực hiện", "Chủ trì"),
        *("Đơn vị chủ trì thực hiện", "Tổ chức chủ trì nhiệm vụ", "Cơ quan/đơn vị chủ trì"),
    ),
    "approved": (
        *("Ngày quyết định", "Ngày QĐ phê duyệt", "Ngày ký", "Ngày ký quyết định", "Ngày duyệt"),
        *("Ngày quyết định phê duyệt", "Thời gian phê duyệt", "Quyết định phê duyệt > Ngày"),
    ),
    "start": ("Thời gian bắt đầu", "Bắt đầu", "Thời gian thực hiện > Từ", "Ngày khởi công"),
    "end": ("Thời gian kết thúc", "Kết thúc", "Thời gian thực hiện > Đến", "Ngày nghiệm thu"),
    "budget": ("Kinh phí", "Kinh phí triệu đồng", "Tổng kinh phí", "Kinh phí được duyệt"),
}
