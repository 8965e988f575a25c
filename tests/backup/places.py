"""Installations to back up and restore: each a database and a folder of files of its own.

The tests' own database is of no use here: what is backed up has to be committed, and a restore
replaces all of it.
"""

import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.utils import load_backend
from django.test import override_settings
from django.utils.translation import override

from ocop import settings as project
from tests.campaigns.trials import copy_of
from tests.support.database import copied, drop

NOT_KEPT = {"sessions.Session", "organisation.DataVersionToken"}


@dataclass(frozen=True)
class Place:
    url: str
    folder: Path

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @contextmanager
    def used(self) -> Iterator[None]:
        """The program works on this place until the block ends."""
        former = connections["default"]
        own = _connection(self.url)
        connections["default"] = own
        try:
            with override_settings(MEDIA_ROOT=self.files, VAR_DIR=self.folder):
                yield
        finally:
            own.close()
            connections["default"] = former

    def manage(self, *words: Any) -> str:
        """What the command printed. CommandError where it refuses."""
        out = StringIO()
        with self.used(), override("en"):
            call_command(*map(str, words), stdout=out, stderr=StringIO())
        return out.getvalue()

    def refuses(self, *words: Any) -> tuple[int, str]:
        """(exit status, sentence) of a command that must be refused."""
        with pytest.raises(CommandError) as caught:
            self.manage(*words)
        return caught.value.returncode, str(caught.value)

    def figures(self) -> str:
        return self.manage("progress", "--as-of", "2024-12-31", "--format", "json")

    def contents(self) -> dict[str, Any]:
        """Every row of every table and every file, to be compared."""
        with self.used():
            held: dict[str, Any] = {
                model._meta.label: [
                    tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row)
                    for row in model._base_manager.order_by(model._meta.pk.attname).values_list()
                ]
                for model in apps.get_models(include_auto_created=True)
                if model._meta.label not in NOT_KEPT
            }
        return held | {"files": self.digests()}

    def digests(self) -> dict[str, str]:
        return {
            str(path.relative_to(self.files)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.files.rglob("*")
            if path.is_file()
        }

    @contextmanager
    def copied(self, folder: Path) -> Iterator["Place"]:
        """A place with the same tables and rows, and no files yet."""
        folder.mkdir()
        with copy_of(self.url, folder) as url:
            yield Place(url, folder)


def _connection(url: str) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        described = connections.configure_settings({"default": project._database()})["default"]
    return load_backend(described["ENGINE"]).DatabaseWrapper(described, "default")


@contextmanager
def new_place(kind: str, folder: Path) -> Iterator[Place]:
    """With all tables, triggers and nothing in them."""
    url = copied("tables", kind)
    yield Place(url, folder)
    drop(url)


@contextmanager
def empty_database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'new.sqlite3'}"
        return
    import psycopg2

    server, name = os.environ["DATABASE_URL"], f"backup_{uuid.uuid4().hex}"
    with closing(psycopg2.connect(server)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def kinds() -> list[str]:
    """The kinds of databases that a run can use: the file always, the server where there is one."""
    is_server = os.environ.get("DATABASE_URL", "").startswith("postgres")
    return ["postgresql", "sqlite"] if is_server else ["sqlite"]
