"""From one account to a province at work: people, a floor and a value, all by the pages."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, sign_in
from tests.support.live_site import running_site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("people")]
PASSWORD = "Lua-vang-mua-nuoc-noi"
FIRST = """
import io, sys
sys.stdin = io.StringIO("Lua-vang-mua-nuoc-noi\\n")
from ocop.organisation.models import User
User.objects.all().delete()
call_command("create_user", "dau-tien", role="administrator", display_name="Người đầu tiên")
"""


@pytest.fixture
def empty_site(tmp_path_factory: Any) -> Iterator[str]:
    """A site with reference data and the one account that create_user made."""
    folder = tmp_path_factory.mktemp("nothing")
    with running_site(folder, "tables", then='call_command("load_reference")' + FIRST) as (
        address,
        _p,
    ):
        yield address


def choose(page: Page, name: str, text: str, option: str) -> None:
    """Pick in a field that looks up what is typed."""
    page.locator(f".field-{name} .select2-selection").click()
    page.locator(".select2-search__field").fill(text)
    page.locator(".select2-results__option", has_text=re.compile(f"^{option}$")).click()


def invite(page: Page, site: str, name: str, role: str, day: str, unit: Any = None) -> str:
    """Make an account by the page; the link that is shown once."""
    page.goto(f"{site}/admin/organisation/user/add/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Họ và tên").fill(f"Ông {name}")
    page.locator("#id_role").select_option(role)
    if unit:
        choose(page, "unit", *unit)
    if role == "province":
        page.get_by_label("Công nhận").check()
    page.get_by_label("Ngày bắt đầu").fill(day)
    page.get_by_role("button", name="Lưu", exact=True).click()
    return page.get_by_label("Liên kết đặt mật khẩu").input_value()


def test_an_administrator_makes_what_a_province_needs_and_people_come_in(
    empty_site: str, browser: Browser
) -> None:
    trouble: list[str] = []
    page = browser.new_context(viewport=DESK, locale="vi-VN").new_page()
    page.on("console", lambda one: one.type == "error" and "favicon" not in one.location["url"]
            and trouble.append(f"{page.url}: {one.text}"))  # fmt: skip
    page.on("pageerror", lambda error: trouble.append(f"{page.url}: {error}"))
    sign_in(page, empty_site, "dau-tien", PASSWORD)
    links = {
        "tinh-1": invite(page, empty_site, "tinh-1", "province", "01/01/2022"),
        "huyen-1": invite(
            page, empty_site, "huyen-1", "local", "01/01/2024", ("càng long", "Huyện Càng Long")
        ),
        "xa-1": invite(
            page,
            empty_site,
            "xa-1",
            "local",
            "01/01/2026",
            ("càng long", "Xã Càng Long, Tỉnh Vĩnh Long"),
        ),
    }

    page.goto(f"{empty_site}/admin/products/ecommercefloor/add/")
    page.locator("#id_code").fill("san-xa")
    page.locator("#id_name").fill("Sàn của xã")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("link", name="Sàn của xã").first).to_be_visible()

    page.goto(f"{empty_site}/admin/targets/targetvalue/add/")
    choose(page, "target", "OCOP-NEW", ".*")
    for name, text in (("year", "2024"), ("effective_from", "01/01/2024"), ("threshold", "40"),
                       ("document", "KH 40/KH-UBND")):  # fmt: skip
        page.locator(f"#id_{name}").fill(text)
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".confirm-change")).to_contain_text("mức từ 25–30 thành 40")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("thành công")

    for name, link in links.items():
        theirs = browser.new_context(viewport=DESK, locale="vi-VN").new_page()
        theirs.goto(link)
        for label in ("Mật khẩu mới", "Xác nhận mật khẩu mới"):
            theirs.get_by_label(label, exact=True).fill(PASSWORD)
        theirs.get_by_role("button", name="Đặt mật khẩu").click()
        sign_in(theirs, empty_site, name, PASSWORD)
        expect(theirs.get_by_text(f"Ông {name}").first).to_be_attached()
        if name != "xa-1":
            assert theirs.goto(f"{empty_site}/my-work/").status == 200, name  # type: ignore[union-attr]
        theirs.context.close()
    assert trouble == []
    page.context.close()
