"""A place with a little of everything, empty places to restore into, and an archive."""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from ocop.imports.datasets.importer import system_importer
from ocop.imports.models import ImportBatch, StoredFile
from ocop.imports.pipeline.pipeline import import_file
from ocop.organisation.models import Unit, User
from products.evidence import storage
from products.models import FormDraft, IPRight, Product, Recognition, ScienceTask
from products.records.history import create_all
from products.records.permissions import get_kind_or_404
from targets.demonstration.demo_accounts import make_accounts
from targets.models.reference import load_everything
from tests.backup.places import Place, kinds, new_place
from tests.imports.workbooks import RECOGNITIONS, make_book
from tests.products.evidence import made_files

ROWS = [
    ["Mật hoa dừa", "HTX Mẫu Quy", None, "Huyện Càng Long", 65, "3 sao", date(2022, 8, 22)],
    ["Dừa sáp sợi", "Cơ sở Ánh", None, "Huyện Cầu Kè", 71.5, "4 sao", date(2023, 8, 22)],
]


def fill(folder: Path) -> None:
    """Reference data, people, records with history, an import, files; some of it deleted."""
    load_everything()
    make_accounts()
    officer = User.objects.get(username="tinh")
    book = folder / "phu-luc.xlsx"
    book.write_bytes(make_book([RECOGNITIONS, *ROWS]))
    outcome = import_file(book, book.name, "recognitions", system_importer())
    assert outcome.as_json()["verdict"] == "accepted"
    StoredFile.objects.create(sha256="0" * 64, content=bytes(range(256)) * 9, size=2304)
    ImportBatch.objects.update(warnings=[{"sentence": "tab\t, line\n, \\ and “đ”", "n": 1.5}])
    task = ScienceTask(
        name="Nhiệm vụ", lead="Sở", approved_on=date(2022, 5, 5), budget="12.50", status="verified"
    )
    right = IPRight(kind="trademark", name="Nhãn", owner="Chủ", status="draft")
    create_all([task], officer, "thử")
    right.science_task = task
    create_all([right], officer, "thử")
    right.products.add(Product.objects.all()[0])
    FormDraft.objects.create(user=officer, place="/records/product/new/", content={"a": [None]})
    files = [SimpleUploadedFile(f"quyết định {n}.pdf", made_files.pdf(n)) for n in (1, 2, 3)]
    record = Recognition.objects.all()[0]
    _stored, refused = storage.add(get_kind_or_404("recognition"), record, files, officer)
    assert not refused
    Unit.objects.create(code="x", level="commune", name="Đã xóa", valid_from="2020-01-01").delete()


@pytest.fixture(scope="session")
def blank_places(tmp_path_factory: Any, django_db_blocker: Any) -> Iterator[dict[str, Place]]:
    """An empty place of each kind of database that the run can use."""
    with ExitStack() as places:
        with django_db_blocker.unblock():
            made = {
                kind: places.enter_context(new_place(kind, tmp_path_factory.mktemp(f"moi-{kind}")))
                for kind in kinds()
            }
        yield made


@pytest.fixture(scope="session")
def full(
    blank_places: dict[str, Place], tmp_path_factory: Any, django_db_blocker: Any
) -> Iterator[Place]:
    """Tests look at it only; those that change something take a copy."""
    folder = tmp_path_factory.mktemp("day-du") / "goc"
    with blank_places[kinds()[0]].copied(folder) as place:
        with django_db_blocker.unblock(), place.used():
            fill(folder)
            assert connection.vendor == kinds()[0]
        yield place


@pytest.fixture(scope="session")
def archive(full: Place, tmp_path_factory: Any, django_db_blocker: Any) -> Path:
    path: Path = tmp_path_factory.mktemp("sao-luu") / "sao.zip"
    with django_db_blocker.unblock():
        full.manage("backup", path)
    return path


@pytest.fixture(autouse=True)
def _databases_are_open(django_db_blocker: Any) -> Iterator[None]:
    """To the places' own; no test here uses the one that all tests share."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def blank(blank_places: dict[str, Place], tmp_path: Path) -> Iterator[Place]:
    """An empty place of the kind that the run is about."""
    with blank_places[kinds()[0]].copied(tmp_path / f"trong-{uuid.uuid4().hex}") as place:
        yield place
