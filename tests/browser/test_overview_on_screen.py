"""The overview in a real browser: drawn whole at both sizes, from the keyboard, on paper."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
OVERVIEW = "/?as_of=2025-06-30&unit=84"
BETWEEN_MARGINS = {"width": 703, "height": 1017}
"""A4 less 14 mm above and below, 12 mm at the sides."""
NAMES = ["new-products", "stock", "ip", "shares", "districts", "groups", "heat"]
DRAWN = """name => {
  const canvas = document.getElementById(`chart-${name}`);
  if (!canvas?.chart) return 0;
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const colours = new Set();
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3]) colours.add(data[i] * 65536 + data[i + 1] * 256 + data[i + 2]);
  }
  return colours.size;
}"""


def wait_for_charts(page: Page) -> None:
    page.wait_for_function(
        "() => [...document.querySelectorAll('canvas[data-chart-url]')].every(one => one.chart)"
    )


def wider_than_the_screen(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_overview_is_drawn_whole_without_any_trouble(size: Any, opened: Any) -> None:
    page = opened(OVERVIEW, size)
    wait_for_charts(page)
    for name in NAMES:
        assert page.evaluate(DRAWN, name) > 3, name
    targets = page.locator(".target")
    assert targets.count() == 11
    for number in range(11):
        assert targets.nth(number).is_visible()
        box = targets.nth(number).bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= size["width"]
    assert wider_than_the_screen(page) <= 0
    assert page.locator("[data-chart-error]:visible").count() == 0
    assert page.trouble == []


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/", OVERVIEW], ids=["today", "past"])
def test_on_a_desk_all_eleven_targets_stand_on_the_first_screen(address: str, opened: Any) -> None:
    page = opened(address, DESK)
    last = page.locator(".target").last.bounding_box()
    assert last and last["y"] + last["height"] <= DESK["height"]


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(
    "address",
    [
        "/products/?as_of=2025-06-30",
        "/products/1/",
        "/ip/",
        "/tasks/",
        "/products/?q=khong-co-gi",
        "/?as_of=2022-12-31&unit=844&pending=1",
    ],
)
def test_no_page_is_wider_than_the_screen_or_has_trouble(
    address: str, size: Any, opened: Any
) -> None:
    page = opened(address, size)
    assert wider_than_the_screen(page) <= 0
    assert page.trouble == []


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/?as_of=foo", "/nothing/", "/products/99999/"])
def test_error_pages_fit_the_phone_and_lead_on(address: str, opened: Any) -> None:
    page = opened(address, PHONE)
    assert wider_than_the_screen(page) <= 0
    assert not [one for one in page.trouble if "Content Security Policy" in one]
    page.get_by_role("link", name="Về trang tổng quan").click()
    expect(page.locator(".target")).to_have_count(11)


@pytest.mark.slow
def test_the_table_of_every_chart_opens_and_holds_the_figures_of_its_json(opened: Any) -> None:
    page = opened(OVERVIEW)
    wait_for_charts(page)
    page.mouse.move(10, 10)
    page.wait_for_function(
        "() => document.querySelectorAll('[data-chart-table] tbody').length === 7"
    )
    for name in NAMES:
        data_table = json.loads(page.locator(f"#chart-{name}-json").text_content() or "")[
            "options"
        ]["plugins"]["twin"]
        card = page.locator("[data-chart-card]", has=page.locator(f"#chart-{name}"))
        card.locator("summary").click()
        table = card.locator("[data-chart-table]")
        expect(table).to_be_visible()
        shown = table.evaluate(
            "one => [...one.rows].map(row => [...row.cells].map(cell => cell.textContent))"
        )
        assert shown == [data_table["columns"], *data_table["rows"]]


@pytest.mark.slow
def test_choosing_a_date_keeps_the_unit_and_stands_in_the_address(opened: Any) -> None:
    page = opened("/?as_of=2025-06-30&unit=844")
    page.get_by_label("Số liệu đến").fill("2022-12-31")
    page.wait_for_url("**as_of=2022-12-31*")
    assert "unit=844" in page.url
    expect(page.locator(".scope.is-past")).to_contain_text("31/12/2022")
    page.locator("#scope-unit").select_option("848")
    page.wait_for_url("**unit=848*")
    assert "as_of=2022-12-31" in page.url


def test_by_keyboard_alone_a_target_leads_to_its_page_and_records(opened: Any) -> None:
    page = opened(OVERVIEW)
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('target-link')"):
            break
    outline = "getComputedStyle(document.activeElement, '::after').outlineStyle"
    assert page.evaluate(outline) == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/targets/IP-COLLECTIVE/?*")
    assert "as_of=2025-06-30" in page.url
    page.locator(".figure-number a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ip/?*")
    assert "as_of=2025-06-30" in page.url


@pytest.mark.slow
def test_from_the_overview_to_the_82_new_products_of_30_12_2022_in_two_clicks(
    opened: Any,
) -> None:
    page = opened("/?as_of=2025-06-30&unit=84")
    page.locator("#target-OCOP-NEW .year-link").first.click()
    page.wait_for_url("**/products/?*new_in=2022*")
    page = opened("/?as_of=2022-12-30&unit=84")
    page.locator("#target-OCOP-NEW .target-link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 sao")
    page.locator("#since").fill("2022-12-29")
    page.locator(".since-form button").click()
    group = page.locator("#changes-new")
    expect(group.locator("summary")).to_contain_text("82")
    group.locator("summary").click()
    expect(group.locator(".change-lines li")).to_have_count(50)
    group.locator("p a").click()
    expect(page.locator("#changes-new .change-lines li")).to_have_count(50)
    page.locator("#changes-new [rel=next]").click()
    expect(page.locator("#changes-new .change-lines li")).to_have_count(32)


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("code", ["OCOP-NEW", "TRACE-SHARE", "IP-TRADEMARK", "ST-TASKS"])
def test_the_page_of_a_target_is_drawn_whole_without_any_trouble(
    code: str, size: Any, opened: Any
) -> None:
    page = opened(f"/targets/{code}/?as_of=2025-06-30", size)
    wait_for_charts(page)
    name = page.locator("canvas").get_attribute("id").removeprefix("chart-")
    assert page.evaluate(DRAWN, name) > 3
    assert wider_than_the_screen(page) <= 0
    assert page.locator("[data-chart-error]:visible").count() == 0
    assert page.trouble == []


@pytest.mark.slow
def test_on_paper_a_target_takes_one_page(opened: Any) -> None:
    for code in ("OCOP-NEW", "TRACE-SHARE", "IP-TRADEMARK", "ST-TASKS"):
        page = opened(f"/targets/{code}/?as_of=2025-06-30")
        wait_for_charts(page)
        paper = page.pdf(format="A4", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1, code


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(
    "address", [OVERVIEW, "/", "/?as_of=2022-12-31&unit=844"], ids=["past", "today", "district"]
)
def test_on_paper_the_overview_takes_one_page_with_every_figure(
    address: str, size: Any, opened: Any
) -> None:
    page = opened(address, size)
    wait_for_charts(page)
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1
    # As wide as the paper between its margins: nothing stands out to the right, nothing is cut.
    page.emulate_media(media="print")
    page.set_viewport_size(BETWEEN_MARGINS)
    assert wider_than_the_screen(page) <= 0
    assert page.locator(".target:visible").count() == 11
    for part in (".target-number", ".target-status", ".target-name", ".attention li"):
        for one in page.locator(part).all():
            assert one.is_visible()
            assert one.evaluate("one => one.scrollWidth - one.clientWidth") <= 1
    assert page.locator(".chart-card:visible").count() == 4


@pytest.mark.slow
def test_on_a_phone_the_forecast_lists_ten_certificates_and_the_rest_when_asked(
    opened: Any,
) -> None:
    lines = ".notices-table tbody tr:not(.group-row)"
    page = opened("/forecast/?as_of=2025-06-30", PHONE)
    assert page.locator(f"{lines}:visible").count() == 10
    page.get_by_text("Xem thêm 40").click()
    assert page.locator(f"{lines}:visible").count() == 50
    page.locator("#notices-more").focus()
    page.keyboard.press("Space")
    assert page.locator(f"{lines}:visible").count() == 10
    assert wider_than_the_screen(page) <= 0
    page = opened("/forecast/?as_of=2025-06-30", DESK)
    assert page.locator(f"{lines}:visible").count() == 50
    assert not page.locator(".more-label").is_visible()


@pytest.mark.slow
def test_the_first_tab_offers_the_way_past_the_header(opened: Any) -> None:
    page = opened(OVERVIEW)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.slow
def test_arrow_keys_read_a_chart_aloud(opened: Any) -> None:
    page = opened(OVERVIEW)
    wait_for_charts(page)
    page.mouse.move(10, 10)
    page.wait_for_function(
        "() => document.querySelectorAll('[data-chart-table] tbody').length === 7"
    )
    page.locator("#chart-new-products").focus()
    page.keyboard.press("ArrowRight")
    card = page.locator("[data-chart-card]", has=page.locator("#chart-new-products"))
    expect(card.locator("[data-chart-live]")).to_contain_text("2022")


@pytest.mark.slow
def test_the_dark_theme_holds_on_the_next_page_and_recolours_the_charts(opened: Any) -> None:
    page = opened(OVERVIEW)
    wait_for_charts(page)
    colour = "getComputedStyle(document.body).backgroundColor"
    bar = "document.getElementById('chart-districts').chart.data.datasets[0].backgroundColor"
    light, green = page.evaluate(colour), page.evaluate(bar)
    page.locator("[data-theme-toggle]").click()
    assert page.evaluate(colour) != light
    assert page.evaluate(bar) != green
    page.goto(page.url.replace("/?", "/products/?"))
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    assert page.trouble == []


@pytest.mark.slow
def test_on_paper_the_head_line_stands_and_what_is_pressed_does_not(opened: Any) -> None:
    page = opened(OVERVIEW)
    wait_for_charts(page)
    expect(page.locator(".print-line")).to_be_hidden()
    page.emulate_media(media="print")
    line = page.locator(".print-line")
    expect(line).to_be_visible()
    expect(line).to_contain_text("30/06/2025")
    expect(line).to_contain_text("Tỉnh Trà Vinh")
    for hidden in (".site-header", ".scope-form", ".chart-tools >> nth=0"):
        expect(page.locator(hidden)).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.slow
def test_the_header_finds_products_and_the_back_button_returns(opened: Any) -> None:
    page = opened(OVERVIEW)
    search = page.get_by_role("searchbox")
    search.fill("banh tet")
    search.press("Enter")
    page.wait_for_url("**/products/?*q=banh*")
    assert "as_of=2025-06-30" in page.url
    names = page.locator("tbody th a").all_text_contents()
    assert names and all("Bánh tét" in name for name in names)
    page.locator("tbody th a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(names[0])
    page.go_back()
    expect(page.locator("tbody th a")).to_have_count(len(names))
    page.go_back()
    wait_for_charts(page)
    assert page.evaluate(DRAWN, "stock") > 3


@pytest.mark.slow
def test_without_scripts_the_targets_and_the_form_still_work(opened: Any) -> None:
    page = opened(OVERVIEW, java_script_enabled=False)
    expect(page.locator(".target")).to_have_count(11)
    page.get_by_label("Số liệu đến").fill("2022-12-31")
    page.locator(".scope-form button.submit").click()
    assert "as_of=2022-12-31" in page.url
