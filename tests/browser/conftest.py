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

from targets.demonstration.demo_accounts import PASSWORD
from tests.support.chromium import ARGUMENTS, found
from tests.support.live_site import running_site

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
# What is waited for comes at once on an idle machine; on a busy one it may take its time.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="package")
def site(tmp_path_factory: Any) -> Iterator[str]:
    """The address of a running server with the demonstration data."""
    with running_site(tmp_path_factory.mktemp("site"), "demonstration") as (address, _printed):
        yield address


TWELVE_PRODUCTS = """
from datetime import date
from tests.support.factories import make_enrolment, make_recognition
for number in range(12):
    product = make_recognition(decided_on=date(2022, 8, 22)).product
    if number < 5:
        make_enrolment(product, date(2022, 9, 1))
"""


@pytest.fixture(scope="package")
def small_site(tmp_path_factory: Any) -> Iterator[str]:
    """A site with units, schemes, targets, accounts and twelve products of 2022, five traced."""
    folder = tmp_path_factory.mktemp("small")
    with running_site(folder, "reference", then=TWELVE_PRODUCTS) as (address, _printed):
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = found()
    assert path, "no Chromium: python -m tests.support.chromium installs or explains"
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


def hear_trouble(page: Page, trouble: list[str], site: str) -> list[tuple[Any, Any]]:
    """Note what goes wrong on the page in `trouble`; answers what listens to which event."""
    own = (site, "data:", "blob:", "about:")
    heard: list[tuple[Any, Any]] = [
        ("pageerror", lambda error: trouble.append(f"exception: {error}")),
        ("requestfailed", lambda request: note_failure(trouble, request)),
        (
            "console",
            lambda message: message.type in ("error", "warning") and trouble.append(message.text),
        ),
        (
            "request",
            lambda request: (
                request.url.startswith(own) or trouble.append(f"elsewhere: {request.url}")
            ),
        ),
    ]
    for event, hear in heard:
        page.on(event, hear)
    return heard


class Window:
    """One page that test after test is given, as a person's window stays open: a new one costs
    the browser a quarter of a second, and its empty cache every file of the site anew."""

    def __init__(self, browser: Browser, state: Any) -> None:
        self.state = state
        self.heard: list[tuple[Any, Any]] = []
        self.context = browser.new_context(viewport=DESK, locale="vi-VN", storage_state=state)
        self.page = self.context.new_page()

    def cleared(self, size: Any) -> Page:
        """The page as nobody had used it: signed in as at first, nothing stored, nothing heard."""
        if self.page.url != "about:blank":
            self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
            self.page.goto("about:blank")
        for event, hear in self.heard:
            self.page.remove_listener(event, hear)
        self.heard = []
        self.page.unroute_all()
        self.page.emulate_media(media="null")
        self.page.set_viewport_size(size)
        self.context.clear_cookies()
        self.context.add_cookies(self.state["cookies"])
        return self.page


@pytest.fixture(scope="package")
def window(browser: Browser, session_of_a_member: Any) -> Iterator[Window]:
    shared = Window(browser, session_of_a_member)
    yield shared
    shared.context.close()


@pytest.fixture
def opened(
    site: str, browser: Browser, window: Window, session_of_a_member: Any
) -> Iterator[Opener]:
    """opened("/ip/", PHONE) gives a page there; what went wrong stands in page.trouble.

    Trouble: errors and warnings of the console, exceptions, requests to another host, failed ones.
    It is the member's one window each time, unless `options` ask for a context of another kind.
    """
    contexts = []

    def page_of(size: Any, options: dict[str, Any]) -> Page:
        if not options:
            return window.cleared(size)
        options = {"storage_state": session_of_a_member, "locale": "vi-VN"} | options
        contexts.append(browser.new_context(viewport=size, **options))
        return contexts[-1].new_page()

    def open_page(address: str = "/", size: Any = None, **options: Any) -> Page:
        page = page_of(size or DESK, options)
        page.trouble = []  # type: ignore[attr-defined]
        heard = hear_trouble(page, page.trouble, site)  # type: ignore[attr-defined]
        if page is window.page:
            window.heard = heard
        page.goto(f"{site}{address}")
        return page

    yield open_page
    for context in contexts:
        context.close()
