"""PDF: it opens, it is not locked, it carries nothing that acts. Runs in the child."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2

from ocop.lib.files.images import TALLEST, WIDEST, as_jpeg
from ocop.lib.files.refusal import MAX_OBJECTS, MAX_PAGES, MAX_REFERENCES, FileRefused

ACTIONS = {
    "/JavaScript": "script",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/RichMediaExecute": "media",
    "/Launch": "launch",
    "/SubmitForm": "form",
    "/ImportData": "form",
    "/GoToR": "outside",
    "/GoToE": "attachment",
}
"""By an action's /S. What else /S may say (kinds of structure, of groups) is harmless."""
KEYS = {
    "/JS": "script",
    "/JavaScript": "script",
    "/XFA": "form",
    "/EmbeddedFiles": "attachment",
    "/EF": "attachment",
    "/Collection": "attachment",
    "/RichMediaContent": "media",
}
SUBTYPES = {
    "/RichMedia": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/Screen": "media",
    "/3D": "media",
    "/FileAttachment": "attachment",
}
TYPES = {"/EmbeddedFile": "attachment"}
VALUES = (("/S", ACTIONS), ("/Subtype", SUBTYPES), ("/Type", TYPES))


def check_pdf(data: bytes) -> int:
    """The number of pages; FileRefused for what is locked, damaged, too long or acts."""
    if data.count(b" obj") > MAX_OBJECTS or data.count(b" R") > MAX_REFERENCES:
        raise FileRefused("objects")
    # The reader that draws counts pages by what the file says; the other one lists them all first.
    readable = _pages_to_look_at(data)
    if readable > MAX_PAGES:
        raise FileRefused("pages")
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise FileRefused("encrypted")
            pages = len(pdf.pages)
            _check_no_active_content(pdf)
    except pikepdf.PasswordError as problem:
        raise FileRefused("encrypted") from problem
    except pikepdf.PdfError as problem:
        raise FileRefused("damaged") from problem
    if pages > MAX_PAGES:
        raise FileRefused("pages")
    # People look at it through the other reader: it has to find the same pages.
    if pages < 1 or readable != pages:
        raise FileRefused("damaged")
    return pages


def _pages_to_look_at(data: bytes) -> int:
    try:
        with pypdfium2.PdfDocument(data) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return 0


def _check_no_active_content(pdf: pikepdf.Pdf) -> None:
    """Every object of the file, used or not: what is not used now may be by the next reader."""
    for found in _dictionaries(pdf):
        keys = set(found.keys())
        for key in keys & KEYS.keys():
            raise FileRefused(KEYS[key])
        for key, reasons in VALUES:
            value = found.get(key) if key in keys else None
            if isinstance(value, pikepdf.Name) and str(value) in reasons:
                raise FileRefused(reasons[str(value)])


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """All dictionaries, those of streams and those inside other objects included."""
    # The trailer's own parts; what it refers to is among the objects.
    waiting: list[Any] = [pdf.trailer, *pdf.objects]
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Stream):
            found = found.stream_dict
        if isinstance(found, pikepdf.Dictionary):
            yield found
            inner = list(found.as_dict().values())
        elif isinstance(found, pikepdf.Array):
            inner = list(found.as_list())
        else:
            continue
        waiting += [one for one in inner if not getattr(one, "is_indirect", False)]


def picture_of_page(data: bytes, number: int) -> bytes:
    """A JPEG of the page (from 1), at most WIDEST wide."""
    with pypdfium2.PdfDocument(data) as document:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(WIDEST / max(width, 1), TALLEST / max(height, 1))
        image = page.render(scale=scale, may_draw_forms=True).to_pil()
        image.thumbnail((WIDEST, TALLEST))
        return as_jpeg(image)
