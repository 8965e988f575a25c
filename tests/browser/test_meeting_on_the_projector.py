"""A meeting on the projector, driven by keys alone: planned, opened, concluded, read from afar."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("walk")]
PROJECTOR = {"width": 1920, "height": 1080}


@pytest.fixture
def member(small_site: str, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PROJECTOR, locale="vi-VN")
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(f"exception: {error}"))
    page.on("console", lambda m: m.type in ("error", "warning") and trouble.append(m.text))
    sign_in(page, small_site)
    page.trouble = trouble  # type: ignore[attr-defined]
    yield page
    context.close()


def plan_and_open(page: Page, site: str) -> str:
    """The address of a meeting under way with two targets and a free topic."""
    page.goto(f"{site}/meetings/new/")
    page.locator("#id_title").fill("Họp thử")
    page.locator("#id_held_on").fill("2022-10-05")
    page.locator("#id_as_of").fill("2022-09-30")
    places = page.locator("input[name^=order-]")
    for number in range(places.count()):
        places.nth(number).fill({8: "1", 9: "2"}.get(number, ""))
    page.locator("#id_title-1").fill("Việc khác")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_text("Khai mạc", exact=True).click()
    page.get_by_role("button", name="Khai mạc và chốt số liệu").click()
    expect(page.locator(".status")).to_have_text("Đang họp")
    return page.url


def current(page: Page) -> Any:
    return page.locator(".slide.is-current")


def heading(page: Page) -> Any:
    return current(page).locator("h2")


@pytest.mark.django_db
def test_the_whole_agenda_is_driven_by_keys_conclusions_included(
    member: Page, small_site: str
) -> None:
    meeting = plan_and_open(member, small_site)
    member.goto(f"{meeting}screen/")
    expect(heading(member)).to_have_text("Họp thử")
    for key, title in (
        ("ArrowRight", "1. Sản phẩm mới"),
        ("Space", "2. Tham gia truy xuất"),
        ("PageDown", "3. Việc khác"),
        ("ArrowDown", "3. Việc khác"),
        ("PageUp", "2. Tham gia truy xuất"),
        ("Home", "Họp thử"),
        ("End", "3. Việc khác"),
        ("1", "1. Sản phẩm mới"),
        ("ArrowLeft", "Họp thử"),
        ("0", "Họp thử"),
    ):
        member.keyboard.press(key)
        expect(heading(member)).to_contain_text(title)
        member.wait_for_timeout(750 if key.isdigit() else 0)
    member.keyboard.press("2")
    conclude_by_keys(member)
    member.reload()
    expect(heading(member)).to_contain_text("2. Tham gia truy xuất")
    expect(current(member).locator("[data-conclusion]")).to_have_text("Đẩy nhanh cấp mã")
    member.keyboard.press("Escape")
    expect(member).to_have_url(meeting)
    expect(member.locator(".topic-lines")).to_contain_text("Cấp mã cho bảy sản phẩm")
    assert member.trouble == []  # type: ignore[attr-defined]


def conclude_by_keys(page: Page) -> None:
    """Nothing but keys: the conclusion, and an assignment with agency and deadline."""
    page.keyboard.press("c")
    page.keyboard.type("Đẩy nhanh cấp mã")
    for _until_the_text in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("Cấp mã cho bảy sản phẩm")
    page.keyboard.press("Tab")
    agencies = page.locator("dialog[open] select[name=agency] option").all_text_contents()
    science = next(n for n, name in enumerate(agencies) if "Sở Khoa học và Công nghệ" in name)
    for _until_science_and_technology in range(science):
        page.keyboard.press("ArrowDown")
    for _past_the_agencies_that_co_operate in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("12312022")
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(current(page).locator("[data-conclusion]")).to_have_text("Đẩy nhanh cấp mã")
    expect(current(page).locator("[data-given]")).to_contain_text("Sở Khoa học và Công nghệ")
    expect(current(page).locator("[data-given]")).to_contain_text("31/12/2022")


@pytest.mark.slow
@pytest.mark.django_db
def test_the_number_is_read_from_ten_metres_and_nothing_is_cut(
    member: Page, small_site: str
) -> None:
    meeting = plan_and_open(member, small_site)
    for size, least in ((PROJECTOR, 160), (DESK, 110)):
        member.set_viewport_size(size)  # type: ignore[arg-type]
        member.goto(f"{meeting}screen/#2")
        member.reload()
        number = current(member).locator("[data-number]")
        expect(number).to_contain_text("41,6%")
        pixels = number.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
        assert pixels >= least
        for part in (number, current(member).locator(".slide-chart"), heading(member)):
            box = part.bounding_box()
            assert box and box["x"] >= 0 and box["x"] + box["width"] <= size["width"]
            assert box["y"] + box["height"] <= size["height"]
        assert number.evaluate("one => one.scrollWidth <= one.clientWidth")
        canvas = current(member).locator("canvas")
        canvas.evaluate(
            "one => new Promise(done => { if (one.chart) done(); else"
            " one.addEventListener('chartdrawn', done); })"
        )
        assert canvas.evaluate("one => one.clientHeight") > size["height"] / 2
        ink = "one => getComputedStyle(one).color + getComputedStyle(one).backgroundColor"
        assert member.locator("body").evaluate(ink) == "rgb(0, 0, 0)rgb(255, 255, 255)"


@pytest.mark.slow
@pytest.mark.django_db
def test_of_two_who_write_at_once_the_second_sees_both_on_the_screen(
    member: Page, small_site: str, browser: Browser
) -> None:
    meeting = plan_and_open(member, small_site)
    other = browser.new_context(viewport=DESK, locale="vi-VN").new_page()
    sign_in(other, small_site, "tinh")
    for page in (member, other):
        page.goto(f"{meeting}screen/#3")
        expect(heading(page)).to_contain_text("3. Việc khác")
        page.keyboard.press("c")
    member.keyboard.type("Của người thứ nhất")
    member.keyboard.press("Control+Enter")
    expect(member.locator("dialog[open]")).to_have_count(0)
    other.keyboard.type("Của người thứ hai")
    other.keyboard.press("Control+Enter")
    dialog = other.locator("dialog[open]")
    expect(dialog.locator("[data-theirs]")).to_contain_text("Của người thứ nhất")
    expect(dialog.locator("textarea[name=conclusion]")).to_have_value("Của người thứ hai")
    dialog.locator("textarea[name=conclusion]").fill("Của cả hai")
    other.keyboard.press("Control+Enter")
    expect(current(other).locator("[data-conclusion]")).to_have_text("Của cả hai")
    other.context.close()


@pytest.mark.slow
@pytest.mark.django_db
def test_what_is_typed_is_there_again_after_the_page_is_lost(member: Page, small_site: str) -> None:
    meeting = plan_and_open(member, small_site)
    member.goto(f"{meeting}screen/#1")
    member.keyboard.press("c")
    with member.expect_response(re.compile("/drafts/")):
        member.keyboard.type("Đang gõ dở")
    member.reload()
    expect(heading(member)).to_contain_text("1. ")
    member.keyboard.press("c")
    field = member.locator("dialog[open] textarea[name=conclusion]")
    expect(field).to_have_value("Đang gõ dở")
