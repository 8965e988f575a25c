"""What the demonstration makes of the meeting of 2022: opinions on its drafts, reports on its
assignments, and products registered since. The meeting itself is reference data."""

from datetime import date
from typing import NamedTuple

from ocop.organisation.models import Agency, Unit, User
from products.choices import Rank
from products.entry.registrations import services as registrations
from products.models import ProductRegistration
from targets.choices import AssignmentLogKind
from targets.committee.assignments import ProgressReport, services
from targets.committee.documents import services as documents
from targets.models import Assignment, Document

OPINIONS = (
    ("ke-hoach-20-ct-tu", "so-ct", "Đề nghị nêu rõ sàn giao dịch nào được tính (minh họa)."),
    ("ke-hoach-20-ct-tu", "ubnd-845", "Đề nghị bố trí kinh phí tem truy xuất (minh họa)."),
    ("ke-hoach-lien-hiep-htx", "ubnd-842", "Thống nhất địa điểm cửa hàng trưng bày (minh họa)."),
)
REPORTS = (
    ("Làm đầu mối phối hợp", date(2022, 9, 21), "Đã ký biên bản hợp tác (minh họa)."),
    ("Lựa chọn địa điểm", date(2023, 4, 28), "Cửa hàng trưng bày đã hoạt động (minh họa)."),
    ("Tích cực tham gia", date(2023, 1, 10), "Đã tổng kết chỉ tiêu năm 2022 (minh họa)."),
)
"""Each by how the assignment of the meeting begins."""


class DemoRegistration(NamedTuple):
    name: str
    district: str
    rank: int
    on: date
    year: int


REGISTERED = (
    DemoRegistration("Bột chuối xanh mẫu", "844", Rank.THREE, date(2023, 2, 14), 2023),
    DemoRegistration("Mứt thanh trà mẫu", "845", Rank.THREE, date(2024, 1, 22), 2024),
    DemoRegistration("Nước mắm rươi mẫu", "850", Rank.FOUR, date(2024, 3, 5), 2024),
    DemoRegistration("Chiếu lác mẫu", "849", Rank.FOUR, date(2025, 1, 15), 2025),
    DemoRegistration("Tôm khô mẫu", "851", Rank.FOUR, date(2025, 2, 10), 2025),
    DemoRegistration("Gạo hữu cơ mẫu", "847", Rank.THREE, date(2025, 2, 20), 2025),
    DemoRegistration("Dầu phộng mẫu", "848", Rank.THREE, date(2025, 3, 3), 2025),
)


def enter_everything(today: date) -> int:
    """How many of them were new."""
    officer = User.objects.get(username="tinh")
    new = sum(_opinion(*one, officer) for one in OPINIONS)
    new += sum(_report(*one, officer, today) for one in REPORTS)
    return new + sum(_register(one, officer) for one in REGISTERED)


def _opinion(code: str, agency: str, text: str, user: User) -> int:
    document = Document.objects.filter(code=code).first()
    if document is None or document.opinions.filter(text=text).exists():
        return 0
    values = {"agency": Agency.objects.get(code=agency), "who": "", "on": date(2022, 6, 2)}
    documents.enter_opinion(document, values | {"text": text}, user)
    return 1


def _report(beginning: str, on: date, word: str, user: User, today: date) -> int:
    """Report an assignment of the meeting done, unless somebody took a step already."""
    given = Assignment.objects.filter(topic__meeting__source__isnull=False)
    found = given.filter(text__startswith=beginning, version=1).first()
    if found is None:
        return 0
    step = ProgressReport(AssignmentLogKind.DONE, on, word)
    services.report(found, step, found.version, user, today)
    return 1


def _register(one: DemoRegistration, user: User) -> int:
    if ProductRegistration.objects.filter(name=one.name).exists():
        return 0
    district = Unit.objects.get(code=one.district, level="district")
    place = Unit.objects.filter(parent=district).order_by("code")[0]
    values = {
        "name": one.name,
        "idea": "Dữ liệu minh họa.",
        "producer": None,
        "owner": f"Hộ kinh doanh mẫu ({district.name})",
        "place": place,
        "product_set": None,
        "aimed_rank": one.rank,
        "year": one.year,
        "registered_on": one.on,
    }
    registrations.enter(values, user)
    return 1
