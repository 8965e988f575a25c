"""What enrolments said in words becomes systems, and becomes words again, on a database of its own.

In a process of its own: the tables of the tests' database stay as they are.
"""

import pytest

from tests.support import database

pytestmark = [pytest.mark.database, pytest.mark.slow]
BEFORE, AFTER = "0005_longer_links", "0006_traceability_systems"
PROGRAM = f"""
{database.START}
from datetime import date
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

DAY, NOW = date(2024, 1, 2), timezone.now()

def migrated(name):
    call_command("migrate", "products", name, verbosity=0)
    executor = MigrationExecutor(connection)
    return executor.loader.project_state([("products", name), ("imports", "0001_initial")]).apps

def triggers():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {{name for (name,) in cursor.fetchall()}}

apps = migrated("{BEFORE}")
at_first = triggers()
Unit = apps.get_model("organisation", "Unit")
unit = Unit.objects.create(code="844", name="Thử", level="district", valid_from=date(2000, 1, 1))
model = lambda name: apps.get_model("products", name)
here = dict(place=unit, district=unit)
producer = model("Producer").objects.create(name="HTX", kind="household", **here)
products = [
    model("Product").objects.create(name=n, name_key=n, producer=producer, **here)
    for n in ("a", "b", "c")
]

def enrol(product, text, key=None):
    key = key or text.casefold()
    keys = dict(system=text, system_key=key, system_search=key, system_sort=key)
    made = model("TraceabilityEnrolment").objects.create(
        product=product, started_on=DAY, status="verified", **keys
    )
    model("HistoricalTraceabilityEnrolment").objects.create(
        id=made.pk, product_id=product.pk, started_on=DAY, status="verified", created_at=NOW,
        updated_at=NOW, history_date=NOW, history_type="+", **keys
    )
    return made

a, b, c = products
one = enrol(a, "VNPT Check"); two = enrol(b, "VNPT-CHECK"); bar = enrol(c, "GS1")
own = enrol(a, "Cổng riêng"); other = enrol(b, "cổng RIÊNG")
# Two spellings of one system on one day for one product: both stay.
both = enrol(c, "iCheck"), enrol(c, "icheck.vn")
waiting = model("Amendment").objects.create(
    kind="traceability", record_id=one.pk, base_version=1, reason="x", status="draft",
    values={{"system": "Cổng khác"}},
)
batch = apps.get_model("imports", "ImportBatch")
before = {{"id": one.pk, "system": "Cổng cũ", "system_key": "x", "system_search": "x",
          "system_sort": "x", "code": ""}}
from ocop.imports.models import ImportBatch, ImportedChange
change = ImportedChange.objects.create(
    batch=ImportBatch.objects.create(dataset="traceability"), record_id=one.pk,
    model="products.traceabilityenrolment", before=before,
)

apps = migrated("{AFTER}")
Enrolment, System = model("TraceabilityEnrolment"), model("TraceabilitySystem")
named = {{one.pk: one.system for one in Enrolment.objects.select_related("system")}}
assert named[one.pk] == named[two.pk] and named[one.pk].code == "vnpt-check"
assert named[bar.pk].code == "gs1-vn"
assert named[own.pk] == named[other.pk] and named[own.pk].code == "cong-rieng"
assert named[both[0].pk] != named[both[1].pk]
assert named[both[0].pk].code == "icheck" and named[both[1].pk].name == "icheck.vn"
assert all(one.counted and one.status == "confirmed" for one in System.objects.all())
history = model("HistoricalTraceabilityEnrolment").objects.get(id=two.pk)
assert history.system_id == named[two.pk].pk
said = model("Amendment").objects.get(pk=waiting.pk).values["system"]
assert System.objects.get(pk=said).name == "Cổng khác"
change.refresh_from_db()
assert System.objects.get(pk=change.before["system_id"]).name == "Cổng cũ"
assert "system" not in change.before and "system_key" not in change.before
assert at_first <= triggers(), at_first - triggers()

apps = migrated("{BEFORE}")
Enrolment = model("TraceabilityEnrolment")
assert Enrolment.objects.get(pk=two.pk).system == "VNPT Check"
assert Enrolment.objects.get(pk=two.pk).system_key == "vnpt check"
assert Enrolment.objects.count() == 7
row = model("HistoricalTraceabilityEnrolment").objects.get(id=own.pk)
assert row.system.casefold() == "cổng riêng"
assert model("Amendment").objects.get(pk=waiting.pk).values == {{"system": "Cổng khác"}}
change.refresh_from_db()
assert change.before["system"] == "Cổng cũ"
assert triggers() == at_first
"""


def test_every_text_becomes_a_system_that_counts_and_a_text_again() -> None:
    url = database.copied("tables")
    try:
        database.run(PROGRAM, url)
    finally:
        database.drop(url)
