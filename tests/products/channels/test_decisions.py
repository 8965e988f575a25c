"""Proposed systems and floors: found, confirmed, renamed, taken for another."""

from datetime import date
from typing import Any

import pytest

from ocop.organisation.models import User
from products import channels
from products.choices import ChannelStatus, Status
from products.kinds import KINDS
from products.models import (
    EcommerceFloor,
    TraceabilityEnrolment,
    TraceabilitySystem,
    ValiditySpan,
)
from products.records import amendments
from products.validity import differing_products
from tests.support.factories import make_enrolment, make_product, make_recognition, system

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = date(2022, 9, 1)


@pytest.fixture
def administrator(db: Any) -> User:
    return User.objects.get(username="quantri")


def proposed(name: str = "Truy xuất Xanh") -> Any:
    return channels.propose(TraceabilitySystem, name, None, "thử")


def traced() -> bool:
    return ValiditySpan.objects.filter(traced_until__isnull=False).exists()


def test_a_name_or_spelling_is_found_and_never_proposed_twice() -> None:
    known = system("VNPT Check")
    for text in ("vnpt  check", "VNPT-Check", "https://www.vnptcheck.vn/sp/1"):
        assert channels.propose(TraceabilitySystem, text, None, "thử") == known, text
    first = proposed("Hệ thống Hoà Bình")
    assert (first.status, first.counted, first.history.count()) == ("proposed", False, 1)
    assert channels.propose(TraceabilitySystem, "hệ thống  hòa bình", None, "thử") == first
    other = channels.propose(TraceabilitySystem, "Hệ thống Hoa Bình", None, "thử")
    assert other != first and other.code != first.code


def test_names_that_may_be_meant_are_near_and_others_are_not() -> None:
    floors = channels.KnownChannels.read(EcommerceFloor)
    for text, meant in (
        ("Sàn Shopee Việt Nam", "Shopee"),
        ("san vo so", "Voso"),
        ("Lazadaa", "Lazada"),
    ):
        assert floors.find(text) is None, text
        assert meant in [one.name for one in floors.near(text)], text
    assert floors.near("Chợ làng") == []
    assert floors.find("Buudien.vn") == floors.find("Postmart")


def test_a_product_counts_as_traced_from_the_confirmation_on(administrator: User) -> None:
    product = make_recognition().product
    for counted, expected in ((False, False), (True, True)):
        channel = proposed(f"Hệ thống {counted}")
        make_enrolment(product, DAY, system=channel)
        assert not traced()
        channels.confirm(channel, counted, administrator, "công văn", channel.version)
        assert traced() == expected and differing_products() == []
    row = channel.history.latest("history_id")
    assert (row.history_user, row.history_change_reason) == (administrator, "công văn")


def test_of_two_decisions_over_one_version_the_second_is_refused(administrator: User) -> None:
    channel = proposed()
    channels.confirm(channel, True, administrator, "một", channel.version)
    for decide in (
        lambda: channels.confirm(channel, False, administrator, "hai", channel.version),
        lambda: channels.merge(channel, system(), administrator, "ba", channel.version),
        lambda: channels.rename(channel, "Khác", administrator, "bốn", channel.version),
        lambda: channels.change_counted(channel, False, administrator, "năm", channel.version),
    ):
        with pytest.raises(channels.ChannelOvertaken):
            decide()
    channel.refresh_from_db()
    assert channel.counts and channel.history.count() == 2


def test_taking_it_for_another_moves_records_changes_and_spellings(administrator: User) -> None:
    product = make_recognition().product
    channel, kept = proposed("VNPT chek"), system("VNPT Check")
    record = make_enrolment(product, DAY, system=channel)
    waiting = amendments.propose(
        KINDS["traceability"], record, {"ended_on": "2023-01-01"}, administrator, "sửa"
    )
    elsewhere = make_enrolment(make_product(), DAY)
    to_it = amendments.propose(
        KINDS["traceability"], elsewhere, {"system": channel.pk}, administrator, "chuyển"
    )
    assert channels.merge(channel, kept, administrator, "gõ sai", channel.version) == 1
    record.refresh_from_db()
    assert record.system == kept and record.history.count() == 2
    assert traced() and differing_products() == []
    assert channels.KnownChannels.read(TraceabilitySystem).find("vnpt CHEK") == kept
    channel.refresh_from_db()
    assert (channel.status, channel.merged_into) == (ChannelStatus.MERGED, kept)
    waiting.refresh_from_db()
    to_it.refresh_from_db()
    assert to_it.values == {"system": kept.pk}
    amendments.apply(waiting, administrator)


def test_it_is_not_taken_for_one_in_which_a_product_is_on_that_day(administrator: User) -> None:
    product = make_product()
    channel = proposed()
    make_enrolment(product, DAY, system=channel)
    make_enrolment(product, DAY, system="VNPT Check")
    with pytest.raises(channels.ChannelOvertaken):
        channels.merge(channel, system("VNPT Check"), administrator, "thử", channel.version)
    assert TraceabilityEnrolment.objects.filter(system=channel).count() == 1


def test_a_former_name_is_still_read_and_a_known_one_is_not_taken(administrator: User) -> None:
    channel = proposed()
    with pytest.raises(channels.ChannelOvertaken):
        channels.rename(channel, "vnptcheck.vn", administrator, "thử", channel.version)
    channels.rename(channel, "Truy xuất Xanh Trà Vinh", administrator, "đủ tên", channel.version)
    known = channels.KnownChannels.read(TraceabilitySystem)
    assert known.find("truy xuất xanh") == known.find("Truy xuất Xanh Trà Vinh") == channel


def test_on_neither_basis_a_proposed_or_uncounted_system_counts() -> None:
    product = make_recognition().product
    for number, status in enumerate((Status.VERIFIED, Status.SUBMITTED)):
        day = DAY.replace(day=1 + number)
        make_enrolment(product, day, status=status, system=proposed())
        make_enrolment(product, day, status=status, system=system("GS1"))
    assert ValiditySpan.objects.exists() and not traced()


def test_a_cancelled_record_goes_along_and_stands_in_the_one_that_is_kept(
    administrator: User,
) -> None:
    channel, kept = proposed(), system("VNPT Check")
    cancelled = make_enrolment(make_product(), DAY, system=channel, status=Status.CANCELLED)
    make_enrolment(cancelled.product, DAY, system=kept)
    channels.merge(channel, kept, administrator, "gõ sai", channel.version)
    cancelled.refresh_from_db()
    assert (cancelled.system, cancelled.status) == (kept, Status.CANCELLED)
