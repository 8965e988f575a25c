"""The page of published totals and its form, and the command that prints the same."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from targets.models import PublishedTotal
from tests.support.factories import district, make_product, make_recognition
from tests.support.query_counts import MOST, asked_by
from tests.targets.reconciliation.test_totals import DAY, published

pytestmark = pytest.mark.django_db

GIVEN = {
    "period": "22/08/2022",
    "scope": "valid",
    "measure": "total",
    "value": "104",
    "source": "snnptnt.travinh.gov.vn",
    "source_url": "https://snnptnt.travinh.gov.vn/tin",
}


def given(**fields: Any) -> dict[str, Any]:
    return GIVEN | {"unit": published(0).unit_id} | fields


@pytest.mark.database
def test_the_page_asks_no_more_for_many_totals_than_for_few(signed_in: Any) -> None:
    make_recognition(make_product(), DAY)
    client = signed_in("provincial_officer")
    for number in range(400):
        published(number, period=f"20{10 + number % 12}-0{1 + number % 9}-15")
    for address in ("/reconciliation/", "/reconciliation/?state=differs&page=3"):
        asked = asked_by(lambda address=address: client.get(address))  # type: ignore[misc]
        assert max(asked) <= MOST, asked


def test_unit_year_and_state_narrow_the_list(signed_in: Any) -> None:
    PublishedTotal.objects.all().delete()
    make_recognition(make_product(district=district("844")), DAY)
    published(1)
    published(9, unit=district("848"))
    published(3, period="")
    withdrawn = published(5)
    PublishedTotal.objects.filter(pk=withdrawn.pk).update(withdrawn=True)
    client = signed_in("committee_member")

    def values(query: str) -> list[int]:
        page = client.get(f"/reconciliation/?{query}").context["built"].page
        return sorted(one.total.value for one in page.object_list)

    assert values("") == [1, 3, 9]
    assert values("unit=848") == [9]
    assert values("year=2022") == [1, 9]
    assert values("year=none") == [3]
    assert values("state=differs") == [9]
    for query in ("year=1999", "state=x", "year=2022&page=2", "unit=844&year=2022"):
        assert client.get(f"/reconciliation/?{query}").status_code == 400, query


def test_the_break_down_of_a_day_has_what_was_published_beside_it(signed_in: Any) -> None:
    make_recognition(make_product(district=district("844")), DAY)
    published(4, unit=district("844"))
    address = f"/reconciliation/?as_of={DAY}"
    built = signed_in("provincial_officer").get(address).context["built"]
    cells = {unit.code: row for unit, row in built.tables[0].rows}
    assert (cells["844"][0].number, cells["844"][0].published) == (1, "4")
    assert cells["844"][0].differs
    assert [cells[code][0].number for code in ("84", "848")] == [1, 0]
    assert len(built.tables) == 2


def test_an_empty_page_says_what_it_is_for(signed_in: Any) -> None:
    PublishedTotal.objects.all().delete()
    text = signed_in("administrator").get("/reconciliation/").content.decode()
    assert "Hãy nhập số đầu tiên" in text


def test_a_total_is_entered_once_and_changed_over_the_version_seen(signed_in: Any) -> None:
    client, other = signed_in("provincial_officer"), signed_in("administrator")
    token = client.get("/reconciliation/totals/new/").context["token"]
    for _twice in range(2):
        answer = client.post("/reconciliation/totals/new/", given(token=token))
        assert answer.status_code == 302
    total = PublishedTotal.objects.get(source=GIVEN["source"])
    assert (total.period, total.day, total.value) == ("2022-08-22", DAY, 104)
    address = f"/reconciliation/totals/{total.pk}/"
    assert other.post(address, given(value="105", version=1)).status_code == 302
    assert client.post(address, given(value="106", version=1)).status_code == 409
    total.refresh_from_db()
    assert (total.value, total.version) == (105, 2)
    steps = list(total.steps.order_by("id"))
    assert [step.changes for step in steps] == [{}, {"value": ["104", "105"]}]
    assert client.post(address, given(withdrawn="on", version=2)).status_code == 302
    assert "104" in client.get(address).content.decode()


def test_the_form_refuses_what_cannot_be_compared_or_is_no_figure(signed_in: Any) -> None:
    client = signed_in("provincial_officer")
    before = PublishedTotal.objects.count() + 1
    for field, fields in (
        ("period", {"period": "31/02/2022"}),
        ("period", {"period": "tháng 8"}),
        ("period", {"period": ""}),
        ("value", {"value": "-1"}),
        ("value", {"value": "99999999999"}),
        ("source", {"source": ""}),
        ("source_url", {"source_url": "javascript:alert(1)"}),
        ("measure", {"scope": "ever", "measure": "rank_3"}),
        ("period", {"scope": "batch", "period": "2022"}),
        ("period", {"scope": "period", "measure": "new", "period": "08/2022"}),
        ("unit", {"unit": "999999"}),
    ):
        PublishedTotal.objects.filter(source="báo thử").delete()
        answer = client.post("/reconciliation/totals/new/", given(**fields))
        assert answer.status_code == 200, fields
        assert field in answer.context["form"].errors, fields
    assert PublishedTotal.objects.count() == before


@pytest.mark.database
def test_the_command_exits_1_where_a_total_differs(capsys: Any) -> None:
    PublishedTotal.objects.all().delete()
    make_recognition(make_product(), DAY)
    published(1)
    published(7, period="")
    call_command("reconcile", format="json")
    rows = json.loads(capsys.readouterr().out)
    assert [(row["state"], row["record"]) for row in rows if row["day"]] == [("match", 1)]
    published(2)
    with pytest.raises(CommandError, match="1 số đã công bố lệch") as refusal:
        call_command("reconcile")
    assert refusal.value.returncode == 1
