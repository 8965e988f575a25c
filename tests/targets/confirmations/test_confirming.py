"""A district confirms each quarter once, in time or late, by what is known on the day asked."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ocop.organisation.models import User
from targets.confirmations import services
from targets.models import Confirmation, DeadlineGrant, Plan
from targets.periods import Quarter
from tests.support.cases import every_case
from tests.support.factories import district, make_enrolment, make_product, make_recognition
from tests.support.query_counts import MOST, queries
from tests.targets.confirmations.made import (
    DUE,
    END,
    Q2,
    confirmed,
    granted,
    plan,
    set_today,
    state,
)
from tests.web.test_query_counts import CODES

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = timedelta(days=1)


@every_case(
    "due,excused,confirmed_on,day,expected",
    [
        (DUE, False, None, END, "not_due"),
        (DUE, False, None, DUE, "not_due"),
        (DUE, False, None, DUE + DAY, "missing"),
        (DUE, False, DUE, DUE, "on_time"),
        (DUE, False, DUE + DAY, DUE + DAY, "late"),
        (DUE, True, None, END, "not_due"),
        (DUE, True, None, DUE + DAY, "excused"),
        (DUE, True, DUE + DAY, DUE + DAY, "excused"),
        (DUE, True, DUE, DUE, "on_time"),
    ],
)
def test_every_state_at_its_boundary(
    due: date, excused: bool, confirmed_on: date | None, day: date, expected: str
) -> None:
    assert services.state_of(END, due, excused, confirmed_on, day) == expected


def test_a_confirmation_is_known_from_its_day_on() -> None:
    confirmed(DUE)
    assert [state(day) for day in (DUE - DAY, DUE, DUE + 30 * DAY)] == ["not_due"] + 2 * ["on_time"]


def test_a_late_confirmation_was_missing_until_it_came() -> None:
    confirmed(DUE + 5 * DAY)
    assert [state(DUE + n * DAY) for n in (0, 1, 4, 5)] == ["not_due", "missing", "missing", "late"]


def test_a_later_day_holds_from_the_day_it_was_granted() -> None:
    granted(DUE + 3 * DAY, DUE + 10 * DAY)
    confirmed(DUE + 8 * DAY)
    days = [DUE + n * DAY for n in (1, 3, 8)]
    assert [state(day) for day in days] == ["missing", "not_due", "on_time"]


def test_an_excuse_takes_the_quarter_out_and_the_latest_grant_holds() -> None:
    granted(DUE, None)
    assert state(DUE + DAY) == "excused"
    granted(DUE + DAY, DUE + 3 * DAY)
    assert state(DUE + DAY) == "not_due"
    assert state(DUE + 4 * DAY) == "missing"


def test_the_days_are_a_setting_of_the_plan() -> None:
    Plan.objects.update(confirmation_days=3)
    assert state(END + 3 * DAY) == "not_due"
    assert state(END + 4 * DAY) == "missing"


# --- Entering -------------------------------------------------------------------------------------


def confirm(monkeypatch: Any, today: date, quarter: Quarter = Q2, digest: str = "") -> Any:
    set_today(monkeypatch, today)
    figures = services.figures_of(plan(), district("844"), quarter)
    seen = digest or services.digest_of(figures)
    officer = User.objects.get(username="huyen844")
    return services.confirm(plan(), district("844"), quarter, officer, " đã soát ", seen)


def refusal(monkeypatch: Any, *args: Any, **kwargs: Any) -> str:
    number = Confirmation.objects.count()
    with pytest.raises(services.NotConfirmed) as refused:
        confirm(monkeypatch, *args, **kwargs)
    assert Confirmation.objects.count() == number
    return refused.value.code


def test_who_confirmed_when_and_what_is_kept(monkeypatch: Any) -> None:
    make_recognition(decided_on=date(2024, 5, 2), district=district("844"))
    was_stored = confirm(monkeypatch, DUE)
    assert (was_stored.confirmed_by.username, was_stored.confirmed_on, was_stored.note) == (
        "huyen844",
        DUE,
        "đã soát",
    )
    assert was_stored.figures["stock"]["total"] == 1
    assert was_stored.figures["records"]["recognition"]["verified"] == 1
    stored = Confirmation.objects.get()
    assert services.digest_of(stored.figures) == stored.digest


def test_a_quarter_is_confirmed_once_and_only_when_it_is_over(monkeypatch: Any) -> None:
    assert refusal(monkeypatch, END) == "not_ended"
    confirm(monkeypatch, END + DAY)
    assert refusal(monkeypatch, DUE) == "already"
    assert refusal(monkeypatch, DUE, Quarter(2021, 4)) == "outside"


def test_figures_that_moved_since_they_were_shown_are_not_confirmed(monkeypatch: Any) -> None:
    set_today(monkeypatch, DUE)
    digest = services.digest_of(services.figures_of(plan(), district("844"), Q2))
    make_recognition(decided_on=date(2024, 5, 2), district=district("844"))
    assert refusal(monkeypatch, DUE, digest=digest) == "moved"


def test_the_digest_is_the_same_in_every_language() -> None:
    from django.utils import translation

    digests = set()
    for language in ("vi", "en"):
        with translation.override(language):
            figures = services.figures_of(plan(), district("844"), Q2)
            digests.add(services.digest_of(figures))
    assert len(digests) == 1


@pytest.mark.parametrize(
    "reason,until,code",
    [
        (" ", None, "no_reason"),
        ("bão", DUE, "too_late"),
        ("bão", END + 367 * DAY, "too_late"),
    ],
)
def test_exceptions_need_a_reason_and_a_day_that_can_be(
    reason: str, until: date | None, code: str, monkeypatch: Any
) -> None:
    set_today(monkeypatch, DUE)
    officer = User.objects.get(username="tinh")
    with pytest.raises(services.NotConfirmed) as refused:
        services.grant(plan(), district("844"), Q2, officer, reason, until)
    assert refused.value.code == code
    assert not DeadlineGrant.objects.exists()


@pytest.mark.parametrize("model", [Confirmation, DeadlineGrant])
def test_what_was_confirmed_or_granted_cannot_be_altered_even_by_sql(model: Any) -> None:
    confirmed()
    granted(DUE, None)
    table = model._meta.db_table
    for statement in (f"UPDATE {table} SET quarter = 1", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement)


# --- How faithfully -------------------------------------------------------------------------------


def timeliness_of(day: date, code: str = "844") -> services.ReportingTimeliness:
    unit = district(code)
    return services.reporting_timeliness([unit], day)[unit.pk]


def test_shares_are_counts_of_quarters_due() -> None:
    confirmed(DUE)
    confirmed(date(2024, 10, 20), quarter=Quarter(2024, 3))
    found = timeliness_of(date(2024, 10, 20))
    # Ten quarters of 2022 to the middle of 2024, and the third of 2024, were due.
    assert (found.on_time, found.late, found.due, found.missing) == (1, 1, 11, 9)
    granted(DUE, None, "848")
    assert timeliness_of(DUE + DAY, "848").excused == 1
    assert timeliness_of(DUE + DAY, "848").due == 9


def test_returned_records_and_records_with_a_file_are_counted_by_the_day() -> None:
    from products.models import Evidence
    from products.records import workflow

    officer = User.objects.get(username="tinh")
    product = make_product(district=district("844"))
    enrolment = make_enrolment(product, date(2024, 5, 1))
    waiting = make_recognition(product, date(2024, 5, 1), status="submitted")
    workflow.advance(waiting, "return", officer, "thiếu phụ lục")
    Evidence.objects.create(
        kind="traceability",
        record_id=enrolment.pk,
        name="a",
        size=1,
        sha256="0" * 64,
        content_type="image/png",
        added_by=officer,
    )
    found = timeliness_of(date(2100, 1, 1))
    assert (found.returned, found.with_evidence, found.records) == (1, 1, 1)
    before = timeliness_of(date(2024, 6, 1))
    assert (before.returned, before.with_evidence, before.records) == (0, 0, 0)


def test_discipline_asks_as_often_for_nine_districts_as_for_one() -> None:
    one, all_of_them = [district("844")], [district(code) for code in CODES]
    few = queries(lambda: services.reporting_timeliness(one, DUE))
    for code in CODES:
        confirmed(DUE, code)
        make_recognition(decided_on=date(2024, 5, 2), district=district(code))
    assert queries(lambda: services.reporting_timeliness(all_of_them, DUE)) == few <= MOST
