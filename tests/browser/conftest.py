"""A real Chromium against a server of its own, as `make run` starts it.

The server runs in its own process on a database made for it (a file, or a second database on
the PostgreSQL that DATABASE_URL names), so that nothing here touches the other tests' data.
The tests only read; they share the server and run in one worker.
"""

import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from targets.demo_accounts import PASSWORD
from tests.chromium import ARGUMENTS, found

ROOT = Path(__file__).resolve().parents[2]
FILL = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_reference")
call_command("load_demo")
"""
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


@contextmanager
def _database(folder: Path) -> Iterator[str]:
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


@pytest.fixture(scope="package")
def site(tmp_path_factory: Any) -> Iterator[str]:
    """The address of a running server with the demonstration data."""
    folder = tmp_path_factory.mktemp("site")
    with _database(folder) as url:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "ocop.settings",
            "DATABASE_URL": url,
            "VAR_DIR": str(folder),
            "DEBUG": "1",
            "LOG_LEVEL": "ERROR",
        }
        subprocess.run(
            [sys.executable, "-c", FILL],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        port = _free_port()
        server = subprocess.Popen(
            [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_until_up(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = found()
    assert path, "no Chromium: python -m tests.chromium installs or explains"
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    # Playwright's loop runs in this thread; Django would take the next test's queries for async.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def sign_in(page: Page, site: str, name: str = "bancd", password: str = PASSWORD) -> None:
    page.goto(f"{site}/accounts/login/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


@pytest.fixture(scope="package")
def session_of_a_member(site: str, browser: Browser) -> Any:
    """Cookies of somebody signed in, so that not every test goes through the form."""
    context = browser.new_context(locale="vi-VN")
    sign_in(context.new_page(), site)
    state = context.storage_state()
    context.close()
    return state


Opener = Callable[..., Page]


def note_failure(trouble: list[str], request: Request) -> None:
    """A page that is left takes its unfinished requests with it: that is no failure."""
    if request.failure != "net::ERR_ABORTED":
        trouble.append(f"failed: {request.url} ({request.failure})")


@pytest.fixture
def opened(site: str, browser: Browser, session_of_a_member: Any) -> Iterator[Opener]:
    """opened("/ip/", PHONE) gives a page there; what went wrong stands in page.trouble.

    Trouble: errors and warnings of the console, exceptions, requests to another host, failed ones.
    """
    contexts = []

    def open_page(address: str = "/", size: Any = None, **options: Any) -> Page:
        options = {"storage_state": session_of_a_member, "locale": "vi-VN"} | options
        context = browser.new_context(viewport=size or DESK, **options)
        contexts.append(context)
        page = context.new_page()
        trouble: list[str] = []
        page.trouble = trouble  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: trouble.append(f"exception: {error}"))
        page.on("requestfailed", lambda request: note_failure(trouble, request))
        page.on(
            "console",
            lambda message: message.type in ("error", "warning") and trouble.append(message.text),
        )
        page.on(
            "request",
            lambda request: (
                request.url.startswith((site, "data:", "blob:"))
                or trouble.append(f"elsewhere: {request.url}")
            ),
        )
        page.goto(f"{site}{address}")
        return page

    yield open_page
    for context in contexts:
        context.close()
