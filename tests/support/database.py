"""The databases of a run: each stage is made once, by the program's own commands, then copied.

`tables` is what `migrate` makes, `reference` holds the reference data and an account per role as
well, `demonstration` the demonstration data too. Workers, sites of browsers and campaigns take
copies. They are files, or databases on the PostgreSQL that DATABASE_URL names.
"""

import atexit
import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
START = """
import django
django.setup()
from django.core.management import call_command
"""
MIGRATE = 'call_command("migrate", verbosity=0)'
REFERENCE = """
from targets.models import reference
reference.load_meetings = lambda loader: None
call_command("load_reference")
from targets.demonstration.demo_accounts import make_accounts
make_accounts()
"""
"""Without the meeting of 2022: a test of meetings and assignments holds what it enters itself."""
DEMONSTRATION = """
from django.conf import settings
settings.HOOKS["import_effects"] = "tests.support.shared.untold"
call_command("load_reference")
call_command("load_demo")
"""
"""What its thirty imports do to the targets takes half of the time, and no test asks for it."""
STAGES = {
    "tables": ("", MIGRATE),
    "reference": ("tables", REFERENCE),
    "demonstration": ("reference", DEMONSTRATION),
}
"""The stage that each begins from, and what makes it of that one."""

IS_OURS = "OCOP_TEST_RUN" not in os.environ
RUN = os.environ.setdefault("OCOP_TEST_RUN", uuid.uuid4().hex[:12])
"""Names the run; its workers and servers inherit it."""
FOLDER = Path(tempfile.gettempdir()) / f"ocop-tests-{RUN}"


def server() -> str:
    """The URL of the PostgreSQL that the run is about; empty where it is about SQLite."""
    given = os.environ.get("DATABASE_URL", "")
    return given if given.startswith("postgres") else ""


def copied(stage: str, kind: str = "") -> str:
    """The URL of a new database with that stage's tables and rows; gone when the run ends."""
    kind = kind or ("postgresql" if server() else "sqlite")
    FOLDER.mkdir(exist_ok=True)
    made = _made(stage, kind)
    with _locked(kind):
        return _copy(made, kind, f"copy_{uuid.uuid4().hex[:12]}")


@contextmanager
def _locked(name: str) -> Iterator[None]:
    """Others wait until a stage is made; and no two may copy one of PostgreSQL's at a time."""
    with (FOLDER / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _made(stage: str, kind: str) -> str:
    url = _url(kind, stage)
    mark = FOLDER / f"{stage}.{kind}.made"
    with _locked(f"{stage}.{kind}"):
        if mark.exists():
            return url
        former, program = STAGES[stage]
        if former:
            source = _made(former, kind)
            with _locked(kind):
                _copy(source, kind, stage)
        elif kind == "postgresql":
            _tell_server(f'CREATE DATABASE "{name_of(url)}"')
        run(START + program, url)
        if kind == "sqlite":
            _settle(Path(name_of(url)))
        mark.touch()
    return url


def _url(kind: str, name: str) -> str:
    if kind == "sqlite":
        return f"sqlite:///{FOLDER / name}.sqlite3"
    return urlunsplit(urlsplit(server())._replace(path=f"/ocop_{RUN}_{name}"))


def name_of(url: str) -> str:
    """The file, or the name of the database."""
    return url.removeprefix("sqlite:///") if url.startswith("sqlite") else urlsplit(url).path[1:]


def _copy(url: str, kind: str, name: str) -> str:
    copy = _url(kind, name)
    if kind == "sqlite":
        shutil.copyfile(name_of(url), name_of(copy))
    else:
        _tell_server(f'CREATE DATABASE "{name_of(copy)}" TEMPLATE "{name_of(url)}"')
    return copy


def _settle(file: Path) -> None:
    """All that was written into the one file: a copy takes no journal along."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def run(program: str, url: str) -> None:
    """A program of Python in a process of its own, on that database; raises where it fails."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "ocop.settings",
        "DATABASE_URL": url,
        "VAR_DIR": str(FOLDER / "var"),
        "DEBUG": "1",
        "LOG_LEVEL": "ERROR",
    }
    subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _tell_server(*statements: str) -> None:
    with connected() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def connected() -> Iterator[Any]:
    """A cursor on the server's own database, outside transactions."""
    import psycopg2

    with closing(psycopg2.connect(server())) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor


def drop(url: str) -> None:
    """Of a copy that is not needed until the end of the run."""
    if url.startswith("sqlite"):
        Path(name_of(url)).unlink(missing_ok=True)
    else:
        _tell_server(f'DROP DATABASE IF EXISTS "{name_of(url)}" WITH (FORCE)')


def _tidy() -> None:
    if server() and list(FOLDER.glob("*.postgresql.made")):
        with connected() as cursor:
            cursor.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"ocop_{RUN}%"]
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    shutil.rmtree(FOLDER, ignore_errors=True)


if IS_OURS:
    atexit.register(_tidy)
