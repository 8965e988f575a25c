"""Rows written in bulk are what single saves would have stored, ids and history included."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from ocop.db.bulk import insert_records, insert_rows, reserve_ids, update_records
from ocop.imports.columns import new_record
from ocop.imports.models import ImportBatch, ImportedChange
from ocop.organisation.models import User
from products.choices import Rank, Status
from products.models import Producer, Product, Recognition
from products.records.history import create_all, create_new, create_record, update_all
from tests.support.cases import every_case
from tests.support.factories import district, make_producer, make_product, make_recognition

pytestmark = [pytest.mark.django_db, pytest.mark.database]

AWKWARD = "a\tb\nc\rd\\e\\N\\.'\"%s; Đường “dừa” ខ្មែរ"
DERIVED_OR_OWN = {"id", "product_id", "created_at", "updated_at"}


def columns_of(record: Any) -> dict[str, Any]:
    stored = type(record)._default_manager.filter(pk=record.pk).values().get()
    return {name: value for name, value in stored.items() if name not in DERIVED_OR_OWN}


def recognition(**values: Any) -> Recognition:
    given: dict[str, Any] = {"rank": Rank.FOUR, "decided_on": date(2024, 2, 29)}
    return Recognition(product=make_product(), status=Status.VERIFIED, **(given | values))


def test_every_column_is_stored_as_by_a_plain_save() -> None:
    values = {
        "score": Decimal("75.125"),
        "note": AWKWARD,
        "decision_number": "\\N",
        "field_reasons": {"note": AWKWARD, "n": [1, True, None]},
    }
    single, many = recognition(**values), [recognition(**values), recognition()]
    single.save()
    insert_records(many)
    assert columns_of(many[0]) == columns_of(single)
    assert columns_of(many[1])["score"] is None
    assert many[0].valid_until == date(2027, 2, 28) and not many[0]._state.adding


@every_case("status", [Status.SUBMITTED, Status.VERIFIED])
def test_what_is_never_built_is_stored_as_by_a_plain_save(status: str) -> None:
    unit, officer = district(), User.objects.create(username=f"cán bộ {status}")
    common = {"status": status, "created_by": officer}
    places = {"place": unit, "district": unit}
    producer = new_record(Producer, common, name="  HTX Hoa\u0300  Ấm", **places)
    product = new_record(Product, common, name="Trái Thuý", producer=producer, **places)
    given = {"decided_on": date(2024, 8, 31), "rank": Rank.FOUR, "score": Decimal("75.125")}
    decided = new_record(Recognition, common, product=product, note=AWKWARD, **given)
    for new in (producer, product, decided):
        with transaction.atomic():
            built = new.instance()
            create_record(built, officer, "nhập")
            expected = columns_of(built)
            transaction.set_rollback(True)
        create_new([new], officer, "nhập")
        written = new.model.objects.get(pk=new.pk)
        assert bool(written.submitted_at) == (status == Status.SUBMITTED)
        assert columns_of(written) == expected | {"submitted_at": written.submitted_at}
        assert written.history.get().history_user == officer


def test_derived_keys_of_names_are_set_on_the_record_and_stored() -> None:
    unit = district()
    made = [Producer(name="  Đường  Ấm ", place=unit, district=unit)]
    insert_records(made)
    single = make_producer("Đường Ấm", district("848"))
    assert (made[0].name, made[0].name_key) == (single.name, single.name_key)
    assert Producer.objects.get(pk=made[0].pk).name_sort == single.name_sort


def test_records_refer_to_records_that_had_no_id_when_given() -> None:
    unit = district()
    producer = Producer(name="Mới", place=unit, district=unit)
    product = Product(name="Mới", producer=producer, place=unit, district=unit)
    insert_records([producer])
    insert_records([product])
    assert Product.objects.get().producer_id == producer.pk


def test_ids_are_new_under_an_outer_transaction_and_between_other_rows() -> None:
    first = make_producer()
    with transaction.atomic():
        reserved = reserve_ids(Producer, 3) + reserve_ids(Producer, 2)
    later = make_producer()
    assert len({first.pk, *reserved, later.pk}) == 7


def test_what_is_refused_leaves_no_row_and_no_id() -> None:
    good, bad = recognition(), recognition(score=Decimal(101))
    with pytest.raises(IntegrityError), transaction.atomic():
        create_all([good, bad], None, "thử")
    assert (good.pk, bad.pk, Recognition.objects.count()) == (None, None, 0)
    assert Recognition.history.count() == 0


def test_a_nul_is_refused_on_both_databases() -> None:
    with pytest.raises(DataError), transaction.atomic():
        insert_records([recognition(note="a\0b")])


def test_plain_rows_take_json_none_and_the_databases_ids() -> None:
    batch = ImportBatch.objects.create(dataset="x", file_name="x", content_hash="x")
    columns = ["batch_id", "model", "record_id", "row_number", "before", "version", "deleted"]
    rows = [
        (batch.pk, "a.b", 1, None, {"t": AWKWARD}, 2, False),
        (batch.pk, "a.b", 2, 3, None, None, True),
    ]
    assert insert_rows(ImportedChange, columns, iter(rows)) == 2
    assert list(ImportedChange.objects.values_list(*columns)) == rows
    ImportedChange.objects.create(batch=batch, model="a.b", record_id=3)
    assert ImportedChange.objects.count() == 3


def test_updates_write_only_the_named_columns() -> None:
    one, two = make_recognition(), make_recognition()
    one.note, two.note = AWKWARD, ""
    one.score, two.score = Decimal("1.5"), None
    one.rank = Rank.FIVE
    assert update_records([one, two], ["note", "score"]) == 2
    stored = Recognition.objects.get(pk=one.pk)
    assert (stored.note, stored.score, stored.rank) == (AWKWARD, Decimal("1.5"), Rank.THREE)


def test_history_rows_hold_what_is_stored_once_a_change() -> None:
    made = [recognition(note=AWKWARD), recognition()]
    create_all(made, None, "nhập", {"related": {}})
    made[0].note = "khác"
    update_all(made[:1], ["note"], None, "sửa")
    rows = list(made[0].history.order_by("history_id"))
    assert [(r.history_type, r.note, r.version) for r in rows] == [
        ("+", AWKWARD, 1),
        ("~", "khác", 2),
    ]
    assert rows[0].history_change_reason == "nhập" and rows[0].details == {"related": {}}
    single = recognition(note=AWKWARD)
    single.save()
    own, ours = single.history.get(), rows[0]
    names = {f.attname for f in Recognition.history.model.tracked_fields} - DERIVED_OR_OWN
    assert {n: getattr(own, n) for n in names} == {n: getattr(ours, n) for n in names}
    assert made[1].history.count() == 1


def test_no_history_of_a_record_that_is_not_there() -> None:
    gone = make_recognition()
    Recognition.objects.filter(pk=gone.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        update_all([gone], ["note"], None, "thử")


def test_triggers_still_refuse_changes_of_copied_rows() -> None:
    create_all([recognition()], None, "thử")
    statement = "UPDATE products_historicalrecognition SET note = 'x'"
    with (
        pytest.raises(Exception, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
