"""Why a file was not taken as evidence, in sentences: which file, why, how to mend it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "empty": _("“%(name)s” is empty. Choose the file again, or scan the paper once more."),
    "too_large": _(
        "“%(name)s” holds %(size)s; a file may hold at most %(limit)s. "
        "Scan it more coarsely (200 dpi is enough) or split it into several files."
    ),
    "pages": _("“%(name)s” has more than %(pages)d pages. Split it into several files."),
    "objects": _(
        "“%(name)s” consists of more parts than a paper has. Print it to a new PDF file, or scan "
        "it, and add that."
    ),
    "pixels": _(
        "“%(name)s” is a picture of more than 50 million pixels. Save it smaller and add it again."
    ),
    "moving": _(
        "“%(name)s” is a moving picture. Save the one picture that matters as JPEG or PNG."
    ),
    "office": _("“%(name)s” is an office document. Save it as PDF and add the PDF."),
    "web": _("“%(name)s” is a web page or an SVG drawing. Print it to a PDF file and add the PDF."),
    "archive": _(
        "“%(name)s” is an archive of files. Unpack it and add the PDF files or pictures in it."
    ),
    "program": _(
        "“%(name)s” is a program. Only PDF files and JPEG, PNG or WebP pictures are kept."
    ),
    "heic": _(
        "“%(name)s” is a HEIC or AVIF picture, as phones take them. "
        "Save it as a JPEG or PNG picture and add that."
    ),
    "other_image": _(
        "“%(name)s” is a picture of a kind that is not kept (GIF, BMP, TIFF). "
        "Save it as PDF or as a JPEG or PNG picture."
    ),
    "unknown": _(
        "“%(name)s” is neither a PDF file nor a JPEG, PNG or WebP picture, whatever its name says. "
        "Save it as PDF or as a JPEG or PNG picture."
    ),
    "encrypted": _(
        "“%(name)s” is locked by a password or by restrictions. Save a copy without protection "
        "(or print it to a new PDF file) and add the copy."
    ),
    "damaged": _(
        "“%(name)s” is incomplete or damaged and cannot be read to its end. "
        "Open it to check, then copy or scan it again."
    ),
    "appended": _(
        "“%(name)s” carries other data behind its own end. Open it, save it under a new name "
        "(a PDF file: print it to a new one) and add that."
    ),
    "script": _(
        "“%(name)s” is a PDF file that carries a script. Print it to a new PDF file and add that."
    ),
    "launch": _(
        "“%(name)s” is a PDF file that starts programs. Print it to a new PDF file and add that."
    ),
    "attachment": _(
        "“%(name)s” is a PDF file with other files inside. "
        "Print it to a new PDF file, and add what is inside on its own."
    ),
    "form": _(
        "“%(name)s” is a PDF form that sends or loads data. "
        "Print it to a new PDF file and add that."
    ),
    "media": _(
        "“%(name)s” is a PDF file with sound, video or 3D. Print it to a new PDF file and add that."
    ),
    "outside": _(
        "“%(name)s” is a PDF file that opens other files. Print it to a new PDF file and add that."
    ),
    "time": _(
        "“%(name)s” takes too long to check. Scan it more coarsely, split it, or add it alone."
    ),
    "memory": _("“%(name)s” takes too much memory to check. Scan it more coarsely or split it."),
    "twice": _("“%(name)s” is already among this record's evidence; it is not stored twice."),
    "full": _(
        "“%(name)s” was not stored: a record keeps at most %(files)d files. "
        "Join several pages into one PDF file, or remove a file that is not needed."
    ),
    "at_once": _(
        "“%(name)s” was not stored: at most %(at_once)d files go at once. Add it in the next go."
    ),
    "not_stored": _(
        "“%(name)s” could not be written to the disk and was not stored. "
        "Try again; if it happens again, tell the administrator."
    ),
}


def sentence(reason: str, **words: Any) -> str:
    """In the reader's language; `reason` is one of FileRefused's, or of the record's own bounds."""
    return str(SENTENCES[reason] % words)
