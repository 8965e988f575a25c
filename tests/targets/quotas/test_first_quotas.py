"""First quotas entered on their page: they wait for a second person, by the import's rules."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from ocop.organisation.choices import Role, WorkField
from ocop.organisation.models import Membership, User
from products.records import workflow
from targets.models import Allocation
from targets.quotas import first_quotas, services
from tests.imports.workbooks import ALLOCATIONS, as_user, imported
from tests.support.cases import every_case
from tests.support.factories import district
from tests.targets.quotas.made import DAY, make_allocation, move, officer, quota_on, target

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FIRST = "/allocations/first/?target=OCOP-NEW&year=2024"
BOARD = "/allocations/?target=OCOP-NEW&year=2024"
TOKEN = "8c5b0e4e-5d4e-4f3e-9b53-0b7f0b1f5a11"


def opened(client: Client) -> dict[str, str]:
    """The hidden fields of the page as somebody opens it."""
    html = client.get(FIRST).content.decode()
    return dict(re.findall(r'name="(token|seen)" value="([^"]*)"', html))


def send(client: Client, page: dict[str, str] | None = None, **fields: Any) -> Any:
    given = {f"quota-{name[1:]}": value for name, value in fields.items() if name[0] == "u"}
    document = fields.get("document", "120/KH-UBND")
    return client.post(FIRST, (page or opened(client)) | {"document": document} | given)


def held() -> dict[str, tuple[int, str]]:
    found = Allocation.objects.select_related("unit")
    return {one.unit.code: (one.value, one.status) for one in found}


@pytest.fixture
def client_in(signed_in: Any) -> Client:
    return signed_in("provincial_officer")


def give(code: str = "844", value: int = 5, year: int = 2024, of: str = "OCOP-NEW") -> Any:
    seen = first_quotas.as_seen(first_quotas.on_record(target(of), year))
    values = {district(code): value}
    return first_quotas.give(target(of), year, values, "120/KH-UBND", officer(), seen)


@pytest.mark.parametrize("role", ["provincial_officer", "administrator"])
def test_what_is_entered_waits_and_counts_once_a_second_person_verified_it(
    role: str, signed_in: Any
) -> None:
    answer = send(signed_in(role), u844="5", u848="0", u849="")
    assert answer.status_code == 302
    assert held() == {"844": (5, "submitted"), "848": (0, "submitted")}
    assert quota_on(DAY, "844") is None
    record = Allocation.objects.get(unit__code="844")
    assert (record.document, record.history.count()) == ("120/KH-UBND", 1)
    assert record.created_by is not None
    with pytest.raises(workflow.WorkflowError):
        workflow.advance(record, "verify", record.created_by)
    second = User.objects.create_user("tinh2", password="x")
    Membership.objects.create(
        user=second, role=Role.PROVINCE, starts_on=date(2022, 1, 1), fields=[WorkField.ECOMMERCE]
    )
    workflow.advance(record, "verify", second)
    assert [quota_on(DAY, code) for code in ("844", "848")] == [5, None]


def test_a_form_sent_twice_is_entered_once(client_in: Client) -> None:
    page = opened(client_in)
    for _time in range(2):
        assert send(client_in, page, u844="5").status_code == 302
    assert held() == {"844": (5, "submitted")}
    assert Allocation.objects.get().history.count() == 1


def test_of_two_tabs_the_second_is_told_and_loses_nothing(client_in: Client) -> None:
    one, other = opened(client_in), opened(client_in)
    assert send(client_in, one, u844="5").status_code == 302
    answer = send(client_in, other, u844="7", u848="3")
    assert answer.status_code == 200
    assert answer.context["form"].has_error("__all__", "meanwhile")
    assert held() == {"844": (5, "submitted")}
    html = answer.content.decode()
    assert 'value="7"' in html and 'value="3"' in html
    again = {"token": other["token"], "seen": answer.context["seen"]}
    assert send(client_in, again, u844="7", u848="3").status_code == 302
    assert held() == {"844": (7, "submitted"), "848": (3, "submitted")}


@every_case(
    "fields",
    [
        {"u844": "-1"},
        {"u844": "100001"},
        {"u844": "2,5"},
        {"u844": "x"},
        {"u844": "5", "document": ""},
        {"u844": "5", "document": "\u202e\u200b"},
        {"u844": "5", "document": "x" * 101},
        {"u844": ""},
    ],
)
def test_what_cannot_be_stays_on_the_form(fields: dict[str, str], client_in: Client) -> None:
    answer = send(client_in, **fields)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Allocation.objects.exists()


def test_a_verified_quota_is_no_field_and_a_moved_one_is_refused_as_by_the_import(
    client_in: Client,
) -> None:
    make_allocation("844", 5)
    send(client_in, u844="9")
    assert held() == {"844": (5, "verified")}
    for value, code in ((9, "verified"), (4, "verified")):
        with pytest.raises(services.MoveRefused) as refused:
            give("844", value)
        assert refused.value.code == code
    move({"844": -2, "848": 2})
    with pytest.raises(services.MoveRefused) as refused:
        give("848", 5)
    assert refused.value.code == "quota_moved"
    unit = district("848").name
    outcome = imported("allocations", [ALLOCATIONS, ["OCOP-NEW", unit, 2024, 5]])
    assert [one.code for one in outcome.errors] == ["conflict"]
    assert quota_on(DAY, "848") == 2


def test_nothing_is_moved_from_what_is_only_proposed() -> None:
    give("844", 5)
    with pytest.raises(services.MoveRefused) as refused:
        move({"844": -1, "848": 1})
    assert refused.value.code == "not_verified"


@every_case("of,year,code", [("TRACE-SHARE", 2024, "share"), ("OCOP-NEW", 2026, "outside_plan")])
def test_form_and_import_refuse_the_same_targets_and_years(of: str, year: int, code: str) -> None:
    with pytest.raises(services.MoveRefused) as refused:
        give(year=year, of=of)
    assert refused.value.code == code
    outcome = imported("allocations", [ALLOCATIONS, [of, "Huyện Cầu Kè", year, 5]])
    assert outcome.verdict == "rejected"
    assert not Allocation.objects.exists()


def test_a_returned_quota_goes_up_again_with_the_number_that_is_sent(client_in: Client) -> None:
    give("844", 5)
    second = User.objects.get(username="quantri")
    record = Allocation.objects.get()
    workflow.advance(record, "return", second, "Thiếu phụ lục")
    assert send(client_in, u848="1").status_code == 302
    assert held()["844"] == (5, "returned")
    assert send(client_in, u844="6", document="121/KH-UBND").status_code == 302
    assert held() == {"844": (6, "submitted"), "848": (1, "submitted")}
    assert Allocation.objects.get(unit__code="844").document == "121/KH-UBND"


def test_the_book_shows_what_is_proposed_by_whom_and_what_it_does(signed_in: Any) -> None:
    make_allocation("849", 10)
    rows = [[*ALLOCATIONS, "Số văn bản"], ["OCOP-NEW", "Huyện Cầu Kè", 2024, 4, "9/KH"]]
    imported("allocations", rows, as_user("tinh"))
    give("844", 5)
    html = signed_in("provincial_officer").get(BOARD).content.decode()
    for words in (
        "Huyện Càng Long: chưa giao → 5",
        "Huyện Cầu Kè: chưa giao → 4",
        "9/KH",
        "120/KH-UBND",
        "Chờ duyệt",
        str(officer()),
        "đã phân bổ 19 cho 3 huyện",
    ):
        assert words in html, words
    assert "Chưa huyện nào" not in html


def test_a_district_sees_its_own_proposal_alone_and_none_that_was_returned(signed_in: Any) -> None:
    give("844", 5)
    give("848", 3)
    html = signed_in("officer_of_844").get(BOARD).content.decode()
    assert "Huyện Càng Long: chưa giao → 5" in html
    assert "chưa giao → 3" not in html and "Khi duyệt hết" not in html
    for record in Allocation.objects.all():
        workflow.advance(record, "return", User.objects.get(username="quantri"), "Thiếu phụ lục")
    assert "Thiếu phụ lục" not in signed_in("officer_of_844").get(BOARD).content.decode()
    html = signed_in("provincial_officer").get(BOARD).content.decode()
    assert "Thiếu phụ lục" in html
    assert "chưa giao → 5" not in signed_in("committee_member").get(BOARD).content.decode()


def test_with_the_preview_on_nothing_is_added_twice(signed_in: Any) -> None:
    give("844", 5)
    reader = signed_in("committee_member")
    for address in (BOARD, f"{BOARD}&pending=1"):
        shown = reader.get(address).context["waiting"].sentence
        assert "đã phân bổ 5 cho 1 huyện" in shown, address
