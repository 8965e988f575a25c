"""Typed readers of environment variables: nonsense stops the start with a plain sentence. And
which program it is that starts."""

import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}


class Environment:
    """Reads settings out of a mapping of strings (the process environment by default)."""

    def __init__(self, source: Mapping[str, str] | None = None) -> None:
        self.source = os.environ if source is None else source

    def text(self, name: str, default: str = "") -> str:
        return self.source.get(name, default).strip()

    def flag(self, name: str, default: bool) -> bool:
        if name not in self.source:
            return default
        word = self.source[name].strip().lower()
        if word in TRUE_WORDS:
            return True
        if word in FALSE_WORDS:
            return False
        raise ImproperlyConfigured(f"{name}={word!r} is neither yes nor no: write 1 or 0.")

    def whole(self, name: str, default: int, least: int = 0) -> int:
        word = self.text(name) or str(default)
        try:
            number = int(word)
        except ValueError:
            raise ImproperlyConfigured(f"{name}={word!r} is not a whole number.") from None
        if number < least:
            raise ImproperlyConfigured(f"{name}={number} is below {least}.")
        return number

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        word = self.text(name, default).upper()
        if word not in choices:
            raise ImproperlyConfigured(f"{name}={word!r} is not one of {', '.join(choices)}.")
        return word

    def words(self, name: str, default: str = "") -> list[str]:
        """A list written with commas; empty items are dropped."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]


def program_digest(base: Path) -> str:
    """What differs between releases: names and contents of the program's own files."""
    digest = sha256()
    for folder in ("ocop", "products", "targets", "templates", "static"):
        for path in sorted((base / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".mo", ".css", ".js"}:
                digest.update(f"{path.relative_to(base)} {path.stat().st_size} ".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
