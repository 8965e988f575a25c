"""A server in its own process, on a database of its own, for tests that need the real thing."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.support.database import ROOT, START, copied, drop


@contextmanager
def own_database(stage: str = "reference") -> Iterator[str]:
    """The URL of a copy of its own, of the same kind as the other tests use."""
    url = copied(stage)
    yield url
    drop(url)


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
    folder: Path, stage: str, command: Sequence[str] = (), then: str = "", **settings: str
) -> Iterator[tuple[str, str]]:
    """The address of a running server on a copy of that stage, and what `then` printed.

    `command` starts the server ("{port}" stands for its port); Django's own one by default.
    `then` is a program that fills the database further.
    """
    with own_database(stage) as url:
        environment = _of(url, folder) | settings
        printed = _filled(START + then, environment) if then else ""
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
