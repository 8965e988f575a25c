"""An undoing leaves records that cannot be what they were, and takes the others back."""

from datetime import date
from typing import Any

import pytest

from ocop.imports.datasets.importer import system_importer
from ocop.imports.datasets.snapshots import snapshot
from ocop.imports.models import ImportBatch, ImportedChange
from ocop.imports.undo import services
from ocop.organisation.scope import SYSTEM
from products.datasets.undo import plan as undo_plan
from products.models import IPRight
from tests.imports.undo.test_undo import edit, undo
from tests.imports.workbooks import IP_RIGHTS, as_user, imported, product_row, recognitions
from tests.support.factories import district, make_ip_right, make_product
from tests.support.query_counts import queries

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NUMBER = "4-2022-12345"


def right_row(name: str, number: Any = None, granted: Any = None) -> list[Any]:
    return ["Nhãn hiệu", name, "HTX Ong", None, number, date(2022, 1, 5), granted]


def numbered_by_an_import(*names: str) -> int | None:
    """Rights that stood without a number and got one by an import, whose number is returned."""
    imported("ip_rights", [IP_RIGHTS, *(right_row(name) for name in names)])
    rows = [right_row(name, f"4-2022-{n:05}") for n, name in enumerate(names, 1)]
    return imported("ip_rights", [IP_RIGHTS, *rows]).batch


def plan_of(number: int | None, importer: Any = None) -> services.UndoPlan:
    importer = importer or system_importer()
    return services.plan_undo(ImportBatch.objects.get(pk=number), importer)


def test_a_record_whose_place_another_has_taken_is_listed_and_the_rest_is_undone():
    batch = numbered_by_an_import("A", "B")
    another = make_ip_right(name="A", owner="HTX Ong")
    blocked = plan_of(batch).blocked
    assert [step.record.name for step in blocked] == ["A"]
    assert str(another) in blocked[0].blocking_reason
    done = undo(batch)
    assert [step.record.name for step in done.left] == ["A"]
    assert [one["row"] for one in done.batch.left] == [2]
    numbers = IPRight.objects.exclude(pk=another.pk).order_by("name")
    assert list(numbers.values_list("filing_number", flat=True)) == ["4-2022-00001", ""]


def test_one_that_was_edited_as_well_is_not_offered_to_be_ticked():
    batch = numbered_by_an_import("A", "B")
    edit(IPRight.objects.get(name="A"), certificate_number="123")
    make_ip_right(name="A", owner="HTX Ong")
    plan = plan_of(batch)
    assert (plan.edited, [step.record.name for step in plan.blocked]) == ([], ["A"])
    done = undo(batch, overwrite={step.change.pk for step in plan.steps})
    assert [step.record.name for step in done.left] == ["A"]


def test_a_right_with_a_number_is_in_nobodys_way():
    batch = numbered_by_an_import("A")
    make_ip_right(name="A", owner="HTX Ong", filing_number="4-2023-99999")
    assert plan_of(batch).blocked == []
    assert undo(batch).left == []


def test_what_is_in_the_way_in_another_district_is_not_named():
    batch = numbered_by_an_import("Ong")
    IPRight.objects.update(district=district("848"))
    make_ip_right(name="ONG", owner="HTX Ong", district=district("844"))
    changes = list(ImportBatch.objects.get(pk=batch).changes.all())
    own, province = (
        undo_plan.plan_undo(changes, as_user(name), set())[0] for name in ("huyen848", "quantri")
    )
    assert not own.hidden
    assert "ONG" not in own.blocking_reason
    assert "ONG" in province.blocking_reason


@pytest.mark.parametrize("freed_first", [True, False])
def test_a_place_that_the_undoing_frees_itself_is_free_where_it_does_so_in_time(freed_first):
    """The latest change is taken back first: what it created goes before the other comes."""
    stored = make_ip_right(name="A", owner="HTX Ong", filing_number="4-2022-00001")
    before = snapshot(stored) | {"filing_number": ""}
    made = make_ip_right(name="A", owner="HTX Ong")
    batch = ImportBatch.objects.create(dataset="ip_rights", file_name="thu.xlsx")
    for record, was in [(stored, before), (made, None)][:: 1 if freed_first else -1]:
        ImportedChange.objects.create(
            batch=batch, model="products.ipright", record_id=record.pk, before=was, version=1
        )
    done = undo(batch.pk)
    assert [step.record.pk for step in done.left] == ([] if freed_first else [stored.pk])
    stored.refresh_from_db()
    assert stored.filing_number == ("" if freed_first else "4-2022-00001")
    assert not IPRight.objects.filter(pk=made.pk).exists()


def test_old_values_that_contradict_what_was_written_since_are_listed():
    imported("ip_rights", [IP_RIGHTS, right_row("A", NUMBER, date(2024, 1, 1))])
    row = right_row("A", NUMBER, date(2023, 1, 1))
    batch = imported("ip_rights", [IP_RIGHTS, row, right_row("B")]).batch
    edit(IPRight.objects.get(name="A"), filed_on=date(2023, 1, 1), granted_on=date(2025, 1, 1))
    IPRight.objects.filter(name="A").update(filed_on=date(2024, 6, 1))
    plan = plan_of(batch)
    assert [step.record.name for step in plan.blocked] == ["A"]
    done = undo(batch, overwrite={step.change.pk for step in plan.steps})
    assert [step.record.name for step in done.left] == ["A"]
    assert list(IPRight.objects.values_list("name", flat=True)) == ["A"]


def test_a_link_that_was_made_again_is_left():
    product = make_product("Mật ong")
    row = [*right_row("Ong", NUMBER), "Mật ong"]
    imported("ip_rights", [IP_RIGHTS, right_row("Ong", NUMBER)])
    outcome = imported("ip_rights", [[*IP_RIGHTS, "Sản phẩm"], row])
    undone = undo(outcome.batch)
    IPRight.objects.get().products.add(product)
    assert len(plan_of(undone.batch.pk).blocked) == 1
    with pytest.raises(services.CannotUndo):
        undo(undone.batch.pk)
    assert list(IPRight.objects.get().products.all()) == [product]


def test_districts_of_what_comes_back_are_asked_for_all_at_once():
    """Recognitions have their district from their products, which are gone as well."""
    officer = as_user("huyen844")

    def asked(size: int) -> int:
        rows = [product_row(f"SP {size} {n}", f"Hộ {size} {n}") for n in range(size)]
        undone = undo(recognitions(*rows, importer=officer).batch, officer)
        return queries(lambda: plan_of(undone.batch.pk, officer))

    assert asked(30) == asked(3)


def test_names_of_what_is_gone_are_asked_for_all_at_once():
    def asked(size: int) -> int:
        rows = [product_row(f"SP {size} {n}", f"Hộ {size} {n}") for n in range(size)]
        changes = list(undo(recognitions(*rows).batch).batch.changes.all())
        return queries(lambda: undo_plan.touched_records(changes, SYSTEM))

    assert asked(15) == asked(3)
