"""Photographs and scans: decoded in full, bounded in pixels. Runs in the child."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from ocop.lib.files.refusal import JPEG, MAX_PIXELS, PNG, WEBP, FileRefused

# Only the decoder that the first bytes ask for; no other reader of Pillow's is tried.
DECODERS = {JPEG: ("JPEG", "MPO"), PNG: ("PNG",), WEBP: ("WEBP",)}
WIDEST = 1400
TALLEST = 4200
QUALITY = 82


def check_image(data: bytes, content_type: str) -> int:
    """The number of pages, which is 1. FileRefused for what does not decode to its last line."""
    try:
        with _opened(data, content_type) as image:
            image.verify()
        with _opened(data, content_type) as image:
            image.load()
    except (FileRefused, MemoryError):
        raise
    except Exception as problem:
        raise FileRefused("damaged") from problem
    return 1


def _opened(data: bytes, content_type: str) -> Image.Image:
    # The bound below is ours and comes before any decoding; Pillow's own stays as a second one.
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    try:
        image = Image.open(io.BytesIO(data), formats=DECODERS[content_type])
    except Image.DecompressionBombError as problem:
        raise FileRefused("pixels") from problem
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as problem:
        raise FileRefused("damaged") from problem
    if image.width * image.height > MAX_PIXELS:
        raise FileRefused("pixels")
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise FileRefused("moving")
    return image


def picture_of_image(data: bytes, content_type: str) -> bytes:
    """A JPEG the right way up, at most WIDEST wide, without the camera's notes (place, owner)."""
    with _opened(data, content_type) as image:
        image.draft("RGB", (WIDEST, WIDEST))
        turned = ImageOps.exif_transpose(_of_8_bits(image))
        turned.thumbnail((WIDEST, TALLEST))
        return as_jpeg(turned)


def _of_8_bits(image: Image.Image) -> Image.Image:
    """16-bit greys: by hand and first, as converting clips them to white and large ones are not
    made smaller as they are."""
    if image.mode.startswith("I") or image.mode == "F":
        return image.point(lambda value: value / 256).convert("L")
    return image


def as_jpeg(image: Image.Image) -> bytes:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        background = Image.new("RGB", image.size, "white")
        background.paste(image, mask=image.getchannel("A"))
        image = background
    written = io.BytesIO()
    image.convert("RGB").save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()
