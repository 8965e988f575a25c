"""An import against stock django-import-export and against the least that has to be done.

Usage: python -m benchmarks.imports [ROWS [STOCK_ROWS]]   (10000 2000; DATABASE_URL as ever)

Each runs in a process of its own, in a temporary SQLite file or the empty database that
DATABASE_URL names, that has been checked as every process that imports has been. Seconds a row
are compared, because stock is measured on fewer rows. Memory is the peak above the start, the
children that read the workbook apart. CPU seconds are those of the process and its children, not
of a database server: on a busy machine they tell more than the time that passes.
"""

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

HEADERS = ["Tên sản phẩm", "Chủ thể", "Huyện", "Điểm", "Hạng sao", "Ngày quyết định"]
GOALS = {"sqlite": (20, 3), "postgresql": (40, 3)}


def workbook(mode: str, rows: int) -> bytes:
    """Names carry the mode: one database serves all three, and none finds another's records."""
    from ocop.lib.spreadsheets.writing.writer import SheetToWrite, write_workbook

    day = date(2022, 8, 22)
    table = [
        [f"Sản phẩm {mode} {n}", f"Hộ {mode} {n // 2}", "Huyện Càng Long", 65 + n % 5, "3 sao", day]
        for n in range(rows)
    ]
    stream = io.BytesIO()
    write_workbook(stream, [SheetToWrite("DS", HEADERS, table)])
    return stream.getvalue()


def parsed(data: bytes) -> list[Any]:
    import python_calamine

    book = python_calamine.load_workbook(io.BytesIO(data))
    return book.get_sheet_by_index(0).to_python()[1:]


def ours(data: bytes) -> None:
    from ocop.imports.datasets.importer import system_importer
    from ocop.imports.pipeline.pipeline import import_file

    outcome = import_file(data, "x.xlsx", "recognitions", system_importer())
    assert outcome.verdict == "accepted", outcome.errors[:3]


def stock(data: bytes) -> None:
    import tablib
    from import_export import fields, resources

    from ocop.organisation.models import Unit
    from products.models import Producer, Product, Recognition

    unit = Unit.objects.get(name="Huyện Càng Long")
    common = {"place": unit, "district": unit}

    class Stock(resources.ModelResource):
        product = fields.Field(attribute="product", column_name="product")

        class Meta:
            model = Recognition
            fields = ("product", "decided_on", "rank", "score")
            import_id_fields = ("product", "decided_on")
            clean_model_instances = True
            use_transactions = True

        def before_import_row(self, row: Any, **kwargs: Any) -> None:
            producer, _ = Producer.objects.get_or_create(name=row["producer"], defaults=common)
            found = {"name": row["product"], "producer": producer}
            row["product"], _ = Product.objects.get_or_create(**found, defaults=common)

    columns = ["product", "producer", "decided_on", "rank", "score"]
    rows = [(r[0], r[1], r[5], 30, r[3]) for r in parsed(data)]
    result = Stock().import_data(tablib.Dataset(*rows, headers=columns), raise_errors=True)
    assert result.totals["new"] == len(rows), result.totals


def floor(data: bytes) -> None:
    """Rows made ready with no check, keys counted by hand, no history."""
    from django.db import connection, transaction
    from django.utils import timezone

    from ocop.organisation.models import Unit
    from products.models import Producer, Product, Recognition

    unit, now = Unit.objects.get(name="Huyện Càng Long").pk, timezone.now()
    rows, base = parsed(data), 10_000_000
    common = ("verified", 1, "", "{}", now, now)
    head = "id, status, version, status_reason, field_reasons, created_at, updated_at"
    named = f"{head}, name, name_key, name_search, name_sort, place_id, district_id"
    producers = [(base + n, *common, *[r[1]] * 4, unit, unit, "") for n, r in enumerate(rows[::2])]
    products = [
        (base + n, *common, *[r[0]] * 4, unit, unit, base + n // 2) for n, r in enumerate(rows)
    ]
    texts = "difference_reason, revocation_reason, note, decision_number, authority"
    texts += ", certificate_number, prolongation_number"
    recognitions = [
        (base + n, *common, base + n, r[5], 30, r[3], date(2025, 8, 22), *[""] * 7)
        for n, r in enumerate(rows)
    ]
    own = f"{head}, product_id, decided_on, rank, score, valid_until, {texts}"
    with transaction.atomic(), connection.cursor() as cursor:
        for model, names, ready in (
            (Producer, f"{named}, kind", producers),
            (Product, f"{named}, producer_id", products),
            (Recognition, own, recognitions),
        ):
            table = model._meta.db_table
            if connection.vendor == "postgresql":
                lines = "\n".join("\t".join(map(str, row)) for row in ready)
                cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", io.StringIO(lines))
            else:
                places = ", ".join(["%s"] * len(ready[0]))
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", ready)


def measure(mode: str, file: str) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0, stdout=io.StringIO())
    # `manage.py import_workbook` and the server do so before the first row: it loads the module of
    # every page, which else would count as time and memory of the import that first needs a link.
    call_command("check", stdout=io.StringIO())
    # Made by another process: what making it took would count as there from the start.
    data = Path(file).read_bytes()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, busy = time.perf_counter(), sum(os.times()[:4])
    {"ours": ours, "stock": stock, "floor": floor}[mode](data)
    seconds, cpu = time.perf_counter() - start, sum(os.times()[:4]) - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    tracemalloc.start()
    kept = parsed(data)
    size = tracemalloc.get_traced_memory()[0] / 2**20
    answer = {"seconds": seconds, "cpu": cpu, "rows": len(kept), "peak": peak / 1024}
    answer |= {"child": child / 1024, "parsed": size}
    print(json.dumps({**answer, "vendor": connection.vendor}))


def in_a_process(mode: str, rows: int, folder: str) -> dict[str, Any]:
    file = Path(folder, f"{mode}.xlsx")
    file.write_bytes(workbook(mode, rows))
    settings = {
        "DATABASE_URL": f"sqlite:///{folder}/{mode}.sqlite3",
        "ALLOWED_HOSTS": "localhost",
        "HTTPS": "0",
        "SECRET_KEY": "0123456789" * 6,
        **os.environ,
        # Debugging keeps every statement in memory.
        "DEBUG": "0",
        "VAR_DIR": folder,
    }
    command = [sys.executable, "-m", "benchmarks.imports", mode, str(file)]
    output = subprocess.run(command, env=settings, check=True, stdout=subprocess.PIPE).stdout
    return json.loads(output.splitlines()[-1])


def main(rows: int, stock_rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sizes = {"ours": rows, "stock": stock_rows, "floor": rows}
        found = {mode: in_a_process(mode, size, folder) for mode, size in sizes.items()}
    vendor = found["ours"]["vendor"]
    print(f"{vendor:10}   rows  seconds      CPU   rows/s  peak MiB  reader's process MiB")
    each = {mode: one["seconds"] / one["rows"] for mode, one in found.items()}
    for mode, one in found.items():
        print(
            f"{mode:10} {one['rows']:6} {one['seconds']:8.2f} {one['cpu']:8.2f} "
            f"{1 / each[mode]:8.0f} {one['peak']:9.1f} {one['child']:9.1f}"
        )
    faster, slower = GOALS[vendor]
    memory = found["ours"]["peak"] / found["ours"]["parsed"]
    print(f"faster than stock: {each['stock'] / each['ours']:.1f} × (goal ≥ {faster})")
    print(f"of the floor: {each['ours'] / each['floor']:.1f} × (goal ≤ {slower})")
    print(f"memory of the parsed rows ({found['ours']['parsed']:.1f} MiB): {memory:.1f} × (≤ 3)")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "ocop.settings"
    if sys.argv[1:] and sys.argv[1] in ("ours", "stock", "floor"):
        measure(sys.argv[1], sys.argv[2])
    else:
        main(*([int(word) for word in sys.argv[1:]] + [10_000, 2_000][len(sys.argv) - 1 :]))
