"""Several products in one cell: found here, split where somebody says so (pure reading)."""

import re

from ocop.lib.text import nfc

MARK = "\u2063"
"""An invisible separator: stands between the products of a cell that somebody said to split."""
NUMBERED = re.compile(r"(?:^|(?<=[\s;,.]))\(?(\d{1,2})\s*[.)/]\s*(?=[^\W\d])")
BULLET = re.compile(r"^\s*[-–—•+*●▪]\s*(?=\w)")
WORD_BETWEEN = re.compile(r"\s+(?:và|va|&)\s+", re.I)
LINES, SIGNS, PLUS = re.compile(r"[\r\n]+"), re.compile(r"[;|]"), re.compile(r"\s\+\s")
SHORTEST = 2


def products_in(text: str) -> list[str]:
    """The products that a cell may name: numbered, each on its line, or set apart by ";", "+", "|".

    One where it names no more than one. A comma is a sign only between names that begin with one
    word ("Trà sen, trà gừng") or three with capitals: names have commas too. A line's end and ";"
    are none before a small letter.
    """
    numbered = _numbered(text)
    if len(numbered) > 1:
        return numbered
    for signs in (LINES, SIGNS, PLUS):
        parts = [part for part in signs.split(text) if nfc(part)]
        names = [_tidy(BULLET.sub("", part)) for part in parts]
        if len(names) > 1 and all(len(name) >= SHORTEST for name in names):
            marked = all(BULLET.match(part) for part in parts)
            # A name broken over two lines, or with a remark, goes on with a small letter.
            if signs is PLUS or marked or all(name[:1].isupper() for name in names):
                return names
    return _enumerated(text) or _joined_by_word(text) or [nfc(text)]


def _enumerated(text: str) -> list[str]:
    names = [_tidy(part) for part in nfc(text).split(",")]
    if len(names) < 2 or any(len(name) < SHORTEST for name in names):
        return []
    alike = len({name.casefold().split()[0] for name in names}) == 1
    capitals = len(names) > 2 and all(name[:1].isupper() for name in names)
    return names if alike or capitals else []


def _joined_by_word(text: str) -> list[str]:
    """Two names with "và" between them, each of two words or more: "Thảm xơ dừa và nước cốt dừa".
    It may as well be one product's name; "Bột rau và củ" is taken for one."""
    names = [_tidy(part) for part in WORD_BETWEEN.split(nfc(text))]
    return names if len(names) == 2 and all(len(name.split()) > 1 for name in names) else []


def _numbered(text: str) -> list[str]:
    """Parts after 1., 2., 3. in their order; nothing where the numbers are not that."""
    marks = list(NUMBERED.finditer(text))
    if [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1)):
        return []
    if not marks or nfc(text[: marks[0].start()]):
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    parts = [_tidy(text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    return parts if all(parts) else []


def _tidy(text: str) -> str:
    return nfc(text).strip(" ;,+|")


def joined(products: list[str]) -> str:
    return f";{MARK} ".join(products)


def split(text: str) -> list[str]:
    """The products of a text that `joined` made; the text alone where it made none."""
    return [_tidy(part) for part in text.split(MARK)] if MARK in text else [text]
