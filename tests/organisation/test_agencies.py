"""What an agency is called on a day, and who writes a paper on it."""

from datetime import date
from typing import Any

import pytest

from ocop.organisation.agencies import AgencyNames, label_of
from ocop.organisation.models import Agency, Unit
from targets.reports.content import letterhead, notice_letters
from tests.support.cases import every_case

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = date(2026, 12, 1)


@every_case(
    "code,day,name",
    [
        ("so-nnptnt", date(2022, 6, 2), "Sở Nông nghiệp và Phát triển nông thôn tỉnh Trà Vinh"),
        ("so-nnptnt", date(2025, 2, 28), "Sở Nông nghiệp và Phát triển nông thôn tỉnh Trà Vinh"),
        ("so-nnptnt", date(2025, 3, 1), "Sở Nông nghiệp và Môi trường tỉnh Trà Vinh"),
        ("so-nnptnt", date(2025, 7, 1), "Sở Nông nghiệp và Môi trường tỉnh Vĩnh Long"),
        ("so-nnmt-86", date(2022, 6, 2), "Sở Nông nghiệp và Phát triển nông thôn tỉnh Trà Vinh"),
        ("so-ct", date(2025, 6, 30), "Sở Công Thương tỉnh Trà Vinh"),
        ("so-ct", date(2025, 7, 1), "Sở Công Thương tỉnh Vĩnh Long"),
        ("bnn", NOW, "Bộ Nông nghiệp và Môi trường"),
        ("tinh-uy", NOW, "Ban Thường vụ Tỉnh ủy Vĩnh Long"),
        ("ubnd-844", NOW, "Ủy ban nhân dân huyện Càng Long"),
        ("cuc-shtt", NOW, "Cục Sở hữu trí tuệ"),
    ],
)
def test_an_agency_has_the_name_of_the_day(code: str, day: date, name: str) -> None:
    names = AgencyNames.read()
    assert names.name(Agency.objects.get(code=code), day) == name


def test_a_body_given_up_without_successor_is_none_and_says_when_it_was() -> None:
    district = Agency.objects.get(code="ubnd-844")
    assert AgencyNames.read().body(district, NOW) is None
    assert AgencyNames.read().body(district, date(2025, 6, 30)) == district
    assert label_of(district) == "Ủy ban nhân dân huyện Càng Long (–30/06/2025)"
    offered = [name for _pk, name in AgencyNames.read().choices(NOW)]
    assert offered[0] in {one.name for one in Agency.objects.filter(valid_to=None)}
    assert "(–30/06/2025)" in offered[-1]


@every_case(
    "unit,written_on,agency,superior,place",
    [
        (
            "84",
            date(2025, 1, 10),
            "Ban Chỉ đạo xây dựng phát triển sản phẩm OCOP",
            "tỉnh Trà Vinh",
            "Trà Vinh",
        ),
        ("84", NOW, "Ban Chỉ đạo xây dựng phát triển sản phẩm OCOP", "tỉnh Vĩnh Long", "Vĩnh Long"),
        ("844", date(2025, 1, 10), "Ủy ban nhân dân huyện Càng Long", "", "Càng Long"),
        ("844", NOW, "Ủy ban nhân dân tỉnh Vĩnh Long", "", "Vĩnh Long"),
    ],
)
def test_a_paper_is_headed_by_the_bodies_of_the_day_it_is_written_on(
    unit: str, written_on: date, agency: str, superior: str, place: str
) -> None:
    by = letterhead.issuer(Unit.objects.get(code=unit), written_on)
    assert by.name.startswith(agency) and by.superior.endswith(superior) and by.place == place
    if unit == "84":
        assert "thương hiệu, truy xuất nguồn gốc sản phẩm và phát triển" in by.name


@every_case(
    "written_on,superior,agency,place",
    [
        (
            date(2025, 1, 10),
            "ỦY BAN NHÂN DÂN TỈNH TRÀ VINH",
            "SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN",
            "Trà Vinh",
        ),
        (NOW, "ỦY BAN NHÂN DÂN TỈNH VĨNH LONG", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Vĩnh Long"),
    ],
)
def test_a_letter_comes_from_the_department_of_the_day_it_is_written_on(
    written_on: date, superior: str, agency: str, place: str
) -> None:
    by = notice_letters.sender(Unit.objects.get(code="84"), written_on)
    assert (by.superior, by.agency, by.place_of_issue) == (superior, agency, place)


def test_a_paper_says_whose_figures_it_holds_once_the_unit_is_no_more() -> None:
    province, district = Unit.objects.get(code="84"), Unit.objects.get(code="844")
    say = letterhead.whose_figures
    assert say(province, date(2025, 6, 30)) == ""
    assert say(province, NOW) == "Số liệu của tỉnh Trà Vinh (trước ngày 01/07/2025)."
    assert say(district, NOW) == (
        "Số liệu của huyện Càng Long, tỉnh Trà Vinh (trước ngày 01/07/2025)."
    )


@pytest.mark.usefixtures("demonstration")
def test_pages_call_the_lead_agency_by_the_name_of_the_day_asked_for(signed_in: Any) -> None:
    member = signed_in("committee_member")
    for day, name in (
        ("2024-12-31", "Phát triển nông thôn tỉnh Trà Vinh"),
        ("2025-03-31", "Môi trường tỉnh Trà Vinh"),
        ("2026-01-31", "Môi trường tỉnh Vĩnh Long"),
    ):
        for address in ("/targets/OCOP-NEW/", "/assignments/"):
            assert name in member.get(f"{address}?as_of={day}").content.decode(), (address, day)
