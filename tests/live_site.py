"""A server in its own process, on a database of its own, for tests that need the real thing.

The database is a file, or a second database on the PostgreSQL that DATABASE_URL names.
"""

import os
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
FILL = """
import django
django.setup()
from django.core.management import call_command
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
    """The URL of an empty database of the same kind as the other tests use."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{folder / 'browser.sqlite3'}"
        return
    import psycopg2

    name = f"browser_{uuid.uuid4().hex}"
    connection = psycopg2.connect(given)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
        yield urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    connection.close()


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


def _filled(program: str, environment: dict[str, str]) -> str:
    """What `program` printed while it filled the database."""
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
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "ocop.settings",
            "DATABASE_URL": url,
            "VAR_DIR": str(folder),
            "DEBUG": "1",
            "LOG_LEVEL": "ERROR",
            **settings,
        }
        printed = _filled(FILL + then, environment)
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
