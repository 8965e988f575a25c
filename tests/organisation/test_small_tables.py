"""Small tables read together are what the models say one by one."""

from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ocop import small_tables
from ocop.organisation.models import Membership, User
from products.models import Evidence
from targets.models import Confirmation, DeadlineGrant, Milestone, Plan, Target
from tests.asking import queries
from tests.factories import district

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOON = datetime(2024, 7, 5, 12, 30, 1, 250, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def entries() -> None:
    """A row of every kind of column: moments, days, decimals, lists, what is not given."""
    plan, unit = Plan.objects.get(), district("844")
    user = User.objects.get(username="huyen844")
    of = {"plan": plan, "unit": unit, "year": 2024, "quarter": 2}
    Confirmation.objects.create(
        **of,
        confirmed_by=user,
        confirmed_at=NOON,
        confirmed_on=NOON.date(),
        note="Đã soát “kỹ”; 'hết' \\ \n dòng hai",
        figures={"a": [1]},
        digest="0" * 64,
    )
    DeadlineGrant.objects.create(
        **of, until=None, reason="lũ", granted_by=user, granted_at=NOON, granted_on=NOON.date()
    )
    target = Target.objects.get(code="ECOM-SHARE")
    Milestone.objects.create(target=target, due_on=date(2024, 6, 30), value="33.125")


def values(instance: Any, names: list[str]) -> dict[str, Any]:
    return {name: getattr(instance, name) for name in names}


@pytest.mark.usefixtures("entries")
def test_every_offered_table_holds_its_models_rows_with_those_related() -> None:
    tables = small_tables.offered()
    read: dict[str, list[Any]] = {}
    assert queries(lambda: read.update(small_tables.read(tables))) == 1
    assert {"confirmations", "milestones", "targets", "units with figures"} <= set(tables)
    for name, table in tables.items():
        rows = {row.pk: row for row in table.rows()}
        found = {row.pk: row for row in read[name]}
        assert found.keys() == rows.keys(), name
        own = [one.attname for one in table.rows().model._meta.concrete_fields]
        kept = [one for one in own if one not in table.without]
        for pk, row in rows.items():
            assert values(found[pk], kept) == values(row, kept), name
            assert queries(partial(_related_agree, table, found[pk])) == 0
            for path in table.related:
                assert _at(found[pk], path) == _at(row, path), f"{name}: {path}"


def _at(record: Any, path: str) -> Any:
    for step in path.split("__"):
        record = None if record is None else getattr(record, step)
    return record


def _related_agree(table: Any, record: Any) -> None:
    for path in table.related:
        _at(record, path)


@pytest.mark.usefixtures("entries")
def test_what_was_left_out_is_asked_for_where_it_is_needed() -> None:
    (one,) = small_tables.read(["confirmations"])["confirmations"]
    assert queries(lambda: one.figures) == 1
    assert one.figures == {"a": [1]} and one.confirmed_at == NOON


def test_a_list_a_truth_and_no_rows_at_all_are_read_too() -> None:
    tables = {
        "held": small_tables.SmallTable(lambda: Membership.objects.all(), ("organisation",)),
        "people": small_tables.SmallTable(lambda: User.objects.all(), ("organisation",)),
        "files": small_tables.SmallTable(lambda: Evidence.objects.all(), ("products",)),
    }
    found = small_tables.read_tables(tables)
    assert {one.pk: one.fields for one in found["held"]} == dict(
        Membership.objects.values_list("pk", "fields")
    )
    assert all(one.is_active is True for one in found["people"])
    assert found["files"] == [] and small_tables.read_tables({}) == {}
