"""What each target still takes a month, and by when an application must be filed."""

from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

import pytest

from ocop.organisation.models import Unit
from products.choices import IPKind, Status
from products.models import Rating
from products.scoring.schemes import scheme_at
from targets.figures import overview
from targets.forecast import projection, required_pace
from targets.forecast.durations import DurationSummary
from targets.models import Plan
from tests.support.factories import (
    district,
    make_enrolment,
    make_ip_right,
    make_product,
    make_recognition,
)

pytestmark = pytest.mark.django_db
ASKED = date(2025, 6, 30)
END = date(2025, 12, 31)


def found(day: date = ASKED, percent: int = 0, unit: str = "84", pending: bool = False) -> Any:
    """Needs by (code, period), and how long steps took."""
    place = Unit.objects.filter(code=unit, level__in=("province", "district")).first()
    assert place is not None
    built = overview.build(Plan.objects.get(), place, day, pending)
    lead_times = required_pace.lead_times(built)
    projected = projection.build(built, percent)
    return {
        (need.row.code, need.row.period): need
        for need in required_pace.required_paces(projected, lead_times)
    }, lead_times


def make_granted(days: int, kind: str = IPKind.TRADEMARK, **fields: Any) -> None:
    granted = fields.pop("granted_on", date(2025, 3, 1))
    make_ip_right(
        kind, filed_on=granted - timedelta(days=days), granted_on=granted, supported=True, **fields
    )


def test_a_month_takes_the_least_whole_number_that_closes_the_gap() -> None:
    for days in (400, 500, 310):
        make_granted(days)
    lines, _lasts = found()
    marks = lines["IP-TRADEMARK", "plan"]
    assert marks.row.pace == (47, 7, ceil(Fraction(47, 7))) == (47, 7, 7)
    assert marks.months == 7


def test_the_last_day_to_file_is_the_windows_end_less_what_it_took() -> None:
    for days in (400, 501, 310, 402):
        make_granted(days)
    lines, _lasts = found()
    marks = lines["IP-TRADEMARK", "plan"]
    assert marks.lead_time == DurationSummary(4, Fraction(401), 310, 501)
    assert marks.latest == END - timedelta(days=401)
    assert marks.latest_slowest == END - timedelta(days=501)


def test_without_a_record_there_is_no_day_to_file_by() -> None:
    lines, lead_times = found()
    marks = lines["IP-TRADEMARK", "plan"]
    assert marks.first_step == "filing"
    assert marks.lead_time is marks.latest is marks.latest_slowest is None
    assert lead_times.kinds == []


def test_records_of_other_kinds_say_nothing_about_a_target() -> None:
    make_granted(400, IPKind.INDUSTRIAL_DESIGN)
    make_granted(900, IPKind.INVENTION)
    make_granted(300, IPKind.UTILITY_SOLUTION)
    lines, _lasts = found()
    assert lines["IP-TRADEMARK", "plan"].lead_time is None
    assert lines["IP-DESIGN", "plan"].lead_time == DurationSummary(1, Fraction(400), 400, 400)
    assert lines["IP-PATENT", "plan"].lead_time == DurationSummary(2, Fraction(600), 300, 900)


def test_steps_are_measured_where_both_days_are_known_by_the_day_asked_for() -> None:
    make_ip_right(
        filed_on=date(2024, 1, 1),
        accepted_on=date(2024, 2, 1),
        published_on=date(2024, 4, 1),
        granted_on=date(2025, 7, 1),
    )
    _lines, lead_times = found()
    shown_text = [lead_times.of_rights([IPKind.TRADEMARK], step) for step in required_pace.STAGES]
    assert [one and one.median for one in shown_text] == [31, 60, None, None]
    _lines, later = found(date(2025, 7, 1))
    assert later.of_rights([IPKind.TRADEMARK]) == DurationSummary(1, Fraction(547), 547, 547)


def test_pending_records_count_in_the_preview_alone() -> None:
    make_granted(400, status=Status.SUBMITTED)
    assert found()[1].kinds == []
    assert found(pending=True)[1].kinds == [IPKind.TRADEMARK]


def test_new_products_go_by_the_days_from_session_to_decision() -> None:
    for days in (10, 30):
        product = make_product()
        session = date(2025, 3, 1)
        rating = Rating.objects.create(
            product=product,
            scheme=scheme_at(session),
            level="province",
            session_on=session,
            status=Status.VERIFIED,
        )
        make_recognition(product, session + timedelta(days=days), rating=rating)
    lines, _lasts = found()
    new = lines["OCOP-NEW", "2025"]
    assert new.first_step == "session"
    assert new.lead_time == DurationSummary(2, Fraction(20), 10, 30)
    assert (new.latest, new.latest_slowest) == (date(2025, 12, 11), date(2025, 12, 1))
    assert new.row.pace == (23, 7, ceil(23 / 7))


def test_windows_that_have_ended_take_nothing_any_more() -> None:
    lines, _lasts = found()
    assert [period for code, period in lines if code == "OCOP-NEW"] == ["2025"]
    assert found(END + timedelta(days=1))[0] == {}
    assert len(found(END)[0]) == 11


def test_a_window_ahead_has_all_its_months() -> None:
    lines, _lasts = found(date(2024, 3, 15))
    assert lines["OCOP-NEW", "2025"].months == 12
    assert lines["OCOP-NEW", "2024"].months == 10


def test_of_a_share_what_must_join_to_keep_the_limit_on_the_last_day() -> None:
    """Four valid today, three of them traced; two traced ones end before the plan does."""
    for place, decided in enumerate(
        [date(2022, 12, 30), date(2022, 12, 30), date(2024, 5, 5), date(2024, 5, 5)]
    ):
        product = make_recognition(decided_on=decided).product
        if place < 3:
            make_enrolment(product, date(2024, 6, 1))
    share = found()[0]["TRACE-SHARE", "plan"]
    assert share.row.state == "slipping"
    assert (share.row.result.gap, share.row.pace, share.at_end) == (0, None, 1)
    assert found(percent=100)[0]["TRACE-SHARE", "plan"].at_end == 0


def test_a_district_is_told_of_its_own_records_and_allocations() -> None:
    make_granted(400, district=district("844"))
    make_granted(700, district=district("848"))
    lines, lead_times = found(unit="844")
    assert lead_times.of_rights([IPKind.TRADEMARK]) == DurationSummary(1, Fraction(400), 400, 400)
    marks = lines["IP-TRADEMARK", "plan"].row
    assert (marks.result.gap, marks.pace) == (None, None), "nothing was allocated"
