"""Day, unit and pending shown are those of the address, however somebody came to the page."""

import io
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from docx import Document
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
FIRST, SECOND = "2025-06-30", "2022-12-31"
PAGES = ("/", "/units/844/", "/targets/OCOP-NEW/", "/products/", "/reports/")
RESTORED = """() => {
  document.getElementById("scope-as-of").value = "2023-03-31";
  dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
}"""


def shown(page: Page) -> dict[str, Any]:
    """What the controls say; pending is None where the page offers none."""
    return page.evaluate(
        """() => {
          const form = document.querySelector(".scope-form");
          const { as_of, unit, pending } = form.elements;
          const checked = pending ? pending.checked : null;
          return { as_of: as_of.value, unit: unit.value, pending: checked };
        }"""
    )


def addressed(page: Page) -> dict[str, Any]:
    """The same as the address says it; the unit of a unit's own page stands in its path."""
    parts = urlsplit(page.url)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    has_pending = page.locator(".scope-form [name=pending]").count()
    unit = parts.path.split("/")[2] if parts.path.startswith("/units/8") else query["unit"]
    return {
        "as_of": query["as_of"],
        "unit": unit,
        "pending": (query.get("pending") == "1") if has_pending else None,
    }


def settled(page: Page, day: str) -> dict[str, Any]:
    """What the controls say once everything that the browser puts back has been put back."""
    page.wait_for_url(f"**as_of={day}*")
    page.wait_for_load_state("load")
    page.wait_for_timeout(50)
    return shown(page)


def send_another_day(page: Page) -> None:
    page.locator("#scope-as-of").fill(SECOND)
    page.wait_for_url(f"**as_of={SECOND}*")


def follow_a_link(page: Page) -> None:
    """Away by a link, with another day, unit and pending chosen and not sent."""
    page.evaluate(
        f"""() => {{
          const form = document.querySelector(".scope-form");
          form.elements.as_of.value = "{SECOND}";
          form.elements.unit.selectedIndex = form.elements.unit.options.length - 1;
          if (form.elements.pending) form.elements.pending.checked = true;
        }}"""
    )
    page.locator(".quick-dates > li > a", has_text="hôm nay").click()
    page.wait_for_url(lambda url: f"as_of={FIRST}" not in url)


def test_after_back_forward_and_reload_the_controls_say_what_the_address_says(opened: Any) -> None:
    wrong = []
    for path in PAGES:
        for leave in (send_another_day, follow_a_link):
            page = opened(f"{path}?as_of={FIRST}&unit=844")
            leave(page)
            second = parse_qs(urlsplit(page.url).query)["as_of"][0]
            for name, go, day in (
                ("back", page.go_back, FIRST),
                ("forward", page.go_forward, second),
                ("back again", page.go_back, FIRST),
                ("reload", page.reload, FIRST),
            ):
                go()
                if (found := settled(page, day)) != (shown_text := addressed(page)):
                    wrong.append((path, leave.__name__, name, found, shown_text))
            page.evaluate(RESTORED)
            if (found := shown(page)) != (shown_text := addressed(page)):
                wrong.append((path, "kept by the browser as it was", found, shown_text))
    assert wrong == []


def test_without_scripts_the_controls_say_what_the_address_says(opened: Any) -> None:
    page = opened(f"/?as_of={FIRST}&unit=844", java_script_enabled=False)
    page.locator("#scope-as-of").fill(SECOND)
    page.locator(".switch input").check()
    page.locator(".scope-form button.submit").click()
    page.go_back()
    expect(page.locator("#scope-as-of")).to_have_value(FIRST)
    expect(page.locator(".switch input")).not_to_be_checked()


def day_of(page: Page) -> tuple[str, str]:
    """The day in the name of the report handed out, and the days that stand in it."""
    with page.expect_download() as handed_out:
        page.get_by_role("button", name="Tải báo cáo Word").click()
    path = handed_out.value.path()
    text = "\n".join(one.text for one in Document(io.BytesIO(path.read_bytes())).paragraphs)
    return handed_out.value.suggested_filename, text


def test_the_report_handed_out_is_of_the_day_in_the_field(opened: Any) -> None:
    page = opened(f"/reports/?as_of={FIRST}&unit=844")
    send_another_day(page)
    name, text = day_of(page)
    assert SECOND in name and "31/12/2022" in text
    page.go_back()
    assert settled(page, FIRST)["as_of"] == FIRST
    name, text = day_of(page)
    assert FIRST in name and "30/6/2025" in text.replace("/06/", "/6/")
    # Typed, and the button pressed at once: what stands in the field is what is meant.
    page.locator("#scope-as-of").focus()
    page.keyboard.type("31122022")
    typed = shown(page)["as_of"]
    name, _text = day_of(page)
    assert shown(page)["as_of"] == typed and typed in name
