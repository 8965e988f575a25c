"""An annex of 400 rows comes back: LibreOffice sees its 30 wrong cells marked, and no other."""

import pytest

from tests.imports.uploads.conftest import import_session  # noqa: F401
from tests.imports.uploads.test_four_hundred_rows import annex, cells, marked
from tests.support import libreoffice

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_exactly_the_wrong_cells_are_marked_and_nothing_else_moved(import_session, tmp_path):  # noqa: F811
    data, right = annex()
    admin = import_session()
    upload = admin.hand_in(data, "phu-luc.xlsx")
    back = b"".join(admin.client.get(f"/imports/files/{upload.pk}/marked/").streaming_content)
    saved = {}
    for name, content in (("as-handed-in", data), ("marked", back)):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(content)
        saved[name] = libreoffice.resaved(path, tmp_path / "out").read_bytes()
    assert marked(saved["as-handed-in"]) == set()
    assert marked(saved["marked"]) == set(right)
    assert cells(saved["marked"]) == cells(saved["as-handed-in"])
