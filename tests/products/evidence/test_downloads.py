"""What leaves the store: as an attachment, sandboxed; pictures of pages, kept once made."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from ocop.lib.files import child
from ocop.lib.files.refusal import FileRefused
from products.evidence import storage
from products.models import Evidence
from tests.products.evidence import made_files as make
from tests.support.cases import every_case

pytestmark = pytest.mark.django_db
SANDBOX = "sandbox; default-src 'none'"


def test_a_file_is_an_attachment_that_runs_nothing(attached: Evidence, signed_in: Any) -> None:
    answer = signed_in("committee_member").get(f"/evidence/{attached.pk}/")
    assert answer.getvalue() == storage.path_of(attached.pk).read_bytes()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh%2012.pdf"
    )
    assert answer["Content-Security-Policy"] == SANDBOX
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store, private"


@every_case(
    "name,handed_out",
    [("a.exe", "a.exe.pdf"), ("a", "a.pdf"), ("a.PDF", "a.PDF"), ("a.html", "a.html.pdf")],
)
def test_the_ending_agrees_with_the_content(name: str, handed_out: str) -> None:
    row = Evidence(name=name, content_type="application/pdf")
    assert storage.download_name(row) == handed_out


def test_a_page_is_a_jpeg_of_its_own(attached: Evidence, signed_in: Any) -> None:
    answer = signed_in("committee_member").get(f"/evidence/{attached.pk}/page-2.jpg")
    assert Image.open(io.BytesIO(answer.getvalue())).width == 1400
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == "inline"
    assert answer["Cache-Control"] == "private, max-age=3600"
    assert answer["Content-Security-Policy"] == SANDBOX
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_picture_is_made_once_and_kept_beside_its_file(
    attached: Evidence, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in("committee_member")
    first = client.get(f"/evidence/{attached.pk}/page-1.jpg").getvalue()
    monkeypatch.setattr(child, "picture", lambda *given: pytest.fail("made again"))
    assert client.get(f"/evidence/{attached.pk}/page-1.jpg").getvalue() == first
    stored = storage.path_of(attached.pk).with_name(f"{attached.pk}.page-1.jpg")
    assert stored.stat().st_mode & 0o777 == 0o600


def _unfit(*given: Any) -> bytes:
    raise FileRefused("time")


def _full(*given: Any) -> bytes:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("failing", [_unfit, _full])
def test_a_picture_that_cannot_be_made_is_said_and_leaves_nothing(
    failing: Any, attached: Evidence, signed_in: Any, monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    monkeypatch.setattr(child, "picture", failing)
    answer = signed_in("committee_member").get(f"/evidence/{attached.pk}/page-1.jpg")
    assert answer.status_code == 404
    left = [path for path in store.rglob("*") if path.is_file() and path.stat().st_size]
    assert left == [storage.path_of(attached.pk)]


def test_a_page_that_cannot_be_drawn_is_not_tried_again_for_every_visitor(
    attached: Evidence, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def fail(path: Path, page: int) -> bytes:
        tries.append(page)
        raise FileRefused("memory")

    monkeypatch.setattr(child, "picture", fail)
    client = signed_in("committee_member")
    for _visit in range(3):
        assert client.get(f"/evidence/{attached.pk}/page-1.jpg").status_code == 404
    assert tries == [1]
    monkeypatch.setattr(storage, "SECONDS_BEFORE_TRYING_AGAIN", 0)
    client.get(f"/evidence/{attached.pk}/page-1.jpg")
    assert tries == [1, 1]


def test_a_file_that_the_disk_lost_is_said(attached: Evidence, signed_in: Any) -> None:
    storage.path_of(attached.pk).unlink()
    for address in ("", "page-1.jpg"):
        answer = signed_in("committee_member").get(f"/evidence/{attached.pk}/{address}")
        assert answer.status_code == 404


# --- On the record's page -----------------------------------------------------------------------


def test_the_page_shows_each_file_in_place(attached: Evidence, record: Any, signed_in: Any) -> None:
    page = signed_in("committee_member").get(f"/records/recognition/{record.pk}/").content.decode()
    root = f"/evidence/{attached.pk}/"
    assert f'src="{root}page-1.jpg"' in page
    assert f'src="{root}page-2.jpg"' in page
    assert f'href="{root}"' in page
    assert "Quyết định 12.pdf" in page
    assert f"{root}remove/" not in page
    assert "data-evidence-form" not in page


def test_those_who_enter_get_the_form_and_the_remove_button(
    attached: Evidence, record: Any, signed_in: Any
) -> None:
    page = signed_in("officer_of_844").get(f"/records/recognition/{record.pk}/").content.decode()
    assert f"/evidence/{attached.pk}/remove/" in page
    assert f'action="/evidence/recognition/{record.pk}/"' in page
    assert 'enctype="multipart/form-data"' in page
    assert 'name="files" multiple' in page


def test_a_picture_of_a_photograph_is_shown_too(record: Any, signed_in: Any, send: Any) -> None:
    client = signed_in("officer_of_844")
    shown_text = send(client, record, ("a.png", make.image("PNG", (2000, 1000)))).json()
    answer = client.get(shown_text["files"][0]["preview"])
    assert Image.open(io.BytesIO(answer.getvalue())).size == (1400, 700)
