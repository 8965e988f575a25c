"""What is taken for a PDF or a picture, and what is refused: by content, never by name."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from ocop.lib import sandbox
from ocop.lib.files import child
from ocop.lib.files.refusal import FileRefused
from tests.products.evidence import made_files as make
from tests.support import hostile_files
from tests.support.cases import every_case

ACTION = b"<< /S /%s /F (x.pdf) /D [0 /Fit] >>"


@pytest.fixture(autouse=True)
def _looked_at_here(in_sandbox: None) -> Iterator[None]:
    """Only tests of the bounds, and a few beside them, start the child."""
    with sandbox.inline():
        yield


@pytest.fixture
def in_child(_looked_at_here: None) -> Iterator[None]:
    with sandbox.inline(False):
        yield


@pytest.fixture
def look(tmp_path: Path) -> Any:
    def look_at(data: bytes) -> child.InspectedFile:
        path = tmp_path / "file"
        path.write_bytes(data)
        return child.inspected(path)

    return look_at


def reason_of(look: Any, data: bytes) -> str:
    with pytest.raises(FileRefused) as unfit:
        look(data)
    return unfit.value.reason


def linked(action: bytes) -> bytes:
    """A page with a link that carries the action: nested, not an object of its own."""
    link = b"[<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A " + action + b" >>]"
    return make.pdf_with(page={"/Annots": link})


GOOD = {
    "pdf": (lambda: make.pdf(3), "application/pdf", 3),
    "pdf of 200 pages": (lambda: make.pdf(200), "application/pdf", 200),
    "pdf with compressed objects": (
        lambda: make.pdf(2, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "application/pdf",
        2,
    ),
    "linearized pdf": (lambda: make.pdf(2, linearize=True), "application/pdf", 2),
    "pdf after a byte order mark": (lambda: b"\xef\xbb\xbf" + make.pdf(), "application/pdf", 1),
    "pdf with padding": (lambda: make.pdf() + b"\r\n" + b"\0" * 5000, "application/pdf", 1),
    "pdf that opens at a page": (
        lambda: make.pdf_with({"/OpenAction": b"<< /S /GoTo /D [0 /Fit] >>"}),
        "application/pdf",
        1,
    ),
    "pdf with a web link": (
        lambda: linked(b"<< /S /URI /URI (https://ocop.gov.vn) >>"),
        "application/pdf",
        1,
    ),
    "signed pdf": (
        lambda: make.pdf_with({"/AcroForm": b"<< /SigFlags 3 /Fields [<< /FT /Sig /T (s) >>] >>"}),
        "application/pdf",
        1,
    ),
    "jpeg": (make.image, "image/jpeg", 1),
    "progressive jpeg": (lambda: make.image(progressive=True), "image/jpeg", 1),
    "jpeg with a preview behind it": (
        lambda: make.image() + make.image(size=(99, 99)),
        "image/jpeg",
        1,
    ),
    "jpeg with a preview in its notes": (
        lambda: make.image(comment=make.image(size=(150, 150))),
        "image/jpeg",
        1,
    ),
    "jpeg with little padding": (lambda: make.image() + b"x" * 900, "image/jpeg", 1),
    "png": (lambda: make.image("PNG"), "image/png", 1),
    "png of 50 megapixels": (lambda: make.flat("PNG", (10_000, 5_000)), "image/png", 1),
    "webp": (lambda: make.image("WEBP"), "image/webp", 1),
}


def is_told_by_its_content(name: str, look: Any) -> None:
    maker, content_type, pages = GOOD[name]
    assert look(maker()) == child.InspectedFile(content_type, pages)


@every_case("name", GOOD)
def test_good_files_are_told_by_their_content(name: str, look: Any) -> None:
    is_told_by_its_content(name, look)


BAD = {
    "nothing": (lambda: b"", "empty"),
    "text": (lambda: "Quyết định".encode(), "unknown"),
    "noise": (lambda: bytes(range(256)) * 20, "unknown"),
    "svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "web"),
    "html": (lambda: b"<!DOCTYPE html><html></html>", "web"),
    "docx": (lambda: make.archive("[Content_Types].xml"), "office"),
    "doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "office"),
    "zip": (make.archive, "archive"),
    "exe": (lambda: b"MZ\x90\0" + b"\0" * 600, "program"),
    "heic": (lambda: b"\0\0\0\x18ftypheic" + b"\0" * 600, "heic"),
    "gif": (lambda: make.flat("GIF", (9, 9)), "other_image"),
    "tiff": (lambda: make.flat("TIFF", (9, 9)), "other_image"),
    "bmp": (lambda: make.flat("BMP", (9, 9)), "other_image"),
    "pdf of 201 pages": (lambda: make.pdf(201), "pages"),
    "pdf of one page 20,000 times": (lambda: hostile_files.pdf(20_000), "pages"),
    "pdf of 300,000 references": (lambda: hostile_files.pdf(300_000), "objects"),
    "pdf of 150,000 objects": (
        lambda: hostile_files.pdf(1) + b"1 0 obj<<>>endobj\n" * 150_000 + b"%%EOF\n",
        "objects",
    ),
    "pdf without pages": (lambda: make.pdf(0), "damaged"),
    "pdf cut in the middle": (lambda: make.pdf(9)[:-400], "damaged"),
    "pdf in name only": (lambda: b"%PDF-1.7\nnothing\n%%EOF\n", "damaged"),
    "pdf with a password": (
        lambda: make.pdf(encryption=pikepdf.Encryption(user="x", owner="y")),
        "encrypted",
    ),
    "pdf with restrictions only": (
        lambda: make.pdf(encryption=pikepdf.Encryption(user="", owner="y")),
        "encrypted",
    ),
    "pdf with a zip behind it": (lambda: make.pdf() + make.archive(), "appended"),
    "pdf with a small zip behind it": (lambda: make.pdf() + b"PK\x03\x04....", "appended"),
    "pdf that ends well behind a zip": (
        lambda: make.pdf() + make.archive() + b"\n%%EOF\n",
        "appended",
    ),
    "jpeg with a zip in its comment": (
        lambda: (
            lambda zipped, image: (
                image[:2] + b"\xff\xfe" + (len(zipped) + 2).to_bytes(2, "big") + zipped + image[2:]
            )
        )(make.archive(), make.image(size=(99, 99))),
        "appended",
    ),
    "pdf that runs a script": (
        lambda: make.pdf_with({"/OpenAction": b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"}),
        "script",
    ),
    "pdf that spells its script oddly": (
        lambda: make.pdf().replace(b"/Catalog", b"/Catalog /OpenAction << /S /J#61vaScript >>", 1),
        "script",
    ),
    "pdf with a script among its names": (
        lambda: make.pdf_with({"/Names": b"<< /JavaScript << /Names [] >> >>"}),
        "script",
    ),
    "pdf with a script in a link": (lambda: linked(ACTION % b"JavaScript"), "script"),
    "pdf with a script on a page's opening": (
        lambda: make.pdf_with(page={"/AA": b"<< /O << /S /JavaScript /JS (x) >> >>"}),
        "script",
    ),
    "pdf with a script as a second step": (
        lambda: linked(b"<< /S /GoTo /D [0 /Fit] /Next [<< /S /JavaScript /JS (x) >>] >>"),
        "script",
    ),
    "pdf that launches": (lambda: linked(ACTION % b"Launch"), "launch"),
    "pdf that opens another file": (lambda: linked(ACTION % b"GoToR"), "outside"),
    "pdf that opens a file inside": (lambda: linked(ACTION % b"GoToE"), "attachment"),
    "pdf that submits": (lambda: linked(ACTION % b"SubmitForm"), "form"),
    "pdf that imports": (lambda: linked(ACTION % b"ImportData"), "form"),
    "pdf with a dynamic form": (lambda: make.pdf_with({"/AcroForm": b"<< /XFA [] >>"}), "form"),
    "pdf with an attachment": (make.pdf_with_attachment, "attachment"),
    "pdf with an attachment on a page": (
        lambda: make.pdf_with(page={"/Annots": b"[<< /Subtype /FileAttachment >>]"}),
        "attachment",
    ),
    "pdf with rich media": (
        lambda: make.pdf_with(page={"/Annots": b"[<< /Subtype /RichMedia >>]"}),
        "media",
    ),
    "jpeg cut off": (lambda: make.image()[:-3000], "damaged"),
    "jpeg with its end only": (lambda: b"\xff\xd8\xff\xe0\0\4xx\xff\xd9", "damaged"),
    "jpeg with a pdf behind it": (lambda: make.image() + make.pdf(), "appended"),
    "jpeg with html behind it": (lambda: make.image() + b"<html>", "appended"),
    "jpeg with much behind it": (lambda: make.image() + b"x" * 1025, "appended"),
    "png cut off": (lambda: make.image("PNG")[:-3000], "damaged"),
    "png with a broken middle": (
        lambda: (lambda data: data[:5000] + b"\0" * 99 + data[5099:])(make.image("PNG")),
        "damaged",
    ),
    "png with a zip behind it": (lambda: make.image("PNG") + make.archive(), "appended"),
    "png of too many pixels": (lambda: make.flat("PNG", (10_000, 5_001)), "pixels"),
    "png that is a bomb": (lambda: make.flat("PNG", (30_000, 30_000)), "pixels"),
    "moving png": (lambda: make.moving("PNG"), "moving"),
    "webp cut off": (lambda: make.image("WEBP")[:-3000], "damaged"),
    "webp with a zip behind it": (lambda: make.image("WEBP") + make.archive(), "appended"),
    "moving webp": (lambda: make.moving("WEBP"), "moving"),
}


@pytest.mark.parametrize("name", ["pdf", "jpeg", "png", "webp"])
def test_the_child_says_of_good_files_what_is_said_here(
    name: str, look: Any, in_child: None
) -> None:
    is_told_by_its_content(name, look)


def is_refused_for_its_reason(name: str, look: Any) -> None:
    maker, reason = BAD[name]
    assert reason_of(look, maker()) == reason


@every_case("name", BAD)
def test_bad_files_are_refused_for_their_own_reason(name: str, look: Any) -> None:
    is_refused_for_its_reason(name, look)


@pytest.mark.parametrize("name", ["svg", "pdf that runs a script", "png that is a bomb"])
def test_the_child_says_of_bad_files_what_is_said_here(
    name: str, look: Any, in_child: None
) -> None:
    is_refused_for_its_reason(name, look)


@every_case("data", [make.pdf(3), make.image(), make.image("PNG"), make.image("WEBP")])
def test_files_cut_anywhere_are_refused_and_never_taken(data: bytes, look: Any) -> None:
    for part in (1, 10, 30, 60, 90):
        assert reason_of(look, data[: len(data) * part // 100]) in ("damaged", "unknown")


# --- Pictures -----------------------------------------------------------------------------------


def drawn(tmp_path: Path, data: bytes, page: int = 1) -> Image.Image:
    path = tmp_path / "file"
    path.write_bytes(data)
    return Image.open(io.BytesIO(child.picture(path, page)))


def test_a_page_becomes_a_jpeg_of_1400_points_across(tmp_path: Path, in_child: None) -> None:
    picture = drawn(tmp_path, make.pdf(2), 2)
    assert (picture.format, picture.size) == ("JPEG", (1400, 1867))


def test_a_very_tall_page_is_bounded_in_height(tmp_path: Path) -> None:
    document = pikepdf.new()
    document.add_blank_page(page_size=(10, 14_000))
    assert drawn(tmp_path, make.saved(document)).height <= 4200


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_wide_picture_is_made_smaller_and_a_small_one_left(tmp_path: Path, form: str) -> None:
    assert drawn(tmp_path, make.image(form, (2800, 700))).size == (1400, 350)
    assert drawn(tmp_path, make.image(form, (300, 200))).size == (300, 200)


def test_a_picture_is_turned_upright_and_loses_the_cameras_notes(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Máy ảnh"
    picture = drawn(tmp_path, make.image(size=(300, 200), exif=exif))
    assert picture.size == (200, 300)
    assert not picture.getexif()


@every_case("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_can_be_shown(tmp_path: Path, mode: str) -> None:
    assert drawn(tmp_path, make.flat("PNG", (30, 20), mode)).size == (30, 20)


def test_a_large_scan_of_16_bits_can_be_shown(tmp_path: Path) -> None:
    assert drawn(tmp_path, make.flat("PNG", (10_000, 5_000), "I;16")).size == (1400, 700)


def test_a_transparent_picture_lies_on_white(tmp_path: Path) -> None:
    picture = drawn(tmp_path, make.flat("PNG", (30, 20), "RGBA"))
    assert picture.getpixel((5, 5)) == (255, 255, 255)


# --- Bounds of the child ------------------------------------------------------------------------


@pytest.mark.usefixtures("in_child")
def test_a_child_that_takes_too_long_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "LIMITS", replace(child.LIMITS, wall_seconds=0.01))
    assert reason_of(lambda path: drawn(path, make.pdf()), tmp_path) == "time"  # type: ignore[arg-type]


@pytest.mark.usefixtures("in_child")
def test_a_child_that_wants_too_much_memory_is_refused(
    look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "LIMITS", replace(child.LIMITS, memory=160 * 1024 * 1024))
    assert reason_of(look, make.flat("PNG", (9_000, 5_000), "RGB")) in ("memory", "damaged")


@pytest.mark.usefixtures("in_child")
def test_a_child_that_computes_too_long_is_refused(
    look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "LIMITS", replace(child.LIMITS, processor_seconds=0))
    assert reason_of(look, make.pdf()) in ("time", "memory", "damaged")


@pytest.mark.parametrize("module", ["no.such.module", "this", "faulthandler"])
@pytest.mark.usefixtures("in_child")
def test_a_child_that_crashes_or_talks_nonsense_is_a_refusal(
    look: Any, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    monkeypatch.setattr(child, "MODULE", module)
    assert reason_of(look, make.pdf()) == "damaged"


def test_the_child_knows_nothing_of_the_programs_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "secret")
    known = {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUTF8", "OPENPYXL_LXML"}
    assert sandbox.environment().keys() == known
