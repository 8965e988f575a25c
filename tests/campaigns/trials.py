"""Trials that end in a killed process: each on its own copy of one prepared database."""

import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from tests.support.database import ROOT

FOUND = """
import hashlib, json, sys
import django
django.setup()
from ocop.imports.datasets.importer import system_importer
from ocop.imports.models import ImportBatch, ImportedChange, Upload
from ocop.imports.pipeline.pipeline import import_file
from ocop.imports.datasets.run_progress import mark_interrupted
from pathlib import Path
from products.models import Producer, Product, Recognition

def counts():
    return {model.__name__: model.objects.count() for model in (
        Recognition, Product, Producer, Recognition.history.model, ImportedChange)}

def states():
    return [batch.state for batch in ImportBatch.objects.order_by("pk")]

def uploads():
    return [
        [hashlib.sha256(bytes(one.file.content)).hexdigest(), one.file_id, one.state]
        for one in Upload.objects.select_related("file")
    ]

found = {"counts": counts(), "states": states()}
found["marked"] = len(mark_interrupted())
found |= {"marked_states": states(), "uploads": uploads()}
file = Path(sys.argv[1])
outcome = import_file(file, file.name, "recognitions", system_importer())
found["again"] = outcome.as_json()
found["counts_again"] = counts()
print(json.dumps(found))
"""
"""What a killed import left, and what the same file does afterwards."""


def environment(url: str, folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "ocop.settings",
        "DATABASE_URL": url,
        "VAR_DIR": str(folder),
        "DEBUG": "1",
        "HTTPS": "0",
        # Each copy has a folder of its own; sessions hold in all of them.
        "SECRET_KEY": "of these trials only " * 3,
        "LOG_LEVEL": "WARNING",
    }


def printed(program: str, env: dict[str, str], *arguments: Any) -> str:
    """What a program prints that has to end well."""
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=ROOT,
        env=env,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def found_after(env: dict[str, str], file: Path) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(printed(FOUND, env, file).splitlines()[-1])
    return answer


@contextmanager
def copy_of(url: str, folder: Path) -> Iterator[str]:
    """The URL of a copy of a database that nobody is connected to."""
    if url.startswith("sqlite"):
        shutil.copyfile(url.removeprefix("sqlite:///"), folder / "copy.sqlite3")
        yield f"sqlite:///{folder / 'copy.sqlite3'}"
        return
    name, template = f"copy_{uuid.uuid4().hex}", urlsplit(url).path[1:]
    with _server() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _server() -> Iterator[Any]:
    import psycopg2

    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor


def batch_states(url: str) -> list[str]:
    """Read beside the program, so that looking does not mark anything."""
    asked = "SELECT state FROM imports_importbatch ORDER BY id"
    if url.startswith("sqlite"):
        import sqlite3

        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)) as connection:
            return [row[0] for row in connection.execute(asked)]
    import psycopg2

    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(asked)
        return [row[0] for row in cursor.fetchall()]


def workers_of(master: int) -> list[int]:
    children = Path(f"/proc/{master}/task/{master}/children").read_text()
    return [int(pid) for pid in children.split()]


def holder_of_a_run(folder: Path) -> int | None:
    """The process that holds the lock of an import under way; None where none is."""
    inodes = set()
    for path in (folder / "imports").glob("*.run"):
        try:
            inodes.add(path.stat().st_ino)
        except FileNotFoundError:
            continue
    for line in Path("/proc/locks").read_text().splitlines():
        words = line.split()
        if "FLOCK" in words and int(words[-3].rpartition(":")[2]) in inodes:
            return int(words[-4])
    return None
