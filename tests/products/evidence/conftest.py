"""Evidence in a folder of the test's own, and records to attach it to."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from products.models import Evidence, Recognition
from tests.support.factories import district, make_product, make_recognition


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media" / "evidence"


@pytest.fixture
def record(db: Any) -> Recognition:
    """A recognition of district 844, awaiting verification."""
    return make_recognition(make_product(district=district("844")), status="submitted")


@pytest.fixture
def send() -> Any:
    """send(client, record, ("name", bytes), …) posts the files as the form does."""

    def post(client: Client, record: Any, *files: tuple[str, bytes], **more: Any) -> Any:
        headers = more.pop("headers", {"X-Requested-With": "fetch"})
        uploads = [SimpleUploadedFile(name, data) for name, data in files]
        return client.post(
            f"/evidence/recognition/{record.pk}/", {"files": uploads, **more}, headers=headers
        )

    return post


@pytest.fixture
def attached(record: Any, signed_in: Any, send: Any) -> Evidence:
    """A PDF of two pages on the record."""
    from tests.products.evidence import made_files

    send(signed_in("officer_of_844"), record, ("Quyết định 12.pdf", made_files.pdf(2)))
    return Evidence.objects.get()
