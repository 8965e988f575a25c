"""Headers of lists of traceability and e-commerce: key of the column → how offices write it.

"Upper > Lower" is the lower cell of a two-row header under the upper one.
"""

COMMON: dict[str, tuple[str, ...]] = {
    "product": (
        *("Sản phẩm", "Tên SP", "Tên sản phẩm OCOP", "Sản phẩm OCOP", "Tên sản phẩm, dịch vụ"),
        *("Sản phẩm > Tên", "Tên hàng hóa", "Tên sản phẩm/dịch vụ"),
    ),
    "producer": (
        *("Tên chủ thể", "Chủ thể sản xuất", "Cơ sở sản xuất", "Đơn vị sản xuất", "Tên cơ sở"),
        *("Chủ thể OCOP", "Tên chủ thể OCOP", "Tên chủ thể sản xuất", "Tên đơn vị"),
        *("Chủ thể > Tên", "Nhà sản xuất", "Doanh nghiệp/HTX", "Chủ thể/Cơ sở sản xuất"),
    ),
    "district": (
        *("Huyện/thị xã/thành phố", "Địa phương", "Huyện, thị xã, thành phố", "Huyện/TX/TP"),
        *("Tên huyện", "Huyện (TX, TP)"),
    ),
}
TRACEABILITY: dict[str, tuple[str, ...]] = COMMON | {
    "system": (
        *("Hệ thống truy xuất", "Hệ thống truy xuất nguồn gốc", "Hệ thống TXNG", "Phần mềm"),
        *("Phần mềm truy xuất", "Nền tảng truy xuất", "Tên hệ thống", "Cổng truy xuất"),
        *("Đơn vị cung cấp tem", "Hệ thống tham gia", "Nền tảng", "Truy xuất"),
        *("Truy xuất nguồn gốc", "Tem truy xuất", "Đơn vị cung cấp giải pháp"),
        *("Tem truy xuất nguồn gốc", "Tem TXNG", "Đơn vị cung cấp phần mềm"),
        *("Truy xuất nguồn gốc > Hệ thống", "Truy xuất nguồn gốc > Tên hệ thống"),
    ),
    "code": (
        *("Mã truy xuất nguồn gốc", "Mã TXNG", "Mã số truy xuất", "Mã QR"),
        *("Mã GTIN", "Mã sản phẩm trên hệ thống", "Truy xuất nguồn gốc > Mã"),
        *("Mã số GTIN", "GTIN", "Mã số mã vạch", "Mã vạch", "Mã QR code"),
    ),
    "start": (
        *("Ngày đăng ký", "Ngày bắt đầu", "Thời gian tham gia", "Ngày kích hoạt", "Ngày cấp mã"),
        *("Thời điểm tham gia", "Năm tham gia", "Truy xuất nguồn gốc > Ngày tham gia"),
    ),
    "end": ("Ngày ngừng", "Ngày hết hạn", "Ngày dừng tham gia"),
}
ECOMMERCE: dict[str, tuple[str, ...]] = COMMON | {
    "floor": (
        *("Sàn TMĐT", "Sàn giao dịch điện tử", "Sàn thương mại điện tử", "Tên sàn", "Sàn GDĐT"),
        *("Tên sàn TMĐT", "Sàn giao dịch TMĐT", "Sàn giao dịch thương mại điện tử", "Kênh bán"),
        *("Sàn tham gia", "Tham gia sàn TMĐT", "Tham gia sàn", "Sàn TMĐT tham gia", "Sàn bán hàng"),
        *("Sàn TMĐT đã tham gia", "Tên sàn thương mại điện tử", "Kênh bán hàng trực tuyến"),
        *("Sàn khác", "Các sàn khác", "Sàn TMĐT khác", "Các sàn TMĐT khác"),
        "Sàn thương mại điện tử khác",
    ),
    "link": (
        *("Link", "URL", "Đường link", "Link sản phẩm", "Đường dẫn sản phẩm", "Địa chỉ gian hàng"),
        *("Đường dẫn gian hàng", "Link gian hàng", "Link sàn", "Gian hàng", "Địa chỉ truy cập"),
        *("Đường dẫn (link)", "Link bán hàng", "Đường link sản phẩm", "Đường dẫn trên sàn"),
        *("Địa chỉ trên sàn", "Đường link gian hàng", "Link truy cập", "Sàn TMĐT > Link"),
        *("Sàn TMĐT > Đường dẫn", "Link sàn TMĐT", "Đường dẫn sàn TMĐT"),
    ),
    "start": (
        *("Ngày tham gia", "Ngày đăng", "Thời gian lên sàn", "Thời gian tham gia", "Ngày bắt đầu"),
        *("Ngày đưa lên sàn", "Ngày đăng bán", "Ngày tham gia sàn", "Thời điểm lên sàn"),
        *("Năm lên sàn", "Năm tham gia", "Thời điểm tham gia", "Ngày đăng ký", "Ngày mở gian hàng"),
        *("Sàn TMĐT > Ngày tham gia", "Thời gian đưa lên sàn"),
    ),
    "end": ("Ngày gỡ bỏ", "Ngày ngừng bán", "Ngày ngừng", "Ngày kết thúc", "Ngày rời sàn"),
}
FLOORS_ABOVE: tuple[str, ...] = (
    *("Sàn TMĐT", "Sàn thương mại điện tử", "Các sàn TMĐT", "Các sàn thương mại điện tử", "Sàn"),
    *("Sàn giao dịch điện tử", "Tham gia sàn TMĐT", "Tham gia sàn thương mại điện tử", "Tên sàn"),
    *("Đường dẫn", "Đường dẫn gian hàng", "Link gian hàng", "Link", "Đường link", "Link sản phẩm"),
    *("Đường dẫn sản phẩm", "Đường dẫn trên sàn TMĐT", "Đường dẫn trên các sàn TMĐT", "Gian hàng"),
    *("Link sàn TMĐT", "Sàn giao dịch TMĐT", "Sàn TMĐT tham gia", "Sàn TMĐT đã tham gia"),
    *("Sàn giao dịch thương mại điện tử", "Kênh bán hàng trực tuyến", "Kênh bán"),
)
"""Upper cells that say that the lower ones name floors."""
SYSTEMS_ABOVE: tuple[str, ...] = (
    *("Hệ thống", "Hệ thống truy xuất", "Hệ thống truy xuất nguồn gốc", "Truy xuất nguồn gốc"),
    *("Các hệ thống truy xuất nguồn gốc", "Tham gia hệ thống truy xuất", "Mã truy xuất"),
)
OF_A_PLACE: tuple[str, ...] = (
    *("{}", "Sàn {}", "Sàn TMĐT {}", "Link {}", "Đường dẫn {}", "Gian hàng {}", "Link sàn {}"),
    *("Đường dẫn sàn {}", "Link gian hàng {}", "Trên {}", "Hệ thống {}", "Mã {}", "Tham gia {}"),
)
"""How a column of one floor or system is headed."""
TOO_GENERAL: frozenset[str] = frozenset({"website", "web", "fanpage", "mxh", "tem", "qr"})
"""Spellings of floors that, as headers, name a page of the producer."""
UNDER_A_PLACE: dict[str, tuple[str, ...]] = {
    "value": ("Link", "Đường dẫn", "URL", "Đường link", "Gian hàng", "Tham gia", "Có", "Mã"),
    "start": (
        *("Ngày lên sàn", "Ngày tham gia", "Thời gian", "Ngày", "Năm tham gia", "Ngày đăng"),
        "Thời gian tham gia",
    ),
}
"""Lower cells under a floor's or a system's name."""
