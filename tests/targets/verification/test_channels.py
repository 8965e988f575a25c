"""The administrator's page of floors and systems."""

import uuid
from datetime import date
from typing import Any

import pytest

from ocop.organisation.models import User
from products import channels
from products.models import TraceabilitySystem, ValiditySpan
from tests.support.factories import make_enrolment, make_recognition, system

pytestmark = pytest.mark.django_db
LIST = "/floors-and-systems/"


@pytest.fixture
def administrator(signed_in: Any) -> Any:
    return signed_in("administrator")


@pytest.fixture
def proposed(db: Any) -> Any:
    officer = User.objects.get(username="huyen844")
    channel = channels.propose(TraceabilitySystem, "Sổ tay <xanh>", officer, "nhập mới")
    make_enrolment(make_recognition(decided_on=date(2025, 8, 1)).product, date(2025, 9, 1),
                   system=channel)  # fmt: skip
    return channel


def url(channel: Any) -> str:
    return f"{LIST}system/{channel.pk}/"


def decide(client: Any, channel: Any, decision: str, **fields: Any) -> Any:
    given = {"decision": decision, "version": str(channel.version), "reason": "công văn 12"}
    return client.post(url(channel), {"token": str(uuid.uuid4()), **given, **fields})


def test_it_shows_who_proposed_what_and_the_products(administrator: Any, proposed: Any) -> None:
    page = administrator.get(LIST)
    (row,) = [one for one in page.context["proposed"] if one.channel == proposed]
    assert row.records == 1 and len(row.products) == 1
    text = page.content.decode()
    assert row.products[0] in text and "Sổ tay &lt;xanh&gt;" in text and "<xanh>" not in text
    assert str(User.objects.get(username="huyen844")) in text
    # What the reference data leave open waits as well.
    assert "Alibaba.com" in [one.channel.name for one in page.context["proposed"]]


def test_the_effect_is_shown_and_nothing_is_written(administrator: Any, proposed: Any) -> None:
    page = administrator.get(url(proposed))
    assert [one for one in page.context["effects"] if one.figures["target"] == "TRACE-SHARE"]
    proposed.refresh_from_db()
    assert (proposed.status, proposed.version) == ("proposed", 1)


def test_confirming_twice_by_one_click_decides_once(administrator: Any, proposed: Any) -> None:
    token = str(uuid.uuid4())
    for _click in range(2):
        answer = decide(administrator, proposed, "confirm", counted="yes", token=token)
        assert answer.status_code == 302
    proposed.refresh_from_db()
    assert proposed.counts and proposed.history.count() == 2
    assert ValiditySpan.objects.filter(traced_until__isnull=False).exists()


def test_a_second_tab_is_told_and_decides_nothing(administrator: Any, proposed: Any) -> None:
    decide(administrator, proposed, "confirm", counted="no")
    answer = decide(administrator, proposed, "confirm", counted="yes")
    assert answer.status_code == 200 and "Đã có người quyết định" in answer.content.decode()
    answer = decide(administrator, proposed, "rename", name="Khác")
    assert "Đã có người quyết định" in answer.content.decode()
    proposed.refresh_from_db()
    assert not proposed.counted and proposed.name == "Sổ tay <xanh>"


def test_nothing_is_decided_without_a_reason_or_a_choice(administrator: Any, proposed: Any) -> None:
    for decision, fields in (
        ("confirm", {"counted": "yes", "reason": " "}),
        ("confirm", {"counted": ""}),
        ("merge", {"into": ""}),
        ("merge", {"into": str(proposed.pk)}),
        ("rename", {"name": "VNPT-Check"}),
        ("counted", {}),
        ("nothing", {}),
    ):
        assert decide(administrator, proposed, decision, **fields).status_code == 200, decision
    proposed.refresh_from_db()
    assert proposed.version == 1


def test_it_is_taken_for_another_and_shown_so(administrator: Any, proposed: Any) -> None:
    kept = system("VNPT Check")
    assert decide(administrator, proposed, "merge", into=str(kept.pk)).status_code == 302
    assert kept.enrolments.count() == 1
    page = administrator.get(LIST)
    assert proposed in [one.channel for one in page.context["merged"]]
    assert administrator.get(url(proposed)).context["forms"] == []


def test_one_in_use_counts_no_more_with_its_effect_shown(administrator: Any) -> None:
    channel = system("VNPT Check")
    make_enrolment(make_recognition(decided_on=date(2025, 8, 1)).product, date(2025, 9, 1),
                   system=channel)  # fmt: skip
    assert administrator.get(url(channel)).context["effects"]
    assert decide(administrator, channel, "counted").status_code == 302
    channel.refresh_from_db()
    assert not channel.counted
    assert not ValiditySpan.objects.filter(traced_until__isnull=False).exists()


def test_queries_are_bounded(
    administrator: Any, proposed: Any, django_assert_max_num_queries: Any
) -> None:
    for path in (LIST, url(proposed)):
        administrator.get(path)
        with django_assert_max_num_queries(48 if path != LIST else 25):
            administrator.get(path)
