"""What the tests of the import pages share: files handed in through the pages themselves."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ocop.imports.models import Upload


class ImportSession:
    """One person at the import pages."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def hand_in(self, data: bytes, name: str = "thu.xlsx") -> Upload:
        response = self.client.post("/imports/files/", {"file": SimpleUploadedFile(name, data)})
        assert response.status_code == 302, response.content
        return Upload.objects.get(pk=response["Location"].split("/")[-2])

    def page(self, upload: Upload) -> Any:
        response = self.client.get(f"/imports/files/{upload.pk}/")
        assert response.status_code == 200
        upload.refresh_from_db()
        return response

    def choose(self, upload: Upload, **fields: Any) -> Any:
        response = self.client.post(f"/imports/files/{upload.pk}/choose/", fields)
        assert response.status_code == 302
        return self.page(upload)

    def confirm(self, upload: Upload, token: Any = None, **more: Any) -> Any:
        """Press the button of the page; the answer is the page that follows."""
        upload.refresh_from_db()
        fields = {"preview": str(upload.preview if token is None else token), **more}
        return self.client.post(f"/imports/files/{upload.pk}/import/", fields, follow=True)


@pytest.fixture
def import_session(signed_in: Any) -> Any:
    """desk("administrator") gives that character at the import pages."""
    return lambda character="administrator": ImportSession(signed_in(character))


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.fixture(autouse=True)
def _untold() -> None:
    """Here what imports do to the targets is told."""
