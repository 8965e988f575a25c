"""A real Chromium against a server of its own, as `make run` starts it.

The server runs in its own process on a database made for it, so that nothing here touches the
other tests' data. The tests share the server and run in one worker; those that write enter
records of their own.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from targets.demo_accounts import PASSWORD
from tests.chromium import ARGUMENTS, found
from tests.live_site import running_site

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
# What is waited for comes at once on an idle machine; on a busy one it may take its time.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="package")
def site(tmp_path_factory: Any) -> Iterator[str]:
    """The address of a running server with the demonstration data."""
    with running_site(tmp_path_factory.mktemp("site")) as (address, _printed):
        yield address


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
