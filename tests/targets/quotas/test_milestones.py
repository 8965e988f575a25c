"""Milestones are entered with a document, checked, and the expected line follows them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

import pytest

from ocop.organisation.models import Unit
from targets.figures import commitments, overview
from targets.indicators import Window
from targets.models import Milestone, MilestoneChange, Plan
from targets.quotas import milestones
from tests.support.cases import every_case
from tests.targets.quotas.made import officer, target

pytestmark = pytest.mark.django_db
OF_2024 = Window("2024", date(2024, 1, 1), date(2024, 12, 31))
LIMIT = Fraction(25)
JUNE, OCTOBER = date(2024, 6, 30), date(2024, 10, 31)
Points = list[tuple[date, Decimal]]


def points(*pairs: tuple[date, str]) -> Points:
    return [(day, Decimal(value)) for day, value in pairs]


def change(given: Points, **paper: Any) -> list[MilestoneChange]:
    words: dict[str, Any] = {
        "document": "9/KH-UBND",
        "document_date": date(2024, 1, 15),
        "reason": "theo kỳ họp hội đồng",
    }
    rests_on = milestones.MilestoneDocument(**words | paper)
    return milestones.change_milestones(target(), OF_2024, LIMIT, given, rests_on, officer())


def expected(day: date) -> Fraction | None:
    unit = Unit.objects.get(code="84", level="province")
    rows = overview.build(Plan.objects.get(), unit, day).rows
    found = next(row for row in rows if row.code == "OCOP-NEW" and row.period == "2024")
    return found.result.expected


def test_the_expected_line_runs_through_the_milestones_entered() -> None:
    even = expected(JUNE)
    change(points((JUNE, "5"), (OCTOBER, "20")))
    assert (expected(JUNE), expected(OCTOBER)) == (5, 20)
    assert even not in (None, 5)
    assert expected(date(2024, 12, 31)) == 25


def test_every_milestone_entered_changed_or_taken_out_leaves_an_entry() -> None:
    change(points((JUNE, "5"), (OCTOBER, "20")))
    change(points((JUNE, "6"), (date(2024, 11, 30), "25")), reason="hoãn hội đồng")
    rows = MilestoneChange.objects.order_by("pk").values_list("due_on", "before", "after")
    assert list(rows) == [
        (JUNE, None, 5),
        (OCTOBER, None, 20),
        (JUNE, 5, 6),
        (OCTOBER, 20, None),
        (date(2024, 11, 30), None, 25),
    ]
    assert dict(Milestone.objects.values_list("due_on", "value")) == {
        JUNE: 6,
        date(2024, 11, 30): 25,
    }


@every_case(
    "code,given",
    [
        ("outside", points((date(2023, 12, 31), "5"))),
        ("outside", points((date(2025, 1, 1), "5"))),
        ("twice", points((JUNE, "5"), (JUNE, "5"))),
        ("falling", points((OCTOBER, "5"), (JUNE, "6"))),
        ("not_whole", points((JUNE, "5.5"))),
        ("above_limit", points((JUNE, "26"))),
        ("nothing_changed", []),
    ],
)
def test_what_cannot_be_a_milestone_is_refused(code: str, given: Points) -> None:
    with pytest.raises(milestones.MilestonesRefused) as refusal:
        change(given)
    assert refusal.value.code == code
    assert not Milestone.objects.exists()


def test_the_window_s_own_days_and_equal_values_are_fine() -> None:
    change(points((OF_2024.first, "5"), (JUNE, "5"), (OF_2024.last, "25")))
    assert Milestone.objects.count() == 3


def test_above_the_limit_passes_with_its_reason_which_is_kept() -> None:
    change(points((JUNE, "26")), above_reason="tỉnh phấn đấu 30")
    assert "tỉnh phấn đấu 30" in MilestoneChange.objects.get().reason


def test_a_share_lies_at_100_percent_at_most_whatever_the_reason() -> None:
    window = Window("plan", date(2022, 1, 1), date(2025, 12, 31))
    share = target("TRACE-SHARE")
    milestones.check_milestones(share, window, Fraction(50), points((JUNE, "12.5")))
    with pytest.raises(milestones.MilestonesRefused):
        milestones.check_milestones(share, window, Fraction(50), points((JUNE, "100.5")), "cao hơn")


PAGE = "/allocations/milestones/?target=OCOP-NEW&year=2024"
FIELDS = {
    "token": "5b5b0e4e-5d4e-4f3e-9b53-0b7f0b1f5a22",
    "document": "9/KH-UBND",
    "document_date": "2024-01-15",
    "reason": "theo kỳ họp hội đồng",
}


def test_milestones_are_entered_and_emptied_on_their_page(signed_in: Any) -> None:
    client = signed_in("administrator")
    sent = FIELDS | {"day-0": "2024-06-30", "value-0": "5", "day-1": "31/10/2024", "value-1": "20"}
    assert client.post(PAGE, sent).status_code == 302
    assert [(p.due_on, p.value) for p in Milestone.objects.all()] == [(JUNE, 5), (OCTOBER, 20)]
    assert [line[0].value() for line in client.get(PAGE).context["form"].lines][:2] == [
        JUNE.isoformat(),
        OCTOBER.isoformat(),
    ]
    sent |= {"token": "", "day-0": "", "value-0": ""}
    assert client.post(PAGE, sent).status_code == 302
    assert Milestone.objects.get().due_on == OCTOBER


def test_a_day_without_its_value_is_asked_for(signed_in: Any) -> None:
    page = signed_in("administrator").post(PAGE, FIELDS | {"day-0": "2024-06-30"})
    assert page.status_code == 200
    assert "value-0" in page.context["form"].errors


def test_of_two_who_change_them_at_once_the_second_is_told_and_loses_nothing(
    signed_in: Any,
) -> None:
    client = signed_in("administrator")
    opened = client.get(PAGE).context["seen"]
    change(points((JUNE, "5")))
    sent = FIELDS | {"seen": opened, "day-0": "2024-10-31", "value-0": "20"}
    page = client.post(PAGE, sent | {"reason": ""})
    assert page.context["seen"] == opened
    page = client.post(PAGE, sent)
    assert page.context["form"].has_error("__all__", "meanwhile")
    assert Milestone.objects.get().due_on == JUNE
    assert client.post(PAGE, sent | {"seen": page.context["seen"]}).status_code == 302
    assert Milestone.objects.get().due_on == OCTOBER


# --- As of a day that has passed ----------------------------------------------------------------

FIRST, SECOND = date(2024, 2, 1), date(2024, 8, 15)


def shown(day: date | None) -> Points:
    plan_data = commitments.read_plan_data(Plan.objects.get())
    return [
        (one.day, one.value) for one in milestones.milestones_of(plan_data, target(), OF_2024, day)
    ]


def changed_twice() -> tuple[Points, Points]:
    """Entered by a document of February, moved by one of August."""
    before, after = points((JUNE, "5"), (OCTOBER, "20")), points((JUNE, "5"), (OCTOBER, "10"))
    change(before, document_date=FIRST)
    change(after, document_date=SECOND)
    return before, after


def test_a_past_day_shows_the_milestones_of_the_documents_up_to_then() -> None:
    before, after = changed_twice()
    assert shown(date(2024, 1, 31)) == []
    assert shown(FIRST) == shown(date(2024, 8, 14)) == before
    assert shown(SECOND) == shown(date(2026, 1, 1)) == shown(None) == after


def test_a_milestone_taken_out_stands_until_the_document_that_takes_it_out() -> None:
    change(points((JUNE, "5"), (OCTOBER, "20")), document_date=FIRST)
    change(points((JUNE, "5")), document_date=SECOND)
    assert [due for due, _value in shown(date(2024, 8, 14))] == [JUNE, OCTOBER]
    assert [due for due, _value in shown(SECOND)] == [JUNE]


def test_milestones_without_any_entry_have_always_been_there() -> None:
    Milestone.objects.create(target=target(), year=2024, due_on=JUNE, value=7)
    assert shown(date(2022, 1, 1)) == points((JUNE, "7"))
    change(points((JUNE, "9")), document_date=SECOND)
    assert shown(date(2024, 8, 14)) == points((JUNE, "7"))
    assert shown(SECOND) == points((JUNE, "9"))


def test_what_is_entered_last_holds_where_documents_come_out_of_order() -> None:
    change(points((JUNE, "5")), document_date=SECOND)
    change(points((JUNE, "6")), document_date=FIRST)
    assert shown(date(2024, 1, 1)) == []
    assert shown(FIRST) == shown(SECOND) == points((JUNE, "6"))


def test_expected_and_pages_of_a_past_day_follow_the_milestones_of_then(signed_in: Any) -> None:
    changed_twice()
    assert expected(JUNE) == 5
    assert expected(date(2024, 8, 14)) == floor(5 + Fraction(15 * 45, 123))
    assert expected(date(2024, 8, 31)) == floor(5 + Fraction(5 * 62, 123))
    client = signed_in("administrator")
    board = "/allocations/?target=OCOP-NEW&year=2024&as_of="
    values = {
        day: [one.value for one in client.get(board + day).context["milestones"]]
        for day in ("2024-01-31", "2024-08-14", "2024-08-15")
    }
    assert values == {"2024-01-31": [], "2024-08-14": [5, 20], "2024-08-15": [5, 10]}
    # The page that changes them changes those of today, and says what they were.
    page = client.get(PAGE + "&as_of=2024-08-14")
    assert [one.value for one in page.context["then"]] == [5, 20]
    assert [line[1].value() for line in page.context["form"].lines][:2] == ["5", "10"]
    assert client.get(PAGE).context["then"] is None


def test_the_chart_of_a_past_day_draws_one_line_through_the_milestones_of_then(
    signed_in: Any,
) -> None:
    changed_twice()
    client = signed_in("administrator")
    for day, value in (("2024-08-14", 20), ("2024-08-31", 10)):
        chart = client.get(f"/charts/target.json?code=OCOP-NEW&period=2024&as_of={day}").json()
        labels = chart["data"]["labels"]
        due = labels.index("31/10/2024")
        lines = {line["label"]: line["data"] for line in chart["data"]["datasets"]}
        assert lines["Mốc"][due] == lines["Mức cần đạt đến lúc đó"][due] == value
