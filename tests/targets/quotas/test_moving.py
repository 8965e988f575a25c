"""Quotas are moved in balanced entries that hold from a day on and are never altered."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from targets.models import Allocation, QuotaMove, QuotaMoveLine
from targets.quotas import services
from tests.support.factories import district
from tests.targets.quotas.made import (
    DAY,
    FIRST_DAY,
    LAST_DAY,
    YEAR,
    make_allocation,
    move,
    move_document,
    officer,
    quota_on,
    target,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
EVE = DAY - timedelta(days=1)


def refused(*args: object, **kwargs: object) -> str:
    """The code of the refusal, after which nothing is written."""
    before = list(Allocation.objects.order_by("pk").values())
    with pytest.raises(services.MoveRefused) as refusal:
        move(*args, **kwargs)  # type: ignore[arg-type]
    assert refusal.value.message
    assert list(Allocation.objects.order_by("pk").values()) == before
    assert not QuotaMoveLine.objects.exclude(move__in=kept_moves()).exists()
    return refusal.value.code


def kept_moves() -> list[QuotaMove]:
    return list(QuotaMove.objects.all())


def test_a_movement_holds_from_its_day_on_and_not_before() -> None:
    make_allocation("844", 5)
    make_allocation("848", 3)
    move({"844": -2, "848": 2})
    assert [quota_on(EVE, code) for code in ("844", "848")] == [5, 3]
    assert [quota_on(DAY, code) for code in ("844", "848")] == [3, 5]
    assert [quota_on(LAST_DAY, code) for code in ("844", "848")] == [3, 5]


def test_a_district_without_a_quota_has_none_before_the_day_it_takes_one_and_not_0() -> None:
    make_allocation("844", 5)
    move({"844": -2, "848": 2})
    assert quota_on(EVE, "848") is None
    assert quota_on(DAY, "848") == 2


def test_an_earlier_movement_entered_later_gives_the_quota_from_its_own_day() -> None:
    make_allocation("844", 5)
    move({"844": -2, "848": 2})
    move({"844": -1, "848": 1}, FIRST_DAY)
    assert [quota_on(day, "848") for day in (FIRST_DAY, EVE, DAY)] == [1, 1, 3]
    assert [quota_on(day, "844") for day in (FIRST_DAY, EVE, DAY)] == [4, 4, 2]


def test_the_reserve_gives_and_takes_like_a_district() -> None:
    make_allocation("844", 5)
    move({"844": 2, "84": -2})
    line = QuotaMoveLine.objects.get(allocation=None)
    assert (line.change, quota_on(DAY, "844")) == (-2, 7)


def test_what_does_not_add_up_to_nothing_is_refused() -> None:
    make_allocation("844", 5)
    assert refused({"844": -2, "848": 1}) == "unbalanced"
    assert refused({"844": 1}) == "unbalanced"
    assert refused({"844": 0, "848": 0}) == "nothing_moved"


def test_no_district_goes_below_0_on_any_day_from_then_on() -> None:
    make_allocation("844", 3)
    make_allocation("848", 0)
    assert refused({"844": -4, "848": 4}) == "below_zero"
    move({"844": -3, "848": 3}, LAST_DAY)
    # On 1 July there are still 3, but on 31 December none would be left to give.
    assert refused({"844": -1, "848": 1}, DAY) == "below_zero"
    # What 848 takes on 31 December cannot be given on 1 July.
    assert refused({"848": -1, "844": 1}, DAY) == "below_zero"


def test_who_has_no_quota_has_none_to_give() -> None:
    make_allocation("844", 3)
    assert refused({"848": -1, "844": 1}) == "below_zero"


def test_a_share_is_not_divided_and_a_day_lies_in_the_plan() -> None:
    make_allocation("844", 3)
    assert refused({"844": -1, "84": 1}, date(2025, 1, 1)) == "out_of_window"
    assert refused({"844": -1, "84": 1}, date(2021, 12, 31)) == "out_of_window"
    with pytest.raises(services.MoveRefused) as refusal:
        services.move_quota(target("TRACE-SHARE"), YEAR, {None: 1}, move_document(), officer())
    assert refusal.value.code == "share"


def test_a_quota_not_verified_yet_is_not_moved() -> None:
    Allocation.objects.filter(pk=make_allocation("844", 3).pk).update(status="submitted")
    assert refused({"844": -1, "84": 1}) == "not_verified"


def test_a_movement_is_taken_back_once_by_its_opposite() -> None:
    make_allocation("844", 5)
    make_allocation("848", 3)
    entry = move({"844": -2, "848": 2})
    back = services.reverse_move(entry, move_document(DAY, reason="nhầm huyện"), officer())
    assert [quota_on(DAY, code) for code in ("844", "848")] == [5, 3]
    assert back.corrects == entry
    with pytest.raises(services.MoveRefused) as refusal:
        services.reverse_move(entry, move_document(), officer())
    assert refusal.value.code == "corrected"
    assert QuotaMove.objects.count() == 2


def test_every_quota_moved_has_one_history_row_naming_the_document() -> None:
    allocation = make_allocation("844", 5)
    entry = move({"844": -2, "848": 2})
    row = allocation.history.first()
    assert (row.value, row.history_user, row.details) == (3, officer(), {"quota_move": entry.pk})
    assert "12/QĐ-UBND" in row.history_change_reason
    taken = Allocation.objects.get(unit=district("848"))
    assert [row.history_type for row in taken.history.all()] == ["+"]


@pytest.mark.parametrize("model", [QuotaMove, QuotaMoveLine])
def test_entries_cannot_be_altered_or_deleted_even_by_sql(model: type) -> None:
    make_allocation("844", 5)
    move({"844": -2, "848": 2})
    table, column = model._meta.db_table, "year" if model is QuotaMove else "change"  # type: ignore[attr-defined]
    for statement in (f"UPDATE {table} SET {column} = 1", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement)


def test_a_movement_is_not_taken_back_from_a_day_before_it_holds() -> None:
    make_allocation("844", 5)
    mistaken = move({"844": -2, "84": 2})
    with pytest.raises(services.MoveRefused) as refusal:
        services.reverse_move(mistaken, move_document(DAY - timedelta(1)), officer())
    assert refusal.value.code == "out_of_window"
    assert quota_on(DAY - timedelta(1), "844") == 5
