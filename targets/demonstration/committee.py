"""The committee's own work in the demonstration: tasks of the plan, activities, two meetings.

Entered through the same functions as the pages use; what is there already is left alone.
"""

from datetime import date
from typing import Any, NamedTuple

from ocop.organisation.models import Agency, Unit, User
from products.models import Product
from targets.choices import ActivityKind, AssignmentLogKind, Priority
from targets.committee.activities import services as activities_services
from targets.committee.assignments import NewAssignment, ProgressReport, services
from targets.committee.meetings import AgendaItem
from targets.committee.meetings import services as meetings_services
from targets.figures import plan_at
from targets.models import Activity, Assignment, Meeting, Target

SOURCE = "Kế hoạch thực hiện Chỉ thị 20-CT/TU (minh họa)"
GIVEN_ON = date(2022, 5, 16)
MEMBER, OFFICER = "bancd", "tinh"
NOTE = "Dữ liệu minh họa."


class DemoActivity(NamedTuple):
    name: str
    kind: str
    first: date
    last: date
    place: str
    district: str
    agency: str
    participants: int | None
    value: int | None


class DemoAssignment(NamedTuple):
    """`done`: the day, the word and the name of the activity that proves it; or nothing yet."""

    text: str
    agency: str
    deadline: date
    priority: str
    target: str = ""
    done: tuple[date, str, str] | None = None


HAPPENINGS = (
    DemoActivity(
        "Tập huấn minh họa: hồ sơ đánh giá, phân hạng sản phẩm OCOP",
        ActivityKind.TRAINING,
        date(2022, 6, 14),
        date(2022, 6, 15),
        "Hội trường huyện Càng Long",
        "844",
        "ubnd-844",
        62,
        None,
    ),
    DemoActivity(
        "Ký kết hợp tác minh họa với Liên hiệp Hợp tác xã OCOP",
        ActivityKind.AGREEMENT,
        date(2022, 9, 20),
        date(2022, 9, 20),
        "Trung tâm Hội nghị tỉnh",
        "",
        "so-nnptnt",
        45,
        1200,
    ),
    DemoActivity(
        "Cửa hàng trưng bày minh họa sản phẩm OCOP của tỉnh",
        ActivityKind.SHOP,
        date(2023, 4, 28),
        date(2023, 4, 28),
        "Phường 1",
        "842",
        "so-ct",
        None,
        650,
    ),
    DemoActivity(
        "Hội chợ minh họa kết nối cung cầu sản phẩm OCOP",
        ActivityKind.FAIR,
        date(2023, 11, 22),
        date(2023, 11, 26),
        "Quảng trường tỉnh",
        "",
        "so-ct",
        180,
        2400,
    ),
    DemoActivity(
        "Chuyên mục truyền thông minh họa về sản phẩm OCOP",
        ActivityKind.COMMUNICATION,
        date(2022, 7, 1),
        date(2022, 12, 31),
        "Báo và đài của tỉnh",
        "",
        "so-nnptnt",
        None,
        150,
    ),
)
RESULTS: dict[str, str] = {
    ActivityKind.TRAINING: "Học viên nắm bộ tiêu chí, hoàn thiện hồ sơ và kế hoạch kinh doanh.",
    ActivityKind.AGREEMENT: "Ký biên bản hợp tác tiêu thụ sản phẩm.",
    ActivityKind.FAIR: "Chủ thể ký các hợp đồng nguyên tắc với siêu thị, cửa hàng.",
}
TASKS = (
    DemoAssignment(
        "Ký kết và thực hiện hợp tác với Liên hiệp Hợp tác xã OCOP về tiêu thụ sản phẩm",
        "so-nnptnt",
        date(2022, 12, 31),
        Priority.HIGH,
        "",
        (
            date(2022, 9, 21),
            "Đã ký kết biên bản hợp tác.",
            "Ký kết hợp tác minh họa với Liên hiệp Hợp tác xã OCOP",
        ),
    ),
    DemoAssignment(
        "Mở cửa hàng trưng bày, giới thiệu sản phẩm OCOP của tỉnh",
        "so-ct",
        date(2023, 6, 30),
        Priority.HIGH,
        "",
        (
            date(2023, 4, 28),
            "Cửa hàng đã khai trương và đi vào hoạt động.",
            "Cửa hàng trưng bày minh họa sản phẩm OCOP của tỉnh",
        ),
    ),
    DemoAssignment(
        "Truyền thông về Chương trình OCOP trên báo, đài và cổng thông tin điện tử",
        "so-nnptnt",
        date(2025, 12, 31),
        Priority.NORMAL,
    ),
    DemoAssignment(
        "Tập huấn chủ thể và cán bộ cơ sở về hồ sơ, bộ tiêu chí đánh giá, phân hạng",
        "so-nnptnt",
        date(2022, 8, 31),
        Priority.NORMAL,
        "OCOP-NEW",
        (
            date(2022, 7, 5),
            "Đã tập huấn đợt 1 cho các huyện.",
            "Tập huấn minh họa: hồ sơ đánh giá, phân hạng sản phẩm OCOP",
        ),
    ),
    DemoAssignment(
        "Tổ chức xúc tiến thương mại, kết nối cung cầu sản phẩm OCOP hằng năm",
        "so-ct",
        date(2025, 12, 31),
        Priority.NORMAL,
        "ECOM-SHARE",
    ),
)


class DemoMeeting(NamedTuple):
    """A meeting that was held: what it concluded and gave at each of its topics."""

    title: str
    held_on: date
    as_of: date
    topics: tuple[tuple[str, str, tuple[DemoAssignment, ...]], ...]


ROUNDS = (
    DemoMeeting(
        "Họp Ban Chỉ đạo đánh giá năm 2022 (minh họa)",
        date(2023, 1, 10),
        date(2022, 12, 31),
        (
            (
                "OCOP-NEW",
                "Chỉ tiêu năm 2022 vượt cao. Các huyện giữ chất lượng, không chạy theo số lượng.",
                (
                    DemoAssignment(
                        "Rà soát sản phẩm mới công nhận năm 2022, hướng dẫn chủ thể giữ tiêu chí",
                        "so-nnptnt",
                        date(2023, 6, 30),
                        Priority.NORMAL,
                        "",
                        (date(2023, 6, 20), "Đã rà soát, có báo cáo gửi Ban Chỉ đạo.", ""),
                    ),
                ),
            ),
            (
                "TRACE-SHARE",
                "Đưa sản phẩm còn hiệu lực vào hệ thống truy xuất nguồn gốc của tỉnh.",
                (
                    DemoAssignment(
                        "Cấp mã truy xuất nguồn gốc cho các sản phẩm OCOP chưa tham gia",
                        "so-khcn",
                        date(2023, 12, 31),
                        Priority.HIGH,
                    ),
                ),
            ),
            ("IP-PATENT", "Tìm đề tài có khả năng đăng ký sáng chế, giải pháp hữu ích.", ()),
        ),
    ),
    DemoMeeting(
        "Họp Ban Chỉ đạo quý I năm 2024 (minh họa)",
        date(2024, 4, 15),
        date(2024, 3, 31),
        (
            (
                "TRACE-SHARE",
                "Nhiệm vụ cấp mã truy xuất quá hạn; Sở Khoa học và Công nghệ báo cáo nguyên nhân.",
                (),
            ),
            (
                "ECOM-SHARE",
                "Mỗi huyện chọn sản phẩm chủ lực đưa lên sàn trong năm 2024.",
                (
                    DemoAssignment(
                        "Hỗ trợ đưa sản phẩm OCOP của huyện Càng Long lên sàn giao dịch điện tử",
                        "ubnd-844",
                        date(2024, 9, 30),
                        Priority.NORMAL,
                    ),
                ),
            ),
            (
                "OCOP-NEW",
                "Chuẩn bị hồ sơ đánh giá lại cho các giấy chứng nhận hết hạn năm 2025.",
                (
                    DemoAssignment(
                        "Lập danh sách giấy chứng nhận hết hạn trong năm 2025 theo từng huyện",
                        "so-nnptnt",
                        date(2024, 12, 31),
                        Priority.NORMAL,
                        "",
                        (date(2024, 11, 15), "Đã lập và gửi danh sách cho các huyện.", ""),
                    ),
                ),
            ),
        ),
    ),
)


def enter_everything(today: date) -> int:
    """Activities, tasks of the plan, then the meetings in their order; how many were new."""
    member, officer = (User.objects.get(username=name) for name in (MEMBER, OFFICER))
    new = sum(_happening(one, officer) for one in HAPPENINGS)
    new += sum(_task(one, GIVEN_ON, member, today) for one in TASKS)
    return new + sum(_round(one, member, today) for one in ROUNDS)


def _happening(one: DemoActivity, user: User) -> int:
    if Activity.objects.filter(name=one.name, starts_on=one.first).exists():
        return 0
    district = Unit.objects.filter(code=one.district, level="district").first()
    values: dict[str, Any] = {
        "name": one.name,
        "kind": one.kind,
        "starts_on": one.first,
        "ends_on": one.last,
        "place": one.place,
        "district": district,
        "agency": Agency.objects.get(code=one.agency),
        "participants": one.participants,
        "value": one.value,
        "result": RESULTS.get(one.kind, ""),
        "note": NOTE,
    }
    products = Product.objects.filter(district=district) if district else Product.objects.all()
    chosen = list(products.select_related("producer").order_by("pk")[:5])
    producers = list({product.producer_id: product.producer for product in chosen}.values())
    activities_services.enter(values, chosen, user, producers)
    return 1


def _task(task: DemoAssignment, day: date, user: User, today: date, topic: Any = None) -> int:
    source = "" if topic else SOURCE
    if Assignment.objects.filter(text=task.text, given_on=day).exists():
        return 0
    plan = plan_at(day)
    target = Target.objects.filter(plan=plan, code=task.target).first() if task.target else None
    agency = Agency.objects.get(code=task.agency)
    order = NewAssignment(task.text, agency, task.deadline, task.priority, target, source)
    given = services.create_assignment(order, day, user, topic)
    if task.done is not None:
        done_on, word, proof = task.done
        activity = Activity.objects.filter(name=proof).first() if proof else None
        done = ProgressReport(AssignmentLogKind.DONE, done_on, word, activity)
        services.report(given, done, given.version, User.objects.get(username=OFFICER), today)
    return 1


def _round(one: DemoMeeting, user: User, today: date) -> int:
    if Meeting.objects.filter(title=one.title).exists():
        return 0
    points = [
        AgendaItem(target=Target.objects.get(plan=plan_at(one.as_of), code=code))
        for code, _text, _tasks in one.topics
    ]
    values = {
        "title": one.title,
        "held_on": one.held_on,
        "as_of": one.as_of,
        "place": "Phòng họp Ủy ban nhân dân tỉnh",
        "chair": "Trưởng Ban Chỉ đạo",
        "attendees": "Thành viên Ban Chỉ đạo\nĐại diện các sở, Ủy ban nhân dân các huyện",
    }
    meeting = meetings_services.plan_meeting(
        values, [*points, AgendaItem(title="Ý kiến khác")], user
    )
    meetings_services.open_meeting(meeting, user, today)
    topics = {topic.target.code: topic for topic in meeting.topics.all() if topic.target}
    for code, text, tasks in one.topics:
        topic = topics[code]
        topic.meeting = meeting
        meetings_services.conclude(topic, text, topic.conclusion_version, user)
        for task in tasks:
            _task(task, one.held_on, user, today, topic)
    meetings_services.close_meeting(meeting, user)
    return 1
