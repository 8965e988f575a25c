"""Documents on record, the committee's members, and the meeting they began with."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from ocop.db.reference_data import ReferenceLoader
from targets.choices import CommitteeRole
from targets.committee import members
from targets.committee.activities import services as activities_services
from targets.committee.reference import load_meetings
from targets.models import (
    Activity,
    Assignment,
    CommitteeMember,
    Document,
    Meeting,
    Opinion,
    Target,
)
from tests.support.factories import district, make_producer, make_product, make_recognition
from tests.targets.committee.made import agency, make_activity

pytestmark = pytest.mark.django_db
DRAFT = "ke-hoach-20-ct-tu"


@pytest.fixture
def first_meeting() -> Meeting:
    load_meetings(ReferenceLoader())
    return Meeting.objects.get(source__code="tin-hop-02-06-2022")


def test_every_target_names_the_plan_it_stands_in_and_the_directive_it_carries_out() -> None:
    for target in Target.objects.select_related("stands_in"):
        assert target.stands_in.code == DRAFT, target.code
        assert target.carries_out.filter(code="20-ct-tu").exists(), target.code
    support = Target.objects.get(code="IP-MADRID").carries_out
    assert support.filter(number="80/2019/NQ-HĐND", dated=date(2019, 4, 12)).exists()


def test_a_document_leads_to_its_targets_and_a_target_to_its_documents(signed_in: Any) -> None:
    client = signed_in("officer_of_844")
    draft = Document.objects.get(code=DRAFT)
    page = client.get(draft.get_absolute_url())
    assert len(page.context["resting"].targets) == 11
    assert "trên 70% sản phẩm OCOP từ 3 sao trở lên" in page.content.decode()
    target = client.get("/targets/TRACE-SHARE/").content.decode()
    assert draft.get_absolute_url() in target
    assert "Chỉ thị 20-CT/TU (13/04/2022)" in target


def test_the_number_in_a_text_finds_its_document() -> None:
    found = Document.objects.named_in("Theo Chỉ thị 20-ct/tu của Tỉnh ủy")
    assert found is not None and found.code == "20-ct-tu"
    assert Document.objects.named_in("Công văn 1/UBND") is None


def test_an_issued_document_without_its_date_is_refused_and_kept(signed_in: Any) -> None:
    client = signed_in("provincial_officer")
    sent = {"kind": "plan", "state": "issued", "title": "Kế hoạch mới", "number": "5/KH-UBND"}
    refused = client.post("/documents/new/", sent)
    assert refused.status_code == 200
    assert "dated" in refused.context["form"].errors
    assert "5/KH-UBND" in refused.content.decode()
    entered = client.post("/documents/new/", sent | {"dated": "05/07/2022"})
    assert entered.status_code == 302
    twice = client.post("/documents/new/", sent | {"dated": "05/07/2022"})
    assert "number" in twice.context["form"].errors


def test_of_two_who_change_a_document_the_second_is_told(signed_in: Any) -> None:
    client = signed_in("provincial_officer")
    draft = Document.objects.get(code=DRAFT)
    sent = {"kind": "plan", "state": "draft", "title": "Tên khác", "version": "1"}
    assert client.post(f"/documents/{draft.pk}/edit/", sent).status_code == 302
    clash = client.post(f"/documents/{draft.pk}/edit/", sent | {"title": "Tên thứ ba"})
    assert clash.status_code == 409
    assert "Tên thứ ba" in clash.content.decode()


@pytest.mark.database
def test_an_opinion_on_a_draft_stays_as_it_was_entered(signed_in: Any) -> None:
    client = signed_in("provincial_officer")
    draft = Document.objects.get(code=DRAFT)
    path = f"/documents/{draft.pk}/opinions/new/"
    nobodys = client.post(path, {"on": "02/06/2022", "text": "Đồng ý"})
    assert "agency" in nobodys.context["form"].errors
    sent = {"on": "02/06/2022", "text": "Đề nghị làm rõ nguồn vốn", "agency": agency("so-ct").pk}
    assert client.post(path, sent).status_code == 302
    assert "Đề nghị làm rõ nguồn vốn" in client.get(draft.get_absolute_url()).content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.update(text="khác")
    issued = Document.objects.get(code="20-ct-tu")
    client.post(f"/documents/{issued.pk}/opinions/new/", sent)
    assert not issued.opinions.exists()


def test_the_committee_is_that_of_the_day(signed_in: Any) -> None:
    client = signed_in("committee_member")
    early = client.get("/committee/?as_of=2022-12-31").context
    assert [one.name for one in early["members"]] == ["Nguyễn Quỳnh Thiện"]
    assert [one.name for one in early["others"]] == ["Phạm Minh Truyền"]
    member = CommitteeMember.objects.get(role=CommitteeRole.HEAD)
    sent = {"name": member.name, "role": "head", "starts_on": "02/06/2022", "version": "1"}
    officer = signed_in("provincial_officer")
    path = f"/committee/members/{member.pk}/"
    assert officer.post(path, sent | {"ends_on": "01/06/2022"}).status_code == 200
    assert officer.post(path, sent | {"ends_on": "30/06/2025"}).status_code == 302
    assert officer.post(path, sent).status_code == 409
    assert members.head_at(date(2025, 6, 30)) == member
    assert members.head_at(date(2025, 7, 1)) is None


def test_the_meeting_of_2022_stands_with_its_conclusions_and_assignments(
    first_meeting: Meeting, signed_in: Any
) -> None:
    page = signed_in("committee_member").get(first_meeting.get_absolute_url()).content.decode()
    assert "Nguyễn Quỳnh Thiện" in page
    for words in ("liên kết tiêu thụ", "cửa hàng trưng bày", "tổ giúp việc", "xúc tiến thương mại"):
        assert words in page, words
    assert {one.code for one in first_meeting.discussed.all()} == {DRAFT, "ke-hoach-lien-hiep-htx"}
    links = Assignment.objects.get(text__startswith="Thực hiện liên kết tiêu thụ")
    assert links.agency.code == "so-nnptnt"
    assert links.cooperating.count() == 11
    load_meetings(ReferenceLoader())
    assert Meeting.objects.count() == 1


def test_a_cooperating_agency_finds_the_assignment_and_reports(
    first_meeting: Meeting, signed_in: Any
) -> None:
    client = signed_in("officer_of_844")
    links = Assignment.objects.get(text__startswith="Thực hiện liên kết tiêu thụ")
    focal = Assignment.objects.get(text__startswith="Làm đầu mối")
    shown = client.get("/assignments/?as_of=2022-12-31").content.decode()
    assert links.text in shown and focal.text not in shown
    assert client.get(f"/assignments/{focal.pk}/").status_code == 404
    sent = {"kind": "reported", "on": "2022-07-01", "word": "Đã ký 2 hợp đồng", "version": "1"}
    assert client.post(f"/assignments/{links.pk}/report/", sent).status_code == 302
    assert links.steps.filter(word="Đã ký 2 hợp đồng").exists()
    by_agency = client.get("/assignments/?as_of=2022-12-31&agency=ubnd-844").content.decode()
    assert by_agency.count(links.text) == 1


def test_an_assignment_is_given_to_a_lead_and_others_once(signed_in: Any) -> None:
    client = signed_in("committee_member")
    lead, other = agency("so-ct"), agency("so-khcn")
    sent: dict[str, Any] = {
        "text": "Mở điểm bán",
        "source": "Công văn 1",
        "agency": lead.pk,
        "cooperating": [lead.pk, other.pk],
        "deadline": "2030-01-01",
        "priority": "normal",
        "cites": Document.objects.get(code="20-ct-tu").pk,
    }
    for _twice in range(2):
        assert client.post("/assignments/new/", sent).status_code == 302
    given = Assignment.objects.get(text="Mở điểm bán")
    assert list(given.cooperating.all()) == [other]
    assert "Chỉ thị 20-CT/TU" in client.get(f"/assignments/{given.pk}/").content.decode()


def test_a_training_names_its_producers_and_its_result(signed_in: Any) -> None:
    client = signed_in("officer_of_844")
    own = make_producer(unit=district("844"))
    other = make_producer(unit=district("848"))
    sent: dict[str, Any] = {
        "name": "Lớp quản trị",
        "kind": "training",
        "starts_on": "2023-03-01",
        "ends_on": "2023-03-02",
        "agency": agency("ubnd-844").pk,
        "district": district("844").pk,
        "producers": [own.pk],
        "result": "Lập được kế hoạch kinh doanh",
    }
    refused = client.post("/activities/new/", sent | {"producers": [other.pk]})
    assert "producers" in refused.context["form"].errors
    assert client.post("/activities/new/", sent).status_code == 302
    entered = Activity.objects.get(name="Lớp quản trị")
    page = client.get(f"/activities/{entered.pk}/").content.decode()
    assert own.name in page
    assert "Lập được kế hoạch kinh doanh" in page
    activities_services.change(entered, {}, {"producers": [own, other]}, 1, None)
    assert client.post(f"/activities/{entered.pk}/edit/", sent | {"producers": [], "version": "2"})
    assert list(entered.producers.all()) == [other], "what the officer cannot see stays"
    assert other.name not in client.get(f"/activities/{entered.pk}/").content.decode()


def test_trade_promotion_warns_of_products_below_three_stars_on_its_day() -> None:
    valid, lapsed, never = (make_product(district=district("844")) for _ in range(3))
    make_recognition(valid, date(2022, 8, 22))
    make_recognition(lapsed, date(2019, 10, 1))
    fair = make_activity(products=[valid, lapsed, never], kind="fair", starts_on=date(2022, 11, 1))
    assert set(activities_services.below_three_stars(fair)) == {lapsed, never}
    training = make_activity(products=[never], kind="training")
    assert activities_services.below_three_stars(training) == []
