"""The Vietnamese catalogue is whole: every string the code marks has its translation."""

import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from tests.support.cases import every_case

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "ocop" / "locale" / "vi" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%")


@cache
def messages() -> list:
    with CATALOGUE.open("rb") as stream:
        return [message for message in read_po(stream, locale="vi") if message.id]


def test_nothing_is_untranslated_or_uncertain() -> None:
    missing = [m.id for m in messages() if m.fuzzy or not m.string or not all(m.string)]
    assert missing == []


def test_placeholders_survive_translation() -> None:
    for message in messages():
        plural = isinstance(message.id, tuple)
        source = message.id[1] if plural else message.id
        text = message.string[0] if plural else message.string
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(source)), source


MARKED = re.compile(r"""\{%\s*(?:translate|trans)\s+"([^"]+)"|\{%\s*translate\s+'([^']+)'""")


@every_case("path", sorted((ROOT / "templates").rglob("*.html")))
def test_strings_marked_in_templates_are_in_the_catalogue(path: Path) -> None:
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in messages()}
    for groups in MARKED.findall(path.read_text(encoding="utf-8")):
        assert next(filter(None, groups)) in known
