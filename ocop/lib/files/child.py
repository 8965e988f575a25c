"""Looking into a file that somebody hands in, in the sandbox: what it is, a picture of a page."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from ocop.lib import sandbox
from ocop.lib.files.refusal import PDF
from ocop.lib.sandbox import MEBIBYTE

LIMITS = sandbox.Limits(processor_seconds=10, wall_seconds=20.0, answer=8 * MEBIBYTE)
MODULE = "ocop.lib.files.child"


@dataclass(frozen=True)
class InspectedFile:
    content_type: str
    pages: int


def inspected(path: Path, wall_seconds: float | None = None) -> InspectedFile:
    """What the file is, by its content. Raises FileRefused for whatever is not to be taken in."""
    limits = LIMITS if wall_seconds is None else replace(LIMITS, wall_seconds=wall_seconds)
    return InspectedFile(**json.loads(sandbox.run(f"{MODULE}:check", path.read_bytes(), limits)))


def picture(path: Path, page: int) -> bytes:
    """A JPEG of one page (from 1) of a file that was inspected before; raises FileRefused."""
    return sandbox.run(f"{MODULE}:draw", path.read_bytes(), LIMITS, page=page)


# --- In the sandbox -------------------------------------------------------------------------------


def check(data: bytes) -> bytes:
    from ocop.lib.files import detection, images, pdf

    content_type = detection.content_type_of(data)
    detection.check_trailing_data(data, content_type)
    is_pdf = content_type == PDF
    pages = pdf.check_pdf(data) if is_pdf else images.check_image(data, content_type)
    return json.dumps(asdict(InspectedFile(content_type, pages))).encode()


def draw(data: bytes, page: int) -> bytes:
    from ocop.lib.files import detection, images, pdf

    content_type = detection.content_type_of(data)
    if content_type == PDF:
        return pdf.picture_of_page(data, page)
    return images.picture_of_image(data, content_type)
