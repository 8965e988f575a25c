"""Files come in one by one: each is stored with its row, or named with the reason."""

import hashlib
import os
import stat
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test.utils import CaptureQueriesContext

from ocop.lib.files import child, refusal
from ocop.lib.files.refusal import MAX_FILE_SIZE
from products.evidence import storage
from products.evidence.messages import SENTENCES
from products.kinds import KINDS
from products.models import Evidence
from tests.products.evidence import made_files as make
from tests.support.cases import every_case

pytestmark = pytest.mark.django_db
KIND = KINDS["recognition"]


def files_in(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file()]


def test_a_file_lies_under_its_id_and_its_row_says_what_it_is(
    attached: Evidence, record: Any, store: Path
) -> None:
    path = store / str(attached.pk)[:2] / str(attached.pk)
    data = path.read_bytes()
    assert files_in(store) == [path]
    assert (attached.kind, attached.record_id) == ("recognition", record.pk)
    assert (attached.name, attached.content_type) == ("Quyết định 12.pdf", "application/pdf")
    assert (attached.size, attached.pages) == (len(data), 2)
    assert attached.sha256 == hashlib.sha256(data).hexdigest()
    assert attached.added_by.username == "huyen844"


def test_only_the_programs_own_account_may_read_the_store(attached: Evidence, store: Path) -> None:
    path = storage.path_of(attached.pk)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(store.stat().st_mode) == 0o700


def test_good_files_are_stored_and_each_bad_one_is_named(
    record: Any, signed_in: Any, send: Any, store: Path
) -> None:
    answer = send(
        signed_in("officer_of_844"),
        record,
        ("tốt.pdf", make.pdf()),
        ("trang.svg", b"<svg/>"),
        ("ảnh.png", make.image("PNG")),
        ("hồ sơ.docx", make.archive("[Content_Types].xml")),
    )
    shown_text = answer.json()
    assert answer.status_code == 200
    assert [one["name"] for one in shown_text["files"]] == ["tốt.pdf", "ảnh.png"]
    assert [one["name"] for one in shown_text["errors"]] == ["trang.svg", "hồ sơ.docx"]
    assert all(one["name"] in one["message"] for one in shown_text["errors"])
    assert "tốt.pdf" in shown_text["html"]
    assert Evidence.objects.count() == len(files_in(store)) == 2


def test_the_answer_names_what_the_page_needs(record: Any, signed_in: Any, send: Any) -> None:
    answer = send(signed_in("officer_of_844"), record, ("a.pdf", make.pdf(3)))
    (file,) = answer.json()["files"]
    root = f"/evidence/{Evidence.objects.get().pk}/"
    assert file["id"] in root
    assert (file["url"], file["preview"]) == (root, f"{root}page-1.jpg")
    assert (file["remove"], file["pages"]) == (f"{root}remove/", 3)
    assert file["size_words"]


def test_a_kind_is_told_by_content_and_not_by_name(record: Any, signed_in: Any, send: Any) -> None:
    send(signed_in("officer_of_844"), record, ("ảnh.png", make.pdf()))
    assert Evidence.objects.get().content_type == "application/pdf"


def test_the_same_file_twice_is_said_and_not_stored_twice(
    record: Any, signed_in: Any, send: Any, store: Path
) -> None:
    client, data = signed_in("officer_of_844"), make.pdf()
    send(client, record, ("a.pdf", data))
    answer = send(client, record, ("b.pdf", data))
    assert answer.status_code == 400
    assert "b.pdf" in answer.json()["errors"][0]["message"]
    assert Evidence.objects.count() == len(files_in(store)) == 1


def test_a_removed_file_may_come_again(
    attached: Evidence, record: Any, signed_in: Any, send: Any
) -> None:
    client = signed_in("officer_of_844")
    data = storage.path_of(attached.pk).read_bytes()
    client.post(f"/evidence/{attached.pk}/remove/")
    assert send(client, record, ("a.pdf", data)).status_code == 200


def test_a_request_takes_ten_files_and_names_the_others(
    record: Any, signed_in: Any, send: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "MAX_AT_ONCE", 2)
    files = [(f"{number}.jpg", make.image(size=(9, 9 + number))) for number in range(3)]
    shown_text = send(signed_in("officer_of_844"), record, *files).json()
    assert [one["name"] for one in shown_text["files"]] == ["0.jpg", "1.jpg"]
    assert [one["name"] for one in shown_text["errors"]] == ["2.jpg"]


def test_a_record_keeps_a_bounded_number_of_files(
    attached: Evidence, record: Any, signed_in: Any, send: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "MAX_FILES", 1)
    answer = send(signed_in("officer_of_844"), record, ("a.pdf", make.pdf()))
    assert answer.status_code == 400
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4" + b"\0" * MAX_FILE_SIZE], ids=["none", "much"])
def test_empty_and_too_large_files_are_refused_without_a_look(
    record: Any, signed_in: Any, send: Any, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "inspected", lambda *given: pytest.fail("looked"))
    answer = send(signed_in("officer_of_844"), record, ("a.pdf", data))
    assert answer.status_code == 400
    assert "a.pdf" in answer.json()["errors"][0]["message"]


def test_sending_nothing_is_said(record: Any, signed_in: Any, send: Any) -> None:
    answer = send(signed_in("officer_of_844"), record)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["message"]


# --- What goes wrong leaves nothing -------------------------------------------------------------


def test_a_disk_that_fails_leaves_neither_row_nor_file(
    record: Any, signed_in: Any, send: Any, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: Any, **more: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    answer = send(signed_in("officer_of_844"), record, ("a.pdf", make.pdf()))
    assert answer.status_code == 400
    assert "a.pdf" in answer.json()["errors"][0]["message"]
    assert not Evidence.objects.exists()
    assert files_in(store) == []


@pytest.mark.parametrize("call", ["fsync", "open"])
def test_a_disk_that_fails_while_writing_leaves_nothing(
    record: Any, signed_in: Any, send: Any, store: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    client = signed_in("officer_of_844")

    def full(*given: Any, **more: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, full)
    assert send(client, record, ("a.pdf", make.pdf())).status_code == 400
    monkeypatch.undo()
    assert not Evidence.objects.exists()
    assert files_in(store) == []


def test_a_row_that_fails_takes_its_file_along(
    record: Any, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: Any, **more: Any) -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(storage, "_sync_folder", fail)
    with pytest.raises(DatabaseError):
        file = SimpleUploadedFile("a.pdf", make.pdf())
        user = type(record).created_by.field.related_model.objects.get(username="huyen844")
        storage.add(KIND, record, [file], user)
    assert not Evidence.objects.exists()
    assert files_in(store) == []


@pytest.mark.usefixtures("in_sandbox")
@pytest.mark.parametrize(
    "name,value",
    [("LIMITS", replace(child.LIMITS, wall_seconds=0.01)), ("MODULE", "no.such.module")],
)
def test_a_check_that_crashes_or_hangs_is_a_refusal(
    record: Any,
    signed_in: Any,
    send: Any,
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: Any,
) -> None:
    monkeypatch.setattr(child, name, value)
    answer = send(signed_in("officer_of_844"), record, ("a.pdf", make.pdf()))
    assert answer.status_code == 400
    assert "a.pdf" in answer.json()["errors"][0]["message"]
    assert files_in(store) == []


def test_the_files_of_one_request_share_a_bounded_time(
    record: Any, signed_in: Any, send: Any, in_sandbox: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "SECONDS_AT_ONCE", 0.0)
    answer = send(signed_in("officer_of_844"), record, ("a.pdf", make.pdf()))
    assert "a.pdf" in answer.json()["errors"][0]["message"]
    assert not Evidence.objects.exists()


# --- Names --------------------------------------------------------------------------------------


@every_case(
    "given,stored",
    [
        ("a.pdf", "a.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\hồ sơ\\a.pdf", "a.pdf"),
        ("a\0b\r\nc.pdf", "abc.pdf"),
        (unicodedata.normalize("NFD", "Quyết định.pdf"), "Quyết định.pdf"),
        ("ảnh\u202egpj.pdf", "ảnhgpj.pdf"),
        ("ă" * 300 + ".pdf", "ă" * 196 + ".pdf"),
        ("x" * 300, "x" * 200),
        ("<b>.pdf", "<b>.pdf"),
    ],
)
def test_names_are_kept_as_text_without_paths_and_control_characters(
    given: str, stored: str
) -> None:
    assert storage.clean_name(given) == stored


@every_case("given", ["", "/", "\0\0", "\u200b"])
def test_a_file_without_a_name_gets_one(given: str) -> None:
    assert storage.clean_name(given)


def test_a_name_is_shown_as_text(record: Any, signed_in: Any, send: Any) -> None:
    answer = send(signed_in("officer_of_844"), record, ("<i>a&b.pdf", make.pdf()))
    assert "&lt;i&gt;a" in answer.json()["html"]
    assert "<i>" not in answer.json()["html"]


# --- Without the script -------------------------------------------------------------------------


@every_case(
    "asked,goes_to",
    [
        ("/my-work/#evidence", "/my-work/#evidence"),
        ("", None),
        ("https://evil.example/", None),
        ("//evil.example/", None),
        ("javascript:alert(1)", None),
        ("/a\r\nX: 1", "/a%0D%0AX:%201"),
        ("\0", None),
    ],
)
def test_after_adding_one_returns_to_a_page_of_this_site(
    record: Any, signed_in: Any, send: Any, asked: str, goes_to: str | None
) -> None:
    answer = send(
        signed_in("officer_of_844"), record, ("a.pdf", make.pdf()), next=asked, headers={}
    )
    assert answer.status_code == 302
    assert answer["Location"] == goes_to or (
        goes_to is None and answer["Location"].startswith("/r")
    )


def test_without_the_script_what_happened_is_said_in_messages(
    record: Any, signed_in: Any, send: Any
) -> None:
    answer = send(
        signed_in("officer_of_844"), record, ("a.pdf", make.pdf()), ("b.svg", b"<svg/>"), headers={}
    )
    bad, good = [str(message) for message in get_messages(answer.wsgi_request)]
    assert "b.svg" in bad
    assert "1" in good


# --- Words and counts ---------------------------------------------------------------------------


@pytest.mark.parametrize("reason", SENTENCES)
def test_every_sentence_names_the_file_and_a_way_on(reason: str, settings: Any) -> None:
    from django.utils.translation import override

    from products.evidence.messages import sentence

    words = {"name": "tệp.x", "size": "16 MB", "limit": "15 MB", "pages": 200, "files": 20}
    with override("en"):
        shown_text = sentence(reason, **words, at_once=10)
    assert shown_text.startswith("“tệp.x”")
    assert shown_text.endswith(".")
    assert "%" not in shown_text


def test_every_reason_of_the_checks_has_its_sentence() -> None:
    described = (refusal.__doc__ or "").replace(";", ",").replace("(", ",").replace("\n", " ")
    named = {part.strip() for part in described.partition(":")[2].split(",")}
    assert {name for name in named if name.isidentifier()} <= SENTENCES.keys()


def test_lines_cost_the_same_whatever_their_number(
    record: Any, signed_in: Any, send: Any, connection_queries: Any
) -> None:
    client = signed_in("officer_of_844")
    send(client, record, ("0.jpg", make.image()))
    one = connection_queries(record)
    send(client, record, *((f"{number}.jpg", make.image()) for number in range(1, 5)))
    assert connection_queries(record) == one


@pytest.fixture
def connection_queries() -> Any:
    from django.db import connection

    from ocop.organisation.scope import SYSTEM

    def count(record: Any) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert [line.added_by for line in storage.evidence_rows(KIND, record, SYSTEM)]
        return len(queries)

    return count
