"""How offices head the columns of their lists: dataset → key of a column → its other headers.

Compared without case, diacritics, punctuation and bracketed remarks. "Chủ thể > Tên" is the lower
cell of a two-row header under the upper one; what says too little alone ("Số", "Ngày", "Tên")
stands here only under what it belongs to. After annexes of decisions and lists that provinces
published.
"""

from collections.abc import Iterable

Headers = dict[str, tuple[str, ...]]


def under(uppers: Iterable[str], *lowers: str) -> tuple[str, ...]:
    """Every lower header under every upper one."""
    return tuple(f"{upper} > {lower}" for upper in uppers for lower in lowers)


DECISION = (
    *("Quyết định", "QĐ", "Quyết định công nhận", "QĐ công nhận", "Quyết định phê duyệt"),
    *("Quyết định phân hạng", "Quyết định công nhận OCOP", "Quyết định công nhận sản phẩm"),
    *("Quyết định công nhận sản phẩm OCOP", "Quyết định của UBND"),
)
PRODUCER = ("Chủ thể", "Thông tin chủ thể", "Chủ thể sản xuất", "Cơ sở sản xuất", "Chủ thể OCOP")
PRODUCT = ("Sản phẩm", "Thông tin sản phẩm", "Sản phẩm OCOP")
RESULT = (
    *("Kết quả", "Kết quả đánh giá", "Kết quả đánh giá, phân hạng", "Kết quả phân hạng"),
    *("Kết quả chấm điểm", "Kết quả xếp hạng", "Kết quả công nhận"),
)
POINTS = ("Điểm", "Tổng điểm", "Số điểm", "Điểm số", "Điểm đánh giá", "Tổng số điểm")
RANK = (
    *("Hạng sao", "Phân hạng", "Xếp hạng", "Hạng", "Số sao", "Sao", "Kết quả", "Đạt sao"),
    *("Kết quả phân hạng", "Kết quả xếp hạng", "Hạng sao đạt được", "Phân hạng sản phẩm"),
    *("Kết quả đánh giá", "Kết quả đánh giá, phân hạng", "Đạt hạng", "Hạng sản phẩm"),
)


def _level(*words: str) -> tuple[str, ...]:
    """Points, or a rank, that one level gave beside another's."""
    lowers = [*words, *(f"Hội đồng {word}" for word in words), *(f"HĐ {word}" for word in words)]
    alone = [f"Điểm {word}" for word in words] + [f"Điểm đánh giá {word}" for word in words]
    alone += [f"Điểm {text}" for text in lowers[len(words) :]]
    return (*alone, *under((*RESULT, *POINTS), *lowers))


def _ticked(*words: str) -> tuple[str, ...]:
    return (*words, *under(RANK, *words))


RECOGNITIONS: Headers = {
    "product": (
        *("Sản phẩm", "Tên SP", "Tên sản phẩm OCOP", "Sản phẩm OCOP", "Tên sản phẩm/dịch vụ"),
        *("Sản phẩm/dịch vụ", "Tên sản phẩm đăng ký", "Sản phẩm đăng ký", "Tên sản phẩm dự thi"),
        *("Tên sản phẩm tham gia", "Tên sản phẩm tham gia đánh giá", "Tên sản phẩm đánh giá"),
        *("Tên sản phẩm được công nhận", "Sản phẩm được công nhận", "Tên sản phẩm đạt OCOP"),
        *("Sản phẩm đạt OCOP", "Tên gọi sản phẩm", "Danh mục sản phẩm", "Tên sản phẩm công nhận"),
        *under(PRODUCT, "Tên", "Tên gọi"),
    ),
    "producer": (
        *("Tên chủ thể", "Chủ thể sản xuất", "Cơ sở sản xuất", "Đơn vị sản xuất", "Tên cơ sở"),
        *("Tên chủ thể sản xuất", "Tên cơ sở sản xuất", "Chủ thể OCOP", "Tên chủ thể OCOP"),
        *("Đơn vị/chủ thể", "Chủ thể/đơn vị", "Chủ thể/cơ sở", "Cơ sở/chủ thể", "Tên đơn vị"),
        *("Chủ thể tham gia", "Chủ thể đăng ký", "Chủ thể sản phẩm", "Chủ thể sở hữu"),
        *("Chủ thể sản xuất, kinh doanh", "Cơ sở sản xuất, kinh doanh", "Tên đơn vị sản xuất"),
        *("Tên tổ chức, cá nhân", "Tổ chức, cá nhân", "Tổ chức/cá nhân sản xuất"),
        *("Doanh nghiệp/HTX/cơ sở sản xuất", "Tên doanh nghiệp, HTX, cơ sở", "Tên chủ thể/đơn vị"),
        *("Tên tổ chức/cá nhân sản xuất", "Đơn vị chủ thể", "Chủ thể thực hiện"),
        *under(PRODUCER, "Tên", "Tên gọi", "Họ tên", "Họ và tên"),
    ),
    "kind": (
        *("Loại hình chủ thể", "Loại hình tổ chức", "Loại hình kinh doanh", "Loại hình sản xuất"),
        *("Loại hình cơ sở", "Loại hình tổ chức sản xuất", "Hình thức tổ chức", "Loại chủ thể"),
        *under(PRODUCER, "Loại hình", "Loại", "Hình thức"),
    ),
    "commune": (
        *("Xã/phường/thị trấn", "Xã/phường", "Phường/xã", "Xã/thị trấn", "Xã, phường, TT"),
        *("Xã, TT", "Phường, xã, thị trấn", "Tên xã", "Đơn vị cấp xã", "Địa bàn xã", "Cấp xã"),
        *("Xã (phường, thị trấn)", "Tên xã/phường", "Địa chỉ (xã)", "Xã, phường, TTr"),
        *under(("Địa chỉ", "Địa bàn", *PRODUCER), "Xã", "Xã/phường", "Xã, phường", "Xã, thị trấn"),
    ),
    "district": (
        *("Huyện/thị xã/thành phố", "Địa phương", "Huyện/thành phố", "Huyện, TX, TP"),
        *("Huyện, thị xã", "Tên huyện", "Đơn vị cấp huyện", "Địa bàn huyện", "Huyện/thị"),
        *("Huyện, thị, thành phố", "Quận/huyện", "Huyện/TP", "Huyện, thành phố, thị xã"),
        *under(("Địa chỉ", "Địa bàn", *PRODUCER), "Huyện", "Huyện, thị xã, thành phố"),
    ),
    "address": (
        *("Nơi sản xuất", "Địa chỉ sản xuất", "Địa chỉ cơ sở", "Địa chỉ chủ thể", "Địa bàn"),
        *("Địa chỉ cơ sở sản xuất", "Địa chỉ liên hệ", "Địa chỉ trụ sở", "Địa điểm sản xuất"),
        *("Địa chỉ sản xuất, kinh doanh", "Đơn vị hành chính", "Địa chỉ sản xuất kinh doanh"),
        *under(PRODUCER, "Địa chỉ", "Nơi sản xuất"),
    ),
    "province": ("Tỉnh", "Tỉnh/thành phố", "Tỉnh, thành phố", "Tỉnh/TP", "Tên tỉnh"),
    "product_set": (
        *("Nhóm sản phẩm", "Ngành hàng", "Nhóm/bộ sản phẩm", "Bộ/nhóm sản phẩm", "Nhóm ngành"),
        *("Phân nhóm sản phẩm", "Nhóm ngành hàng", "Ngành/nhóm sản phẩm", "Nhóm, bộ sản phẩm"),
        *under(PRODUCT, "Nhóm", "Bộ", "Ngành", "Ngành hàng"),
    ),
    "score": (
        *("Tổng điểm", "Số điểm", "Điểm trung bình", "Điểm số", "Điểm đánh giá", "Kết quả điểm"),
        *("Tổng số điểm", "Điểm TB", "Điểm đạt", "Điểm đạt được", "Số điểm đạt", "Điểm tổng"),
        *("Số điểm đạt được", "Điểm bình quân", "Điểm kết luận", "Điểm chấm", "Tổng điểm đạt"),
        *("Kết quả chấm điểm", "Kết quả đánh giá (điểm)", "Tổng điểm đánh giá", "Điểm công nhận"),
        *("Điểm của Hội đồng", "Điểm Hội đồng", "Điểm trung bình của Hội đồng", "Điểm phân hạng"),
        *under(RESULT, "Điểm", "Số điểm", "Tổng điểm", "Điểm số"),
    ),
    "rank": (
        *("Phân hạng", "Xếp hạng", "Số sao", "Hạng", "Hạng sao đạt được", "Kết quả xếp hạng"),
        *("Kết quả phân hạng", "Đạt sao", "Số hạng sao", "Sao", "Số sao đạt", "Số sao đạt được"),
        *("Đạt hạng", "Đạt hạng sao", "Phân hạng sao", "Xếp hạng sao", "Hạng sản phẩm"),
        *("Phân hạng sản phẩm", "Xếp hạng sản phẩm", "Hạng OCOP", "Sao OCOP", "Hạng sao OCOP"),
        *("Kết quả đánh giá, phân hạng", "Kết quả công nhận", "Hạng sao công nhận", "Hạng đạt"),
        *("Hạng sao được công nhận", "Kết quả (hạng sao)", "Kết quả (sao)", "Công nhận hạng sao"),
        *("Kết quả phân hạng sao", "Kết quả đánh giá (sao)", "Hạng đạt được", "Cấp sao", "Mức sao"),
        *("Kết quả hạng sao", "Kết quả đánh giá (hạng sao)", "Phân hạng OCOP", "Xếp hạng OCOP"),
        *("Xếp loại", "Xếp loại sao", "Xếp loại sản phẩm", "Kết quả xếp loại"),
        *under(RESULT, "Hạng", "Hạng sao", "Sao", "Số sao", "Xếp hạng", "Phân hạng"),
    ),
    "re_rated": (
        *("Kết quả đánh giá lại", "Kết quả phân hạng lại", "Hạng sao đánh giá lại", "Hạng sao mới"),
        *("Hạng sao sau đánh giá lại", "Đánh giá lại", "Phân hạng lại", "Xếp hạng lại", "Hạng mới"),
        *("Kết quả công nhận lại", "Hạng sao công nhận lại", "Hạng sao sau khi đánh giá lại"),
        *("Số sao mới", "Hạng sao nâng hạng", "Hạng sau đánh giá lại", "Kết quả sau đánh giá lại"),
        *under(RANK, "Mới", "Hiện nay", "Đánh giá lại", "Sau đánh giá lại", "Công nhận lại"),
        *under(("Kết quả đánh giá lại", "Đánh giá lại"), "Hạng sao", "Hạng", "Xếp hạng", "Sao"),
    ),
    "year": (
        *("Năm công nhận", "Năm", "Năm được công nhận", "Năm đạt", "Năm đạt OCOP", "Năm xếp hạng"),
        *("Năm phân hạng", "Năm đánh giá", "Năm công nhận OCOP", "Năm đánh giá, phân hạng"),
        *("Năm chứng nhận", "Năm cấp", "Năm cấp giấy chứng nhận"),
    ),
    "number": (
        *("Quyết định số", "Số QĐ", "QĐ số", "Số quyết định công nhận", "Số QĐ công nhận"),
        *("Số hiệu quyết định", "Số, ký hiệu quyết định", "Số/ký hiệu quyết định"),
        *("Số quyết định phê duyệt", "Số hiệu QĐ", "Quyết định công nhận số", "Số QĐ phê duyệt"),
        *under(DECISION, "Số", "Số hiệu", "Số, ký hiệu", "Số QĐ", "Số quyết định"),
    ),
    "day": (
        *("Ngày công nhận", "Ngày ban hành", "Ngày ký", "Ngày QĐ", "Ngày ký QĐ"),
        *("Ngày ký quyết định", "Ngày ban hành QĐ", "Ngày ban hành quyết định"),
        *("Ngày quyết định công nhận", "Ngày QĐ công nhận", "Ngày công nhận OCOP"),
        *("Ngày được công nhận", "Ngày, tháng, năm công nhận", "Thời gian công nhận"),
        *("Thời điểm công nhận", "Ngày tháng quyết định", "Ngày, tháng, năm quyết định"),
        *under(DECISION, "Ngày", "Ngày, tháng", "Ngày, tháng, năm", "Ngày ký", "Ngày ban hành"),
    ),
    "decision": (
        *("Số, ngày quyết định", "Số, ngày QĐ", "Số và ngày quyết định", "Số QĐ, ngày QĐ"),
        *("Số quyết định, ngày quyết định", "Số quyết định, ngày ký", "Số QĐ, ngày ký"),
        *("Số quyết định, ngày công nhận", "Số QĐ, ngày công nhận", "Số quyết định, ngày"),
        *("Số, ngày quyết định công nhận", "Số, ngày, tháng, năm quyết định", "Số QĐ/ngày"),
        *("Số, ngày, tháng quyết định", "Số, ngày tháng năm quyết định", "Số QĐ, ngày"),
        *("Số, ngày QĐ công nhận", "Số, ngày ban hành quyết định", "Quyết định số, ngày"),
        *("Quyết định (số, ngày)", "Quyết định công nhận (số, ngày)", "Số, ngày cấp quyết định"),
        *("Số, ngày, tháng, năm quyết định công nhận", "Quyết định công nhận số, ngày"),
        *DECISION,
    ),
    "producer_place": (
        *("Tên chủ thể, địa chỉ", "Chủ thể, địa chỉ", "Chủ thể và địa chỉ", "Tên cơ sở, địa chỉ"),
        *("Tên và địa chỉ chủ thể", "Tên, địa chỉ chủ thể", "Tên chủ thể và địa chỉ"),
        *("Tên, địa chỉ cơ sở", "Tên và địa chỉ cơ sở", "Tên, địa chỉ cơ sở sản xuất"),
        *("Tên chủ thể sản xuất, địa chỉ", "Chủ thể sản xuất, địa chỉ", "Tên đơn vị, địa chỉ"),
        *("Cơ sở sản xuất, địa chỉ", "Đơn vị sản xuất, địa chỉ", "Tên cơ sở sản xuất, địa chỉ"),
        *("Tên chủ thể, địa chỉ, điện thoại", "Chủ thể, địa chỉ, điện thoại", "Thông tin chủ thể"),
        *("Tên chủ thể, địa chỉ, số điện thoại", "Chủ thể, địa chỉ, số điện thoại"),
        *("Tên đơn vị, địa chỉ, điện thoại", "Tên chủ thể, địa chỉ sản xuất", "Tên, địa chỉ"),
        *("Chủ thể, địa chỉ sản xuất", "Tên chủ thể OCOP, địa chỉ", "Chủ thể OCOP, địa chỉ"),
        *under(PRODUCER, "Tên, địa chỉ", "Tên và địa chỉ"),
    ),
    "ticked_3": _ticked("3 sao", "03 sao", "Hạng 3 sao", "Đạt 3 sao", "OCOP 3 sao", "3★", "Ba sao"),
    "ticked_4": _ticked("4 sao", "04 sao", "Hạng 4 sao", "Đạt 4 sao", "OCOP 4 sao", "Bốn sao"),
    "ticked_potential_5": _ticked(
        *("Tiềm năng 5 sao", "TN 5 sao", "5 sao (tiềm năng)", "5 sao tiềm năng", "Hạng TN 5 sao"),
        *("Hạng tiềm năng 5 sao", "OCOP tiềm năng 5 sao", "TN5 sao", "Đạt tiềm năng 5 sao"),
    ),
    "ticked_5": _ticked("5 sao", "05 sao", "Hạng 5 sao", "Đạt 5 sao", "OCOP 5 sao", "Năm sao"),
    "by_district": _level("Cấp huyện", "Huyện"),
    "by_province": _level("Cấp tỉnh", "Tỉnh"),
    "by_ministry": _level("Cấp Trung ương", "Trung ương", "Cấp quốc gia", "Quốc gia"),
    "certificate": (
        *("Số GCN", "Giấy chứng nhận số", "Số giấy CN", "Số giấy chứng nhận OCOP"),
        *("Số GCN OCOP", "Mã số giấy chứng nhận", *under(("Giấy chứng nhận", "GCN"), "Số")),
    ),
    "expires": (
        *("Có hiệu lực đến", "Hết hạn", "Ngày hết hiệu lực", "Hiệu lực đến", "Có giá trị đến"),
        *("Hết hiệu lực", "Hết hiệu lực từ ngày", "Hết hạn ngày", "Ngày hết hạn công nhận"),
        *("Giá trị đến ngày", "Thời hạn đến ngày", "Ngày hết hạn GCN", "Hiệu lực đến ngày"),
        *("Có hiệu lực đến ngày", "Ngày hết hạn giấy chứng nhận", "Có giá trị đến ngày"),
        *under(("Giấy chứng nhận", "GCN"), "Ngày hết hạn", "Hết hạn", "Hiệu lực đến"),
    ),
}
