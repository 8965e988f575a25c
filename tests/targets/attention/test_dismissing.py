"""Sentences put aside with a reason, until a day or until other figures, and brought back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from ocop.organisation.models import Unit, User
from targets.attention import dismissals, evaluate
from targets.models import Dismissal
from tests.targets.attention.made import seen_on
from tests.targets.committee.made import agency, make_assignment

pytestmark = pytest.mark.django_db


def province() -> Unit:
    return Unit.objects.get(code="84", level="province")


def sorted_out(day: date, code: str = "84") -> dict[str, dismissals.ListedSentence]:
    seen = seen_on(day, code)
    found = dismissals.apply_dismissals(evaluate(seen), seen.overview.unit, day)
    return {one.sentence.subject: one for _rule, sentences in found for one in sentences}


def dismiss(
    subject: str, reason: str = "Đã giao Sở xử lý", until: date | None = None, code: str = "84"
) -> Dismissal:
    seen = seen_on(timezone.localdate(), code)
    one = sorted_out(timezone.localdate(), code)[subject]
    user = User.objects.get(username="bancd")
    return dismissals.dismiss(one, seen.overview.unit, user, reason, until)


@pytest.fixture
def overdue() -> None:
    make_assignment(deadline=date(2022, 12, 31))


def test_a_sentence_put_aside_is_not_told_until_its_figures_change(overdue: None) -> None:
    today = timezone.localdate()
    dismiss("all")
    assert sorted_out(today)["all"].dismissed
    make_assignment(deadline=date(2022, 12, 1))
    back = sorted_out(today)["all"]
    assert not back.dismissed
    assert back.changed
    assert back.entry is not None and back.entry.who.username == "bancd"


def test_a_sentence_put_aside_through_a_day_comes_back_after_it(overdue: None) -> None:
    today = timezone.localdate()
    dismiss("all", until=today + timedelta(days=3))
    assert sorted_out(today + timedelta(days=3))["all"].dismissed
    assert not sorted_out(today + timedelta(days=4))["all"].dismissed


def test_what_is_put_aside_today_was_not_on_an_earlier_day(overdue: None) -> None:
    dismiss("all")
    assert not sorted_out(timezone.localdate() - timedelta(days=1))["all"].dismissed


def test_putting_aside_needs_a_reason_and_a_day_to_come(overdue: None) -> None:
    for reason, until, code in (
        ("  \0 ", None, "no_reason"),
        ("vì", timezone.localdate() - timedelta(days=1), "day_over"),
    ):
        with pytest.raises(dismissals.DismissalRefused) as refused:
            dismiss("all", reason, until)
        assert refused.value.code == code
    assert not Dismissal.objects.exists()
    dismiss("all")
    with pytest.raises(dismissals.DismissalRefused) as refused:
        dismiss("all")
    assert refused.value.code == "already"


def test_bringing_back_is_another_row_and_no_row_is_ever_changed(overdue: None) -> None:
    first = dismiss("all")
    one = sorted_out(timezone.localdate())["all"]
    dismissals.restore(one, province(), User.objects.get(username="tinh"))
    assert [row.kind for row in Dismissal.objects.order_by("pk")] == ["put_aside", "back"]
    again = sorted_out(timezone.localdate())["all"]
    assert not again.dismissed
    assert not again.changed
    with pytest.raises(dismissals.DismissalRefused) as refused:
        dismissals.restore(again, province(), User.objects.get(username="tinh"))
    assert refused.value.code == "not_aside"
    for act in (
        lambda: Dismissal.objects.filter(pk=first.pk).update(reason="khác"),
        lambda: Dismissal.objects.filter(pk=first.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_what_one_unit_puts_aside_another_still_sees() -> None:
    for code in ("844", "848"):
        make_assignment(deadline=date(2022, 12, 31), agency=agency(f"ubnd-{code}"))
    dismiss("all", code="844")
    today = timezone.localdate()
    assert sorted_out(today, "844")["all"].dismissed
    assert not sorted_out(today, "848")["all"].dismissed
    assert not sorted_out(today)["all"].dismissed


def test_the_page_puts_aside_says_who_and_why_and_brings_back(
    overdue: None, signed_in: Any
) -> None:
    client = signed_in("provincial_officer")
    page = client.get("/attention/")
    one = next(
        shown_text
        for rule, _why, sentences in page.context["rules"]
        for shown_text in sentences
        if rule.code == "overdue_assignment"
    )
    key = {"key": one.sentence.key}
    refused = client.post("/attention/put-aside/", {**key, "reason": ""}, follow=True)
    assert not Dismissal.objects.exists()
    assert "error" in {message.tags for message in refused.context["messages"]}
    client.post("/attention/put-aside/", {**key, "reason": "<b>Đang xử lý</b>"})
    page = client.get("/attention/")
    text = page.content.decode()
    assert [shown_text.sentence.key for shown_text in page.context["dismissed"]] == [
        one.sentence.key
    ]
    assert "&lt;b&gt;Đang xử lý&lt;/b&gt;" in text
    front = client.get("/")
    assert front.context["attention_dismissed"] == 1
    assert one.sentence.key not in [sentence.key for sentence in front.context["attention"]]
    assert "#aside" in front.content.decode()
    client.post("/attention/bring-back/", key)
    assert client.get("/attention/").context["dismissed"] == []
    assert len(client.get("/attention/").context["dismissal_log"]) == 2


def test_a_key_of_other_figures_puts_nothing_aside(overdue: None, signed_in: Any) -> None:
    client = signed_in("committee_member")
    answer = client.post(
        "/attention/put-aside/", {"key": "overdue_assignment:all:9;9", "reason": "x"}, follow=True
    )
    assert "error" in {message.tags for message in answer.context["messages"]}
    assert not Dismissal.objects.exists()


@pytest.mark.parametrize("query", ["?as_of=2024-06-30", "?pending=1", "?as_of=x"])
def test_only_todays_counted_figures_are_put_aside(
    query: str, overdue: None, signed_in: Any
) -> None:
    client = signed_in("committee_member")
    answer = client.post(f"/attention/put-aside/{query}", {"key": "x", "reason": "x"})
    assert answer.status_code == 400
    assert not Dismissal.objects.exists()


@pytest.mark.parametrize("until", ["hôm qua", "2000-01-01", "2023-02-31"])
def test_an_unusable_day_is_said_and_nothing_entered(
    until: str, overdue: None, signed_in: Any
) -> None:
    client = signed_in("committee_member")
    key = sorted_out(timezone.localdate())["all"].sentence.key
    fields = {"key": key, "reason": "x", "until": until}
    answer = client.post("/attention/put-aside/", fields, follow=True)
    assert "error" in {message.tags for message in answer.context["messages"]}
    assert not Dismissal.objects.exists()


def test_a_district_officer_sees_what_is_aside_and_no_form(signed_in: Any) -> None:
    make_assignment(deadline=date(2022, 12, 31), agency=agency("ubnd-844"))
    dismiss("all", code="844")
    page = signed_in("officer_of_844").get("/attention/")
    assert len(page.context["dismissed"]) == 1
    text = page.content.decode()
    assert "Đã giao Sở xử lý" in text
    assert "/attention/put-aside/" not in text
    assert "/attention/bring-back/" not in text
    assert signed_in("officer_of_848").get("/attention/").context["dismissed"] == []
