"""Makers of real files, good and bad, for the tests of evidence."""

import io
import zipfile
from typing import Any

import pikepdf
from PIL import Image


def pdf(pages: int = 1, **save: Any) -> bytes:
    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page(page_size=(300, 400))
    return saved(document, **save)


def saved(document: pikepdf.Pdf, **save: Any) -> bytes:
    out = io.BytesIO()
    document.save(out, **save)
    return out.getvalue()


def pdf_with(root: dict[str, Any] | None = None, page: dict[str, Any] | None = None) -> bytes:
    """A one-page PDF with these entries in its catalogue and on its page."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(300, 400))
    for target, entries in ((document.Root, root), (document.pages[0].obj, page)):
        for key, value in (entries or {}).items():
            target[key] = pikepdf.Object.parse(value) if isinstance(value, bytes) else value
    return saved(document)


def pdf_with_attachment() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.attachments["a.txt"] = pikepdf.AttachedFileSpec(document, b"hidden")
    return saved(document)


def image(form: str = "JPEG", size: tuple[int, int] = (640, 480), **save: Any) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, form, **save)
    return out.getvalue()


def flat(form: str, size: tuple[int, int], mode: str = "1") -> bytes:
    """A picture of many pixels and few bytes."""
    out = io.BytesIO()
    Image.new(mode, size).save(out, form)
    return out.getvalue()


def moving(form: str) -> bytes:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    out = io.BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:])
    return out.getvalue()


def archive(first: str = "a.txt") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(first, "x" * 3000)
    return out.getvalue()
