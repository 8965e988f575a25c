"""How large a file may be, and why one is not taken in. FileRefused's reasons are here:

empty, too_large, pages, objects, pixels, moving;
office, web, archive, program, heic, other_image, unknown (not one of the four kinds);
encrypted, damaged, appended;
script, launch, attachment, form, media, outside (what a PDF may not carry);
time, memory (what looking at it took).
"""

from ocop.lib.sandbox import MEBIBYTE
from ocop.lib.sandbox import FileRefused as FileRefused

MAX_FILE_SIZE = 15 * MEBIBYTE
MAX_PAGES = 200
MAX_OBJECTS = 100_000
MAX_REFERENCES = 200_000
"""From one object of a PDF to another: a thousand on each page."""
MAX_PIXELS = 50_000_000
MAX_TRAILING = 1024
"""Bytes after the file's own end: scanners pad a little, a second file hidden there is larger."""

PDF, JPEG, PNG, WEBP = "application/pdf", "image/jpeg", "image/png", "image/webp"
