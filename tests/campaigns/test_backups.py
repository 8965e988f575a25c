"""A backup while people and imports write, restored into an empty database of either kind.

Each kind of source: some 100,000 rows; two processes go on writing, one record by record through
the workflow with its scan, one by imports. What they wrote is in the archive whole or not at all.
Then, with nobody writing, a last backup: its source and what is restored from it are compared row
by row, file by file, figure by figure, and so is what comes back from there.
"""

import hashlib
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count

from ocop.backup.archive import opened
from ocop.backup.manifest import DamagedArchive
from tests.backup.places import Place, empty_database, kinds
from tests.campaigns.trials import environment, printed
from tests.support import database
from tests.support.database import ROOT

pytestmark = pytest.mark.slow
ROWS = int(os.environ.get("OCOP_BACKED_UP_ROWS", "6000"))
SCANS = 30
FLIPS = 20
BACKUPS = 3
SEED = os.environ.get("OCOP_SEED", "20-CT/TU")
DAY = "2024-12-31"
START = """
import sys, time, warnings
import django
django.setup()
from datetime import date, timedelta
from pathlib import Path
from django.core.files.uploadedfile import SimpleUploadedFile
from ocop.imports.datasets.importer import system_importer
from ocop.imports.pipeline.pipeline import import_file
from ocop.organisation.models import Unit, User
from products import evidence, workflow
from products.records.permissions import kind_named
from products.records.history import create_all
from products.models import Product, Recognition
from tests.products.evidence import made_files
from tests.imports.workbooks import RECOGNITIONS, make_book

HUYEN = ["Huyện Càng Long", "Huyện Cầu Kè", "Huyện Trà Cú", "TP. Trà Vinh"]

def imported(folder, name, rows):
    book = folder / f"{name}.xlsx"
    lines = [[f"Sản phẩm {name} {n:05d}", f"Cơ sở {name} {n % 900:04d}", None, HUYEN[n % 4], 65,
        "3 sao", date(2022, 8, 22) + timedelta(days=n % 900)] for n in range(rows)]
    book.write_bytes(make_book([RECOGNITIONS, *lines]))
    outcome = import_file(book, book.name, "recognitions", system_importer()).as_json()
    assert outcome["verdict"] == "accepted", outcome["errors"][:3]

def scanned(record, user, data):
    stored, refused = evidence.add(kind_named("recognition"), record,
        [SimpleUploadedFile("bản quét.jpg", data)], user)
    assert stored and not refused, refused
"""
PREPARE = """
folder, rows, scans = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
imported(folder, "gốc", rows)
tinh = User.objects.get(username="tinh")
for record in Recognition.objects.order_by("pk")[:scans]:
    scanned(record, tinh, made_files.image(size=(1200, 900)))
"""
WRITE = """
stop = Path(sys.argv[1]) / "stop"
author, tinh = (User.objects.get(username=name) for name in ("huyen844", "tinh"))
unit = Unit.objects.get(code="844", level="district")
producer = Product.objects.filter(district=unit)[0].producer
number, longest = 0, 0.0
while not stop.exists():
    number += 1
    began = time.monotonic()
    product = Product(name=f"Đang ghi {number}", producer=producer, place=unit, district=unit,
        status="verified")
    create_all([product], author, "thử")
    record = Recognition(product=product, decided_on=date(2023, 3, 3), rank=30, status="draft",
        decision_number=f"{number}/QĐ", authority="district")
    create_all([record], author, "thử")
    workflow.advance(record, "submit", author)
    workflow.advance(record, "verify", tinh)
    longest = max(longest, time.monotonic() - began)
    if number % 5 == 0:
        scanned(record, tinh, made_files.image())
print("writes", number, "longest", round(longest, 2))
"""
IMPORT = """
folder = Path(sys.argv[1])
number = 0
while not (folder / "stop").exists():
    number += 1
    imported(folder, f"lượt {number}", 200)
print("imports", number)
"""
COMMAND = """
import sys
from pathlib import Path
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", *sys.argv[1:]])
status = Path("/proc/self/status").read_text()
print("peak", int(status.partition("VmHWM:")[2].split()[0]) // 1024)
"""


@dataclass
class Ran:
    seconds: float
    peak: int


def manage(place: Place, *words: Any) -> Ran:
    """A command in a process of its own, which has to end well: seconds, MB of memory."""
    began = time.monotonic()
    text = printed(COMMAND, environment(place.url, place.folder), *words)
    peak = re.search(r"peak (\d+)", text)
    assert peak, text
    return Ran(time.monotonic() - began, int(peak[1]))


@contextmanager
def place_of(kind: str, folder: Path) -> Iterator[Place]:
    """A database without a table, and a folder."""
    folder.mkdir()
    with empty_database(kind, folder) as url:
        yield Place(url, folder)


@contextmanager
def writing(place: Place) -> Iterator[list[str]]:
    """Two processes that write until the block ends; then what they say of it."""
    shown_text: list[str] = []
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", START + program, str(place.folder)],
            cwd=ROOT,
            env=environment(place.url, place.folder),
            stdout=subprocess.PIPE,
            text=True,
        )
        for program in (WRITE, IMPORT)
    ]
    try:
        yield shown_text
    finally:
        (place.folder / "stop").touch()
        shown_text += [process.communicate(timeout=120)[0].strip() for process in processes]
        assert [process.returncode for process in processes] == [0, 0]


def figures(place: Place) -> str:
    words = ("progress", "--as-of", DAY, "--format", "json")
    return printed(COMMAND, environment(place.url, place.folder), *words).rpartition("peak")[0]


def judge_one_moment(place: Place) -> dict[str, int]:
    """Every record with all its history, every import with all its records, every row its file."""
    from ocop.imports.models import ImportBatch
    from products.models import Evidence, Product, Recognition

    with place.used():
        steps = Recognition.history.values_list("id").annotate(Count("pk")).order_by()
        assert dict(Recognition.objects.values_list("pk", "version")) == dict(steps)
        batches = ImportBatch.objects.annotate(written=Count("changes")).filter(rows__gt=0)
        for batch in batches:
            assert (batch.written > 0) == (batch.state == "applied"), batch.pk
        assert Product.history.count() == Product.objects.count()
        rows = {f"evidence/{str(e.pk)[:2]}/{e.pk}": e.sha256 for e in Evidence.objects.all()}
        assert place.digests() == rows
        names = Product.objects.filter(name__startswith="Đang ghi ").count()
        return {"records written": names, "scans": len(rows), "imports": batches.count()}


def judge_flips(archive: Path, folder: Path) -> None:
    chance = random.Random(SEED)
    whole = bytearray(archive.read_bytes())
    accepted = []
    for _ in range(FLIPS):
        place, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
        whole[place] ^= bit
        (folder / "lat.zip").write_bytes(whole)
        whole[place] ^= bit
        try:
            with opened(folder / "lat.zip"):
                accepted.append(place)
        except DamagedArchive:
            continue
    assert accepted == []
    assert bytes(whole) == archive.read_bytes()


@pytest.mark.parametrize("source_kind", kinds())
def test_a_backup_under_writes_is_one_moment_and_comes_back_on_either_database(
    source_kind: str, tmp_path: Path, capsys: Any, django_db_blocker: Any
) -> None:
    def tell(*words: Any) -> None:
        with capsys.disabled():
            print(f"  {source_kind}:", *words)

    with django_db_blocker.unblock(), ExitStack() as places:
        source = places.enter_context(place_of(source_kind, tmp_path / "nguon"))
        env = environment(source.url, source.folder)
        printed(database.START + database.MIGRATE + database.REFERENCE, env)
        printed(START + PREPARE, env, source.folder, ROWS, SCANS)
        with writing(source) as shown_text:
            time.sleep(5)
            for number in range(BACKUPS):
                archive = tmp_path / f"dang-ghi-{number}.zip"
                ran = manage(source, "backup", archive)
                tell(f"backup under writes {ran.seconds:.1f} s, {ran.peak} MB at most")
        tell(*shown_text)
        last = tmp_path / "cuoi.zip"
        ran = manage(source, "backup", last)
        with opened(last) as archive_of_all:
            rows, held = archive_of_all.manifest.rows, len(archive_of_all.manifest.files)
        size = last.stat().st_size / 1e6
        tell(f"{rows} rows, {held} files, {size:.1f} MB in {ran.seconds:.1f} s, {ran.peak} MB")
        judge_flips(last, tmp_path)
        for kind in kinds():
            target = places.enter_context(place_of(kind, tmp_path / f"den-{kind}"))
            ran = manage(target, "restore", tmp_path / f"dang-ghi-{BACKUPS - 1}.zip")
            tell(f"→ {kind}, empty: {ran.seconds:.1f} s, {ran.peak} MB", judge_one_moment(target))
            ran = manage(target, "restore", last, "--replace")
            tell(f"→ {kind}, replaced: {ran.seconds:.1f} s, {ran.peak} MB")
            assert same(target, source)
            again = tmp_path / f"lai-{kind}.zip"
            manage(target, "backup", again)
            back = places.enter_context(place_of(source_kind, tmp_path / f"ve-{kind}"))
            manage(back, "restore", again)
            assert same(back, source)


def same(one: Place, other: Place) -> bool:
    """Tables, files and figures; where they differ, by name."""
    mine, theirs = one.contents(), other.contents()
    assert [name for name in theirs if mine[name] != theirs[name]] == []
    assert mine.keys() == theirs.keys()
    assert hashlib.sha256(figures(one).encode()).digest() == (
        hashlib.sha256(figures(other).encode()).digest()
    )
    return True
