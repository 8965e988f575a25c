"""NUL in cells and in what a form posts: no database error, on either database."""

import io
import zipfile

import pytest

from products.models import Product
from tests.imports.uploads.conftest import messages_of
from tests.imports.workbooks import RECOGNITIONS, make_book, product_row

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def with_nul(data: bytes) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(b"QQQQ", b"M_x0000_t_xD800_ong")
            new.writestr(name, part.replace(b"WWWW", b"9_x0000_ sao"))
    return changed.getvalue()


def test_in_cells(import_session):
    admin = import_session()
    wrong = [RECOGNITIONS, product_row("QQQQ"), product_row("B", rank="WWWW")]
    upload = admin.hand_in(with_nul(make_book(wrong)))
    assert admin.page(upload).context["errors"] == 1
    upload = admin.hand_in(with_nul(make_book([RECOGNITIONS, product_row("QQQQ")])))
    admin.page(upload)
    admin.confirm(upload)
    name = Product.objects.get().name
    assert name.startswith("M") and "\0" not in name and "\ud800" not in name


def test_in_what_a_form_posts(import_session):
    admin = import_session()
    upload = admin.hand_in(make_book([RECOGNITIONS, product_row("A"), product_row("A ")]))
    admin.page(upload)
    for fields in (
        {"what": "sheets", "sheet-0": "1\0", "dataset-0": "recog\0", "header-0": "1\0"},
        {"what": "sheets", "sheet-0": "1", "dataset-0": "recognitions", "column-0-1": "x\0"},
        {"what": "tables", "sheet": "Danh\0 sách", "row": ["1"]},
        {"what": "legacy", "legacy": "tcvn3\0"},
        {"what": "font", "legacy": "tcvn3\0"},
        {"what": "questions", "preview": "\0", "d-0": "use\0"},
    ):
        admin.choose(upload, **fields)
    assert messages_of(admin.confirm(upload, token="\0"))
