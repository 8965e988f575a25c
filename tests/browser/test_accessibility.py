"""No page has a fault against WCAG 2.2 A and AA that axe-core finds, for a provincial officer."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESK, PHONE, sign_in
from tests.browser.test_meeting_on_the_projector import plan_and_open

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
DAY = "as_of=2025-06-30"
PAGES = [
    f"/?{DAY}",
    f"/targets/OCOP-NEW/?{DAY}",
    "/meetings/1/",
    "/records/product/new/",
]
"""One of every make; in English, and FURTHER pages, with the slow tests."""
FURTHER = [
    f"/units/?{DAY}",
    "/imports/",
    "/accounts/password_change/",
    f"/targets/TRACE-SHARE/?{DAY}",
    f"/units/844/?{DAY}",
    f"/forecast/?{DAY}",
    f"/allocations/?{DAY}",
    "/allocations/milestones/?target=OCOP-NEW&year=2024",
    "/confirmations/",
    "/meetings/",
    "/meetings/new/",
    "/meetings/1/screen/",
    "/assignments/",
    "/assignments/1/",
    "/activities/",
    "/attention/",
    "/views/",
    "/reports/",
    "/products/",
    "/products/1/",
    "/ip/",
    "/tasks/",
]
EVERY = [
    *((page, "vi") for page in FURTHER),
    *((page, "en") for page in [*PAGES, *FURTHER]),
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]


@pytest.fixture(scope="module")
def session_of_an_officer(site: str, browser: Browser) -> Any:
    context = browser.new_context(locale="vi-VN")
    sign_in(context.new_page(), site, "tinh")
    state = context.storage_state()
    context.close()
    return state


def spoken(session: Any, language: str) -> Any:
    """The same session, of somebody who chose the language at the head of the page."""
    stored = {"domain": "127.0.0.1", "path": "/", "expires": -1, "httpOnly": False, "secure": False}
    chosen = {**stored, "name": "django_language", "value": language, "sameSite": "Lax"}
    return {**session, "cookies": [*session["cookies"], chosen]}


def faults(page: Page) -> list[str]:
    """What WCAG 2.2 A and AA forbid, each with the first element that has it."""
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [
        f"{one['impact']} {one['id']} × {len(one['nodes'])}: {one['nodes'][0]['html'][:160]}"
        for one in found
    ]


def faults_on_a_desk_and_on_a_phone(page: Page, language: str = "vi") -> list[str]:
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1, "not the page that was meant"
    found = []
    for size in (DESK, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        found += faults(page)
    return found


def test_pages_of_every_make_have_no_fault(
    site: str, opened: Any, session_of_an_officer: Any
) -> None:
    page = opened("/my-work/", storage_state=session_of_an_officer)
    found = {}
    for address in PAGES:
        page.goto(f"{site}{address}")
        found[address] = faults_on_a_desk_and_on_a_phone(page)
    assert found == {address: [] for address in PAGES}


@pytest.mark.slow
@pytest.mark.parametrize(("address", "language"), EVERY)
def test_a_page_has_no_fault_on_a_desk_and_on_a_phone(
    address: str, language: str, opened: Any, session_of_an_officer: Any
) -> None:
    page = opened(address, DESK, storage_state=spoken(session_of_an_officer, language))
    assert faults_on_a_desk_and_on_a_phone(page, language) == []


@pytest.mark.slow
@pytest.mark.parametrize("address", [*PAGES, *FURTHER])
def test_the_dark_theme_has_no_fault(address: str, opened: Any, session_of_an_officer: Any) -> None:
    page = opened(address, DESK, storage_state=session_of_an_officer)
    toggle = page.locator("[data-theme-toggle]")
    if not toggle.count():
        pytest.skip("the projector is black on white in every theme")
    toggle.click()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    assert faults(page) == []


@pytest.mark.slow
def test_a_meeting_under_way_its_forms_and_its_projector_have_no_fault(
    site: str, opened: Any, session_of_an_officer: Any
) -> None:
    page = opened("/meetings/", DESK, storage_state=session_of_an_officer)
    address = plan_and_open(page, site)
    for part in ("", "edit/", "topics/new/", "screen/"):
        page.goto(f"{address}{part}")
        assert faults(page) == [], part


@pytest.mark.slow
def test_a_new_password_refused_at_the_keyboard_is_explained_without_fault(
    opened: Any, session_of_an_officer: Any
) -> None:
    for size in (DESK, PHONE):
        page = opened("/accounts/password_change/", size, storage_state=session_of_an_officer)
        for typed in ("sai-mat-khau", "123", "123"):
            page.keyboard.type(typed)
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_role("alert").wait_for()
        assert faults(page) == []


def test_the_way_in_has_no_fault(opened: Any) -> None:
    page = opened("/accounts/login/", PHONE)
    assert faults(page) == []


def test_a_fault_is_found_where_there_is_one(opened: Any) -> None:
    page = opened("/")
    page.evaluate("document.querySelector('main').innerHTML += '<select></select>'")
    assert any("select-name" in fault for fault in faults(page))
