"""Every address of the imports against every role: one's own, somebody else's, none at all."""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from ocop.imports.datasets.batches import store_file
from ocop.imports.datasets.registry import DATASETS
from ocop.imports.models import ImportBatch, IncompleteRecord, Upload
from ocop.organisation.models import User
from tests.imports.workbooks import RECOGNITIONS, as_user, make_book, product_row, recognitions
from tests.support.cases import every_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("effects_untold")]

IMPORTERS = {
    "administrator": "quantri",
    "provincial_officer": "tinh",
    "officer_of_844": "huyen844",
}
FILE, IMPORT, INCOMPLETE, NOBODYS = "file", "import", "incomplete", ""


class Address(NamedTuple):
    """`of`: what it is about. `open_to_all`: anybody with a role, not importers alone."""

    method: str
    path: str
    of: str = NOBODYS
    open_to_all: bool = False


IMPORT_ADDRESSES = {
    "import-list": Address("get", "/imports/"),
    "import-add": Address("post", "/imports/files/"),
    "upload": Address("get", "/imports/files/{file}/", FILE),
    "upload-choose": Address("post", "/imports/files/{file}/choose/", FILE),
    "upload-apply": Address("post", "/imports/files/{file}/import/", FILE),
    "upload-discard": Address("post", "/imports/files/{file}/discard/", FILE),
    "upload-progress": Address("get", "/imports/files/{file}/progress/", FILE),
    "upload-original": Address("get", "/imports/files/{file}/original/", FILE),
    "upload-marked": Address("get", "/imports/files/{file}/marked/", FILE),
    "upload-left-out": Address("get", "/imports/files/{file}/left-out/", FILE),
    "import-left-out": Address("get", "/imports/{import}/left-out/", IMPORT),
    "remembered-answers": Address("get", "/imports/remembered/"),
    "forget-answers": Address("post", "/imports/remembered/forget/"),
    "incomplete-records": Address("get", "/records/incomplete/"),
    "incomplete-record": Address("get", "/records/incomplete/{incomplete}/", INCOMPLETE),
    "incomplete-discard": Address("post", "/records/incomplete/{incomplete}/discard/", INCOMPLETE),
    "import": Address("get", "/imports/{import}/", IMPORT),
    "import-file": Address("get", "/imports/{import}/file/", IMPORT),
    "import-undo": Address("get", "/imports/{import}/undo/", IMPORT),
    "import-template": Address("get", "/imports/templates/recognitions.xlsx", open_to_all=True),
    "import-export": Address("get", "/imports/exports/recognitions.csv", open_to_all=True),
}


def client_of(name: str, signed_in: Any) -> Client:
    client: Client = signed_in(name)
    return client


def belongings(client: Client, username: str) -> dict[str, Any]:
    """A file handed in, looked at, and an import carried out by one person: both leave a row out,
    and the import keeps one that is incomplete."""
    good = product_row(f"Sản phẩm của {username}", f"Hộ {username}")
    wrong = product_row("Sai", f"Hộ {username}", rank="7 sao")
    data = make_book([RECOGNITIONS, good, wrong])
    handed_in = client.post("/imports/files/", {"file": SimpleUploadedFile("a.xlsx", data)})
    upload = Upload.objects.get(pk=handed_in["Location"].split("/")[-2])
    fields = {"what": "questions", "preview": str(upload.preview), "do": "leave-errors"}
    client.post(f"/imports/files/{upload.pk}/choose/", fields)
    return {"file": upload.pk, **imported_by(username)}


def imported_by(username: str) -> dict[str, Any]:
    rows = [
        product_row(f"Đã nhập {username}", f"Hộ ông {username}"),
        product_row("Thiếu ngày", f"Hộ ông {username}", day=None),
        product_row("Sai", f"Hộ ông {username}", rank="7 sao"),
    ]
    options = {"leave_out": ["errors"], "drafts": True}
    batch = recognitions(*rows, importer=as_user(username), **options).batch
    return {"import": batch, "incomplete": IncompleteRecord.objects.get(batch=batch).pk}


def send(client: Client, address: Address, things: dict[str, Any]) -> int:
    return int(getattr(client, address.method)(address.path.format(**things)).status_code)


NOTHING = {"file": uuid.UUID(int=1), "import": 999_999, "incomplete": 999_999}


def each_by_itself(names: Iterable[str] = IMPORT_ADDRESSES) -> Iterator[str]:
    """Every address in turn; what one of them did is taken back before the next."""
    for name in names:
        with transaction.atomic():
            yield name
            transaction.set_rollback(True)


@pytest.mark.parametrize("role", IMPORTERS)
def test_importers_reach_their_own(role: str, signed_in: Any) -> None:
    client = client_of(role, signed_in)
    things = belongings(client, IMPORTERS[role])
    for name in each_by_itself():
        assert send(client, IMPORT_ADDRESSES[name], things) in (200, 302), name


@pytest.mark.parametrize("role", IMPORTERS)
def test_what_is_somebody_elses_is_not_there(role: str, signed_in: Any) -> None:
    other = "officer_of_848" if role == "officer_of_844" else "officer_of_844"
    username = "huyen848" if other == "officer_of_848" else "huyen844"
    if username == "huyen848":
        things = {"file": _a_file_of(username), "import": _an_import_of("quantri")}
        things["incomplete"] = _incomplete_of_848()
    else:
        things = belongings(client_of(other, signed_in), username)
    before = (Upload.objects.count(), ImportBatch.objects.count())
    client = client_of(role, signed_in)
    for name in each_by_itself(n for n, a in IMPORT_ADDRESSES.items() if a.of):
        status = send(client, IMPORT_ADDRESSES[name], things)
        of = IMPORT_ADDRESSES[name].of
        sees_all = role == "administrator" and of == IMPORT
        # Of a district, and so of those who enter for all of them.
        sees_all |= role != "officer_of_844" and of == INCOMPLETE
        assert (status in (200, 302)) if sees_all else (status == 404), name
        assert (Upload.objects.count(), ImportBatch.objects.count()) == before, name


def _a_file_of(username: str) -> Any:
    return store_file(b"x", "x.xlsx", User.objects.get(username=username)).pk


def _incomplete_of_848() -> Any:
    row = product_row("Thiếu", district="Huyện Trà Cú", day=None)
    batch = recognitions(product_row("Đủ"), row, drafts=True).batch
    return IncompleteRecord.objects.get(batch=batch).pk


def _an_import_of(username: str) -> Any:
    return recognitions(product_row("Của người khác"), importer=as_user(username)).batch


@every_case("name", IMPORT_ADDRESSES)
def test_what_is_not_there_is_not_there_for_administrators_either(name: str, clients: Any) -> None:
    address = IMPORT_ADDRESSES[name]
    status = send(clients["administrator"], address, NOTHING)
    assert status == (404 if address.of else status)


def test_the_committee_imports_nothing(signed_in: Any) -> None:
    things = belongings(client_of("administrator", signed_in), "quantri")
    client = client_of("committee_member", signed_in)
    for name in each_by_itself():
        status = send(client, IMPORT_ADDRESSES[name], things)
        assert status == (200 if IMPORT_ADDRESSES[name].open_to_all else 403), name


def test_nobody_signed_in_and_nobody_without_a_role(signed_in: Any, outsider: Any) -> None:
    things = belongings(client_of("administrator", signed_in), "quantri")
    client = Client()
    client.force_login(outsider)
    for name in each_by_itself():
        assert send(Client(), IMPORT_ADDRESSES[name], things) == 302, name
        assert send(client, IMPORT_ADDRESSES[name], things) == 404, name


def test_other_methods_are_not_allowed(signed_in: Any) -> None:
    client = client_of("administrator", signed_in)
    things = belongings(client, "quantri")
    for name in each_by_itself():
        address = IMPORT_ADDRESSES[name]
        path = address.path.format(**things)
        for method in ("put", "patch", "delete"):
            assert getattr(client, method)(path).status_code == 405, (name, method)
        if address.method == "post":
            assert client.get(path).status_code == 405, name
        elif name not in ("import-undo", "incomplete-record"):
            assert client.post(path).status_code == 405, name


# --- Exports --------------------------------------------------------------------------------------


@every_case("dataset", DATASETS)
@every_case("form", ["xlsx", "csv"])
def test_every_dataset_goes_out_in_both_forms(dataset: str, form: str, clients: Any) -> None:
    answer = clients["committee_member"].get(f"/imports/exports/{dataset}.{form}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")


def test_an_export_holds_what_the_person_may_see(signed_in: Any) -> None:
    recognitions(product_row("Của Càng Long"))
    recognitions(product_row("Của Cầu Kè", "Hộ B", district="Huyện Cầu Kè"))

    def seen(role: str, address: str) -> str:
        answer = client_of(role, signed_in).get(f"/imports/exports/recognitions.csv{address}")
        return b"".join(answer.streaming_content).decode("utf-8-sig") if answer.streaming else ""

    assert "Của Cầu Kè" in seen("committee_member", "")
    assert "Của Cầu Kè" not in seen("officer_of_844", "")
    assert "Của Càng Long" in seen("officer_of_844", "")
    assert "Của Càng Long" not in seen("committee_member", "?as_of=2022-08-21")
    assert "Của Càng Long" not in seen("committee_member", "?unit=845")
    officer = client_of("officer_of_844", signed_in)
    assert officer.get("/imports/exports/recognitions.csv?unit=845").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["exports/nothing.csv", "exports/recognitions.exe", "templates/nothing.xlsx"],
)
def test_what_is_no_dataset_is_not_there(path: str, signed_in: Any) -> None:
    assert client_of("administrator", signed_in).get(f"/imports/{path}").status_code == 404
