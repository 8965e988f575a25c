"""A server in its own process, on a database of its own, for tests that need the real thing.

The database is a file, or a second database on the PostgreSQL that DATABASE_URL names.
"""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
ALONE = uuid.uuid4().hex
"""The name of a run without workers."""
START = """
import django
django.setup()
from django.core.management import call_command
"""
FILL = f"""{START}
call_command("migrate", verbosity=0)
call_command("load_reference")
"""
DEMONSTRATION = """
call_command("load_demo")
"""
ACCOUNTS = """
from targets.demo_accounts import make_accounts
make_accounts()
"""


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """The URL of a database with the reference data, of the same kind as the other tests use.

    Migrating takes ten seconds: it is done once for all workers of a run, and copied.
    """
    given = os.environ.get("DATABASE_URL", "")
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", ALONE)
    if not given.startswith("postgres"):
        model = folder.parents[1] / f"model-{run}.sqlite3"
        with _one_at_a_time(model.with_suffix(".lock")):
            if not model.exists():
                being_made = model.with_suffix(".part")
                _filled(FILL, _of(f"sqlite:///{being_made}", folder))
                being_made.rename(model)
        shutil.copy(model, folder / "browser.sqlite3")
        yield f"sqlite:///{folder / 'browser.sqlite3'}"
        return
    import psycopg2

    model, name = f"model_{run}", f"browser_{uuid.uuid4().hex}"
    lock = folder.parents[1] / f"{model}.lock"
    connection = psycopg2.connect(given)
    connection.autocommit = True
    with connection.cursor() as cursor:
        with _one_at_a_time(lock):
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [model])
            if not cursor.fetchone():
                cursor.execute(f'CREATE DATABASE "{model}"')
                _filled(FILL, _of(_database(given, model), folder))
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{model}"')
        yield _database(given, name)
        with _one_at_a_time(lock):
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            cursor.execute(f'DROP DATABASE IF EXISTS "{model}"')
    connection.close()


def _database(server: str, name: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(address: str, server: subprocess.Popen[bytes]) -> None:
    for _attempt in range(300):
        try:
            urlopen(f"{address}/healthz", timeout=5).close()
        except (URLError, OSError):
            assert server.poll() is None, "the server ended before it answered"
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer within 30 seconds")


def _of(database: str, folder: Path) -> dict[str, str]:
    """The environment of a site on `database` that keeps its files in `folder`."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "ocop.settings",
        "DATABASE_URL": database,
        "VAR_DIR": str(folder),
        "DEBUG": "1",
        "LOG_LEVEL": "ERROR",
    }


def _filled(program: str, environment: dict[str, str]) -> str:
    """What `program` printed while it filled the database that the environment names."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


@contextmanager
def running_site(
    folder: Path, command: Sequence[str] = (), then: str = DEMONSTRATION, **settings: str
) -> Iterator[tuple[str, str]]:
    """The address of a running server with the reference data, and what `then` printed.

    `command` starts the server ("{port}" stands for its port); Django's own one by default.
    `then` fills the database further: DEMONSTRATION, ACCOUNTS or another program.
    """
    with own_database(folder) as url:
        environment = _of(url, folder) | settings
        printed = _filled(START + then, environment)
        port = _free_port()
        words = command or ("manage.py", "runserver", "--noreload", "127.0.0.1:{port}")
        server = subprocess.Popen(
            [sys.executable, *(word.format(port=port) for word in words)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_until_up(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}", printed
        finally:
            server.terminate()
            server.wait(timeout=20)
