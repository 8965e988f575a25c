"""Made-up IP rights and science and technology tasks."""

from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any, NamedTuple

from targets.demonstration.names import districts
from targets.demonstration.recognitions import build_register
from targets.demonstration.register import SEED, DemoProducer

FILED_BEFORE = (300, 620)
"""Days between filing and grant, at least and at most."""
FILED_FROM = 15
"""Rights still waiting were filed on the 15th of a month of 2024 or 2025."""


class DemoRightKind(NamedTuple):
    """Grants by year 2022–2025 under Resolution 80, grants without it, filed and waiting."""

    text: str
    name: str
    prefix: str
    owners: str
    granted: tuple[int, int, int, int]
    unsupported: int = 0
    waiting: int = 0


SUPPORTED_KINDS = (
    DemoRightKind("Nhãn hiệu tập thể", "Nhãn hiệu tập thể minh họa", "4", "C", (2, 4, 4, 2), 0, 2),
    DemoRightKind("Nhãn hiệu", "Nhãn hiệu minh họa", "4", "YEHC", (6, 12, 14, 9), 5, 11),
    DemoRightKind("Kiểu dáng công nghiệp", "Hộp quà minh họa", "3", "YEH", (1, 3, 4, 2), 1, 2),
    DemoRightKind("Sáng chế", "Thiết bị minh họa", "1", "Y", (0, 0, 0, 1), 0, 2),
    DemoRightKind("Giải pháp hữu ích", "Quy trình minh họa", "2", "YC", (0, 1, 1, 0), 0, 2),
    DemoRightKind(
        "Nhãn hiệu đăng ký quốc tế", "Nhãn hiệu quốc tế minh họa", "", "Y", (0, 1, 2, 2), 0, 1
    ),
)

CERTIFICATION_MARKS = (
    ("Gạo minh họa Trà Cú", "849", date(2022, 3, 7)),
    ("Dừa sáp minh họa Cầu Kè", "845", date(2023, 4, 20)),
    ("Bưởi minh họa Càng Long", "844", date(2023, 8, 15)),
    ("Tôm khô minh họa Vinh Kim", "848", date(2023, 11, 30)),
    ("Đậu phộng minh họa Cầu Ngang", "848", date(2024, 2, 22)),
    ("Chôm chôm minh họa Cầu Kè", "845", date(2024, 4, 18)),
    ("Cam sành minh họa Tiểu Cần", "846", date(2024, 7, 9)),
    ("Rau an toàn minh họa Châu Thành", "847", date(2024, 9, 26)),
    ("Dưa hấu minh họa Duyên Hải", "850", date(2024, 12, 12)),
    ("Muối minh họa Duyên Hải", "851", date(2025, 3, 6)),
    ("Cua biển minh họa Duyên Hải", "850", date(2025, 5, 22)),
    ("Khô cá minh họa Trà Cú", "849", date(2025, 8, 28)),
    ("Quýt đường minh họa Càng Long", "844", date(2025, 11, 20)),
)

TASK_DAYS = (
    *(date(2022, month, 20) for month in (4, 6, 9, 11)),
    *(date(2023, month, 15) for month in (2, 3, 5, 6, 8, 10, 12)),
    *(date(2024, month, 10) for month in (1, 3, 6, 9, 11)),
)
CANCELLED_TASK = 14
GEOGRAPHICAL_INDICATION = date(2024, 8, 5)


@cache
def _rights() -> list[dict[str, Any]]:
    chance = Random(SEED + 3)
    rows: list[dict[str, Any]] = []
    for kind in SUPPORTED_KINDS:
        rows += _of_kind(kind, chance)
    rows += _certification_marks(chance) + _indications()
    _number(rows)
    return rows


def ip_rights() -> list[dict[str, Any]]:
    """Rights in the columns of the import; each with its own filing number but Madrid's."""
    return [{key: value for key, value in row.items() if key != "prefix"} for row in _rights()]


def _of_kind(kind: DemoRightKind, chance: Random) -> list[dict[str, Any]]:
    years = [2022 + place for place, number in enumerate(kind.granted) for _ in range(number)]
    rows = [_granted(kind, year, "có", chance) for year in years]
    rows += [_granted(kind, 2023 + place % 3, "không", chance) for place in range(kind.unsupported)]
    for place in range(kind.waiting):
        filed = date(2024 + place % 2, 1 + (place * 5) % 10, FILED_FROM)
        rows.append(_right(kind, _owner(kind, chance), filed, None, "có"))
    for number, row in enumerate(rows, 1):
        row["Tên"] = f"{kind.name} {number:02}"
    return rows


def _granted(kind: DemoRightKind, year: int, supported: str, chance: Random) -> dict[str, Any]:
    """A right granted in the first eleven months of a year, some time after it was filed."""
    granted = date(year, 1, 10) + timedelta(days=chance.randint(0, 320))
    filed = granted - timedelta(days=chance.randint(*FILED_BEFORE))
    return _right(kind, _owner(kind, chance), filed, granted, supported)


def _owner(kind: DemoRightKind, chance: Random) -> DemoProducer:
    found = [
        producer
        for producers in build_register().producers.values()
        for producer in producers
        if producer.kind in kind.owners
    ]
    return chance.choice(found)


def _right(
    kind: DemoRightKind, owner: DemoProducer, filed: date, granted: date | None, supported: str
) -> dict[str, Any]:
    return {
        "Loại hình": kind.text,
        "Tên": "",
        "Chủ sở hữu": owner.name,
        "Huyện": districts()[owner.district].name,
        "Số đơn": "",
        "Ngày nộp đơn": filed,
        "Số văn bằng": "",
        "Ngày cấp": granted,
        "Hỗ trợ NQ 80": supported,
        "Nhiệm vụ KH&CN": "",
        "Sản phẩm": "",
        "prefix": kind.prefix,
    }


def _certification_marks(chance: Random) -> list[dict[str, Any]]:
    return [
        {
            "Loại hình": "Nhãn hiệu chứng nhận",
            "Tên": name,
            "Chủ sở hữu": f"Tổ chức quản lý nhãn hiệu minh họa, {districts()[code].name}",
            "Huyện": districts()[code].name,
            "Số đơn": "",
            "Ngày nộp đơn": granted - timedelta(days=chance.randint(*FILED_BEFORE)),
            "Số văn bằng": "",
            "Ngày cấp": granted,
            "Hỗ trợ NQ 80": "không",
            "Nhiệm vụ KH&CN": _task_name(place) if TASK_DAYS[place] < granted else "",
            "Sản phẩm": "",
            "prefix": "4",
        }
        for place, (name, code, granted) in enumerate(CERTIFICATION_MARKS)
    ]


def _indications() -> list[dict[str, Any]]:
    """One geographical indication granted, one still waiting."""
    return [
        {
            "Loại hình": "Chỉ dẫn địa lý",
            "Tên": name,
            "Chủ sở hữu": "Tổ chức quản lý chỉ dẫn địa lý minh họa",
            "Huyện": "",
            "Số đơn": "",
            "Ngày nộp đơn": filed,
            "Số văn bằng": "",
            "Ngày cấp": granted,
            "Hỗ trợ NQ 80": "không",
            "Nhiệm vụ KH&CN": "",
            "Sản phẩm": "",
            "prefix": "6",
        }
        for name, filed, granted in (
            ("Dừa sáp minh họa", date(2023, 9, 12), GEOGRAPHICAL_INDICATION),
            ("Tôm càng xanh minh họa", date(2025, 2, 18), None),
        )
    ]


def _number(rows: list[dict[str, Any]]) -> None:
    for number, row in enumerate(rows, 90001):
        if row["prefix"]:
            row["Số đơn"] = f"{row['prefix']}-{row['Ngày nộp đơn'].year}-{number}"
        if row["Ngày cấp"]:
            row["Số văn bằng"] = f"99{number}"


def ip_endings() -> list[dict[str, Any]]:
    """Rights that ended otherwise than by term: by filing number, how and when.

    A waiting mark was withdrawn, a waiting design refused, a mark of 2023 cancelled that had
    not been supported.
    """
    rights = _rights()

    def first(kind: str, waiting: bool, supported: str) -> dict[str, Any]:
        return next(
            row
            for row in rights
            if row["Loại hình"] == kind
            and (row["Ngày cấp"] is None) is waiting
            and row["Hỗ trợ NQ 80"] == supported
        )

    return [
        {"Số đơn": row["Số đơn"], "Kết thúc": how, "Ngày": day}
        for row, how, day in (
            (first("Nhãn hiệu", True, "có"), "withdrawn", date(2025, 3, 14)),
            (first("Kiểu dáng công nghiệp", True, "có"), "refused", date(2025, 6, 20)),
            (first("Nhãn hiệu", False, "không"), "cancelled", date(2024, 10, 8)),
        )
    ]


# --- Science and technology tasks -----------------------------------------------------------------


def _task_name(place: int) -> str:
    if place < len(CERTIFICATION_MARKS):
        return f"Nhiệm vụ minh họa {place + 1:02}: {CERTIFICATION_MARKS[place][0]}"
    return f"Nhiệm vụ minh họa {place + 1:02}"


def science_tasks() -> list[dict[str, Any]]:
    return [
        {
            "Tên nhiệm vụ": _task_name(place),
            "Cơ quan chủ trì": f"Đơn vị tư vấn minh họa số {place % 4 + 1:02}",
            "Ngày phê duyệt": approved,
            "Ngày bắt đầu": approved + timedelta(days=28),
            "Ngày kết thúc": approved + timedelta(days=28 + 730),
            "Kinh phí (triệu đồng)": 450 + 75 * (place % 7),
        }
        for place, approved in enumerate(TASK_DAYS)
    ]


def task_endings() -> list[dict[str, Any]]:
    """Of the 16 tasks approved one was given up again."""
    return [{"Tên nhiệm vụ": _task_name(CANCELLED_TASK), "Ngày hủy": date(2025, 4, 25)}]
